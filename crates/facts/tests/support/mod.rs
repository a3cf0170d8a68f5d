//! What the tests of the pack share: its files, the English words, the pipeline, the gazetteer.
#![allow(dead_code, reason = "each test takes what it needs")]

pub mod claims;
pub mod report;
pub mod room;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use atalaya_facts::pack::corpus::examples;
use atalaya_facts::pack::{self, Files};
use atalaya_facts::{Gazetteer, Pack};
use atalaya_parse::{Doc, Pipeline};

/// The folder that holds the packs, the models and the gazetteer.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of the pack, in all its languages.
pub fn files() -> Files {
    fn collect(root: &Path, folder: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.insert(name.replace('\\', "/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    let world = root().join("packs/world");
    collect(&world, &world, &mut files);
    files
}

/// The pack in English.
pub fn english() -> &'static Pack {
    static ENGLISH: OnceLock<Pack> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        Pack::load(&pack::of_language(&files(), "en")).unwrap_or_else(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        })
    })
}

/// A text parsed by the English pipeline of the tree.
pub fn parse(text: &str) -> Doc {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| {
        let models = fs::read_dir(root().join("models/en")).unwrap();
        let mut models = models.map(|entry| entry.unwrap().path());
        let model = models.find(|path| path.extension() == Some("model".as_ref()));
        let bytes = fs::read(model.expect("the English model is in the tree")).unwrap();
        Pipeline::load([("model".to_owned(), bytes)]).unwrap()
    });
    pipeline.parse(text)
}

/// The gazetteer of the tree.
pub fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        Gazetteer::load(fs::read(root().join("gazetteer/places.bin")).unwrap()).unwrap()
    })
}

/// A corpus with what is read in its sentences today.
pub fn rewritten(text: &str, read: impl Fn(&str) -> Vec<String>) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.starts_with("- ")) {
        writeln!(out, "{line}").unwrap();
        if let Some(sentence) = line.strip_prefix("> ") {
            read(sentence.trim()).iter().for_each(|value| writeln!(out, "- {value}").unwrap());
        }
    }
    out
}

/// Checks the corpora of some folders; `UPDATE=1` writes what is read into them instead, and the
/// difference is then for a person to judge. Gives how many sentences there are.
pub fn check(folders: &[&str], read: impl Fn(&str) -> Vec<String>) -> usize {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    let mut sentences = 0;
    for (name, text) in files() {
        if !name.ends_with("en.md") || !folders.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        if update {
            fs::write(root().join("packs/world").join(&name), rewritten(&text, &read)).unwrap();
            continue;
        }
        for example in examples(&text) {
            let found = read(&example.sentence);
            sentences += 1;
            if found != example.values {
                let (line, sentence, expected) = (example.line, example.sentence, example.values);
                writeln!(wrong, "{name}:{line}: {sentence}\n  {expected:?}\n  {found:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    sentences
}
