//! `/facts`: what the reports tell together, narrowed by facets.

use maud::html;
use serde_json::{Value, json};

use super::map;
use crate::store::pages::{FactRow, Filter};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// How many facts a page shows.
pub const PAGE: u64 = 50;

/// How many facts a table to keep holds at most.
const KEPT: u64 = 100_000;

const NAMES: [&str; 9] =
    ["family", "kind", "told", "contested", "actor", "place", "country", "outlet", "state"];

/// The list.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = look.asked.filter();
    match look.asked.form {
        Form::Csv => return csv(look, &filter, "facts"),
        Form::GeoJson => return map::geojson(look, &filter),
        Form::Json => return list_json(look, &filter),
        Form::Html | Form::Markdown => {}
    }
    let facts = look.store().fact_page(&filter, PAGE, (look.asked.page() - 1) * PAGE)?;
    let counted = look.store().counted(&filter)?;
    let main = html! {
        h1 { (look.say("Facts")) }
        p.lead { (view::total(look, counted.total)) " " (look.say("facts, each of one or several claims; open one for who says so.")) }
        (view::chips(look)?)
        div.with-facets {
            (view::facets(look, &filter, &counted, &NAMES)?)
            section.results {
                (view::downloads(look, &[Form::Csv, Form::Json, Form::GeoJson]))
                @if facts.is_empty() { p.empty { (look.say("No report tells such a thing.")) } } @else { (view::table(look, &facts)) }
                (view::pager(look, facts.len(), PAGE, Some(counted.total)))
            }
        }
    };
    Ok(look.page("facts", look.say("Facts"), &main))
}

/// A part of a list of facts for programs.
pub fn list_json(look: Look<'_>, filter: &Filter) -> Result<Answer, Failure> {
    let size = look.asked.number("limit").unwrap_or(PAGE).clamp(1, 1_000);
    let page = look.asked.page();
    let facts = look.store().fact_page(filter, size, (page - 1) * size)?;
    let counted = look.store().counted(filter)?;
    let facets = look.store().facets(filter, &counted, &NAMES, 20)?;
    let facts: Vec<Value> = facts.iter().map(row).collect();
    Ok(Answer::json(
        &json!({ "total": counted.total, "page": page, "facts": facts, "facets": facets }),
    ))
}

/// A fact's line for programs.
pub fn row(fact: &FactRow) -> Value {
    let mut value = json!(fact);
    value["url"] = json!(format!("/facts/{}", fact.id));
    value
}

/// The facts of a filter as a table to keep.
pub fn csv(look: Look<'_>, filter: &Filter, name: &str) -> Result<Answer, Failure> {
    let head = [
        "id",
        "kind",
        "family",
        "caption",
        "told",
        "denied",
        "first",
        "last",
        "reports",
        "origins",
        "credibility",
        "contested",
    ];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    for fact in look.store().fact_page(filter, KEPT, 0)? {
        let FactRow { id, kind, family, caption, told, denied, first, last, .. } = fact;
        let numbers =
            [fact.reports.to_string(), fact.origins.to_string(), fact.credibility.to_string()];
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        let mut row = vec![id, kind, family, caption, told, denied.to_string(), first, last];
        row.extend(numbers);
        row.push(fact.contested.to_string());
        table.push(row);
    }
    Ok(Answer::csv(name, &table))
}
