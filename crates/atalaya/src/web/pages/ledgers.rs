//! Ledgers: commitments, positions, seizures, allegations, statements, what is contested. Which kinds stand
//! in which is said by their families and by the pack.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Value, json};

use super::facts;
use crate::picture::{Fact, Ladder};
use crate::store::pages::{FactRow, Filter};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look, marked};

const PAGE: u64 = 50;

/// How many commitments a lane of the board shows.
const LANE: u64 = 12;

/// What the address filters, and of a facet these values.
fn narrowed(look: Look<'_>, facet: &str, values: &[&str]) -> Filter {
    let mut filter = look.asked.filter();
    filter.facets.retain(|(own, _)| own != facet);
    filter
        .facets
        .push((facet.to_owned(), values.iter().map(|value| (*value).to_owned()).collect()));
    filter
}

/// A ledger as a page: what leads it, and what its facts are drawn as.
struct Ledger<'a> {
    name: &'static str,
    title: &'static str,
    lead: &'static str,
    facets: &'a [&'static str],
    /// What to say where nothing stands in it.
    empty: &'static str,
}

const NONE: &str = "No report tells such a thing.";

fn ledger(
    look: Look<'_>,
    ledger: &Ledger<'_>,
    filter: &Filter,
    draw: impl FnOnce(&[(FactRow, Fact)]) -> Result<Markup, Failure>,
) -> Result<Answer, Failure> {
    match look.asked.form {
        Form::Csv => return facts::csv(look, filter, ledger.name),
        Form::GeoJson => return super::map::geojson(look, filter),
        Form::Json => return whole_json(look, filter),
        Form::Html | Form::Markdown => {}
    }
    let shown = whole(look, filter, PAGE)?;
    let counted = look.store().counted(filter)?;
    let main = html! {
        h1 { (look.asked.lang.say(ledger.title)) }
        p.lead { (view::total(look, counted.total)) " · " (look.asked.lang.say(ledger.lead)) }
        (view::chips(look)?)
        div.with-facets {
            (view::facets(look, filter, &counted, ledger.facets)?)
            section.results {
                (view::downloads(look, &[Form::Csv, Form::Json, Form::GeoJson]))
                @if shown.is_empty() { p.empty { (look.asked.lang.say(ledger.empty)) } } @else { (draw(&shown)?) }
                (view::pager(look, shown.len(), PAGE, Some(counted.total)))
            }
        }
    };
    Ok(look.page(ledger.name, look.asked.lang.say(ledger.title), &main))
}

/// A part of a list with each fact whole.
fn whole(look: Look<'_>, filter: &Filter, size: u64) -> Result<Vec<(FactRow, Fact)>, Failure> {
    let mut shown = Vec::new();
    for row in look.store().fact_page(filter, size, (look.asked.page() - 1) * size)? {
        if let Some(fact) = look.store().whole_fact(&row.id)? {
            shown.push((row, fact));
        }
    }
    Ok(shown)
}

fn whole_json(look: Look<'_>, filter: &Filter) -> Result<Answer, Failure> {
    let mut shown: Vec<Value> = Vec::new();
    for row in look.store().fact_page(filter, PAGE, (look.asked.page() - 1) * PAGE)? {
        shown.extend(look.store().whole_fact::<Value>(&row.id)?);
    }
    Ok(Answer::json(
        &json!({ "total": look.store().fact_total(filter)?, "page": look.asked.page(), "facts": shown }),
    ))
}

/// The values of a role.
fn told<'f>(fact: &'f Fact, role: &str) -> Vec<&'f str> {
    fact.roles.iter().filter(|own| own.role == role).map(|own| own.value.as_str()).collect()
}

/// `/commitments`: a board by where each stands.
pub fn commitments(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = look.asked.filter();
    if look.asked.form != Form::Html {
        let states: Vec<String> =
            look.store().facet_values("state", 50)?.into_iter().map(|state| state.value).collect();
        let states: Vec<&str> = states.iter().map(String::as_str).collect();
        let filter = if filter.facets.iter().any(|(facet, _)| facet == "state") {
            filter
        } else {
            narrowed(look, "state", &states)
        };
        return if look.asked.form == Form::Csv {
            facts::csv(look, &filter, "commitments")
        } else {
            whole_json(look, &filter)
        };
    }
    let mut lanes = Vec::new();
    for status in RUNGS {
        let filter = narrowed(look, "state", &[status]);
        let total = look.store().fact_total(&filter)?;
        if total.number > 0 {
            lanes.push((status, total, look.store().fact_page(&filter, LANE, 0)?));
        }
    }
    let main = html! {
        h1 { (look.say("Commitments")) }
        p.lead { (look.say("What was promised, and the rung that reports told last.")) }
        (view::chips(look)?)
        (view::downloads(look, &[Form::Csv, Form::Json]))
        @if lanes.is_empty() { p.empty { (look.say("No report tells such a thing.")) } }
        div.board {
            @for (status, total, facts) in &lanes {
                section.lane {
                    h2 { (look.name(status)) " " span.n { (view::total(look, *total)) } }
                    @for fact in facts { (commitment(look, fact)?) }
                    @if total.more || total.number > LANE { p { a href={ "/facts?state=" (status) } { (look.say("all of them")) } } }
                }
            }
        }
    };
    Ok(look.page("commitments", look.say("Commitments"), &main))
}

/// The rungs of commitments, in the order in which they are climbed.
const RUNGS: [&str; 15] = [
    "requested",
    "proposed",
    "negotiating",
    "promised",
    "signed",
    "approved",
    "funded",
    "under-way",
    "delivered",
    "in-force",
    "paused",
    "resumed",
    "refused",
    "withdrawn",
    "ended",
];

fn commitment(look: Look<'_>, fact: &FactRow) -> Result<Markup, Failure> {
    let ladder: Option<Ladder> = look.store().ladder(&fact.id)?;
    let steps = ladder.map(|ladder| ladder.steps).unwrap_or_default();
    Ok(html! {
        article.card.{ "f-" (fact.family) } data-fact=(fact.id) {
            a href={ "/facts/" (fact.id) } { (fact.caption) }
            p.meta { (view::when_told(look, fact)) " " (view::grade(look, fact.credibility)) }
            @if steps.len() > 1 { p.meta { @for (at, step) in steps.iter().enumerate() {
                @if at > 0 { " → " } a href={ "/facts/" (step.fact) } { (look.name(&step.status)) }
            } } }
        }
    })
}

/// `/positions`: who is for and who against, by what it is about.
pub fn positions(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = narrowed(look, "family", &["position"]);
    let page = Ledger {
        name: "positions",
        title: "Positions",
        lead: "who is for and who against",
        facets: &["kind", "actor", "outlet"],
        empty: NONE,
    };
    ledger(look, &page, &filter, |shown| {
        let mut targets: BTreeMap<String, [Vec<&(FactRow, Fact)>; 3]> = BTreeMap::new();
        for pair in shown {
            let target = told(&pair.1, "target").join(", ");
            let side = side(look, &pair.1);
            targets.entry(target).or_default()[side].push(pair);
        }
        Ok(html! {
            div.scroll { table.stances {
                thead { tr { th scope="col" { (look.say("About")) } th scope="col" { (look.say("For")) }
                    th scope="col" { (look.say("Against")) } th scope="col" { (look.say("Unclear")) } } }
                tbody { @for (target, sides) in &targets {
                    tr {
                        th scope="row" { (target) }
                        @for ((class, head), side) in SIDES.into_iter().zip(sides) {
                            td class=(class) data-of=(look.asked.lang.say(head)) { ul { @for (row, fact) in side {
                                li data-fact=(row.id) { a href={ "/facts/" (row.id) } { (who(look, fact, "agent", "not named")) } }
                            } } }
                        }
                    }
                } }
            } }
        })
    })
}

/// The columns of sides: their classes and headings.
const SIDES: [(&str, &str); 3] = [("for", "For"), ("against", "Against"), ("unclear", "Unclear")];

/// 0 for, 1 against, 2 unclear: as the kind's PLOVER code has it, turned around by a denial.
fn side(look: Look<'_>, fact: &Fact) -> usize {
    let kind = look.app.engine.pack.kinds.by_name(&fact.kind);
    let code = kind.and_then(|kind| kind.plover.as_deref()).unwrap_or_default();
    match code.split('/').next() {
        Some("SUPPORT" | "AGREE" | "COOPERATE") => usize::from(fact.denied),
        Some("ACCUSE" | "REJECT" | "PROTEST" | "THREATEN") => usize::from(!fact.denied),
        _ => 2,
    }
}

/// `/seizures`: what was taken, how much of it, hidden in what, on which way.
pub fn seizures(look: Look<'_>) -> Result<Answer, Failure> {
    let kinds = look
        .app
        .engine
        .pack
        .kinds
        .kinds
        .iter()
        .filter(|kind| kind.ledger.as_deref() == Some("seizures"));
    let kinds: Vec<&str> = kinds.map(|kind| kind.name.as_str()).collect();
    let filter = narrowed(look, "kind", &kinds);
    let page = Ledger {
        name: "seizures",
        title: "Seizures",
        lead: "what was taken, how much, hidden in what, on which way",
        facets: &["place", "country", "actor", "outlet"],
        empty: NONE,
    };
    ledger(look, &page, &filter, |shown| {
        let mut rows = Vec::new();
        for (row, fact) in shown {
            rows.push((row, fact, goods(look, fact)?));
        }
        Ok(html! {
            div.scroll { table.rows.told {
                thead { tr {
                    th scope="col" { (look.say("What")) } th.num scope="col" { (look.say("Kilograms")) } th scope="col" { (look.say("Concealment")) }
                    th scope="col" { (look.say("Route")) } th scope="col" { (look.say("Who")) } th scope="col" { (look.say("When")) }
                } }
                tbody { @for (row, fact, goods) in &rows {
                    tr data-fact=(row.id) {
                        td.what { a href={ "/facts/" (row.id) } { (told(fact, "goods").join(", ")) } br; small { (view::badges(look, row)) } }
                        td.num data-of=(look.say("Kilograms")) { @if goods.is_empty() { "–" } @for (amount, of) in goods { (amount) @if let Some(of) = of { " " small { (of) } } br; } }
                        td data-of=(look.say("Concealment")) { (listed(&told(fact, "concealment"))) }
                        td data-of=(look.say("Route")) { (route(fact)) }
                        td data-of=(look.say("Who")) { (listed(&told(fact, "agent"))) }
                        td { (view::when_told(look, row)) }
                    }
                } }
            } }
        })
    })
}

/// Amounts of mass among a fact's claims, in kilograms with their bounds, and of what.
fn goods(look: Look<'_>, fact: &Fact) -> Result<Vec<(String, Option<String>)>, Failure> {
    let mut amounts = Vec::new();
    for told in &fact.claims {
        let Some(telling) = look.store().telling(&told.claim)? else { continue };
        for role in telling.claim["roles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|role| role["role"] == "goods")
        {
            let value = &role["value"];
            let unit = value["unit"].as_str().and_then(|unit| look.app.engine.pack.unit(unit));
            let Some((least, most)) =
                unit.filter(|unit| unit.measure == "mass").and_then(|unit| unit.factor)
            else {
                continue;
            };
            let low = value["low"].as_f64().map(|low| low * least / base(look));
            let high = value["high"].as_f64().map(|high| high * most / base(look));
            let amount = (bounds(low, high), value["of"].as_str().map(str::to_owned));
            if !amounts.contains(&amount) {
                amounts.push(amount);
            }
        }
    }
    Ok(amounts)
}

/// How many of the pack's base units of mass a kilogram is.
fn base(look: Look<'_>) -> f64 {
    look.app
        .engine
        .pack
        .unit("kilogram")
        .and_then(|unit| unit.factor)
        .map_or(1.0, |(least, _)| least)
}

/// An amount with its bounds; an end that no report tells stays open.
fn bounds(low: Option<f64>, high: Option<f64>) -> String {
    let round = |number: f64| {
        if number < 10.0 { format!("{number:.1}") } else { view::number(number.round() as u64) }
    };
    match (low.map(round), high.map(round)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => "–".to_owned(),
    }
}

fn route(fact: &Fact) -> String {
    let stops = ["from", "via", "to"].map(|role| told(fact, role).join(", "));
    let stops: Vec<&str> =
        stops.iter().map(String::as_str).filter(|stop| !stop.is_empty()).collect();
    if stops.is_empty() { "–".to_owned() } else { stops.join(" → ") }
}

/// Values of a role in a cell; what no report tells is shown as missing.
fn listed(values: &[&str]) -> String {
    if values.is_empty() { "–".to_owned() } else { values.join(", ") }
}

/// `/allegations`: who accuses whom of what, and what was answered.
pub fn allegations(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = narrowed(look, "family", &["allegation"]);
    let page = Ledger {
        name: "allegations",
        title: "Allegations",
        lead: "who accuses whom of what, and what was answered",
        facets: &["kind", "actor", "outlet"],
        empty: NONE,
    };
    ledger(look, &page, &filter, |shown| {
        let mut cards = Vec::new();
        for (row, _) in shown {
            let answers = look
                .store()
                .links_of(&row.id)?
                .into_iter()
                .filter(|(relation, _, _)| relation == "denied");
            cards.push((row, answers.collect::<Vec<_>>()));
        }
        Ok(html! {
            ol.facts { @for (row, answers) in &cards {
                (view::card(look, row))
                @for (_, _, answer) in answers { li.fact { (look.say("answered:")) " " (view::fact_line(look, answer)) } }
            } }
        })
    })
}

/// `/statements`: who said what, in the report's words.
pub fn statements(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = narrowed(look, "family", &["statement"]);
    let page = Ledger {
        name: "statements",
        title: "Statements",
        lead: "who said what; choose a speaker",
        facets: &["actor", "outlet"],
        empty: NONE,
    };
    ledger(look, &page, &filter, |shown| {
        let mut cards = Vec::new();
        for (row, fact) in shown {
            let first = fact
                .claims
                .first()
                .map(|told| look.store().telling(&told.claim))
                .transpose()?
                .flatten();
            cards.push((row, fact, first));
        }
        Ok(html! {
            ol.facts { @for (row, fact, telling) in &cards {
                li.fact.f-statement data-fact=(row.id) {
                    a.caption href={ "/facts/" (row.id) } { (who(look, fact, "speaker", "speaker not named")) }
                    @if let Some(telling) = telling { blockquote { (marked::sentence(look, &telling.claim)) } }
                    p.meta {
                        @if let Some(telling) = telling { span { (view::publisher(look, telling.outlet.as_deref(), &telling.source)) } (view::day(look, telling.published.as_deref())) " " }
                        span.badge.origins { (view::origins(look, row.origins)) }
                    }
                }
            } }
        })
    })
}

/// Who plays a part: an actor, or the report's words for somebody whom it does not name. "He", where the report
/// leaves open who that is, is nobody.
fn who(look: Look<'_>, fact: &Fact, role: &str, nobody: &'static str) -> Markup {
    let told: Vec<_> = fact.roles.iter().filter(|own| own.role == role && !own.pronoun).collect();
    html! {
        @if told.is_empty() { span.unknown { (look.asked.lang.say(nobody)) } }
        @for (at, role) in told.iter().enumerate() {
            @if at > 0 { ", " }
            (role.value)
            @if role.actor.is_none() { " " span.badge.one { (look.say("not named")) } }
        }
    }
}

/// `/contested`: where reports cannot all be right.
pub fn contested(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = narrowed(look, "contested", &["yes"]);
    let page = Ledger {
        name: "contested",
        title: "Contested",
        lead: "where reports cannot all be right",
        facets: &["family", "kind", "actor", "place", "outlet"],
        empty: "Nothing that one report tells rules out what another tells.",
    };
    ledger(look, &page, &filter, |shown| {
        let mut points = Vec::new();
        for (row, fact) in shown {
            points.push((row, fact, look.store().links_of(&row.id)?));
        }
        Ok(html! {
            ol.facts { @for (row, fact, links) in &points {
                (view::card(look, row))
                li.fact { ul.differ {
                    @for role in fact.roles.iter().filter(|role| !role.differ.is_empty()) {
                        li { (look.name(&role.role)) ": " strong { (look.value(&role.value)) }
                            @for other in &role.differ { " / " (look.value(&other.value)) } }
                    }
                    @for (_, _, other) in links.iter().filter(|(relation, here, _)| relation == "denied" && !here) {
                        li { (look.say("denied")) ": " (view::fact_line(look, other)) }
                    }
                } }
            } }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::bounds;

    #[test]
    fn an_open_end_stays_open() {
        assert_eq!(bounds(Some(5_442.0), None), "≥ 5\u{202F}442");
        assert_eq!(bounds(Some(5_442.2), Some(6_096.4)), "5\u{202F}442–6\u{202F}096");
        assert_eq!(bounds(Some(2.5), Some(2.5)), "2.5");
        assert_eq!(bounds(None, None), "–");
    }
}
