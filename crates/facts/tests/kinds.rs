//! The pack's examples of kinds: what each sentence must give of its kind, and what it must not.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use atalaya_facts::claim::{Aspect, Claim};
use atalaya_facts::pack::{self, Files};
use atalaya_facts::{Extraction, Gazetteer, Pack, reading};
use atalaya_parse::Pipeline;
use atalaya_read::Hint;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files() -> Files {
    fn collect(root: &Path, folder: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.insert(name.replace('\\', "/"), text);
            }
        }
    }
    let folder = root().join("packs/world");
    let mut files = Files::new();
    collect(&folder, &folder, &mut files);
    files
}

fn english() -> &'static Pack {
    static ENGLISH: OnceLock<Pack> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        Pack::load(&pack::of_language(&files(), "en")).unwrap_or_else(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        })
    })
}

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        Gazetteer::load(fs::read(root().join("gazetteer/places.bin")).unwrap()).unwrap()
    })
}

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| {
        let mut models = fs::read_dir(root().join("models/en")).unwrap().map(|e| e.unwrap().path());
        let model = models.find(|path| path.extension() == Some("model".as_ref())).unwrap();
        Pipeline::load([("model".to_owned(), fs::read(model).unwrap())]).unwrap()
    })
}

/// The claims of a sentence that stands alone, and the sentence as the reader has it.
fn claims(sentence: &str) -> (Extraction, String) {
    let bytes = format!("Report\n\n{sentence}\n");
    let hint = Hint { source: "a.txt", ..Hint::default() };
    let mut report = atalaya_read::report(bytes.as_bytes(), hint).unwrap();
    let start = report.text.find(sentence.trim()).unwrap_or(0);
    report.blocks = vec![atalaya_read::Block {
        kind: atalaya_read::BlockKind::Paragraph,
        span: start..start + sentence.trim().len(),
        source: None,
    }];
    let docs = reading::prepare(english(), gazetteer(), &report)
        .into_iter()
        .map(|prepared| {
            let doc = pipeline().parse(&prepared.text);
            (prepared, doc)
        });
    let reading = reading::read(english(), gazetteer(), &report, docs.collect());
    (atalaya_facts::extract(english(), &reading), report.text.clone())
}

/// A claim in the notation of the corpora.
fn told(claim: &Claim, text: &str) -> String {
    let mut line = claim.status.map_or(claim.assertion.realis.name(), |status| status.name()).to_owned();
    if claim.assertion.denied {
        line.push_str(" · denied");
    }
    if claim.aspect != Aspect::Once {
        write!(line, " · {}", claim.aspect.name()).unwrap();
    }
    if claim.presupposed {
        line.push_str(" · presupposed");
    }
    for role in &claim.roles {
        write!(line, " · {}: {}", role.id, &text[role.value.span.clone()]).unwrap();
    }
    line
}

/// `UPDATE=1` writes what is read into the corpora; the difference is then for a person to judge.
#[test]
fn every_kind_gives_its_examples() {
    let mut fired: BTreeSet<String> = BTreeSet::new();
    let mut odd = String::new();
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for kind in &english().kinds.kinds {
        let path = root().join(format!("packs/world/events/{}/en.md", kind.name));
        let corpus = fs::read_to_string(&path).unwrap();
        let mut now = String::new();
        let mut lines = corpus.lines().peekable();
        while let Some(line) = lines.next() {
            writeln!(now, "{line}").unwrap();
            let Some(sentence) = line.strip_prefix("> ") else { continue };
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| line.starts_with("- ")) {
                expected.push(line.trim_start_matches("- ").to_owned());
            }
            let (all, text) = claims(sentence);
            let own: Vec<&Claim> = all.claims.iter().filter(|claim| claim.kind == kind.name).collect();
            fired.extend(own.iter().map(|claim| claim.rule.clone()));
            let found: Vec<String> = own.iter().map(|claim| told(claim, &text)).collect();
            let count = counts.entry(kind.name.clone()).or_default();
            count[0] += 1;
            count[1] += usize::from(found == expected);
            count[2] += usize::from(found.is_empty() == expected.is_empty());
            if found != expected {
                writeln!(odd, "[{}] {sentence}\n  wanted {expected:#?}\n  found  {found:#?}", kind.name).unwrap();
                for (_, dropped) in &all.dropped {
                    if found.is_empty() && dropped.rule.starts_with(&format!("{}/", kind.name)) {
                        writeln!(odd, "  let go {}: {}", dropped.rule, dropped.why).unwrap();
                    }
                }
            }
            for line in found {
                writeln!(now, "- {line}").unwrap();
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, now).unwrap();
        }
    }
    let silent: Vec<String> = english()
        .kinds
        .kinds
        .iter()
        .flat_map(|kind| kind.triggers.iter().map(move |trigger| format!("{}/{}", kind.name, trigger.name)))
        .filter(|rule| !fired.contains(rule))
        .collect();
    if let Some(path) = std::env::var_os("SHOW") {
        let mut table = String::new();
        for (kind, [all, same, fires]) in &counts {
            writeln!(table, "{kind:20} {all:4} same {same:4} fires {fires:4}").unwrap();
        }
        fs::write(path, format!("{odd}\n{table}\nsilent: {silent:#?}\n")).unwrap();
    }
    if std::env::var_os("UPDATE").is_none() {
        assert!(odd.is_empty(), "{odd}");
        assert!(silent.is_empty(), "triggers that fire in no example: {silent:#?}");
    }
}
