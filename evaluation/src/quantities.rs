//! Quantities of news sentences: values, units and bounds, as NewsQuant has them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use atalaya_facts::value::Cited;
use atalaya_facts::value::quantity::{self, Quantity};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::set::Options;

/// One sentence of the set with what people found in it.
#[derive(Deserialize)]
struct Sentence {
    id: String,
    text: String,
    #[serde(default)]
    quantities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    value: Value,
    #[serde(default)]
    normalized_unit: String,
}

/// What the set calls our units.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// The unit of what has none.
    none: String,
    /// What joins a unit and the one it is by.
    per: String,
    /// Units that the set does not count among quantities.
    left_out: BTreeSet<String>,
    units: BTreeMap<String, String>,
}

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let names: Names = toml::from_str(include_str!("quantities.toml")).map_err(io::Error::other)?;
    let (pack, pipeline) = (options.engine.pack()?, options.engine.pipeline()?);
    let sentences: Vec<Sentence> = options.items()?;
    let mut predictions = Vec::new();
    let (mut gold, mut ours, mut values, mut units) = (0, 0, 0, 0);
    for sentence in &sentences {
        let found = quantity::quantities(&pack, &pipeline.parse(&sentence.text));
        let found: Vec<Value> = found.iter().filter_map(|found| named(found, &names)).collect();
        let (value, unit) = agreed(&sentence.quantities, &found);
        gold += sentence.quantities.len();
        ours += found.len();
        values += value;
        units += unit;
        predictions.push(json!({ "id": sentence.id, "quantities": found }));
    }
    options.write(&predictions)?;
    let score = |hits: usize| 200.0 * hits as f64 / (gold + ours).max(1) as f64;
    Ok(json!({ "sentences": sentences.len(), "gold": gold, "found": ours,
        "value_f1": score(values), "value_unit_f1": score(units) }))
}

/// A quantity as the set writes it.
fn named(found: &Cited<Quantity>, names: &Names) -> Option<Value> {
    let quantity = &found.value;
    let unit = match (&quantity.unit, &quantity.of) {
        (Some(unit), _) if names.left_out.contains(unit) => return None,
        (Some(unit), _) => {
            let parts = unit.split('/').map(|part| names.units.get(part).map_or(part, |name| name));
            parts.collect::<Vec<&str>>().join(&names.per).replace('_', " ")
        }
        (None, Some(of)) => of.value.clone(),
        (None, None) => names.none.clone(),
    };
    let (value, change) = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => (json!(low), "="),
        (Some(low), Some(high)) => (json!([low, high]), "="),
        (Some(low), None) => (json!(low), ">"),
        (None, high) => (json!(high), "<"),
    };
    let change = if quantity.approximate { "~" } else { change };
    let (start, end) = (found.span.start, found.span.end);
    Some(json!({ "value": value, "unit": unit, "change": change, "start": start, "end": end }))
}

/// How many values agree, and how many of those in their unit too: each gold quantity takes the
/// best of ours that is left.
fn agreed(gold: &[Gold], found: &[Value]) -> (usize, usize) {
    let mut used = vec![false; found.len()];
    let (mut values, mut units) = (0, 0);
    for gold in gold {
        let unit = |found: &Value| {
            found["unit"].as_str().unwrap_or("").to_lowercase()
                == gold.normalized_unit.to_lowercase()
        };
        let alike = |&index: &usize| !used[index] && same(&gold.value, &found[index]["value"]);
        let best = (0..found.len()).filter(alike).min_by_key(|&index| !unit(&found[index]));
        if let Some(index) = best {
            used[index] = true;
            values += 1;
            units += usize::from(unit(&found[index]));
        }
    }
    (values, units)
}

/// Whether two values are one, as the set writes them: a number, or two with a hyphen between.
fn same(gold: &Value, ours: &Value) -> bool {
    let near = |gold: f64, ours: f64| (gold - ours).abs() <= 1e-8 + 1e-5 * ours.abs();
    let text = gold.as_str().map_or_else(|| gold.to_string(), str::to_owned);
    let pair = (!text.contains('E') && !text.starts_with('-')).then(|| text.split_once('-'));
    match (pair.flatten(), ours.as_array()) {
        (Some((low, high)), Some(ours)) => {
            let gold = [low, high].map(|end| end.trim().parse().unwrap_or(f64::NAN));
            let ours = [0, 1].map(|end| ours.get(end).and_then(Value::as_f64).unwrap_or(f64::NAN));
            near(gold[0], ours[0]) && near(gold[1], ours[1])
        }
        (None, None) => {
            let (gold, ours) = (text.parse().unwrap_or(f64::NAN), ours.as_f64());
            ours.is_some_and(|ours| near(gold, ours))
        }
        _ => false,
    }
}
