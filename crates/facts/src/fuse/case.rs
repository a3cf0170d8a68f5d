//! Cases: claims with their roles resolved over all reports, ready to be compared.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::actors::{Actor, Cast, Sort};
use super::compare::{self, Weighed};
use super::correct;
use super::figures::{self, Counted};
use super::input::{self, Act, Quantity, Report, Said, Telling, Value, Verb};
use super::statements;
use crate::claim::{Family, Realis};
use crate::event::{Kind, Type};
use crate::gazetteer::{Gazetteer, PlaceKind, Row};
use crate::pack::{Class, Meaning, Pack, Stands};
use crate::value::period::Date;

/// A claim with its roles resolved.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Case<'p> {
    pub(super) report: Head,
    /// The claim. Of its roles it holds those that are denied: all others stand in `parts`.
    pub(super) telling: Telling,
    /// The widest kind that its kind is one of.
    pub(super) root: String,
    /// The kind in the pack.
    #[serde(skip)]
    pub(super) kind: Option<&'p Kind>,
    pub(super) parts: Vec<Part>,
    /// The day the report was published.
    pub(super) published: Option<Date>,
    /// The kinds of the report's other claims that tell of the same amount.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) beside: BTreeSet<String>,
    /// The media that it is taken from.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) media: BTreeSet<String>,
    /// The agency that its report is marked with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agency: Option<String>,
    /// The words of what is said, if it is a statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<String>,
    /// What it counts, if it is a figure that says what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) counted: Option<Counted>,
    /// The claims of its report that hold it in a role.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) held_by: BTreeSet<String>,
    /// The claims of its sentence that tell what it is a part of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) part_of: BTreeSet<String>,
    /// The claims of its sentence that tell its parts.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) parts_told: BTreeSet<String>,
}

/// What a claim's report says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
}

/// A role of a case.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    /// The role; one name for roles that can be exchanged.
    pub(super) role: String,
    pub(super) value: Known,
    #[serde(with = "KeptPart")]
    pub(super) said: input::Part,
}

/// Whether a part tells who says what is said.
pub(super) fn speaks(part: &Part) -> bool {
    part.role == "speaker" && matches!(part.value, Known::Actor(_))
}

/// A part as it is kept. Thousands are read for each thousand reports that come, and a value that
/// names its type first is read in one go, which one of the machine contract is not.
#[derive(Serialize, Deserialize)]
#[serde(remote = "input::Part")]
struct KeptPart {
    role: String,
    text: String,
    start: usize,
    end: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    antecedent: Option<input::Words>,
    #[serde(default)]
    denied: bool,
    #[serde(with = "KeptValue")]
    value: Value,
}

/// A value as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(remote = "input::Value")]
enum KeptValue {
    Actor(input::Actor),
    Thing { name: String, class: Option<String> },
    Quantity(Quantity),
    Place(input::Place),
    Period(input::Period),
    Text { text: String },
    Claim { id: String },
}

/// A value as far as it is known. What it is made of is kept under short names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Known {
    Actor(Who),
    Thing {
        class: Option<Class>,
        terms: Terms,
    },
    Quantity(Amount),
    Place(Where),
    Period(When),
    /// Words, or another claim: what a request is for, what a statement says.
    Content(Terms),
    Nothing,
}

/// What a text speaks of: classes of its nouns, countries, and the beginnings of other long words.
pub(super) type Terms = BTreeSet<String>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Who {
    /// The actor over all reports, by its identifier.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub(super) actor: Option<String>,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<Class>,
    /// The country's code.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
    /// The country that it acts for, where it is one or one of its government.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub(super) acts_for: Option<String>,
    /// Whether it is one of a country's government, forces or police.
    #[serde(rename = "s", default, skip_serializing_if = "input::is_false")]
    pub(super) serves: bool,
    /// Whether it is a country.
    #[serde(rename = "i", default, skip_serializing_if = "input::is_false")]
    pub(super) is_country: bool,
    /// Whether it is somebody who is named.
    #[serde(rename = "p", default, skip_serializing_if = "input::is_false")]
    pub(super) is_person: bool,
}

/// An amount in the base unit of its measure, where it has one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Amount {
    #[serde(rename = "l")]
    pub(super) low: f64,
    #[serde(rename = "h")]
    pub(super) high: f64,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub(super) measure: Option<String>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<String>,
    /// Whether it is told as one number that is not round.
    #[serde(rename = "e", default, skip_serializing_if = "input::is_false")]
    pub(super) exact: bool,
    /// The numbers and the unit as they are told: eleven tons are not twelve, whatever a ton is.
    #[serde(rename = "t")]
    told: (f64, f64, Option<String>),
}

impl Amount {
    /// Whether two amounts can be the same.
    pub(super) fn meets(&self, other: &Amount) -> bool {
        let ((low, high, unit), (from, to, as_told)) = (&self.told, &other.told);
        match unit == as_told {
            true => low <= to && from <= high,
            false => self.low <= other.high && other.low <= self.high,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Where {
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<Row>,
    /// The regions and the country it lies in.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) within: Vec<Row>,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<PlaceKind>,
    #[serde(rename = "n")]
    pub(super) name: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct When {
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub(super) first: Option<Date>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<Date>,
    #[serde(rename = "e")]
    pub(super) edtf: String,
    /// A month whose year is not known.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub(super) month: Option<i8>,
}

impl When {
    /// How many days it may be, where both ends are known.
    pub(super) fn days(&self) -> Option<i32> {
        Some((self.last? - self.first?).get_days() + 1)
    }
}

/// The claims of a report that count, in the order of its text.
pub(super) fn cases<'p>(
    pack: &'p Pack,
    gazetteer: &Gazetteer,
    acts: &[Act],
    cast: &Cast,
    report: &Report,
) -> Vec<Case<'p>> {
    let index = Index::of(report);
    let resolver = Resolver { pack, gazetteer, cast, index: &index };
    let agency = resolver.agency(report);
    let mut held_by: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for outer in &report.claims {
        for part in &outer.roles {
            if let Value::Claim { id } = &part.value {
                held_by.entry(id).or_default().insert(outer.id.clone());
            }
        }
    }
    let resolve = |telling: &Telling| Case {
        agency: agency.clone(),
        held_by: held_by.get(telling.id.as_str()).cloned().unwrap_or_default(),
        ..resolver.case(report, telling)
    };
    let case = |told: &Telling| {
        let kind = pack.kinds.by_name(&told.kind);
        let corrected = correct::telling(gazetteer, acts, &report.id, told, kind);
        resolve(corrected.as_ref().unwrap_or(told))
    };
    let kept = report.claims.iter().filter(|telling| !rejected(acts, report, telling));
    let mut cases: Vec<Case<'p>> = kept.map(case).collect();
    find_parts(pack, gazetteer, &mut cases);
    cases
}

/// Finds the deeds that are parts of others: a raid and the arrests that its sentence tells, where
/// nothing that both tell is at odds.
fn find_parts(pack: &Pack, gazetteer: &Gazetteer, cases: &mut [Case<'_>]) {
    let mut sentences: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        let told = case.told() == Told::Done && !case.telling.denied;
        if told && case.telling.family == Family::Event {
            sentences.entry((case.telling.start, case.telling.end)).or_default().push(at);
        }
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for sentence in sentences.values() {
        for &whole in sentence {
            let kinds = cases[whole].kind.map(|kind| kind.parts.as_slice()).unwrap_or_default();
            let parts = sentence.iter().filter(|&&part| kinds.contains(&cases[part].root));
            let agree = |part: &&usize| {
                let roles = compare::roles(pack, gazetteer, &cases[whole], &cases[**part]);
                roles.iter().all(|(_, found)| found.weighed != Weighed::Conflict)
            };
            found.extend(parts.filter(agree).map(|&part| (whole, part)));
        }
    }
    for (whole, part) in found.into_iter().filter(|(whole, part)| whole != part) {
        let (outer, inner) = (cases[whole].id().to_owned(), cases[part].id().to_owned());
        cases[whole].parts_told.insert(inner);
        cases[part].part_of.insert(outer);
    }
}

/// Whether a person said that a report does not say this.
fn rejected(acts: &[Act], report: &Report, telling: &Telling) -> bool {
    acts.iter().filter(|act| act.verb == Verb::Reject).flat_map(|act| &act.anchors).any(|anchor| {
        anchor.report == report.id
            && (anchor.start, anchor.end) == (telling.trigger.start, telling.trigger.end)
            && anchor.kind.as_ref() == Some(&telling.kind)
    })
}

/// The posts whose holders a report's claims may leave unnamed: for these it matters who is told to hold
/// them.
pub(super) fn posts_sought(report: &Report) -> BTreeSet<&str> {
    let parts = report.claims.iter().flat_map(|telling| &telling.roles);
    let posts = parts.filter_map(|part| match &part.value {
        Value::Actor(said) => said.office.as_deref().filter(|_| said.extent.is_none()),
        _ => None,
    });
    posts.collect()
}

/// The day a report was published, where it says so to the day.
pub(super) fn published(report: &Report) -> Option<Date> {
    report.published.as_ref()?.get(..10)?.parse().ok()
}

struct Resolver<'p, 'a> {
    pack: &'p Pack,
    gazetteer: &'a Gazetteer,
    cast: &'a Cast,
    index: &'a Index<'a>,
}

/// What a report mentions and claims, by where: a report may claim ten thousand things, and each asks
/// what stands around it.
struct Index<'r> {
    mentions: BTreeMap<usize, Vec<&'r input::Mention>>,
    /// Claims by where their trigger starts.
    triggers: BTreeMap<usize, Vec<&'r Telling>>,
    /// Claims by their sentence.
    sentences: BTreeMap<(usize, usize), Vec<&'r Telling>>,
}

impl<'r> Index<'r> {
    fn of(report: &'r Report) -> Index<'r> {
        let mut index = Index {
            mentions: BTreeMap::new(),
            triggers: BTreeMap::new(),
            sentences: BTreeMap::new(),
        };
        for mention in &report.mentions {
            index.mentions.entry(mention.start).or_default().push(mention);
        }
        for telling in &report.claims {
            index.triggers.entry(telling.trigger.start).or_default().push(telling);
            index.sentences.entry((telling.start, telling.end)).or_default().push(telling);
        }
        index
    }

    /// The mentions within the words of a role.
    fn mentions(&self, part: &input::Part) -> impl Iterator<Item = &'r input::Mention> {
        let (start, end) = (part.start, part.end);
        let near = self.mentions.range(start..=end.max(start)).flat_map(|(_, all)| all).copied();
        near.filter(move |mention| mention.end <= end)
    }

    /// The claims whose triggers stand within the words of a role.
    fn claims(&self, part: &input::Part) -> impl Iterator<Item = &'r Telling> {
        let (start, end) = (part.start, part.end);
        let near = self.triggers.range(start..=end.max(start)).flat_map(|(_, all)| all).copied();
        near.filter(move |telling| telling.trigger.end <= end)
    }

    /// The claims of one sentence.
    fn beside(&self, telling: &Telling) -> &[&'r Telling] {
        self.sentences.get(&(telling.start, telling.end)).map_or(&[], Vec::as_slice)
    }
}

impl<'p> Resolver<'p, '_> {
    fn case(&self, report: &Report, telling: &Telling) -> Case<'p> {
        let pack = self.pack;
        let kind = pack.kinds.by_name(&telling.kind);
        let parts = telling.roles.iter().filter(|part| !part.denied);
        let parts = parts.map(|part| Part {
            role: exchangeable(&part.role).to_owned(),
            value: self
                .value(part, is_open(kind, &part.role))
                .with(kinds_within(pack, self.index, telling, part))
                .with(kind_asked_for(pack, part)),
            said: part.clone(),
        });
        let head = Head {
            id: report.id.clone(),
            outlet: report.outlet.clone(),
            published: report.published.clone(),
        };
        let mut case = Case {
            report: head,
            telling: telling.clone(),
            root: root(pack, &telling.kind),
            kind,
            parts: parts.collect(),
            published: published(report),
            beside: beside(self.index, telling),
            media: self.media(&telling.attribution),
            agency: None,
            words: statements::words(telling),
            counted: None,
            held_by: BTreeSet::new(),
            part_of: BTreeSet::new(),
            parts_told: BTreeSet::new(),
        };
        self.find_holders(&mut case);
        case.counted = figures::counted(&case);
        name_whose(&mut case);
        case.telling.roles.retain(|part| part.denied);
        case
    }

    /// Finds out who an unnamed holder of a post is: the one of those whom the report names with that
    /// post who plays no other part in the claim. A president who calls on a president is the other one.
    fn find_holders(&self, case: &mut Case<'_>) {
        let others: Vec<String> = case
            .parts
            .iter()
            .filter_map(|part| match &part.value {
                Known::Actor(who) => who.actor.clone(),
                _ => None,
            })
            .collect();
        for part in &mut case.parts {
            let (Known::Actor(who), Value::Actor(said)) = (&mut part.value, &part.said.value)
            else {
                continue;
            };
            let Some(post) =
                said.office.as_ref().filter(|_| who.actor.is_none() && said.extent.is_none())
            else {
                continue;
            };
            let holds = |actor: &&Actor| {
                let of = |country: &String| actor.country.as_ref() == Some(country);
                actor.offices.iter().any(|office| office.post == *post)
                    && who.country.as_ref().is_none_or(of)
            };
            let others_left = self.cast.actors().filter(|actor| !others.contains(&actor.id));
            let mut fitting = others_left.filter(holds);
            if let (Some(actor), None) = (fitting.next(), fitting.next()) {
                who.actor = Some(actor.id.clone());
                who.country.clone_from(&actor.country);
                let governs = who
                    .class
                    .is_some_and(|class| self.pack.classes.plover(class) == Some(GOVERNMENT));
                who.acts_for = actor.country.clone().filter(|_| governs);
            }
        }
    }

    /// A role's value; `open` says that the role takes whatever is asked for, said or meant.
    fn value(&self, part: &input::Part, open: bool) -> Known {
        match &part.value {
            Value::Actor(actor) => Known::Actor(self.who(part, actor)),
            Value::Thing { .. } if open => Known::Content(self.spoken_of(part)),
            Value::Thing { name, class } => Known::Thing {
                class: class.as_deref().and_then(|class| self.pack.classes.by_name(class)),
                terms: words(name).union(&self.named(part)).cloned().collect(),
            },
            Value::Quantity(quantity) => {
                self.amount(quantity).map_or(Known::Nothing, Known::Quantity)
            }
            Value::Place(place) => Known::Place(self.place(place)),
            Value::Period(period) => Known::Period(when(period)),
            Value::Text { .. } | Value::Claim { .. } => Known::Content(self.spoken_of(part)),
        }
    }

    fn who(&self, part: &input::Part, actor: &input::Actor) -> Who {
        let antecedent = part.antecedent.as_ref();
        let known = antecedent
            .and_then(|words| self.cast.at(words.start, words.end))
            .or_else(|| self.cast.at(part.start, part.end))
            .or_else(|| self.cast.called(part.start, part.end, &actor.name));
        let class = |name: Option<&str>| name.and_then(|name| self.pack.classes.by_name(name));
        let own = class(actor.class.as_deref());
        let class = match own {
            Some(own) if !self.pack.classes.is_default(Some(own)) => Some(own),
            _ => known.and_then(|known| class(known.class.as_deref())).or(own),
        };
        let country =
            actor.country.clone().or_else(|| known.and_then(|known| known.country.clone()));
        let is_country = known.is_some_and(|known| known.is_country)
            || class.is_some() && class == self.pack.classes.standing_for(Stands::Country);
        let governs =
            class.is_some_and(|class| self.pack.classes.plover(class) == Some(GOVERNMENT));
        let code = class.and_then(|class| self.pack.classes.plover(class));
        let serves = code.is_some_and(|code| SERVING.contains(&code));
        let acts_for = (is_country || governs).then(|| country.clone()).flatten();
        let itself = || is_country.then(|| self.cast.country(country.as_deref()?)).flatten();
        let actor = known.or_else(itself).map(|actor| actor.id.clone());
        let is_person = known.is_some_and(|known| known.sort == Sort::Person);
        Who { actor, class, country, acts_for, serves, is_country, is_person }
    }

    fn amount(&self, quantity: &Quantity) -> Option<Amount> {
        let (low, high) = match (quantity.low, quantity.high) {
            (Some(low), Some(high)) => (low, high),
            // "More than six" is seldom more than half as much again.
            (Some(low), None) => (low, low * 1.5),
            (None, Some(high)) => (high / 1.5, high),
            (None, None) => return None,
        };
        let wide = if quantity.approximate { 0.1 } else { 0.0 };
        let unit = quantity.unit.as_deref();
        let known = unit.and_then(|unit| self.pack.unit(unit));
        let (least, most) = known.and_then(|unit| unit.factor).unwrap_or((1.0, 1.0));
        let measure = match known {
            Some(known) if known.factor.is_some() => Some(known.measure.clone()),
            _ => unit.map(str::to_owned),
        };
        let (low, high) = (low * (1.0 - wide), high * (1.0 + wide));
        let told_as = (low, high, quantity.unit.clone());
        let (low, high) = (low * least, high * most);
        let told = quantity.low.zip(quantity.high);
        let exact = told.is_some_and(|(low, high)| low == high && figures::telling(low));
        let exact = exact && !quantity.approximate;
        Some(Amount { low, high, measure, of: quantity.of.clone(), exact, told: told_as })
    }

    fn place(&self, place: &input::Place) -> Where {
        let name = place.entry.as_ref().unwrap_or(&place.name).clone();
        let mut rows = self.gazetteer.find(&name).map(|(row, _)| self.gazetteer.entry(row));
        let entry = rows.find(|entry| {
            place.entry.is_some()
                && entry.name == name
                && entry.geonameid == place.geonameid
                && place.kind.as_deref() == Some(entry.kind.name())
        });
        let Some(entry) = entry else { return Where { name, ..Where::default() } };
        let country = self.gazetteer.country(entry.country).filter(|row| *row != entry.row);
        let within = entry.region2.into_iter().chain(entry.region1).chain(country).collect();
        Where { row: Some(entry.row), within, kind: Some(entry.kind), name }
    }

    /// What the words of a role speak of. A country is one, whatever it is called: "American", "U.S.".
    fn spoken_of(&self, part: &input::Part) -> Terms {
        let mut letters: Vec<char> = part.text.chars().collect();
        let mut countries = Terms::new();
        for mention in self.index.mentions(part) {
            let Value::Place(place) = &mention.value else { continue };
            let is_country = place.kind.as_deref() == Some(PlaceKind::Country.name());
            if let (false, Some(entry)) = (is_country, &place.entry) {
                countries.insert(format!("!{entry}"));
            }
            if let (true, Some(code)) = (is_country, &place.country)
                && let Some(words) =
                    letters.get_mut(mention.start - part.start..mention.end - part.start)
            {
                words.fill(' ');
                countries.insert(format!("={code}"));
            }
        }
        // Whose reward, and how much of it, tells one reward from another.
        let named = self.index.mentions(part).filter_map(|mention| {
            let Value::Actor(actor) = &mention.value else { return None };
            let found = self.cast.at(mention.start, mention.end)?;
            let named = actor.form == "name" && !found.is_country;
            named.then(|| format!("!{}", found.id))
        });
        countries.extend(named);
        let digits = part.text.split(|letter: char| !letter.is_ascii_digit());
        countries
            .extend(digits.filter(|digits| !digits.is_empty()).map(|digits| format!("0{digits}")));
        let rest: String = letters.into_iter().collect();
        countries.extend(self.terms(&rest));
        countries
    }

    /// What a text speaks of.
    fn terms(&self, text: &str) -> Terms {
        let words =
            text.split(|letter: char| !(letter.is_alphanumeric() || "'’.-".contains(letter)));
        words.filter_map(|word| self.term(word.trim_matches(['.', '\'', '’', '-']))).collect()
    }

    /// The names among the words of a thing: "a new prison in Babahoyo".
    fn named(&self, part: &input::Part) -> Terms {
        let terms = self.spoken_of(part).into_iter();
        terms.filter(|term| term.starts_with(['!', '='])).map(|term| format!("!{term}")).collect()
    }

    fn term(&self, word: &str) -> Option<String> {
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        if word.starts_with(char::is_uppercase) {
            let mut rows = self.gazetteer.find(word).map(|(row, _)| self.gazetteer.entry(row));
            if let Some(country) = rows.find(|entry| entry.kind == PlaceKind::Country) {
                return Some(format!("={}", country.country));
            }
        }
        let lower = word.to_lowercase();
        if let Some(Meaning::Class(class)) = self.pack.nouns.nouns.get(&lower) {
            return Some(format!("#{}", self.pack.classes.name(class)));
        }
        (lower.chars().count() > 4).then(|| lower.chars().take(6).collect())
    }

    /// The media among those who say so.
    fn media(&self, said: &[Said]) -> BTreeSet<String> {
        let is_media = |said: &&Said| {
            let class = said.class.as_deref().and_then(|class| self.pack.classes.by_name(class));
            class.is_some_and(|class| self.pack.classes.plover(class) == Some(PRESS))
        };
        let named = said.iter().filter(is_media).map(|said| said.name.as_str());
        let named = named.chain(said.iter().filter_map(|said| said.via.as_deref()));
        let named = named.filter(|name| name.starts_with(char::is_uppercase));
        named.map(|name| self.usual(name)).collect()
    }

    /// The agency that a report's first lines are marked with: "QUITO (AP) —".
    fn agency(&self, report: &Report) -> Option<String> {
        let first = report.passages.iter().take(2);
        first
            .filter_map(|passage| atalaya_read::agency(passage))
            .map(|name| self.usual(&name))
            .next()
    }

    /// A medium's name in full, in small letters: "AP" is the Associated Press.
    fn usual(&self, name: &str) -> String {
        let known = self.pack.nouns.names.get(name).map(|at| self.pack.nouns.known[at].is.as_str());
        known.unwrap_or(name).to_lowercase()
    }
}

/// Whether a role takes words or claims: what is asked for, said or meant.
fn is_open(kind: Option<&Kind>, role: &str) -> bool {
    let kind = kind.filter(|kind| kind.family != Family::Figure);
    let types = kind.and_then(|kind| kind.roles.iter().find(|(name, _)| name == role));
    types
        .is_some_and(|(_, types)| types.iter().any(|kind| matches!(kind, Type::Text | Type::Claim)))
}

/// Adds to what is asked for the country that it is asked of: "U.S. aid" is "foreign aid" asked of the
/// United States.
fn name_whose(case: &mut Case<'_>) {
    let actors = case.kind.into_iter().flat_map(|kind| &kind.roles);
    let mut actors = actors.filter(|(_, types)| types.contains(&Type::Actor));
    let first = actors.next().map(|(name, _)| name.clone());
    let asked = case.parts.iter().filter(|part| Some(&part.said.role) != first.as_ref());
    let countries: Terms = asked
        .filter_map(|part| match &part.value {
            Known::Actor(who) => who.acts_for.as_ref().map(|code| format!("={code}")),
            _ => None,
        })
        .collect();
    for part in &mut case.parts {
        if let Known::Content(terms) = &mut part.value {
            terms.extend(countries.iter().cloned());
        }
    }
}

/// The beginnings of a name's words, without short ones.
fn words(name: &str) -> Terms {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 2);
    long.map(|word| word.chars().take(6).collect()).collect()
}

/// PLOVER's codes of governments, of those who serve a country, and of the press.
const GOVERNMENT: &str = "GOV";
const SERVING: [&str; 3] = [GOVERNMENT, "MIL", "COP"];
const PRESS: &str = "JRN";

/// One name for roles that can be exchanged: `a` met `b`, `side_a` fought `side_b`.
fn exchangeable(role: &str) -> &str {
    match role {
        "a" | "b" => "a",
        "side_a" | "side_b" => "side_a",
        other => other,
    }
}

/// The widest kind that a kind is one of.
fn root(pack: &Pack, kind: &str) -> String {
    let mut name = kind.to_owned();
    // A pack with a ring of kinds would be refused; the bound costs nothing.
    for _ in 0..8 {
        match pack.kinds.by_name(&name).and_then(|kind| kind.broader.clone()) {
            Some(broader) => name = broader,
            None => break,
        }
    }
    name
}

/// The kinds of a report's other claims that tell of a figure's amount.
fn beside(index: &Index<'_>, telling: &Telling) -> BTreeSet<String> {
    if telling.family != Family::Figure {
        return BTreeSet::new();
    }
    let spans: Vec<(usize, usize)> =
        telling.roles.iter().map(|part| (part.start, part.end)).collect();
    let shares = |other: &&&Telling| {
        !matches!(other.family, Family::Figure | Family::Statement)
            && other
                .roles
                .iter()
                .any(|part| spans.iter().any(|&(start, end)| part.start < end && start < part.end))
    };
    index.beside(telling).iter().filter(shares).map(|other| other.kind.clone()).collect()
}

fn when(period: &input::Period) -> When {
    let day = |day: &Option<String>| day.as_ref().and_then(|day| day.parse().ok());
    let month = period.edtf.strip_prefix("XXXX-").filter(|month| month.len() == 2);
    When {
        first: day(&period.first),
        last: day(&period.last),
        edtf: period.edtf.clone(),
        month: month.and_then(|month| month.parse().ok()),
    }
}

impl Case<'_> {
    /// Its place among others: by the day it was, else that it was told, then by its identifier. What
    /// tells no day stands last.
    pub(super) fn order(&self) -> String {
        let day = self.when().and_then(|when| when.first).or(self.published);
        day.map_or_else(|| "~".to_owned(), |day| day.to_string())
    }

    pub(super) fn id(&self) -> &str {
        &self.telling.id
    }

    /// Whether it is told as so, as to come, or as no more than possible.
    pub(super) fn told(&self) -> Told {
        match self.telling.realis {
            Realis::Happened | Realis::Ongoing => Told::Done,
            Realis::Planned | Realis::Requested | Realis::Attempted => Told::Ahead,
            Realis::Possible | Realis::Hypothetical => Told::Maybe,
        }
    }

    /// Its parts of a role.
    pub(super) fn role<'r>(&'r self, role: &'r str) -> impl Iterator<Item = &'r Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }

    /// When it was, as told.
    pub(super) fn when(&self) -> Option<&When> {
        self.parts.iter().find_map(|part| match &part.value {
            Known::Period(when) => Some(when),
            _ => None,
        })
    }

    /// Its roles, each once, in order.
    pub(super) fn roles(&self) -> Vec<&str> {
        let mut roles: Vec<&str> = Vec::new();
        for part in &self.parts {
            if !roles.contains(&part.role.as_str()) {
                roles.push(&part.role);
            }
        }
        roles
    }

    /// Whether its kind needs a role.
    pub(super) fn needs(&self, role: &str) -> bool {
        self.kind.is_some_and(|kind| kind.all.iter().any(|name| exchangeable(name) == role))
    }

    /// Whether its kind hangs on a role: without it, it would say too little.
    pub(super) fn hangs_on(&self, role: &str) -> bool {
        let required = self.kind.into_iter().flat_map(|kind| kind.all.iter().chain(&kind.any));
        required.into_iter().any(|name| exchangeable(name) == role)
    }

    /// Whether its kind harms people.
    pub(super) fn harms(&self) -> bool {
        self.kind.is_some_and(|kind| kind.casualties)
    }

    /// The blocks it is looked for in: what can tell two claims of one kind from others is shared by
    /// those that are one. Nothing unknown is among it.
    pub(super) fn blocks(&self) -> BTreeSet<String> {
        let of = |keys: Vec<String>, root: &str| -> BTreeSet<String> {
            keys.into_iter().map(|key| format!("{root}|{key}")).collect()
        };
        match self.telling.family {
            Family::Statement => of(statements::runs(self), "said"),
            Family::Figure => match &self.counted {
                Some(counted) => of(figures::signs(self, counted), &counted.measure),
                None => BTreeSet::new(),
            },
            _ => {
                let mut keys = vec![self.telling.text.clone()];
                keys.extend(self.parts.iter().flat_map(|part| part.value.tells(&part.role)));
                keys.extend(self.states());
                of(keys, &self.root)
            }
        }
    }

    /// Every two states that act in it: who acts for them may be told by other words.
    fn states(&self) -> Vec<String> {
        let states: BTreeSet<(&str, &str)> = self
            .parts
            .iter()
            .filter_map(|part| match &part.value {
                Known::Actor(who) => Some((part.role.as_str(), who.acts_for.as_deref()?)),
                _ => None,
            })
            .collect();
        let pairs = states.iter().enumerate().flat_map(|(at, one)| {
            states.iter().skip(at + 1).map(move |other| format!("{one:?} {other:?}"))
        });
        pairs.collect()
    }
}

/// How a claim is told: what is planned is not what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    Done,
    Ahead,
    Maybe,
}

/// The kinds of the claims that the words of a role make: what is asked for when troops are asked for.
fn kinds_within(pack: &Pack, index: &Index<'_>, telling: &Telling, part: &input::Part) -> Terms {
    let within = |other: &&Telling| {
        other.id != telling.id && !matches!(other.family, Family::Figure | Family::Statement)
    };
    let kinds = index.claims(part).filter(within);
    kinds.map(|other| format!("@{}", root(pack, &other.kind))).collect()
}

/// The kind that the words of a role tell of by themselves: "military assistance" and "to help fight
/// the gangs" ask for one thing, though neither tells of it as done.
fn kind_asked_for(pack: &Pack, part: &input::Part) -> Option<String> {
    let kind = match &part.value {
        Value::Thing { name, .. } => {
            let name = name.to_lowercase();
            pack.kinds.of_noun(&name.split(' ').collect::<Vec<_>>())
        }
        // A verb stands first, or after the word that joins it to what is asked.
        Value::Text { .. } | Value::Claim { .. } => {
            let words = part.text.split(' ').take(2);
            words.filter_map(|word| pack.kinds.of_verb(word)).next()
        }
        _ => None,
    };
    kind.map(|kind| format!("@{}", root(pack, &kind.name)))
}

impl Known {
    /// The actor that it is, by its identifier.
    pub(super) fn actor(&self) -> Option<&str> {
        match self {
            Known::Actor(who) => who.actor.as_deref(),
            _ => None,
        }
    }

    /// What is spoken of, with the kinds of claims that it makes.
    fn with(self, kinds: impl IntoIterator<Item = String>) -> Known {
        match self {
            Known::Content(mut terms) => {
                terms.extend(kinds);
                Known::Content(terms)
            }
            other => other,
        }
    }

    /// What tells a claim from others of its kind, if another has it too.
    pub(super) fn tells(&self, role: &str) -> Vec<String> {
        match self {
            Known::Actor(who) => {
                let actor = who.actor.as_ref().map(|actor| format!("{role} actor {actor}"));
                actor.into_iter().collect()
            }
            Known::Thing { terms, .. } | Known::Content(terms) => {
                let own = terms.iter().filter(|term| !term.starts_with(['=', '#']));
                own.map(|term| format!("{role} {term}")).collect()
            }
            Known::Quantity(amount) if amount.exact => {
                vec![format!("{role} {:?}", amount.told)]
            }
            Known::Place(place) => {
                let wide =
                    [Some(PlaceKind::Country), Some(PlaceKind::Sea), Some(PlaceKind::Region)];
                let narrow = place.row.filter(|_| !wide.contains(&place.kind));
                narrow.map(|row| format!("place {row:?}")).into_iter().collect()
            }
            Known::Period(when) => {
                let day = when.first.map(|day| format!("{role} {}-{:02}", day.year(), day.month()));
                let month = when.month.map(|month| format!("{role} month {month}"));
                day.into_iter().chain(month).collect()
            }
            Known::Quantity(_) | Known::Nothing => Vec::new(),
        }
    }
}
