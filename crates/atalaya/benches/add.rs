//! `add` on many generated reports: reports a second at the start and at the end, and peak memory.
//!
//! `cargo bench -p atalaya --bench add -- 20000` makes the reports in a temporary folder, adds them
//! to an empty room, and prints one line of figures. It measures reading files and storing reports,
//! the part that could grow with the room; with `--values` the reports are parsed and read for
//! values too, which takes most of the time, at the same speed for the first as for the last.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use atalaya::room::{LIMIT, Writer, files};
use atalaya::world::Engine;

fn main() {
    let count = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(2_000);
    let folder = std::env::temp_dir().join(format!("atalaya-bench-{}", std::process::id()));
    let bytes = generate(&folder.join("in"), count);
    let room = folder.join("room.atalaya");
    let mut writer =
        Writer::open(&room, true, "bench", Duration::ZERO, |_| {}).expect("a new room");
    let values = std::env::args().any(|arg| arg == "--values");
    let engine = values.then(|| Engine::load(None).expect("the engine inside the program"));
    let started = Instant::now();
    let found = files::find(&[folder.join("in")], &room).found;
    let mut marks = vec![(0, started.elapsed())];
    let added = writer.add(found, LIMIT, engine.as_ref(), &AtomicBool::new(false), |progress| {
        marks.push((progress.done, started.elapsed()));
    });
    assert_eq!(added.expect("all can be stored").done, count as u64);
    drop(writer);
    let whole = started.elapsed();
    let rate = |from: usize, to: usize| {
        let ((a, start), (b, end)) = (marks[from], marks[to]);
        (b - a) as f64 / (end - start).as_secs_f64()
    };
    let last = marks.len() - 1;
    // Four batches are a little over a thousand reports.
    let (first, end) = (rate(0, 4.min(last)), rate(last.saturating_sub(4), last));
    println!(
        "{count} reports, {:.1} MB: {:.0} reports/s; first thousand {first:.0}/s, last {end:.0}/s, ratio {:.2}; \
         room {:.1} MB; peak memory {} MB",
        bytes as f64 / 1e6,
        count as f64 / whole.as_secs_f64(),
        end / first,
        fs::metadata(&room).expect("the room").len() as f64 / 1e6,
        peak_memory() / 1000,
    );
    fs::remove_dir_all(&folder).expect("our own folder");
}

/// Writes `count` reports of two to six kilobytes, no two alike, and gives their length in bytes.
fn generate(folder: &Path, count: usize) -> usize {
    let mut random = Random(7);
    let mut bytes = 0;
    for number in 0..count {
        let place = folder.join(format!("{:03}", number / 100));
        fs::create_dir_all(&place).expect("a temporary folder");
        let report = report(number, &mut random);
        bytes += report.len();
        fs::write(place.join(format!("{number:06}.txt")), report).expect("a temporary file");
    }
    bytes
}

fn report(number: usize, random: &mut Random) -> String {
    let mut text = format!("{} in {}\n\n", random.title(), random.pick(PLACES));
    let _ = write!(
        text,
        "{}, {} March 2025 – ",
        random.pick(PLACES).to_uppercase(),
        1 + random.below(28)
    );
    for _ in 0..4 + random.below(10) {
        for _ in 0..2 + random.below(3) {
            let _ = write!(
                text,
                "{} {} {} {} near {}, {} said on {}. ",
                random.pick(WHO),
                random.pick(DID),
                2 + random.below(900),
                random.pick(WHAT),
                random.pick(PLACES),
                random.pick(WHO).to_lowercase(),
                random.pick(DAYS),
            );
        }
        text.push_str("\n\n");
    }
    let _ = writeln!(text, "Report number {number}.");
    text
}

/// A small generator of numbers (splitmix64), the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % limit as u64).expect("below a usize")
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn title(&mut self) -> String {
        format!("{} {} {} {}", self.pick(WHO), self.pick(DID), 2 + self.below(90), self.pick(WHAT))
    }
}

const WHO: &[&str] = &[
    "Police",
    "The navy",
    "Soldiers",
    "Customs officers",
    "The coast guard",
    "Prosecutors",
    "Prison guards",
    "Villagers",
    "A patrol",
    "The ministry",
    "Divers",
    "The port authority",
    "Marines",
    "A court",
    "Rangers",
];
const DID: &[&str] = &[
    "found",
    "seized",
    "stopped",
    "counted",
    "moved",
    "burned",
    "returned",
    "searched",
    "buried",
    "released",
    "photographed",
    "reported",
    "hid",
    "lost",
    "guarded",
];
const WHAT: &[&str] = &[
    "kilos of cocaine",
    "rifles",
    "crates of bananas",
    "fishing boats",
    "prisoners",
    "passports",
    "trucks",
    "barrels of fuel",
    "cartridges",
    "families",
    "phones",
    "grenades",
    "containers",
    "horses",
    "tons of rice",
];
const PLACES: &[&str] = &[
    "Puerto Claro",
    "San Telmo",
    "Villa Honda",
    "Cerro Pardo",
    "Boca Chica",
    "Las Lomas",
    "Punta Brava",
    "El Tambo",
    "Rio Seco",
    "La Merced",
    "Santa Rita",
    "Aguas Negras",
    "Monte Alto",
    "Isla Larga",
    "Valle Frio",
];
const DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The most memory this process has had, in kilobytes, where the system tells.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
