//! When a page was published: every source, in its order, and never a date that is another's.

use crate::{PROSE, from, page, read};
use atalaya_read::PublishedFrom::{self, *};
use atalaya_read::Report;

fn of(report: &Report) -> Option<(&str, PublishedFrom)> {
    report.published.as_ref().map(|it| (it.when.as_str(), it.from))
}

fn json(text: &str) -> String {
    format!("<script type='application/ld+json'>{text}</script>")
}

const WHEN: &str = "2025-03-03T14:05:00-05:00";

#[test]
fn json_ld_however_it_is_written() {
    for text in [
        r#"{"@type":"NewsArticle","datePublished":"2025-03-03T14:05:00-05:00"}"#,
        r#"{"@graph":[{"@type":"WebSite"},{"@type":"Article","datePublished":"2025-03-03T14:05:00-05:00"}]}"#,
        r#"[{"@type":"Organization"},{"@type":["Article","Report"],"datePublished":"2025-03-03T14:05:00-05:00"}]"#,
        r#"/* <![CDATA[ */ {"@type":"NewsArticle","datePublished":"2025-03-03T14:05:00-05:00",} /* ]]> */"#,
        "{\"@type\":\"BlogPosting\",\"description\":\"two\nlines\",\"datePublished\":\"2025-03-03T14:05:00-05:00\"}",
        r#"{"@type":"NewsArticle" "headline":"x", "datePublished":"2025-03-03T14:05:00-05:00""#,
    ] {
        assert_eq!(of(&read(&page(&json(text)))), Some((WHEN, JsonLd)), "{text}");
    }
    let several = json(r#"{"@type":"WebSite"}"#)
        + &json(r#"{"@type":"WebPage","datePublished":"2020-01-01"}"#)
        + &json(r#"{"@type":"NewsArticle","datePublished":"2025-03-03T14:05:00-05:00"}"#);
    assert_eq!(of(&read(&page(&several))), Some((WHEN, JsonLd)));
}

#[test]
fn each_source_yields_to_the_one_before() {
    let sources = [
        (json(r#"{"@type":"Article","datePublished":"2025-01-01"}"#), "2025-01-01", JsonLd),
        (
            "<meta property=article:published_time content=2025-01-02T08:00:00Z>".into(),
            "2025-01-02T08:00:00Z",
            OpenGraph,
        ),
        ("<meta name=pubdate content=20250103>".into(), "2025-01-03", Meta),
    ];
    for first in 0..sources.len() {
        // Written last to first: what counts is the kind of source and not its place.
        let head: String = sources[first..].iter().rev().map(|it| it.0.as_str()).collect();
        let body = page(&head)
            .replace("</h1>", "</h1><time datetime='2025-01-04T09:00+01:00'>4 Jan</time>");
        let report = from("https://a.example/2025/01/05/x", body.as_bytes()).expect("a story");
        assert_eq!(of(&report), Some((sources[first].1, sources[first].2)));
    }
    let time =
        page("").replace("</h1>", "</h1><time datetime='2025-01-04T09:00+01:00'>4 Jan</time>");
    let report = from("https://a.example/2025/01/05/x", time.as_bytes()).expect("a story");
    assert_eq!(of(&report), Some(("2025-01-04T09:00+01:00", Time)));
}

#[test]
fn addresses_and_datelines() {
    let dated = page("").replace("<p>Police", "<p>ARENAL, 6 January 2025 - Police");
    let report = from("https://a.example/2025/01/05/x", dated.as_bytes()).expect("a story");
    assert_eq!(of(&report), Some(("2025-01-05", Url)));
    let canonical = page("<link rel=canonical href=https://a.example/news/2025-01-05-x>");
    assert_eq!(of(&read(&canonical)), Some(("2025-01-05", Url)));
    assert_eq!(of(&read(&dated)), Some(("2025-01-06", Dateline)));
    let bare = PROSE.replace("<p>Police", "<p>ARENAL, Jan. 6, 2025 (Costera) — Police");
    let below =
        format!("<body><div><b>Drugs found at Arenal</b><br>By ANA RUIZ<br><br>{bare}</div>");
    assert_eq!(of(&read(&below)), Some(("2025-01-06", Dateline)));
}

#[test]
fn a_date_of_change_is_never_taken() {
    for head in [
        "<meta property=article:modified_time content=2025-03-03>",
        "<meta property=og:updated_time content=2025-03-03>",
        "<meta name=last-modified content=2025-03-03>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"dateModified\":\"2025-03-03\"}</script>",
    ] {
        assert_eq!(of(&read(&page(head))), None, "{head}");
    }
    for line in [
        "<p>Last updated: <time datetime=2025-03-03>3 March</time></p>",
        "<p>Updated 3 March 2025</p>",
    ] {
        let page = page("").replace("</h1>", &format!("</h1>{line}"));
        assert_eq!(of(&read(&page)), None, "{line}");
    }
}

#[test]
fn a_date_in_doubt_is_absent() {
    for date in ["03/04/2025", "2025-02-31", "soon", "0000-00-00", "2025"] {
        let head = format!("<meta property=article:published_time content='{date}'>");
        assert_eq!(of(&read(&page(&head))), None, "{date}");
    }
}
