//! Web pages → reports, through the crate's public face.

mod bad;
mod bytes;
mod dates;
mod metadata;
mod story;

use atalaya_read::{BlockKind, Hint, ReadError, Report, report};

/// Three paragraphs of prose, enough for any page to be a story.
const PROSE: &str = "<p>Police in the port of Arenal seized two tonnes of cocaine on Monday, the \
    harbour master said, in the third such find since January.</p>\n\
    <p>The drugs lay under a load of bananas bound for Antwerp, and four dockers were held for \
    questioning until the evening.</p>\n\
    <p>\u{201C}We opened one box in a hundred,\u{201D} said Captain Rosa Vidal, who leads the unit. \
    \u{201C}Now we shall open one in ten.\u{201D}</p>\n";

fn read(page: &str) -> Report {
    from("page.html", page.as_bytes()).expect("the page has a story")
}

fn from(source: &str, bytes: &[u8]) -> Result<Report, ReadError> {
    report(bytes, Hint { source, charset: None })
}

/// A page with this head, and the prose in an article.
fn page(head: &str) -> String {
    format!(
        "<html><head>{head}</head><body><article><h1>Drugs found at Arenal</h1>{PROSE}</article></body></html>"
    )
}

/// The texts of all blocks of a kind.
fn texts(report: &Report, kind: BlockKind) -> Vec<&str> {
    let of_kind = report.blocks.iter().filter(|it| it.kind == kind);
    of_kind.map(|it| &report.text[it.span.clone()]).collect()
}

/// The kind of the block that holds `words`.
fn kind_of(report: &Report, words: &str) -> BlockKind {
    let holds = |it: &&atalaya_read::Block| report.text[it.span.clone()].contains(words);
    report.blocks.iter().find(holds).unwrap_or_else(|| panic!("{words:?} was lost")).kind
}
