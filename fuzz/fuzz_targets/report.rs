//! Bytes → `Report`: any bytes are read or refused, and what a report promises holds.

#![no_main]

use atalaya_read::{Hint, Report, ReadError, report};
use libfuzzer_sys::fuzz_target;

const SOURCES: [&str; 4] = ["a.txt", "a.md", "a.html", ""];
const CHARSETS: [Option<&str>; 8] = [
    None,
    None,
    Some("utf-8"),
    Some("utf-16le"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("windows-1252"),
    Some("iso-2022-jp"),
];

fuzz_target!(|input: &[u8]| {
    let Some((&first, bytes)) = input.split_first() else { return };
    let hint = Hint {
        source: SOURCES[usize::from(first & 3)],
        charset: CHARSETS[usize::from(first >> 2 & 7)],
    };
    match report(bytes, hint) {
        Ok(report) => holds(&report, bytes),
        Err(ReadError::Empty | ReadError::Binary { .. } | ReadError::NoStory { .. }) => {}
        Err(other) => panic!("an error that reading does not promise: {other}"),
    }
});

/// Blocks stand in order, begin and end with something, and lead back into the bytes.
fn holds(report: &Report, bytes: &[u8]) {
    assert!(!report.text.contains(['\r', '\0']));
    let mut end = 0;
    for block in &report.blocks {
        let text = &report.text[block.span.clone()];
        assert!(end <= block.span.start, "blocks overlap");
        assert!(!text.is_empty() && text.trim() == text, "white space at an end of {text:?}");
        if let Some(source) = &block.source {
            assert!(source.start < source.end && source.end <= bytes.len());
        }
        end = block.span.end;
    }
    if let Some(origin) = &report.origin {
        let whole = origin.source(0..report.text.len());
        assert!(whole.end <= bytes.len());
    }
}
