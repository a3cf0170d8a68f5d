//! One update: what came, went or changed, and all that it touches.

mod hanging;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::actors::{self, Actor, Recast, Spot};
use super::bounds::Bound;
use super::case::{self, Case};
use super::compare;
use super::facts::{self, Against, Fact, Scene};
use super::figures::Standing;
use super::input::{Act, Report, Verb};
use super::judgement::{Judgement, Verdict};
use super::links::{Ladder, Link, Relation};
use super::memory::{Memory, Notes};
use super::origins::{self, Sketch};
use super::outline::Outline;
use super::series::Series;
use super::web::{Bond, Changed, Decided, Entry, Grouping, Regrouped, Tie, Web, decided};
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
        dated: BTreeSet::new(),
        found: Update::default(),
    };
    let reports = fusion.reports(touched);
    let recast = actors::recast(pack, gazetteer, &mut fusion.notes, &reports, &fusion.acts);
    let copied = fusion.copies(&reports);
    let claims = fusion.claims(&reports, &recast);
    let grouped = fusion.group(&claims);
    let founded = fusion.founded(&grouped);
    let retold = fusion.retold(&grouped, &founded);
    let told = fusion.told(&recast.reports, &grouped, &founded, &retold);
    let moved = fusion.origins(copied, &told);
    let facts = fusion.facts(&reports, &recast, &grouped, &retold, &moved);
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
    /// Reports that were looked at and say when they were published.
    dated: BTreeSet<String>,
    found: Update,
}

/// So many claims are held at once, and so many outlines. Most are asked for once or twice, and near
/// together: to take more memory costs more than to read some again.
const HELD: usize = 20_000;

fn claims_at(report: &str) -> String {
    format!("{report} claims")
}

fn case_at(claim: &str) -> String {
    format!("{claim} case")
}

/// Outlines stand together, so that a page holds those of many claims.
fn outline_at(claim: &str) -> String {
    format!("outline {claim}")
}

/// As do sketches.
fn sketch_at(report: &str) -> String {
    format!("sketch {report}")
}

/// The facts that a report tells, in the order of its text.
fn told_at(report: &str) -> String {
    format!("{report} tells")
}

fn brief_at(fact: &str) -> String {
    format!("{fact} brief")
}

fn plays_at(actor: &str) -> String {
    format!("{actor} plays")
}

fn links_at(fact: &str) -> String {
    format!("{fact} link")
}

fn ladder_at(group: &str) -> String {
    format!("{group} rungs")
}

fn outlet_at(outlet: &str) -> String {
    format!("outlet {outlet}")
}

fn head_at(report: &str) -> String {
    format!("{report} head")
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
            self.notes.set("acts", Some(&self.acts).filter(|acts| !acts.is_empty()));
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
            self.notes.set(&head_at(id), now.as_ref());
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
        let changed = COPIES.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            for id in [one, other] {
                if !sketches.contains_key(id) {
                    let sketch = notes.get_once(&sketch_at(id)).unwrap_or_default();
                    sketches.insert(id.to_owned(), sketch);
                }
            }
            origins::copied(&sketches[one], &sketches[other])
        });
        changed.touched
    }

    /// Judges the claims of reports whose words stand for others now, or that changed.
    fn claims(&mut self, reports: &BTreeMap<String, Option<Report>>, recast: &Recast) -> Changed {
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for id in &recast.reports {
            let known = reports.get(id).cloned();
            let report = known.unwrap_or_else(|| self.notes.memory.report(id));
            let cast = actors::cast(&mut self.notes, id);
            self.found.spots.insert(id.clone(), cast.spots());
            if report.as_ref().is_some_and(|report| report.published.is_some()) {
                self.dated.insert(id.clone());
            }
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
                if self.notes.memory.once(&case_at(&claim)).as_ref() != Some(&text) {
                    self.notes.memory.keep(&case_at(&claim), Some(text));
                    self.notes.put(&outline_at(&claim), &Outline::of(&case));
                    self.cases.remove(&claim);
                    let (blocks, order) = (case.blocks(), case.order());
                    come.push(Entry { id: claim.clone(), blocks, order });
                }
                now.push(claim);
            }
            for claim in before.iter().filter(|claim| !seen.contains(*claim)) {
                self.notes.drop(&case_at(claim));
                self.notes.drop(&outline_at(claim));
                self.cases.remove(claim);
                gone.insert(claim.clone());
            }
            self.notes.set(&claims_at(id), Some(&now).filter(|now| !now.is_empty()));
        }
        // Those of near days have their neighbours in common: what was read for one is held for the next.
        come.sort_unstable_by(|one, other| (&one.order, &one.id).cmp(&(&other.order, &other.id)));
        let (pack, gazetteer) = (self.pack, self.gazetteer);
        let cases = &mut self.cases;
        let mut outlines = HashMap::new();
        CLAIMS.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            let outline = outlined(pack, notes, &mut outlines, one)?;
            let theirs = outlined(pack, notes, &mut outlines, other)?;
            if compare::are_two(pack, gazetteer, &outline, &theirs) {
                return None;
            }
            let one = load(pack, notes, cases, one)?;
            let other = load(pack, notes, cases, other)?;
            compare::judge(pack, gazetteer, &one, &other)
        })
    }

    fn case(&mut self, claim: &str) -> Option<Rc<Case<'a>>> {
        load(self.pack, &mut self.notes, &mut self.cases, claim)
    }

    /// Groups claims that are one; of the groups looked at it gives those that could tell something
    /// else now.
    fn group(&mut self, claims: &Changed) -> Regrouped {
        let acts = self.act_ties();
        let mut touched = claims.touched.clone();
        touched.extend(acts.keys().cloned());
        // What was decided before may be taken back.
        touched.extend(self.notes.get::<Vec<String>>("decided").unwrap_or_default());
        let on: Vec<&String> = acts.keys().collect();
        self.notes.set("decided", Some(&on).filter(|on| !on.is_empty()));
        let mut grouped = FACTS.regroup(&mut self.notes, &touched, &has_case, &mut |notes, id| {
            let mut ties = acts.get(id).cloned().unwrap_or_default();
            let bonds = CLAIMS.bonds(notes, id).into_iter();
            let tie = |(other, bond): (String, Bond)| match (bond.verdict, bond.relation) {
                (Verdict::Same, _) => Some((other, Tie::Joined(-bond.weight))),
                (Verdict::Different, Some(_)) => Some((other, Tie::Apart)),
                _ => None,
            };
            ties.extend(bonds.filter_map(tie));
            ties
        });
        let Regrouped { now, changed, .. } = &mut grouped;
        let hangs = |members: &[String]| members.iter().any(|id| claims.hanging.contains(id));
        now.retain(|group, members| changed.contains(group) || hangs(members));
        grouped
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

    /// The groups among those looked at that tell a fact: not all of it is taken for granted.
    fn founded(&mut self, grouped: &Regrouped) -> BTreeSet<String> {
        let groups = grouped.now.keys();
        groups.filter(|group| !self.members(group).is_empty()).cloned().collect()
    }

    /// The facts that reports tell, where that has changed; gives the reports. `founded` are the groups
    /// among those looked at that tell a fact, `retold` the claims that tell another one than before.
    fn told(
        &mut self,
        recast: &BTreeSet<String>,
        grouped: &Regrouped,
        founded: &BTreeSet<String>,
        retold: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut reports = recast.clone();
        for claim in retold {
            reports.extend(self.case(claim).map(|case| case.report.id.clone()));
        }
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
            self.notes.set(&told_at(&report), Some(&told).filter(|told| !told.is_empty()));
            changed.insert(report);
        }
        changed
    }

    /// The claims that tell another fact than before, or one where they told none, or none any more.
    fn retold(&mut self, grouped: &Regrouped, founded: &BTreeSet<String>) -> BTreeSet<String> {
        let mut claims = grouped.moved.clone();
        for (group, members) in &grouped.now {
            if founded.contains(group) != self.notes.has(&brief_at(group)) {
                claims.extend(members.iter().cloned());
            }
        }
        claims
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
        let changed = RETOLD.change(&mut self.notes, &gone, &come, &mut |notes, one, other| {
            let one: Vec<String> = notes.get(&told_at(one))?;
            let other: Vec<String> = notes.get(&told_at(other))?;
            origins::retold(&one, &other)
        });
        let mut touched = changed.touched;
        touched.extend(copied);
        let exists = |notes: &mut Notes<'_>, id: &str| notes.has(&sketch_at(id));
        let grouped = ORIGINS.regroup(&mut self.notes, &touched, &exists, &mut |notes, id| {
            let mut bonds = COPIES.bonds(notes, id);
            bonds.extend(RETOLD.bonds(notes, id));
            bonds.into_iter().map(|(other, _)| (other, Tie::Joined(0))).collect()
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
        retold: &BTreeSet<String>,
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
        made.extend(self.denied_otherwise(retold));
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
                self.notes.set(&brief_at(&id), brief.as_ref());
            }
            if before.is_some() || fact.is_some() {
                self.found.facts.insert(id, fact.map(|(fact, _)| fact));
            }
        }
        changed
    }

    /// The facts that are denied, or deny, what other facts tell now.
    fn denied_otherwise(&mut self, claims: &BTreeSet<String>) -> BTreeSet<String> {
        let mut facts = BTreeSet::new();
        for claim in claims {
            for (other, bond) in CLAIMS.bonds(&mut self.notes, claim) {
                if bond.relation == Some(Relation::Denied) {
                    facts.extend(FACTS.of(&mut self.notes, &other));
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
        self.notes.set("ratings", Some(&now).filter(|now| !now.is_empty()));
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
            for (other, bond) in CLAIMS.bonds(&mut self.notes, case.id()) {
                let denied = bond.relation == Some(Relation::Denied);
                against.denied |= denied && self.elsewhere(&other, group);
                against.contradicted |= bond.standing == Some(Standing::Contradicts);
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
    let mut case: Case<'a> = notes.get_once(&case_at(claim))?;
    case.kind = pack.kinds.by_name(&case.telling.kind);
    Some(hold(cases, claim, case))
}

/// A claim as far as its outline tells.
fn outlined<'a>(
    pack: &'a Pack,
    notes: &mut Notes<'_>,
    outlines: &mut HashMap<String, Rc<Case<'a>>>,
    claim: &str,
) -> Option<Rc<Case<'a>>> {
    if let Some(outline) = outlines.get(claim) {
        return Some(Rc::clone(outline));
    }
    let outline: Outline = notes.get_once(&outline_at(claim))?;
    Some(hold(outlines, claim, outline.case(pack)))
}

fn hold<'a>(held: &mut HashMap<String, Rc<Case<'a>>>, claim: &str, case: Case<'a>) -> Rc<Case<'a>> {
    if held.len() >= HELD {
        held.clear();
    }
    let case = Rc::new(case);
    held.insert(claim.to_owned(), Rc::clone(&case));
    case
}

/// Whether a person decided with it what claims tell.
fn of_claims(act: &Act) -> bool {
    let on_claims = act.anchors.iter().all(|anchor| anchor.kind.is_some());
    on_claims && act.anchors.len() == 2 && matches!(act.verb, Verb::Same | Verb::Different)
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
