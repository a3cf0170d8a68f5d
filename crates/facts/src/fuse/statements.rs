//! Statements: words of one speaker that several reports quote are one.

use std::collections::BTreeSet;

use super::case::{Case, Known};
use super::compare::Comparison;
use super::judgement::{Reason, Verdict};

/// So many words in a row must be the same.
pub(super) const RUN: usize = 5;

/// Judges two statements: one speaker, or one of them not told; at least five identical words in a
/// row; and nine tenths of the shorter within the longer.
pub(super) fn compare(a: &Case<'_>, b: &Case<'_>) -> Comparison {
    let unsure =
        |reasons| Comparison { verdict: Verdict::Unsure, weight: 0, reasons, relation: None };
    if a.report == b.report && (a.telling.start, a.telling.end) == (b.telling.start, b.telling.end)
    {
        return unsure(vec![Reason::new("one sentence tells both", "")]);
    }
    let (ours, theirs) = (speaker(a), speaker(b));
    if let (Some(ours), Some(theirs)) = (ours, theirs)
        && ours != theirs
    {
        return unsure(vec![Reason::new("two speakers", "")]);
    }
    let (one, other) = (words(a), words(b));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let run = longest_run(short, long);
    let covered = covered(short, long);
    let told = format!("{run} words in a row, {covered} of {}", short.len());
    if run < RUN || 10 * covered < 9 * short.len() {
        return unsure(vec![Reason::new("other words", told)]);
    }
    let mut reasons = vec![Reason::new("the same words", told)];
    if ours.is_some() && ours == theirs {
        reasons.push(Reason::new("the same speaker", ""));
    }
    Comparison {
        verdict: Verdict::Same,
        weight: 5 + i32::from(ours.is_some()),
        reasons,
        relation: None,
    }
}

fn speaker(case: &Case<'_>) -> Option<usize> {
    case.parts.iter().find_map(|part| match &part.value {
        Known::Actor(who) if part.role == "speaker" => who.actor,
        _ => None,
    })
}

/// The words of what is said.
pub(super) fn words(case: &Case<'_>) -> Vec<String> {
    let content = case.parts.iter().find(|part| part.role == "content");
    let text = content.map_or("", |part| match &part.said.value {
        super::input::Value::Text { text } => text.as_str(),
        _ => part.said.text.as_str(),
    });
    split(text)
}

/// A text's words, in small letters, without signs.
pub(super) fn split(text: &str) -> Vec<String> {
    let words =
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'' || letter == '’'));
    let words = words.map(|word| word.trim_matches(['\'', '’']).replace('’', "'").to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// Runs of five words: what two statements must share to be compared.
pub(super) fn keys(case: &Case<'_>) -> BTreeSet<String> {
    words(case).windows(RUN).map(|run| run.join(" ")).collect()
}

fn longest_run(short: &[String], long: &[String]) -> usize {
    let mut best = 0;
    let mut before = vec![0; long.len() + 1];
    for word in short {
        let mut row = vec![0; long.len() + 1];
        for (at, other) in long.iter().enumerate() {
            if word == other {
                row[at + 1] = before[at] + 1;
                best = best.max(row[at + 1]);
            }
        }
        before = row;
    }
    best
}

/// How many words of the shorter stand in the longer, in order.
fn covered(short: &[String], long: &[String]) -> usize {
    let mut before = vec![0; long.len() + 1];
    for word in short {
        let mut row = vec![0; long.len() + 1];
        for (at, other) in long.iter().enumerate() {
            row[at + 1] = if word == other { before[at] + 1 } else { row[at].max(before[at + 1]) };
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
}
