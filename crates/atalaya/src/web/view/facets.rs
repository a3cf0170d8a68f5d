//! Facets: what a list can be narrowed by, and what it is narrowed by now.

use maud::{Markup, html};

use super::Look;
use super::parts::{country, number};
use crate::store::pages::{Counted, FacetValue, Filter};
use crate::web::asked::FACETS;

/// How many values of a facet are offered.
const OFFERED: usize = 10;

/// The values that facts can be narrowed by.
pub fn facets(
    look: Look<'_>,
    filter: &Filter,
    counted: &Counted,
    names: &[&'static str],
) -> rusqlite::Result<Markup> {
    let values = look.store().facets(filter, counted, names, OFFERED)?;
    Ok(html! {
        aside.facets aria-label=(look.say("Narrow the list")) {
            details.facets-fold {
                summary { (look.say("Narrow the list")) }
                (own_words(look))
                @for name in names {
                    @let own: Vec<&FacetValue> = values.iter().filter(|value| value.facet == *name).collect();
                    @if !own.is_empty() { (facet(look, name, &own)) }
                }
            }
        }
    })
}

fn facet(look: Look<'_>, name: &'static str, values: &[&FacetValue]) -> Markup {
    html! {
        details open {
            summary { (look.say(heading(name))) }
            ul {
                @for value in values {
                    @let chosen = look.asked.params.iter().any(|(key, own)| key == name && *own == value.value);
                    @let other = if chosen { None } else { Some(value.value.as_str()) };
                    li {
                        a href=(look.asked.with(&[(name, other)])) aria-current=[chosen.then_some("true")] {
                            @if name == "country" { (country(look, Some(&value.value))) }
                            @else { (label(look, name, &value.value, &value.label)) }
                        }
                        @if value.count > 0 { " " span.n { (number(value.count)) } }
                    }
                }
            }
        }
    }
}

/// What a facet is called.
fn heading(name: &str) -> &'static str {
    match name {
        "family" => "Family",
        "kind" => "Kind",
        "told" => "Told as",
        "state" => "Where it stands",
        "actor" => "Actor",
        "place" => "Place",
        "country" => "Country",
        "outlet" => "Outlet",
        "report" => "Report",
        "contested" => "Contested",
        _ => "Others",
    }
}

/// A value of a facet as people call it.
fn label(look: Look<'_>, facet: &str, value: &str, label: &str) -> String {
    match facet {
        "kind" => look.kind(value),
        "family" | "told" | "state" => look.name(value),
        "contested" => look.say("contested").to_owned(),
        "country" => look.country(value),
        _ => label.to_owned(),
    }
}

/// Words, days, origins and credibility: what is typed, not clicked.
fn own_words(look: Look<'_>) -> Markup {
    let own =
        ["q", "from", "to", "origins", "credibility", "contested", "page", "lang", "token", "done"];
    let kept = look.asked.params.iter().filter(|(key, _)| !own.contains(&key.as_str()));
    let chosen = |name: &str, value: &str| look.asked.param(name) == Some(value);
    html! {
        form method="get" {
            @for (key, value) in kept { input type="hidden" name=(key) value=(value); }
            fieldset {
                legend { (look.say("Words")) }
                input type="search" name="q" value=[look.asked.param("q")] aria-label=(look.say("Words"));
            }
            fieldset {
                legend { (look.say("Period")) }
                label { (look.say("from")) input name="from" value=[look.asked.param("from")] size="10" placeholder="2024-07-01"; }
                label { (look.say("to")) input name="to" value=[look.asked.param("to")] size="10" placeholder="2024-07-31"; }
            }
            fieldset {
                legend { (look.say("Confirmation")) }
                label {
                    (look.say("origins, at least"))
                    select name="origins" {
                        option value="" { "1" }
                        @for least in ["2", "3", "5"] { option value=(least) selected[chosen("origins", least)] { (least) } }
                    }
                }
                label {
                    (look.say("credibility, at least"))
                    select name="credibility" {
                        option value="" { "6" }
                        @for least in ["1", "2", "3", "4", "5"] {
                            option value=(least) selected[chosen("credibility", least)] { (least) }
                        }
                    }
                }
                label {
                    input type="checkbox" name="contested" value="yes" checked[look.asked.param("contested").is_some()];
                    (look.say("contested only"))
                }
            }
            button { (look.say("Narrow")) }
        }
    }
}

/// What the list is narrowed by, each with the way to let it go.
pub fn chips(look: Look<'_>) -> rusqlite::Result<Markup> {
    let mut chips = Vec::new();
    for (key, value) in look.asked.params.iter().filter(|(_, value)| !value.is_empty()) {
        let words = match key.as_str() {
            key if FACETS.contains(&key) => {
                let known = look.store().facet_label(key, value)?;
                label(look, key, value, known.as_deref().unwrap_or(value))
            }
            "q" => format!("“{value}”"),
            "from" => format!("{} {value}", look.say("from")),
            "to" => format!("{} {value}", look.say("to")),
            "origins" => format!("{} {value}", look.say("origins, at least")),
            "credibility" => format!("{} {value}", look.say("credibility, at least")),
            "contested" => look.say("contested").to_owned(),
            _ => continue,
        };
        chips.push((words, look.asked.with(&[(key.as_str(), None)])));
    }
    Ok(html! {
        @if !chips.is_empty() {
            ul.chips aria-label=(look.say("Narrowed by")) {
                @for (words, without) in chips {
                    li { a.chip href=(without) { (words) " " span aria-hidden="true" { "×" } } }
                }
            }
        }
    })
}
