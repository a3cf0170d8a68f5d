//! Numbers, ordinals, ranges and measures of short texts, as the specs of Recognizers have them.

use std::io;
use std::ops::Range;

use atalaya_facts::Pack;
use atalaya_facts::value::quantity::{self, Interval};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::set::Options;

/// One text of the set with what is to be found in it.
#[derive(Deserialize)]
struct Case {
    id: String,
    lang: String,
    model: String,
    input: String,
    results: Option<Vec<Gold>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Gold {
    start: Option<i64>,
    end: Option<i64>,
    resolution: Option<Value>,
}

/// What the set's models are called, and the measures that each of those with units has.
const MEASURED: [(&str, &[&str]); 4] = [
    ("AgeModel", &["age"]),
    ("CurrencyModel", &["money"]),
    ("TemperatureModel", &["temperature"]),
    (
        "DimensionModel",
        &["length", "mass", "area", "volume", "speed", "data", "power", "energy", "electricity"],
    ),
];

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let pack = options.engine.pack()?;
    let mut predictions = Vec::new();
    let mut figures = serde_json::Map::new();
    // Cases of other types and languages are passed over.
    for item in options.items::<Value>()? {
        let Ok(case) = serde_json::from_value::<Case>(item) else { continue };
        if case.lang != "en" {
            continue;
        }
        let Some(found) = results(&pack, &case.model, &case.input) else { continue };
        let gold = case.results.unwrap_or_default();
        let spans = gold.len() == found.len()
            && gold.iter().zip(&found).all(|(gold, found)| {
                gold.start == found["start"].as_i64() && gold.end == found["end"].as_i64()
            });
        let values = gold.iter().zip(&found).all(|(gold, found)| {
            gold.resolution.as_ref().is_some_and(|gold| gold["value"] == found["value"])
        });
        let count = figures.entry(case.model).or_insert_with(|| json!([0, 0, 0]));
        for (index, one) in [true, spans, spans && values].into_iter().enumerate() {
            count[index] = json!(count[index].as_i64().unwrap_or(0) + i64::from(one));
        }
        predictions.push(json!({ "id": case.id, "results": found }));
    }
    options.write(&predictions)?;
    Ok(json!({ "cases, spans right, spans and values right": figures }))
}

/// What is found in a text for one of the set's models; none for a model of other things.
pub(crate) fn results(pack: &Pack, model: &str, text: &str) -> Option<Vec<Value>> {
    let result = |span: Range<usize>, value: String| {
        let count = |end: usize| text[..end].chars().count();
        let (start, end) = (count(span.start), count(span.end).saturating_sub(1));
        // The scorer takes a missing `timex` for agreement, so an empty one is written.
        json!({ "text": &text[span], "start": start, "end": end, "value": value, "timex": "" })
    };
    let found = if model.starts_with("NumberModel") {
        let numbers = quantity::numbers(pack, text).into_iter();
        numbers.map(|number| result(number.span, written(number.value))).collect()
    } else if model.starts_with("OrdinalModel") {
        let ordinals = quantity::ordinals(pack, text).into_iter();
        ordinals.map(|ordinal| result(ordinal.span, written(ordinal.value))).collect()
    } else if model.starts_with("NumberRangeModel") {
        let closed = model.contains("Experimental");
        let ranges = quantity::intervals(pack, text).into_iter();
        let ranges = ranges.filter(|found| found.value.low != found.value.high);
        ranges
            .map(|range| {
                let bare = range.value.unit.is_none();
                let end = if bare { range.span.end } else { range.value.core.end };
                result(range.span.start..end, bounds(&range.value, closed))
            })
            .collect()
    } else if model.starts_with("PercentModel") {
        let all = quantity::intervals(pack, text).into_iter();
        let shares = all.filter(|found| found.value.unit.as_deref() == Some("percent"));
        let value = |found: &Interval| format!("{}%", written(end(found)));
        shares.map(|share| result(share.span.clone(), value(&share.value))).collect()
    } else {
        let (_, measures) = MEASURED.iter().find(|(name, _)| *name == model)?;
        let all = quantity::intervals(pack, text).into_iter();
        let measured = all.filter(|found| {
            let unit = found.value.unit.as_deref().and_then(|unit| pack.unit(unit));
            unit.is_some_and(|unit| measures.contains(&unit.measure.as_str()))
        });
        measured.map(|found| result(found.span.clone(), written(end(&found.value)))).collect()
    };
    Some(found)
}

fn end(interval: &Interval) -> f64 {
    interval.high.or(interval.low).map_or(0.0, |(value, _)| value)
}

/// An interval as the set writes it: `(20,30]`. In all modes but one a range lacks its high end.
fn bounds(interval: &Interval, closed: bool) -> String {
    let pair = interval.low.is_some() && interval.high.is_some();
    let low = interval.low.map_or_else(
        || "(".to_owned(),
        |(value, included)| format!("{}{}", if included { "[" } else { "(" }, written(value)),
    );
    let high = interval.high.map_or_else(
        || ")".to_owned(),
        |(value, included)| {
            let included = included && (closed || !pair);
            format!("{}{}", written(value), if included { "]" } else { ")" })
        },
    );
    format!("{low},{high}")
}

/// A number as the set writes it, to fifteen digits: `0.333333333333333`, `1E-12`.
fn written(value: f64) -> String {
    let scientific = format!("{value:.14e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if power < -4 {
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        return format!("{digits}E-{:02}", -power);
    }
    let decimals = usize::try_from(14 - power).unwrap_or(0);
    let fixed = format!("{value:.decimals$}");
    if fixed.contains('.') {
        fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        fixed
    }
}
