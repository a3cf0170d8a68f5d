//! What hangs together with facts: links, series of figures, rungs of commitments, bounds of reports.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Brief, CLAIMS, FACTS, Fusion, LADDERS, SERIES, brief_at, claims_at, has_case, ladder_at,
    links_at,
};
use crate::fuse::bounds::{self, Bound};
use crate::fuse::case::Case;
use crate::fuse::links::{self, Ladder, Link, Relation, Step};
use crate::fuse::memory::{APART, Notes};
use crate::fuse::series::{self, Series};
use crate::fuse::web::{Changed, Regrouped, Tie, ordered};

impl Fusion<'_, '_> {
    /// Links anew the facts that were grouped; gives them, with those that they are linked to or were.
    pub(super) fn links(&mut self, grouped: &Regrouped) -> BTreeSet<String> {
        let facts: BTreeSet<String> = grouped.now.keys().chain(&grouped.gone).cloned().collect();
        let mut touched = facts.clone();
        for fact in &facts {
            for mark in self.notes.marked(&links_at(fact)) {
                let (other, relation, forward) = unmarked(&mark);
                self.notes.unmark(&links_at(fact), &mark);
                self.notes.unmark(&links_at(other), &marked(fact, relation, !forward));
                touched.insert(other.to_owned());
            }
        }
        let mut found: BTreeMap<(String, String, &str), (String, String, Link)> = BTreeMap::new();
        for fact in &facts {
            let cases = self.members(fact);
            for case in &cases {
                for (pair, link) in self.links_of(fact, case) {
                    let key = (link.from.clone(), link.to.clone(), link.relation);
                    let kept = found.entry(key);
                    // Of several reasons those of the first two claims.
                    let new = (pair.0, pair.1, link);
                    kept.and_modify(|kept| {
                        if (&new.0, &new.1) < (&kept.0, &kept.1) {
                            *kept = new.clone();
                        }
                    })
                    .or_insert(new);
                }
            }
        }
        for ((from, to, relation), (_, _, link)) in found {
            self.notes.mark(&links_at(&from), &marked(&to, relation, true));
            self.notes.mark(&links_at(&to), &marked(&from, relation, false));
            touched.extend([from, to]);
            self.found.links.insert(link);
        }
        self.found.relinked = facts;
        touched
    }

    /// The links of a claim's fact to others.
    fn links_of(&mut self, fact: &str, case: &Case<'_>) -> Vec<((String, String), Link)> {
        let mut links = Vec::new();
        for (other, bond) in CLAIMS.bonds(&mut self.notes, case.id()) {
            let Some(relation) = bond.relation else { continue };
            let Some(there) = self.fact_of(&other).filter(|there| there != fact) else { continue };
            let Some(their) = self.case(&other) else { continue };
            let (from, to) = match links::forward(relation, case, &their) {
                true => (fact.to_owned(), there),
                false => (there, fact.to_owned()),
            };
            let edge = CLAIMS.edge(&mut self.notes, case.id(), &other);
            let reasons = edge.map(|edge| edge.reasons).unwrap_or_default();
            let pair = ordered(case.id(), &other);
            links.push((pair, Link { from, to, relation: relation.name(), reasons }));
        }
        for (role, inner) in links::held(case) {
            if let Some(there) = self.fact_of(&inner).filter(|there| there != fact) {
                let pair = (case.id().to_owned(), inner);
                links.push((pair, Link::content(fact, &there, &role)));
            }
        }
        for outer in &case.held_by {
            let Some(there) = self.fact_of(outer).filter(|there| there != fact) else { continue };
            let Some(their) = self.case(outer) else { continue };
            let role = links::held(&their).into_iter().find(|(_, inner)| inner == case.id());
            if let Some((role, _)) = role {
                let pair = (outer.clone(), case.id().to_owned());
                links.push((pair, Link::content(&there, fact, &role)));
            }
        }
        for whole in &case.part_of {
            if let Some(there) = self.fact_of(whole).filter(|there| there != fact) {
                let pair = (case.id().to_owned(), whole.clone());
                links.push((pair, Link::part(fact, &there, &case.telling.text)));
            }
        }
        for part in &case.parts_told {
            if let Some(there) = self.fact_of(part).filter(|there| there != fact) {
                let pair = (part.clone(), case.id().to_owned());
                links.push((pair, Link::part(&there, fact, &case.telling.text)));
            }
        }
        links
    }

    /// Puts figures that count the same in series.
    pub(super) fn series(
        &mut self,
        claims: &Changed,
        grouped: &Regrouped,
        facts: &BTreeSet<String>,
    ) {
        let mut touched: BTreeSet<String> = claims.hanging.clone();
        touched.extend(grouped.moved.iter().cloned());
        for fact in facts {
            touched.extend(FACTS.members(&mut self.notes, fact));
        }
        let counts = |notes: &mut Notes<'_>, id: &str| {
            let bonds = CLAIMS.bonds(notes, id).into_iter();
            bonds.filter(|(_, bond)| bond.standing.is_some()).collect::<Vec<_>>()
        };
        let regrouped = SERIES.regroup(
            &mut self.notes,
            &touched,
            &|notes, id| has_case(notes, id) && !counts(notes, id).is_empty(),
            &mut |notes, id| {
                counts(notes, id).into_iter().map(|(other, _)| (other, Tie::Joined(0))).collect()
            },
        );
        for id in regrouped.gone {
            self.found.series.insert(id, None);
        }
        for (id, members) in regrouped.now {
            let series = self.one_series(&id, &members);
            self.found.series.insert(id, series);
        }
    }

    fn one_series(&mut self, id: &str, members: &[String]) -> Option<Series> {
        let mut points = Vec::new();
        let mut pairs = BTreeSet::new();
        let mut measure = None;
        for claim in members {
            let Some(fact) = self.fact_of(claim) else { continue };
            let Some(case) = self.case(claim) else { continue };
            if measure.is_none() {
                let brief: Option<Brief> = self.notes.get(&brief_at(&fact));
                measure = brief.map(|brief| brief.measure);
            }
            points.push(series::point(&fact, &case));
            for (other, bond) in CLAIMS.bonds(&mut self.notes, claim) {
                // Each two are looked at once: from the first, whose edge it is.
                if bond.standing.is_none() || other < *claim {
                    continue;
                }
                let edge = CLAIMS.edge(&mut self.notes, claim, &other);
                if let Some((standing, why)) = edge.and_then(|edge| edge.standing) {
                    pairs.insert(series::pair(claim, &other, standing, why));
                }
            }
        }
        let told: BTreeSet<&String> = points.iter().map(|point| &point.claim).collect();
        pairs.retain(|pair| told.contains(&pair.left) && told.contains(&pair.right));
        (points.len() > 1).then(|| {
            series::series(id, measure.unwrap_or_default(), points, pairs.into_iter().collect())
        })
    }

    /// Puts the rungs of commitments together.
    pub(super) fn ladders(&mut self, linked: &BTreeSet<String>, facts: &BTreeSet<String>) {
        let touched: BTreeSet<String> = linked.union(facts).cloned().collect();
        // A fact that is no rung and leads to none stands in no ladder.
        let exists = |notes: &mut Notes<'_>, id: &str| {
            let brief: Option<Brief> = notes.get(&brief_at(id));
            brief.is_some_and(|brief| brief.step.is_some() || !climbs(notes, id).is_empty())
        };
        let grouped = LADDERS.regroup(&mut self.notes, &touched, &exists, &mut |notes, id| {
            climbs(notes, id).into_iter().map(|other| (other, Tie::Joined(0))).collect()
        });
        let mut found: BTreeMap<String, Option<Ladder>> = BTreeMap::new();
        for group in grouped.gone.iter().chain(grouped.now.keys()) {
            let before: Option<String> = self.notes.get(&ladder_at(group));
            if let Some(id) = before {
                found.entry(id).or_insert(None);
                self.notes.drop(&ladder_at(group));
            }
        }
        for (group, members) in grouped.now {
            let mut steps = Vec::new();
            for fact in members {
                let brief: Option<Brief> = self.notes.get(&brief_at(&fact));
                let Some((rung, known)) = brief.and_then(|brief| brief.step) else { continue };
                steps.push(Step::of(rung, fact, known));
            }
            let Some(ladder) = Ladder::of(steps) else { continue };
            self.notes.put(&ladder_at(&group), &ladder.id);
            found.insert(ladder.id.clone(), Some(ladder));
        }
        self.found.ladders = found;
    }

    /// Finds the bounds of undated reports whose claims or facts are told otherwise now.
    pub(super) fn bounds(
        &mut self,
        recast: &BTreeSet<String>,
        linked: &BTreeSet<String>,
        facts: &BTreeSet<String>,
    ) {
        let mut reports = recast.clone();
        let mut told: BTreeSet<String> = linked.union(facts).cloned().collect();
        // What a fact is linked to dates the reports that tell the other.
        for fact in facts {
            let marks = self.notes.marked(&links_at(fact));
            told.extend(marks.iter().map(|mark| unmarked(mark).0.to_owned()));
        }
        for fact in told {
            // Also those that tell no fact any more.
            let claims = FACTS.members(&mut self.notes, &fact);
            let cases: Vec<_> = claims.iter().filter_map(|claim| self.case(claim)).collect();
            let undated = cases.iter().filter(|case| case.report.published.is_none());
            reports.extend(undated.map(|case| case.report.id.clone()));
        }
        for report in reports {
            let bound = if self.dated.contains(&report) { None } else { self.bound(&report) };
            self.found.bounds.insert(report, bound);
        }
    }

    fn bound(&mut self, report: &str) -> Option<Bound> {
        let claims: Vec<String> = self.notes.get(&claims_at(report)).unwrap_or_default();
        let mut limits = bounds::Limits::default();
        for claim in claims {
            let Some(case) = self.case(&claim) else { continue };
            if case.report.published.is_some() {
                return None;
            }
            limits.own(&case);
            let Some(fact) = self.fact_of(&claim) else { continue };
            let Some(brief) = self.notes.get::<Brief>(&brief_at(&fact)) else { continue };
            limits.fact(&case, &brief);
            for mark in self.notes.marked(&links_at(&fact)) {
                let (other, relation, forward) = unmarked(&mark);
                if relation != Relation::CarriedOut.name() {
                    continue;
                }
                let Some(there) = self.notes.get::<Brief>(&brief_at(other)) else { continue };
                match forward {
                    true => limits.planned(&case, &there),
                    false => limits.done(&there, &brief),
                }
            }
        }
        limits.bound(report)
    }
}

/// The facts to which links lead from one along a ladder.
fn climbs(notes: &mut Notes<'_>, fact: &str) -> Vec<String> {
    let climbing = [Relation::Step.name(), Relation::CarriedOut.name()];
    let marks = notes.marked(&links_at(fact));
    let links = marks.iter().map(|mark| unmarked(mark));
    let climbs = links.filter(|(_, relation, _)| climbing.contains(relation));
    climbs.map(|(other, ..)| other.to_owned()).collect()
}

fn marked(other: &str, relation: &str, forward: bool) -> String {
    let way = if forward { "to" } else { "from" };
    format!("{other}{APART}{relation}{APART}{way}")
}

fn unmarked(mark: &str) -> (&str, &str, bool) {
    let mut parts = mark.split(APART);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next() == "to")
}
