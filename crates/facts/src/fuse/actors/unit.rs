//! Units: what all reports tell of one name, of one country and sort; what actors are put together from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::names::Name;
use super::node::{Key, Node};
use super::{CURRENT, Office};
use crate::fuse::judgement::Reason;
use crate::fuse::web::short;
use crate::gazetteer::{Gazetteer, Row};
use crate::pack::{Class, Pack};

/// What one report tells of one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Share {
    /// The unit's identifier.
    pub(super) unit: String,
    /// The unit's home: what all that belongs to it have in common.
    home: Home,
    /// Where it is mentioned.
    pub(super) spans: Vec<(usize, usize)>,
    /// By which names, how often.
    pub(super) names: BTreeMap<String, usize>,
    class: Option<String>,
    offices: BTreeSet<Office>,
    /// The countries that its report speaks of, where it has none itself.
    spoken: BTreeSet<String>,
    /// Whether it is a mention of its own, and not just a name in a claim.
    founds: bool,
}

/// What all members of a unit have in common.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Home {
    key: Option<Key>,
    entry: Option<Row>,
    country: Option<String>,
    is_place: bool,
    /// Whether their class says no more than what sort of name it is.
    vague: bool,
    person: bool,
    /// The words of the fullest name.
    name: String,
    /// The report and place, of what stands by itself: a surname alone, or what a person decided on.
    alone: Option<String>,
}

/// What all reports tell of one name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Unit {
    home: Home,
    /// Its names, with how often.
    pub(super) names: BTreeMap<String, usize>,
    classes: BTreeMap<String, usize>,
    offices: Vec<(Office, usize)>,
    spoken: BTreeMap<String, usize>,
    /// How many reports tell of it by more than a name in a claim.
    pub(super) founded: usize,
    /// How many reports tell of it.
    pub(super) shares: usize,
    /// Its names, taken apart.
    #[serde(skip)]
    pub(super) parsed: Vec<Name>,
}

impl Share {
    /// What a node tells, of which unit. `decided` says that a person decided something on it.
    pub(super) fn of(
        pack: &Pack,
        gazetteer: &Gazetteer,
        report: &str,
        node: Node,
        decided: bool,
    ) -> Share {
        let mut names: Vec<(&String, Name)> =
            node.names.keys().map(|name| (name, Name::of(pack, gazetteer, name))).collect();
        names.sort_by_key(|(name, parsed)| {
            let words = parsed.whole().split(' ').count();
            (std::cmp::Reverse((words, name.len())), (*name).clone())
        });
        let fullest = names.first().map(|(_, parsed)| parsed);
        let named = fullest.is_some_and(|name| name.shown.contains(' '));
        // One word may be anybody's surname.
        let surname = node.key.is_none() && node.person && !named;
        let alone = (surname || decided).then(|| format!("{report} {}", node.spans[0].0));
        let home = match &node.key {
            Some(key) => Home { alone, ..Home::of(gazetteer, key) },
            None => Home {
                key: None,
                entry: node.entry,
                country: node.country.clone(),
                is_place: node.is_place,
                vague: node.vague,
                person: node.person,
                name: fullest.map(Name::whole).unwrap_or_default(),
                alone,
            },
        };
        let class = node.class.map(|class| pack.classes.name(class).to_owned());
        let Node { spans, names, offices, mut spoken, founds, .. } = node;
        if home.country.is_some() || home.key.is_some() {
            spoken.clear();
        }
        Share { unit: home.id(), home, spans, names, class, offices, spoken, founds }
    }

    /// The names that it is told by.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.names.keys()
    }
}

impl Home {
    /// What is one on the map or by its post is one whatever else is told of it.
    fn of(gazetteer: &Gazetteer, key: &Key) -> Home {
        let entry = match key {
            Key::Country(code) => gazetteer.country(code),
            Key::Place(row, _) => Some(*row),
            Key::Government(_) | Key::Holder(..) => None,
        };
        let country = match key {
            Key::Country(code) | Key::Government(code) | Key::Holder(_, code) => Some(code.clone()),
            Key::Place(row, _) => Some(gazetteer.entry(*row).country.to_owned()),
        };
        Home {
            key: Some(key.clone()),
            is_place: entry.is_some(),
            entry,
            country: country.filter(|code| !code.is_empty()),
            person: matches!(key, Key::Holder(..)),
            ..Home::default()
        }
    }

    fn id(&self) -> String {
        short(&format!("{self:?}"))
    }
}

impl Unit {
    /// Adds what a report tells.
    pub(super) fn add(&mut self, share: &Share) {
        if self.shares == 0 {
            self.home = share.home.clone();
        }
        self.count(share, 1);
    }

    /// Takes away what a report told.
    pub(super) fn take(&mut self, share: &Share) {
        self.count(share, -1);
    }

    fn count(&mut self, share: &Share, by: isize) {
        let turn = |count: &mut usize, by: isize| *count = count.saturating_add_signed(by);
        for (name, times) in &share.names {
            let times = isize::try_from(*times).unwrap_or(isize::MAX);
            turn(self.names.entry(name.clone()).or_default(), by * times);
        }
        self.names.retain(|_, count| *count > 0);
        if let Some(class) = &share.class {
            turn(self.classes.entry(class.clone()).or_default(), by);
        }
        self.classes.retain(|_, count| *count > 0);
        for office in &share.offices {
            match self.offices.binary_search_by(|(known, _)| known.cmp(office)) {
                Ok(at) => turn(&mut self.offices[at].1, by),
                Err(at) => self.offices.insert(at, (office.clone(), usize::from(by > 0))),
            }
        }
        self.offices.retain(|(_, count)| *count > 0);
        for country in &share.spoken {
            turn(self.spoken.entry(country.clone()).or_default(), by);
        }
        self.spoken.retain(|_, count| *count > 0);
        turn(&mut self.founded, by * isize::from(share.founds));
        turn(&mut self.shares, by);
    }

    /// With its names taken apart.
    pub(super) fn parsed(mut self, pack: &Pack, gazetteer: &Gazetteer) -> Unit {
        if self.home.key.is_none() {
            self.parsed = self.names.keys().map(|name| Name::of(pack, gazetteer, name)).collect();
        }
        self
    }

    /// What others are judged by: the same as long as no more than numbers change.
    pub(super) fn shape(&self) -> impl PartialEq + use<> {
        (
            self.home.clone(),
            self.names.keys().cloned().collect::<Vec<_>>(),
            self.classes.keys().cloned().collect::<Vec<_>>(),
            self.offices.iter().map(|(office, _)| office.clone()).collect::<Vec<_>>(),
            self.spoken.keys().cloned().collect::<Vec<_>>(),
            self.founded > 0,
        )
    }

    /// The blocks it is looked for in. A surname alone stands in those of its posts: whom it stands for
    /// is found by what it asks.
    pub(super) fn blocks(&self) -> BTreeSet<String> {
        if let Some(key) = &self.home.key {
            return BTreeSet::from([format!("key {key:?}")]);
        }
        let words: Vec<&str> = self.parsed.iter().filter_map(Name::only).collect();
        let posts = self.offices.iter().map(|(office, _)| &office.post);
        let held =
            posts.flat_map(|post| words.iter().map(move |word| format!("post {post} {word}")));
        let mut blocks: BTreeSet<String> = held.collect();
        if !(self.is_person() && words.len() == self.parsed.len()) {
            blocks.extend(self.parsed.iter().flat_map(Name::blocks));
        }
        blocks
    }

    /// Its place in its blocks: those of one name stand together.
    pub(super) fn order(&self) -> String {
        let country = self.home.country.as_deref().unwrap_or("-");
        format!("{} {country}", self.home.name)
    }

    /// The words under which those who could be called so for short are looked up.
    pub(super) fn asks(&self) -> BTreeSet<String> {
        if self.home.key.is_some() {
            return BTreeSet::new();
        }
        let only = self.parsed.iter().filter_map(Name::only).map(|word| format!("part {word}"));
        let untold = self.home.country.is_none() && !self.is_person();
        let whole = self.parsed.iter().map(|name| format!("of {}", name.whole()));
        only.chain(whole.filter(|_| untold)).collect()
    }

    /// The words by which it could be called for short.
    pub(super) fn answers(&self) -> BTreeSet<String> {
        if self.home.key.is_some() {
            return BTreeSet::new();
        }
        let later = self.parsed.iter().flat_map(Name::later).map(|word| format!("part {word}"));
        let told = self.home.country.is_some() && !self.is_person();
        let whole = self.parsed.iter().map(|name| format!("of {}", name.whole()));
        later.chain(whole.filter(|_| told)).collect()
    }

    /// The posts of its country that it is told to hold now.
    pub(super) fn holds(&self) -> BTreeSet<String> {
        let Some(country) = self.home.country.as_ref().filter(|_| self.home.key.is_none()) else {
            return BTreeSet::new();
        };
        let now = self.offices.iter().filter(|(office, _)| office.tense == CURRENT);
        now.map(|(office, _)| format!("{} {country}", office.post)).collect()
    }

    /// The post whose holder it is, without a name.
    pub(super) fn holder(&self) -> Option<(&str, &str)> {
        match &self.home.key {
            Some(Key::Holder(post, country)) => Some((post, country)),
            _ => None,
        }
    }

    pub(super) fn key(&self) -> Option<&Key> {
        self.home.key.as_ref()
    }

    pub(super) fn entry(&self) -> Option<Row> {
        self.home.entry
    }

    pub(super) fn country(&self) -> Option<&String> {
        self.home.country.as_ref()
    }

    pub(super) fn is_place(&self) -> bool {
        self.home.is_place
    }

    pub(super) fn is_person(&self) -> bool {
        self.home.person
    }

    /// Whether more is known of it than that its name is a body's.
    pub(super) fn is_body(&self) -> bool {
        !self.home.person && !self.home.vague
    }

    pub(super) fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.iter().map(|(office, _)| office)
    }

    /// The class that tells most.
    pub(super) fn class(&self, pack: &Pack) -> Option<Class> {
        let classes = self.classes.keys().filter_map(|name| pack.classes.by_name(name));
        classes.reduce(|known, class| super::better(pack, known, class))
    }

    /// Why two cannot be one, whatever they are called.
    pub(super) fn clash(&self, other: &Unit, pack: &Pack) -> Option<Reason> {
        if let (Some(one), Some(two)) = (self.country(), other.country())
            && one != two
        {
            return Some(Reason::new("of two countries", format!("{one}, {two}")));
        }
        if self.is_place() != other.is_place()
            && (self.entry().is_some() || other.entry().is_some())
        {
            return Some(Reason::new("one is a place", ""));
        }
        if let (false, false, Some(one), Some(two)) =
            (self.home.vague, other.home.vague, self.class(pack), other.class(pack))
            && self.is_person() != other.is_person()
        {
            let names = format!("{}, {}", pack.classes.name(one), pack.classes.name(two));
            return Some(Reason::new("of two sorts", names));
        }
        None
    }

    /// The post that two are told to hold.
    pub(super) fn post(&self, other: &Unit) -> Option<Reason> {
        let posts = |unit: &Unit| -> BTreeSet<String> {
            unit.offices().map(|office| office.post.clone()).collect()
        };
        let shared = posts(self).intersection(&posts(other)).next().cloned();
        shared.map(|post| Reason::new("the same post", post))
    }

    /// What besides the name tells that two are one.
    pub(super) fn support(&self, other: &Unit) -> Option<Reason> {
        if let Some(post) = self.post(other) {
            return Some(post);
        }
        match (self.country(), other.country()) {
            (Some(one), Some(two)) if one == two => {
                Some(Reason::new("of the same country", one.clone()))
            }
            (Some(of), None) if other.spoken.contains_key(of) => Some(spoken(of)),
            (None, Some(of)) if self.spoken.contains_key(of) => Some(spoken(of)),
            _ => None,
        }
    }
}

fn spoken(country: &str) -> Reason {
    Reason::new("the report speaks of the country", country)
}
