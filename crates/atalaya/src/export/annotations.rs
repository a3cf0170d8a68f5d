//! Tellings as W3C Web Annotations: each fact laid on the words of the report that tell it.

use serde_json::{Value, json};

use super::{Entry, Loss, Made, Seen};
use crate::store::Telling;

/// An annotation for each telling of a fact. Every fact fits.
pub fn annotations(entry: &Entry<'_>, seen: &mut Seen) -> Result<Made, Loss> {
    let rows = entry.tellings.iter().map(|told| {
        seen.met(told.passage.claim["id"].as_str().unwrap_or_default());
        annotation(entry, told).to_string()
    });
    Ok(Made { rows: rows.collect(), notes: Vec::new() })
}

fn annotation(entry: &Entry<'_>, told: &Telling) -> Value {
    let claim = &told.passage.claim;
    let fact = &entry.fact;
    let mut quote = json!({ "type": "TextQuoteSelector", "exact": claim["text"] });
    for (key, around) in [("prefix", &told.before), ("suffix", &told.after)] {
        if !around.is_empty() {
            quote[key] = json!(around);
        }
    }
    let position =
        json!({ "type": "TextPositionSelector", "start": claim["start"], "end": claim["end"] });
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:atalaya:claim:{}", claim["id"].as_str().unwrap_or_default()),
        "type": "Annotation",
        "motivation": "describing",
        "creator": { "type": "Software", "name": concat!("Atalaya ", env!("CARGO_PKG_VERSION")) },
        "body": [
            { "type": "TextualBody", "value": fact.caption, "format": "text/plain", "purpose": "describing" },
            { "type": "TextualBody", "value": fact.kind, "format": "text/plain", "purpose": "classifying" },
            { "type": "SpecificResource", "source": format!("urn:atalaya:fact:{}", fact.id), "purpose": "linking" },
        ],
        "target": {
            "source": format!("urn:atalaya:report:{}", told.passage.report),
            "selector": [quote, position],
        },
    })
}
