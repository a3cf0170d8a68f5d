//! `parse`, `explain` and `model`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Desk, Run};

const SENTENCE: &str = "Marines in Manta found two rifles under a truck. Nobody was hurt.";

fn piped(desk: &Desk, args: &[&str], input: &str) -> Run {
    let mut command = desk.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.env("ATALAYA_DATA", desk.path("data")).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // The program may stop reading at the first bad line.
        let _ = stdin.write_all(input.as_bytes());
    });
    let run = Run::of(child.wait_with_output().unwrap());
    writer.join().unwrap();
    run
}

#[test]
fn json_is_one_document_a_line_in_spacys_form() {
    let desk = Desk::new();
    let texts = ["El Niño's émigrés 🏝️ left Durán.", "", SENTENCE];
    let input: String =
        texts.iter().map(|text| serde_json::to_string(text).unwrap() + "\n").collect();
    let run = piped(&desk, &["parse", "--json"], &input);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let docs: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(docs.len(), 3);
    for (doc, text) in docs.iter().zip(texts) {
        assert_eq!(doc["text"], text);
        let points: Vec<char> = text.chars().collect();
        let mut end = 0;
        for (index, token) in doc["tokens"].as_array().unwrap().iter().enumerate() {
            assert_eq!(token["id"], index);
            let at = |key: &str| usize::try_from(token[key].as_u64().unwrap()).unwrap();
            assert!(at("start") >= end && at("end") > at("start"));
            end = at("end");
            for key in ["tag", "pos", "morph", "lemma", "dep"] {
                assert!(token[key].is_string(), "{key}");
            }
            assert!(at("head") < doc["tokens"].as_array().unwrap().len());
        }
        assert!(end <= points.len());
    }
    assert_eq!(docs[2]["sents"].as_array().unwrap().len(), 2);
    assert_eq!(docs[2]["tokens"][3]["lemma"], "find");
    let entities = docs[2]["ents"].as_array().unwrap();
    let manta = entities.iter().find(|entity| entity["label"] == "GPE").unwrap();
    assert_eq!((&manta["start"], &manta["end"]), (&11.into(), &16.into()));
}

#[test]
fn plain_text_and_bad_lines() {
    let desk = Desk::new();
    let plain = piped(&desk, &["parse", "--json", "--text"], "One line.\nTwo lines.\n");
    assert_eq!(plain.out.lines().count(), 1);
    let bad = piped(&desk, &["parse", "--json"], "\"fine\"\nnot json\n");
    assert_eq!(bad.code, Some(1));
    assert!(bad.err.contains("line 2") && bad.err.contains("--text"), "{}", bad.err);
}

#[test]
fn conllu_has_ten_columns_and_heads_within_the_sentence() {
    let desk = Desk::new();
    let run = piped(&desk, &["parse", "--conllu"], &format!("{SENTENCE}\n\n  Another\tone\n"));
    assert_eq!(run.code, Some(0), "{}", run.err);
    let mut roots = 0;
    for sentence in run.out.trim_end().split("\n\n") {
        let words: Vec<Vec<&str>> = sentence
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!((word.len(), word[0]), (10, (at + 1).to_string().as_str()), "{word:?}");
            assert!(word.iter().all(|column| !column.is_empty()), "{word:?}");
            let head: usize = word[6].parse().unwrap();
            assert!(head <= words.len() && head != at + 1);
            roots += usize::from(head == 0);
        }
    }
    assert!(roots >= 2);
    assert!(run.out.contains("# text = Nobody was hurt."), "{}", run.out);
}

#[test]
fn tables_and_trees_are_for_people() {
    let desk = Desk::new();
    let table = piped(&desk, &["parse"], SENTENCE);
    assert!(table.out.contains("rifles") && table.out.contains("relation"), "{}", table.out);
    let explained = desk.run(&["explain", SENTENCE]);
    assert_eq!(explained.code, Some(0), "{}", explained.err);
    assert!(explained.out.contains("Marines nsubj"), "{}", explained.out);
    assert!(explained.out.contains("GPE"), "{}", explained.out);
    assert_eq!(desk.run(&["explain", ""]).code, Some(0));
}

#[test]
fn values_are_explained_with_their_words() {
    let desk = Desk::new();
    let sentence =
        "Customs officers found more than 300 kilos of cocaine at a port near Guayaquil last July.";
    let dated = desk.run(&["explain", sentence, "--published", "2025-04-20"]);
    for part in
        ["300 or more kilogram", "cocaine", "2024-07", "Guayaquil (EC)", "near-town", "seize/find"]
    {
        assert!(dated.out.contains(part), "{part}: {}", dated.out);
    }
    let undated = desk.run(&["explain", sentence]);
    assert!(undated.out.contains("XXXX-07"), "{}", undated.out);
    let none = desk.run(&["explain", "Nobody spoke."]);
    assert_eq!(none.out.matches("\nnone\n").count(), 7, "{}", none.out);
    assert_eq!(desk.run(&["explain", sentence, "--published", "last year"]).code, Some(2));
}

#[test]
fn a_pack_is_checked_all_at_once() {
    let desk = Desk::new();
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/world");
    assert_eq!(desk.run(&["pack", "check", world.to_str().unwrap()]).code, Some(0));
    desk.write("pack/numbers/en.toml", "nonsense = 1\n");
    desk.write("pack/odd/en.toml", "a = 1\n");
    let run = desk.run(&["pack", "check", "pack"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("numbers/en.toml:1:")
            && run.out.contains("nothing reads the folder `odd`"),
        "{}",
        run.out
    );
    assert_eq!(desk.run(&["pack", "check", "none"]).code, Some(1));
}

#[test]
fn hostile_text_is_parsed() {
    let desk = Desk::new();
    for text in ["\0\0 \u{202e}gnikcatta \u{200f}שלום", " \n\t ", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", &"(".repeat(20_000), "a"]
    {
        let run = piped(&desk, &["parse", "--conllu"], text);
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
}

/// The small English pipeline as spaCy's own directory.
fn small_english() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("target/models/en_core_web_sm");
    if !folder.join("config.cfg").is_file() {
        let status = Command::new(root.join("scripts/models")).arg("en_core_web_sm").status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "scripts/models could not fetch en_core_web_sm"
        );
    }
    folder
}

#[test]
fn models_come_and_go() {
    let desk = Desk::new();
    let run = |args: &[&str]| piped(&desk, args, SENTENCE);
    let folder = small_english();
    let added = run(&["model", "add", folder.to_str().unwrap()]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    assert!(added.out.contains("en_core_web_sm"), "{}", added.out);
    let listed = run(&["model", "list", "--json"]);
    let models: Vec<serde_json::Value> =
        listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(models.len(), 2);
    let name = models[1]["name"].as_str().unwrap();
    let parsed = run(&["parse", "--conllu", "--model", name]);
    assert!(parsed.out.contains("\tfind\tVERB"), "{}", parsed.out);
    assert_eq!(run(&["model", "remove", name]).code, Some(0));
    assert_eq!(run(&["parse", "--model", name]).code, Some(1));
    assert_eq!(run(&["model", "list", "--json"]).out.lines().count(), 1);
}

#[test]
fn a_wheel_is_a_model_too() {
    let desk = Desk::new();
    let folder = small_english();
    // A wheel keeps the pipeline two folders down.
    let script = "import sys, zipfile, pathlib\n\
                  root = pathlib.Path(sys.argv[1])\n\
                  with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as wheel:\n    \
                      for file in sorted(root.rglob('*')):\n        \
                          if file.is_file(): wheel.write(file, 'some/some-1.0/' + str(file.relative_to(root)))\n";
    let wheel = desk.path("some.whl");
    let made =
        Command::new("python3").args(["-c", script]).arg(&folder).arg(&wheel).status().unwrap();
    assert!(made.success());
    let added = piped(&desk, &["model", "add", "some.whl"], "");
    assert_eq!(added.code, Some(0), "{}", added.err);

    let whole = std::fs::read(&wheel).unwrap();
    for cut in [0, 10, whole.len() / 2, whole.len() - 1] {
        desk.write("cut.whl", &whole[..cut]);
        let run = piped(&desk, &["model", "add", "cut.whl"], "");
        assert_eq!(run.code, Some(1), "cut at {cut}");
    }
}

#[test]
fn what_is_no_model_is_refused_by_name() {
    let desk = Desk::new();
    desk.write("folder/readme.txt", "no model");
    for (path, why) in [
        ("folder", "no config.cfg"),
        ("folder/readme.txt", "neither a folder nor a wheel"),
        ("none", "none"),
    ] {
        let run = piped(&desk, &["model", "add", path], "");
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains(why), "{path}: {}", run.err);
    }
    let run = piped(&desk, &["parse", "--model", "xx"], "");
    assert!(
        run.err.contains("there is no model named xx") && run.err.contains("en_core_web_md"),
        "{}",
        run.err
    );
    let run = piped(&desk, &["model", "remove", "en"], "");
    assert!(run.err.contains("part of the program"), "{}", run.err);
}
