//! Bytes → `Report` of a web page: any bytes are read or refused, and what a report promises holds.

#![no_main]

use atalaya_read::{Hint, Report, report};
use libfuzzer_sys::fuzz_target;

const HINT: Hint<'_> = Hint { source: "https://paper.example/2025/03/03/story.html", charset: None };

fuzz_target!(|bytes: &[u8]| {
    // Whatever the refusal, it must be an error and not a panic.
    if let Ok(report) = report(bytes, HINT) {
        holds(&report, bytes);
    }
});

/// Blocks stand in order, begin and end with something, and lead back into the bytes.
fn holds(report: &Report, bytes: &[u8]) {
    let mut end = 0;
    for block in &report.blocks {
        assert!(report.text.is_char_boundary(block.span.start), "inside a character");
        assert!(report.text.is_char_boundary(block.span.end), "inside a character");
        let text = &report.text[block.span.clone()];
        assert!(end <= block.span.start, "blocks overlap");
        assert!(!text.is_empty() && text.trim() == text, "white space at an end of {text:?}");
        if let Some(source) = &block.source {
            assert!(source.start < source.end && source.end <= bytes.len());
        }
        end = block.span.end;
    }
    assert!(report.blocks.iter().any(|block| block.kind.is_story()), "a report without a story");
    if let Some(published) = &report.published {
        assert!(published.when.len() >= 7, "a date of less than a month");
    }
}
