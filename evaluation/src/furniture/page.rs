//! Clean articles, and the pages that are built around them.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

use super::random::Random;
use super::shapes;

/// A clean article: its headline and its paragraphs.
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
}

/// Reads a file of articles. A text with empty lines has its paragraphs; one that is a single run
/// of sentences is cut into paragraphs of two to four.
pub(crate) fn load(
    file: &Path,
    uncleaned: bool,
    random: &mut Random,
) -> Result<Vec<Article>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut articles = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row =
            serde_json::from_str(line).map_err(|e| format!("{}: {e}", file.display()))?;
        let mut paragraphs = if row.text.contains("\n\n") {
            row.text.split("\n\n").map(one_line).filter(|p| !p.is_empty()).collect()
        } else {
            cut(&row.text, random)
        };
        if !uncleaned {
            let mut told = HashSet::new();
            paragraphs.retain(|p| !is_their_own_furniture(p) && told.insert(p.clone()));
        }
        if paragraphs.len() < 4 {
            continue;
        }
        let title = paragraphs.remove(0).trim_end_matches(['.', ';']).to_owned();
        let words = title.split(' ').count();
        if (3..=22).contains(&words) && paragraphs.len() >= 3 {
            articles.push(Article { id: row.id, title, paragraphs });
        }
    }
    Ok(articles)
}

/// What the sets' publishers left in their articles that is no part of the story.
fn is_their_own_furniture(paragraph: &str) -> bool {
    let marks = [
        "ABSTRACT.",
        "FULL TEXT.",
        "on Twitter",
        "on Facebook",
        "Getty Images",
        "/ Reuters",
        "via AP",
        "HuffPost",
        "Huffington Post",
        "(h/t",
        "<tweet",
        "pic.twitter",
        "http",
        "Contributing:",
        "contributed to this",
        "contributed reporting",
        "newsletter",
        "originally appeared",
        "originally published",
        "All rights reserved",
        "Sign up",
        "sign up for",
        "Editor's note",
        "© ",
        "@",
    ];
    let words = paragraph.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    words <= 1 || marks.iter().any(|mark| paragraph.contains(mark))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence as a title, then paragraphs of two to four sentences.
fn cut(text: &str, random: &mut Random) -> Vec<String> {
    let text = one_line(text);
    let mut sentences: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(['.', '!', '?']) {
        let rest = &text[at + 1..];
        let before = text[start..at].rsplit(' ').next().unwrap_or_default();
        let opens = rest
            .strip_prefix(' ')
            .is_some_and(|r| r.starts_with(|c: char| c.is_uppercase() || c == '"'));
        let abbreviated =
            before.len() <= 3 && before.starts_with(char::is_uppercase) || before.contains('.');
        if opens && !abbreviated {
            sentences.push(text[start..=at].trim());
            start = at + 1;
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    let mut parts = vec![sentences.remove(0).to_owned()];
    while !sentences.is_empty() {
        let many = random.range(2, 5).min(sentences.len());
        parts.push(sentences.drain(..many).collect::<Vec<_>>().join(" "));
    }
    parts
}

/// How a page's blocks are written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// An empty line between blocks.
    Spaced,
    /// One block a line, no empty lines.
    Lines,
    /// Lines broken at a fixed width, an empty line between blocks.
    Wrapped,
}

impl Layout {
    pub(crate) const ALL: [Layout; 3] = [Layout::Spaced, Layout::Lines, Layout::Wrapped];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Spaced => "spaced",
            Layout::Lines => "lines",
            Layout::Wrapped => "wrapped",
        }
    }
}

/// A block of a page and what it truly is.
pub(crate) struct Truth {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    /// The shape that made it; a block of the story has none.
    pub(crate) shape: Option<&'static str>,
    pub(crate) is_paragraph: bool,
}

/// A text file with an article in it.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Truth>,
    pub(crate) layout: Layout,
}

/// A block before it has a place.
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) shape: Option<&'static str>,
    pub(crate) is_paragraph: bool,
}

impl Page {
    /// Puts furniture around the article at `at`; the others lend their headlines and leads.
    pub(crate) fn build(
        articles: &[Article],
        at: usize,
        layout: Layout,
        shapes: u8,
        random: &mut Random,
    ) -> Page {
        let article = &articles[at];
        let mut pieces =
            vec![Piece { text: article.title.clone(), shape: None, is_paragraph: false }];
        pieces.extend(article.paragraphs.iter().map(|text| Piece {
            text: text.clone(),
            shape: None,
            is_paragraph: true,
        }));
        let others = shapes::Others { articles, at };
        let mut all = super::shapes::set(shapes);
        random.shuffle(&mut all);
        let many = random.range(4, 10).min(all.len());
        for (name, shape) in &all[..many] {
            shape(&mut shapes::Site {
                pieces: &mut pieces,
                name,
                article,
                others: &others,
                random,
            });
        }
        Page::write(pieces, layout, random)
    }

    fn write(pieces: Vec<Piece>, layout: Layout, random: &mut Random) -> Page {
        let width = random.range(64, 84);
        let mut text = String::new();
        let mut blocks = Vec::new();
        for piece in pieces {
            let start = text.len();
            match layout {
                Layout::Wrapped => wrap(&piece.text, width, &mut text),
                Layout::Spaced | Layout::Lines => text.push_str(&piece.text),
            }
            blocks.push(Truth {
                span: start..text.len(),
                text: piece.text,
                shape: piece.shape,
                is_paragraph: piece.is_paragraph,
            });
            text.push_str(if layout == Layout::Lines { "\n" } else { "\n\n" });
        }
        Page { text, blocks, layout }
    }
}

fn wrap(text: &str, width: usize, into: &mut String) {
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            into.push('\n');
            column = 0;
        } else if column > 0 {
            into.push(' ');
            column += 1;
        }
        into.push_str(word);
        column += length;
    }
}
