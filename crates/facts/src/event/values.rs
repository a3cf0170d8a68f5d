//! What stands in a slot as a value of a role: an actor, a thing, a quantity, a place, a time, a clause.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::Filler;
use super::rules::{Fill, Kind, Trigger, Type};
use crate::claim::Value;
use crate::clause::grammar::{Grammar, REACH};
use crate::clause::labels::{Relation, VerbForm, is_relative_pronoun, verb_form};
use crate::clause::{Arg, Slot};
use crate::coref::antecedent::Antecedents;
use crate::pack::{Class, Pack, Stands};
use crate::reading::Part;
use crate::value::actor::{self, Actor};
use crate::value::quantity::RANK;
use crate::value::thing::{self, Thing};
use crate::value::{Cited, place};

/// One text with its values, each found by its token.
pub(crate) struct View<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) part: &'a Part,
    pub(crate) grammar: &'a Grammar<'a>,
    /// What its pronouns stand for, and which part of the report it is.
    antecedents: (&'a Antecedents<'a>, usize),
    actors: Vec<Option<u32>>,
    quantities: Vec<Option<u32>>,
    places: Vec<Option<u32>>,
    periods: Vec<Option<u32>>,
}

impl<'a> View<'a> {
    pub(crate) fn of(
        pack: &'a Pack,
        part: &'a Part,
        index: usize,
        antecedents: &'a Antecedents<'a>,
    ) -> View<'a> {
        let doc = &part.doc;
        let mut actors = vec![None; doc.len()];
        for (index, cited) in part.actors.iter().enumerate() {
            actors[cited.value.head] = Some(index as u32);
        }
        View {
            pack,
            part,
            grammar: antecedents.grammar(index),
            antecedents: (antecedents, index),
            actors,
            quantities: by_token(doc, part.quantities.iter().map(|cited| &cited.span)),
            places: by_token(doc, part.places.iter().map(|cited| &cited.span)),
            periods: by_token(doc, part.periods.iter().map(|cited| &cited.span)),
        }
    }

    /// Which part of the report it is.
    pub(crate) fn index(&self) -> usize {
        self.antecedents.1
    }

    pub(crate) fn doc(&self) -> &'a Doc {
        &self.part.doc
    }

    /// The place whose words hold a token.
    pub(crate) fn place(&self, token: usize) -> Option<&'a Cited<place::Place>> {
        self.places[token].map(|index| &self.part.places[index as usize])
    }

    /// The place that a noun for places has as an example or name: "provinces such as Guayas".
    fn example(&self, noun: usize) -> Option<&'a Cited<place::Place>> {
        self.pack.places.is_kind(self.doc().token(noun).lemma()).then_some(())?;
        let (_, last) = self.grammar.edges(noun);
        let owner = self.grammar.owner(noun);
        // "provinces that border Peru": Peru is none of them.
        let mut near =
            (noun + 1..=last).take(EXAMPLE).filter(|&at| self.grammar.owner(at) == owner);
        near.find_map(|at| self.place(at))
    }

    /// The time whose words hold a token.
    pub(crate) fn period(&self, token: usize) -> Option<&'a Cited<crate::value::period::Period>> {
        self.periods[token].map(|index| &self.part.periods[index as usize])
    }

    /// Whether a token stands in a quantity's words.
    pub(crate) fn quantity_at(&self, token: usize) -> bool {
        self.quantities[token].is_some()
    }

    /// The quantity whose words hold a token, or a word right below it.
    pub(crate) fn quantity(
        &self,
        token: usize,
    ) -> Option<&'a Cited<crate::value::quantity::Quantity>> {
        let own = self.quantities[token];
        let number = || {
            let first = self
                .grammar
                .children(token)
                .take(8)
                .find(|&child| child < token && self.quantities[child].is_some());
            first.and_then(|child| self.quantities[child])
        };
        own.or_else(number).map(|index| &self.part.quantities[index as usize])
    }

    /// The actor whose head a token is; a pronoun that stands for a person or group is one without
    /// a class, and so is a name that nothing else is known of.
    pub(crate) fn actor(&self, token: usize) -> Option<Cited<Actor>> {
        if let Some(index) = self.actors[token] {
            return Some(self.part.actors[index as usize].clone());
        }
        let word = self.doc().token(token);
        if self.grammar.relation(token) == Relation::Compound && word.pos() == Pos::Noun {
            return self.compound(token);
        }
        let form = match word.pos() {
            Pos::Pron if self.grammar.relation(token) == Relation::Determiner => return None,
            Pos::Pron if self.pack.pronouns.stands_for_actor(&word.norm().to_lowercase()) => {
                actor::Form::Pronoun
            }
            Pos::Verb if self.grammar.is_name_taken_for_verb(token) => actor::Form::Name,
            Pos::Propn if self.is_country(token) => actor::Form::Name,
            Pos::Propn
                if self.places[token].is_none()
                    && self.periods[token].is_none()
                    && self.grammar.relation(token) != Relation::Compound =>
            {
                actor::Form::Name
            }
            _ => return None,
        };
        let span = match form {
            actor::Form::Name => name_span(word),
            _ => word.bytes(),
        };
        if self.is_country(token)
            && let Some(place) = self.place(token)
        {
            let class = self.pack.classes.standing_for(Stands::Country);
            let actor = Actor { class, ..unknown(token, place.value.name.clone(), form) };
            return Some(Cited::new(actor, place.span.clone()));
        }
        let name = self.doc().text()[span.clone()].to_owned();
        let several = self.pack.pronouns.is_of_several(word);
        let mut actor = Actor { several, ..unknown(token, name, form) };
        // A pronoun is of the class of what it stands for.
        if form == actor::Form::Pronoun {
            let (antecedents, part) = self.antecedents;
            actor.class = antecedents.actor(part, &actor).and_then(|actor| actor.class);
        }
        Some(Cited::new(actor, span))
    }

    /// Whether a word stands in an actor's name.
    pub(crate) fn is_named(&self, token: usize) -> bool {
        let bytes = self.doc().token(token).bytes();
        let near = token.saturating_sub(NAME)..self.actors.len().min(token + NAME);
        let actors = self.actors[near].iter().flatten();
        actors.map(|&index| &self.part.actors[index as usize]).any(|actor| {
            let named = actor.value.form == actor::Form::Name;
            named && actor.span.start <= bytes.start && bytes.end <= actor.span.end
        })
    }

    /// A noun for people before another: the police of "police investigations".
    fn compound(&self, token: usize) -> Option<Cited<Actor>> {
        let class = self.thing(token)?.value.class?;
        let word = self.doc().token(token);
        self.pack.classes.is_actor(class).then(|| {
            let actor = self.stranger(token, word.text().to_owned());
            Cited::new(Actor { class: Some(class), ..actor }, word.bytes())
        })
    }

    /// Whether a token names a country, which can act.
    fn is_country(&self, token: usize) -> bool {
        self.place(token).is_some_and(|place| {
            place.value.precision == place::Precision::Country
                && place.value.form == place::Form::Name
                && place.value.facility.is_none()
        })
    }

    /// Somebody of whom nothing is known but the words.
    pub(crate) fn stranger(&self, head: usize, name: String) -> Actor {
        unknown(head, name, actor::Form::Description)
    }

    /// The noun phrase of a token as a thing.
    pub(crate) fn thing(&self, token: usize) -> Option<Cited<Thing>> {
        thing::thing_at(self.pack, self.doc(), &self.part.found, token)
    }

    /// The class of what stands at a token: of an actor, of a thing, or of what a quantity counts.
    pub(crate) fn class(&self, token: usize) -> Option<Class> {
        let direct = |token: usize| {
            let actor =
                self.actors[token].and_then(|index| self.part.actors[index as usize].value.class);
            let country = || {
                let stands = self.pack.classes.standing_for(Stands::Country);
                stands.filter(|_| self.is_country(token))
            };
            let pronoun = || {
                let pronoun = self.doc().token(token).pos() == Pos::Pron;
                pronoun.then(|| self.actor(token)).flatten().and_then(|actor| actor.value.class)
            };
            actor
                .or_else(country)
                .or_else(pronoun)
                .or_else(|| self.thing(token).and_then(|thing| thing.value.class))
        };
        // "$40 million" is money.
        let measured = || {
            let unit = self.quantity(token)?.value.unit.as_deref()?;
            self.pack.classes.by_name(&self.pack.unit(unit)?.measure)
        };
        direct(token).or_else(measured).or_else(|| {
            let counted = self.quantity(token)?.value.of.as_ref()?;
            let last = self.doc().token_at(counted.span.end.saturating_sub(1))?;
            direct(last.index())
        })
    }
}

/// An actor of whom nothing is known but the words.
fn unknown(head: usize, name: String, form: actor::Form) -> Actor {
    let (class, country, office, extent) = (None, None, None, None);
    let (several, members) = (false, Vec::new());
    Actor { head, name, form, several, class, country, office, extent, members }
}

/// The compound name that ends with a token.
fn name_span(token: Token<'_>) -> Range<usize> {
    let first = token
        .children()
        .filter(|child| {
            child.index() < token.index() && child.pos() == Pos::Propn && child.dep() != "poss"
        })
        .map(|child| child.bytes().start)
        .next();
    first.unwrap_or(token.bytes().start)..token.bytes().end
}

fn by_token<'s>(doc: &Doc, spans: impl Iterator<Item = &'s Range<usize>>) -> Vec<Option<u32>> {
    let mut all = vec![None; doc.len()];
    for (index, span) in spans.enumerate() {
        let mut next = doc.token_at(span.start).map(Token::index);
        while let Some(at) =
            next.filter(|&at| at < doc.len() && doc.token(at).bytes().start < span.end)
        {
            all[at] = Some(index as u32);
            next = Some(at + 1);
        }
    }
    all
}

/// What stands in a slot as one entry wants it; none if it does not fit.
pub(crate) fn value(view: &View<'_>, arg: &Arg, fill: &Fill, kind: &Kind) -> Option<Cited<Filler>> {
    let class = view.class(arg.head);
    let is = |wanted: &Class| class.is_some_and(|class| view.pack.classes.is_a(class, *wanted));
    let listed = !fill.one_of.is_empty() || !fill.types.is_empty();
    // Of whom nothing is known may be anybody; where a rule asks for more than a person or a body,
    // that is too little.
    let anybody = || {
        let norm = view.doc().token(arg.head).norm().to_lowercase();
        let wide: &[Stands] = match norm {
            norm if view.pack.pronouns.body.contains(&norm) => &[Stands::Organisation],
            norm if view.pack.pronouns.person.contains(&norm) => &[Stands::Person],
            // "he led me down the corridor": I am no body.
            _ if is_one_who_speaks(view, arg.head) => &[Stands::Person],
            _ => &[Stands::Person, Stands::Organisation],
        };
        let wide = wide.iter().filter_map(|it| view.pack.classes.standing_for(*it));
        wide.into_iter().any(|class| fill.one_of.contains(&class))
    };
    let classed = fill.one_of.iter().any(is)
        || (class.is_none() && view.actor(arg.head).is_some() && anybody());
    let odd = |one: &Type| typed(view, arg.head, *one).is_some();
    if fill.none_of.iter().any(is) || fill.not_types.iter().any(odd) {
        return None;
    }
    let types = &kind.roles[fill.role].1;
    // "met over the years": a time is no topic.
    if types.contains(&Type::Text) && is_time(view, arg.head) {
        return None;
    }
    let allowed = |one: &Type| !listed || classed || fill.types.contains(one);
    let value = types.iter().filter(|one| allowed(one)).find_map(|&one| typed(view, arg.head, one));
    value.or_else(|| {
        let wanted = types.contains(&Type::Actor) && anybody() && class.is_none();
        wanted.then(|| human(view, arg.head)).flatten()
    })
}

/// "I", "me".
fn is_one_who_speaks(view: &View<'_>, head: usize) -> bool {
    let token = view.doc().token(head);
    token.feature("Person") == Some("1") && token.feature("Number") == Some("Sing")
}

/// Whether a noun tells a time or a stretch of it: "the years", "a period of three months".
fn is_time(view: &View<'_>, head: usize) -> bool {
    let token = view.doc().token(head);
    let span = || view.pack.clauses.figures.spans.contains(token.lemma());
    view.periods[head].is_some() || token.pos() == Pos::Noun && span()
}

/// What is said in a noun that says too little alone, with what prepositions join to it: "ties to the militia".
pub(super) fn said_whole(
    view: &View<'_>,
    cited: Cited<Filler>,
    trigger: &Trigger,
) -> Cited<Filler> {
    let Filler::Value(Value::Thing(_)) = &cited.value else { return cited };
    // "praise for the divers from Seoul": what stands in a slot of its own is told by that.
    let slot = |at: usize| {
        let name = view.grammar.token(at).norm().to_lowercase();
        name != view.pack.clauses.possession
            && view.grammar.relation(at) == Relation::Preposition
            && trigger.slots.iter().any(|(slot, _)| *slot == Slot::Prep(name.clone()))
    };
    let whole = complemented(view, &cited.span, &slot);
    // "a million dollars": the number is no less said.
    let noun = view.doc().token_at(cited.span.end.saturating_sub(1)).map(Token::index);
    let number = noun.and_then(|noun| view.quantities[noun]);
    let number = number.map(|index| view.part.quantities[index as usize].span.start);
    let whole = number.map_or(whole.start, |start| start.min(whole.start))..whole.end;
    if whole == cited.span {
        return cited;
    }
    let words = view.doc().text()[whole.clone()].to_owned();
    Cited::new(Filler::Value(Value::Text(words)), whole)
}

/// The words of a noun with what prepositions join to it; a time is the verb's.
pub(crate) fn complemented(
    view: &View<'_>,
    span: &Range<usize>,
    ends: &dyn Fn(usize) -> bool,
) -> Range<usize> {
    let (grammar, doc) = (view.grammar, view.doc());
    let Some(last) = doc.token_at(span.end.saturating_sub(1)) else { return span.clone() };
    let noun = last.index();
    let mut last = noun;
    for child in grammar.those(noun, Relation::Preposition) {
        let (first, end) = grammar.edges(child);
        let of = grammar.first(child, Relation::PrepositionObject);
        // "vetoed the bill in Oslo": where it was, unless the noun tells of a deed there.
        let where_to = view.pack.places.says_where(&grammar.token(child).norm().to_lowercase());
        let scene = where_to
            && of.is_some_and(|of| view.place(of).is_some() && !is_of_deed(view, of, noun));
        let like = view.pack.clauses.examples.contains(grammar.token(child).norm());
        let set = of.is_some_and(|of| {
            let name = format!("{} {}", grammar.token(child).norm(), grammar.token(of).norm());
            view.pack.clauses.set_phrases.contains(&name.to_lowercase())
        });
        if set || scene || like || of.is_some_and(|of| view.periods[of].is_some()) {
            break;
        }
        // "links with traders who fled": who fled is told of the traders.
        let cut = |at: usize| {
            let participle = [Relation::Participle, Relation::Relative];
            let clause = participle.contains(&grammar.relation(at)) && grammar.is_predicate(at);
            match clause {
                true => Some(grammar.edges(at).0),
                false => (doc.token(at).text() == "," || ends(at)).then_some(at),
            }
        };
        let end = (first..=end.min(first + LONG))
            .filter_map(cut)
            .min()
            .map_or(end, |at| at.saturating_sub(1));
        if first == last + 1 && end > first && end < last + LONG {
            last = end;
        }
    }
    span.start..doc.token(last).bytes().end
}

/// Whether a noun between a place and the noun that it depends on, or that noun, tells of a deed: "the
/// **killings** in the stadium".
pub(super) fn is_of_deed(view: &View<'_>, place: usize, noun: usize) -> bool {
    let grammar = view.grammar;
    let mut at = place;
    for _ in 0..REACH {
        let Some(above) = grammar.head(at) else { return false };
        let token = grammar.token(above);
        let deed = token.pos() == Pos::Noun && view.pack.kinds.tells(&token.lemma().to_lowercase());
        if deed || grammar.is_predicate(above) {
            return true;
        }
        if above == noun {
            return false;
        }
        at = above;
    }
    false
}

/// The most words that are told with a noun.
const LONG: usize = 24;

/// A noun of which nothing is known but that it ends as nouns for people do: "hikers".
fn human(view: &View<'_>, head: usize) -> Option<Cited<Filler>> {
    let token = view.doc().token(head);
    let known = view.periods[head].is_some() || view.places[head].is_some();
    if token.pos() != Pos::Noun || known || !view.pack.actors.ends_like_people(token.lemma()) {
        return None;
    }
    let words = view.thing(head)?;
    let class = view.pack.classes.standing_for(Stands::Person);
    let actor = Actor { class, ..view.stranger(head, words.value.name) };
    Some(Cited::new(Filler::Value(Value::Actor(actor)), words.span))
}

/// What stands at a token as a value of one type.
pub(crate) fn typed(view: &View<'_>, head: usize, wanted: Type) -> Option<Cited<Filler>> {
    let cited = |value, span| Some(Cited::new(Filler::Value(value), span));
    let clause = view.grammar.is_predicate(head);
    // "international agreement", "unpopular pact": an adjective names neither a thing nor a deed.
    let (pos, relation) = (view.doc().token(head).pos(), view.grammar.relation(head));
    let adjective = relation == Relation::Adjective && matches!(pos, Pos::Adj | Pos::Verb)
        || relation == Relation::Compound && pos == Pos::Adj
        // "the First Regular Meeting", "Prensa Libre investigations": neither does part of a name.
        || relation == Relation::Compound && pos == Pos::Propn && view.class(head).is_none();
    // "a two-year inquiry": neither does a measure.
    let measures =
        view.quantities[head].is_some() && view.grammar.relation(head) == Relation::Compound;
    match wanted {
        Type::Claim | Type::Text | Type::Thing if adjective || measures => None,
        Type::Claim => {
            let told = clause || view.pack.kinds.tells(view.doc().token(head).lemma());
            told.then(|| Cited::new(Filler::Clause(head), phrase(view, head)))
        }
        Type::Text if is_relative_pronoun(view.doc().token(head)) => None,
        Type::Text => {
            let words = if clause { phrase(view, head) } else { noun_phrase(view, head) };
            cited(Value::Text(view.doc().text()[words.clone()].to_owned()), words)
        }
        _ if clause => None,
        Type::Actor => {
            let mut actor = view.actor(head)?;
            let span = whole(view.doc(), head, actor.span.clone())?;
            if actor.value.form == actor::Form::Description && span != actor.span {
                actor.value.name = view.doc().text()[span.clone()].to_owned();
            }
            if let Some((some, span)) = some_of(view, head) {
                return cited(Value::Actor(some), span);
            }
            cited(Value::Actor(actor.value), span)
        }
        Type::Thing => {
            // A person is no thing, and neither is a time.
            let rank =
                || view.quantity(head).is_some_and(|it| it.value.unit.as_deref() == Some(RANK));
            if view.actors[head].is_some() || view.periods[head].is_some() {
                return None;
            }
            // "involvement in the murder", "ties to the cartel": only the whole phrase says what it is.
            if view.pack.clauses.related.contains(view.doc().token(head).lemma())
                && view.grammar.first(head, Relation::Preposition).is_some()
            {
                return None;
            }
            // "some of the breaches": "some" names none of them.
            if view.doc().token(head).pos() == Pos::Pron {
                return None;
            }
            // "for the first time" names nothing, "a second bomb" does.
            let thing = view.thing(head).filter(|it| it.value.class.is_some() || !rank())?;
            // "frequent drug seizures": the adjective is the seizures'.
            if view.grammar.relation(head) == Relation::Compound {
                let (first, last) = view.grammar.edges(head);
                let span = view.doc().span(first..last + 1).bytes();
                let span = span.start.max(thing.span.start)..span.end.min(thing.span.end);
                return cited(Value::Thing(thing.value), span);
            }
            let span = whole(view.doc(), head, thing.span.clone())?;
            let name = match span == thing.span {
                true => thing.value.name,
                false => view.doc().text()[span.clone()].to_owned(),
            };
            cited(Value::Thing(Thing { name, ..thing.value }), span)
        }
        Type::Quantity => {
            let quantity = view.quantity(head)?;
            let (mut value, mut span) = (quantity.value.clone(), quantity.span.clone());
            // "a 30-kilo shipment of cocaine": the measure stands before what it measures.
            let noun = view.doc().token(head).bytes();
            if span.end <= noun.start
                && let Some(thing) = view.thing(head)
            {
                span.end = span.end.max(thing.span.end);
                let named = || Cited::new(thing.value.name, thing.span);
                value.of = value.of.or_else(|| Some(named()));
            }
            cited(Value::Quantity(value), span)
        }
        Type::Place => {
            let place = view.place(head).or_else(|| view.example(head))?;
            (place.value.form != place::Form::Adjective).then_some(())?;
            // "La" of "La Bonanza" is no place.
            let longer = view.grammar.head(head).filter(|_| relation == Relation::Compound);
            let cut = |noun: usize| view.doc().token(noun).pos() == Pos::Propn;
            if longer.is_some_and(|noun| view.place(noun).is_none() && cut(noun)) {
                return None;
            }
            cited(Value::Place(place.value.clone()), place.span.clone())
        }
        Type::Period => {
            let period = view.period(head)?;
            cited(Value::Period(period.value.clone()), period.span.clone())
        }
    }
}

/// "some of the men": some of whom, not "some".
fn some_of(view: &View<'_>, head: usize) -> Option<(Actor, Range<usize>)> {
    let (grammar, doc) = (view.grammar, view.doc());
    let part = doc.token(head);
    if part.pos() != Pos::Pron || part.feature("PronType") == Some("Prs") {
        return None;
    }
    let of = grammar
        .those(head, Relation::Preposition)
        .find(|&at| at == head + 1 && grammar.token(at).norm() == view.pack.clauses.possession)?;
    let noun = grammar.first(of, Relation::PrepositionObject)?;
    let whole = view.actor(noun)?;
    let span = part.bytes().start..whole.span.end;
    let name = doc.text()[span.clone()].to_owned();
    let form = actor::Form::Description;
    Some((Actor { head, name, form, several: true, members: Vec::new(), ..whole.value }, span))
}

/// The words of a noun with those that a hyphen joins to them, and without half a quotation: "year-old man"
/// is the rest of "60-year-old man". None if the noun itself is joined to what follows: "narco-blockades".
fn whole(doc: &Doc, head: usize, span: Range<usize>) -> Option<Range<usize>> {
    let text = doc.text();
    let hyphen = |at: usize| doc.token(at).text() == "-";
    let touch = |first: usize| doc.token(first).bytes().end == doc.token(first + 1).bytes().start;
    let last = doc.token_at(span.end.saturating_sub(1))?.index();
    if last + 2 < doc.len() && hyphen(last + 1) && touch(last) && touch(last + 1) {
        return None;
    }
    let mut first = doc.token_at(span.start)?.index();
    while first >= 2 && hyphen(first - 1) && touch(first - 1) && touch(first - 2) {
        first -= 2;
    }
    let mut span = doc.token(first).bytes().start.min(span.start)..span.end;
    let noun = doc.token(head).bytes();
    let mut marks = text[span.clone()].match_indices(['"', '“', '”']);
    if let (Some((at, mark)), None) = (marks.next(), marks.next()) {
        let (before, after) = (span.start + at, span.start + at + mark.len());
        if after <= noun.start {
            span.start = after + text[after..].len() - text[after..].trim_start().len();
        } else if noun.end <= before {
            span.end = span.start + text[span.start..before].trim_end().len();
        }
    }
    Some(span)
}

/// How far from a word of a name its head is looked for, in words.
const NAME: usize = 16;
/// How far behind a noun for places its example is looked for, in words.
const EXAMPLE: usize = 5;
/// The longest words that a role takes, in bytes: what is longer says too much to be one value.
const LONGEST: usize = 2_000;

/// The words of a noun phrase up to what a comma sets beside it: "president of Peru", not "president of Peru, Mora, …".
fn noun_phrase(view: &View<'_>, head: usize) -> Range<usize> {
    let words = phrase(view, head);
    let doc = view.doc();
    if view.grammar.first(head, Relation::Conjunct).is_some() {
        return words;
    }
    let comma = (head + 1..doc.len())
        .take_while(|&at| doc.token(at).bytes().start < words.end)
        .find(|&at| doc.token(at).text() == ",");
    words.start..comma.map_or(words.end, |at| doc.token(at - 1).bytes().end)
}

/// Where the words of a clause end before what the reporter adds: behind its only dash ("not to march — a plea
/// that few heard"), why it was ("declined to answer because"), and what was done besides ("to list the gangs and
/// announced").
fn remark(view: &View<'_>, head: usize, tokens: &Range<usize>) -> Option<usize> {
    let doc = view.doc();
    if !view.grammar.is_predicate(head) {
        return None;
    }
    let dash = |&at: &usize| {
        let text = doc.token(at).text();
        matches!(text, "—" | "–" | "--")
            || text == "-" && doc.token(at).space_after() && doc.token(at - 1).space_after()
    };
    let mut dashes = (head + 1..tokens.end).filter(dash);
    let only = dashes.next().filter(|_| dashes.next().is_none());
    let reason = |&at: &usize| {
        let word = doc.token(at).norm().to_lowercase();
        view.pack.clauses.reasons.contains(&word)
            && view.grammar.relation(at) == Relation::Mark
            && !(head..at).any(|at| doc.token(at).text().starts_with(['"', '“']))
    };
    let because = (head + 2..tokens.end).find(reason);
    let end = only.into_iter().chain(because).chain(done_besides(view, head)).min()?;
    (end > head).then(|| if doc.token(end - 1).pos() == Pos::Punct { end - 1 } else { end })
}

/// The conjunction before a verb in the past that the parser joins to an infinitive: it goes on with the verb above.
fn done_besides(view: &View<'_>, head: usize) -> Option<usize> {
    let grammar = view.grammar;
    let form = |at: usize| verb_form(grammar.token(at));
    (form(head) == VerbForm::Infinitive).then_some(())?;
    let past = |&at: &usize| at > head && form(at) == VerbForm::Past;
    let verb = grammar.those(head, Relation::Conjunct).find(past)?;
    (head + 1..verb).rev().find(|&at| grammar.token(at).pos() == Pos::Cconj)
}

/// The words of a clause or noun phrase, without the marks around them.
pub(crate) fn phrase(view: &View<'_>, head: usize) -> Range<usize> {
    let (first, last) = view.grammar.edges(head);
    let doc = view.doc();
    let mut tokens = first..last + 1;
    let idle = |index: usize| {
        let token = doc.token(index);
        token.pos() == Pos::Punct || token.is_space()
    };
    // "to answer or": what it joins is told apart.
    let open = |index: usize| idle(index) || doc.token(index).pos() == Pos::Cconj;
    while tokens.start < head && idle(tokens.start) {
        tokens.start += 1;
    }
    while tokens.end > head + 1 && open(tokens.end - 1) {
        tokens.end -= 1;
    }
    // "accused of leading the gang, as the paper reports": so it is told, not done.
    let aside = |&at: &usize| {
        doc.token(at - 1).text() == ","
            && view.pack.speech.like.contains(doc.token(at).norm())
            && view.grammar.relation(at) == Relation::Mark
            && view
                .grammar
                .head(at)
                .is_some_and(|verb| view.pack.clauses.saying.contains(doc.token(verb).lemma()))
    };
    tokens.end = (head + 2..tokens.end).find(aside).map_or(tokens.end, |at| at - 1);
    tokens.end = remark(view, head, &tokens).unwrap_or(tokens.end);
    let bytes = doc.span(tokens).bytes();
    if bytes.len() > LONGEST { doc.token(head).bytes() } else { bytes }
}
