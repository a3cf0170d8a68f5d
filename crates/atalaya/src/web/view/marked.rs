//! Words of reports with what was read in them marked. Everything is text: nothing of a report becomes markup.

use maud::{Markup, html};
use serde_json::Value;

use super::Look;

/// A claim's sentence, with its trigger and the words of its roles marked.
pub fn sentence(look: Look<'_>, claim: &Value) -> Markup {
    let text = claim["text"].as_str().unwrap_or_default();
    let start = at(claim, "start");
    let mut marks: Vec<Mark> = Vec::new();
    let family = claim["family"].as_str().unwrap_or_default();
    let trigger = &claim["trigger"];
    let rule = format!(
        "{} · {}",
        look.kind(claim["kind"].as_str().unwrap_or_default()),
        claim["rule"].as_str().unwrap_or_default()
    );
    marks.push(Mark {
        start: at(trigger, "start"),
        end: at(trigger, "end"),
        class: format!("f-{family}"),
        title: rule,
    });
    for role in claim["roles"].as_array().into_iter().flatten() {
        let title = look.name(role["role"].as_str().unwrap_or_default());
        marks.push(Mark {
            start: at(role, "start"),
            end: at(role, "end"),
            class: "role".to_owned(),
            title,
        });
    }
    // What lies outside the sentence is resolved words: they stand elsewhere in the report.
    pieces(text, start, marks)
}

/// Words to mark, in code points of the report.
pub struct Mark {
    /// Where they start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// The mark's class.
    pub class: String,
    /// What they are.
    pub title: String,
}

/// A text that starts at `start`, with marks that do not overlap: of two that do, the shorter stays.
fn pieces(text: &str, start: usize, mut marks: Vec<Mark>) -> Markup {
    let letters: Vec<char> = text.chars().collect();
    let end = start + letters.len();
    marks.retain(|mark| mark.start < mark.end && start <= mark.start && mark.end <= end);
    marks.sort_by_key(|mark| (mark.end - mark.start, mark.start));
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks {
        if kept.iter().all(|other| mark.end <= other.start || other.end <= mark.start) {
            kept.push(mark);
        }
    }
    kept.sort_by_key(|mark| mark.start);
    let words =
        |from: usize, to: usize| letters[from - start..to - start].iter().collect::<String>();
    let before = [start].into_iter().chain(kept.iter().map(|mark| mark.end));
    html! {
        @for (mark, before) in kept.iter().zip(before) {
            (words(before, mark.start))
            mark class=(mark.class) title=(mark.title) { (words(mark.start, mark.end)) }
        }
        (words(kept.last().map_or(start, |mark| mark.end), end))
    }
}

/// An offset that a claim holds.
pub fn at(value: &Value, key: &str) -> usize {
    value[key].as_u64().and_then(|offset| usize::try_from(offset).ok()).unwrap_or_default()
}

/// Which family's claims start and end where in a report, cut so that none overlaps another: of two
/// that do, the one that starts later shows where it starts.
pub fn spans(mut claims: Vec<(usize, usize, usize)>) -> Vec<(usize, usize, usize)> {
    claims.sort_unstable();
    let mut cut: Vec<(usize, usize, usize)> = Vec::new();
    for (start, end, claim) in claims {
        let start = cut.last().map_or(start, |last| start.max(last.1));
        if start < end {
            cut.push((start, end, claim));
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_report_becomes_markup() {
        let mark =
            Mark { start: 12, end: 15, class: "role".to_owned(), title: "\"agent\"".to_owned() };
        let shown = pieces("ñ <b>&</b>", 9, vec![mark]).into_string();
        assert_eq!(
            shown,
            "ñ &lt;<mark class=\"role\" title=\"&quot;agent&quot;\">b&gt;&amp;</mark>&lt;/b&gt;"
        );
    }

    #[test]
    fn marks_that_cross_are_cut() {
        assert_eq!(spans(vec![(5, 9, 1), (0, 6, 0), (6, 7, 2)]), [(0, 6, 0), (6, 9, 1)]);
        let mark = |start, end| Mark { start, end, class: String::new(), title: String::new() };
        let shown = pieces("abcdef", 0, vec![mark(0, 4), mark(2, 3), mark(9, 12)]).into_string();
        assert_eq!(shown, "ab<mark class=\"\" title=\"\">c</mark>def");
    }
}
