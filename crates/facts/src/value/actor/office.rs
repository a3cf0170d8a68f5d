//! The post that words around a name give its holder: title, apposition, "spokesman for".

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::gazetteer::PlaceKind;
use crate::pack::{Class, Meaning, Post};
use crate::value::labels::{self, Label};
use crate::value::noun_phrase;

use super::{Form, Office, Scene, Tense};

/// The most words like "former" and "deputy" before one post.
const MOST_WORDS: usize = 4;

/// The most words of its name that are looked for before those of a post.
const LONGEST: usize = 8;

/// A post as its words tell it.
struct Told {
    post: Post,
    tokens: Range<usize>,
}

/// The office that the words in and around a noun phrase give the one it is of.
pub(super) fn of(
    scene: Scene<'_>,
    token: Token<'_>,
    own: &Range<usize>,
    phrase: usize,
    form: Form,
) -> Option<Office> {
    if form == Form::Description {
        return office(scene, post_at(scene, token)?, phrase);
    }
    if let Some(told) = title(scene, phrase..own.start) {
        return office(scene, told, phrase);
    }
    let apposed = apposed(token)?;
    let told = post_at(scene, apposed)?;
    office(scene, told, noun_phrase::phrase(scene.doc, apposed.index()).start)
}

/// The class of those who hold an office: a captain of the police is no soldier.
pub(super) fn class(scene: Scene<'_>, office: &Office) -> Option<Class> {
    let offices = &scene.pack.offices;
    let post = offices.find(&office.post)?;
    let nouns = &scene.pack.nouns;
    let body = office.body.as_deref().and_then(|body| {
        let known = || nouns.names.get(body).map(|number| nouns.known[number].class);
        match nouns.nouns.get(body) {
            Some(Meaning::Class(class)) => Some(class),
            _ => known(),
        }
    });
    let within = body.and_then(|body| offices.class_within(&scene.pack.classes, post, body));
    Some(within.unwrap_or_else(|| offices.class(post)))
}

/// The class that a noun before a name or beside it gives a person: "journalist Ana Mora".
pub(super) fn trade(
    scene: Scene<'_>,
    token: Token<'_>,
    own: &Range<usize>,
    phrase: usize,
) -> Option<Class> {
    let nouns = &scene.pack.nouns.nouns;
    let before = nouns.before(scene.doc, own.start, phrase).map(|(meaning, _)| meaning);
    let apposed = || scene.found.noun(apposed(token)?.index()).map(|(meaning, _)| meaning);
    match before.or_else(apposed)? {
        Meaning::Class(class) if scene.pack.classes.is_actor(class) => Some(class),
        _ => None,
    }
}

/// The noun that stands beside a name and tells who that is.
fn apposed(token: Token<'_>) -> Option<Token<'_>> {
    let after = token.children().find(|child| child.dep() == "appos");
    after.or_else(|| (token.dep() == "appos").then(|| token.head()))
}

/// A name's tokens without the titles at its start.
pub(super) fn without_titles(scene: Scene<'_>, mut name: Range<usize>) -> Range<usize> {
    let pack = scene.pack;
    while name.len() > 1 {
        let post = pack.nouns.nouns.at(scene.doc, name.start, name.end - 1);
        let post = post.filter(|(meaning, _)| matches!(meaning, Meaning::Post(_)));
        let end = pack.nouns.titles.at(scene.doc, name.start, name.end - 1).map(|(_, end)| end);
        let polite = pack.actors.honorifics.at(scene.doc, name.start, name.end - 1);
        let Some(end) = end.or(post.map(|(_, end)| end)).or(polite.map(|(_, end)| end)) else {
            break;
        };
        name.start = end;
    }
    name
}

/// Whether a title stands right before a token.
pub(super) fn is_titled(scene: Scene<'_>, at: usize) -> bool {
    let from = scene.doc.token(at).sentence().range().start;
    let pack = scene.pack;
    let post = pack.nouns.nouns.before(scene.doc, at, from);
    matches!(post, Some((Meaning::Post(_), _)))
        || pack.nouns.titles.before(scene.doc, at, from).is_some()
        || pack.actors.honorifics.before(scene.doc, at, from).is_some()
}

/// Where the titles right before a name begin, whatever the parser hangs them on.
pub(super) fn title_start(scene: Scene<'_>, name: usize) -> usize {
    let from = scene.doc.token(name).sentence().range().start;
    let pack = scene.pack;
    let mut start = name;
    for _ in 0..MOST_WORDS {
        let post = pack.nouns.nouns.before(scene.doc, start, from);
        let post = post.filter(|(meaning, _)| matches!(meaning, Meaning::Post(_)));
        let title = pack.nouns.titles.before(scene.doc, start, from).map(|(_, at)| at);
        let polite = pack.actors.honorifics.before(scene.doc, start, from).map(|(_, at)| at);
        match title.or(post.map(|(_, at)| at)).or(polite) {
            Some(at) => start = at,
            None => break,
        }
    }
    start
}

/// The post right before a name, with honorifics between.
fn title(scene: Scene<'_>, before: Range<usize>) -> Option<Told> {
    let mut end = before.end;
    for _ in 0..MOST_WORDS {
        if let Some((Tense::Next, start)) =
            scene.pack.actors.tenses.before(scene.doc, end, before.start)
        {
            end = without_hyphen(scene, start, before.start);
        }
        let titles = &scene.pack.nouns.titles;
        if let Some((post, start)) = titles.before(scene.doc, end, before.start) {
            return Some(Told { post, tokens: start..end });
        }
        let nouns = &scene.pack.nouns.nouns;
        match nouns.before(scene.doc, end, before.start) {
            // "one of the principal gangs".
            Some((Meaning::Post(_), _)) if is_adjective(scene, end - 1) => return None,
            Some((Meaning::Post(post), start)) => return Some(Told { post, tokens: start..end }),
            Some((Meaning::Class(_), start)) => end = start,
            None => {
                let polite = &scene.pack.actors.honorifics;
                end = polite.before(scene.doc, end, before.start)?.1;
            }
        }
    }
    None
}

/// Whether a word in small letters is an adjective.
fn is_adjective(scene: Scene<'_>, at: usize) -> bool {
    let token = scene.doc.token(at);
    token.pos() == Pos::Adj && token.text().starts_with(char::is_lowercase)
}

/// The post that a noun tells.
fn post_at(scene: Scene<'_>, token: Token<'_>) -> Option<Told> {
    let (meaning, tokens) = scene.found.noun(token.index())?;
    match meaning {
        Meaning::Post(post) => Some(Told { post, tokens }),
        Meaning::Class(_) => None,
    }
}

/// A post with its body, its country and its time.
fn office(scene: Scene<'_>, told: Told, phrase: usize) -> Option<Office> {
    let Told { post, tokens } = told;
    let mut name = scene.pack.offices.name(post).to_owned();
    let mut tense = Tense::Current;
    let (mut start, mut end) = (tokens.start, tokens.end);
    for _ in 0..MOST_WORDS {
        let from = phrase.min(start);
        let words = &scene.pack.actors;
        let before = without_hyphen(scene, start, from);
        if let Some((told, at)) = words.tenses.before(scene.doc, before, from) {
            (tense, start) = (told, at);
        } else if let Some((rank, at)) = words.ranks.before(scene.doc, before, from) {
            name = format!("{}-{name}", words.rank_names[rank]);
            start = at;
        } else {
            break;
        }
    }
    if let Some((told, at)) = elect(scene, end) {
        (tense, end) = (told, at);
    }
    // "a minister under former President Mora": past with him.
    let root_of = noun_phrase::head_of(scene.doc, tokens.clone())?;
    let under = scene.doc.token(root_of).children().find(|child| {
        child.dep() == "prep"
            && scene.pack.actors.under.contains(child.norm())
            && scene
                .pack
                .actors
                .tenses
                .at(scene.doc, child.index() + 1, scene.doc.len())
                .is_some_and(|(told, _)| told == Tense::Former)
    });
    if tense == Tense::Current && under.is_some() {
        tense = Tense::Former;
    }
    if tense == Tense::Current {
        tense = time_before(scene, phrase.min(start), start).unwrap_or(tense);
    }
    let inner = body_before(scene, phrase.min(start)..start)
        .map(|body| body.start..body_within(scene, &tokens).unwrap_or(body.end).max(body.end));
    let root = scene.doc.token(noun_phrase::head_of(scene.doc, tokens.clone())?);
    let outer = scene
        .object(root, &scene.pack.actors.links)
        .filter(|(object, _)| object.index() >= tokens.end);
    // "head of one of the factions": it is of the factions.
    let outer = outer.map(|(object, phrase)| match object.pos() {
        Pos::Num => scene.object(object, &scene.pack.actors.of).unwrap_or((object, phrase)),
        _ => (object, phrase),
    });
    let owner = scene.object(root, &scene.pack.actors.of).map(|(_, phrase)| phrase);
    let country = scene
        .country_in(phrase.min(start)..start)
        .or_else(|| scene.country_in(owner?))
        .map(str::to_owned);
    // "ambassador to Peru": where he is sent, he is not of.
    let sent = outer.as_ref().is_some_and(|(object, _)| {
        object.head().index() != object.index()
            && scene.pack.actors.destinations.contains(&object.head().norm().to_lowercase())
    });
    // "director of research": no body, but part of the post.
    let acts = outer.as_ref().is_some_and(|(object, phrase)| {
        let known = scene.found.noun(object.index()).map(|(meaning, _)| meaning);
        let actor =
            matches!(known, Some(Meaning::Class(class)) if scene.pack.classes.is_actor(class));
        actor || phrase.clone().any(|at| scene.doc.token(at).pos() == Pos::Propn)
    });
    let outer =
        outer.and_then(|(object, phrase)| body_of(scene, object, phrase, country.as_deref()));
    let outer = outer.map(|outer| outer.start..joined_end(scene, outer.end));
    // "Minister of Interior and Justice".
    let end = if outer.is_none() && tokens.len() > 1 { joined_end(scene, end) } else { end };
    let first = whole_start(scene, inner.as_ref().map_or(start, |inner| inner.start))?;
    let inner = inner.map(|inner| first..inner.end);
    let first = compounded(scene, first, root.index());
    // "PRI deputy": the party is not the body.
    let partisan = scene.pack.offices.is_partisan(post);
    let inner = inner.filter(|inner| !partisan || inner.len() > 1);
    let words = first..outer.as_ref().map_or(end, |outer| outer.end);
    let body = outer
        .filter(|_| !sent && acts)
        .or(inner)
        .map(|body| scene.doc.span(body).text().to_owned());
    let words = scene.doc.span(words.start..words.end.max(words.start)).bytes();
    Some(Office { post: name, words, body, country, tense })
}

/// The time of a post that a word tells before others that say whose it is: "a **former** Peruvian minister",
/// "**ex**-president" where the parser cuts the word in two.
fn time_before(scene: Scene<'_>, from: usize, start: usize) -> Option<Tense> {
    let hyphen = start >= 2 && scene.doc.token(start - 1).text() == "-";
    if hyphen && !scene.doc.token(start - 2).space_after() {
        return scene.pack.actors.tenses.before(scene.doc, start - 1, start - 2).map(|(it, _)| it);
    }
    let tells = |at: &usize| {
        matches!(scene.doc.token(*at).pos(), Pos::Adj | Pos::Propn | Pos::Noun)
            && noun_phrase::modifies(scene.doc.token(*at))
    };
    let told = |at: usize| scene.pack.actors.tenses.before(scene.doc, at, from);
    (from..start).rev().take(MOST_WORDS).take_while(tells).find_map(told).map(|(it, _)| it)
}

/// Where the body ends that the first words of a post tell: "police" of "police chief".
fn body_within(scene: Scene<'_>, post: &Range<usize>) -> Option<usize> {
    let (meaning, end) = scene.pack.nouns.nouns.at(scene.doc, post.start, post.end - 1)?;
    let body = matches!(meaning, Meaning::Class(class) if scene.pack.classes.is_actor(class));
    body.then_some(end)
}

/// Where the words of a post begin, of which only the last were known: "**Interior and** Justice Minister",
/// "**Pereira Institute** president". None if they are the end of another: "for Crime and Justice Mora".
fn whole_start(scene: Scene<'_>, first: usize) -> Option<usize> {
    let from = scene.doc.token(first).sentence().range().start;
    let (mut start, from) = (first, from.max(first.saturating_sub(LONGEST)));
    let mut joined = false;
    while start > from {
        let joins = start > from + 1 && scene.doc.token(start - 1).pos() == Pos::Cconj;
        let last = if joins { start - 2 } else { start - 1 };
        let posts = scene.pack.nouns.nouns.before(scene.doc, last + 1, from);
        if !is_of_post(scene, last, from) || matches!(posts, Some((Meaning::Post(_), _))) {
            break;
        }
        joined |= joins;
        start = last;
    }
    let tail = joined && start > from && scene.doc.token(start - 1).pos() == Pos::Adp;
    // "the Sheriff's Department deputy": half a name is none.
    let cut = start < first && start > from && scene.doc.token(start - 1).pos() == Pos::Part;
    (!tail).then_some(if cut { first } else { start })
}

/// Where a post begins with the nouns before it: "**anti-drug** chief", "**mining** minister".
fn compounded(scene: Scene<'_>, first: usize, root: usize) -> usize {
    let from = scene.doc.token(first).sentence().range().start;
    let from = from.max(first.saturating_sub(LONGEST));
    let small = |token: Token<'_>| token.text().starts_with(char::is_lowercase);
    let mut start = first;
    while start > from {
        let token = scene.doc.token(start - 1);
        let close = |at: usize| !scene.doc.token(at).space_after();
        let hyphen =
            token.text() == "-" && start >= from + 2 && close(start - 1) && close(start - 2);
        let own = small(token)
            && noun_phrase::modifies(token)
            && (start..=root).contains(&token.head().index())
            && scene.place(start - 1).is_none();
        let noun = own && token.pos() == Pos::Noun;
        // "anti-drug" is one word.
        let half = own
            && start >= from + 3
            && scene.doc.token(start - 2).text() == "-"
            && close(start - 2)
            && close(start - 3);
        match () {
            () if hyphen => start -= 2,
            () if half => start -= 3,
            () if noun => start -= 1,
            () => break,
        }
    }
    start
}

/// Whether a word can be part of the name of a post or body: neither a place, nor a time, nor a title.
fn is_of_post(scene: Scene<'_>, at: usize, from: usize) -> bool {
    let token = scene.doc.token(at);
    let words = &scene.pack.actors;
    let other = words.tenses.at(scene.doc, at, at + 1).is_some()
        || words.honorifics.at(scene.doc, at, at + 1).is_some()
        || scene.pack.nouns.titles.at(scene.doc, at, at + 1).is_some();
    let label = token.entity().and_then(|entity| scene.labels.label(entity));
    let timed =
        token.entity().is_some_and(|entity| matches!(entity.label(), "DATE" | "TIME" | "EVENT"));
    token.text().starts_with(char::is_uppercase)
        && matches!(token.pos(), Pos::Propn)
        && at > from
        && !other
        && !timed
        && label != Some(Label::Person)
        && scene.place(at).is_none()
}

/// Where the name of a body ends that "and" goes on: "Interior **and Justice**".
fn joined_end(scene: Scene<'_>, end: usize) -> usize {
    let name = |at: usize| {
        let token = scene.doc.token(at);
        let label = token.entity().and_then(|entity| scene.labels.label(entity));
        token.pos() == Pos::Propn
            && token.text().starts_with(char::is_uppercase)
            && label != Some(Label::Person)
            && scene.place(at).is_none()
    };
    let joins = end > 0
        && end + 1 < scene.doc.len()
        && scene.doc.token(end).pos() == Pos::Cconj
        && name(end - 1)
        && name(end + 1);
    let closed = end + 2 >= scene.doc.len() || scene.doc.token(end + 2).pos() == Pos::Punct;
    if joins && closed { end + 2 } else { end }
}

/// Where a word ends that a hyphen may join to the next: "ex" of "ex-president".
fn without_hyphen(scene: Scene<'_>, end: usize, from: usize) -> usize {
    let hyphen = |at: usize| matches!(scene.doc.token(at).text(), "-" | "–" | ",");
    if end > from && hyphen(end - 1) { end - 1 } else { end }
}

/// The word after a post that says it is still to come: "elect" of "president-elect".
pub(super) fn elect(scene: Scene<'_>, end: usize) -> Option<(Tense, usize)> {
    let hyphen = (end < scene.doc.len()).then(|| scene.doc.token(end))?;
    let at = if hyphen.text() == "-" { end + 1 } else { end };
    let next = (at < scene.doc.len()).then_some(at)?;
    let (tense, end) = scene.pack.actors.tenses.at(scene.doc, next, next + 1)?;
    (tense == Tense::Next).then_some((tense, end))
}

/// The body before a post: "navy" of "the navy captain", the name of "a Pentagon spokesman".
fn body_before(scene: Scene<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let nouns = &scene.pack.nouns.nouns;
    if let Some((Meaning::Class(class), start)) = nouns.before(scene.doc, tokens.end, tokens.start)
        && scene.pack.classes.is_actor(class)
    {
        return Some(start..tokens.end);
    }
    if let Some((_, start)) = scene.pack.nouns.names.before(scene.doc, tokens.end, tokens.start) {
        return Some(start..tokens.end);
    }
    let last = tokens.end.checked_sub(1).filter(|&last| last >= tokens.start)?;
    let entity = scene.doc.token(last).entity()?;
    let named = scene.labels.label(entity) == Some(Label::Organisation);
    let own = labels::own(entity);
    (named && own.start >= tokens.start && own.end <= tokens.end).then_some(own)
}

/// The body that a post is of, if it is more than a country: "the council" of "mayor of the council".
fn body_of(
    scene: Scene<'_>,
    object: Token<'_>,
    phrase: Range<usize>,
    country: Option<&str>,
) -> Option<Range<usize>> {
    let own = noun_phrase::own(scene.pack, scene.doc, phrase, object.index());
    let entity = object.entity().map(labels::own);
    let own = own.start..own.end.max(entity.map_or(0, |entity| entity.end));
    let told = scene.place(object.index()).and_then(|place| place.entry).is_some_and(|row| {
        let entry = scene.gazetteer.entry(row);
        entry.kind == PlaceKind::Country && Some(entry.country) == country
    });
    (!told && !own.is_empty()).then_some(own)
}
