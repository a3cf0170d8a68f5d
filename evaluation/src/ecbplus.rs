//! Which reports tell of one event, and which of their words tell of one deed, as ECB+ has it.

use std::io;

use atalaya_facts::story::{self, Word};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::set;

/// News, and what to group in it.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    set: set::Options,
    /// Whether reports are grouped, or the mentions given in them.
    #[arg(long, value_enum, default_value_t = Task::Docs)]
    task: Task,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Task {
    Docs,
    Mentions,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    text: String,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    mid: String,
    lemma: String,
}

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let pack = options.set.engine.pack()?;
    let reports: Vec<Report> = options.set.items()?;
    let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
    let stories = story::stories(&pack, &texts);
    let count = |numbers: &[usize]| numbers.iter().max().map_or(0, |last| last + 1);
    let mut figures =
        json!({ "set": "ecbplus", "reports": reports.len(), "stories": count(&stories) });
    let predictions: Vec<Value> = match options.task {
        Task::Docs => {
            let grouped = reports.iter().zip(&stories);
            grouped.map(|(report, story)| json!({ "id": report.id, "cluster": story })).collect()
        }
        Task::Mentions => {
            let mentions = reports.iter().enumerate();
            let mentions: Vec<(usize, &Mention)> = mentions
                .flat_map(|(text, report)| report.mentions.iter().map(move |own| (text, own)))
                .collect();
            let words: Vec<Word<'_>> = mentions
                .iter()
                .map(|(text, own)| Word { text: *text, lemma: &own.lemma })
                .collect();
            let deeds = story::deeds(&pack, &stories, &words);
            figures["mentions"] = json!(words.len());
            figures["deeds"] = json!(count(&deeds));
            let grouped = mentions.iter().zip(&deeds);
            grouped.map(|((_, own), deed)| json!({ "mid": own.mid, "cluster": deed })).collect()
        }
    };
    options.set.write(&predictions)?;
    Ok(figures)
}
