//! What is derived: mentions with their words, the same however they were made, never of two engines.

use std::collections::HashSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Desk, story};

/// Every mention and claim in a room, and what was let go, with its report, in the order of the
/// reports' names: the same whatever the order they came in.
fn derived(desk: &Desk, room: &str) -> Vec<String> {
    let db = rusqlite::Connection::open(desk.path(room)).unwrap();
    let sql = [
        "SELECT name, n, kind, start, stop, label, class, referent, value \
         FROM mentions JOIN reports ON id = report WHERE newest ORDER BY name, n",
        "SELECT name, n, claims.id, kind, family, claim \
         FROM claims JOIN reports ON reports.id = report WHERE newest ORDER BY name, n",
        "SELECT name, n, rule, start, stop, why \
         FROM dropped JOIN reports ON id = report WHERE newest ORDER BY name, n",
    ];
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(cells.collect::<Vec<_>>().join(" "))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    sql.into_iter().flat_map(rows).collect()
}

fn demo(desk: &Desk, room: &str, threads: &str) {
    let mut command = desk.command(&["demo", "--room", room]);
    assert!(command.env("RAYON_NUM_THREADS", threads).output().unwrap().status.success());
}

#[test]
fn every_mention_has_its_words() {
    let desk = Desk::new();
    demo(&desk, "d.atalaya", "2");
    let texts: std::collections::BTreeMap<String, Vec<char>> = desk
        .json(&["reports", "--json", "--room", "d.atalaya"])
        .iter()
        .map(|report| {
            let id = report["id"].as_str().unwrap();
            let shown = desk.json(&["show", id, "--json", "--room", "d.atalaya"]).remove(0);
            (id.to_owned(), shown["text"].as_str().unwrap().chars().collect())
        })
        .collect();
    let mentions = desk.json(&["mentions", "--json", "--room", "d.atalaya"]);
    assert!(mentions.len() > 1_000, "{}", mentions.len());
    for mention in &mentions {
        let at = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        let text = &texts[mention["report"]["id"].as_str().unwrap()];
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(mention["text"], words.as_str());
        assert!(!words.trim().is_empty() && words.trim() == words, "{words:?}");
        assert_eq!(mention["value"]["type"], mention["kind"]);
    }
    for kind in ["actor", "thing", "place", "quantity", "period"] {
        let some = desk.json(&["mentions", "--kind", kind, "--json", "--room", "d.atalaya"]);
        assert!(!some.is_empty() && some.iter().all(|mention| mention["kind"] == kind));
    }
}

#[test]
fn one_and_eight_threads_and_a_rebuild_give_the_same() {
    let desk = Desk::new();
    demo(&desk, "one.atalaya", "1");
    demo(&desk, "eight.atalaya", "8");
    let one = derived(&desk, "one.atalaya");
    assert!(one.len() > 1_000);
    assert_eq!(one, derived(&desk, "eight.atalaya"));
    let rebuilt = desk.json(&["rebuild", "--json", "--room", "one.atalaya"]);
    assert_eq!(rebuilt[0]["not_reached"], 0);
    assert_eq!(rebuilt[0]["resumed"], false);
    assert_eq!(one, derived(&desk, "one.atalaya"));
}

#[test]
fn other_languages_are_kept_and_counted() {
    let desk = Desk::new();
    desk.write(
        "nota.txt",
        "Un barco\n\nLa policía del puerto detuvo el martes un barco en Durán y halló nueve kilos de \
         cocaína bajo el suelo, dijo la autoridad portuaria de la provincia.\n",
    );
    desk.write("a.txt", story(1));
    let added = desk.json(&["add", ".", "--json"]);
    assert_eq!(added[0]["not_read_for_values"], serde_json::json!({ "es": 1 }));
    let mentions = desk.json(&["mentions", "--json"]);
    assert!(mentions.iter().all(|mention| mention["report"]["source"] == "a.txt"));
    assert!(!mentions.is_empty());
}

#[test]
fn only_the_newest_version_is_mentioned() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let first = derived(&desk, "room.atalaya");
    desk.write("a.txt", story(2));
    desk.json(&["add", "a.txt", "--json"]);
    let second = derived(&desk, "room.atalaya");
    assert_ne!(first, second);
    let count = "SELECT count(DISTINCT report) FROM mentions";
    let db = rusqlite::Connection::open(desk.path("room.atalaya")).unwrap();
    assert_eq!(db.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    drop(db);
    // The older version is the newest again: by its bytes, and by removal.
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    assert_eq!(derived(&desk, "room.atalaya"), first);
    desk.write("a.txt", story(3));
    desk.json(&["add", "a.txt", "--json"]);
    assert_eq!(desk.run(&["remove", "a.txt", "--yes"]).code, Some(0));
    assert_eq!(derived(&desk, "room.atalaya").len(), first.len());
}

/// A pack of a measure of its own, laid over the one inside the program.
fn overlay(desk: &Desk) {
    desk.write("words/measures/nets/measure.toml", "[unit.net]\nfactor = 1\n");
    desk.write("words/measures/nets/en.toml", "[unit.net]\nwords = [\"harbour net(s)\"]\n");
    desk.write("words/measures/nets/en.md", "# Nets\n\n> Six harbour nets.\n- 6 net\n");
}

const NETS: &str = "Nets\n\nThe harbour police of Puerto Claro took six harbour nets from a boat on Tuesday, \
                    the port authority said. The crew were taken to the prosecutor's office.\n";

#[test]
fn a_pack_of_ones_own_adds_words() {
    let desk = Desk::new();
    overlay(&desk);
    desk.write("a.txt", NETS);
    let class = ["mentions", "--class", "nets", "--json"];
    desk.json(&["add", "a.txt", "--json"]);
    assert!(desk.json(&class).is_empty());
    // What two packs read is never mixed.
    let refused = desk.run(&["add", "a.txt", "--pack", "words"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("atalaya rebuild --pack words"), "{}", refused.err);
    let warned = desk.run(&["mentions", "--pack", "words"]);
    assert!(warned.err.contains("warning") && warned.err.contains("rebuild"), "{}", warned.err);
    assert_eq!(desk.run(&["rebuild", "--pack", "words"]).code, Some(0));
    let found = desk.json(&[&class[..], &["--pack", "words"]].concat());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["value"]["unit"], "net");
    assert!(desk.run(&["mentions", "--pack", "words"]).err.is_empty());
    assert!(desk.run(&["mentions"]).err.contains("rebuild"));
}

#[test]
fn what_is_wrong_with_a_pack_is_told_by_file_and_line() {
    let desk = Desk::new();
    overlay(&desk);
    desk.write("words/measures/nets/en.toml", "[unit.net]\nwrods = [\"net\"]\n");
    desk.write("words/nests/en.toml", "x = 1\n");
    desk.write("a.txt", NETS);
    for command in [&["add", "a.txt"][..], &["explain", "Six nets."], &["demo"]] {
        let run = desk.run(&[command, &["--pack", "words"]].concat());
        assert_eq!(run.code, Some(1), "{command:?}");
        assert!(run.err.contains("words/measures/nets/en.toml:2: "), "{}", run.err);
        assert!(run.err.contains("words/nests/en.toml:1: "), "{}", run.err);
    }
    assert!(!desk.path("room.atalaya").exists());
    assert_eq!(desk.run(&["explain", "Six nets.", "--pack", "nowhere"]).code, Some(1));
}

#[test]
fn a_killed_rebuild_is_known_and_gone_on_with() {
    let desk = Desk::new();
    for number in 0..600 {
        desk.write(&format!("in/{number}.txt"), story(number));
    }
    desk.json(&["add", "in", "--json"]);
    let whole = derived(&desk, "room.atalaya");
    let mut partly = 0;
    for kill in 0..5_u32 {
        let started = Instant::now();
        let mut child =
            desk.command(&["rebuild"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Killed once some of it is done, at a moment of its own each time.
        let left = |desk: &Desk| {
            let db = rusqlite::Connection::open(desk.path("room.atalaya")).unwrap();
            let count = "SELECT count(*) FROM pending";
            db.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap_or_default()
        };
        while left(&desk) == 0 && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(3));
        }
        std::thread::sleep(Duration::from_millis(60) * kill);
        child.kill().unwrap();
        child.wait().unwrap();
        if left(&desk) > 0 {
            partly += 1;
            let warned = desk.run(&["mentions", "--limit", "1"]);
            assert!(warned.err.contains("not read for values yet"), "{}", warned.err);
            let some = derived(&desk, "room.atalaya");
            let known: HashSet<&String> = whole.iter().collect();
            assert!(some.iter().all(|row| known.contains(row)));
            let resumed: &Value = &desk.json(&["rebuild", "--json"])[0];
            assert_eq!(resumed["resumed"], true);
        }
        assert_eq!(derived(&desk, "room.atalaya"), whole);
    }
    assert!(partly > 0, "no kill fell into the middle of the run");
}
