//! The words of a story around what was searched for.
//!
//! FTS5 has functions for this, but their time grows with the square of the number of matches, so
//! that one long report could stop a search.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that are looked for in a row; the last may be only the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<String>,
    prefix: bool,
}

/// How many bytes a snippet shows before its first match, and from there on.
const BEFORE: usize = 60;
const AFTER: usize = 120;

/// Matches beyond this many are not looked at: a snippet shows a few.
const ENOUGH: usize = 200;

/// The phrases that a query in FTS5's syntax looks for, its operators and column names left out.
pub fn wanted(query: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (at, part) in query.split('"').enumerate() {
        let quoted = at % 2 == 1;
        let pieces: Vec<&str> = if quoted { vec![part] } else { part.split_whitespace().collect() };
        for piece in pieces {
            let operator =
                !quoted && ["AND", "OR", "NOT", "NEAR"].contains(&piece.trim_matches(['(', ')']));
            let piece = if quoted {
                piece
            } else {
                piece.rsplit([':', '(', '{', '}', '^']).next().unwrap_or(piece)
            };
            let words: Vec<String> = tokens(piece).map(|(_, word)| word).collect();
            if !operator && !words.is_empty() {
                phrases.push(Phrase {
                    words,
                    prefix: !quoted && piece.trim_end_matches(')').ends_with('*'),
                });
            }
        }
    }
    phrases
}

/// The part of `story` that holds most different phrases, on one line, and where matches stand in
/// it, in code points.
pub fn of(story: &str, wanted: &[Phrase]) -> (String, Vec<(usize, usize)>) {
    let matches = matches(story, wanted);
    let best = best(&matches);
    let from = word_start(story, best.saturating_sub(BEFORE));
    let to = word_start(story, best.saturating_add(AFTER).min(story.len())).max(from);
    let part = &story[from..to];
    let shown =
        matches.iter().map(|(_, span)| span).filter(|span| from <= span.start && span.end <= to);
    let lead = usize::from(from > 0);
    let points = shown.map(|span| {
        let point = |at: usize| lead + story[from..at].chars().count();
        (point(span.start), point(span.end))
    });
    let points = points.collect();
    let cut = |cut: bool| if cut { "…" } else { "" };
    let line = part
        .trim_end()
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character });
    let words = cut(from > 0).chars().chain(line).chain(cut(to < story.len()).chars()).collect();
    (words, points)
}

/// Where each phrase stands in the story, without overlap.
fn matches(story: &str, wanted: &[Phrase]) -> Vec<(usize, Range<usize>)> {
    let longest = wanted.iter().map(|phrase| phrase.words.len()).max().unwrap_or(0);
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    let mut last: Vec<(Range<usize>, String)> = Vec::with_capacity(longest + 1);
    for token in tokens(story) {
        last.push(token);
        if last.len() > longest {
            last.remove(0);
        }
        let hit = wanted.iter().position(|phrase| ends_with(&last, phrase));
        if let Some(phrase) = hit {
            let words = wanted[phrase].words.len();
            let span = last[last.len() - words].0.start..last[last.len() - 1].0.end;
            if found.last().is_none_or(|(_, before)| before.end <= span.start) {
                found.push((phrase, span));
            }
        }
        if found.len() == ENOUGH {
            break;
        }
    }
    found
}

fn ends_with(last: &[(Range<usize>, String)], phrase: &Phrase) -> bool {
    let Some(start) = last.len().checked_sub(phrase.words.len()) else { return false };
    let ends = phrase.words.len() - 1;
    last[start..].iter().zip(&phrase.words).enumerate().all(|(at, ((_, word), wanted))| {
        if phrase.prefix && at == ends { word.starts_with(wanted.as_str()) } else { word == wanted }
    })
}

/// Where the first of the stretches begins that hold most different phrases.
fn best(matches: &[(usize, Range<usize>)]) -> usize {
    let different = |at: usize| {
        let within =
            matches[at..].iter().take_while(|(_, span)| span.end <= matches[at].1.start + AFTER);
        let mut phrases: Vec<usize> = within.map(|&(phrase, _)| phrase).collect();
        phrases.sort_unstable();
        phrases.dedup();
        phrases.len()
    };
    (0..matches.len()).rev().max_by_key(|&at| different(at)).map_or(0, |at| matches[at].1.start)
}

/// The words of a text as FTS5's `unicode61` tokenizer sees them: without case and diacritics.
fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let in_word = |character: char| character.is_alphanumeric() || is_combining_mark(character);
    text.split(move |character| !in_word(character)).filter(|word| !word.is_empty()).map(
        move |word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let folded = word
                .nfd()
                .filter(|&character| !is_combining_mark(character))
                .flat_map(char::to_lowercase);
            (start..start + word.len(), folded.collect())
        },
    )
}

/// The start of the word that `at` stands in, or a place near it in writing without spaces.
fn word_start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let near = text.floor_char_boundary(at.saturating_sub(30));
    if at == text.len() {
        return at;
    }
    text[near..at].rfind(char::is_whitespace).map_or(at, |space| {
        let space = near + space;
        space + text[space..].chars().next().map_or(0, char::len_utf8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matches in the snippet of `story` for `query`.
    fn found(story: &str, query: &str) -> Vec<String> {
        let (words, matches) = of(story, &wanted(query));
        let points: Vec<char> = words.chars().collect();
        matches.iter().map(|&(start, end)| points[start..end].iter().collect()).collect()
    }

    #[test]
    fn the_stretch_with_most_of_the_words_is_shown() {
        let story = format!("pier {}the new Pier of Durán {}", "x ".repeat(200), "y ".repeat(200));
        assert_eq!(found(&story, "new AND pier"), ["new", "Pier"]);
        assert_eq!(found(&story, "duran"), ["Durán"]);
        let (words, _) = of(&story, &wanted("new"));
        assert!(words.starts_with('…') && words.ends_with('…'), "{words}");
    }

    #[test]
    fn operators_are_not_looked_for() {
        let story = "Two and three OR not near the pier, and extortion and a naval base";
        assert_eq!(
            found(story, "pier AND (extort* OR \"naval base\") NOT title:two"),
            ["two", "pier", "extortion", "naval base"].map(|w| if w == "two" { "Two" } else { w })
        );
        assert_eq!(found(story, "NEAR(pier base, 9)"), ["pier", "base"]);
        assert_eq!(found("a narco-terrorist group", "narco-terrorist"), ["narco-terrorist"]);
    }

    #[test]
    fn short_and_odd_stories_are_shown_whole() {
        assert_eq!(of("a\nb c", &wanted("b")), ("a b c".to_owned(), vec![(2, 3)]));
        assert_eq!(of("", &wanted("b")), (String::new(), vec![]));
        let long = format!("{} {}", "á".repeat(500), "é".repeat(500));
        assert_eq!(of(&long, &wanted("e*")).1, []);
    }
}
