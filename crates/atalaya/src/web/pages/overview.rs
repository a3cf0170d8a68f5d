//! `/`: what is new since the last visit, what most origins tell, where and when; or how to begin.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{facts, reports};
use crate::store::pages::{FactRow, Filter, Order, ReportFilter};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// What the overview shows.
struct Overview {
    tiles: Vec<(&'static str, &'static str, u64)>,
    headlines: Vec<FactRow>,
    contested: Vec<FactRow>,
    new_reports: Vec<(String, String)>,
    new_facts: Vec<FactRow>,
}

/// The families whose facts make headlines: what was done, promised, or laid at somebody's door.
const TOLD: [&str; 3] = ["event", "commitment", "allegation"];

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let overview = overview(look)?;
    if look.asked.form == Form::Json {
        return Ok(Answer::json(&twin(look, &overview)));
    }
    let empty = overview.tiles.iter().all(|(_, _, number)| *number == 0);
    let main = if empty { beginning(look) } else { picture(look, &overview) };
    Ok(look.page("overview", look.say("Overview"), &main))
}

fn overview(look: Look<'_>) -> Result<Overview, Failure> {
    let store = look.store();
    let of = |facet: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Filter {
            facets: vec![(facet.to_owned(), values)],
            order: Order::MostTold,
            ..Filter::default()
        }
    };
    let contested = of("contested", &["yes"]);
    let sorts = store.actor_sorts()?;
    let tiles = vec![
        ("Reports", "/reports", store.report_total(&ReportFilter::default())?.number),
        ("Origins", "/sources", store.origin_count()?),
        ("Facts", "/facts", store.fact_total(&Filter::default())?.number),
        ("Actors", "/actors", sorts.iter().map(|(_, count)| count).sum()),
        ("Contested", "/contested", store.fact_total(&contested)?.number),
    ];
    let new_reports = look
        .asked
        .since
        .as_ref()
        .map(|since| store.came_since(since, 20))
        .transpose()?
        .unwrap_or_default();
    let names: Vec<&str> = new_reports.iter().map(|(name, _)| name.as_str()).collect();
    let new_facts = match names.is_empty() {
        true => Vec::new(),
        false => store.fact_page(&of("report", &names), 10, 0)?,
    };
    Ok(Overview {
        tiles,
        headlines: store.fact_page(&of("family", &TOLD), 12, 0)?,
        contested: store.fact_page(&contested, 6, 0)?,
        new_reports,
        new_facts,
    })
}

fn twin(look: Look<'_>, overview: &Overview) -> Value {
    let rows = |rows: &[FactRow]| rows.iter().map(facts::row).collect::<Vec<Value>>();
    let counts =
        overview.tiles.iter().map(|(name, _, number)| (name.to_lowercase(), json!(number)));
    json!({
        "counts": counts.collect::<serde_json::Map<_, _>>(), "since": look.asked.since, "headlines": rows(&overview.headlines),
        "contested": rows(&overview.contested), "new_facts": rows(&overview.new_facts),
        "new_reports": overview.new_reports.iter().map(|(id, title)| json!({ "id": id, "title": title })).collect::<Vec<_>>(),
    })
}

fn picture(look: Look<'_>, overview: &Overview) -> Markup {
    let told = "?family=event&family=commitment&family=allegation&sort=told";
    html! {
        h1 { (look.say("Overview")) }
        div.tiles { @for (name, address, number) in &overview.tiles {
            a.tile href=(address) { b { (view::number(*number)) } " " span { (look.asked.lang.say(name)) } }
        } }
        div.dash {
            (news(look, overview))
            section.panel { h2 { (look.say("Headline facts")) } (view::cards(look, &overview.headlines))
                p { a href={ "/facts" (told) } { (look.say("all of them")) } } }
            div.stack {
                section.panel { h2 { (look.say("Where")) } figure.map data-map={ "/map.geojson" (told) } {} }
                @if !overview.contested.is_empty() {
                    section.panel { h2 { (look.say("Contested")) } (view::cards(look, &overview.contested))
                        p { a href="/contested" { (look.say("all of them")) } } }
                }
                section.panel { h2 { (look.say("More reports")) } (reports::upload(look)) }
            }
            section.panel.wide { h2 { (look.say("When")) } figure.timeline data-timeline={ "/timeline.json" (told) } {} }
        }
    }
}

fn news(look: Look<'_>, overview: &Overview) -> Markup {
    html! {
        @if let Some(since) = &look.asked.since {
            section.panel.wide {
                h2 { (look.say("New since your last visit")) " " small { time datetime=(since) { (since) } } }
                @if overview.new_reports.is_empty() { p.empty { (look.say("Nothing came since.")) } } @else {
                    ul { @for (id, title) in &overview.new_reports { li { a href={ "/reports/" (id) } { (title) } } } }
                    (view::cards(look, &overview.new_facts))
                }
            }
        }
    }
}

/// An empty room tells how to fill it.
fn beginning(look: Look<'_>) -> Markup {
    html! {
        h1 { (look.say("This room is empty")) }
        p.lead { (look.say("Add news reports, saved pages or texts, and see what they tell together.")) }
        (reports::upload(look))
        p { (look.say("Or on the command line, a whole folder at once:")) }
        pre { "atalaya add reports/ --room " (look.room.path().display()) }
        p { (look.say("To see a room that is filled, run:")) }
        pre { "atalaya demo\natalaya serve --room demo.atalaya" }
    }
}
