//! The process is killed, stopped, or runs out of disk: the room stays whole.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::facts::fused;
use super::{Desk, binary, story};

const REPORTS: usize = 400;
const KILLS: u32 = 50;

fn full_desk() -> Desk {
    let desk = Desk::new();
    for number in 0..REPORTS {
        desk.write(&format!("in/{number}.txt"), story(number));
    }
    desk
}

#[test]
fn killed_at_fifty_moments_the_room_holds_whole_reports_only() {
    let desk = full_desk();
    let started = Instant::now();
    assert_eq!(desk.json(&["add", "in", "--json", "--room", "whole.atalaya"])[0]["added"], REPORTS);
    let whole = started.elapsed();
    let mut partly = 0;
    for kill in 0..KILLS {
        let room = format!("{kill}.atalaya");
        let mut child = desk
            .command(&["add", "in", "--room", &room])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * kill / KILLS);
        child.kill().unwrap();
        child.wait().unwrap();
        if desk.path(&room).exists() {
            let stored = check(&desk, &room);
            partly += usize::from(stored > 0 && stored < REPORTS);
        }
        // The last ones are finished, to see that the same command goes on from there.
        if kill % 10 == 9 {
            desk.json(&["add", "in", "--json", "--room", &room]);
            assert_eq!(check(&desk, &room), REPORTS);
        }
        std::fs::remove_file(desk.path(&room)).ok();
    }
    assert!(partly > 0, "no kill fell into the middle of the run");
}

/// Checks that every report in the room is whole, and gives their number.
fn check(desk: &Desk, room: &str) -> usize {
    let counts = &desk.json(&["info", "--json", "--room", room])[0]["counts"];
    let reports = usize::try_from(counts["reports"].as_u64().unwrap()).unwrap();
    let db = rusqlite::Connection::open(desk.path(room)).unwrap();
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    let count = |sql: &str| {
        usize::try_from(db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()).unwrap()
    };
    assert_eq!(count("SELECT count(*) FROM reports"), reports);
    assert_eq!(count("SELECT count(DISTINCT report) FROM blocks"), reports);
    assert_eq!(count("SELECT count(DISTINCT report) FROM locations WHERE current"), reports);
    assert_eq!(count("SELECT count(*) FROM search WHERE search MATCH 'harbour'"), reports);
    assert_eq!(count("SELECT count(*) FROM arrivals"), reports);
    reports
}

#[test]
fn ctrl_c_finishes_what_is_at_hand_and_says_how_to_go_on() {
    let desk = full_desk();
    let child =
        desk.command(&["add", "in"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    let stored = || {
        let run = desk.run(&["info", "--json"]);
        let info = serde_json::from_str::<serde_json::Value>(&run.out).ok()?;
        info["counts"]["reports"].as_u64()
    };
    while stored().is_none_or(|reports| reports == 0) {
        assert!(started.elapsed() < Duration::from_secs(60));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let run = super::Run::of(child.wait_with_output().unwrap());
    let stored = check(&desk, "room.atalaya");
    if stored < REPORTS {
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(run.err.contains("run the same command again to go on"), "{}", run.err);
    }
    desk.json(&["add", "in", "--json"]);
    assert_eq!(check(&desk, "room.atalaya"), REPORTS);
}

#[test]
fn a_rebuild_killed_anywhere_goes_on_and_comes_to_the_same() {
    let desk = Desk::new();
    for number in 0..120 {
        desk.write(&format!("in/{number}.txt"), story(number));
    }
    desk.json(&["add", "in", "--json", "--room", "whole.atalaya"]);
    let whole = fused(&desk, "whole.atalaya");
    assert!(whole.len() > 100, "{}", whole.len());
    let started = Instant::now();
    assert_eq!(desk.run(&["rebuild", "--room", "whole.atalaya"]).code, Some(0));
    let took = started.elapsed();
    assert!(fused(&desk, "whole.atalaya") == whole, "undisturbed");
    let mut unfinished = 0;
    for kill in 1..6 {
        std::fs::copy(desk.path("whole.atalaya"), desk.path("killed.atalaya")).unwrap();
        let mut child = desk
            .command(&["rebuild", "--room", "killed.atalaya"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took * kill / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        unfinished += usize::from(fused(&desk, "killed.atalaya") != whole);
        // Any command that writes goes on with it; so does a second rebuild.
        let next: &[&str] = if kill % 2 == 0 { &["rebuild"] } else { &["add", "in"] };
        let run = desk.run(&[next, &["--room", "killed.atalaya"]].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(check(&desk, "killed.atalaya"), 120);
        assert!(fused(&desk, "killed.atalaya") == whole, "killed at {kill} of 6");
        for ending in ["", "-wal", "-shm"] {
            std::fs::remove_file(desk.path(&format!("killed.atalaya{ending}"))).ok();
        }
    }
    assert!(unfinished > 0, "no kill fell into the middle of the run");
}

/// A disk of two megabytes, in a mount of its own that goes with the process.
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let desk = Desk::new();
    for number in 0..1_500 {
        desk.write(&format!("in/{number}.txt"), story(number).repeat(4));
    }
    std::fs::create_dir(desk.path("disk")).unwrap();
    let script = "mount -t tmpfs -o size=2m none disk && { \"$0\" add in --room disk/room.atalaya; \
                  echo \"status $?\"; \"$0\" reports --json --limit 0 --room disk/room.atalaya | wc -l; \
                  mount -o remount,size=512m disk && \"$0\" add in --json --room disk/room.atalaya; }";
    let isolated = |options: &[&str]| {
        Command::new("unshare")
            .args(options)
            .args(["sh", "-c", script])
            .arg(binary())
            .current_dir(desk.folder.path())
            .output()
    };
    let output =
        isolated(&["-m"]).ok().filter(|o| !o.stdout.is_empty()).or_else(|| isolated(&["-rm"]).ok());
    let Some(output) = output.filter(|output| !output.stdout.is_empty()) else {
        eprintln!("not tested: this machine lets nobody mount a small disk");
        return;
    };
    let run = super::Run::of(output);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(run.err.contains("no space is left on the disk"), "{}\n{}", run.out, run.err);
    assert!(lines.contains(&"status 1"), "{}", run.out);
    let stored: usize = lines.iter().rev().find_map(|line| line.trim().parse().ok()).unwrap();
    assert!(stored < 1_500, "the disk was not full");
    let added: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!(added["added"].as_u64().unwrap() as usize + stored, 1_500, "{}", run.out);
}
