//! Claims as JSON, in the form that scripts rely on.

use std::ops::Range;

use atalaya_facts::claim::{Claim, Link, Role, Value as Held};
use atalaya_facts::{Extraction, Reading};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::values;
use crate::world::Engine;

/// The claims of a report, each with its identifier. `points` turns bytes of the report's text into
/// code points.
pub fn claims(
    engine: &Engine,
    reading: &Reading<'_>,
    made: &Extraction,
    points: &dyn Fn(&Range<usize>) -> Range<usize>,
) -> Vec<(String, Value)> {
    let ids: Vec<String> = made.claims.iter().map(|claim| id(reading, claim, points)).collect();
    let writer = Writer { engine, text: &reading.report.text, ids: &ids, points };
    made.claims.iter().zip(&ids).map(|(claim, id)| (id.clone(), writer.claim(id, claim))).collect()
}

/// A claim's identifier: a hash of its report's hash, its kind, and where its words stand.
fn id(
    reading: &Reading<'_>,
    claim: &Claim,
    points: &dyn Fn(&Range<usize>) -> Range<usize>,
) -> String {
    let mut hash = Sha256::new();
    let span = |span: &Range<usize>| {
        let points = points(span);
        format!("{}-{};", points.start, points.end)
    };
    hash.update(format!("{}\n{}\n{}", reading.report.hash, claim.kind, span(&claim.trigger)));
    for role in &claim.roles {
        hash.update(format!("{}:{}", role.id, span(&role.value.span)));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

struct Writer<'a> {
    engine: &'a Engine,
    text: &'a str,
    ids: &'a [String],
    points: &'a dyn Fn(&Range<usize>) -> Range<usize>,
}

impl Writer<'_> {
    fn claim(&self, id: &str, claim: &Claim) -> Value {
        let kind = self.engine.pack.kinds.by_name(&claim.kind);
        let (start, end) = self.span(&claim.sentence);
        let (trigger_start, trigger_end) = self.span(&claim.trigger);
        json!({
            "id": id, "family": claim.family.name(), "kind": claim.kind,
            "plover": kind.and_then(|kind| kind.plover.as_ref()),
            "realis": claim.assertion.realis.name(), "denied": claim.assertion.denied,
            "status": claim.status.map(atalaya_facts::claim::Status::name), "aspect": claim.aspect.name(),
            "presupposed": claim.presupposed,
            "attribution": claim.attribution.iter().map(|link| self.link(link)).collect::<Vec<_>>(),
            "roles": claim.roles.iter().map(|role| self.role(role)).collect::<Vec<_>>(),
            "trigger": { "text": self.text[claim.trigger.clone()], "start": trigger_start, "end": trigger_end },
            "start": start, "end": end, "text": self.text[claim.sentence.clone()],
            "within": claim.within.map(|within| &self.ids[within]), "rule": claim.rule,
        })
    }

    fn link(&self, link: &Link) -> Value {
        let (start, end) = self.span(&link.span);
        json!({
            "text": self.text[link.span.clone()], "name": link.name, "class": link.class, "via": link.via,
            "quoted": link.quoted, "start": start, "end": end, "when": link.when,
        })
    }

    fn role(&self, role: &Role) -> Value {
        let (start, end) = self.span(&role.value.span);
        let antecedent = role.value.antecedent.as_ref().map(|span| {
            let (start, end) = self.span(span);
            json!({ "text": self.text[span.clone()], "start": start, "end": end })
        });
        json!({
            "role": role.id, "text": self.text[role.value.span.clone()], "start": start, "end": end,
            "antecedent": antecedent, "denied": role.denied, "value": self.value(&role.value.value),
        })
    }

    fn value(&self, value: &Held) -> Value {
        match value {
            Held::Actor(actor) => values::actor(self.engine, actor),
            Held::Thing(thing) => values::thing(self.engine, thing),
            Held::Quantity(quantity) => values::quantity(quantity),
            Held::Place(place) => values::place(self.engine, place),
            Held::Period(period) => values::period(period),
            Held::Text(text) => json!({ "type": "text", "text": text }),
            Held::Claim(claim) => json!({ "type": "claim", "id": self.ids[*claim] }),
        }
    }

    fn span(&self, span: &Range<usize>) -> (usize, usize) {
        let points = (self.points)(span);
        (points.start, points.end)
    }
}
