//! What pages call their own parts, and the lines that are never part of a story: a list, not code.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, StartKind};

/// What a name that an element bears says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// It holds the story.
    Story = 1,
    /// It holds the story or more than it.
    Content = 2,
    /// It stands under a picture.
    Caption = 4,
    /// It often goes with a story: the date, the writer.
    Weak = 8,
    /// It is not the story.
    Furniture = 16,
    /// It is what readers wrote.
    Comment = 32,
}

/// Everything that the names of an element say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Names(u8);

impl Names {
    pub(super) fn has(self, name: Name) -> bool {
        self.0 & name as u8 != 0
    }

    pub(super) fn join(&mut self, others: Names) {
        self.0 |= others.0;
    }
}

/// The lists of signs, read once.
pub(super) struct Signs {
    names: AhoCorasick,
    kinds: Vec<Name>,
    roles: Vec<&'static str>,
    headings: Lines,
    lines: Lines,
}

/// Whole lines, and beginnings of lines.
struct Lines {
    whole: HashSet<&'static str>,
    starts: AhoCorasick,
}

pub(super) static SIGNS: LazyLock<Signs> = LazyLock::new(|| read(include_str!("signs.txt")));

fn read(list: &'static str) -> Signs {
    let (mut patterns, mut kinds) = (Vec::new(), Vec::new());
    let (mut roles, mut headings, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let mut section = "";
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let kind = match section {
            "story name" => Name::Story,
            "content name" => Name::Content,
            "caption name" => Name::Caption,
            "weak name" => Name::Weak,
            "furniture name" => Name::Furniture,
            "comment name" => Name::Comment,
            "furniture role" => {
                roles.push(line);
                continue;
            }
            "furniture heading" => {
                headings.push(line);
                continue;
            }
            _ => {
                lines.push(line);
                continue;
            }
        };
        patterns.push(pattern(line));
        kinds.push(kind);
    }
    let names = AhoCorasick::new(&patterns).expect("the list of names is short and fixed");
    let (headings, lines) = (Lines::of(&headings), Lines::of(&lines));
    Signs { names, kinds, roles, headings, lines }
}

/// A name as it is looked for in a run of names: between dashes, but where a star lets it go on.
fn pattern(name: &str) -> String {
    let front = if name.starts_with('^') { "--" } else { "-" };
    let back = if name.ends_with('*') { "" } else { "-" };
    format!("{front}{}{back}", name.trim_start_matches('^').trim_end_matches('*'))
}

impl Lines {
    fn of(lines: &[&'static str]) -> Lines {
        let starts = lines.iter().filter_map(|it| it.strip_suffix('*'));
        let starts = AhoCorasick::builder().start_kind(StartKind::Anchored).build(starts);
        Lines {
            whole: lines.iter().copied().filter(|it| !it.ends_with('*')).collect(),
            starts: starts.expect("the list of lines is short and fixed"),
        }
    }

    /// Whether `line`, in lower case, is one of these.
    fn hold(&self, line: &str) -> bool {
        let from_start = Input::new(line).anchored(Anchored::Yes);
        self.whole.contains(line) || self.starts.is_match(from_start)
    }
}

impl Signs {
    /// Everything that names, as they stand in `class` and `id`, say of an element.
    pub(super) fn names(&self, names: &str) -> Names {
        let mut own = Names::default();
        if !names.is_empty() {
            for found in self.names.find_overlapping_iter(&words(names)) {
                own.0 |= self.kinds[found.pattern().as_usize()] as u8;
            }
        }
        own
    }

    pub(super) fn is_furniture_role(&self, role: &str) -> bool {
        self.roles.iter().any(|it| role.eq_ignore_ascii_case(it))
    }

    /// Whether a heading or label opens something that is not the story.
    pub(super) fn is_furniture_heading(&self, text: &str) -> bool {
        self.headings.hold(&plain(text))
    }

    /// Whether a line is never part of a story.
    pub(super) fn is_furniture_line(&self, text: &str) -> bool {
        self.lines.hold(&plain(text))
    }
}

/// A line as it stands in the lists: in lower case, without a number before it or signs around it.
fn plain(text: &str) -> String {
    let line = text
        .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | ':' | '(' | '…' | '?'));
    let counted =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ','));
    let line = if counted.is_empty() { line } else { counted };
    line.chars()
        .take(60)
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// `relatedPosts box_1` → `--related-posts--box-1-`.
fn words(names: &str) -> String {
    let mut words = String::with_capacity(names.len() + 16);
    words.push_str("--");
    let mut before = ' ';
    for c in names.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && before.is_lowercase() {
                words.push('-');
            }
            words.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            words.push_str("--");
        } else if !words.ends_with('-') {
            words.push('-');
        }
        before = c;
    }
    words.push('-');
    words
}
