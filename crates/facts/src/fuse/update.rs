//! One update: what came, went or changed, and all that it touches.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::actors::{self, Actor, Recast, Spot};
use super::bounds::{self, Bound};
use super::case::{self, Case};
use super::compare;
use super::facts::{self, Against, Fact, Scene};
use super::figures::Standing;
use super::input::{Act, Report, Verb};
use super::judgement::{Judgement, Verdict};
use super::links::{self, Ladder, Link, Relation, Step};
use super::memory::{APART, Memory, Notes};
use super::origins::{self, Sketch};
use super::series::{self, Series};
use super::web::{Decided, Edge, Entry, Grouping, Regrouped, Tie, Web, decided};
use crate::claim::{Family, Status};
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

/// What an update has changed; of each what stands now, none where it is no more. What is not told of
/// stands as it was.
#[derive(Debug, Default)]
pub struct Update {
    /// By identifier.
    pub actors: BTreeMap<String, Option<Actor>>,
    /// All mentions of actors, by report.
    pub spots: BTreeMap<String, Vec<Spot>>,
    /// The origin of reports.
    pub origins: BTreeMap<String, Option<String>>,
    /// By identifier.
    pub facts: BTreeMap<String, Option<Fact>>,
    /// Facts whose links are all among [`Update::links`], and no others.
    pub relinked: BTreeSet<String>,
    /// The links of those facts.
    pub links: BTreeSet<Link>,
    /// By identifier.
    pub series: BTreeMap<String, Option<Series>>,
    /// By identifier.
    pub ladders: BTreeMap<String, Option<Ladder>>,
    /// By report.
    pub bounds: BTreeMap<String, Option<Bound>>,
    /// By the two that were judged.
    pub judgements: BTreeMap<(String, String), Option<Judgement>>,
    /// Acts whose words are no longer there: all of them.
    pub astray: Vec<Act>,
}

/// Reports judged by their words.
const COPIES: Web = Web("copy");
/// Reports judged by what they tell.
const RETOLD: Web = Web("retold");
/// Claims judged by what they say.
const CLAIMS: Web = Web("claim");

const ORIGINS: Grouping = Grouping("origin");
const FACTS: Grouping = Grouping("fact");
const SERIES: Grouping = Grouping("series");
const LADDERS: Grouping = Grouping("ladder");

/// What is kept of a fact for those that hang together with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Brief {
    pub(super) family: Family,
    pub(super) caption: String,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    /// The first and the last day its reports were published, as far as they say.
    pub(super) published: Option<(String, String)>,
    /// The rung of a commitment that it tells.
    step: Option<(Status, Option<String>)>,
    /// What a figure counts.
    measure: String,
    actors: Vec<String>,
}

/// Fuses anew what reports that came, went or changed have touched. An update of no report does what a
/// person decided or rated meanwhile.
pub fn update(
    pack: &Pack,
    gazetteer: &Gazetteer,
    memory: &mut dyn Memory,
    touched: &BTreeSet<String>,
) -> Update {
    let (acts, ratings) = (memory.acts(), memory.ratings());
    let mut fusion = Fusion {
        pack,
        gazetteer,
        notes: Notes::of(memory),
        acts,
        ratings,
        cases: HashMap::new(),
        found: Update::default(),
    };
    let reports = fusion.reports(touched);
    let recast = actors::recast(pack, gazetteer, &mut fusion.notes, &reports, &fusion.acts);
    let copied = fusion.copies(&reports);
    let claims = fusion.claims(&reports, &recast);
    let grouped = fusion.group(&claims);
    let told = fusion.told(&recast.reports, &grouped);
    let moved = fusion.origins(copied, &told);
    let facts = fusion.facts(&reports, &recast, &grouped, &moved);
    let linked = fusion.links(&grouped);
    fusion.series(&claims, &grouped, &facts);
    fusion.ladders(&linked, &facts);
    fusion.bounds(&recast.reports, &linked, &facts);
    fusion.finish(recast)
}

struct Fusion<'a, 'm> {
    pack: &'a Pack,
    gazetteer: &'a Gazetteer,
    notes: Notes<'m>,
    acts: Vec<Act>,
    ratings: BTreeMap<String, char>,
    /// Claims that were looked at.
    cases: HashMap<String, Rc<Case<'a>>>,
    found: Update,
}

/// So many claims are held at once.
const HELD: usize = 20_000;

fn claims_at(report: &str) -> String {
    format!("claims {report}")
}

fn case_at(claim: &str) -> String {
    format!("case {claim}")
}

fn sketch_at(report: &str) -> String {
    format!("sketch {report}")
}

/// The facts that a report tells, in the order of its text.
fn told_at(report: &str) -> String {
    format!("tells {report}")
}

fn brief_at(fact: &str) -> String {
    format!("brief {fact}")
}

fn plays_at(actor: &str) -> String {
    format!("plays {actor}")
}

fn links_at(fact: &str) -> String {
    format!("link {fact}")
}

fn ladder_at(group: &str) -> String {
    format!("rungs {group}")
}

fn outlet_at(outlet: &str) -> String {
    format!("outlet {outlet}")
}

fn head_at(report: &str) -> String {
    format!("head {report}")
}

impl<'a> Fusion<'a, '_> {
    /// The reports to be looked at: those that were touched, and those on which a person decided
    /// something or no longer does.
    fn reports(&mut self, touched: &BTreeSet<String>) -> BTreeMap<String, Option<Report>> {
        let mut ids = touched.clone();
        let before: Vec<Act> = self.notes.get("acts").unwrap_or_default();
        if before != self.acts {
            let now = self.acts.iter().filter(|act| !before.contains(act));
            let changed = before.iter().filter(|act| !self.acts.contains(act)).chain(now);
            ids.extend(changed.flat_map(|act| &act.anchors).map(|anchor| anchor.report.clone()));
            match self.acts.is_empty() {
                true => self.notes.drop("acts"),
                false => self.notes.put("acts", &self.acts),
            }
        }
        let load = |id: String| {
            let report = self.notes.memory.report(&id);
            (id, report)
        };
        let reports: BTreeMap<String, Option<Report>> = ids.into_iter().map(load).collect();
        for (id, report) in &reports {
            let before: Option<Option<String>> = self.notes.get(&head_at(id));
            let now = report.as_ref().map(|report| report.outlet.clone());
            if before == now {
                continue;
            }
            if let Some(Some(outlet)) = &before {
                self.notes.unmark(&outlet_at(outlet), id);
            }
            if let Some(Some(outlet)) = &now {
                self.notes.mark(&outlet_at(outlet), id);
            }
            match &now {
                Some(now) => self.notes.put(&head_at(id), now),
                None => self.notes.drop(&head_at(id)),
            }
        }
        reports
    }

    /// Judges reports by their words.
    fn copies(&mut self, reports: &BTreeMap<String, Option<Report>>) -> BTreeSet<String> {
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for (id, report) in reports {
            let before: Option<Sketch> = self.notes.get(&sketch_at(id));
            let now = report.as_ref().map(origins::sketch);
            if before == now {
                continue;
            }
            match &now {
                Some(sketch) => {
                    self.notes.put(&sketch_at(id), sketch);
                    let (blocks, order) = (sketch.blocks(), String::new());
                    come.push(Entry { id: id.clone(), blocks, order });
                }
                None => {
                    self.notes.drop(&sketch_at(id));
                    gone.insert(id.clone());
                }
            }
        }
        let mut sketches: BTreeMap<String, Sketch> = BTreeMap::new();
        COPIES.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            for id in [one, other] {
                if !sketches.contains_key(id) {
                    let sketch = notes.get(&sketch_at(id)).unwrap_or_default();
                    sketches.insert(id.to_owned(), sketch);
                }
            }
            origins::copied(&sketches[one], &sketches[other])
        })
    }

    /// Judges the claims of reports whose words stand for others now, or that changed.
    fn claims(
        &mut self,
        reports: &BTreeMap<String, Option<Report>>,
        recast: &Recast,
    ) -> BTreeSet<String> {
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for id in &recast.reports {
            let known = reports.get(id).cloned();
            let report = known.unwrap_or_else(|| self.notes.memory.report(id));
            let cast = actors::cast(&mut self.notes, id);
            self.found.spots.insert(id.clone(), cast.spots());
            let report = report.iter();
            let cases = report.flat_map(|report| {
                case::cases(self.pack, self.gazetteer, &self.acts, &cast, report)
            });
            let cases: Vec<Case<'_>> = cases.collect();
            let before: Vec<String> = self.notes.get(&claims_at(id)).unwrap_or_default();
            let mut now: Vec<String> = Vec::new();
            let mut seen = BTreeSet::new();
            for case in cases {
                let claim = case.id().to_owned();
                if !seen.insert(claim.clone()) {
                    continue;
                }
                let text = serde_json::to_string(&case).unwrap_or_default();
                if self.notes.memory.note(&case_at(&claim)).as_ref() != Some(&text) {
                    self.notes.memory.keep(&case_at(&claim), Some(text));
                    self.cases.remove(&claim);
                    let (blocks, order) = (case.blocks(), case.order());
                    come.push(Entry { id: claim.clone(), blocks, order });
                }
                now.push(claim);
            }
            for claim in before.iter().filter(|claim| !seen.contains(*claim)) {
                self.notes.drop(&case_at(claim));
                self.cases.remove(claim);
                gone.insert(claim.clone());
            }
            match now.is_empty() {
                true => self.notes.drop(&claims_at(id)),
                false => self.notes.put(&claims_at(id), &now),
            }
        }
        let (pack, gazetteer) = (self.pack, self.gazetteer);
        let cases = &mut self.cases;
        CLAIMS.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            let one = load(pack, notes, cases, one)?;
            let other = load(pack, notes, cases, other)?;
            compare::judge(pack, gazetteer, &one, &other)
        })
    }

    fn case(&mut self, claim: &str) -> Option<Rc<Case<'a>>> {
        load(self.pack, &mut self.notes, &mut self.cases, claim)
    }

    /// Groups claims that are one.
    fn group(&mut self, touched: &BTreeSet<String>) -> Regrouped {
        let acts = self.act_ties();
        let mut touched = touched.clone();
        touched.extend(acts.keys().cloned());
        // What was decided before may be taken back.
        touched.extend(self.notes.get::<Vec<String>>("decided").unwrap_or_default());
        match acts.is_empty() {
            true => self.notes.drop("decided"),
            false => self.notes.put("decided", &acts.keys().collect::<Vec<_>>()),
        }
        FACTS.regroup(&mut self.notes, &touched, &has_case, &mut |notes, id| {
            let mut ties = acts.get(id).cloned().unwrap_or_default();
            let edges = CLAIMS.edges(notes, id).into_iter();
            let tie = |(other, edge): (String, Edge)| match (edge.verdict, edge.relation) {
                (Verdict::Same, _) => Some((other, Tie::Joined(-edge.weight))),
                (Verdict::Different, Some(_)) => Some((other, Tie::Apart)),
                _ => None,
            };
            ties.extend(edges.filter_map(tie));
            ties
        })
    }

    /// What a person decided of two claims.
    fn act_ties(&mut self) -> Decided {
        let acts = self.acts.clone();
        let acts = acts.iter().filter(|act| of_claims(act));
        decided(acts.filter_map(|act| {
            Some((self.anchored(act, 0)?, self.anchored(act, 1)?, act.verb == Verb::Same))
        }))
    }

    /// The claim that an act is about.
    fn anchored(&mut self, act: &Act, which: usize) -> Option<String> {
        let anchor = act.anchors.get(which)?;
        let claims: Vec<String> = self.notes.get(&claims_at(&anchor.report))?;
        claims.into_iter().find(|claim| {
            self.case(claim).is_some_and(|case| {
                anchor.kind.as_ref() == Some(&case.telling.kind)
                    && (case.telling.trigger.start, case.telling.trigger.end)
                        == (anchor.start, anchor.end)
            })
        })
    }

    /// The facts that reports tell, where that has changed; gives the reports.
    fn told(&mut self, recast: &BTreeSet<String>, grouped: &Regrouped) -> BTreeSet<String> {
        let mut reports = recast.clone();
        for members in grouped.now.values() {
            for claim in members {
                if grouped.moved.contains(claim) {
                    reports.extend(self.case(claim).map(|case| case.report.id.clone()));
                }
            }
        }
        // What is only taken for granted is told by others now, or no more.
        for (group, members) in &grouped.now {
            let cases: Vec<_> = members.iter().filter_map(|claim| self.case(claim)).collect();
            if facts::founded(&cases) != self.notes.has(&brief_at(group)) {
                reports.extend(cases.iter().map(|case| case.report.id.clone()));
            }
        }
        let founded: BTreeSet<&String> = grouped
            .now
            .iter()
            .filter(|(_, members)| {
                let cases: Vec<_> = members.iter().filter_map(|claim| self.case(claim)).collect();
                facts::founded(&cases)
            })
            .map(|(group, _)| group)
            .collect();
        let mut changed = BTreeSet::new();
        for report in reports {
            let claims: Vec<String> = self.notes.get(&claims_at(&report)).unwrap_or_default();
            let mut told: Vec<String> = Vec::new();
            for claim in claims {
                let Some(group) = FACTS.of(&mut self.notes, &claim) else { continue };
                let is = match grouped.now.contains_key(&group) {
                    true => founded.contains(&group),
                    false => self.notes.has(&brief_at(&group)),
                };
                if is && !told.contains(&group) {
                    told.push(group);
                }
            }
            let before: Vec<String> = self.notes.get(&told_at(&report)).unwrap_or_default();
            if before == told {
                continue;
            }
            match told.is_empty() {
                true => self.notes.drop(&told_at(&report)),
                false => self.notes.put(&told_at(&report), &told),
            }
            changed.insert(report);
        }
        changed
    }

    fn tells(&mut self, report: &str) -> Vec<String> {
        self.notes.get(&told_at(report)).unwrap_or_default()
    }

    /// Finds out which reports go back to one text; gives those whose origin is another now.
    fn origins(&mut self, copied: BTreeSet<String>, told: &BTreeSet<String>) -> BTreeSet<String> {
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for report in told {
            let facts = self.tells(report);
            match facts.len() < origins::RETOLD {
                true => {
                    gone.insert(report.clone());
                }
                false => come.push(Entry {
                    id: report.clone(),
                    blocks: facts.into_iter().collect(),
                    order: String::new(),
                }),
            }
        }
        let mut touched = RETOLD.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            let one: Vec<String> = notes.get(&told_at(one))?;
            let other: Vec<String> = notes.get(&told_at(other))?;
            origins::retold(&one, &other)
        });
        touched.extend(copied);
        let exists = |notes: &mut Notes<'_>, id: &str| notes.has(&sketch_at(id));
        let grouped = ORIGINS.regroup(&mut self.notes, &touched, &exists, &mut |notes, id| {
            let mut edges = COPIES.edges(notes, id);
            edges.extend(RETOLD.edges(notes, id));
            edges.into_iter().map(|(other, _)| (other, Tie::Joined(0))).collect()
        });
        for report in touched {
            let origin = ORIGINS.of(&mut self.notes, &report);
            if origin.is_none() {
                self.found.origins.insert(report, None);
            }
        }
        for report in &grouped.moved {
            let origin = ORIGINS.of(&mut self.notes, report);
            self.found.origins.insert(report.clone(), origin);
        }
        grouped.moved
    }

    /// Makes the facts anew that could be told otherwise now; gives those whose brief has changed.
    fn facts(
        &mut self,
        reports: &BTreeMap<String, Option<Report>>,
        recast: &Recast,
        grouped: &Regrouped,
        moved: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut changed = BTreeSet::new();
        let mut made: BTreeSet<String> = grouped.now.keys().cloned().collect();
        for report in moved.iter().chain(reports.keys()) {
            made.extend(self.tells(report));
        }
        for actor in &recast.renamed {
            made.extend(self.notes.marked(&plays_at(actor)));
        }
        for report in self.rated_otherwise() {
            made.extend(self.tells(&report));
        }
        made.extend(grouped.gone.iter().cloned());
        made.extend(self.denied_otherwise(grouped));
        for id in made {
            let fact = self.make(&id);
            let before: Option<Brief> = self.notes.get(&brief_at(&id));
            let brief = fact.as_ref().map(|(_, brief)| brief.clone());
            if before != brief {
                changed.insert(id.clone());
                for actor in before.iter().flat_map(|brief| &brief.actors) {
                    self.notes.unmark(&plays_at(actor), &id);
                }
                for actor in brief.iter().flat_map(|brief| &brief.actors) {
                    self.notes.mark(&plays_at(actor), &id);
                }
                match &brief {
                    Some(brief) => self.notes.put(&brief_at(&id), brief),
                    None => self.notes.drop(&brief_at(&id)),
                }
            }
            if before.is_some() || fact.is_some() {
                self.found.facts.insert(id, fact.map(|(fact, _)| fact));
            }
        }
        changed
    }

    /// The facts that are denied, or deny, what is told now and was not, or is told no more.
    fn denied_otherwise(&mut self, grouped: &Regrouped) -> BTreeSet<String> {
        let mut facts = BTreeSet::new();
        for (group, members) in &grouped.now {
            let told = !self.members(group).is_empty();
            let turned = told != self.notes.has(&brief_at(group));
            for claim in members.iter().filter(|claim| turned || grouped.moved.contains(*claim)) {
                for (other, edge) in CLAIMS.edges(&mut self.notes, claim) {
                    if edge.relation == Some(Relation::Denied) {
                        facts.extend(FACTS.of(&mut self.notes, &other));
                    }
                }
            }
        }
        facts
    }

    /// The reports of outlets that the user rates otherwise than before.
    fn rated_otherwise(&mut self) -> BTreeSet<String> {
        let before: BTreeMap<String, char> = self.notes.get("ratings").unwrap_or_default();
        let now = self.ratings.clone();
        if before == now {
            return BTreeSet::new();
        }
        match now.is_empty() {
            true => self.notes.drop("ratings"),
            false => self.notes.put("ratings", &now),
        }
        let mut reports = BTreeSet::new();
        for outlet in before.keys().chain(now.keys()) {
            if before.get(outlet) != now.get(outlet) {
                reports.extend(self.notes.marked(&outlet_at(outlet)));
            }
        }
        reports
    }

    /// The claims of a fact, if there is one.
    fn members(&mut self, group: &str) -> Vec<Rc<Case<'a>>> {
        let members = FACTS.members(&mut self.notes, group);
        let cases: Vec<_> = members.iter().filter_map(|claim| self.case(claim)).collect();
        if facts::founded(&cases) { cases } else { Vec::new() }
    }

    fn make(&mut self, group: &str) -> Option<(Fact, Brief)> {
        let cases = self.members(group);
        if cases.is_empty() {
            return None;
        }
        let (mut origins, mut names) = (BTreeMap::new(), BTreeMap::new());
        let mut against = Against::default();
        for case in &cases {
            let report = &case.report.id;
            if !origins.contains_key(report) {
                let origin = ORIGINS.of(&mut self.notes, report).unwrap_or_default();
                origins.insert(report.clone(), origin);
            }
            for actor in case.parts.iter().filter_map(|part| part.value.actor()) {
                if !names.contains_key(actor) {
                    let known = actors::actor_of(&mut self.notes, actor);
                    names.extend(known.map(|known| (actor.to_owned(), known.name)));
                }
            }
            for (other, edge) in CLAIMS.edges(&mut self.notes, case.id()) {
                let denied = edge.relation == Some(Relation::Denied);
                against.denied |= denied && self.elsewhere(&other, group);
                let standing = edge.standing.map(|(standing, _)| standing);
                against.contradicted |= standing == Some(Standing::Contradicts);
            }
        }
        let scene = Scene {
            pack: self.pack,
            gazetteer: self.gazetteer,
            acts: &self.acts,
            ratings: &self.ratings,
            origins: &origins,
            names: &names,
            against,
        };
        let fact = facts::fact(scene, &cases);
        let brief = brief(&fact, &cases);
        Some((fact, brief))
    }

    /// Whether a claim tells another fact.
    fn elsewhere(&mut self, claim: &str, group: &str) -> bool {
        let other = FACTS.of(&mut self.notes, claim).filter(|other| other != group);
        other.is_some_and(|other| !self.members(&other).is_empty())
    }

    /// The fact that a claim tells, if it tells one; known once facts are made.
    fn fact_of(&mut self, claim: &str) -> Option<String> {
        let group = FACTS.of(&mut self.notes, claim)?;
        self.notes.has(&brief_at(&group)).then_some(group)
    }

    /// Links anew the facts that were grouped; gives them, with those that they are linked to or were.
    fn links(&mut self, grouped: &Regrouped) -> BTreeSet<String> {
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
        for (other, edge) in CLAIMS.edges(&mut self.notes, case.id()) {
            let Some(relation) = edge.relation else { continue };
            let Some(there) = self.fact_of(&other).filter(|there| there != fact) else { continue };
            let Some(their) = self.case(&other) else { continue };
            let (from, to) = match links::forward(relation, case, &their) {
                true => (fact.to_owned(), there),
                false => (there, fact.to_owned()),
            };
            let pair = super::web::ordered(case.id(), &other);
            links.push((pair, Link { from, to, relation: relation.name(), reasons: edge.reasons }));
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
    fn series(&mut self, claims: &BTreeSet<String>, grouped: &Regrouped, facts: &BTreeSet<String>) {
        let mut touched: BTreeSet<String> = claims.clone();
        touched.extend(grouped.moved.iter().cloned());
        for fact in facts {
            touched.extend(FACTS.members(&mut self.notes, fact));
        }
        let counts = |notes: &mut Notes<'_>, id: &str| {
            let edges = CLAIMS.edges(notes, id).into_iter();
            edges.filter(|(_, edge)| edge.standing.is_some()).collect::<Vec<_>>()
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
            for (other, edge) in CLAIMS.edges(&mut self.notes, claim) {
                if let Some((standing, why)) = edge.standing {
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
    fn ladders(&mut self, linked: &BTreeSet<String>, facts: &BTreeSet<String>) {
        let touched: BTreeSet<String> = linked.union(facts).cloned().collect();
        let exists = |notes: &mut Notes<'_>, id: &str| notes.has(&brief_at(id));
        let climbs = [Relation::Step.name(), Relation::CarriedOut.name()];
        let grouped = LADDERS.regroup(&mut self.notes, &touched, &exists, &mut |notes, id| {
            let marks = notes.marked(&links_at(id));
            let links = marks.iter().map(|mark| unmarked(mark));
            let climbs = links.filter(|(_, relation, _)| climbs.contains(relation));
            climbs.map(|(other, ..)| (other.to_owned(), Tie::Joined(0))).collect()
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
    fn bounds(
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
            let bound = self.bound(&report);
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

    fn finish(mut self, recast: Recast) -> Update {
        let acts = std::mem::take(&mut self.acts);
        for act in acts {
            let found = match () {
                () if actors::of_actors(&act) => actors::is_found(&mut self.notes, &act),
                () if of_claims(&act) => {
                    self.anchored(&act, 0).is_some() && self.anchored(&act, 1).is_some()
                }
                () => true,
            };
            if !found {
                self.found.astray.push(act);
            }
        }
        let Fusion { notes, mut found, .. } = self;
        found.actors = recast.actors;
        found.judgements = notes.judged;
        found
    }
}

fn has_case(notes: &mut Notes<'_>, claim: &str) -> bool {
    notes.has(&case_at(claim))
}

fn load<'a>(
    pack: &'a Pack,
    notes: &mut Notes<'_>,
    cases: &mut HashMap<String, Rc<Case<'a>>>,
    claim: &str,
) -> Option<Rc<Case<'a>>> {
    if let Some(case) = cases.get(claim) {
        return Some(Rc::clone(case));
    }
    let mut case: Case<'a> = notes.get(&case_at(claim))?;
    case.kind = pack.kinds.by_name(&case.telling.kind);
    if cases.len() >= HELD {
        cases.clear();
    }
    let case = Rc::new(case);
    cases.insert(claim.to_owned(), Rc::clone(&case));
    Some(case)
}

/// Whether a person decided with it what claims tell.
fn of_claims(act: &Act) -> bool {
    let on_claims = act.anchors.iter().all(|anchor| anchor.kind.is_some());
    on_claims && act.anchors.len() == 2 && matches!(act.verb, Verb::Same | Verb::Different)
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

fn brief(fact: &Fact, cases: &[Rc<Case<'_>>]) -> Brief {
    let days = || fact.claims.iter().filter_map(|told| told.published.as_ref()?.get(..10));
    let published = days().min().zip(days().max());
    let commits = fact.family == Family::Commitment && !fact.denied;
    let rung = cases.iter().filter_map(|case| case.telling.status).max().filter(|_| commits);
    let dated = fact.claims.iter().find_map(|told| told.published.clone());
    let measure = fact.roles.iter().find(|role| role.role == "measure");
    Brief {
        family: fact.family,
        caption: fact.caption.clone(),
        first: fact.first.clone(),
        last: fact.last.clone(),
        published: published.map(|(first, last)| (first.to_owned(), last.to_owned())),
        step: rung.map(|rung| (rung, fact.first.clone().or(dated))),
        measure: measure.map(|role| role.value.clone()).unwrap_or_default(),
        actors: fact.actors.clone(),
    }
}
