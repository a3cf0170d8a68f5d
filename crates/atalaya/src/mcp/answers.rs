//! What is answered to an assistant: pages of facts, each with the passages it rests on.

use serde_json::{Value, json};

use super::{One, Page, Search};
use crate::brief::{Brief, Note};
use crate::export;
use crate::picture::{self, Actor, Fact, Topic};
use crate::store::{Line, Passage, Store};

/// A page that does not say how long it is to be, and the longest.
const USUAL: usize = 20;
const LONGEST: usize = 50;

/// A passage is cut to so many characters, with a sign: a sentence is seldom as long.
const PASSAGE: usize = 600;

/// Why a question has no answer: what is wrong with it, or with the room.
#[derive(Debug)]
pub struct Unanswered(pub String);

impl From<rusqlite::Error> for Unanswered {
    fn from(error: rusqlite::Error) -> Unanswered {
        Unanswered(format!("the room cannot be read: {error}"))
    }
}

type Answer = Result<Value, Unanswered>;

fn wrong<T>(why: String) -> Result<T, Unanswered> {
    Err(Unanswered(why))
}

/// Facts that fit.
pub fn search(store: &Store, search: &Search) -> Answer {
    let lines = wanted(store, search)?;
    page("facts", lines, search.offset, search.limit, |line| short_of(store, &line.id))
}

/// Facts that have a day, in the order of their days.
pub fn timeline(store: &Store, search: &Search) -> Answer {
    let mut lines = wanted(store, search)?;
    lines.retain(|line| line.first.is_some() || line.last.is_some());
    lines.sort_by(|a, b| {
        let key = |line: &Line| (line.first.clone().or(line.last.clone()), line.id.clone());
        key(a).cmp(&key(b))
    });
    page("facts", lines, search.offset, search.limit, |line| short_of(store, &line.id))
}

/// One fact with its passages.
pub fn fact(store: &Store, one: &One) -> Answer {
    let fact = the_fact(store, &one.id)?;
    let claims: Vec<&String> = fact.claims.iter().map(|told| &told.claim).collect();
    let passages = page("passages", claims, one.offset, one.limit, |claim| passage(store, claim))?;
    let roles = fact.roles.iter().map(|role| {
        let others = role.differ.iter().map(|other| json!({ "value": other.value, "claim": other.claim }));
        json!({ "role": role.role, "value": role.value, "told_otherwise": others.take(LONGEST).collect::<Vec<_>>() })
    });
    let why: Vec<Value> =
        fact.why.iter().map(|why| json!({ "rule": why.rule, "detail": why.detail })).collect();
    let mut links: Vec<Value> = Vec::new();
    for [from, to, relation] in store.links_around(&fact.id)?.into_iter().take(LONGEST) {
        let other = if from == fact.id { &to } else { &from };
        let caption = store.fact_row(other)?.map(|row| row.caption);
        links.push(json!({
            "fact": other, "relation": relation, "to_here": to == fact.id, "caption": caption,
        }));
    }
    let mut value = short(store, &fact)?;
    value["roles"] = roles.collect();
    value["why"] = why.into();
    value["links"] = links.into();
    value["passages"] = passages;
    Ok(value)
}

fn the_fact(store: &Store, id: &str) -> Result<Fact, Unanswered> {
    let id = id.trim().to_lowercase();
    let missing = || format!("no fact has the id {id:?}; find one with search_facts");
    let named = match id.is_empty() {
        true => Vec::new(),
        false => store.facts_beginning(&id, 2)?,
    };
    match &named[..] {
        [one] => store.whole_fact(one)?.map_or_else(|| wrong(missing()), Ok),
        [] => wrong(missing()),
        _ => wrong(format!("several facts have an id that begins with {id:?}; give more of it")),
    }
}

/// One actor with its facts.
pub fn actor(store: &Store, one: &One) -> Answer {
    let asked = one.id.trim();
    let missing = || format!("no actor is called {asked:?} in this room");
    let named = match asked.is_empty() {
        true => Vec::new(),
        false => picture::named(store, asked)?,
    };
    let named = match &named[..] {
        [named] => named,
        [] => return wrong(missing()),
        several => {
            let some = several.iter().take(10);
            let some: Vec<String> = some
                .map(|actor| format!("{} ({}, id {})", actor.name, actor.sort, actor.id))
                .collect();
            let many = several.len();
            return wrong(format!("{many} actors are called so: {}; ask by id", some.join("; ")));
        }
    };
    let Some(mut actor) = store.whole_actor::<Actor>(&named.id)? else { return wrong(missing()) };
    let mentions = std::mem::take(&mut actor.mentions).len();
    let own = picture::facts_of(store, named)?;
    let mut facts: Vec<Line> = Vec::new();
    store.each_line(|line| facts.extend(own.contains(&line.id).then_some(line)))?;
    let mut value = export::actor(&actor, |_| Ok::<_, Unanswered>(None))?;
    value["mentions"] = mentions.into();
    value["facts"] = page("facts", facts, one.offset, one.limit, |line| short_of(store, &line.id))?;
    Ok(value)
}

/// Where reports are at odds.
pub fn contested(store: &Store, wanted: &Page) -> Answer {
    let about = topic(store, wanted.about.as_ref())?;
    let mut contests = Vec::new();
    for id in store.contested_facts()? {
        let Some(fact) = store.whole_fact::<Fact>(&id)? else { continue };
        if about.as_ref().is_none_or(|about| about.has(&fact.id, &fact.kind, &fact.caption)) {
            let own = picture::contests_of(store, &fact)?;
            contests.extend(own.into_iter().map(|it| (fact.id.clone(), fact.caption.clone(), it)));
        }
    }
    page("contested", contests, wanted.offset, wanted.limit, |(fact, caption, contest)| {
        let claims = contest.claims.iter().take(USUAL);
        let passages = claims.map(|claim| passage(store, claim)).collect::<Result<Vec<_>, _>>()?;
        Ok(
            json!({ "fact": fact, "caption": caption, "at_odds": contest.text, "passages": passages }),
        )
    })
}

/// The brief's sentences, each with its passages.
pub fn brief(made: &Brief, wanted: &Page) -> Answer {
    if let (true, Some(about)) = (made.sections.is_empty(), &wanted.about) {
        return wrong(format!("no report in this room speaks of {about:?}"));
    }
    let lines: Vec<_> = made
        .sections
        .iter()
        .flat_map(|section| section.lines.iter().map(|line| (section.title, line)))
        .collect();
    let note = |number: &usize| made.notes.get(number - 1).map(note);
    page("sentences", lines, wanted.offset, wanted.limit, |(section, line)| {
        let passages: Vec<Value> = line.notes.iter().filter_map(note).collect();
        Ok(
            json!({ "section": section, "text": line.text, "single_source": line.single, "passages": passages }),
        )
    })
}

fn note(note: &Note) -> Value {
    json!({
        "report": note.report, "from": note.from, "title": note.title, "published": note.published,
        "start": note.start, "end": note.end, "text": cut(&note.text),
    })
}

/// What is asked about, if anything.
pub fn topic(store: &Store, about: Option<&String>) -> Result<Option<Topic>, Unanswered> {
    let about = about.map(|about| about.trim()).filter(|about| !about.is_empty());
    Ok(about.map(|about| Topic::find(store, about)).transpose()?)
}

/// The lines of the facts that are asked for: whole facts are read for a page alone.
fn wanted(store: &Store, search: &Search) -> Result<Vec<Line>, Unanswered> {
    for day in [&search.since, &search.until].into_iter().flatten() {
        if day.parse::<jiff::civil::Date>().is_err() {
            return wrong(format!("{day:?} is no day; write it like 2025-03-31"));
        }
    }
    let topic = topic(store, search.about.as_ref())?;
    let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|it| it == own);
    let mut lines = Vec::new();
    store.each_line(|line| {
        let days = [line.first.as_deref(), line.last.as_deref()];
        let fits = is(&search.kind, &line.kind)
            && is(&search.family, &line.family)
            && topic.as_ref().is_none_or(|topic| topic.has(&line.id, &line.kind, &line.caption))
            && line.reports >= search.reports.unwrap_or_default()
            && picture::can_be(days, search.since.as_deref(), search.until.as_deref());
        lines.extend(fits.then_some(line));
    })?;
    Ok(lines)
}

fn short_of(store: &Store, id: &str) -> Answer {
    match store.whole_fact::<Fact>(id)? {
        Some(fact) => short(store, &fact),
        None => Ok(Value::Null),
    }
}

/// A fact in short, with its first passage.
fn short(store: &Store, fact: &Fact) -> Answer {
    let first = fact.claims.first().map(|told| passage(store, &told.claim)).transpose()?;
    Ok(json!({
        "id": fact.id, "kind": fact.kind, "family": fact.family, "caption": fact.caption, "told_as": fact.told(),
        "denied": fact.denied, "first": fact.first, "last": fact.last, "reports": fact.reports,
        "origins": fact.origins, "credibility": fact.grade, "passage": first,
    }))
}

fn passage(store: &Store, claim: &str) -> Answer {
    let Some(found) = store.telling(claim)? else { return Ok(Value::Null) };
    let Passage { report, source, outlet, title, published, claim: told } = found;
    Ok(json!({
        "claim": claim, "report": report, "from": outlet.unwrap_or(source), "title": title,
        "published": published, "start": told["start"], "end": told["end"],
        "text": cut(told["text"].as_str().unwrap_or_default()),
    }))
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
    value: impl FnMut(T) -> Answer,
) -> Answer {
    let total = all.len();
    let limit = limit.unwrap_or(USUAL).clamp(1, LONGEST);
    let end = offset.saturating_add(limit);
    let next = (end < total).then_some(end);
    let values = all.into_iter().skip(offset).take(limit).map(value);
    let values = values.collect::<Result<Vec<Value>, _>>()?;
    Ok(json!({ "total": total, "offset": offset, "next_offset": next, name: values }))
}
