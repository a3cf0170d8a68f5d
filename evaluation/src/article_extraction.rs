//! Story text out of web pages, on public extraction benchmarks.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use atalaya_read::{BlockKind, Hint, ReadError, Report};
use serde::Deserialize;

use crate::Common;

/// One page of the set.
#[derive(Deserialize)]
struct Page {
    id: String,
    html_file: String,
    #[serde(default)]
    url: String,
}

/// Reads every page that the set's file names and writes the story's text of each.
pub(crate) fn run(common: &Common) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let folder = common.data.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let mut predictions = common.predictions.as_ref().map(fs::File::create).transpose()?;
    let mut figures = Figures::default();
    for line in fs::read_to_string(&common.data)?.lines() {
        let page: Page = serde_json::from_str(line)?;
        let bytes = fs::read(folder.join(&page.html_file))?;
        let started = Instant::now();
        let report = atalaya_read::report(&bytes, Hint { source: &page.url, charset: None });
        figures.time += started.elapsed();
        figures.count(&bytes, report.as_ref());
        if let Some(out) = &mut predictions {
            let text = report.as_ref().map(story).unwrap_or_default();
            writeln!(out, "{}", serde_json::json!({ "id": page.id, "text": text }))?;
        }
    }
    Ok(figures.json())
}

/// The story's running text, without its headline and captions, a block a line.
fn story(report: &Report) -> String {
    let blocks = report.blocks.iter().filter(|it| {
        it.kind.is_story() && !matches!(it.kind, BlockKind::Title | BlockKind::Caption)
    });
    blocks.map(|it| &report.text[it.span.clone()]).collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Figures {
    pages: usize,
    bytes: usize,
    unread: usize,
    blocks: usize,
    aligned: usize,
    dated: usize,
    time: Duration,
}

impl Figures {
    fn count(&mut self, bytes: &[u8], report: Result<&Report, &ReadError>) {
        self.pages += 1;
        self.bytes += bytes.len();
        match report {
            Ok(report) => {
                self.blocks += report.blocks.len();
                self.aligned += report.blocks.iter().filter(|it| it.source.is_some()).count();
                self.dated += usize::from(report.published.is_some());
            }
            Err(_) => self.unread += 1,
        }
    }

    fn json(&self) -> serde_json::Value {
        let seconds = self.time.as_secs_f64();
        serde_json::json!({
            "pages": self.pages,
            "unread": self.unread,
            "blocks": self.blocks,
            "aligned": self.aligned,
            "dated": self.dated,
            "seconds": seconds,
            "pages_per_second": self.pages as f64 / seconds,
            "megabytes_per_second": self.bytes as f64 / 1e6 / seconds,
        })
    }
}
