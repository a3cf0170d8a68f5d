//! `/facts/ID`: one fact with all who tell it, side by side, and why it is taken for one.

use std::collections::{BTreeMap, HashMap, HashSet};

use maud::{Markup, html};
use serde_json::{Value, json};

use crate::picture::{Fact, Other, Role};
use crate::store::Passage;
use crate::store::pages::{FactRow, Total};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look, marked};

/// A fact with what is shown of it.
struct Shown {
    row: FactRow,
    fact: Fact,
    tellings: Vec<(String, Passage)>,
    links: Vec<(String, bool, FactRow)>,
    judgements: Vec<Value>,
}

/// The page.
pub fn page(look: Look<'_>, id: &str) -> Result<Answer, Failure> {
    let row = look.store().fact_row(id)?.ok_or(Failure::Missing)?;
    if row.id != id && look.asked.form == Form::Html {
        // A claim's identifier leads to its fact.
        return Ok(Answer::see(&format!("/facts/{}", row.id)));
    }
    let shown = shown(look, row)?;
    if look.asked.form == Form::Json {
        return twin(look, &shown);
    }
    let title = shown.row.caption.clone();
    let all = Total { number: shown.fact.claims.len() as u64, more: false };
    let main = html! {
        nav.crumbs aria-label=(look.say("Where this is")) {
            ol {
                li { a href="/facts" { (look.say("Facts")) } }
                li { a href={ "/facts?kind=" (shown.row.kind) } { (look.kind(&shown.row.kind)) } }
            }
        }
        h1 { (title) }
        p.meta {
            (view::badges(look, &shown.row)) " "
            (view::when_told(look, &shown.row)) " "
            span.badge.reports { (view::reports(look, shown.row.reports)) } " "
            span.badge.origins { (view::origins(look, shown.row.origins)) } " "
            (view::grade(look, shown.row.credibility))
        }
        (roles(look, &shown))
        (tellings(look, &shown)?)
        (view::pager(look, shown.tellings.len(), PART, Some(all)))
        (confirmation(look, &shown))
        (hangs_together(look, &shown))
        (view::judge_fact(look, &shown.fact, &shown.tellings, &near(look, &shown)?)?)
    };
    Ok(look.page("fact", &title, &main))
}

fn shown(look: Look<'_>, row: FactRow) -> Result<Shown, Failure> {
    let store = look.store();
    let fact: Fact = store.whole_fact(&row.id)?.ok_or(Failure::Missing)?;
    let (mut tellings, mut judgements) = (Vec::new(), BTreeMap::new());
    // Hundreds of reports may tell one fact: a part of them at a time.
    let before = (look.asked.page() - 1) * PART;
    let part = fact.claims.iter().skip(usize::try_from(before).unwrap_or(usize::MAX));
    for told in part.take(PART as usize) {
        tellings.extend(store.telling(&told.claim)?.map(|telling| (told.claim.clone(), telling)));
        for judgement in store.judgements(&told.claim)? {
            let ends = ["left", "right"].map(|end| judgement[end].to_string());
            judgements.insert(ends, judgement);
        }
    }
    let links = store.links_of(&row.id)?;
    let judgements = judgements.into_values().collect();
    Ok(Shown { row, fact, tellings, links, judgements })
}

/// How many tellings a page shows.
const PART: u64 = 30;

/// How many facts are offered to be merged with.
const NEAR: usize = 20;

/// The facts of claims that this one's were compared with and were not taken for the same.
fn near(look: Look<'_>, shown: &Shown) -> Result<Vec<FactRow>, Failure> {
    let mut near: Vec<FactRow> = Vec::new();
    let own: HashSet<&str> = shown.fact.claims.iter().map(|told| told.claim.as_str()).collect();
    let ends = shown.judgements.iter().flat_map(|pair| [&pair["left"], &pair["right"]]);
    let ends = ends.filter_map(Value::as_str).filter(|claim| !own.contains(claim));
    for claim in ends.take(3 * NEAR) {
        if near.len() == NEAR {
            break;
        }
        let other = look.store().fact_row(claim)?.filter(|other| other.id != shown.row.id);
        near.extend(other.filter(|other| near.iter().all(|known| known.id != other.id)));
    }
    Ok(near)
}

fn twin(look: Look<'_>, shown: &Shown) -> Result<Answer, Failure> {
    let mut value: Value = look.store().whole_fact(&shown.row.id)?.ok_or(Failure::Missing)?;
    let links = shown.links.iter().map(|(relation, here, other)| {
        json!({ "relation": relation, "to_here": here, "fact": other.id, "caption": other.caption })
    });
    value["links"] = links.collect();
    value["tellings"] =
        json!(shown.tellings.iter().map(|(_, telling)| telling).collect::<Vec<_>>());
    value["judgements"] = json!(shown.judgements);
    value["contested"] = json!(shown.row.contested);
    Ok(Answer::json(&value))
}

fn roles(look: Look<'_>, shown: &Shown) -> Markup {
    let several = shown.fact.claims.len() > 1;
    html! {
        section.roles {
            h2 { (look.say("Who, what, where, when")) }
            dl {
                @for role in &shown.fact.roles {
                    div {
                        dt { (look.name(&role.role)) }
                        dd {
                            span.value {
                                @match &role.actor {
                                    Some(actor) => a href={ "/actors/" (actor) } { (role.value) },
                                    None => { (look.value(&role.value)) @if role.pronoun { " " span.badge.one { (look.say("not named")) } } }
                                }
                            }
                            @if role.corrected { " " span.badge.status { (look.say("set by you")) } }
                            @if several { " " small { (role.agree.len()) " " (look.say("agree")) } }
                            (others(look, role, shown))
                        }
                    }
                }
            }
        }
    }
}

/// What others tell of a role: at odds with it, or besides; each value once, with those on this page
/// who tell it.
fn others(look: Look<'_>, role: &Role, shown: &Shown) -> Markup {
    let outlet = |claim: &str| {
        let (_, telling) = shown.tellings.iter().find(|(own, _)| own == claim)?;
        Some(view::outlet(telling.outlet.as_deref(), &telling.source).to_owned())
    };
    html! {
        @if !role.differ.is_empty() || !role.besides.is_empty() {
            ul.differ {
                @for (others, word) in [(&role.differ, look.say("differs")), (&role.besides, look.say("besides"))] {
                    @for (value, claims) in by_value(others) {
                        li {
                            (word) ": " (look.value(value))
                            @for (claim, outlet) in claims.iter().filter_map(|claim| Some((claim, outlet(claim)?))) {
                                " " small { a href={ "#c-" (claim) } { (outlet) } }
                            }
                            @if claims.len() > 1 { " " small { "(" (claims.len()) ")" } }
                        }
                    }
                }
            }
        }
    }
}

/// The claims that tell each value, in the order of the values.
fn by_value(others: &[Other]) -> Vec<(&str, Vec<&str>)> {
    let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for other in others {
        let row = *rows.entry(&other.value).or_insert(values.len());
        if row == values.len() {
            values.push((&other.value, Vec::new()));
        }
        values[row].1.push(&other.claim);
    }
    values
}

fn tellings(look: Look<'_>, shown: &Shown) -> Result<Markup, Failure> {
    let ratings = look.store().ratings()?;
    Ok(html! {
        section.tellings aria-label=(look.say("Who tells it")) {
            @for (claim, telling) in &shown.tellings {
                @let rating = telling.outlet.as_ref().and_then(|outlet| ratings.get(outlet));
                article.telling.{ "f-" (shown.row.family) } id={ "c-" (claim) } {
                    header {
                        strong { (view::publisher(look, telling.outlet.as_deref(), &telling.source)) }
                        @if let Some(rating) = rating { " " span.badge.status title=(look.say("your rating")) { (rating) } }
                        " · " (view::day(look, telling.published.as_deref()))
                        " · " a href={ "/reports/" (telling.report) "#c-" (claim) } { (telling.title.as_deref().unwrap_or(look.say("report"))) }
                    }
                    blockquote { (marked::sentence(look, &telling.claim)) }
                    footer {
                        (said_by(look, &telling.claim))
                        a href={ "/claims/" (claim) } { (look.say("why?")) }
                    }
                }
            }
        }
    })
}

/// Who says so within the report.
fn said_by(look: Look<'_>, claim: &Value) -> Markup {
    let links = claim["attribution"].as_array().into_iter().flatten();
    let names: Vec<&str> = links.filter_map(|link| link["name"].as_str()).collect();
    html! { @if !names.is_empty() { (look.say("according to")) " " (names.join(" ← ")) " · " } }
}

fn confirmation(look: Look<'_>, shown: &Shown) -> Markup {
    html! {
        section {
            h2 { (look.say("How far it is confirmed")) }
            p { (view::grade(look, shown.row.credibility)) }
            ul {
                @for reason in &shown.fact.why { li { (look.name(&reason.rule)) @if !reason.detail.is_empty() { ": " (reason.detail) } } }
            }
            h2 { (look.say("History")) }
            ol.history {
                // As much of it as the tellings on this page made.
                @for change in shown.fact.history.iter().filter(|change| tells(shown, &change.report)) {
                    li {
                        (view::day(look, change.published.as_deref())) " "
                        (look.name(&change.what)) " "
                        a href={ "/reports/" (change.report) } { (outlet_of(shown, &change.report)) }
                    }
                }
            }
            @if !shown.judgements.is_empty() {
                details.why {
                    summary { (look.say("Why these claims are one, and what nearly was")) }
                    ul {
                        @for judgement in shown.judgements.iter().take(MOST) {
                            li {
                                (pair(judgement)) ": " (look.name(judgement["verdict"].as_str().unwrap_or_default()))
                                ul { @for reason in judgement["reasons"].as_array().into_iter().flatten() { (reason_line(look, reason)) } }
                            }
                        }
                        (left_out(look, shown.judgements.len()))
                    }
                }
            }
        }
    }
}

/// How many judgements or links a page shows.
const MOST: usize = 100;

/// How many of a list are not shown.
fn left_out(look: Look<'_>, all: usize) -> Markup {
    html! { @if all > MOST { li { "… " (all - MOST) " " (look.say("more")) } } }
}

fn tells(shown: &Shown, report: &str) -> bool {
    shown.tellings.iter().any(|(_, telling)| telling.report == report)
}

fn outlet_of<'s>(shown: &'s Shown, report: &'s str) -> &'s str {
    let telling = shown.tellings.iter().find(|(_, telling)| telling.report == report);
    telling.map_or(report, |(_, telling)| view::outlet(telling.outlet.as_deref(), &telling.source))
}

/// The two that were compared, as ways to them.
fn pair(judgement: &Value) -> Markup {
    let id = |key: &str| judgement[key].as_str().unwrap_or_default().to_owned();
    html! {
        a href={ "/claims/" (id("left")) } { (view::short(&id("left"))) } " · "
        a href={ "/claims/" (id("right")) } { (view::short(&id("right"))) }
    }
}

/// A reason, as it was kept.
pub fn reason_line(look: Look<'_>, reason: &Value) -> Markup {
    let detail = reason["detail"].as_str().unwrap_or_default();
    html! { li { (look.name(reason["rule"].as_str().unwrap_or_default())) @if !detail.is_empty() { ": " (detail) } } }
}

fn hangs_together(look: Look<'_>, shown: &Shown) -> Markup {
    html! {
        @if !shown.links.is_empty() {
            section {
                h2 { (look.say("Hangs together with")) }
                ul.links {
                    @for (relation, here, other) in shown.links.iter().take(MOST) {
                        li { (if *here { "← " } else { "→ " }) (look.name(relation)) ": " (view::fact_line(look, other)) }
                    }
                    (left_out(look, shown.links.len()))
                }
            }
        }
    }
}
