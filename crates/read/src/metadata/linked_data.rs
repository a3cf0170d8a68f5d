//! What a page's JSON-LD says of its story, however sloppily it was written.

use serde_json::{Map, Value};

use super::is_article_type;
use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;

/// What JSON-LD says of a page's story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LinkedData {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// `datePublished`, as it is written.
    pub(super) published: Option<String>,
}

/// The longest script that is read, in bytes: what is longer describes more than a story.
const MAX_SCRIPT: usize = 1 << 20;

/// How many things of a page are looked at.
const MAX_THINGS: usize = 512;

/// Reads all of a page's JSON-LD. A news report's statements come first, then a web page's.
pub(super) fn read(dom: &Dom) -> Option<LinkedData> {
    let mut things = Vec::new();
    let mut left = MAX_SCRIPT * 4;
    for script in dom.ids().filter(|&id| is_linked_data(dom, id)) {
        for text in dom.children(script).map(|id| dom.text(id)) {
            if text.len() > MAX_SCRIPT.min(left) {
                continue;
            }
            left -= text.len();
            if let Some(value) = parse(text) {
                collect(value, &mut things);
            } else if let Some(broken) = from_broken(text) {
                things.push((Rank::Article, broken));
            }
        }
    }
    // The sort is stable: of two reports on a page the first is the page's own.
    things.sort_by_key(|(rank, _)| *rank);
    things.into_iter().map(|(_, it)| it).reduce(LinkedData::or)
}

fn is_linked_data(dom: &Dom, id: NodeId) -> bool {
    let kind = dom.attribute(id, Attribute::Type).unwrap_or_default();
    dom.tag(id) == Tag::Script && kind.contains("ld+json")
}

/// How likely a thing is the page's story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Article,
    Page,
}

impl LinkedData {
    /// The statements of one thing, and of another where the first has none.
    fn or(self, other: LinkedData) -> LinkedData {
        LinkedData {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            authors: if self.authors.is_empty() { other.authors } else { self.authors },
            publisher: self.publisher.or(other.publisher),
            published: self.published.or(other.published),
        }
    }

    fn of(thing: &Map<String, Value>) -> LinkedData {
        let text = |key: &str| thing.get(key).and_then(first_text);
        LinkedData {
            title: text("headline").or_else(|| text("name")),
            description: text("description"),
            authors: thing.get("author").map(names).unwrap_or_default(),
            publisher: thing.get("publisher").map(names).and_then(|it| it.into_iter().next()),
            published: text("datePublished"),
        }
    }
}

/// Finds the reports and web pages in a document: at its top, in arrays and graphs, and as what a
/// web page is about. What else is nested (comments, videos, related stories) is not looked at.
fn collect(value: Value, things: &mut Vec<(Rank, LinkedData)>) {
    let mut left = vec![value];
    let mut seen = 0;
    while let Some(value) = left.pop() {
        seen += 1;
        if seen > MAX_THINGS {
            return;
        }
        match value {
            Value::Array(values) => left.extend(values.into_iter().rev()),
            Value::Object(mut thing) => {
                if let Some(rank) = rank(&thing) {
                    things.push((rank, LinkedData::of(&thing)));
                }
                let inner = ["mainEntity", "mainEntityOfPage", "@graph"];
                left.extend(inner.into_iter().filter_map(|key| thing.remove(key)));
            }
            _ => {}
        }
    }
}

fn rank(thing: &Map<String, Value>) -> Option<Rank> {
    let types = match thing.get("@type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    if types.iter().any(|it| is_article_type(it)) {
        Some(Rank::Article)
    } else if types.iter().any(|it| it.ends_with("Page") || *it == "CreativeWork") {
        Some(Rank::Page)
    } else {
        None
    }
}

fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(values) => values.iter().find_map(Value::as_str)?,
        Value::Object(thing) => thing.get("@value").and_then(Value::as_str)?,
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|it| !it.is_empty())
}

/// The names of persons or organisations, given as texts, as things, or as lists of either.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().take(16).filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    }
}

fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(thing) => thing.get("name").and_then(first_text),
        value => first_text(value),
    }
}

/// Parses JSON as pages write it: in comments, with line breaks in texts and commas after the last.
fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim()).ok().or_else(|| serde_json::from_str(&tidied(text)).ok())
}

/// From the first bracket to the last, control characters as spaces, commas that nothing follows
/// left out.
fn tidied(text: &str) -> String {
    let start = text.find(['{', '[']).unwrap_or(0);
    let end = text.rfind(['}', ']']).map_or(text.len(), |end| end + 1).max(start);
    let mut tidy = String::with_capacity(end - start);
    let (mut quoted, mut escaped) = (false, false);
    for c in text[start..end].chars() {
        if quoted {
            (quoted, escaped) = (escaped || c != '"', !escaped && c == '\\');
        } else if c == '"' {
            quoted = true;
        } else if matches!(c, '}' | ']') {
            let kept = tidy.trim_end().trim_end_matches(',').len();
            tidy.truncate(kept);
        }
        tidy.push(if c.is_control() { ' ' } else { c });
    }
    tidy
}

/// The first `headline` and `datePublished` of a document that is no JSON, if it speaks of a report.
fn from_broken(text: &str) -> Option<LinkedData> {
    let article = text.find("Article\"").or_else(|| text.find("Posting\""));
    article.map(|_| LinkedData {
        title: quoted_after(text, "\"headline\""),
        published: quoted_after(text, "\"datePublished\""),
        ..LinkedData::default()
    })
}

fn quoted_after(text: &str, key: &str) -> Option<String> {
    let rest = &text[text.find(key)? + key.len()..];
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = &rest[..rest.find('"')?];
    (!value.contains('\\')).then(|| value.trim().to_owned()).filter(|it| !it.is_empty())
}
