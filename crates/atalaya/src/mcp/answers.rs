//! What is answered to an assistant: pages of facts, each with the passages it rests on.

use serde_json::{Value, json};

use super::{One, Page, Search};
use crate::brief::{self, Note, Wanted};
use crate::export;
use crate::picture::{Fact, Picture};

/// A page that does not say how long it is to be, and the longest.
const USUAL: usize = 20;
const LONGEST: usize = 50;

/// A passage is cut to so many characters, with a sign: a sentence is seldom as long.
const PASSAGE: usize = 600;

/// Facts that fit.
pub fn search(picture: &Picture, search: &Search) -> Result<Value, String> {
    let facts = wanted(picture, search)?;
    Ok(page("facts", facts, search.offset, search.limit, |fact| short(picture, fact)))
}

/// Facts that have a day, in the order of their days.
pub fn timeline(picture: &Picture, search: &Search) -> Result<Value, String> {
    let mut facts = wanted(picture, search)?;
    facts.retain(|fact| fact.first.is_some() || fact.last.is_some());
    facts.sort_by_key(|fact| (fact.first.as_ref().or(fact.last.as_ref()), &fact.id));
    Ok(page("facts", facts, search.offset, search.limit, |fact| short(picture, fact)))
}

/// One fact with its passages.
pub fn fact(picture: &Picture, one: &One) -> Result<Value, String> {
    let fact = the_fact(picture, &one.id)?;
    let claims: Vec<&String> = fact.claims.iter().map(|told| &told.claim).collect();
    let passages = page("passages", claims, one.offset, one.limit, |claim| passage(picture, claim));
    let roles = fact.roles.iter().map(|role| {
        let others = role.differ.iter().map(|other| json!({ "value": other.value, "claim": other.claim }));
        json!({ "role": role.role, "value": role.value, "told_otherwise": others.take(LONGEST).collect::<Vec<_>>() })
    });
    let why: Vec<Value> =
        fact.why.iter().map(|why| json!({ "rule": why.rule, "detail": why.detail })).collect();
    let links = picture.links.iter().filter(|link| link.from == fact.id || link.to == fact.id);
    let links = links.take(LONGEST).map(|link| {
        let other = if link.from == fact.id { &link.to } else { &link.from };
        let caption = picture.fact(other).map(|fact| &fact.caption);
        json!({ "fact": other, "relation": link.relation, "to_here": link.to == fact.id, "caption": caption })
    });
    let mut value = short(picture, fact);
    value["roles"] = roles.collect();
    value["why"] = why.into();
    value["links"] = links.collect();
    value["passages"] = passages;
    Ok(value)
}

fn the_fact<'p>(picture: &'p Picture, id: &str) -> Result<&'p Fact, String> {
    let id = id.trim();
    let named: Vec<&Fact> = picture.facts.iter().filter(|fact| fact.id.starts_with(id)).collect();
    match named[..] {
        [one] => Ok(one),
        [] => Err(format!("no fact has the id {id}; find one with search_facts")),
        _ => Err(format!(
            "{} facts have an id that begins with {id:?}; give more of it",
            named.len()
        )),
    }
}

/// One actor with its facts.
pub fn actor(picture: &Picture, one: &One) -> Result<Value, String> {
    let named = picture.named(one.id.trim());
    let actor = match named[..] {
        [actor] => actor,
        [] => return Err(format!("no actor is called {:?} in this room", one.id)),
        _ => {
            let some = named.iter().take(10);
            let some: Vec<String> = some
                .map(|actor| format!("{} ({}, id {})", actor.name, actor.sort, actor.id))
                .collect();
            return Err(format!(
                "{} actors are called so: {}; ask by id",
                named.len(),
                some.join("; ")
            ));
        }
    };
    let facts: Vec<&Fact> = picture.facts.iter().filter(|fact| actor.plays_in(fact)).collect();
    let facts = page("facts", facts, one.offset, one.limit, |fact| short(picture, fact));
    let mut value = export::actor(actor, |_, _, _| (None, String::new()));
    let mentions = actor.mentions.len();
    value["mentions"] = mentions.into();
    value["facts"] = facts;
    Ok(value)
}

/// Where reports are at odds.
pub fn contested(picture: &Picture, wanted: &Page) -> Result<Value, String> {
    let about = wanted.about.as_ref().map(|about| picture.topic(about));
    let facts =
        picture.facts.iter().filter(|fact| about.as_ref().is_none_or(|about| about.has(fact)));
    let contests: Vec<_> = facts
        .flat_map(|fact| picture.contested(fact).into_iter().map(move |contest| (fact, contest)))
        .collect();
    Ok(page("contested", contests, wanted.offset, wanted.limit, |(fact, contest)| {
        let passages: Vec<Value> =
            contest.claims.iter().take(USUAL).map(|claim| passage(picture, claim)).collect();
        json!({ "fact": fact.id, "caption": fact.caption, "at_odds": contest.text, "passages": passages })
    }))
}

/// The brief's sentences, each with its passages.
pub fn brief(picture: &Picture, wanted: &Page) -> Result<Value, String> {
    let made = brief::brief(picture, &Wanted { about: wanted.about.clone(), since: None });
    if let (true, Some(about)) = (made.sections.is_empty(), &wanted.about) {
        return Err(format!("no report in this room speaks of {about:?}"));
    }
    let lines: Vec<_> = made
        .sections
        .iter()
        .flat_map(|section| section.lines.iter().map(|line| (section.title, line)))
        .collect();
    let note = |number: &usize| made.notes.get(number - 1).map(note);
    Ok(page("sentences", lines, wanted.offset, wanted.limit, |(section, line)| {
        let passages: Vec<Value> = line.notes.iter().filter_map(note).collect();
        json!({ "section": section, "text": line.text, "single_source": line.single, "passages": passages })
    }))
}

fn note(note: &Note) -> Value {
    json!({
        "report": note.report, "from": note.from, "title": note.title, "published": note.published,
        "start": note.start, "end": note.end, "text": cut(&note.text),
    })
}

fn wanted<'p>(picture: &'p Picture, search: &Search) -> Result<Vec<&'p Fact>, String> {
    for day in [&search.since, &search.until].into_iter().flatten() {
        let read: Result<jiff::civil::Date, _> = day.parse();
        read.map_err(|_| format!("{day:?} is no day; write it like 2025-03-31"))?;
    }
    let topic = search.about.as_ref().map(|about| picture.topic(about));
    let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|it| it == own);
    let facts = picture.facts.iter().filter(|fact| {
        is(&search.kind, &fact.kind)
            && is(&search.family, &fact.family)
            && topic.as_ref().is_none_or(|topic| topic.has(fact))
            && fact.reports >= search.reports.unwrap_or_default()
            && fact.can_be(search.since.as_deref(), search.until.as_deref())
    });
    Ok(facts.collect())
}

/// A fact in short, with its first passage.
fn short(picture: &Picture, fact: &Fact) -> Value {
    let first = fact.claims.first().map(|told| passage(picture, &told.claim));
    json!({
        "id": fact.id, "kind": fact.kind, "family": fact.family, "caption": fact.caption, "told_as": fact.told(),
        "denied": fact.denied, "first": fact.first, "last": fact.last, "reports": fact.reports,
        "origins": fact.origins, "credibility": fact.grade, "passage": first,
    })
}

fn passage(picture: &Picture, claim: &str) -> Value {
    let Some(found) = picture.passages.get(claim) else { return Value::Null };
    json!({
        "claim": claim, "report": found.report, "from": found.outlet.as_ref().unwrap_or(&found.source),
        "title": found.title, "published": found.published, "start": found.claim["start"],
        "end": found.claim["end"], "text": cut(found.claim["text"].as_str().unwrap_or_default()),
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(PASSAGE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A page of something: how many there are, and where the next page begins.
fn page<T>(
    name: &str,
    all: Vec<T>,
    offset: usize,
    limit: Option<usize>,
    value: impl Fn(T) -> Value,
) -> Value {
    let total = all.len();
    let limit = limit.unwrap_or(USUAL).clamp(1, LONGEST);
    let end = offset.saturating_add(limit);
    let next = (end < total).then_some(end);
    let values: Vec<Value> = all.into_iter().skip(offset).take(limit).map(value).collect();
    json!({ "total": total, "offset": offset, "next_offset": next, name: values })
}
