//! `/reports/ID`: one report, its claims marked in its words; its original, as inert text.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Value, json};

use crate::store::Details;
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::marked::{at, spans};
use crate::web::view::{self, Look};

/// The page.
pub fn page(look: Look<'_>, name: &str) -> Result<Answer, Failure> {
    let store = look.store();
    let (row, id) = store.one(name)?;
    let details = store.details(row)?;
    let claims = store.tellings_of(row)?;
    let copies = store.copies_of(row)?;
    let bound = store.bound_of(&id)?;
    let corrected = store.date_corrected(&id)?;
    if look.asked.form == Form::Json {
        let mut value = json!(details);
        let told = claims.into_iter().map(|(mut claim, fact)| {
            claim["fact"] = json!(fact);
            claim
        });
        value["claims"] = told.collect();
        value["copies"] = json!(copies.iter().map(|copy| &copy.report).collect::<Vec<_>>());
        value["bounds"] = json!(bound);
        value["corrected"] = json!({ "published": corrected });
        return Ok(Answer::json(&value));
    }
    let summary = &details.summary;
    let title = summary.title.clone().unwrap_or_else(|| summary.source.clone());
    let main = html! {
        nav.crumbs { ol { li { a href="/reports" { (look.say("Reports")) } } li { (view::short(&id)) } } }
        h1 { (title) }
        p.lead {
            (view::publisher(look, summary.outlet.as_deref(), &summary.source)) " · "
            (view::day(look, corrected.as_deref().or(summary.published.as_deref())))
            @if corrected.is_some() { " " span.badge { (look.say("corrected")) } }
            @if let Some(byline) = &summary.byline { " · " (byline) }
        }
        @if !summary.newest { p.notice.warn { (look.say("A newer version has taken its place; this one is no longer counted.")) } }
        @if let Some(bound) = bound.filter(|_| summary.published.is_none() && corrected.is_none()) { (written(look, &bound)) }
        div.actions {
            a.button.quiet href={ "/reports/" (id) "/original" } { (look.say("Original, as text")) }
            a.button.quiet href={ "/facts?report=" (id) } { (look.say("Facts")) }
            a.button.quiet href={ "/reports/" (id) ".json" } { "JSON" }
        }
        article.report { (text(look, &details, &claims)) }
        aside.margin { h2 { (look.say("What it claims")) } (nothing(look, &details, &claims)) ol { @for (claim, fact) in &claims { (claim_line(look, claim, fact.as_deref())) } } }
        @if !copies.is_empty() {
            h2 { (look.say("Reports of the same origin")) }
            ul { @for copy in &copies {
                li {
                    a href={ "/reports/" (copy.report) } { (copy.title.as_deref().unwrap_or(&copy.source)) } " · "
                    (view::publisher(look, copy.outlet.as_deref(), &copy.source)) " · " (view::day(look, copy.published.as_deref())) " · "
                    a href={ "/reports/" (id) "/diff/" (copy.report) } { (look.say("compare")) }
                }
            } }
        }
        (found_at(look, &details))
        (view::correct_date(look, &id, corrected.as_deref().or(summary.published.as_deref())))
        (view::add_claim(look, &id))
    };
    Ok(look.page("report", &title, &main))
}

/// Why a report claims nothing.
fn nothing(look: Look<'_>, details: &Details, claims: &[(Value, Option<String>)]) -> Markup {
    let english = details.summary.language.as_deref() == Some("en");
    html! {
        @if claims.is_empty() {
            p.dim { (look.say(if english { "Nothing in it was read as a claim." } else { "It is not in English: it is kept and searched, but not read for claims." })) }
        }
    }
}

/// Between which days an undated report was written, and why.
fn written(look: Look<'_>, bound: &Value) -> Markup {
    let end = |key: &str| bound[key].as_str().map_or_else(|| "…".to_owned(), |day| look.value(day));
    html! {
        p.notice {
            span.badge.inferred { (look.say("inferred")) } " " (look.say("written between")) " " (end("not_before")) " – " (end("not_after"))
            @for reason in bound["reasons"].as_array().into_iter().flatten() {
                br; small { (look.name(reason["rule"].as_str().unwrap_or_default())) ": " (reason["detail"].as_str().unwrap_or_default()) }
            }
        }
    }
}

/// The text by its blocks, with the words of claims marked.
fn text(look: Look<'_>, details: &Details, claims: &[(Value, Option<String>)]) -> Markup {
    let letters: Vec<char> = details.text.chars().collect();
    let marks = claims
        .iter()
        .enumerate()
        .map(|(n, (claim, _))| (at(&claim["trigger"], "start"), at(&claim["trigger"], "end"), n));
    let marks = spans(marks.collect());
    html! {
        div.text data-report=(details.summary.id) {
            @for block in &details.blocks {
                @let class = match block.kind.as_str() { "title" => "heading", "quotation" => "quote", other => other };
                p class=(class) data-start=(block.start) id={ "b-" (block.start) } {
                    (marked_block(look, &letters, (block.start, block.end), &marks, claims))
                }
            }
        }
    }
}

fn marked_block(
    look: Look<'_>,
    letters: &[char],
    (start, end): (usize, usize),
    marks: &[(usize, usize, usize)],
    claims: &[(Value, Option<String>)],
) -> Markup {
    let own: Vec<_> = marks.iter().filter(|(from, to, _)| start <= *from && *to <= end).collect();
    let words = |from: usize, to: usize| {
        letters.get(from..to).unwrap_or_default().iter().collect::<String>()
    };
    let before = [start].into_iter().chain(own.iter().map(|(_, to, _)| *to));
    html! {
        @for (&&(from, to, n), before) in own.iter().zip(before) {
            (words(before, from))
            @let (claim, fact) = &claims[n];
            @let id = claim["id"].as_str().unwrap_or_default();
            mark.{ "f-" (claim["family"].as_str().unwrap_or_default()) } data-claim=(id) id={ "c-" (id) }
                title=(look.kind(claim["kind"].as_str().unwrap_or_default())) {
                a href=(way(id, fact.as_deref())) { (words(from, to)) }
            }
            (others(look, claims, (from, to, n), &own))
        }
        (words(own.last().map_or(start, |(_, to, _)| *to), end))
    }
}

/// Ways to the claims whose words are the same, or lie within: a mark can lead to one only. They hold no
/// letters, so that places in the text are counted as before.
fn others(
    look: Look<'_>,
    claims: &[(Value, Option<String>)],
    (from, to, marked): (usize, usize, usize),
    own: &[&(usize, usize, usize)],
) -> Markup {
    let within = |words: &Value| {
        let start = at(words, "start");
        from <= start && start < to
    };
    let is_marked = |n: usize| n == marked || own.iter().any(|(_, _, other)| *other == n);
    let others = claims.iter().enumerate();
    let others = others.filter(|(n, (claim, _))| !is_marked(*n) && within(&claim["trigger"]));
    html! {
        @for (_, (claim, fact)) in others {
            @let id = claim["id"].as_str().unwrap_or_default();
            @let kind = look.kind(claim["kind"].as_str().unwrap_or_default());
            a.also data-claim=(id) id={ "c-" (id) } href=(way(id, fact.as_deref())) title=(kind) aria-label=(kind) {}
        }
    }
}

/// A claim leads to its fact, or to itself where it tells none.
fn way(claim: &str, fact: Option<&str>) -> String {
    fact.map_or_else(|| format!("/claims/{claim}"), |fact| format!("/facts/{fact}#c-{claim}"))
}

fn claim_line(look: Look<'_>, claim: &Value, fact: Option<&str>) -> Markup {
    let id = claim["id"].as_str().unwrap_or_default();
    let roles: BTreeMap<&str, &str> = claim["roles"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|role| Some((role["role"].as_str()?, role["text"].as_str()?)))
        .collect();
    html! {
        li class={ "f-" (claim["family"].as_str().unwrap_or_default()) } {
            a href=(way(id, fact)) { span class={ "badge family f-" (claim["family"].as_str().unwrap_or_default()) } {
                (look.kind(claim["kind"].as_str().unwrap_or_default())) } }
            @for (role, words) in roles { " " small { (look.name(role)) ": " (words.chars().take(60).collect::<String>()) } }
        }
    }
}

fn found_at(look: Look<'_>, details: &Details) -> Markup {
    html! {
        details {
            summary { (look.say("Where it was found")) }
            ul { @for location in &details.locations { li { (location.place) " · " time { (location.seen) } } } }
            p.dim { "SHA-256 " code { (details.sha256) } " · " (details.summary.format) " · " (details.charset) }
            @for problem in &details.problems { p.notice.warn { (problem) } }
        }
    }
}

/// The original bytes as text: nothing in them runs or is drawn.
pub fn original(look: Look<'_>, name: &str) -> Result<Answer, Failure> {
    let (row, _) = look.store().one(name)?;
    let bytes = look.store().original(row)?;
    let details = look.store().details(row)?;
    let (text, _, _) = encoding(&details.charset).decode(&bytes);
    Ok(Answer::text(text.into_owned().into_bytes()))
}

fn encoding(charset: &str) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8)
}
