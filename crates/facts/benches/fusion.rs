//! What one more report costs in rooms of a hundred to a few thousand reports, all in memory.
//!
//! `cargo bench -p atalaya-facts --bench fusion`. Reports are written here: three claims each, of people, towns
//! and days drawn from lists, a tenth of them copies.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench touches the world")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use atalaya_facts::fuse::input::{Mention, Report, Room};
use atalaya_facts::fuse::{Whole, update};
use atalaya_facts::pack::{self, Files};
use atalaya_facts::{Gazetteer, Pack};
use serde_json::{Value, json};

/// The sizes of rooms.
const SIZES: [usize; 3] = [100, 1_000, 4_000];
/// So many reports are added to each, one at a time.
const MORE: usize = 50;

fn main() {
    let pack = english();
    let root = root().join("gazetteer/places.bin");
    let gazetteer = Gazetteer::load(fs::read(root).expect("the gazetteer is in the tree"));
    let gazetteer = gazetteer.expect("it loads");
    let mut first = None;
    for size in SIZES {
        let mut room = Room { reports: (0..size).map(report).collect(), ..Room::default() };
        let mut memory = Whole::of(&room);
        let all: BTreeSet<String> = room.reports.iter().map(|report| report.id.clone()).collect();
        update(&pack, &gazetteer, &mut memory, &all);
        let more: Vec<Report> = (size..size + MORE).map(report).collect();
        room.reports.extend(more.iter().cloned());
        memory.turn(&room);
        let start = Instant::now();
        for report in &more {
            update(&pack, &gazetteer, &mut memory, &BTreeSet::from([report.id.clone()]));
        }
        let each = start.elapsed() / u32::try_from(MORE).expect("a small number");
        let ratio = each.as_secs_f64() / first.get_or_insert(each.as_secs_f64()).max(1e-9);
        println!("{size:>6} reports: {each:>10.2?} for one more, {ratio:.2} times the first");
    }
}

const TOWNS: [&str; 12] = [
    "Manta",
    "Guayaquil",
    "Machala",
    "Quito",
    "Cuenca",
    "Loja",
    "Ambato",
    "Ibarra",
    "Tena",
    "Milagro",
    "Quevedo",
    "Babahoyo",
];

/// A number that looks drawn, the same for the same report.
fn drawn(number: usize, of: usize) -> usize {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from((mixed >> 33) % of as u64).unwrap_or_default()
}

fn report(number: usize) -> Report {
    // One in ten tells what the report before it tells.
    let told = if number % 10 == 9 { number - 1 } else { number };
    let day = format!(
        "20{:02}-{:02}-{:02}",
        20 + drawn(told, 6),
        1 + drawn(told * 3, 12),
        1 + drawn(told * 7, 28)
    );
    let mut report = Report {
        id: format!("{:016x}", (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D)),
        published: Some(day.clone()),
        outlet: Some(format!("Outlet {}", drawn(number * 13, 40))),
        passages: vec![
            (0..60)
                .map(|at| format!("w{}", drawn(told * 61 + at, 5000)))
                .collect::<Vec<_>>()
                .join(" "),
        ],
        ..Report::default()
    };
    for at in 0..3 {
        claim(&mut report, told * 3 + at, at, &day);
    }
    report
}

fn claim(report: &mut Report, number: usize, at: usize, day: &str) {
    let name = format!("{} {}", GIVEN[drawn(number, 8)], surname(drawn(number * 5, 3000)));
    let start = at * 100;
    let who = json!({ "type": "actor", "form": "name", "name": name, "class": "person", "country": "EC",
                      "office": null, "tense": null });
    let place = json!({ "type": "place", "name": TOWNS[drawn(number * 11, 12)], "country": "EC" });
    let when = json!({ "type": "period", "kind": "when", "edtf": day, "first": day, "last": day, "anchor": "none" });
    let role = |name: &str, value: &Value, at: usize| json!({ "role": name, "text": name, "start": start + at, "end": start + at + 5, "value": value });
    let kind = ["arrest", "kill", "abduct"][drawn(number * 17, 3)];
    let claim = json!({
        "id": format!("{}{at}", report.id), "family": "event", "kind": kind, "realis": "happened", "denied": false,
        "status": null, "aspect": "once", "text": "Somebody was told of.", "start": start, "end": start + 90,
        "trigger": { "start": start, "end": start + 4 }, "within": null,
        "roles": [role("target", &who, 10), role("where", &place, 20), role("when", &when, 30)],
    });
    report.claims.push(serde_json::from_value(claim).expect("a claim"));
    let value = serde_json::from_value(who).expect("an actor");
    let referent = u32::try_from(at).ok();
    report.mentions.push(Mention { start: start + 10, end: start + 15, referent, value });
}

const GIVEN: [&str; 8] = ["Ada", "Bruno", "Carla", "Diego", "Elena", "Felix", "Gloria", "Hugo"];

/// A surname of four letters.
fn surname(number: usize) -> String {
    let letter = |at: u32| {
        char::from(b'a' + u8::try_from(number / 13_usize.pow(at) % 13).unwrap_or_default())
    };
    let letters: String = (0..4).map(letter).collect();
    format!("M{letters}")
}

/// The folder that holds the pack and the gazetteer.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn english() -> Pack {
    fn collect(root: &Path, folder: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).expect("the pack is in the tree") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("below it").display().to_string();
                files.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let mut files = Files::new();
    let world = root().join("packs/world");
    collect(&world, &world, &mut files);
    Pack::load(&pack::of_language(&files, "en")).expect("the pack loads")
}
