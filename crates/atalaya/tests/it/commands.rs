//! Every command does what its help says.

use std::process::Stdio;

use super::{Desk, Run, story};

#[test]
fn a_folder_becomes_a_room_that_can_be_searched() {
    let desk = Desk::new();
    for number in 0..5 {
        desk.write(&format!("reports/{number}.txt"), story(number));
    }
    let added = &desk.json(&["add", "reports", "--json"])[0];
    assert_eq!((&added["added"], &added["problems"]), (&5.into(), &serde_json::json!({})));

    let reports = desk.json(&["reports", "--json"]);
    assert_eq!(reports.len(), 5);
    assert!(reports.iter().all(|report| report["published"].is_null()));

    let hits = desk.json(&["search", "\"number 3\"", "--json"]);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["source"], "reports/3.txt");
    let id = hits[0]["id"].as_str().unwrap();
    let shown = desk.run(&["show", &id[..6]]);
    assert_eq!(shown.code, Some(0));
    assert!(shown.out.contains("found 13 kilos"), "{}", shown.out);
    assert!(shown.out.contains("not stated"), "{}", shown.out);
}

#[test]
fn original_bytes_come_back_as_they_were() {
    let desk = Desk::new();
    let bytes =
        b"\xef\xbb\xbfAviso\r\n\r\nLa polic\xc3\xada detuvo a un hombre en Dur\xc3\xa1n.\r\n";
    desk.write("a.txt", bytes);
    desk.json(&["add", "a.txt", "--json"]);
    let output = desk.command(&["show", "a.txt", "--original"]).output().unwrap();
    assert_eq!(output.stdout, bytes);
}

#[test]
fn matches_are_told_in_code_points() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "Título\n\nEn Durán, la policía halló 🍌 y cocaína bajo el suelo de un camión.\n",
    );
    desk.json(&["add", "a.txt", "--json"]);
    let hit = &desk.json(&["search", "cocaina", "--json"])[0];
    let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
    let at = |end: usize| usize::try_from(hit["matches"][0][end].as_u64().unwrap()).unwrap();
    assert_eq!(snippet[at(0)..at(1)].iter().collect::<String>(), "cocaína");
}

#[test]
fn words_with_signs_are_searched_as_they_stand_and_bad_syntax_is_explained() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "Headline\n\nThe minister spoke of narco-terrorist groups (again) in the capital.\n",
    );
    desk.json(&["add", "a.txt", "--json"]);
    for words in ["narco-terrorist", "(again", "groups)", "'", "terrorist AND", "NEAR("] {
        assert_eq!(desk.run(&["search", "--", words]).code, Some(0), "{words}");
    }
    assert_eq!(desk.json(&["search", "narco-terrorist", "--json"]).len(), 1);
    let run = desk.run(&["search", "\"unclosed"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("could not understand the search"), "{}", run.err);
}

#[test]
fn standard_input_is_read_and_two_of_them_are_no_versions() {
    let desk = Desk::new();
    for number in 0..2 {
        let mut child = desk
            .command(&["add", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), story(number).as_bytes())
            .unwrap();
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(desk.json(&["reports", "--json"]).len(), 2);
}

#[test]
fn read_prints_the_machine_contract() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.write("empty.txt", "");
    let run = desk.run(&["read", "--json", "a.txt", "empty.txt", "none.txt"]);
    assert_eq!(run.code, Some(1));
    let objects: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys = [
        "blocks",
        "byline",
        "language",
        "outlet",
        "problem",
        "published",
        "source",
        "text",
        "title",
    ];
    for object in &objects {
        let mut found: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, keys);
    }
    let text: Vec<char> = objects[0]["text"].as_str().unwrap().chars().collect();
    let block = &objects[0]["blocks"][1];
    let at = |key: &str| usize::try_from(block[key].as_u64().unwrap()).unwrap();
    assert!(
        text[at("start")..at("end")].iter().collect::<String>().starts_with("The harbour police")
    );
    assert!(objects[0]["problem"].is_null());
    assert!(objects[1]["problem"].as_str().unwrap().contains("empty"));
    assert!(objects[2]["problem"].is_string());
}

#[test]
fn removing_asks_first_and_then_forgets() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let asked = Run::of(desk.command(&["remove", "a.txt"]).stdin(Stdio::null()).output().unwrap());
    assert_eq!(asked.code, Some(1));
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 1);
    assert_eq!(desk.run(&["remove", "a.txt", "--yes"]).code, Some(0));
    assert_eq!(desk.json(&["reports", "--json"]).len(), 0);
    assert_eq!(desk.json(&["search", "harbour", "--json"]).len(), 0);
    assert_eq!(desk.run(&["remove", "a.txt", "--yes"]).code, Some(1));
}

#[test]
fn the_demo_fills_a_room_once() {
    let desk = Desk::new();
    let first = desk.run(&["demo"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let count = desk.json(&["reports", "--json", "--room", "demo.atalaya"]).len();
    assert!(count >= 14, "{count} reports");
    assert_eq!(desk.run(&["demo"]).out, first.out);
    assert_eq!(desk.json(&["reports", "--json", "--room", "demo.atalaya", "--all"]).len(), count);
    assert!(!desk.path("room.atalaya").exists());
}

#[test]
fn nothing_is_left_beside_the_room() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    desk.json(&["reports", "--json"]);
    let mut names: Vec<_> = std::fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.txt", "room.atalaya"]);
}

#[test]
fn help_and_version_answer() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]);
    assert!(help.out.contains("Examples:") && help.out.contains("atalaya add reports/"));
    for command in
        ["demo", "add", "reports", "show", "search", "problems", "read", "remove", "info"]
    {
        assert_eq!(desk.run(&[command, "--help"]).code, Some(0), "{command}");
    }
    assert!(desk.run(&["--version"]).out.starts_with("atalaya "));
    assert!(desk.run(&["--version", "--verbose"]).out.contains("SQLite"));
    assert_eq!(desk.run(&["nonsense"]).code, Some(2));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    for number in 0..300 {
        desk.write(&format!("reports/{number}.txt"), story(number));
    }
    desk.json(&["add", "reports", "--json"]);
    let mut child = desk
        .command(&["reports", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}
