//! Pages that are broken, hostile or empty: read or refused, never a panic, never a hang.

use crate::{PROSE, from, page, read};
use atalaya_read::{BlockKind, ReadError};

#[test]
fn elements_nested_deeply() {
    for (open, close) in
        [("<div>", "</div>"), ("<b>", "</b>"), ("<table><tr><td>", ""), ("<ul><li>", "")]
    {
        let deep = format!("{}{PROSE}{}", open.repeat(200_000), close.repeat(200_000));
        let report = read(&deep);
        assert!(report.text.contains("seized two tonnes"), "{open}");
    }
}

#[test]
fn one_tag_of_five_megabytes() {
    let long = "x".repeat(5 << 20);
    for tag in [
        format!("<div class=\"{long}\">"),
        format!("<{long}>"),
        format!("<div {long}>"),
        format!("<!--{long}-->"),
    ] {
        assert_eq!(read(&format!("{tag}{PROSE}")).blocks.len(), 3);
    }
    // A tag that never ends holds all that follows.
    let _ = from("a.html", format!("<p>{PROSE}<div class=\"{long}").as_bytes());
}

#[test]
fn a_million_attributes() {
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"1\"")).collect();
    assert_eq!(read(&format!("<div{attributes}>{PROSE}</div>")).blocks.len(), 3);
}

#[test]
fn pages_without_a_story_say_what_is_there() {
    for (page, why) in [
        (
            "<html><frameset cols=2><frame src=a><frame src=b></frameset></html>",
            "the page is a frameset",
        ),
        (
            "<html><body><script>app.start('story')</script></body></html>",
            "the page has only scripts",
        ),
        ("<html><head><title>x</title></head></html>", "the page has no text"),
        (
            "<html><body><ul><li><a href=/>Home</a><li><a href=/p>Port</a></ul>",
            "the page has only menus, links or a title",
        ),
    ] {
        assert_eq!(from("a.html", page.as_bytes()), Err(ReadError::NoStory { why }), "{page}");
    }
    assert_eq!(from("a.html", b" \n "), Err(ReadError::Empty));
}

#[test]
fn a_page_without_a_body_is_read() {
    assert_eq!(read(&format!("<title>x</title>{PROSE}")).blocks.len(), 3);
}

#[test]
fn a_page_cut_off_anywhere() {
    let page = page(
        "<meta charset=utf-8><script type='application/ld+json'>{\"@type\":\"Article\"}</script>",
    );
    for cut in 0..page.len() {
        if let Ok(report) = from("a.html", &page.as_bytes()[..cut]) {
            let mut end = 0;
            for block in &report.blocks {
                assert!(end <= block.span.start && !report.text[block.span.clone()].is_empty());
                assert!(block.source.as_ref().is_none_or(|it| it.end <= cut));
                end = block.span.end;
            }
            assert!(report.blocks.iter().any(|it| it.kind != BlockKind::Furniture));
        }
    }
}
