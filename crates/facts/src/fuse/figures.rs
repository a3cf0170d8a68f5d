//! Figures: which count the same, and how two of one measure stand to each other.

use serde::{Deserialize, Serialize};

use super::case::{Amount, Case, Known, Part, Terms, When};
use super::compare::{self, Comparison, Weighed};
use super::judgement::{Reason, Verdict};
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

/// How two figures stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Both can be so.
    Agrees,
    /// The later one brings the earlier one up to date.
    Revises,
    /// They count over two times.
    OtherPeriod,
    /// They count two sets.
    OtherPopulation,
    /// Both cannot be so.
    Contradicts,
}

impl Standing {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Agrees => "agrees",
            Standing::Revises => "revises",
            Standing::OtherPeriod => "other-period",
            Standing::OtherPopulation => "other-population",
            Standing::Contradicts => "contradicts",
        }
    }
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Counted {
    /// The unit, or what is counted.
    pub(super) measure: String,
    pub(super) terms: Terms,
    pub(super) amount: Amount,
    pub(super) when: Option<When>,
}

/// What a claim counts, if it is a figure that says what.
pub(super) fn counted(case: &Case<'_>) -> Option<Counted> {
    let amount = case.parts.iter().find_map(|part| match &part.value {
        Known::Quantity(amount) if part.role == "value" => Some(amount.clone()),
        _ => None,
    })?;
    let mut terms = Terms::new();
    let mut class = None;
    for part in case.role("measure") {
        match &part.value {
            Known::Actor(who) => class = class.or(who.class.map(|class| format!("{class:?}"))),
            Known::Thing { class: of, terms: words } => {
                class = class.or(of.map(|class| format!("{class:?}")));
                terms.extend(words.iter().cloned());
            }
            Known::Content(words) => terms.extend(words.iter().cloned()),
            _ => {}
        }
    }
    let unit = amount.measure.clone().filter(|unit| unit != "individual");
    let measure = unit.or(class).or_else(|| amount.of.clone())?;
    Some(Counted { measure, terms, amount, when: case.when().cloned() })
}

/// What two figures of one measure and set have in common: a place, somebody, a kind of event, words, or
/// a telling amount over one time.
pub(super) fn signs(case: &Case<'_>, counted: &Counted) -> Vec<String> {
    let aside = |part: &&Part| !matches!(part.role.as_str(), "value" | "measure" | "when");
    let told = case.parts.iter().filter(aside);
    let mut signs: Vec<String> = told.flat_map(|part| part.value.tells(&part.role)).collect();
    signs.extend(case.beside.iter().map(|kind| format!("beside {kind}")));
    signs.extend(counted.terms.iter().map(|term| format!("word {term}")));
    signs.extend(counted.since().map(|time| format!("since {time}")));
    if telling(counted.amount.low) {
        signs.push(format!("amount {}", counted.amount.low));
    }
    signs
}

/// Judges two figures: one measure, one population, one time; never by their values.
pub(super) fn compare(
    pack: &Pack,
    gazetteer: &Gazetteer,
    a: &Case<'_>,
    b: &Case<'_>,
) -> Comparison {
    let unsure =
        |reasons| Comparison { verdict: Verdict::Unsure, weight: 0, reasons, relation: None };
    let (Some(one), Some(other)) = (&a.counted, &b.counted) else { return unsure(Vec::new()) };
    let mut reasons = match population(pack, gazetteer, a, b, one, other) {
        Ok(reasons) => reasons,
        Err(reason) => return unsure(vec![reason]),
    };
    let (same, reason) = times(one, other);
    reasons.push(reason);
    match same {
        Some(true) => Comparison { verdict: Verdict::Same, weight: 6, reasons, relation: None },
        Some(false) => {
            Comparison { verdict: Verdict::Different, weight: 0, reasons, relation: None }
        }
        None => unsure(reasons),
    }
}

/// Why two figures count the same set; or why that is not known.
pub(super) fn population(
    pack: &Pack,
    gazetteer: &Gazetteer,
    a: &Case<'_>,
    b: &Case<'_>,
    one: &Counted,
    other: &Counted,
) -> Result<Vec<Reason>, Reason> {
    if one.measure != other.measure {
        return Err(Reason::new("two measures", format!("{} / {}", one.measure, other.measure)));
    }
    if a.report == b.report && (a.telling.start, a.telling.end) == (b.telling.start, b.telling.end)
    {
        return Err(Reason::new("one sentence tells both", ""));
    }
    if a.telling.denied != b.telling.denied {
        return Err(Reason::new("one is denied", ""));
    }
    let words = one.terms.intersection(&other.terms).count();
    let same = telling(one.amount.low) && values_and_times(one, other);
    if !same
        && one.amount.measure.is_some()
        && words == 0
        && (a.beside.is_empty() || a.beside != b.beside)
    {
        return Err(Reason::new(
            "a unit alone does not tell what is measured",
            one.measure.clone(),
        ));
    }
    if one.amount.measure.as_deref() == Some("rank")
        || one.amount.measure.as_deref() == Some("share")
    {
        // "The first", "a third" count by what they are of.
        let of = one.terms.intersection(&other.terms).count();
        if of < 2 && (one.amount.of.is_none() || one.amount.of != other.amount.of) {
            return Err(Reason::new("of two wholes", ""));
        }
    }
    let mut reasons = vec![Reason::new("one measure", one.measure.clone())];
    let mut agreements = 0;
    let since = one.since().filter(|time| other.since() == Some(time));
    for (role, found) in compare::roles(pack, gazetteer, a, b) {
        if matches!(role, "value" | "measure" | "when") {
            continue;
        }
        match found.weighed {
            // Police here and police there are no one body.
            Weighed::Agree if found.weight < 2 => reasons.push(found.reason(role)),
            Weighed::Agree => {
                agreements += 1;
                reasons.push(found.reason(role));
            }
            Weighed::Compatible => {}
            Weighed::Differ | Weighed::Conflict => return Err(found.reason(role)),
        }
    }
    // One may call it by a word that no kind has: "put behind bars" of people that others "detain".
    let untold = since.is_some() && (a.beside.is_empty() || b.beside.is_empty());
    if a.beside != b.beside && !untold {
        let told = |case: &Case<'_>| case.beside.iter().cloned().collect::<Vec<_>>().join(", ");
        return Err(Reason::new("of two kinds of event", format!("{} / {}", told(a), told(b))));
    }
    if let Some(kind) = a.beside.iter().next().filter(|_| a.beside == b.beside) {
        agreements += 1;
        reasons.push(Reason::new("told of one kind of event", kind.clone()));
    }
    if let Some(time) = since {
        agreements += 1;
        reasons.push(Reason::new("counted since one day", time.to_owned()));
        if of_one_size(&one.amount, &other.amount) {
            agreements += 1;
            reasons.push(Reason::new("two counts since one day, of one size", ""));
        }
    }
    if words > 1 {
        agreements += 1;
        reasons.push(Reason::new("what is counted is called the same", words.to_string()));
    }
    if telling(one.amount.low) && values_and_times(one, other) {
        agreements += 1;
        reasons.push(Reason::new("a telling amount over the same time", ""));
    }
    match agreements {
        0 | 1 => Err(Reason::new("too little tells that they count the same", "")),
        _ => Ok(reasons),
    }
}

impl Counted {
    /// The month or day since which it counts up to the report, if it does: "since January 2024".
    fn since(&self) -> Option<&str> {
        let time = self.when.as_ref()?.edtf.as_str();
        let start = time.strip_suffix("/..").filter(|start| start.len() > 4);
        start.filter(|start| !start.contains('X')).map(|_| time)
    }
}

/// Whether two amounts could be one count that goes on: neither is twice the other.
fn of_one_size(one: &Amount, other: &Amount) -> bool {
    let (less, more) = (one.low.min(other.low), one.low.max(other.low));
    less > 0.0 && more < 2.0 * less
}

/// Whether a number is one that two reports do not come to by chance: of two digits that say
/// something.
pub(super) fn telling(number: f64) -> bool {
    let mut whole = number.abs();
    while whole.fract() != 0.0 && whole < 1e9 {
        whole *= 10.0;
    }
    while whole >= 10.0 && whole % 10.0 == 0.0 {
        whole /= 10.0;
    }
    whole >= 10.0
}

/// Whether two figures are of one amount over one time that both tell.
fn values_and_times(one: &Counted, other: &Counted) -> bool {
    one.when.is_some()
        && times(one, other).0 == Some(true)
        && compare::values_of(&one.amount, &other.amount) == Weighed::Agree
}

/// Whether two figures are of one time: unknown where one does not tell it.
fn times(one: &Counted, other: &Counted) -> (Option<bool>, Reason) {
    let told = |counted: &Counted| counted.when.as_ref().map(|when| when.edtf.clone());
    match (told(one), told(other)) {
        (Some(left), Some(right)) if alike(&left, &right) => {
            (Some(true), Reason::new("one time", left))
        }
        (Some(left), Some(right)) => {
            (Some(false), Reason::new("two times", format!("{left} / {right}")))
        }
        (None, None)
            if telling(one.amount.low)
                && compare::values_of(&one.amount, &other.amount) == Weighed::Agree =>
        {
            (Some(true), Reason::new("one value, and neither tells a time", ""))
        }
        _ => (None, Reason::new("one does not tell the time", "")),
    }
}

/// Whether two times are one: "19 September" may be of the year that the other tells. Two times that
/// both leave the year open are not.
fn alike(one: &str, other: &str) -> bool {
    let open = |time: &str| time.contains('X');
    if open(one) || open(other) {
        let year = one.get(4..).zip(other.get(4..));
        let told = year.is_some_and(|(one, other)| one == other && !open(one) && !one.is_empty());
        return told && open(one) != open(other);
    }
    one == other
}

/// How two figures of one measure stand to each other, and the rule that decides it.
pub(super) fn stand(
    pack: &Pack,
    gazetteer: &Gazetteer,
    a: &Case<'_>,
    b: &Case<'_>,
) -> Option<(Standing, Reason)> {
    let (one, other) = (a.counted.as_ref()?, b.counted.as_ref()?);
    if one.measure != other.measure {
        return None;
    }
    if let Err(reason) = population(pack, gazetteer, a, b, one, other) {
        return Some((Standing::OtherPopulation, reason));
    }
    let values = compare::values_of(&one.amount, &other.amount);
    match times(one, other) {
        (Some(false), reason) => Some((Standing::OtherPeriod, reason)),
        (_, _) if values == Weighed::Agree => {
            Some((Standing::Agrees, Reason::new("the values overlap", "")))
        }
        (None, reason) => Some((Standing::OtherPeriod, reason)),
        (Some(true), reason) => match (a.published, b.published) {
            (Some(left), Some(right)) if left != right => Some((
                Standing::Revises,
                Reason::new("the later report tells another value", format!("{left} / {right}")),
            )),
            // What is counted since some day goes on until the report, and that day is not known.
            (None, _) | (_, None) if reason.detail.ends_with("..") => Some((
                Standing::OtherPeriod,
                Reason::new("counted up to a day that is not told", reason.detail),
            )),
            _ => Some((
                Standing::Contradicts,
                Reason::new("two values of one measure, set and time", ""),
            )),
        },
    }
}
