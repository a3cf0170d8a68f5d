//! What actor a token heads: a name, a country that acts, or a description.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

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
    Some(with_surroundings(scene, token, core))
}

/// A name that the pack knows.
fn known(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let (number, tokens) = scene.pack.nouns.names.around(scene.doc, token.index())?;
    let known = &scene.pack.nouns.known[number];
    let heads = tokens.end == token.index() + 1
        || scene.doc.span(tokens.clone()).root().is_some_and(|root| root.index() == token.index());
    let classes = &scene.pack.classes;
    (heads && classes.is_actor(known.class)).then(|| Core {
        name: known.is.clone(),
        form: Form::Name,
        class: Some(known.class),
        country: known.country.clone(),
        tokens,
        person: is_person(scene, known.class),
    })
}

/// A name that the parser found.
fn named(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let entity = token.entity()?;
    if entity.span().root()?.index() != token.index() {
        return None;
    }
    let label = scene.labels.label(entity);
    let tokens = labels::own(entity);
    if tokens.is_empty() || token.pos() == Pos::Adj {
        return None;
    }
    let name = scene.doc.span(tokens.clone()).text();
    let class = scene.labels.class(name).or_else(|| noun_in(scene, &tokens));
    let standing = |stands| scene.pack.classes.standing_for(stands);
    match label.or_else(|| labels::of_entity(entity))? {
        Label::Person => {
            let titled = office::without_titles(scene, tokens.clone());
            if titled.is_empty() {
                return None;
            }
            // What the report or the pack calls otherwise is no person, whatever the parser says.
            let other = class.filter(|&class| !is_person(scene, class));
            Some(Core {
                name: scene.doc.span(titled.clone()).text().to_owned(),
                form: Form::Name,
                class: class.or_else(|| label.and_then(|_| standing(Stands::Person))),
                country: None,
                tokens: if other.is_some() { tokens } else { titled },
                person: other.is_none(),
            })
        }
        Label::Organisation | Label::Other if is_name(scene, &tokens, class) => Some(Core {
            name: name.to_owned(),
            form: Form::Name,
            class: class.or_else(|| label.and_then(|_| standing(Stands::Organisation))),
            country: None,
            person: false,
            tokens,
        }),
        Label::Place => government(scene, token, tokens),
        Label::People | Label::Facility => {
            let class = class.filter(|&class| scene.pack.classes.is_actor(class))?;
            let name = name.to_owned();
            Some(Core {
                name,
                form: Form::Name,
                class: Some(class),
                country: None,
                tokens,
                person: false,
            })
        }
        Label::Organisation | Label::Other => None,
    }
}

/// Whether what the parser calls an organisation's name is an actor's: not a thing's, not a post.
fn is_name(scene: Scene<'_>, tokens: &Range<usize>, class: Option<Class>) -> bool {
    let post = scene.pack.nouns.nouns.around(scene.doc, tokens.end - 1);
    let post = post.is_some_and(|(m, run)| matches!(m, Meaning::Post(_)) && run.end == tokens.end);
    !post && class.is_none_or(|class| scene.pack.classes.is_actor(class))
}

/// The class that a noun at the end of a name gives it: "Sinaloa Cartel", "Ministry of Defence".
fn noun_in(scene: Scene<'_>, tokens: &Range<usize>) -> Option<Class> {
    let root = scene.doc.span(tokens.clone()).root()?;
    [tokens.end - 1, root.index()].into_iter().find_map(|at| {
        let (meaning, run) = scene.pack.nouns.nouns.around(scene.doc, at)?;
        let inside = tokens.start <= run.start && run.end <= tokens.end;
        match meaning {
            Meaning::Class(class) if inside && (run.len() < tokens.len() || run.len() > 1) => {
                Some(class)
            }
            _ => None,
        }
    })
}

/// A country, or a seat of government that stands for its country.
fn government(scene: Scene<'_>, token: Token<'_>, tokens: Range<usize>) -> Option<Core> {
    let place = scene.place(token.index())?;
    let entry = scene.gazetteer.entry(place.entry?);
    let stands = match entry.kind {
        crate::gazetteer::PlaceKind::Country => Stands::Country,
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

/// So many of others: "a group of migrants" are migrants.
fn part(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let words = &scene.pack.actors;
    words.parts.at(scene.doc, token.index(), token.index() + 1)?;
    let (object, phrase) = scene.object(token, &words.of)?;
    let whole = known(scene, object)
        .or_else(|| named(scene, object))
        .or_else(|| people(scene, object))
        .or_else(|| described(scene, object))?;
    let country = whole.country.or_else(|| scene.country_in(phrase).map(str::to_owned));
    let tokens = token.index()..whole.tokens.end;
    let name = scene.doc.span(tokens.clone()).text().to_owned();
    Some(Core { name, form: Form::Description, country, tokens, ..whole })
}

/// A description by a noun of the pack.
fn described(scene: Scene<'_>, token: Token<'_>) -> Option<Core> {
    let (meaning, run) = scene.pack.nouns.nouns.around(scene.doc, token.index())?;
    let heads = run.end == token.index() + 1
        || scene.doc.span(run.clone()).root().is_some_and(|root| root.index() == token.index());
    let class = match meaning {
        Meaning::Class(class) => class,
        Meaning::Post(post) => scene.pack.offices.class(post),
    };
    if !heads || !scene.pack.classes.is_actor(class) {
        return None;
    }
    let phrase = noun_phrase::phrase(scene.doc, token.index());
    let own = noun_phrase::own(scene.pack, scene.doc, phrase, token.index());
    let tokens = own.start.min(run.start)..run.end;
    Some(Core {
        name: scene.doc.span(tokens.clone()).text().to_owned(),
        form: Form::Description,
        class: Some(class),
        country: None,
        tokens,
        person: is_person(scene, class),
    })
}

fn is_person(scene: Scene<'_>, class: Class) -> bool {
    let person = scene.pack.classes.standing_for(Stands::Person);
    person.is_some_and(|person| scene.pack.classes.is_a(class, person))
}

/// Adds what the words around an actor's own say: its office, its country, how many.
fn with_surroundings(scene: Scene<'_>, token: Token<'_>, core: Core) -> Cited<Actor> {
    let head = token.index();
    let phrase = noun_phrase::phrase(scene.doc, head);
    let phrase = phrase.start.min(core.tokens.start)..phrase.end.max(core.tokens.end);
    let office = match core.person {
        true => office::of(scene, token, &core.tokens, phrase.start, core.form),
        false => None,
    };
    let before = phrase.start..core.tokens.start;
    let around = if core.form == Form::Name { before } else { phrase.clone() };
    let country = core
        .country
        .or_else(|| scene.country_in(around).map(str::to_owned))
        .or_else(|| owner(scene, token))
        .or_else(|| office.as_ref().and_then(|office| office.country.clone()))
        .or_else(|| {
            (!core.person).then(|| scene.country_in(core.tokens.clone()))?.map(str::to_owned)
        });
    let titled = core.form == Form::Name && core.person;
    let mut class = core.class;
    if let Some(office) = &office {
        class = scene.pack.offices.find(&office.post).or(class);
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
    let actor = Actor {
        head,
        name: core.name,
        form: core.form,
        class,
        country,
        office,
        extent: extent::of(scene, token, phrase.start),
        members: Vec::new(),
    };
    Cited::new(actor, scene.doc.span(own).bytes())
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
    let known = scene.pack.nouns.names.around(scene.doc, token.index()).is_some();
    let entity = token.entity().filter(|entity| {
        let outside = !entity.span().range().contains(&token.head().index());
        outside && scene.labels.label(*entity) == Some(Label::Organisation)
    });
    let group = scene.pack.nouns.nouns.around(scene.doc, token.head().index());
    let group = group.is_some_and(|(meaning, _)| match meaning {
        Meaning::Class(class) => scene.pack.classes.is_actor(class) && !is_person(scene, class),
        Meaning::Post(_) => false,
    });
    (known || entity.is_some()) && !group
}
