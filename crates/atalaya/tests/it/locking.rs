//! One writer, many readers.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Desk, Run, story};

/// A process that holds the room's lock, and says that it does: what a second writer meets.
fn hold(desk: &Desk) -> fs::File {
    let lock = fs::File::create(desk.path("room.atalaya-lock")).unwrap();
    lock.lock().unwrap();
    std::io::Write::write_all(&mut &lock, b"process 4242 (atalaya add, since 10:00:00 on 3 March)")
        .unwrap();
    lock
}

#[test]
fn a_second_writer_waits_and_then_says_who_holds_the_lock() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let held = hold(&desk);
    let run = desk.run(&["add", "a.txt", "--wait", "1"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("waiting for process 4242"), "{}", run.err);
    assert!(run.err.contains("is being written to by process 4242 (atalaya add"), "{}", run.err);
    // Readers do not care.
    assert_eq!(desk.json(&["reports", "--json"]).len(), 1);
    drop(held);
    assert_eq!(desk.run(&["add", "a.txt", "--wait", "0"]).code, Some(0));
}

#[test]
fn a_second_writer_goes_on_when_the_first_has_finished() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    let held = hold(&desk);
    let child = desk
        .command(&["add", "a.txt", "--wait", "60"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let _ = fs::remove_file(desk.path("room.atalaya-lock"));
    drop(held);
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 1);
}

#[test]
fn eight_writers_at_once_lose_nothing_while_others_read() {
    let desk = Desk::new();
    for number in 0..160 {
        desk.write(&format!("in{}/{number}.txt", number % 8), story(number));
    }
    let writers: Vec<_> = (0..8)
        .map(|n| {
            desk.command(&["add", &format!("in{n}"), "--wait", "60"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    let started = Instant::now();
    let mut reads = 0;
    for mut writer in writers {
        while writer.try_wait().unwrap().is_none() {
            if desk.path("room.atalaya").exists() {
                let run = desk.run(&["reports", "--json"]);
                assert_eq!(run.code, Some(0), "{}", run.err);
                reads += 1;
            }
            assert!(started.elapsed() < Duration::from_secs(120), "stuck");
        }
        assert!(writer.wait().unwrap().success());
    }
    assert!(reads > 0);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 160);
}
