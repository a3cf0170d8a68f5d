//! Fusion: from what each report says to actors and facts that several reports tell of.
//!
//! Pure functions over all reports of a room. Nothing depends on the order in which reports were
//! added: reports go by their identifiers, and all that is made is named after what it is made of.

pub mod actors;
mod bounds;
mod case;
mod compare;
mod facts;
mod figures;
mod groups;
pub mod incidents;
pub mod input;
pub mod judgement;
mod links;
mod origins;
mod series;
mod standing;
mod statements;

use std::collections::BTreeMap;

use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

pub use actors::{Actor, Actors};
pub use bounds::Bound;
pub use facts::{Change, Fact, Other, Settled, Told};
pub use figures::Standing;
pub use input::Room;
pub use judgement::{Judgement, Reason, Verdict};
pub use links::{Ladder, Link, Relation, Step};
pub use origins::{Origin, Origins, origins};
pub use series::{Pair, Point, Series};
pub use standing::{Credibility, Evidence, credibility};

/// All that reports tell together.
#[derive(Debug, Clone, Default)]
pub struct Fused {
    /// Who and where, in the order of identifiers.
    pub actors: Vec<Actor>,
    /// What reports go back to.
    pub origins: Vec<Origin>,
    /// What they tell, in the order of identifiers.
    pub facts: Vec<Fact>,
    /// Which facts hang together.
    pub links: Vec<Link>,
    /// Figures over time.
    pub series: Vec<Series>,
    /// Commitments with their rungs.
    pub ladders: Vec<Ladder>,
    /// When undated reports were written.
    pub bounds: Vec<Bound>,
    /// What was judged, of actors, claims and reports, with reasons.
    pub judgements: Vec<Judgement>,
    /// Acts whose words are no longer there.
    pub astray: Vec<input::Act>,
}

/// Fuses what the reports of a room say.
pub fn fuse(pack: &Pack, gazetteer: &Gazetteer, room: &Room) -> Fused {
    let actors = actors::actors(pack, gazetteer, room);
    let origins = origins::origins(room);
    let cases = case::cases(pack, gazetteer, room, &actors);
    let scene =
        facts::Scene { pack, gazetteer, room, actors: &actors, origins: &origins, cases: &cases };
    let mut found = facts::facts(scene);
    let origins = std::mem::take(&mut found.origins);
    let scene = facts::Scene { origins: &origins, ..scene };
    let series = series::series(scene, &found);
    weigh(scene, &mut found, &series);
    let ladders = links::ladders(scene, &found);
    let bounds = bounds::bounds(scene, &found);
    let facts::Found { facts, links, judgements: of_claims, astray, .. } = found;
    let mut judgements: Vec<Judgement> = Vec::new();
    let mut all_astray = actors.astray.clone();
    all_astray.extend(astray);
    for of in [actors.judgements, of_claims, origins.judgements] {
        judgements.extend(of);
    }
    judgements.sort();
    Fused {
        actors: actors.all,
        origins: origins.all,
        facts,
        links,
        series,
        ladders,
        bounds,
        judgements,
        astray: all_astray,
    }
}

/// Takes into the credibility of facts what speaks against them: denials, and figures that cannot be
/// so together.
fn weigh(scene: facts::Scene<'_>, found: &mut facts::Found, series: &[Series]) {
    let numbers: BTreeMap<String, usize> =
        found.facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), at)).collect();
    let mut against: BTreeMap<usize, Evidence> = BTreeMap::new();
    for link in found.links.iter().filter(|link| link.relation == Relation::Denied.name()) {
        for end in [&link.from, &link.to] {
            against.entry(numbers[end]).or_default().denied = true;
        }
    }
    for series in series {
        let fact = |claim: &String| {
            let point = series.points.iter().find(|point| point.claim == *claim)?;
            numbers.get(&point.fact).copied()
        };
        for pair in series.pairs.iter().filter(|pair| pair.standing == Standing::Contradicts) {
            for one in [fact(&pair.left), fact(&pair.right)].into_iter().flatten() {
                against.entry(one).or_default().against = 1;
            }
        }
    }
    for (number, evidence) in against {
        let cases: Vec<&case::Case<'_>> =
            found.members[number].iter().map(|&case| &scene.cases[case]).collect();
        let origins = facts::origins(scene, &cases);
        let best = facts::rating(scene, &cases);
        found.facts[number].credibility = credibility(&Evidence { origins, best, ..evidence });
    }
}
