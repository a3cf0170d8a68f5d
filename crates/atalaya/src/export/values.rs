//! Values as JSON, in the form that scripts rely on.

use atalaya_facts::Class;
use atalaya_facts::reading::{Mention, MentionKind, Part};
use atalaya_facts::value::actor::{Actor, Extent};
use atalaya_facts::value::period::Period;
use atalaya_facts::value::place::Place;
use atalaya_facts::value::quantity::Quantity;
use atalaya_facts::value::thing::Thing;
use serde_json::{Value, json};

use crate::world::Engine;

/// The value of a mention of a part.
pub fn value(engine: &Engine, part: &Part, mention: &Mention) -> Value {
    match mention.kind {
        MentionKind::Actor => actor(engine, &part.actors[mention.index].value),
        MentionKind::Thing => thing(engine, &part.things[mention.index].value),
        MentionKind::Quantity => quantity(&part.quantities[mention.index].value),
        MentionKind::Period => period(&part.periods[mention.index].value),
        MentionKind::Place => place(engine, &part.places[mention.index].value),
    }
}

/// An actor. How many are meant is a word, or a quantity where they are counted.
pub fn actor(engine: &Engine, actor: &Actor) -> Value {
    let extent = actor.extent.as_ref().map(|extent| match extent {
        Extent::Count(count) => quantity(count),
        other => json!(other.name()),
    });
    let office = actor.office.as_ref();
    let members: Vec<&str> =
        actor.members.iter().map(|member| member.value.name.as_str()).collect();
    json!({
        "type": "actor", "name": actor.name, "form": actor.form.name(),
        "several": actor.several, "class": class(engine, actor.class),
        "country": actor.country, "office": office.map(|office| &office.post),
        "body": office.and_then(|office| office.body.as_ref()),
        "tense": office.map(|office| office.tense.name()), "extent": extent, "members": members,
    })
}

/// A thing.
pub fn thing(engine: &Engine, thing: &Thing) -> Value {
    json!({ "type": "thing", "name": thing.name, "class": class(engine, thing.class) })
}

fn class(engine: &Engine, class: Option<Class>) -> Option<&str> {
    class.map(|class| engine.pack.classes.name(class))
}

/// A quantity; of what, in the dictionary's form.
pub fn quantity(quantity: &Quantity) -> Value {
    let Quantity { low, high, unit, approximate, of } = quantity;
    let of = of.as_ref().map(|of| &of.value);
    json!({
        "type": "quantity", "low": low, "high": high, "unit": unit, "approximate": approximate, "of": of,
    })
}

/// A time.
pub fn period(period: &Period) -> Value {
    json!({
        "type": "period", "kind": period.kind.name(), "edtf": period.edtf,
        "first": period.first.map(|day| day.to_string()), "last": period.last.map(|day| day.to_string()),
        "precision": period.precision.name(), "anchor": period.anchor.name(), "approximate": period.approximate,
    })
}

/// A place, with where it is on the map.
pub fn place(engine: &Engine, place: &Place) -> Value {
    let entry = place.entry.map(|row| engine.gazetteer.entry(row));
    let above = |row: Option<atalaya_facts::gazetteer::Row>| {
        row.map(|row| engine.gazetteer.entry(row).name)
    };
    json!({
        "type": "place", "name": place.name, "relation": place.relation.map(atalaya_facts::value::place::Relation::name),
        "extent": place.extent.map(atalaya_facts::value::place::Extent::name), "facility": place.facility,
        "form": place.form.name(), "precision": place.precision.name(),
        "entry": entry.map(|entry| entry.name), "kind": entry.map(|entry| entry.kind.name()),
        "geonameid": entry.and_then(|entry| entry.geonameid),
        "country": entry.map(|entry| entry.country).filter(|code| !code.is_empty()),
        "region1": above(entry.and_then(|entry| entry.region1)),
        "region2": above(entry.and_then(|entry| entry.region2)),
        "lat": entry.map(|entry| entry.lat), "lon": entry.map(|entry| entry.lon),
    })
}
