//! Facts as entities of FollowTheMoney: events with who is involved, and the articles that prove them.

use serde_json::{Map, Value, json};

use super::{Entry, Loss, Made, Seen, Spot};
use crate::store::{Telling, Who};

/// PLOVER's sectors of bodies that are of the state.
const PUBLIC: [&str; 8] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM", "UAF"];

/// A fact as an event, with the actors and articles that were not written before.
pub fn entities(entry: &Entry<'_>, seen: &mut Seen) -> Result<Made, Loss> {
    if matches!(
        entry.fact.family.as_str(),
        "figure" | "statement" | "office" | "relation" | "position"
    ) {
        return Err(
            "FollowTheMoney has events, not figures, statements, positions or posts of this form",
        );
    }
    if !entry.is_done() {
        return Err("not told as done, and an Event has no field for that");
    }
    if entry.fact.aspect == "total" {
        return Err("a sum, not one event");
    }
    let mut rows = Vec::new();
    for told in &entry.tellings {
        if seen.first(&article_id(told)) {
            rows.push(article(told));
        }
    }
    for who in entry.actors.values().filter(|who| is_party(who)) {
        if seen.first(&who.id) {
            rows.push(actor(entry, who));
        }
    }
    let spot = entry.spot();
    if let Some(spot) = spot.as_ref().filter(|spot| seen.first(&address_id(spot))) {
        rows.push(address(spot));
    }
    rows.push(event(entry, spot.as_ref()));
    let notes = entry.days().is_none().then_some("no day: the event has no date");
    Ok(Made { rows, notes: notes.into_iter().collect() })
}

fn event(entry: &Entry<'_>, spot: Option<&Spot>) -> String {
    let fact = &entry.fact;
    let mut event = Properties::default();
    event.add("name", [fact.caption.as_str()]);
    event.add("recordId", [fact.id.as_str()]);
    event.add("keywords", [fact.kind.as_str()]);
    event.add("summary", entry.tellings.iter().map(Telling::sentence));
    event.add("proof", entry.tellings.iter().map(article_id));
    event.add("publisher", entry.tellings.iter().filter_map(|told| told.passage.outlet.clone()));
    event.add("sourceUrl", entry.tellings.iter().filter_map(|told| told.url.clone()));
    event.add("involved", entry.actors.values().filter(|who| is_party(who)).map(actor_id));
    event.add("location", entry.settled("where").map(|role| role.value.as_str()));
    event.add("addressEntity", spot.map(address_id));
    event.add(
        "country",
        spot.and_then(|spot| spot.country.as_ref()).map(|code| code.to_lowercase()),
    );
    match entry.days() {
        Some([first, last]) if first == last => event.add("date", [first.to_string()]),
        Some([first, last]) => {
            event.add("startDate", [first.to_string()]);
            event.add("endDate", [last.to_string()]);
        }
        None => {}
    }
    event.entity(&format!("atalaya-fact-{}", fact.id), "Event")
}

fn article(told: &Telling) -> String {
    let mut article = Properties::default();
    article.add("title", told.passage.title.clone());
    article.add("fileName", [told.passage.source.clone()]);
    article.add("publisher", told.passage.outlet.clone());
    article.add("sourceUrl", told.url.clone());
    article.add("language", told.language.as_deref().and_then(three));
    article.add("publishedAt", told.passage.published.clone());
    article.entity(&article_id(told), "Article")
}

fn actor(entry: &Entry<'_>, who: &Who) -> String {
    let class = who.class.as_ref().and_then(|class| entry.pack.classes.by_name(class));
    let sector = class.and_then(|class| entry.pack.classes.plover(class)).unwrap_or_default();
    let schema = match who.sort.as_str() {
        "person" => "Person",
        "body" if PUBLIC.contains(&sector) => "PublicBody",
        "body" => "Organization",
        _ => "PublicBody",
    };
    let mut actor = Properties::default();
    actor.add("name", [who.name.as_str()]);
    actor.add("country", who.country.as_ref().map(|code| code.to_lowercase()));
    actor.entity(&actor_id(who), schema)
}

/// A place on the map, once for all the events there.
fn address(spot: &Spot) -> String {
    let mut place = Properties::default();
    place.add("full", [spot.name.as_str()]);
    place.add("city", (spot.kind == "city").then(|| spot.name.clone()));
    place.add("state", spot.region1.clone());
    place.add("latitude", [spot.lat.to_string()]);
    place.add("longitude", [spot.lon.to_string()]);
    place.add("country", spot.country.as_ref().map(|code| code.to_lowercase()));
    place.entity(&address_id(spot), "Address")
}

fn address_id(spot: &Spot) -> String {
    match spot.geonameid {
        Some(id) => format!("atalaya-place-{id}"),
        None => format!("atalaya-place-{}-{}-{}", spot.name.replace(' ', "-"), spot.lat, spot.lon),
    }
}

/// Whether it is somebody, or a country, which may act; other places are where things happen.
fn is_party(who: &Who) -> bool {
    who.sort != "place" || who.class.as_deref() == Some("country")
}

fn actor_id(who: &Who) -> String {
    format!("atalaya-actor-{}", who.id)
}

fn article_id(told: &Telling) -> String {
    format!("atalaya-report-{}", told.passage.report)
}

/// The three letters of a language that FollowTheMoney takes.
fn three(two: &str) -> Option<&'static str> {
    Some(match two {
        "en" => "eng",
        "es" => "spa",
        "pt" => "por",
        "fr" => "fra",
        _ => return None,
    })
}

/// Properties: each a list of texts.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add<T: Into<String>>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        let mut all: Vec<String> = Vec::new();
        for value in values.into_iter().map(Into::into) {
            if !value.is_empty() && !all.contains(&value) {
                all.push(value);
            }
        }
        if !all.is_empty() {
            self.0.insert(name.to_owned(), json!(all));
        }
    }

    fn entity(self, id: &str, schema: &str) -> String {
        json!({ "id": id, "schema": schema, "properties": self.0 }).to_string()
    }
}
