//! The `article_extraction` set: the story's text out of web pages.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use atalaya_read::{BlockKind, Hint, ReadError, Report};
use html5gum::{Token, Tokenizer};
use serde::Deserialize;
use serde_json::{Value, json};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A JSON Lines file of the set: it names the pages, relative to the folder above its own.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Where to write the stories, in the form that the set's scorer reads.
    #[arg(long, value_name = "OUT")]
    predictions: Option<PathBuf>,
    /// Read every page this many times, for a steady figure of speed.
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    repeat: u32,
}

/// One page of the set.
#[derive(Deserialize)]
struct Page {
    id: Value,
    html_file: String,
    #[serde(default)]
    url: String,
}

/// Reads every page and writes the story's text of each.
pub(crate) fn run(options: &Options) -> Result<Value, String> {
    let folder = options.data.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let lines = std::fs::read_to_string(&options.data);
    let lines = lines.map_err(|e| format!("{}: {e}", options.data.display()))?;
    let mut predictions = Vec::new();
    let mut figures = Figures::default();
    for line in lines.lines() {
        let page: Page = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let path = folder.join(&page.html_file);
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let hint = Hint { source: &page.url, charset: None };
        let started = Instant::now();
        let mut report = atalaya_read::report(&bytes, hint);
        for _ in 1..options.repeat {
            report = atalaya_read::report(&bytes, hint);
        }
        figures.time += started.elapsed();
        figures.count(&bytes, report.as_ref());
        let text = report.as_ref().map(story).unwrap_or_default();
        predictions.push(json!({ "id": page.id, "text": text }).to_string());
    }
    if let Some(path) = &options.predictions {
        let written = std::fs::File::create(path)
            .and_then(|mut file| predictions.iter().try_for_each(|line| writeln!(file, "{line}")));
        written.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(figures.json(options.repeat))
}

/// The story's running text, without its headline and captions, a block a line.
fn story(report: &Report) -> String {
    let is_running =
        |kind: BlockKind| kind.is_story() && !matches!(kind, BlockKind::Title | BlockKind::Caption);
    let blocks = report.blocks.iter().filter(|it| is_running(it.kind));
    blocks.map(|it| &report.text[it.span.clone()]).collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Figures {
    pages: usize,
    bytes: usize,
    without_story: usize,
    blocks: usize,
    aligned: usize,
    exact: usize,
    dated: usize,
    time: Duration,
}

impl Figures {
    fn count(&mut self, bytes: &[u8], report: Result<&Report, &ReadError>) {
        self.pages += 1;
        self.bytes += bytes.len();
        let Ok(report) = report else {
            self.without_story += 1;
            return;
        };
        self.dated += usize::from(report.published.is_some());
        for block in &report.blocks {
            self.blocks += 1;
            let Some(source) = block.source.clone() else { continue };
            self.aligned += 1;
            let own = letters(&report.text[block.span.clone()]);
            self.exact += usize::from(letters(&text_of(&bytes[source], report.charset)) == own);
        }
    }

    fn json(&self, repeat: u32) -> Value {
        let seconds = self.time.as_secs_f64() / f64::from(repeat);
        json!({
            "set": "article_extraction",
            "pages": self.pages,
            "without_story": self.without_story,
            "blocks": self.blocks,
            "aligned": self.aligned as f64 / self.blocks.max(1) as f64,
            "aligned_exactly": self.exact as f64 / self.aligned.max(1) as f64,
            "dated": self.dated,
            "seconds": seconds,
            "pages_per_second": self.pages as f64 / seconds,
            "megabytes_per_second": self.bytes as f64 / 1e6 / seconds,
        })
    }
}

/// The text of a piece of a page: tags stripped, entities decoded. Only pages in UTF-8 and the
/// encodings that share its ASCII are looked at byte by byte; in others letters beyond it differ
/// alike on both sides.
fn text_of(source: &[u8], charset: &str) -> String {
    let html = match charset {
        "UTF-8" => String::from_utf8_lossy(source).into_owned(),
        _ => source.iter().map(|&byte| char::from(byte)).filter(char::is_ascii).collect(),
    };
    let mut text = String::new();
    for Ok(token) in Tokenizer::new(&html) {
        if let Token::String(characters) = token {
            text.push_str(&String::from_utf8_lossy(&characters));
        }
    }
    text
}

/// What is left of a text when white space is folded away, and with it what cannot be seen.
fn letters(text: &str) -> String {
    let unseen = |c: &char| {
        c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
    };
    text.chars().filter(|c| !unseen(c)).collect()
}
