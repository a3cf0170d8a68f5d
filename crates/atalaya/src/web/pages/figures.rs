//! `/figures` and `/figures/ID`: how much, told by whom; the same count over time as a plot.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{compare, facts};
use crate::picture::{Fact, Series};
use crate::store::pages::{FactRow, Filter};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look, marked};

const PAGE: u64 = 50;
const SERIES: u64 = 10;

/// The page: series first, then every figure.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let mut filter: Filter = look.asked.filter();
    filter.facets.retain(|(facet, _)| facet != "family");
    filter.facets.push(("family".to_owned(), vec!["figure".to_owned()]));
    match look.asked.form {
        Form::Csv => return facts::csv(look, &filter, "figures"),
        Form::Json => return facts::list_json(look, &filter),
        _ => {}
    }
    let shown = look.store().fact_page(&filter, PAGE, (look.asked.page() - 1) * PAGE)?;
    let counted = look.store().counted(&filter)?;
    let mut words: BTreeMap<String, Markup> = BTreeMap::new();
    for fact in &shown {
        let whole: Option<Fact> = look.store().whole_fact(&fact.id)?;
        let claim = whole.and_then(|fact| fact.claims.into_iter().next());
        let telling = claim.map(|told| look.store().telling(&told.claim)).transpose()?.flatten();
        words.extend(
            telling.map(|telling| (fact.id.clone(), marked::sentence(look, &telling.claim))),
        );
    }
    let first = look.asked.page() == 1 && filter.facets.len() == 1;
    let series: Vec<Series> = if first { look.store().series_page(SERIES, 0)? } else { Vec::new() };
    let main = html! {
        h1 { (look.say("Figures")) }
        (view::chips(look)?)
        @if first { (compare::form(look)) }
        @for one in &series {
            section {
                h2 { a href={ "/figures/" (one.id) } { (one.measure) } }
                figure.plot data-plot={ "/figures/" (one.id) ".json" } {}
            }
        }
        div.with-facets {
            (view::facets(look, &filter, &counted, &["actor", "place", "outlet", "contested"])?)
            section.results {
                (view::downloads(look, &[Form::Csv, Form::Json]))
                @if shown.is_empty() { p.empty { (look.say("No report tells such a thing.")) } } @else { (view::table_with(look, &shown, &|fact| said(&words, fact))) }
                (view::pager(look, shown.len(), PAGE, Some(counted.total)))
            }
        }
    };
    Ok(look.page("figures", look.say("Figures"), &main))
}

/// The sentence that tells a figure: a number alone does not say what is counted.
fn said(words: &BTreeMap<String, Markup>, fact: &FactRow) -> Markup {
    html! { @if let Some(sentence) = words.get(&fact.id) { p.said { (sentence) } } }
}

/// One series, or one figure by itself.
pub fn one(look: Look<'_>, id: &str) -> Result<Answer, Failure> {
    let value = series(look, id)?;
    if look.asked.form == Form::Json {
        return Ok(Answer::json(&value));
    }
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let title = text(&value["measure"]);
    let main = html! {
        nav.crumbs { ol { li { a href="/figures" { (look.say("Figures")) } } } }
        h1 { (title) }
        figure.plot data-plot={ "/figures/" (id) ".json" } {}
        div.scroll { table.rows {
            thead { tr { th scope="col" { (look.say("When")) } th scope="col" { (look.say("Figure")) } th scope="col" { (look.say("Outlet")) } } }
            tbody { @for point in value["points"].as_array().into_iter().flatten() {
                tr data-fact=(text(&point["fact"])) {
                    td { (view::when(look, point["when"]["first"].as_str(), point["when"]["last"].as_str())) }
                    td.what { a href=(text(&point["url"])) { (text(&point["text"])) } }
                    td { (text(&point["outlet"])) }
                }
            } }
        } }
        @if let Some(pairs) = value["pairs"].as_array().filter(|pairs| !pairs.is_empty()) {
            h2 { (look.say("How they stand to each other")) }
            ul { @for pair in pairs { li { (look.name(&text(&pair["standing"]))) ": " (text(&pair["rule"])) } } }
        }
    };
    Ok(look.page("figures", &title, &main))
}

fn series(look: Look<'_>, id: &str) -> Result<Value, Failure> {
    let series: Option<Series> = look.store().series_of(id)?;
    let (measure, claims, pairs) = match series {
        Some(series) => {
            let points = series.points.into_iter().map(|point| (point.claim, point.fact)).collect();
            let pairs = series.pairs.iter().map(|pair| {
                json!({ "a": pair.left, "b": pair.right, "standing": pair.standing, "rule": pair.why.rule })
            });
            (series.measure, points, pairs.collect())
        }
        None => {
            let fact: Fact = look
                .store()
                .whole_fact(id)?
                .filter(|fact: &Fact| fact.family == "figure")
                .ok_or(Failure::Missing)?;
            let measure = fact
                .roles
                .iter()
                .find(|role| role.role == "measure")
                .map(|role| role.value.clone());
            let claims: Vec<(String, String)> =
                fact.claims.iter().map(|told| (told.claim.clone(), fact.id.clone())).collect();
            (measure.unwrap_or_default(), claims, Vec::<Value>::new())
        }
    };
    let (mut points, mut unit, mut population) = (Vec::new(), Value::Null, Value::Null);
    for (claim, fact) in &claims {
        let Some(telling) = look.store().telling(claim)? else { continue };
        let role = |name: &str| {
            let roles = telling.claim["roles"].as_array().into_iter().flatten();
            roles.into_iter().find(|role| role["role"] == name).cloned().unwrap_or_default()
        };
        let (value, when) = (role("value"), role("when"));
        unit = value["value"]["unit"].clone();
        population = role("subject")["text"].clone();
        let time = when["value"]["first"].is_string() || when["value"]["last"].is_string();
        let day = telling.published.as_deref().map(view::quoted_day);
        let time = match (time, day) {
            (true, _) => json!({ "first": when["value"]["first"], "last": when["value"]["last"] }),
            (false, Some(day)) => json!({ "first": day, "last": day }),
            (false, None) => Value::Null,
        };
        points.push(json!({
            "claim": claim, "when": time, "low": value["value"]["low"], "high": value["value"]["high"], "text": value["text"],
            "report": telling.report, "outlet": telling.outlet, "fact": fact, "url": format!("/facts/{fact}#c-{claim}"),
        }));
    }
    let record: Vec<&Value> = points.iter().map(|point| &point["claim"]).collect();
    let record = json!(record);
    Ok(json!({
        "id": id, "measure": measure, "population": population, "unit": unit, "points": points, "pairs": pairs, "record": record,
    }))
}
