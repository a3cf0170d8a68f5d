//! How fast text files are read: a report as news sites print it, wrapped lines, another encoding.

use std::hint::black_box;

use atalaya_read::{Hint, report};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const PARAGRAPHS: [&str; 4] = [
    "The navy of a small republic began work on a pier on Tuesday, its ministry said, after two \
     years of delays that had angered the builders and the town alike.",
    "The pier will be 150 metres long and will take patrol boats of the coast guard. Fishermen of \
     the town fear for their moorings, and have gone to court.",
    "“We were never asked,” said a fisherman who has worked from the beach for thirty years. His \
     cooperative counts 120 boats, more than half of them without an engine.",
    "A court is to hear their complaint in June. The ministry declined to comment on the case, and \
     the builders did not answer questions sent to them on Monday.",
];

/// A page of about five kilobytes with furniture at both ends.
fn page(gap: &str) -> String {
    let mut parts =
        vec!["Home | News | World", "Work Begins on Pier", "By Eva Paz", "3 March 2025"];
    for round in 0..7 {
        parts.extend(PARAGRAPHS);
        parts.push(["What is planned", "Who objects", "What the court says"][round % 3]);
    }
    parts.extend(PARAGRAPHS);
    parts.extend(["Share this", "3 Comments", "ola77 · 3 hours ago", "A disgrace.", "Reply"]);
    parts.extend(["Related stories", "Minister Resigns Over Road", "Ten Boats Lost in Storm"]);
    parts.join(gap)
}

fn measure(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    let hint = Hint { source: "report.txt", charset: None };
    bencher.counter(BytesCount::of_slice(bytes)).bench(|| report(black_box(bytes), hint));
}

#[divan::bench]
fn paragraphs_apart(bencher: Bencher<'_, '_>) {
    measure(bencher, page("\n\n").as_bytes());
}

#[divan::bench]
fn one_paragraph_a_line(bencher: Bencher<'_, '_>) {
    measure(bencher, page("\n").as_bytes());
}

#[divan::bench]
fn in_utf16(bencher: Bencher<'_, '_>) {
    let bytes: Vec<u8> = page("\n\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    measure(bencher, &bytes);
}

#[divan::bench(sample_count = 10)]
fn ten_megabytes_without_a_line_break(bencher: Bencher<'_, '_>) {
    measure(bencher, PARAGRAPHS.concat().repeat(17_000).as_bytes());
}
