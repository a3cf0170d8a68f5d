//! Facts in lists: as rows of a table, and as cards.

use maud::{Markup, html};

use super::Look;
use super::parts::{badges, grade, number, origins, when_told};
use crate::store::pages::{FactRow, Order};

/// Facts as a table that can be sorted.
pub fn table(look: Look<'_>, facts: &[FactRow]) -> Markup {
    table_with(look, facts, &|_| html! {})
}

/// The same, with something more below each caption.
pub fn table_with(look: Look<'_>, facts: &[FactRow], more: &dyn Fn(&FactRow) -> Markup) -> Markup {
    let order = look.asked.filter().order;
    let sorted = |own: Order, direction: &'static str| (order == own).then_some(direction);
    let newest = if order == Order::Newest { Some("oldest") } else { None };
    html! {
        div.scroll {
            table.rows.told {
                thead {
                    tr {
                        th scope="col" { (look.say("What")) }
                        th scope="col" aria-sort=[sorted(Order::Newest, "descending").or(sorted(Order::Oldest, "ascending"))] {
                            a href=(look.asked.with(&[("sort", newest)])) { (look.say("When")) }
                        }
                        th.num scope="col" { (look.say("Reports")) }
                        th.num scope="col" aria-sort=[sorted(Order::MostTold, "descending")] {
                            a href=(look.asked.with(&[("sort", Some("told"))])) { (look.say("Origins")) }
                        }
                        th scope="col" aria-sort=[sorted(Order::Surest, "descending")] {
                            a href=(look.asked.with(&[("sort", Some("credibility"))])) { (look.say("Credibility")) }
                        }
                    }
                }
                tbody {
                    @for fact in facts {
                        tr data-fact=(fact.id) class={ "f-" (fact.family) } {
                            td.what { a href={ "/facts/" (fact.id) } { (fact.caption) } (more(fact)) br; small { (badges(look, fact)) } }
                            td { (when_told(look, fact)) }
                            td.num data-of=(look.say("Reports")) { (number(fact.reports)) }
                            td.num data-of=(look.say("Origins")) { (number(fact.origins)) }
                            td { (grade(look, fact.credibility)) }
                        }
                    }
                }
            }
        }
    }
}

/// Facts as cards, where a table is too tight.
pub fn cards(look: Look<'_>, facts: &[FactRow]) -> Markup {
    html! { ol.facts { @for fact in facts { (card(look, fact)) } } }
}

/// A fact as a card.
pub fn card(look: Look<'_>, fact: &FactRow) -> Markup {
    html! {
        li class={ "fact f-" (fact.family) } data-fact=(fact.id) {
            a.caption href={ "/facts/" (fact.id) } { (fact.caption) }
            p.meta {
                (badges(look, fact)) " "
                (when_told(look, fact)) " "
                span.badge.origins { (origins(look, fact.origins)) }
                " " (grade(look, fact.credibility))
            }
        }
    }
}

/// A fact in a line of text.
pub fn fact_line(look: Look<'_>, fact: &FactRow) -> Markup {
    html! {
        a href={ "/facts/" (fact.id) } { (fact.caption) }
        " " small { (badges(look, fact)) " " (when_told(look, fact)) }
    }
}
