//! The brief's sections, one function each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Section, Wanted, Writer, flat};
use crate::picture::{Fact, Point};
use crate::world::time;

/// Sections stay short: who wants all of it has `atalaya facts`.
const LONGEST: usize = 12;

/// Every section, in order; some may have nothing to tell.
pub(super) fn all(writer: &mut Writer<'_>, wanted: &Wanted) -> Vec<Section> {
    let section = |title, lines: Vec<Option<Line>>| Section {
        title,
        lines: lines.into_iter().flatten().collect(),
    };
    vec![
        section("Headline facts", headlines(writer)),
        section("What changed", changed(writer, wanted)),
        section("Contested", contested(writer)),
        section("Commitments and where they stand", commitments(writer)),
        section("Figures", figures(writer)),
        section("Casualties", casualties(writer)),
        section("For and against", positions(writer)),
        section("Allegations and answers", allegations(writer)),
        section("What is not known", gaps(writer)),
        section("Coverage", coverage(writer)),
    ]
}

/// A fact as a sentence: what, how it is told, when, and who tells it.
fn sentence(fact: &Fact) -> String {
    let mut text = flat(&fact.caption);
    let told = fact.told();
    if told != "happened" {
        text.push_str(&format!(" ({told})"));
    }
    if let Some(when) = when(fact) {
        text.push_str(&format!(" · {when}"));
    }
    text.push_str(&format!(
        " · {}, {}, credibility {}",
        count(fact.reports, "report", "reports"),
        count(fact.origins, "origin", "origins"),
        fact.grade
    ));
    text
}

/// When a fact was, as people write it; a caption that tells it needs no more.
fn when(fact: &Fact) -> Option<String> {
    let told = fact.roles.iter().find(|role| role.role == "when");
    let told = told.and_then(|role| time(&role.value)).or_else(|| fact.when());
    told.filter(|when| !fact.caption.ends_with(&format!("({when})")))
}

/// A time as people write it.
fn told(edtf: &str) -> String {
    time(edtf).unwrap_or_else(|| edtf.to_owned())
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn of_fact(writer: &mut Writer<'_>, fact: &Fact) -> Option<Line> {
    let claims: Vec<String> = fact.claims.iter().map(|told| told.claim.clone()).collect();
    writer.line(sentence(fact), &claims, fact.origins == 1)
}

/// What most origins tell, the latest first among equals.
fn headlines(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let mut facts: Vec<&Fact> = writer
        .facts
        .iter()
        .copied()
        .filter(|fact| matches!(fact.family.as_str(), "event" | "commitment" | "allegation"))
        .filter(|fact| fact.aspect != "total" && fact.roles.len() > 1)
        .collect();
    let real = |fact: &Fact| matches!(fact.realis.as_str(), "happened" | "ongoing" | "planned");
    facts.sort_by_key(|fact| {
        (
            Reverse((fact.origins, fact.reports, real(fact), fact.roles.len(), fact.last.clone())),
            fact.id.clone(),
        )
    });
    facts.truncate(LONGEST);
    facts.into_iter().map(|fact| of_fact(writer, fact)).collect()
}

/// What new reports told, confirmed or told otherwise.
fn changed(writer: &mut Writer<'_>, wanted: &Wanted) -> Vec<Option<Line>> {
    let mut changes: Vec<(&Fact, &crate::picture::Change)> = Vec::new();
    for fact in writer.facts.iter().copied().filter(|fact| fact.family != "statement") {
        let change = match &wanted.since {
            Some(since) => fact.history.iter().find(|change| since.contains(&change.report)),
            None => fact
                .history
                .iter()
                .rfind(|change| matches!(change.what.as_str(), "confirmed" | "differs")),
        };
        changes.extend(change.map(|change| (fact, change)));
    }
    changes.sort_by_key(|(fact, change)| {
        (Reverse(change.published.clone()), Reverse(fact.origins), fact.id.clone())
    });
    changes.truncate(LONGEST);
    let line = |(fact, change): (&Fact, &crate::picture::Change)| {
        let what = match change.what.as_str() {
            "told" => "new",
            other => other,
        };
        let claims = fact.claims.iter().filter(|told| told.report == change.report);
        let claims: Vec<String> = claims.map(|told| told.claim.clone()).collect();
        writer.line(format!("{what}: {}", sentence(fact)), &claims, fact.origins == 1)
    };
    changes.into_iter().map(line).collect()
}

fn contested(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let picture = writer.picture;
    let contests = writer.facts.clone().into_iter();
    let contests =
        contests.flat_map(|fact| picture.contested(fact).iter().map(move |it| (fact, it)));
    let mut lines = Vec::new();
    for (fact, contest) in contests.take(LONGEST) {
        let told = fact.claims.iter().map(|told| &told.claim);
        let claims: Vec<&String> = match contest.text.starts_with("denied") {
            true => told.chain(&contest.claims).collect(),
            false => contest.claims.iter().collect(),
        };
        let text = format!("{} — {}", flat(&fact.caption), flat(&contest.text));
        lines.push(writer.line(text, claims, false));
    }
    lines
}

fn commitments(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let picture = writer.picture;
    let known: BTreeSet<&str> = writer.facts.iter().map(|fact| fact.id.as_str()).collect();
    let mut lines = Vec::new();
    let mut ladders: Vec<_> = picture.ladders.iter().collect();
    ladders.sort_by_key(|ladder| (Reverse(ladder.steps.len()), ladder.id.clone()));
    for ladder in ladders {
        if lines.len() == LONGEST {
            break;
        }
        let facts: Vec<&Fact> =
            ladder.steps.iter().filter_map(|step| picture.fact(&step.fact)).collect();
        let Some(last) = facts.last().filter(|fact| known.contains(fact.id.as_str())) else {
            continue;
        };
        let steps: Vec<String> = ladder
            .steps
            .iter()
            .map(|step| {
                // A year that is told is no first of January.
                let own = picture.fact(&step.fact).and_then(when);
                let known = step.known.as_deref().map(|day| told(day.get(..10).unwrap_or(day)));
                match own.or(known) {
                    Some(day) => format!("{} ({day})", step.status),
                    None => step.status.clone(),
                }
            })
            .collect();
        let text = format!("{}: {}", flat(&last.caption), steps.join(" → "));
        let claims: Vec<String> =
            facts.iter().flat_map(|fact| &fact.claims).map(|told| told.claim.clone()).collect();
        let single = facts.iter().all(|fact| fact.origins == 1) && facts.len() == 1;
        lines.push(writer.line(text, &claims, single));
    }
    lines
}

fn figures(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let picture = writer.picture;
    let known: BTreeSet<&str> = writer.facts.iter().map(|fact| fact.id.as_str()).collect();
    let wanted = picture
        .series
        .iter()
        .filter(|series| series.points.iter().any(|point| known.contains(point.fact.as_str())));
    let mut lines = Vec::new();
    for series in wanted.take(LONGEST) {
        let told = |point: &Point| match &point.when {
            Some(when) => format!("{} ({})", flat(&point.value), told(when)),
            None => flat(&point.value),
        };
        let values: Vec<String> = series.points.iter().map(told).collect();
        let standings: BTreeSet<&str> =
            series.pairs.iter().map(|pair| pair.standing.as_str()).collect();
        let standings = standings.into_iter().collect::<Vec<_>>().join(", ");
        let text = format!("{}: {} — {standings}", flat(&series.measure), values.join(" · "));
        let claims: Vec<String> = series.points.iter().map(|point| point.claim.clone()).collect();
        let reports: BTreeSet<&str> =
            series.points.iter().map(|point| point.report.as_str()).collect();
        lines.push(writer.line(text, &claims, reports.len() == 1));
    }
    lines
}

/// The roles of what becomes of people.
const OUTCOMES: [&str; 5] = atalaya_facts::event::OUTCOMES;

fn casualties(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let mut lines = Vec::new();
    for fact in writer.facts.clone() {
        if lines.len() == LONGEST {
            break;
        }
        let told = fact.roles.iter().filter(|role| OUTCOMES.contains(&role.role.as_str()));
        let told: Vec<String> = told
            .map(|role| {
                let others: BTreeSet<&str> =
                    role.differ.iter().map(|other| other.value.as_str()).collect();
                let others: String =
                    others.into_iter().map(|other| format!(" / {}", flat(other))).collect();
                format!("{}: {}{others}", role.role, flat(&role.value))
            })
            .collect();
        if told.is_empty() {
            continue;
        }
        let when = when(fact).map(|when| format!(" · {when}")).unwrap_or_default();
        let text = format!("{} — {}{when}", flat(&fact.caption), told.join("; "));
        let claims: Vec<String> = fact.claims.iter().map(|told| told.claim.clone()).collect();
        lines.push(writer.line(text, &claims, fact.origins == 1));
    }
    lines
}

fn positions(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let facts: Vec<&Fact> = writer
        .facts
        .iter()
        .copied()
        .filter(|fact| fact.family == "position")
        .take(LONGEST)
        .collect();
    facts.into_iter().map(|fact| of_fact(writer, fact)).collect()
}

fn allegations(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let picture = writer.picture;
    let mut lines = Vec::new();
    let mut denials: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for link in picture.links.iter().filter(|link| link.relation == "denied") {
        denials.entry(&link.from).or_default().extend(picture.fact(&link.to));
    }
    let allegations = writer.facts.clone().into_iter().filter(|fact| fact.family == "allegation");
    for fact in allegations.take(LONGEST) {
        let answers = denials.remove(fact.id.as_str()).unwrap_or_default();
        let answered = match answers.first() {
            Some(answer) => format!("answer: {}", flat(&answer.caption)),
            None => "no answer is told".to_owned(),
        };
        let claims: Vec<String> = std::iter::once(fact)
            .chain(answers)
            .flat_map(|fact| &fact.claims)
            .map(|told| told.claim.clone())
            .collect();
        let text = format!("{} — {answered}", flat(&fact.caption));
        lines.push(writer.line(text, &claims, fact.origins == 1));
    }
    lines
}

/// What much is told of without a place or a time, and what only undated reports tell.
fn gaps(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    let mut lines = Vec::new();
    let events = writer.facts.clone().into_iter().filter(|fact| {
        fact.family == "event"
            && fact.realis == "happened"
            && fact.aspect == "once"
            && fact.roles.len() > 1
    });
    for fact in events {
        if lines.len() == LONGEST / 2 {
            break;
        }
        let place = fact.roles.iter().any(|role| role.role == "where");
        let missing = match (fact.when().is_some(), place) {
            (false, false) => "neither when nor where is told",
            (false, true) => "when is not told",
            _ => continue,
        };
        let claims: Vec<String> = fact.claims.iter().map(|told| told.claim.clone()).collect();
        lines.push(writer.line(
            format!("{} — {missing}", flat(&fact.caption)),
            &claims,
            fact.origins == 1,
        ));
    }
    let picture = writer.picture;
    let mut first: BTreeMap<&str, &String> = BTreeMap::new();
    for told in writer.facts.iter().flat_map(|fact| &fact.claims) {
        first.entry(&told.report).or_insert(&told.claim);
    }
    let bounds =
        picture.bounds.iter().filter_map(|bound| Some((bound, *first.get(bound.report.as_str())?)));
    for (bound, claim) in bounds.take(LONGEST) {
        let limits = [("not before", &bound.not_before), ("not after", &bound.not_after)];
        let limits =
            limits.iter().filter_map(|(word, day)| Some(format!("{word} {}", told(day.as_ref()?))));
        let limits = limits.collect::<Vec<_>>().join(", ");
        let from = from(writer, claim);
        let text = format!("when {from} was written: {limits}, as far as can be inferred");
        lines.push(writer.line(text, [claim], false));
    }
    lines
}

/// Where a claim's report is from: its outlet, or the file where it names none.
fn from(writer: &Writer<'_>, claim: &str) -> String {
    let passage = (writer.passage)(claim);
    passage.map(|passage| passage.outlet.unwrap_or(passage.source)).unwrap_or_default()
}

/// What a report gave to the picture.
#[derive(Default)]
struct Share<'a> {
    claim: Option<&'a String>,
    facts: usize,
    alone: usize,
}

/// More reports than this are not listed one by one.
const REPORTS: usize = 100;

/// What each report gave to the picture, the latest ones where there are many.
fn coverage(writer: &mut Writer<'_>) -> Vec<Option<Line>> {
    // Undated reports come last.
    let mut shares: BTreeMap<(bool, Option<&String>, &String), Share<'_>> = BTreeMap::new();
    for fact in writer.facts.clone() {
        let mut before: BTreeSet<&String> = BTreeSet::new();
        for told in &fact.claims {
            let published = told.published.as_ref();
            let share = shares.entry((published.is_none(), published, &told.report)).or_default();
            share.claim.get_or_insert(&told.claim);
            if before.insert(&told.report) {
                share.facts += 1;
                share.alone += usize::from(fact.reports == 1);
            }
        }
    }
    let many = shares.len().saturating_sub(REPORTS);
    let mut lines = Vec::new();
    if let (1.., Some(claim)) = (many, shares.values().next().and_then(|share| share.claim)) {
        let facts: usize = shares.values().take(many).map(|share| share.facts).sum();
        let text = format!("{many} earlier reports: {}", count(facts, "telling", "tellings"));
        lines.push(writer.line(text, [claim], false));
    }
    for ((_, published, _), share) in shares.into_iter().skip(many) {
        let Some(claim) = share.claim else { continue };
        let from = from(writer, claim);
        let date = published.map(|day| told(day.get(..10).unwrap_or(day)));
        let date = date.unwrap_or_else(|| "undated".to_owned());
        let (facts, alone) = (count(share.facts, "fact", "facts"), share.alone);
        let text = format!("{date} · {from}: {facts}, {alone} told by no other report");
        lines.push(writer.line(text, [claim], false));
    }
    lines
}
