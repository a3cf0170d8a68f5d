//! What the room holds in the forms that other programs read: one file a form; and documents as spaCy's JSON and CoNLL-U.

use std::collections::BTreeSet;
use std::io::{self, Write};

use atalaya_parse::{Doc, Span, Token};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::offsets;

mod acled;
mod annotations;
mod claims;
mod codes;
mod csv;
mod entry;
mod facts;
mod ftm;
mod geojson;
mod loss;
mod plover;
mod stix;
mod ucdp;
mod values;

pub use claims::claims;
pub use codes::Country;
pub use entry::{Count, Entry, Party, Spot};
pub use facts::{actor, fact, links};
pub use loss::{Loss, Made, Tally, table};
pub use values::value;

pub use crate::store::Telling;

/// A form that facts are written in, one after another.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Makes rows of a fact, or says why it does not fit.
    pub make: fn(&Entry<'_>, &mut Seen) -> Result<Made, Loss>,
    /// What stands before the first row.
    pub head: String,
    /// What stands between two rows.
    pub between: &'static str,
    /// What stands after the last row.
    pub foot: fn(&Seen) -> String,
}

impl Format {
    /// The form of a name.
    pub fn by_name(name: &str) -> Option<Format> {
        let lines = |name, make| Format {
            name,
            make,
            head: String::new(),
            between: "\n",
            foot: |_| "\n".to_owned(),
        };
        let table = |name, make, columns: &[&str]| Format {
            head: csv::line(columns) + "\n",
            ..lines(name, make)
        };
        let whole = |name, make, head: &str, foot| Format {
            head: head.to_owned(),
            between: ",\n",
            foot,
            ..lines(name, make)
        };
        Some(match name {
            "csv" => table("csv", csv::row, &csv::COLUMNS),
            "acled" => table("acled", acled::row, &acled::COLUMNS),
            "ucdp" => table("ucdp", ucdp::row, &ucdp::COLUMNS),
            "plover" => lines("plover", plover::event),
            "ftm" => lines("ftm", ftm::entities),
            "geojson" => {
                let head = "{\"type\":\"FeatureCollection\",\"features\":[\n";
                whole("geojson", geojson::feature, head, |_| "\n]}\n".to_owned())
            }
            "annotations" => {
                let head = "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[\n";
                whole("annotations", annotations::annotations, head, |seen| {
                    let id = format!("urn:atalaya:annotations:{}", &seen.digest()[..16]);
                    format!(
                        "\n],\"id\":\"{id}:1\",\"partOf\":{{\"id\":\"{id}\",\"type\":\"AnnotationCollection\"}}}}\n"
                    )
                })
            }
            "stix" => {
                let foot = |seen: &Seen| {
                    format!("\n],\"id\":\"{}\"}}\n", stix::id("bundle", &seen.digest()))
                };
                whole("stix", stix::objects, "{\"type\":\"bundle\",\"objects\":[\n", foot)
            }
            _ => return None,
        })
    }
}

/// What was written before: who and where, which are written once only, and a digest of all the rest.
#[derive(Debug, Default)]
pub struct Seen {
    once: BTreeSet<[u8; 16]>,
    all: Sha256,
}

impl Seen {
    /// Whether something that is written once only is met for the first time.
    pub fn first(&mut self, id: &str) -> bool {
        let digest = Sha256::digest(id.as_bytes());
        // Half of the digest tells two names apart, and a room may have many.
        let half = std::array::from_fn(|at| digest[at]);
        let first = self.once.insert(half);
        if first {
            self.met(id);
        }
        first
    }

    /// Notes something that is written where it is met.
    pub fn met(&mut self, id: &str) {
        self.all.update(id.as_bytes());
        self.all.update(b" ");
    }

    /// Stands for all that was met.
    fn digest(&self) -> String {
        let digest = self.all.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A document in the form of spaCy's `Doc.to_json`; offsets count code points.
pub fn doc(doc: &Doc) -> Value {
    let points = Points::of(doc);
    let token = |token: Token<'_>| {
        let (start, end) = points.token(token.index());
        json!({
            "id": token.index(), "start": start, "end": end,
            "tag": token.tag(), "pos": token.pos().name(), "morph": token.morph(), "lemma": token.lemma(),
            "dep": token.dep(), "head": token.head().index(),
        })
    };
    let entities = doc.entities().map(|entity| {
        let (start, end) = points.span(entity.span());
        json!({ "start": start, "end": end, "label": entity.label() })
    });
    let sentences = doc.sentences().map(|sentence| {
        let (start, end) = points.span(sentence);
        json!({ "start": start, "end": end })
    });
    json!({
        "text": doc.text(),
        "ents": entities.collect::<Vec<_>>(),
        "sents": sentences.collect::<Vec<_>>(),
        "tokens": doc.tokens().map(token).collect::<Vec<_>>(),
    })
}

/// Every token's start and end in code points.
struct Points(Vec<usize>);

impl Points {
    fn of(doc: &Doc) -> Points {
        let bytes = doc.tokens().flat_map(|token| [token.bytes().start, token.bytes().end]);
        Points(offsets::code_points(doc.text(), bytes))
    }

    fn token(&self, index: usize) -> (usize, usize) {
        (self.0[2 * index], self.0[2 * index + 1])
    }

    fn span(&self, span: Span<'_>) -> (usize, usize) {
        let tokens = span.range();
        if tokens.is_empty() {
            (0, 0)
        } else {
            (self.token(tokens.start).0, self.token(tokens.end - 1).1)
        }
    }
}

/// Writes a document in the CoNLL-U format. Tokens of white space, which it cannot hold, are left
/// out; what depends on one is hung on the word above it.
///
/// # Errors
/// Those of `out`.
pub fn conllu(doc: &Doc, out: &mut impl Write) -> io::Result<()> {
    for (number, sentence) in doc.sentences().enumerate() {
        let words: Vec<Token<'_>> = sentence.tokens().filter(|token| !token.is_space()).collect();
        if words.is_empty() {
            continue;
        }
        let text = sentence.text().split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "# sent_id = {}\n# text = {text}", number + 1)?;
        for (at, word) in words.iter().enumerate() {
            writeln!(out, "{}\t{}", at + 1, columns(*word, &words))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn columns(word: Token<'_>, words: &[Token<'_>]) -> String {
    let or = |value: &str| {
        if value.is_empty() {
            "_".to_owned()
        } else {
            value.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    };
    let place = |token: Token<'_>| words.iter().position(|word| word.index() == token.index());
    let head = word.ancestors().find_map(place);
    let relation = if head.is_none() { "root".to_owned() } else { or(word.dep()) };
    let entity = word.entity().map(|entity| {
        let begins = entity.span().range().start == word.index();
        format!("NER={}-{}", if begins { "B" } else { "I" }, entity.label())
    });
    let space = (!word.space_after()).then(|| "SpaceAfter=No".to_owned());
    let misc: Vec<String> = entity.into_iter().chain(space).collect();
    [
        or(word.text()),
        or(word.lemma()),
        or(word.pos().name()),
        or(word.tag()),
        or(word.morph()),
        head.map_or(0, |head| head + 1).to_string(),
        relation,
        "_".to_owned(),
        or(&misc.join("|")),
    ]
    .join("\t")
}
