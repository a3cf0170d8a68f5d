//! Where a text names places: by the parser's entities, by the gazetteer, by adjectives of peoples.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use crate::gazetteer::{Gazetteer, NameKind, PlaceKind, Row};
use crate::lookup::in_small;

use super::resolve::candidates;
use super::{Extent, Form, Name, Relation, Words};

/// The most tokens of a name that is looked for in the gazetteer without the parser's word.
const LONGEST: usize = 6;
/// The most tokens of a phrase such as "in the vicinity of".
const LONGEST_PHRASE: usize = 5;

/// How many bytes before a name are asked what it is.
const WINDOW: usize = 60;
/// The most articles between a phrase and a name.
const ARTICLES: usize = 3;

/// What the words around a name say of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// How the text stands to it.
    pub relation: Option<Relation>,
    /// How much of it is meant.
    pub extent: Option<Extent>,
    /// What stands in it or near it.
    pub noun: Option<String>,
    /// The name with all of these words but the relation of the whole: "a port near Guayaquil".
    pub span: Range<usize>,
}

/// The names in a text that may be of places, in order, not overlapping.
pub fn names(words: &Words, gazetteer: &Gazetteer, doc: &Doc) -> Vec<Name> {
    let surnames = surnames(doc);
    let mut found: Vec<(Range<usize>, Form)> = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let next = match doc.token(at).entity().filter(|e| e.span().range().start == at) {
            Some(entity) => {
                let range = entity.span().range();
                from_entity(words, gazetteer, doc, entity.label(), range.clone(), &mut found);
                range.end
            }
            None => match unlabelled(words, gazetteer, doc, at) {
                Some((range, form)) => {
                    found.push((range.clone(), form));
                    range.end
                }
                None => at + 1,
            },
        };
        at = next.max(at + 1);
    }
    let labelled = |range: &Range<usize>| {
        let entity = doc.token(range.start).entity();
        entity.is_some_and(|entity| matches!(Label::of(entity.label()), Label::Place))
    };
    let spans: Vec<_> = found
        .into_iter()
        .filter(|(range, form)| {
            let named = *form == Form::Adjective || labelled(range);
            named || surnames.binary_search(&doc.span(range.clone()).text()).is_err()
        })
        .map(|(range, form)| (doc.span(range).bytes(), form))
        .filter(|(span, _)| !span.is_empty())
        .collect();
    spans_of(words, gazetteer, doc.text(), spans)
}

/// The last words of the full names of people, in order: "Lincoln" is then no town without the
/// parser's word.
fn surnames(doc: &Doc) -> Vec<&str> {
    let people = doc.entities().filter(|e| matches!(Label::of(e.label()), Label::Person));
    let names = people.map(|entity| trim(doc, entity.span().range()));
    let full = names.filter(|range| range.len() > 1);
    let mut last: Vec<&str> = full.map(|range| doc.token(range.end - 1).text()).collect();
    last.sort_unstable();
    last
}

/// The names at given spans of a text, with what the words beside them say: how [`names`] sees what
/// it finds.
pub fn spans(
    words: &Words,
    gazetteer: &Gazetteer,
    text: &str,
    spans: impl IntoIterator<Item = Range<usize>>,
) -> Vec<Name> {
    let form = |span: &Range<usize>| match words.demonyms.contains_key(&text[span.clone()]) {
        true => Form::Adjective,
        false => Form::Name,
    };
    spans_of(words, gazetteer, text, spans.into_iter().map(|s| (s.clone(), form(&s))).collect())
}

fn spans_of(
    words: &Words,
    gazetteer: &Gazetteer,
    text: &str,
    spans: Vec<(Range<usize>, Form)>,
) -> Vec<Name> {
    let mut names: Vec<Name> = spans
        .into_iter()
        .map(|(span, form)| {
            let kind = kind(words, text, &span);
            Name { text: text[span.clone()].to_owned(), span, form, kind, within: None }
        })
        .collect();
    for index in 1..names.len() {
        let between = text.get(names[index - 1].span.end..names[index].span.start);
        if between.is_some_and(|between| contains(words, between))
            && names[index].form == Form::Name
            && lies_within(words, gazetteer, &names[index - 1], &names[index])
        {
            names[index - 1].within = Some(names[index].text.clone());
        }
    }
    names
}

/// Whether what stands between two names can say that one lies in the other: a comma, a bracket, "in".
fn contains(words: &Words, between: &str) -> bool {
    let between = between.trim();
    let at = |word: &str| words.relations.get(word) == Some(&Relation::At);
    matches!(between, "," | "(" | "") || at(between.trim_start_matches(',').trim())
}

fn lies_within(words: &Words, gazetteer: &Gazetteer, name: &Name, wider: &Name) -> bool {
    let above: Vec<Row> = candidates(words, gazetteer, &wider.text)
        .into_iter()
        .map(|(row, _)| row)
        .filter(|&row| gazetteer.entry(row).kind <= PlaceKind::Region2)
        .collect();
    candidates(words, gazetteer, &name.text).into_iter().any(|(row, _)| {
        let entry = gazetteer.entry(row);
        above.iter().any(|&above| {
            let wider = gazetteer.entry(above);
            let country = wider.kind == PlaceKind::Country && wider.country == entry.country;
            row != above
                && entry.kind > wider.kind
                && (country || entry.region1 == Some(above) || entry.region2 == Some(above))
        })
    })
}

/// What the words right after or before a name say that the place is.
fn kind(words: &Words, text: &str, span: &Range<usize>) -> Option<PlaceKind> {
    let own = text[span.clone()].rsplit(' ').next().unwrap_or_default().to_lowercase();
    let after = text[span.end..].trim_start_matches(' ');
    let next: String = after.chars().take_while(|c| c.is_alphabetic()).take(20).collect();
    // Only the end of what stands before: names without a space between would be read ever again.
    let window = text.floor_char_boundary(span.start.saturating_sub(WINDOW));
    let before = text[window..span.start].trim_end();
    let mut back = before
        .rsplit(' ')
        .take(3)
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
    let preposition = back.next().unwrap_or_default();
    let previous = back.next().unwrap_or_default();
    // "the state of Georgia", "provincia de Guayas": a short word links them, whatever the language.
    let linked = (1..=3).contains(&preposition.chars().count()).then_some(previous);
    let kinds = |word: &str| words.kinds.get(word).copied();
    let direct = || kinds(&preposition).filter(|_| preposition.chars().count() > 3);
    kinds(&own).or_else(|| kinds(&next)).or_else(|| kinds(&linked?)).or_else(direct)
}

/// Takes the places out of one of the parser's entities.
fn from_entity(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    label: &str,
    range: Range<usize>,
    found: &mut Vec<(Range<usize>, Form)>,
) {
    let range = trim(doc, range);
    if range.is_empty() {
        return;
    }
    let text = doc.span(range.clone()).text();
    if words.demonyms.contains_key(text) {
        found.push((range, Form::Adjective));
        return;
    }
    match Label::of(label) {
        Label::Place => found.push((range, Form::Name)),
        Label::People | Label::Other => {
            if let Some(known) = known_prefix(words, gazetteer, doc, range.clone()) {
                let alone = known == range && relation_before(words, doc, range.start).is_some();
                found.push((known, if alone { Form::Name } else { Form::PartOfName }));
            } else if let Some(adjective) = adjective(words, doc, range.start) {
                found.push((adjective, Form::Adjective));
            }
        }
        Label::Person => {
            let placed = relation_before(words, doc, range.start).is_some();
            if placed && range.len() <= 2 && is_main(gazetteer, words, text) {
                found.push((range, Form::Name));
            }
        }
        Label::None => {}
    }
}

/// What the labels of the parser's entities mean here.
enum Label {
    Place,
    People,
    Person,
    Other,
    None,
}

impl Label {
    fn of(label: &str) -> Label {
        match label {
            "GPE" | "LOC" => Label::Place,
            "NORP" => Label::People,
            "PERSON" | "PER" => Label::Person,
            "FAC" | "ORG" | "EVENT" | "LAW" | "PRODUCT" | "MISC" => Label::Other,
            _ => Label::None,
        }
    }
}

/// Leaves out articles, possessives and punctuation at the ends.
fn trim(doc: &Doc, mut range: Range<usize>) -> Range<usize> {
    let idle = |token: Token<'_>| matches!(token.pos(), Pos::Det | Pos::Punct | Pos::Space);
    while !range.is_empty() && idle(doc.token(range.start)) {
        range.start += 1;
    }
    let possessive = |token: Token<'_>| token.pos() == Pos::Part || idle(token);
    while !range.is_empty() && possessive(doc.token(range.end - 1)) {
        range.end -= 1;
    }
    range
}

/// The longest beginning of a name that is a place's.
fn known_prefix(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    range: Range<usize>,
) -> Option<Range<usize>> {
    let longest = range.end.min(range.start + LONGEST);
    (range.start + 1..=longest).rev().map(|end| range.start..end).find(|part| {
        let text = doc.span(part.clone()).text();
        is_name(doc, part) && !words.ordinary.contains(text) && is_main(gazetteer, words, text)
    })
}

fn is_name(doc: &Doc, range: &Range<usize>) -> bool {
    let last = doc.token(range.end - 1);
    !matches!(last.pos(), Pos::Punct | Pos::Part | Pos::Adp | Pos::Det | Pos::Cconj)
        && starts_big(doc.token(range.start).text())
}

/// Whether a name is the main name of some place, and no word that is a place's by chance.
fn is_main(gazetteer: &Gazetteer, words: &Words, text: &str) -> bool {
    let bears = |how| matches!(how, NameKind::Main);
    let small = text.to_lowercase();
    text.chars().count() > 1
        && !words.ordinary.contains(text)
        && !words.before.contains(&small)
        && gazetteer.find(text).any(|(row, how)| {
            // Short capitals are far more often an organisation than a town.
            let wide = [PlaceKind::Country, PlaceKind::Region1, PlaceKind::Region];
            bears(how) && (!is_acronym(text) || wide.contains(&gazetteer.entry(row).kind))
        })
}

fn is_acronym(text: &str) -> bool {
    text.len() <= 5 && !text.chars().any(char::is_lowercase)
}

fn starts_big(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A place at a token that the parser gave no label: an adjective of a people, or a name of the
/// gazetteer that a word like "in" says to be a place.
fn unlabelled(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    at: usize,
) -> Option<(Range<usize>, Form)> {
    if let Some(range) = adjective(words, doc, at) {
        return Some((range, Form::Adjective));
    }
    let first = doc.token(at);
    if first.pos() != Pos::Propn || !starts_big(first.text()) {
        return None;
    }
    let free = |index: &usize| {
        let token = doc.token(*index);
        token.pos() == Pos::Propn && token.entity().is_none()
    };
    let end = (at..doc.len().min(at + LONGEST)).take_while(free).last()? + 1;
    let range = known_prefix(words, gazetteer, doc, at..end)?;
    let text = doc.span(range.clone()).text();
    let country = |(row, _)| gazetteer.entry(row).kind == PlaceKind::Country;
    // Countries need no "in" before them, for their names are seldom anything else, and neither
    // does what a facility bears: "the Manta Air Base".
    let place = relation_before(words, doc, at).is_some()
        || gazetteer.find(text).any(country)
        || facility_after(words, doc, range.end).is_some();
    place.then_some((range, Form::Name))
}

/// The longest adjective or name of a people that starts at a token.
fn adjective(words: &Words, doc: &Doc, at: usize) -> Option<Range<usize>> {
    if !words.begins_demonym(doc.token(at).text()) {
        return None;
    }
    let last = doc.len().min(at + words.longest_demonym);
    (at + 1..=last)
        .rev()
        .map(|end| at..end)
        .find(|range| words.demonyms.contains_key(doc.span(range.clone()).text()))
}

/// The relation that the words before a token tell, and where they start.
fn relation_before(words: &Words, doc: &Doc, at: usize) -> Option<(usize, Relation)> {
    phrase_before(doc, at, |phrase| words.relations.get(phrase).copied())
}

/// The relation of the first of two places that are joined: "between Lyon and Marseille".
fn shared_relation(words: &Words, doc: &Doc, first: Token<'_>) -> Option<(usize, Relation)> {
    let name = first.entity().and_then(|entity| entity.span().root()).unwrap_or(first);
    let joined = std::iter::successors(Some(name), |token| Some(token.head()));
    let other = joined.take(LONGEST).take_while(|token| token.dep() == "conj").last()?.head();
    let start = other.entity().map_or(other.index(), |entity| entity.span().range().start);
    // Where the words stand no facility stands before them: the first place has it already.
    relation_before(words, doc, start).map(|(_, relation)| (0, relation))
}

/// What the longest phrase that ends before a token means, articles between them apart.
fn phrase_before<T>(doc: &Doc, at: usize, means: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
    let mut end = at;
    while end > at.saturating_sub(ARTICLES) && doc.token(end - 1).pos() == Pos::Det {
        end -= 1;
    }
    let first = end.saturating_sub(LONGEST_PHRASE);
    (first..end).find_map(|start| {
        let phrase = doc.span(start..end).text();
        (phrase.len() < 40).then(|| in_small(phrase, &means))?.map(|meaning| (start, meaning))
    })
}

/// What the words around a name say of the place, and what stands in it.
pub fn facility(words: &Words, doc: &Doc, name: &Name) -> Around {
    let nothing = Around { relation: None, extent: None, noun: None, span: name.span.clone() };
    let Some(first) = doc.token_at(name.span.start) else { return nothing };
    let last = doc.token_at(name.span.end.saturating_sub(1)).unwrap_or(first);
    if name.form == Form::Adjective {
        return nothing;
    }
    let extent = phrase_before(doc, first.index(), |phrase| words.extents.get(phrase).copied());
    let start = match extent {
        Some((start, Extent::Part)) => start,
        _ => first.index(),
    };
    let relation =
        relation_before(words, doc, start).or_else(|| shared_relation(words, doc, first));
    let extent = extent.map(|(_, extent)| extent);
    let (from, relation) = relation.map_or((start, None), |(at, relation)| (at, Some(relation)));
    if let Some((noun, end)) = facility_after(words, doc, last.index() + 1) {
        let span = first.bytes().start..doc.token(end - 1).bytes().end;
        return Around { relation, extent, noun: Some(noun), span };
    }
    if relation.is_some()
        && let Some(noun) = from.checked_sub(1).and_then(|at| facility_before(words, doc, at))
    {
        let span = doc.token(noun.start).bytes().start..name.span.end;
        let head = doc.span(without_article(doc, noun)).text().to_lowercase();
        return Around { relation, extent, noun: Some(head), span };
    }
    Around { relation, extent, noun: None, span: name.span.clone() }
}

/// A facility that a name is part of: "Air Base" after "Manta".
fn facility_after(words: &Words, doc: &Doc, at: usize) -> Option<(String, usize)> {
    let named = |index: &usize| {
        let token = doc.token(*index);
        matches!(token.pos(), Pos::Propn | Pos::Noun | Pos::Adj) && starts_big(token.text())
    };
    let run = (at..doc.len().min(at + LONGEST)).take_while(named);
    let end = run.filter(|&index| is_facility(words, doc, index)).last()? + 1;
    Some((doc.span(at..end).text().to_owned(), end))
}

/// A facility before the relation, with the words that belong to it: "a naval base" near Manta.
fn facility_before(words: &Words, doc: &Doc, at: usize) -> Option<Range<usize>> {
    if !is_facility(words, doc, at) {
        return None;
    }
    let belongs = |index: &usize| {
        matches!(doc.token(*index).pos(), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num)
    };
    let first = (at.saturating_sub(LONGEST)..at).rev().take_while(belongs).last();
    Some(first.unwrap_or(at)..at + 1)
}

/// The range without its article.
fn without_article(doc: &Doc, range: Range<usize>) -> Range<usize> {
    let article = doc.token(range.start).pos() == Pos::Det && range.len() > 1;
    range.start + usize::from(article)..range.end
}

fn is_facility(words: &Words, doc: &Doc, at: usize) -> bool {
    let token = doc.token(at);
    let known = |word: &str| in_small(word, |word| words.facilities.contains(word));
    // "jailed in Manta" names no jail.
    token.pos() != Pos::Verb && (known(token.text()) || known(token.lemma()))
}
