//! What actor a token heads: a name, a country that acts, or a description.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::gazetteer::{NameKind, PlaceKind};
use crate::pack::{Class, Meaning, Stands};
use crate::value::labels::{self, Label};
use crate::value::place::{Form as PlaceForm, Relation};
use crate::value::{Cited, noun_phrase};

use super::{Actor, Form, Scene, extent, office};

/// What an actor is by its own words, before those around them are asked.
struct Core {
    name: String,
    form: Form,
    class: Option<Class>,
    country: Option<String>,
    /// The tokens of the name or of the describing noun.
    tokens: Range<usize>,
    person: bool,
}

/// Whether a token is looked at when all actors of a text are read: the head of a noun phrase, or a
/// name of its own within one.
pub(super) fn is_candidate(scene: Scene<'_>, token: Token<'_>) -> bool {
    if noun_phrase::is_head(token) {
        return place_acts(scene, token);
    }
    let named = token.pos() == Pos::Propn && token.dep() == "compound";
    named && !noun_phrase::modifies(token.head()) && stands_within(scene, token)
}

/// The actor that a token heads.
pub(super) fn actor(scene: Scene<'_>, head: usize) -> Option<Cited<Actor>> {
    let token = scene.doc.token(head);
    let core = known(scene, token)
        .or_else(|| named(scene, token))
        .or_else(|| people(scene, token))
        .or_else(|| part(scene, token))
        .or_else(|| described(scene, token))?;
    Some(with_surroundings(scene, token, whole(scene, token, core)))
}

/// How many words of a body's name may stand on either side of what the parser found of it.
const NAME: usize = 8;

/// A body with all of its name, where the parser found a part: "**Customs and** Border Patrol (CBP)", whose
/// short form behind it tells where it begins, "Agency **for Ports and Borders**".
fn whole(scene: Scene<'_>, token: Token<'_>, core: Core) -> Core {
    let big = |at: usize| scene.doc.token(at).text().starts_with(char::is_uppercase);
    if core.person || token.pos() != Pos::Propn || !big(core.tokens.start) {
        return core;
    }
    let tokens = by_short_form(scene, &core.tokens)
        .or_else(|| with_complement(scene, token, &core))
        .unwrap_or(core.tokens.clone());
    match tokens == core.tokens {
        true => core,
        false => {
            let name = scene.doc.span(tokens.clone()).text().to_owned();
            Core { name, form: Form::Name, tokens, ..core }
        }
    }
}

/// The words around a name whose capitals are the short form in brackets behind them.
fn by_short_form(scene: Scene<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let doc = scene.doc;
    let sentence = doc.token(name.start).sentence().range();
    let capital = |at: usize| doc.token(at).text().chars().next().filter(|c| c.is_uppercase());
    let within = |at: &usize| {
        capital(*at).is_some() || matches!(doc.token(*at).pos(), Pos::Adp | Pos::Cconj | Pos::Det)
    };
    let end = name.end + (name.end..sentence.end).take(NAME).take_while(within).count();
    let is = |at: usize, mark: &str| at < sentence.end && doc.token(at).text() == mark;
    let short = (is(end, "(") && is(end + 2, ")")).then(|| doc.token(end + 1).text())?;
    let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let first = name.start.saturating_sub(NAME).max(sentence.start);
    let before = (first..name.start).rev().take_while(within).count();
    (name.start - before..=name.start)
        .rev()
        .find(|&start| (start..end).filter_map(capital).eq(letters.iter().copied()))
        .filter(|_| letters.len() > 1)
        .map(|start| start..end)
}

/// What a body is for, as part of its name: "Agency for Ports and Borders". A place is where it is.
fn with_complement(scene: Scene<'_>, token: Token<'_>, core: &Core) -> Option<Range<usize>> {
    let noun = described_by(scene, token).is_some();
    let body = noun && core.tokens.end == token.index() + 1;
    let named = |at: Token<'_>| {
        at.pos() == Pos::Propn
            && scene.place(at.index()).is_none()
            && at.entity().is_none_or(|entity| !matches!(entity.label(), "PERSON" | "GPE" | "DATE"))
    };
    let preposition = token.children().find(|child| {
        child.index() == token.index() + 1
            && child.dep() == "prep"
            && scene.pack.clauses.leads_name(child.norm())
    })?;
    let object = preposition.children().find(|child| child.dep() == "pobj" && named(*child))?;
    let joined = object.children().rfind(|child| child.dep() == "conj" && named(*child));
    let end = joined.unwrap_or(object).index() + 1;
    let close = end - token.index() <= NAME;
    (body && close).then_some(core.tokens.start..end)
}

/// A name that the pack knows.
fn known(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let (number, tokens) = scene.found.name(token.index())?;
    let known = &scene.pack.nouns.known[number];
    let classes = &scene.pack.classes;
    (heads(scene, &tokens, token) && classes.is_actor(known.class)).then(|| Core {
        name: known.is.clone(),
        form: Form::Name,
        class: Some(known.class),
        country: known.country.clone(),
        tokens,
        person: is_person(scene, known.class),
    })
}

/// The tokens of the longest noun of the pack around a token.
fn described_by(scene: Scene<'_>, token: Token<'_>) -> Option<Range<usize>> {
    scene.found.noun(token.index()).map(|(_, run)| run)
}

/// Whether a run of tokens holds another.
fn covers(run: &Range<usize>, tokens: &Range<usize>) -> bool {
    run.start <= tokens.start && tokens.end <= run.end
}

/// A name that the parser found.
fn named(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let entity = token.entity()?;
    let tokens = labels::own(entity);
    if tokens.is_empty() || token.pos() == Pos::Adj || !heads(scene, &tokens, token) {
        return None;
    }
    let noun = noun_in(scene, &tokens, token);
    match sort(scene, token, &tokens)? {
        Label::Person => person(scene, tokens, noun.as_ref()),
        Label::Place => government(scene, token, tokens),
        // What is no more than a noun describes, even with a capital: "the Navy".
        _ if described_by(scene, token).is_some_and(|run| covers(&run, &tokens)) => None,
        Label::Organisation | Label::Other => organisation(scene, tokens, noun.as_ref()),
        Label::People | Label::Facility => {
            let named = scene.labels.class(scene.doc.span(tokens.clone()).text());
            named.or(noun.as_ref().map(class_of(scene)))?;
            organisation(scene, tokens, noun.as_ref())
        }
    }
}

/// What sort of name a name is where it stands: a title before it says more than the parser, and so
/// does a word like "near" before what the gazetteer has.
fn sort(scene: Scene<'_>, token: Token<'_>, tokens: &Range<usize>) -> Option<Label> {
    let entity = token.entity()?;
    let told = scene.labels.label(entity).or_else(|| labels::of_entity(entity))?;
    let name = scene.doc.span(tokens.clone()).text();
    let place = scene.place(token.index());
    let is_place = place.is_some_and(|place| {
        place.name == name && place.entry.is_some() && place.form != PlaceForm::Adjective
    });
    if told == Label::Place && is_place || matches!(told, Label::People | Label::Other) {
        return Some(told);
    }
    if office::is_titled(scene, tokens.start) {
        return Some(Label::Person);
    }
    let related = place.is_some_and(|place| place.relation.is_some());
    let main = || scene.gazetteer.find(name).any(|(_, how)| how == NameKind::Main);
    let scene_of = tokens.len() == 1 && is_scene(scene, token);
    if is_place && (related || scene_of) || told == Label::Person && scene_of && main() {
        return Some(Label::Place);
    }
    let group = scene.pack.actors.groups.iter().any(|article| {
        name.strip_prefix(article.as_str()).is_some_and(|rest| rest.starts_with(' '))
    });
    let not_such = matches!(told, Label::Person | Label::Place);
    Some(if group && not_such { Label::Organisation } else { told })
}

/// Whether a preposition governs a token that does not make it an actor, as "of" does.
fn is_scene(scene: Scene<'_>, token: Token<'_>) -> bool {
    let first = joined(token);
    let link = first.head().index();
    first.dep() == "pobj" && scene.pack.actors.beside.at(scene.doc, link, link + 1).is_none()
}

fn person(
    scene: Scene<'_>,
    tokens: Range<usize>,
    noun: Option<&(Meaning, Range<usize>)>,
) -> Option<Core> {
    let titled = office::without_titles(scene, tokens.clone());
    let name = scene.doc.span(tokens.clone()).text();
    let noun = noun.filter(|(_, run)| run.len() < tokens.len()).map(class_of(scene));
    let class = scene.labels.class(name).or(noun);
    // What the report or the pack calls otherwise is no person, whatever the parser says.
    if class.is_some_and(|class| !is_person(scene, class)) && titled == tokens {
        return organisation_of(scene, tokens, class);
    }
    if starts_small(name) && thing(scene, &tokens) {
        return None;
    }
    let class = scene.labels.class(name).filter(|&class| is_person(scene, class));
    Some(Core {
        name: scene.doc.span(titled.clone()).text().to_owned(),
        form: Form::Name,
        class: class.or_else(|| scene.pack.classes.standing_for(Stands::Person)),
        country: None,
        tokens: titled,
        person: true,
    })
}

fn organisation(
    scene: Scene<'_>,
    tokens: Range<usize>,
    noun: Option<&(Meaning, Range<usize>)>,
) -> Option<Core> {
    if matches!(noun, Some((Meaning::Post(_), _))) {
        return None;
    }
    let name = scene.doc.span(tokens.clone()).text();
    let noun = noun.map(class_of(scene));
    let class = scene.labels.class(name).or(noun);
    let standing = scene.pack.classes.standing_for(Stands::Organisation);
    organisation_of(scene, tokens, class.or(standing))
}

fn organisation_of(scene: Scene<'_>, tokens: Range<usize>, class: Option<Class>) -> Option<Core> {
    class.is_none_or(|class| scene.pack.classes.is_actor(class)).then(|| Core {
        name: scene.doc.span(tokens.clone()).text().to_owned(),
        form: Form::Name,
        class,
        country: None,
        tokens,
        person: false,
    })
}

/// The noun of the pack at the end or at the head of a name: "Sinaloa Cartel", "Ministry of Defence".
fn noun_in(
    scene: Scene<'_>,
    tokens: &Range<usize>,
    root: Token<'_>,
) -> Option<(Meaning, Range<usize>)> {
    [tokens.end - 1, root.index()].into_iter().find_map(|at| {
        let found = scene.found.noun(at)?;
        (tokens.start <= found.1.start && found.1.end <= tokens.end).then_some(found)
    })
}

/// The class of a noun that was found.
fn class_of(scene: Scene<'_>) -> impl Fn(&(Meaning, Range<usize>)) -> Class {
    move |(meaning, _)| match *meaning {
        Meaning::Class(class) => class,
        Meaning::Post(post) => scene.pack.offices.class(post),
    }
}

/// Whether some tokens are a noun for a thing that is no actor.
fn thing(scene: Scene<'_>, tokens: &Range<usize>) -> bool {
    let found = scene.found.noun(tokens.start);
    let class = found.as_ref().map(class_of(scene));
    class.is_some_and(|class| !scene.pack.classes.is_actor(class))
}

fn starts_small(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a token is the one of some tokens that stands for them all.
fn heads(scene: Scene<'_>, tokens: &Range<usize>, token: Token<'_>) -> bool {
    noun_phrase::head_of(scene.doc, tokens.clone()) == Some(token.index())
}

/// A country, or a seat of government that stands for its country.
fn government(scene: Scene<'_>, token: Token<'_>, tokens: Range<usize>) -> Option<Core> {
    let place = scene.place(token.index()).filter(|place| place.form != PlaceForm::Adjective)?;
    let entry = scene.gazetteer.entry(place.entry?);
    let stands = match entry.kind {
        PlaceKind::Country => Stands::Country,
        _ if entry.capital => Stands::Capital,
        _ => return None,
    };
    Some(Core {
        name: scene.doc.span(tokens.clone()).text().to_owned(),
        form: Form::Name,
        class: scene.pack.classes.standing_for(stands),
        country: (!entry.country.is_empty()).then(|| entry.country.to_owned()),
        tokens,
        person: false,
    })
}

/// People called after their country: "two Colombians".
fn people(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let place = scene.place(token.index())?;
    if place.form != PlaceForm::Adjective || !noun_phrase::is_head(token) {
        return None;
    }
    Some(Core {
        name: token.text().to_owned(),
        form: Form::Description,
        class: scene.pack.classes.standing_for(Stands::People),
        country: scene.country(token.index()).map(str::to_owned),
        tokens: token.index()..token.index() + 1,
        person: false,
    })
}

/// What a noun stands for so many of: the migrants of "a group of migrants".
pub(super) fn part_of(scene: Scene<'_>, head: usize) -> Option<usize> {
    let words = &scene.pack.actors;
    words.parts.at(scene.doc, head, head + 1)?;
    scene.object(scene.doc.token(head), &words.of).map(|(object, _)| object.index())
}

/// So many of others: "a group of migrants" are migrants.
fn part(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let object = scene.doc.token(part_of(scene, token.index())?);
    let phrase = noun_phrase::phrase(scene.doc, object.index());
    let whole = known(scene, object)
        .or_else(|| named(scene, object))
        .or_else(|| people(scene, object))
        .or_else(|| described(scene, object))?;
    let country = whole.country.or_else(|| scene.country_in(phrase).map(str::to_owned));
    let tokens = token.index()..whole.tokens.end;
    Some(Core { form: Form::Description, country, tokens, ..whole })
}

/// A description by a noun of the pack.
fn described(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let (meaning, run) = noun_at(scene, token)?;
    let class = class_of(scene)(&(meaning, run.clone()));
    if !scene.pack.classes.is_actor(class) || within_name(scene, token, &run) {
        return None;
    }
    let phrase = noun_phrase::phrase(scene.doc, token.index());
    let own = noun_phrase::own(scene.pack, scene.doc, phrase, token.index());
    let tokens = own.start.min(run.start)..run.end;
    let named = matches!(meaning, Meaning::Class(_)) && is_written_as_name(scene, &tokens, token);
    Some(Core {
        name: scene.doc.span(tokens.clone()).text().to_owned(),
        form: if named { Form::Name } else { Form::Description },
        class: Some(class),
        country: None,
        tokens,
        person: is_person(scene, class),
    })
}

/// Whether a description is a name that the parser overlooked: "Eastern Liberation Front".
fn is_written_as_name(scene: Scene<'_>, tokens: &Range<usize>, head: Token<'_>) -> bool {
    let big = |token: &Token<'_>| token.text().chars().next().is_some_and(char::is_uppercase);
    let written = scene.doc.span(tokens.clone()).tokens().all(|token| {
        big(&token)
            || matches!(token.pos(), Pos::Adp | Pos::Det | Pos::Part | Pos::Punct | Pos::Cconj)
    });
    tokens.len() > 1 && head.pos() == Pos::Propn && written
}

/// The noun that a token heads; "president-elect" is one, too.
fn noun_at(scene: Scene<'_>, token: Token<'_>) -> Option<(Meaning, Range<usize>)> {
    if let Some((meaning, run)) = scene.found.noun(token.index()) {
        return heads(scene, &run, token).then_some((meaning, run));
    }
    let post = token.index().checked_sub(2)?;
    let (meaning, run) = scene.found.noun(post)?;
    let (_, end) = office::elect(scene, run.end)?;
    (run.end <= token.index() && end > token.index()).then_some((meaning, run.start..end))
}

/// Whether a noun is but part of a name that another token heads: the people of "People's Front".
fn within_name(scene: Scene<'_>, token: Token<'_>, run: &Range<usize>) -> bool {
    token.entity().is_some_and(|entity| {
        let label = scene.labels.label(entity);
        let range = entity.span().range();
        matches!(label, Some(Label::Person | Label::Organisation))
            && (range.start < run.start || range.end > run.end)
            && !heads(scene, &range, token)
    })
}

fn is_person(scene: Scene<'_>, class: Class) -> bool {
    scene.pack.classes.is_person(Some(class))
}

/// Adds what the words around an actor's own say: its office, its country, how many.
fn with_surroundings(scene: Scene<'_>, token: Token<'_>, core: Core) -> Cited<Actor> {
    let head = token.index();
    let phrase = noun_phrase::phrase(scene.doc, head);
    let titled = core.form == Form::Name && core.person;
    let title =
        if titled { office::title_start(scene, core.tokens.start) } else { core.tokens.start };
    let phrase = phrase.start.min(title)..phrase.end.max(core.tokens.end);
    let office = match core.person {
        true => office::of(scene, token, &core.tokens, phrase.start, core.form),
        false => None,
    };
    let before = phrase.start..core.tokens.start;
    let around = if core.form == Form::Name { before } else { phrase.clone() };
    let named = named_country(scene, &core);
    let country = core
        .country
        .or_else(|| scene.country_in(around).map(str::to_owned))
        .or_else(|| owner(scene, token))
        .or_else(|| office.as_ref().and_then(|office| office.country.clone()))
        .or(named);
    let mut class = core.class;
    if let Some(office) = &office {
        class = office::class(scene, office).or(class);
    } else if titled {
        class = office::trade(scene, token, &core.tokens, phrase.start).or(class);
    }
    let own = match core.form {
        Form::Name if !titled => core.tokens.clone(),
        _ => {
            let own = noun_phrase::own(scene.pack, scene.doc, phrase.clone(), head);
            own.start.min(core.tokens.start)..core.tokens.end
        }
    };
    // "(Photo: Mora) Police said": a mark before the name ends what stands before it.
    let mark = |&at: &usize| matches!(scene.doc.token(at).text(), ";" | ")");
    let opened = own.clone().any(|at| scene.doc.token(at).text() == "(");
    let start =
        (own.start..head).rev().find(mark).filter(|_| !opened).map_or(own.start, |at| at + 1);
    let own = start..own.end;
    // "the co-leader Juan Mora": the hyphen joins what stands before.
    let own = match own.start {
        start if start >= 2 && is_joined_before(scene, start) => start - 2..own.end,
        _ => own,
    };
    let actor = Actor {
        head,
        name: core.name,
        form: core.form,
        several: scene.pack.pronouns.is_of_several(token),
        class,
        country,
        office,
        extent: extent::of(scene, token, phrase.start, part_of(scene, head)),
        members: Vec::new(),
    };
    Cited::new(actor, scene.doc.span(own).bytes())
}

/// Whether a hyphen joins a word to the one before it.
fn is_joined_before(scene: Scene<'_>, at: usize) -> bool {
    let close = |at: usize| !scene.doc.token(at).space_after();
    scene.doc.token(at - 1).text() == "-" && close(at - 1) && close(at - 2)
}

/// The country within an organisation's name.
fn named_country(scene: Scene<'_>, core: &Core) -> Option<String> {
    let outside = core.person || core.form != Form::Name;
    (!outside).then(|| scene.country_in(core.tokens.clone()))?.map(str::to_owned)
}

/// The country that an actor is of: "the president of Ecuador".
fn owner(scene: Scene<'_>, token: Token<'_>) -> Option<String> {
    let (_, phrase) = scene.object(token, &scene.pack.actors.of)?;
    scene.country_in(phrase).map(str::to_owned)
}

/// Whether a country or capital is more than the scene: it acts, or is acted with. Heads that are no
/// place always pass.
fn place_acts(scene: Scene<'_>, token: Token<'_>) -> bool {
    let Some(place) = scene.place(token.index()) else { return true };
    let is_place = place.form == PlaceForm::Name
        && token.entity().is_some_and(|entity| scene.labels.label(entity) == Some(Label::Place));
    if !is_place {
        return true;
    }
    match joined(token).dep() {
        "nsubj" | "nsubjpass" | "nsubj:pass" | "dobj" | "obj" | "dative" | "iobj" | "ROOT" => {
            place.relation.is_none()
        }
        "pobj" | "obl" => {
            let link = joined(token).head();
            let words = &scene.pack.actors.beside;
            matches!(place.relation, None | Some(Relation::Between))
                && words.at(scene.doc, link.index(), link.index() + 1).is_some()
        }
        _ => false,
    }
}

/// The first of the words that a token is joined to by "and".
fn joined<'d>(token: Token<'d>) -> Token<'d> {
    let mut first = token;
    for _ in 0..16 {
        if first.dep() != "conj" {
            break;
        }
        first = first.head();
    }
    first
}

/// Whether a name that modifies a noun is an actor of its own: the FBI of "FBI agents", not the group
/// of "the Choneros gang".
fn stands_within(scene: Scene<'_>, token: Token<'_>) -> bool {
    if scene.pack.nouns.titles.at(scene.doc, token.index(), token.index() + 1).is_some() {
        return false;
    }
    let known = scene.found.name(token.index()).is_some();
    let entity = token.entity().filter(|entity| {
        let outside = !entity.span().range().contains(&token.head().index());
        outside && scene.labels.label(*entity) == Some(Label::Organisation)
    });
    let group = scene.found.noun(token.head().index());
    let group = group.is_some_and(|(meaning, _)| match meaning {
        Meaning::Class(class) => scene.pack.classes.is_actor(class) && !is_person(scene, class),
        Meaning::Post(_) => false,
    });
    (known || entity.is_some()) && !group
}
