//! `/sources`: outlets, how far you trust them, what they told, and who copies whom.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::json;

use crate::web::answer::{Answer, Failure};
use crate::web::asked::{Form, encoded};
use crate::web::view::{self, Look};

/// How many shared origins are listed, and how many reports of each.
const SHARED: u64 = 50;
const COPIES: usize = 10;

/// Reports of one origin: the one that came first, and those that say the same as its branches.
fn origin(look: Look<'_>, reports: &[[String; 5]]) -> Markup {
    let line = |[_, outlet, report, title, published]: &[String; 5]| {
        let outlet = Some(outlet.as_str()).filter(|outlet| !outlet.is_empty());
        let published = Some(published.as_str()).filter(|day| !day.is_empty());
        html! {
            a href={ "/reports/" (report) } { (title) }
            small { (outlet.unwrap_or(look.say("outlet unknown"))) " · " (view::day(look, published)) }
        }
    };
    html! {
        article.origin {
            p.root { (line(&reports[0])) }
            ul {
                @for copy in reports.iter().skip(1).take(COPIES) {
                    li { (line(copy)) " " a.compare href={ "/reports/" (reports[0][2]) "/diff/" (copy[2]) } { (look.say("compare")) } }
                }
                @if reports.len() > COPIES + 1 { li.dim { "… " (view::number((reports.len() - COPIES - 1) as u64)) } }
            }
        }
    }
}

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let store = look.store();
    let outlets = look.app.outlets.of(store.state_of_facts()?, || store.outlets())?;
    let ratings = store.ratings()?;
    let count = |facet: &str| -> Result<BTreeMap<String, u64>, Failure> {
        Ok(store
            .facet_values(facet, 10_000)?
            .into_iter()
            .map(|value| (value.value, value.count))
            .collect())
    };
    let (facts, alone) = (count("outlet")?, count("alone")?);
    let number = |counts: &BTreeMap<String, u64>, outlet: &Option<String>| {
        outlet.as_ref().and_then(|outlet| counts.get(outlet)).copied().unwrap_or_default()
    };
    let mut shared: BTreeMap<String, Vec<[String; 5]>> = BTreeMap::new();
    for row in store.shared_origins(SHARED)? {
        shared.entry(row[0].clone()).or_default().push(row);
    }
    let reports: u64 = outlets.iter().map(|(_, reports, _)| reports).sum();
    let origins = store.origin_count()?;
    if look.asked.form == Form::Csv {
        let head = ["outlet", "rating", "reports", "origins", "facts", "told_by_nobody_else"];
        let rows = outlets.iter().map(|(outlet, reports, origins)| {
            let rating = outlet.as_ref().and_then(|outlet| ratings.get(outlet)).cloned();
            let counts = [*reports, *origins, number(&facts, outlet), number(&alone, outlet)];
            let cells = [outlet.clone().unwrap_or_default(), rating.unwrap_or_default()];
            cells.into_iter().chain(counts.map(|count| count.to_string())).collect()
        });
        let head = head.map(str::to_owned).to_vec();
        return Ok(Answer::csv("sources", &[head].into_iter().chain(rows).collect::<Vec<_>>()));
    }
    if look.asked.form == Form::Json {
        let rows = outlets.iter().map(|(outlet, reports, origins)| json!({
            "outlet": outlet, "rating": outlet.as_ref().and_then(|outlet| ratings.get(outlet)), "reports": reports, "origins": origins,
            "facts": number(&facts, outlet), "told_by_nobody_else": number(&alone, outlet),
        }));
        let shared = shared.iter().map(|(origin, reports)| {
            let reports = reports.iter().map(|[_, outlet, report, title, _]| json!({ "report": report, "outlet": outlet, "title": title }));
            json!({ "origin": origin, "reports": reports.collect::<Vec<_>>() })
        });
        return Ok(Answer::json(
            &json!({ "total": { "reports": reports, "origins": origins }, "sources": rows.collect::<Vec<_>>(), "origins": shared.collect::<Vec<_>>() }),
        ));
    }
    let main = html! {
        h1 { (look.say("Sources")) }
        p.lead { (look.say("A reliable · B usually reliable · C fairly · D not usually · E unreliable · F cannot be judged. The rating is yours.")) }
        p { (look.many(reports, "report", "reports")) " · " (look.many(origins, "origin", "origins")) " · "
            (look.say("An origin is counted once here, and once for each outlet that goes back to it.")) }
        (view::downloads(look, &[Form::Csv, Form::Json]))
        div.scroll { table.rows.told {
            thead { tr {
                th scope="col" { (look.say("Outlet")) } th scope="col" { (look.say("Rating")) } th.num scope="col" { (look.say("Reports")) }
                th.num scope="col" { (look.say("Origins")) } th.num scope="col" { (look.say("Facts")) } th.num scope="col" { (look.say("Told by nobody else")) }
            } }
            tbody { @for (outlet, reports, origins) in &outlets {
                tr {
                    td.what { @match outlet {
                        Some(outlet) => a href={ "/reports?outlet=" (encoded(outlet)) } { (outlet) },
                        None => span.unknown { (look.say("outlet unknown")) },
                    } }
                    td { @if let Some(outlet) = outlet {
                        form.rate method="post" action="/judge" {
                            input type="hidden" name="verb" value="rate"; input type="hidden" name="outlet" value=(outlet);
                            input type="hidden" name="back" value="/sources";
                            select name="value" aria-label={ (look.say("Rating")) ": " (outlet) } {
                                @for grade in ["F", "A", "B", "C", "D", "E"] {
                                    option selected[ratings.get(outlet).map_or("F", String::as_str) == grade] { (grade) }
                                }
                            }
                            " " button.quiet { (look.say("Rate")) }
                        }
                    } }
                    td.num data-of=(look.say("Reports")) { (reports) } td.num data-of=(look.say("Origins")) { (origins) }
                    @if outlet.is_some() {
                        td.num data-of=(look.say("Facts")) { (number(&facts, outlet)) }
                        td.num data-of=(look.say("Told by nobody else")) { (number(&alone, outlet)) }
                    } @else { td.num { "–" } td.num { "–" } }
                }
            } }
        } }
        h2 { (look.say("Who goes back to the same text")) }
        @if shared.is_empty() { p.empty { (look.say("No two reports go back to one text.")) } }
        div.origins { @for reports in shared.values() { (origin(look, reports)) } }
    };
    Ok(look.page("sources", look.say("Sources"), &main))
}
