//! Bad input becomes a stored problem, and the run goes on.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use super::{Desk, story};

/// Adds the folder `in`, which must not stop the run, and gives the problems as `place kind` lines.
fn problems(desk: &Desk) -> Vec<String> {
    desk.write("in/zz-good.txt", story(1));
    let run = desk.run(&["add", "in"]);
    assert!(matches!(run.code, Some(0 | 1)), "{:?}: {}", run.code, run.err);
    assert_eq!(desk.json(&["search", "\"number 1\"", "--json"]).len(), 1, "the good file is there");
    let problems = desk.json(&["problems", "--json"]);
    assert_eq!(problems.is_empty(), run.code == Some(0));
    let line = |problem: &serde_json::Value| {
        format!("{} {}", problem["place"].as_str().unwrap(), problem["kind"].as_str().unwrap())
    };
    problems.iter().map(line).collect()
}

#[test]
fn empty_and_binary_files() {
    let desk = Desk::new();
    desk.write("in/empty.txt", "");
    desk.write("in/blank.txt", " \n\t\r\n\u{a0}\n");
    desk.write("in/paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n");
    desk.write("in/program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    assert_eq!(
        problems(&desk),
        ["in/blank.txt empty", "in/empty.txt empty", "in/paper.pdf binary", "in/program binary"]
    );
}

#[test]
fn links_in_a_circle_and_links_to_nowhere() {
    let desk = Desk::new();
    desk.write("in/below/a.txt", story(2));
    symlink("..", desk.path("in/below/up")).unwrap();
    symlink("nothing.txt", desk.path("in/dead.txt")).unwrap();
    assert_eq!(problems(&desk), ["in/below/up loop", "in/dead.txt vanished"]);
}

#[test]
fn pipes_and_devices() {
    let desk = Desk::new();
    desk.write("in/a.txt", story(2));
    assert!(Command::new("mkfifo").arg(desk.path("in/pipe")).status().unwrap().success());
    symlink("/dev/zero", desk.path("in/zero")).unwrap();
    assert_eq!(problems(&desk), ["in/pipe not-a-file", "in/zero not-a-file"]);
}

#[test]
fn a_folder_without_permission() {
    let desk = Desk::new();
    desk.write("in/closed/a.txt", story(2));
    fs::set_permissions(desk.path("in/closed"), fs::Permissions::from_mode(0o0)).unwrap();
    let readable = fs::read_dir(desk.path("in/closed")).is_ok();
    let found = problems(&desk);
    fs::set_permissions(desk.path("in/closed"), fs::Permissions::from_mode(0o755)).unwrap();
    // An administrator can read everything.
    let expected: &[&str] = if readable { &[] } else { &["in/closed no-permission"] };
    assert_eq!(found, expected);
}

#[test]
fn a_file_that_is_not_there() {
    let desk = Desk::new();
    let run = desk.run(&["add", "nowhere.txt"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(desk.json(&["problems", "--json"])[0]["kind"], "vanished");
}

#[test]
fn files_over_the_limit_and_huge_lines() {
    let desk = Desk::new();
    let huge = fs::File::create(desk.write("in/huge.txt", "")).unwrap();
    huge.set_len(200 << 20).unwrap();
    desk.write("in/line.txt", "All in one line, and no end of it. ".repeat(300_000));
    // A story of ten megabytes is kept and searched, but not read for values.
    assert_eq!(problems(&desk), ["in/huge.txt too-large", "in/line.txt long"]);
    let message = &desk.json(&["problems", "--json"])[0]["message"];
    assert!(message.as_str().unwrap().contains("64 MiB"), "{message}");
    assert_eq!(desk.json(&["search", "\"no end of it\"", "--json"]).len(), 1);
    assert_eq!(desk.run(&["add", "in", "--limit", "1"]).code, Some(1));
}

#[test]
fn broken_encodings_keep_their_text() {
    let desk = Desk::new();
    desk.write("in/broken.txt", b"Headline of it\n\nThe ship \xff\xfe was stopped off Tumaco by the navy on Sunday morning.\n");
    desk.write("in/nul.txt", b"Headline of it\n\nThe truck was stopped near\0 the border with 3 kilos of cocaine on board.\n");
    desk.write(
        "in/latin.txt",
        b"Titular de la nota\n\nLa polic\xeda detuvo a cinco personas en Dur\xe1n, inform\xf3 la fiscal\xeda el lunes por la ma\xf1ana.\n",
    );
    let found = problems(&desk);
    assert!(found.contains(&"in/nul.txt nul".to_owned()), "{found:?}");
    assert_eq!(desk.json(&["search", "Tumaco", "--json"]).len(), 1);
    assert_eq!(desk.json(&["search", "truck", "--json"]).len(), 1);
    let hit = &desk.json(&["search", "fiscalía", "--json"])[0];
    assert!(hit["snippet"].as_str().unwrap().contains("Durán"), "{hit}");
}

#[test]
fn a_name_that_is_not_utf8() {
    let desk = Desk::new();
    desk.write("in/a.txt", story(2));
    let name = std::ffi::OsStr::from_bytes(b"in/caf\xe9.txt");
    fs::write(desk.folder.path().join(name), story(3)).unwrap();
    assert_eq!(problems(&desk), ["in/caf\\xE9.txt name"]);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 3);
}

#[test]
fn a_mended_file_loses_its_problem() {
    let desk = Desk::new();
    desk.write("a.txt", "");
    assert_eq!(desk.run(&["add", "a.txt"]).code, Some(1));
    desk.write("a.txt", story(1));
    assert_eq!(desk.run(&["add", "a.txt"]).code, Some(0));
    assert_eq!(desk.json(&["problems", "--json"]).len(), 0);
}

#[test]
fn parts_of_saved_pages_are_left_out() {
    let desk = Desk::new();
    desk.write("in/page_files/style.css", "p { color: red }");
    desk.write("in/page_files/logo.png", b"\x89PNG\r\n\x1a\n");
    desk.write("in/.hidden/a.txt", story(9));
    desk.write("in/a.txt", story(2));
    let added = &desk.json(&["add", "in", "--json"])[0];
    assert_eq!((&added["added"], &added["left_out"]), (&1.into(), &2.into()));
    // A room inside the folder is no report.
    assert_eq!(desk.run(&["add", ".", "--room", "in/other.atalaya"]).code, Some(0));
}

#[test]
fn a_room_that_is_none_is_told_and_not_touched() {
    let desk = Desk::new();
    let mut sqlite = b"SQLite format 3\0".to_vec();
    sqlite.resize(4096, 0);
    let mut ours = sqlite.clone();
    ours[16..18].copy_from_slice(&4096u16.to_be_bytes());
    ours[28..32].copy_from_slice(&9u32.to_be_bytes());
    ours[68..72].copy_from_slice(b"Atal");
    let mut newer = ours.clone();
    newer[28..32].copy_from_slice(&1u32.to_be_bytes());
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    let rooms: [(&str, Vec<u8>, &str); 6] = [
        ("text.atalaya", b"Dear diary".to_vec(), "some other kind of file"),
        ("empty.atalaya", Vec::new(), "some other kind of file"),
        ("short.atalaya", sqlite[..50].to_vec(), "damaged"),
        ("other.atalaya", sqlite, "another program's"),
        ("cut.atalaya", ours, "damaged"),
        ("newer.atalaya", newer, "newer version"),
    ];
    desk.write("a.txt", story(1));
    for (name, bytes, why) in rooms {
        let path = desk.write(name, &bytes);
        for args in [["add", "a.txt"], ["search", "x"], ["remove", "abcd"], ["show", "abcd"]] {
            let run = desk.run(&[args[0], args[1], "--room", name]);
            assert_eq!(run.code, Some(1), "{name} {args:?}");
            assert!(run.err.contains(why), "{name} {args:?}: {}", run.err);
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        for ending in ["-wal", "-shm", "-lock", "-journal"] {
            assert!(!desk.path(&format!("{name}{ending}")).exists(), "{name}{ending}");
        }
    }
    let none = desk.run(&["reports", "--room", "none.atalaya"]);
    assert!(none.err.contains("there is no room at none.atalaya"), "{}", none.err);
    assert!(desk.run(&["reports", "--room", "."]).err.contains("it is a folder"));
}

#[test]
fn a_damaged_room_is_told() {
    let desk = Desk::new();
    for number in 0..200 {
        desk.write(&format!("in/{number}.txt"), story(number));
    }
    desk.json(&["add", "in", "--json"]);
    let mut bytes = fs::read(desk.path("room.atalaya")).unwrap();
    bytes[4096..].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(desk.path("room.atalaya"), &bytes).unwrap();
    for args in [&["reports"][..], &["search", "boat"], &["add", "in"]] {
        let run = desk.run(args);
        assert_eq!(run.code, Some(1), "{args:?}");
        assert!(run.err.contains("damaged"), "{args:?}: {}", run.err);
    }
    assert_eq!(fs::read(desk.path("room.atalaya")).unwrap(), bytes);
}
