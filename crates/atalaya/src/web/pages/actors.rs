//! `/actors` and `/actors/ID`: who and where, over all reports.

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde_json::{Value, json};

use super::facts;
use crate::picture::{Actor, Office, Spot};
use crate::store::pages::{ActorRow, Filter, Total};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

const PAGE: u64 = 50;

/// The list, those in most facts first.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let store = look.store();
    let (words, sort) = (look.asked.param("q"), look.asked.param("sort"));
    if look.asked.form == Form::Csv {
        return csv(&store.actor_page(words, sort, 100_000, 0)?);
    }
    let actors = store.actor_page(words, sort, PAGE, (look.asked.page() - 1) * PAGE)?;
    let sorts = store.actor_sorts()?;
    let number = match words {
        Some(words) => store.actor_total(words, sort)?,
        None => {
            let own = sorts.iter().filter(|(own, _)| sort.is_none_or(|sort| sort == own));
            own.map(|(_, count)| count).sum()
        }
    };
    let total = Total { number, more: false };
    if look.asked.form == Form::Json {
        let page = look.asked.page();
        return Ok(Answer::json(&json!({ "total": total, "page": page, "actors": actors })));
    }
    let main = html! {
        h1 { (look.say("Actors")) }
        p.lead { (look.many(number, "actor", "actors")) }
        (view::search_box(look, "Name"))
        ul.chips {
            @for (own, count) in &sorts {
                @let chosen = sort == Some(own.as_str());
                li { a.chip href=(look.asked.with(&[("sort", (!chosen).then_some(own.as_str()))])) aria-current=[chosen.then_some("true")] {
                    (look.name(own)) " " span.n { (view::number(*count)) } } }
            }
        }
        (view::downloads(look, &[Form::Csv, Form::Json]))
        @if actors.is_empty() { p.empty { (look.say("No report mentions such a one.")) } } @else {
            div.scroll { table.rows {
                thead { tr {
                    th scope="col" { (look.say("Name")) } th scope="col" { (look.say("Sort")) } th scope="col" { (look.say("Class")) }
                    th scope="col" { (look.say("Country")) } th.num scope="col" { (look.say("Facts")) } th.num scope="col" { (look.say("Mentions")) }
                } }
                tbody { @for actor in &actors {
                    tr data-row=(actor.id) {
                        td.what { a href={ "/actors/" (actor.id) } { (actor.name) } }
                        td { (look.name(&actor.sort)) } td { (class(look, actor.class.as_deref())) }
                        td { (view::country(look, actor.country.as_deref())) } td.num { (actor.facts) } td.num { (actor.mentions) }
                    }
                } }
            } }
        }
        (view::pager(look, actors.len(), PAGE, Some(total)))
    };
    Ok(look.page("actors", look.say("Actors"), &main))
}

fn csv(actors: &[ActorRow]) -> Result<Answer, Failure> {
    let mut table = vec![
        ["id", "name", "sort", "class", "country", "facts", "mentions"].map(str::to_owned).to_vec(),
    ];
    for actor in actors {
        let ActorRow { id, name, sort, class, country, .. } = actor.clone();
        let (class, country) = (class.unwrap_or_default(), country.unwrap_or_default());
        table.push(vec![
            id,
            name,
            sort,
            class,
            country,
            actor.facts.to_string(),
            actor.mentions.to_string(),
        ]);
    }
    Ok(Answer::csv("actors", &table))
}

/// What sort of actor it is, as people call it.
fn class(look: Look<'_>, name: Option<&str>) -> String {
    name.map_or_else(|| "–".to_owned(), |name| look.name(name))
}

/// A post with whether it is held, and where.
fn post(look: Look<'_>, office: &Office) -> String {
    let country = office.country.as_deref().map(|code| look.country(code));
    let country = country.map(|country| format!(", {country}")).unwrap_or_default();
    format!("{}{country} ({})", look.name(&office.post), look.name(&office.tense))
}

/// How many mentions of an actor are shown with their words, and of how many reports.
const SHOWN: usize = 40;
const TELLING: usize = 12;

/// Where an actor is mentioned: report by report, with the words around it.
fn mentions(look: Look<'_>, actor: &Actor) -> Result<Markup, Failure> {
    let mut reports: Vec<(&str, Vec<&Spot>)> = Vec::new();
    for spot in actor.mentions.iter().take(SHOWN) {
        match reports.iter().position(|(report, _)| *report == spot.report) {
            Some(at) => reports[at].1.push(spot),
            None if reports.len() < TELLING => reports.push((&spot.report, vec![spot])),
            None => {}
        }
    }
    let shown: usize = reports.iter().map(|(_, spots)| spots.len()).sum();
    let mut told = Vec::new();
    for (report, spots) in reports {
        let (row, id) = look.store().one(report)?;
        told.push((id, look.store().details(row)?, spots));
    }
    Ok(html! {
        @for (id, details, spots) in &told {
            @let letters: Vec<char> = details.text.chars().collect();
            @let summary = &details.summary;
            section.mentions {
                h3 { a href={ "/reports/" (id) } { (summary.title.as_deref().unwrap_or(&summary.source)) } " "
                    small { (view::publisher(look, summary.outlet.as_deref(), &summary.source)) " · " (view::day(look, summary.published.as_deref())) } }
                ul { @for spot in spots {
                    @let block = details.blocks.iter().find(|block| block.start <= spot.start && spot.start < block.end);
                    li { (around(&letters, block.map_or((0, letters.len()), |block| (block.start, block.end)), spot))
                        @if let Some(block) = block { " " a href={ "/reports/" (id) "#b-" (block.start) } { (look.say("read on")) } } }
                } }
            }
        }
        @if actor.mentions.len() > shown { p.dim { "… " (view::number((actor.mentions.len() - shown) as u64)) } }
    })
}

/// How many letters stand on each side of a mention.
const AROUND: usize = 90;

/// The words of a mention, marked, with what stands around them in their block.
fn around(letters: &[char], (first, last): (usize, usize), spot: &Spot) -> Markup {
    let (start, end) = (spot.start.clamp(first, last), spot.end.clamp(first, last));
    let from = start.saturating_sub(AROUND).max(first);
    let to = (end + AROUND).min(last);
    let words = |from: usize, to: usize| {
        letters.get(from..to).unwrap_or_default().iter().collect::<String>()
    };
    html! {
        @if from > first { "…" } (words(from, start)) mark { (words(start, end)) } (words(end, to)) @if to < last { "…" }
    }
}

/// One actor: names, posts, facts, statements, and where it is mentioned.
pub fn one(look: Look<'_>, id: &str) -> Result<Answer, Failure> {
    let store = look.store();
    let id = &store.actor_now(id)?;
    let row = store.actor_row(id)?.ok_or(Failure::Missing)?;
    let actor: Actor = store.whole_actor(id)?.ok_or(Failure::Missing)?;
    let mut filter =
        Filter { facets: vec![("actor".to_owned(), vec![id.to_owned()])], ..look.asked.filter() };
    if look.asked.form == Form::Csv {
        return facts::csv(look, &filter, "facts");
    }
    let families = store.facets(&filter, &store.counted(&filter)?, &["family"], 10)?;
    if let Some(family) = look.asked.param("family") {
        filter.facets.push(("family".to_owned(), vec![family.to_owned()]));
    }
    let shown = store.fact_page(&filter, PAGE, (look.asked.page() - 1) * PAGE)?;
    let total = store.fact_total(&filter)?;
    if look.asked.form == Form::Json {
        let mut value: Value = store.whole_actor(id)?.ok_or(Failure::Missing)?;
        value["facts"] = shown.iter().map(facts::row).collect();
        value["page"] = json!(look.asked.page());
        value["total"] = json!(total);
        return Ok(Answer::json(&value));
    }
    let query = format!("?actor={id}");
    let judgements = store.judgements(id)?;
    let aliases: Vec<&str> =
        actor.aliases.iter().map(String::as_str).filter(|alias| *alias != actor.name).collect();
    // A post that is told with its country is not told without it again.
    let again = |office: &&Office| {
        office.country.is_none()
            && actor.offices.iter().any(|other| {
                other.country.is_some()
                    && (&other.post, &other.tense) == (&office.post, &office.tense)
            })
    };
    let posts =
        actor.offices.iter().filter(|office| !again(office)).map(|office| post(look, office));
    let posts: BTreeSet<String> = posts.collect();
    let main = html! {
        nav.crumbs { ol { li { a href="/actors" { (look.say("Actors")) } } li { (look.name(&row.sort)) } } }
        h1 { (actor.name) }
        p.lead {
            @if actor.class.is_some() { (class(look, actor.class.as_deref())) " · " }
            @if actor.country.is_some() { (view::country(look, actor.country.as_deref())) " · " }
            (look.many(row.facts, "fact", "facts")) " · " (look.many(row.mentions, "mention", "mentions"))
        }
        dl {
            @if !aliases.is_empty() { dt { (look.say("Also called")) } dd { (aliases.join(" · ")) } }
            @if !posts.is_empty() { dt { (look.say("Posts")) } dd { ul { @for post in &posts { li { (post) } } } } }
        }
        figure.timeline data-timeline={ "/timeline.json" (query) } {}
        figure.network data-network={ "/network.json" (query) } {}
        h2 { (look.say("Facts")) }
        ul.chips {
            @for value in &families {
                @let chosen = look.asked.param("family") == Some(value.value.as_str());
                li { a.chip href=(look.asked.with(&[("family", (!chosen).then_some(value.value.as_str()))])) aria-current=[chosen.then_some("true")] {
                    (look.name(&value.value)) " " span.n { (value.count) } } }
            }
        }
        (view::downloads(look, &[Form::Csv, Form::Json]))
        @if shown.is_empty() { p.empty { (look.say("It is mentioned, but plays no part in a fact.")) } } @else { (view::table(look, &shown)) }
        (view::pager(look, shown.len(), PAGE, Some(total)))
        h2 { (look.say("Mentions")) }
        (mentions(look, &actor)?)
        @if !judgements.is_empty() {
            details.why {
                summary { (look.say("Why these names are one, and what nearly was")) }
                ul { @for judgement in judgements.iter().take(100) {
                    li { (look.name(judgement["verdict"].as_str().unwrap_or_default()))
                        ul { @for reason in judgement["reasons"].as_array().into_iter().flatten() { (super::fact::reason_line(look, reason)) } } }
                } }
            }
        }
        (view::judge_actor(look, id))
    };
    Ok(look.page("actor", &row.name, &main))
}
