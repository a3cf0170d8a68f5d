//! `/search`: words in reports, facts and names.

use maud::{Markup, html};
use serde_json::json;

use super::facts;
use crate::store::pages::{Filter, quoted};
use crate::store::{Hit, plain_words};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::{Form, encoded};
use crate::web::view::{self, Look};

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let words = look.asked.param("q").unwrap_or_default();
    if words.is_empty() {
        let main = html! { h1 { (look.say("Search")) } (view::search_box(look, "Words")) };
        return Ok(look.page("search", look.say("Search"), &main));
    }
    // Who knows FTS5's syntax may use it; anything else is looked for as it stands.
    let reports =
        look.store().search(words, 20).or_else(|_| look.store().search(&plain_words(words), 20));
    let (hits, total) = reports.or_else(|_| look.store().search(&quoted(words), 20))?;
    let filter = Filter { words: Some(words.to_owned()), ..Filter::default() };
    let found = look.store().fact_page(&filter, 20, 0)?;
    let actors = look.store().actor_page(Some(words), None, 20, 0)?;
    if look.asked.form == Form::Json {
        let found: Vec<_> = found.iter().map(facts::row).collect();
        return Ok(Answer::json(
            &json!({ "reports": hits, "reports_in_all": total, "facts": found, "actors": actors }),
        ));
    }
    let main = html! {
        h1 { (look.say("Search")) ": " (words) }
        @if hits.is_empty() && found.is_empty() && actors.is_empty() { p.empty { (look.say("Nothing holds these words.")) } }
        @if !actors.is_empty() {
            h2 { (look.say("Actors")) }
            ul.chips { @for actor in &actors { li { a.chip href={ "/actors/" (actor.id) } { (actor.name) @if actor.facts > 0 { " " span.n { (view::number(actor.facts)) } } } } } }
        }
        @if !found.is_empty() {
            h2 { (look.say("Facts")) }
            (view::cards(look, &found))
            p { a href={ "/facts?q=" (encoded(words)) } { (look.say("all of them")) } }
        }
        @if !hits.is_empty() {
            h2 { (look.say("Reports")) " " span.n { (view::number(total)) } }
            ul { @for hit in &hits {
                li {
                    a href={ "/reports/" (hit.id) } { (hit.title.as_deref().unwrap_or(&hit.source)) } " · "
                    (view::publisher(look, hit.outlet.as_deref(), &hit.source)) " · " (view::day(look, hit.published.as_deref()))
                    br; small { (snippet(hit)) }
                }
            } }
            p { a href={ "/reports?q=" (encoded(words)) } { (look.say("all of them")) } }
        }
    };
    Ok(look.page("search", words, &main))
}

fn snippet(hit: &Hit) -> Markup {
    let letters: Vec<char> = hit.snippet.chars().collect();
    let words = |from: usize, to: usize| {
        letters.get(from..to).unwrap_or_default().iter().collect::<String>()
    };
    let before = [0].into_iter().chain(hit.matches.iter().map(|(_, end)| *end));
    html! {
        @for (&(start, end), before) in hit.matches.iter().zip(before) { (words(before, start)) mark { (words(start, end)) } }
        (words(hit.matches.last().map_or(0, |(_, end)| *end), letters.len()))
    }
}
