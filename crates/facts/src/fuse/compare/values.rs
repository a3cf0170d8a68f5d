//! Comparing two values of one role: what agrees, what differs, what cannot both be.

use std::cmp::Reverse;

use crate::fuse::case::{Amount, Known, Part, Terms, When, Where, Who};
use crate::fuse::judgement::Reason;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::pack::Pack;
use crate::value::period::Date;

/// What comparing two values came to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::fuse) struct Found {
    pub(in crate::fuse) weighed: Weighed,
    /// How much it speaks for one thing told twice; below nought, against it.
    pub(in crate::fuse) weight: i32,
    /// How many values agree.
    pub(in crate::fuse) times: usize,
    /// The weight of the value that agrees best.
    pub(in crate::fuse) top: i32,
    /// The sort of value.
    pub(in crate::fuse) sort: &'static str,
    rule: &'static str,
    detail: String,
}

/// What two values are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::fuse) enum Weighed {
    Agree,
    /// Neither the same nor at odds.
    Compatible,
    /// At odds, but people err in it.
    Differ,
    /// Both cannot be true of one occurrence.
    Conflict,
}

impl Found {
    fn new(sort: &'static str, weighed: Weighed, weight: i32, rule: &'static str) -> Found {
        let times = usize::from(weight > 0);
        Found { weighed, weight, times, top: weight, sort, rule, detail: String::new() }
    }

    /// What it comes to in a role that a claim can do without: what a meeting was about can be told
    /// in more than one way.
    pub(in crate::fuse) fn aside(self) -> Found {
        match self.sort {
            CONTENT if self.weight < 1 => {
                Found { weighed: Weighed::Compatible, weight: 0, sort: "aside", ..self }
            }
            _ => self,
        }
    }

    fn agree(sort: &'static str, weight: i32, rule: &'static str) -> Found {
        Found::new(sort, Weighed::Agree, weight, rule)
    }

    /// An agreement on what there is much of: it tells no occurrence from another.
    fn common(sort: &'static str, weight: i32, rule: &'static str) -> Found {
        Found { top: 2, ..Found::agree(sort, weight, rule) }
    }

    fn compatible(sort: &'static str, rule: &'static str) -> Found {
        Found::new(sort, Weighed::Compatible, 0, rule)
    }

    pub(in crate::fuse) fn reason(&self, role: &str) -> Reason {
        Reason::new(self.rule, format!("{role}: {}", self.detail))
    }
}

/// The sort of words and claims that say what is asked for, said or meant.
const CONTENT: &str = "content";

/// Compares the parts of one role of two claims: the best that any two of them come to.
pub(in crate::fuse) fn parts(
    pack: &Pack,
    gazetteer: &Gazetteer,
    ours: &[&Part],
    theirs: &[&Part],
    one_report: bool,
) -> Found {
    // What is wanted may be told in several pieces, which only together say what it is.
    if let (Some(one), Some(other)) = (content(ours), content(theirs)) {
        return detailed(terms(&one, &other, one_report), ours[0], theirs[0]);
    }
    let mut best: Option<Found> = None;
    let (mut weight, mut times, mut top) = (0, 0, 0);
    let mut left: Vec<&Part> = theirs.to_vec();
    for our in ours {
        let found = left.iter().enumerate().map(|(at, their)| {
            (at, detailed(values(pack, gazetteer, &our.value, &their.value), our, their))
        });
        let Some((at, found)) = found.max_by_key(|(at, found)| (rank(found), Reverse(*at))) else {
            break;
        };
        if found.weight > 0 {
            // Each value of theirs can agree with one of ours only.
            left.remove(at);
            weight += found.weight;
            times += 1;
            top = top.max(found.top);
        }
        if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
            best = Some(found);
        }
    }
    let mut best = best.unwrap_or_else(|| Found::compatible("nothing", "nothing to compare"));
    if times > 0 {
        (best.weight, best.times, best.top) = (weight, times, top);
    }
    best
}

fn rank(found: &Found) -> (i32, bool) {
    (found.weight, found.weighed != Weighed::Conflict)
}

fn detailed(mut found: Found, our: &Part, their: &Part) -> Found {
    found.detail = format!("{} / {}", our.said.text, their.said.text);
    found
}

/// What parts speak of together, if they are words, claims or things besides words.
fn content(parts: &[&Part]) -> Option<Terms> {
    let mut all = Terms::new();
    let mut words = false;
    for part in parts {
        match &part.value {
            Known::Content(terms) => {
                words = true;
                all.extend(terms.iter().cloned());
            }
            Known::Thing { terms, .. } => all.extend(terms.iter().cloned()),
            _ => return None,
        }
    }
    (words || parts.first()?.role == "content").then_some(all)
}

pub(in crate::fuse) fn values(
    pack: &Pack,
    gazetteer: &Gazetteer,
    one: &Known,
    other: &Known,
) -> Found {
    match (one, other) {
        (Known::Actor(one), Known::Actor(other)) => actors(pack, one, other),
        (Known::Place(one), Known::Place(other)) => places(gazetteer, one, other),
        (Known::Period(one), Known::Period(other)) => periods(one, other),
        (Known::Quantity(one), Known::Quantity(other)) => amounts(one, other),
        (
            Known::Thing { class: one, terms: ours },
            Known::Thing { class: other, terms: theirs },
        ) => {
            let kin =
                one.zip(*other).map(|(one, other)| pack.classes.narrower(one, other).is_some());
            if ours.intersection(theirs).any(|term| term.starts_with('!')) {
                return Found::agree("thing", 3, "the same thing, with a name");
            }
            match (kin, ours.intersection(theirs).count()) {
                (_, 2..) => Found::common("thing", 3, "the same thing, told by several words"),
                (_, 1) => Found::agree("thing", 2, "the same thing"),
                (Some(true), 0) => Found::agree("thing", 1, "things of one class"),
                (Some(false), 0) => {
                    Found::new("thing", Weighed::Differ, -2, "things of two classes")
                }
                (None, 0) => Found::compatible("thing", "things of which little is known"),
            }
        }
        (Known::Content(one), Known::Content(other)) => terms(one, other, false),
        (Known::Content(ours), Known::Thing { terms: theirs, .. })
        | (Known::Thing { terms: ours, .. }, Known::Content(theirs)) => terms(ours, theirs, false),
        _ => Found::compatible("mixed", "values of two sorts"),
    }
}

fn actors(pack: &Pack, one: &Who, other: &Who) -> Found {
    const SORT: &str = "actor";
    if let (Some(left), Some(right)) = (&one.actor, &other.actor)
        && left == right
    {
        let weight = match (one.is_country, &one.acts_for) {
            (true, _) => 2,
            (false, Some(_)) => 3,
            (false, None) => 4,
        };
        return Found::agree(SORT, weight, "the same actor");
    }
    if one.is_person && other.is_person {
        return Found::new(SORT, Weighed::Differ, -3, "two people");
    }
    if let (Some(left), Some(right)) = (&one.acts_for, &other.acts_for) {
        return if left == right {
            Found::agree(SORT, 2, "both act for one country")
        } else {
            Found::new(SORT, Weighed::Differ, -4, "they act for two countries")
        };
    }
    if let (Some(left), Some(right)) = (&one.country, &other.country)
        && left != right
    {
        return Found::new(SORT, Weighed::Differ, -4, "of two countries");
    }
    if one.actor.is_some() && other.actor.is_some() {
        return Found::new(SORT, Weighed::Differ, -3, "two that are named");
    }
    let vague = |class| pack.classes.is_default(Some(class));
    match (one.class, other.class) {
        (Some(left), Some(right)) if vague(left) || vague(right) => {
            Found::compatible(SORT, "of one is known what sort of name it is")
        }
        (Some(left), Some(right)) if pack.classes.narrower(left, right).is_some() => {
            Found::agree(SORT, 1, "of one class")
        }
        (Some(_), Some(_)) => Found::compatible(SORT, "of two classes"),
        _ => Found::compatible(SORT, "of one nothing is known"),
    }
}

/// What a country and its forces come to, where each tells one of them.
pub(in crate::fuse) fn forces() -> Found {
    Found::agree("actor", 3, "a country and those who act for it")
}

/// Places closer than this, in kilometres, are not told apart.
const NEAR: f64 = 30.0;

fn places(gazetteer: &Gazetteer, one: &Where, other: &Where) -> Found {
    const SORT: &str = "place";
    let (Some(left), Some(right)) = (one.row, other.row) else {
        return match one.row.is_none() && other.row.is_none() && one.name == other.name {
            true => Found::agree(SORT, 2, "places of one name"),
            false => Found::compatible(SORT, "one is not on the map"),
        };
    };
    let weight = |kind: Option<PlaceKind>| match kind {
        Some(PlaceKind::City) => 4,
        Some(PlaceKind::Country | PlaceKind::Region | PlaceKind::Sea) | None => 1,
        Some(_) => 2,
    };
    if left == right {
        return Found::agree(SORT, weight(one.kind), "the same place");
    }
    if one.within.contains(&right) {
        return Found::agree(SORT, weight(other.kind).min(2), "the one lies in the other");
    }
    if other.within.contains(&left) {
        return Found::agree(SORT, weight(one.kind).min(2), "the one lies in the other");
    }
    let wide = |kind| {
        matches!(
            kind,
            Some(
                PlaceKind::Region
                    | PlaceKind::Sea
                    | PlaceKind::River
                    | PlaceKind::Mountains
                    | PlaceKind::Lake
            )
        )
    };
    if wide(one.kind) || wide(other.kind) {
        return Found::compatible(SORT, "one has no borders");
    }
    match gazetteer.entry(left).km(&gazetteer.entry(right)) < NEAR {
        true => Found::agree(SORT, 2, "places near each other"),
        false => Found::new(SORT, Weighed::Conflict, -4, "two places"),
    }
}

fn periods(one: &When, other: &When) -> Found {
    const SORT: &str = "period";
    let month = |when: &When| when.month.or(when.first.filter(|_| short(when)).map(Date::month));
    if (one.month.is_some() || other.month.is_some())
        && let (Some(left), Some(right)) = (month(one), month(other))
    {
        return match left == right {
            true => Found::agree(SORT, 1, "the same month of a year that one does not tell"),
            false => Found::new(SORT, Weighed::Conflict, -4, "two months"),
        };
    }
    let apart = |earlier: &When, later: &When| {
        earlier.last.zip(later.first).is_some_and(|(last, first)| last < first)
    };
    if apart(one, other) || apart(other, one) {
        let days =
            |a: &When, b: &When| a.last.zip(b.first).map(|(last, first)| (first - last).get_days());
        let gap = days(one, other).filter(|gap| *gap > 0).or(days(other, one)).unwrap_or_default();
        return match gap {
            ..=1 => Found::compatible(SORT, "a day apart"),
            _ => Found::new(SORT, Weighed::Conflict, -4, "two times"),
        };
    }
    match (one.days(), other.days()) {
        (Some(left), Some(right)) if left.max(right) <= 3 => Found::agree(SORT, 4, "the same days"),
        (Some(left), Some(right)) if left.max(right) <= 31 => {
            Found::agree(SORT, 2, "the same month")
        }
        (Some(_), Some(_)) => Found::agree(SORT, 1, "times that overlap"),
        _ if one.edtf == other.edtf && one.first.is_some() => {
            Found::agree(SORT, 2, "the same time")
        }
        _ => Found::compatible(SORT, "a time that is open"),
    }
}

fn short(when: &When) -> bool {
    when.days().is_some_and(|days| days <= 31)
}

pub(in crate::fuse) fn amounts(one: &Amount, other: &Amount) -> Found {
    const SORT: &str = "quantity";
    if one.measure != other.measure {
        return Found::compatible(SORT, "amounts of two measures");
    }
    let of = match (&one.of, &other.of) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    if one.meets(other) {
        let telling = one.measure.is_some() || one.low > 3.0;
        return match (of, telling, one.exact && other.exact) {
            (true, true, true) => Found::agree(SORT, 4, "the same amount"),
            (true, true, false) => Found::agree(SORT, 2, "amounts that can be the same"),
            (true, false, _) => Found::agree(SORT, 1, "the same small number"),
            (false, ..) => Found::compatible(SORT, "amounts of two things"),
        };
    }
    Found::new(SORT, Weighed::Differ, -1, "two amounts")
}

/// Compares what two texts speak of. Sharing some words is little; one being the other with words
/// left out is much. What one report tells twice with different words it tells of two things.
fn terms(one: &Terms, other: &Terms, one_report: bool) -> Found {
    const SORT: &str = CONTENT;
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let shared = short.intersection(long).count();
    let of = |terms: &Terms, mark: char| -> Terms {
        terms.iter().filter(|term| term.starts_with(mark)).cloned().collect()
    };
    let apart = |mark| {
        let (ours, theirs) = (of(one, mark), of(other, mark));
        !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(&theirs)
    };
    for (mark, rule) in
        [('@', "deeds of two kinds"), ('!', "of two that are named"), ('0', "two numbers")]
    {
        if apart(mark) {
            return Found::new(SORT, Weighed::Differ, -4, rule);
        }
    }
    // Names, countries and numbers tell a content from others; so do words, if there are enough.
    let marks = ['!', '=', '0'];
    let named = short.intersection(long).any(|term| term.starts_with(marks)) || shared > 3;
    let agree = |weight, rule| match named {
        true => Found::agree(SORT, weight, rule),
        false => Found::common(SORT, weight, rule),
    };
    if shared > 1 && !of(one, '@').is_disjoint(&of(other, '@')) {
        return agree(4, "deeds of one kind");
    }
    match (short.len(), shared) {
        (0, _) => Found::compatible(SORT, "words that tell too little"),
        (1, 1) => Found::common(SORT, 2, "the one word that tells it"),
        (2, 2) => agree(3, "the two words that tell it"),
        (all, shared) if all == shared => agree(4, "the same, or less of it"),
        (_, 0) => Found::new(SORT, Weighed::Differ, -4, "nothing in common"),
        _ if one_report => Found::compatible(SORT, "told apart by their report"),
        (all, shared) if shared >= 3 && 2 * shared > all => agree(4, "most of the same words"),
        _ => Found::compatible(SORT, "some of the same words"),
    }
}
