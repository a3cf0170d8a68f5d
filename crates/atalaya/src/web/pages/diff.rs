//! `/reports/ID/diff/OTHER`: what two reports of one origin share, and where they part.

use std::time::Duration;

use maud::html;
use serde_json::json;
use similar::{ChangeTag, TextDiff};

use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// Texts that cannot be compared well in this time are compared roughly.
const PATIENCE: Duration = Duration::from_millis(500);

/// The page.
pub fn page(look: Look<'_>, one: &str, other: &str) -> Result<Answer, Failure> {
    let story = |name: &str| -> Result<(String, String, String), Failure> {
        let (row, id) = look.store().one(name)?;
        let summary = look.store().details(row)?.summary;
        Ok((id, summary.title.unwrap_or(summary.source), look.store().story(row)?))
    };
    let ((left, left_title, left_text), (right, right_title, right_text)) =
        (story(one)?, story(other)?);
    let diff =
        TextDiff::configure().timeout(PATIENCE).diff_words(left_text.as_str(), right_text.as_str());
    let pieces = || diff.iter_all_changes().map(|change| (change.tag(), change.value()));
    if look.asked.form == Form::Json {
        let name = |tag| match tag {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "left",
            ChangeTag::Insert => "right",
        };
        let pieces: Vec<_> = pieces().map(|(tag, text)| json!([name(tag), text])).collect();
        return Ok(Answer::json(&json!({ "left": left, "right": right, "pieces": pieces })));
    }
    let main = html! {
        nav.crumbs { ol { li { a href="/reports" { (look.say("Reports")) } } li { a href={ "/reports/" (left) } { (view::short(&left)) } } } }
        h1 { (look.say("Compared")) }
        p.lead { del { (left_title) } " → " ins { (right_title) } }
        div.diff { @for (tag, text) in pieces() {
            @match tag {
                ChangeTag::Equal => (text),
                ChangeTag::Delete => del { (text) },
                ChangeTag::Insert => ins { (text) },
            }
        } }
    };
    Ok(look.page("diff", look.say("Compared"), &main))
}
