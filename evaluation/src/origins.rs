//! Which reports go back to one text, on stories of our own with copies, rewrites and look-alikes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use atalaya_facts::fuse::input::{Report, Room};
use atalaya_facts::{fuse, story};
use serde_json::{Value, json};

use crate::engine;

/// Stories with what is made of them.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder of the stories; its README tells their form.
    #[arg(long, default_value = "evaluation/origins")]
    data: PathBuf,
    #[command(flatten)]
    engine: engine::Engine,
}

/// A story, and what was written after it.
#[derive(Default)]
struct Story {
    title: String,
    again: String,
    lines: Vec<String>,
    /// The same in other words, the same in Spanish, another event of the same sort.
    written: BTreeMap<&'static str, String>,
}

/// A text of the set: of which story, made how.
struct Text {
    story: usize,
    made: &'static str,
    passages: Vec<String>,
}

const WRITTEN: [&str; 3] = ["rewrite", "es", "other"];
const ORIGINAL: &str = "original";
/// How copies are made; each story has two of them.
const COPIES: [&str; 4] = ["copied", "cut", "reordered", "headed"];

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let stories = stories(options)?;
    let texts: Vec<Text> =
        stories.iter().enumerate().flat_map(|(at, story)| texts(at, story)).collect();
    let report = |(at, text): (usize, &Text)| Report {
        id: format!("{at:016}"),
        passages: text.passages.clone(),
        ..Report::default()
    };
    let room = Room { reports: texts.iter().enumerate().map(report).collect(), ..Room::default() };
    let pack = options.engine.pack()?;
    let fused = fuse::fuse(&pack, &options.engine.gazetteer()?, &room);
    let mut origins: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (report, origin) in fused.origins {
        origins.entry(origin).or_default().extend(report.parse::<usize>());
    }
    let origins: Vec<BTreeSet<usize>> = origins.into_values().collect();
    let prose: Vec<String> = texts.iter().map(|text| text.passages.join("\n")).collect();
    let prose: Vec<&str> = prose.iter().map(String::as_str).collect();
    let told = story::stories(&pack, &prose);
    Ok(figures(&texts, &origins, &told))
}

fn figures(texts: &[Text], origins: &[BTreeSet<usize>], told: &[usize]) -> Value {
    let one_origin = |a, b| origins.iter().any(|origin| origin.contains(&a) && origin.contains(&b));
    let copy = |made| made == ORIGINAL || COPIES.contains(&made);
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut of: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (a, one) in texts.iter().enumerate() {
        for (b, other) in texts.iter().enumerate().skip(a + 1) {
            let (found, same) = (one_origin(a, b), one.story == other.story);
            match (found, same && copy(one.made) && copy(other.made)) {
                (true, true) => right += 1,
                (false, true) => missed += 1,
                // A rewrite has its origin in the story: neither right nor wrong here.
                (true, false) => wrong += usize::from(!same || other.made == "other"),
                (false, false) => {}
            }
            if same && one.made == ORIGINAL {
                let counts = of.entry(other.made).or_default();
                counts[0] += 1;
                counts[1] += usize::from(found);
                counts[2] += usize::from(told[a] == told[b]);
            }
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let versions: BTreeMap<&str, Value> = of
        .into_iter()
        .map(|(made, [all, origin, story])| {
            (made, json!({ "versions": all, "one_origin": origin, "one_story": story }))
        })
        .collect();
    json!({ "set": "origins", "texts": texts.len(), "precision": share(right, right + wrong),
        "recall": share(right, right + missed), "f1": share(2 * right, 2 * right + wrong + missed),
        "with_the_original": versions })
}

/// The texts that a story gives.
fn texts(number: usize, story: &Story) -> Vec<Text> {
    let text = |made, passages| Text { story: number, made, passages };
    let headed = |title: &str, lines: &[String]| {
        let title = std::iter::once(title.to_owned());
        title.chain(lines.iter().cloned()).collect::<Vec<_>>()
    };
    let mut texts = vec![text(ORIGINAL, headed(&story.title, &story.lines))];
    for made in [COPIES[number % 4], COPIES[(number + 1) % 4]] {
        let lines = &story.lines;
        let passages = match made {
            // Set anew: one paragraph, other quotation marks.
            "copied" => vec![story.title.clone(), lines.join(" ").replace('"', "”")],
            "cut" => headed(&story.title, &lines[..lines.len() * 3 / 5]),
            "reordered" => headed(&story.title, &[&lines[..1], &lines[3..], &lines[1..3]].concat()),
            _ => headed(&story.again, lines),
        };
        texts.push(text(made, passages));
    }
    texts.extend(story.written.iter().map(|(made, words)| text(made, vec![words.clone()])));
    texts
}

/// Reads the stories in the order of files' names.
fn stories(options: &Options) -> io::Result<Vec<Story>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&options.data)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut stories: Vec<Story> = Vec::new();
    for path in paths {
        for line in fs::read_to_string(&path)?.lines() {
            if line.starts_with("# ") {
                stories.push(Story::default());
            } else if let Some(story) = stories.last_mut() {
                add(story, line)
                    .ok_or_else(|| io::Error::other(format!("{}: {line}", path.display())))?;
            }
        }
    }
    match stories.iter().position(|story| story.lines.len() < 4) {
        Some(short) => Err(io::Error::other(format!("story {short} has fewer than four lines"))),
        None => Ok(stories),
    }
}

/// Adds a line to a story; none if the line is of no form.
fn add(story: &mut Story, line: &str) -> Option<()> {
    if let Some(sentence) = line.strip_prefix("- ") {
        story.lines.push(sentence.to_owned());
        return Some(());
    }
    let (name, words) = line.split_once(": ")?;
    match name {
        "title" => words.clone_into(&mut story.title),
        "again" => words.clone_into(&mut story.again),
        _ => {
            let name = WRITTEN.iter().find(|written| **written == name)?;
            story.written.insert(name, words.to_owned());
        }
    }
    Some(())
}
