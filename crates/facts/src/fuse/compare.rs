//! Comparing: whether two claims tell of one thing, role by role, with the reasons.

mod values;

use serde::{Deserialize, Serialize};

use super::case::{Case, Known, Part, Told, When};
use super::figures::Standing;
use super::input::Telling;
use super::judgement::{Reason, Verdict};
use super::web::Edge;
use crate::claim::{Aspect, Family};
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

pub(super) use values::{Found, Weighed};

/// What two claims must have in common, in [`Found::weight`]s, over at least two values.
const ENOUGH: i32 = 5;

/// From here on, what falls short is kept for a person to judge.
pub(super) const NEARLY: i32 = 4;

/// What comparing two claims came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) verdict: Verdict,
    pub(super) weight: i32,
    pub(super) reasons: Vec<Reason>,
    /// How the two hang together though they are not one.
    pub(super) relation: Option<Relation>,
}

/// How two facts hang together though they are not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The first was planned, and is told as done by the second.
    CarriedOut,
    /// The first is a lower rung of the same commitment.
    Step,
    /// The first is told by some and denied by the second.
    Denied,
    /// The first is a part of the second.
    Part,
    /// The second is what the first is about.
    Content,
}

impl Relation {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Relation::CarriedOut => "carried-out",
            Relation::Step => "step",
            Relation::Denied => "denied",
            Relation::Part => "part",
            Relation::Content => "content",
        }
    }
}

impl Comparison {
    fn unsure(reasons: Vec<Reason>) -> Comparison {
        Comparison { verdict: Verdict::Unsure, weight: 0, reasons, relation: None }
    }

    fn different(reasons: Vec<Reason>) -> Comparison {
        Comparison { verdict: Verdict::Different, ..Comparison::unsure(reasons) }
    }

    /// As it is kept, if it is worth that: what is one, what hangs together, what is nearly one.
    fn edge(self, standing: Option<(Standing, Reason)>) -> Option<Edge> {
        let Comparison { verdict, weight, reasons, relation } = self;
        let told = verdict == Verdict::Same || relation.is_some() || weight >= NEARLY;
        (told || standing.is_some()).then_some(Edge {
            verdict,
            weight,
            reasons,
            relation,
            standing,
        })
    }
}

/// Judges two claims as a web keeps it.
pub(super) fn judge(
    pack: &Pack,
    gazetteer: &Gazetteer,
    a: &Case<'_>,
    b: &Case<'_>,
) -> Option<Edge> {
    if a.telling.family != b.telling.family {
        return None;
    }
    let standing = super::figures::stand(pack, gazetteer, a, b);
    let standing = standing.filter(|(standing, _)| *standing != Standing::OtherPopulation);
    compare(pack, gazetteer, a, b).edge(standing)
}

/// Whether two claims are not one and do not hang together, as far as their outlines tell: [`judge`] would
/// keep nothing of them. Of an outline no more may be asked than is asked here.
pub(super) fn are_two(pack: &Pack, gazetteer: &Gazetteer, a: &Case<'_>, b: &Case<'_>) -> bool {
    if a.telling.family != b.telling.family {
        return true;
    }
    if let (Some(one), Some(other)) = (&a.counted, &b.counted)
        && super::figures::population(pack, gazetteer, a, b, one, other).is_ok()
    {
        return false;
    }
    match a.telling.family {
        Family::Statement => super::statements::speakers(pack, a, b).is_err(),
        Family::Figure => true,
        // The same sentence in two reports is one telling, whatever is read out of it.
        _ if a.telling.text == b.telling.text => false,
        _ => {
            let found = roles(pack, gazetteer, a, b);
            let conflict = found.iter().any(|(_, found)| found.weighed == Weighed::Conflict);
            conflict || found.iter().map(|(_, found)| found.weight).sum::<i32>() < NEARLY
        }
    }
}

/// Judges two claims of one root kind by what they say, and by nothing else.
fn compare(pack: &Pack, gazetteer: &Gazetteer, a: &Case<'_>, b: &Case<'_>) -> Comparison {
    match a.telling.family {
        Family::Statement => super::statements::compare(pack, a, b),
        Family::Figure => super::figures::compare(pack, gazetteer, a, b),
        Family::Event
        | Family::Commitment
        | Family::Position
        | Family::Allegation
        | Family::Office
        | Family::Relation => deeds(pack, gazetteer, a, b),
    }
}

/// Judges two claims of something done, to be done, promised or held for right.
fn deeds(pack: &Pack, gazetteer: &Gazetteer, a: &Case<'_>, b: &Case<'_>) -> Comparison {
    if let Some(reason) = habits(a, b) {
        return Comparison::different(vec![reason]);
    }
    if copied(a, b) {
        let reasons = vec![Reason::new("the same sentence", a.telling.text.clone())];
        return Comparison { verdict: Verdict::Same, weight: 9, reasons, relation: None };
    }
    let found = roles(pack, gazetteer, a, b);
    let mut reasons: Vec<Reason> = found.iter().map(|(role, found)| found.reason(role)).collect();
    if let Some(conflict) = found.iter().find(|(_, found)| found.weighed == Weighed::Conflict) {
        return Comparison::different(vec![conflict.1.reason(conflict.0)]);
    }
    if let Some(reason) = told_before(a, b).or_else(|| told_before(b, a)) {
        return Comparison::different(vec![reason]);
    }
    let agreeing: usize = found.iter().map(|(_, found)| found.times).sum();
    let weight: i32 = found.iter().map(|(_, found)| found.weight).sum();
    let unsure = |reasons| Comparison { weight, ..Comparison::unsure(reasons) };
    // A step of a commitment is only linked, so a little less will do.
    let enough = if apart(a, b) == Some(Relation::Step) { NEARLY } else { ENOUGH };
    if agreeing < 2 || weight < enough {
        return unsure(reasons);
    }
    if !tells_apart(&found) {
        reasons.push(Reason::new("nothing tells it from others of its kind", ""));
        return unsure(reasons);
    }
    if let Some(role) = missed(a, &found) {
        reasons.push(Reason::new("what it hangs on does not agree", role));
        return unsure(reasons);
    }
    if (a.harms() || b.harms()) && !placed(&found) {
        reasons.push(Reason::new("harm needs place and date, or a named victim", ""));
        return unsure(reasons);
    }
    let relation = apart(a, b);
    let verdict = if relation.is_some() { Verdict::Different } else { Verdict::Same };
    Comparison { verdict, weight, reasons, relation }
}

/// Whether two reports tell it in one and the same sentence.
fn copied(a: &Case<'_>, b: &Case<'_>) -> bool {
    let same = |one: &Telling, other: &Telling| {
        let long = one.text.split_whitespace().count() >= 8;
        let told =
            (one.realis, one.denied, one.status) == (other.realis, other.denied, other.status);
        long && told && one.text == other.text && one.trigger.text == other.trigger.text
    };
    a.report != b.report && a.telling.kind == b.telling.kind && same(&a.telling, &b.telling)
}

/// Whether something among what agrees tells one occurrence from all others of its kind: a name, an
/// amount, a day, a content of some length, two states, or place and date.
fn tells_apart(found: &[(&str, Found)]) -> bool {
    let states = found.iter().filter(|(_, found)| found.sort == "actor" && found.weight >= 2);
    let states: usize = states.map(|(_, found)| found.times).sum();
    states >= 2 || placed(found) || found.iter().any(|(_, found)| found.top >= 3)
}

/// The role on which two claims should agree and do not: one that the kind cannot do without, or the
/// content. Who asks whom is not what is asked; where and when can make up for a name left out.
fn missed<'c>(a: &Case<'_>, found: &[(&'c str, Found)]) -> Option<&'c str> {
    let weak = |found: &Found| found.weight < 2;
    let content = found.iter().find(|(_, found)| found.sort == "content" && found.weight <= 0);
    if let Some((role, _)) = content {
        return Some(role);
    }
    if placed(found) {
        return None;
    }
    let needed = found.iter().find(|(role, found)| a.needs(role) && weak(found));
    let hangs: Vec<_> = found.iter().filter(|(role, _)| a.hangs_on(role)).collect();
    let none = !hangs.is_empty() && hangs.iter().all(|(_, found)| weak(found));
    let odds = hangs.iter().find(|(_, found)| found.weighed == Weighed::Differ);
    needed.or(odds.copied()).or(hangs.first().copied().filter(|_| none)).map(|(role, _)| *role)
}

/// Why what is told of habits, sums or states is not what is told of one occurrence.
fn habits(a: &Case<'_>, b: &Case<'_>) -> Option<Reason> {
    let (one, other) = (a.telling.aspect, b.telling.aspect);
    let sum = one == Aspect::Total || other == Aspect::Total;
    // Headlines and leads tell in the present what goes on and what was done once.
    let present =
        matches!((one, other), (Aspect::Once, Aspect::Repeated) | (Aspect::Repeated, Aspect::Once))
            && !a.harms()
            && a.told() == b.told();
    let apart = if a.telling.family == Family::Event { one != other && !present } else { false };
    (apart || sum && a.telling.family == Family::Event).then(|| {
        Reason::new("one occurrence, a habit, a sum", format!("{}, {}", one.name(), other.name()))
    })
}

/// What there is between two claims that agree, but are told otherwise: the link from the first to the
/// second, or from the second to the first.
fn apart(a: &Case<'_>, b: &Case<'_>) -> Option<Relation> {
    if a.telling.denied != b.telling.denied {
        return Some(Relation::Denied);
    }
    let ladder = a.kind.is_some_and(|kind| kind.done.is_some());
    if ladder && a.telling.family == Family::Commitment && a.telling.status != b.telling.status {
        return Some(Relation::Step);
    }
    (a.told() != b.told()).then_some(Relation::CarriedOut)
}

/// Whether the roles that agree say where and when, or name a victim.
fn placed(found: &[(&str, Found)]) -> bool {
    let strong =
        |kind: &str| found.iter().any(|(_, found)| found.sort == kind && found.weight >= 2);
    let named = found.iter().any(|(role, found)| {
        found.sort == "actor" && found.weight >= 4 && !matches!(*role, "agent" | "a" | "side_a")
    });
    strong("place") && strong("period") || named
}

/// Compares two claims role by role. A role that one of them leaves open is no evidence.
pub(super) fn roles<'c>(
    pack: &Pack,
    gazetteer: &Gazetteer,
    a: &'c Case<'_>,
    b: &'c Case<'_>,
) -> Vec<(&'c str, Found)> {
    let both = a.roles().into_iter().filter(|role| b.roles().contains(role));
    let mut found: Vec<(&str, Found)> = both
        .map(|role| {
            let ours: Vec<&Part> = a.role(role).collect();
            let theirs: Vec<&Part> = b.role(role).collect();
            let found = values::parts(pack, gazetteer, &ours, &theirs, a.report == b.report);
            (role, if a.hangs_on(role) { found } else { found.aside() })
        })
        .collect();
    found.extend(sent(a, b).or_else(|| sent(b, a)));
    found
}

/// A country that one tells to act, where the other tells only of its forces: "the United States kept
/// a presence", "U.S. troops operated".
fn sent<'c>(a: &'c Case<'_>, b: &Case<'_>) -> Option<(&'c str, Found)> {
    let (ours, theirs) = (a.roles(), b.roles());
    let mut alone = a.parts.iter().filter(|part| !theirs.contains(&part.role.as_str()));
    let (role, code) = alone.find_map(|part| match &part.value {
        Known::Actor(who) if who.is_country => Some((part.role.as_str(), who.country.as_ref()?)),
        _ => None,
    })?;
    let of_it = |part: &&Part| match &part.value {
        Known::Actor(who) => who.serves && !who.is_country && who.country.as_ref() == Some(code),
        _ => false,
    };
    let mut forces = b.parts.iter().filter(|part| !ours.contains(&part.role.as_str()));
    forces.find(of_it).map(|_| (role, values::forces()))
}

/// Something told as done cannot lie after the report that tells it.
fn told_before(a: &Case<'_>, b: &Case<'_>) -> Option<Reason> {
    let published = a.published?;
    let first = b.when().and_then(|when: &When| when.first)?;
    let unknown = a.when().is_none_or(|when| when.first.is_none());
    (a.told() == Told::Done && b.told() == Told::Done && unknown && first > published)
        .then(|| Reason::new("told before it was", format!("{published} < {first}")))
}

/// What two amounts are to each other.
pub(super) fn values_of(one: &super::case::Amount, other: &super::case::Amount) -> Weighed {
    values::amounts(one, other).weighed
}

/// What two values of one role are to each other.
pub(super) fn values(pack: &Pack, gazetteer: &Gazetteer, one: &Known, other: &Known) -> Weighed {
    values::values(pack, gazetteer, one, other).weighed
}

/// Whether two values of one role are one value told twice.
pub(super) fn agree(pack: &Pack, gazetteer: &Gazetteer, one: &Known, other: &Known) -> bool {
    values::values(pack, gazetteer, one, other).weighed == Weighed::Agree
}
