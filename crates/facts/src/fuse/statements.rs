//! Statements: words of one speaker that several reports quote are one.

use super::case::{Case, Known, Who, speaks};
use super::compare::Comparison;
use super::input::{Telling, Value};
use super::judgement::{Reason, Verdict};
use crate::claim::Family;
use crate::pack::Pack;

/// So many words in a row must be the same.
pub(super) const RUN: usize = 5;

/// So many where the speakers are not known to be one: many people say that they "had received death
/// threats".
const UNKNOWN: usize = 8;

/// Judges two statements: one speaker, or one of them not told; at least five identical words in a
/// row; and nine tenths of the shorter within the longer.
pub(super) fn compare(pack: &Pack, a: &Case<'_>, b: &Case<'_>) -> Comparison {
    let unsure =
        |reasons| Comparison { verdict: Verdict::Unsure, weight: 0, reasons, relation: None };
    if a.report == b.report && (a.telling.start, a.telling.end) == (b.telling.start, b.telling.end)
    {
        return unsure(vec![Reason::new("one sentence tells both", "")]);
    }
    let speaker = match speakers(pack, a, b) {
        Ok(reason) => reason,
        Err(reason) => return unsure(vec![reason]),
    };
    let (one, other) = (&a.words, &b.words);
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let covered = covered(short, long);
    let told = format!("{covered} of {} words, in runs of {RUN} or more", short.len());
    // A "not" between the words breaks the run: what is left is less than nine tenths.
    let least = if speaker.is_some() { RUN } else { UNKNOWN };
    if covered < least || 10 * covered < 9 * short.len() || a.telling.denied != b.telling.denied {
        return unsure(vec![Reason::new("other words", told)]);
    }
    let weight = 5 + i32::from(speaker.is_some());
    let mut reasons = vec![Reason::new("the same words", told)];
    reasons.extend(speaker);
    Comparison { verdict: Verdict::Same, weight, reasons, relation: None }
}

/// Why two speakers are one, if more is known than that they could be; or why they are two.
pub(super) fn speakers(pack: &Pack, a: &Case<'_>, b: &Case<'_>) -> Result<Option<Reason>, Reason> {
    let (Some((one, ours)), Some((other, theirs))) = (speaker(a), speaker(b)) else {
        return Ok(None);
    };
    if let (Some(left), Some(right)) = (&one.actor, &other.actor) {
        return match left == right {
            true => Ok(Some(Reason::new("the same speaker", ours))),
            false => Err(Reason::new("two speakers", format!("{ours} / {theirs}"))),
        };
    }
    if ours.to_lowercase() == theirs.to_lowercase() {
        return Ok(Some(Reason::new("speakers told by the same words", ours)));
    }
    match (one.class, other.class) {
        (Some(left), Some(right)) if pack.classes.narrower(left, right).is_none() => {
            Err(Reason::new("speakers of two classes", format!("{ours} / {theirs}")))
        }
        _ => Ok(None),
    }
}

fn speaker<'c>(case: &'c Case<'_>) -> Option<(&'c Who, &'c str)> {
    case.parts.iter().find_map(|part| match &part.value {
        Known::Actor(who) if speaks(part) => Some((who, part.said.text.as_str())),
        _ => None,
    })
}

/// The words of what a statement says.
pub(super) fn words(telling: &Telling) -> Vec<String> {
    let content = telling.roles.iter().filter(|part| part.role == "content");
    let content = content.filter(|_| telling.family == Family::Statement);
    let text = |part: &'_ crate::fuse::input::Part| match &part.value {
        Value::Text { text } => split(text),
        _ => split(&part.text),
    };
    content.flat_map(text).collect()
}

/// A text's words, in small letters, without signs.
pub(super) fn split(text: &str) -> Vec<String> {
    let words =
        text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\'' || letter == '’'));
    let words = words.map(|word| word.trim_matches(['\'', '’']).replace('’', "'").to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// Runs of five words: what two statements must share to be compared.
pub(super) fn runs(case: &Case<'_>) -> Vec<String> {
    case.words.windows(RUN).map(|run| run.join(" ")).collect()
}

/// How many words of the shorter stand in the longer in runs of at least five.
fn covered(short: &[String], long: &[String]) -> usize {
    let mut covered = vec![false; short.len()];
    let mut before = vec![0; long.len() + 1];
    for (at, word) in short.iter().enumerate() {
        let mut row = vec![0; long.len() + 1];
        for (there, other) in long.iter().enumerate() {
            if word == other {
                row[there + 1] = before[there] + 1;
            }
        }
        let run = row.iter().copied().max().unwrap_or_default();
        if run >= RUN {
            covered[at + 1 - run..=at].fill(true);
        }
        before = row;
    }
    covered.into_iter().filter(|covered| *covered).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_runs_of_words_count() {
        let count = |one: &str, other: &str| covered(&split(one), &split(other));
        assert_eq!(
            count("we need boats and we need them now", "“We need boats, and we need them now!”"),
            8
        );
        assert_eq!(
            count(
                "the army killed three men in the port",
                "the army did not kill three men in the port"
            ),
            5
        );
        assert_eq!(count("we need boats", "we need boats"), 0);
    }
}
