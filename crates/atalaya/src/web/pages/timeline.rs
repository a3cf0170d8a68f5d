//! `/timeline`: facts when they were, each as long as its time is known to be.

use maud::html;
use serde_json::{Value, json};

use super::facts;
use super::map::{MOST, link};
use crate::store::pages::FactRow;
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = look.asked.filter();
    match look.asked.form {
        Form::Json => return twin(look),
        Form::Csv => return facts::csv(look, &filter, "facts"),
        _ => {}
    }
    let shown = look.store().fact_page(&filter, 50, (look.asked.page() - 1) * 50)?;
    let counted = look.store().counted(&filter)?;
    let main = html! {
        h1 { (look.say("Timeline")) }
        (view::chips(look)?)
        div.with-facets {
            (view::facets(look, &filter, &counted, &["family", "kind", "actor", "place", "outlet", "told"])?)
            section.results {
                figure.timeline data-timeline={ "/timeline.json" (look.asked.query()) } {
                    figcaption { (look.say("Facts when they were; the list below tells the same.")) }
                }
                (view::downloads(look, &[Form::Csv, Form::Json]))
                @if shown.is_empty() { p.empty { (look.say("No report tells such a thing.")) } } @else { (view::cards(look, &shown)) }
                (view::pager(look, shown.len(), 50, Some(counted.total)))
            }
        }
    };
    Ok(look.page("timeline", look.say("Timeline"), &main))
}

fn twin(look: Look<'_>) -> Result<Answer, Failure> {
    let (mut items, mut undated) = (Vec::new(), Vec::new());
    for fact in look.store().fact_page(&look.asked.filter(), MOST, 0)? {
        match item(look, &fact)? {
            Some(item) => items.push(item),
            None => undated.push(link(&fact)),
        }
    }
    Ok(Answer::json(&json!({ "items": items, "undated": undated })))
}

/// A fact with its time: told, or between the days that its undated reports were written.
fn item(look: Look<'_>, fact: &FactRow) -> Result<Option<Value>, Failure> {
    let mut value = link(fact);
    value["kind"] = json!(fact.kind);
    value["family"] = json!(fact.family);
    if fact.first.is_some() || fact.last.is_some() {
        value["first"] = json!(fact.first);
        value["last"] = json!(fact.last);
        value["precision"] = json!(fact.precision.as_deref().unwrap_or("day"));
        value["inferred"] = json!(false);
        value["reasons"] = json!([]);
        return Ok(Some(value));
    }
    for report in look.store().reports_of(fact.row)? {
        if let Some(bound) = look.store().bound_of(&report)? {
            value["first"] = bound["not_before"].clone();
            value["last"] = bound["not_after"].clone();
            value["precision"] = json!("range");
            value["inferred"] = json!(true);
            value["reasons"] =
                bound["reasons"].as_array().into_iter().flatten().map(reason).collect();
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn reason(reason: &Value) -> Value {
    let part = |key: &str| reason[key].as_str().unwrap_or_default();
    json!(format!("{}: {}", part("rule"), part("detail")))
}
