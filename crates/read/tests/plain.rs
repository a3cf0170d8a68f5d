//! Text files of our own writing, read as a user's would be.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fmt::Write as _;

use atalaya_read::{BlockKind, Format, Hint, PublishedFrom, ReadError, Report, report};

fn read(text: &str) -> Report {
    read_as(text, "report.txt")
}

fn read_as(text: &str, source: &str) -> Report {
    let report = report(text.as_bytes(), Hint { source, charset: None }).unwrap();
    for block in &report.blocks {
        let words = &report.text[block.span.clone()];
        assert_eq!(words, words.trim());
        assert!(!words.is_empty());
        assert_eq!(words, &text[block.source.clone().unwrap()]);
    }
    report
}

/// The blocks as lines of kind and words.
fn shape(report: &Report) -> String {
    report.blocks.iter().fold(String::new(), |mut lines, block| {
        let words = report.text[block.span.clone()].split_whitespace().collect::<Vec<_>>();
        let words: String = words.join(" ").chars().take(44).collect();
        writeln!(lines, "{}: {}", block.kind.name(), words.trim_end()).unwrap();
        lines
    })
}

/// Compares a report's shape with lines, their indentation aside.
fn assert_shape(report: &Report, expected: &str) {
    let found = shape(report);
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "\n{found}");
}

const LEAD: &str = "The navy of a small republic began work on a pier on Tuesday, its ministry \
                    said, after two years of delays.";
const SECOND: &str = "The pier will be 150 metres long and will take patrol boats. Fishermen of \
                      the town fear for their moorings.";
const THIRD: &str = "A court is to hear their complaint in June. The ministry declined to comment \
                     on the case.";

#[test]
fn a_heading_is_never_glued_to_the_paragraph_below_it() {
    let story = format!("Work Begins on Pier\n\n{LEAD}\n\nWhat is planned\n{SECOND}\n\n{THIRD}\n");
    assert_shape(
        &read(&story),
        "title: Work Begins on Pier
         paragraph: The navy of a small republic began work on a
         heading: What is planned
         paragraph: The pier will be 150 metres long and will ta
         paragraph: A court is to hear their complaint in June.",
    );
}

#[test]
fn one_paragraph_a_line() {
    let heading = "“We want our moorings”: The Fishermen’s Case";
    let report = read(&format!("{LEAD}\n{SECOND}\n{heading}\n{THIRD}\n"));
    assert_eq!(report.title, None);
    assert_shape(
        &report,
        "paragraph: The navy of a small republic began work on a
         paragraph: The pier will be 150 metres long and will ta
         heading: “We want our moorings”: The Fishermen’s Case
         paragraph: A court is to hear their complaint in June.",
    );
}

#[test]
fn hard_wrapped_paragraphs_with_and_without_indents() {
    let wrapped = "Work Begins on Pier\n\n\
        The navy of a small republic began work on a pier on Tuesday,\n\
        its ministry said, after two years of delays that had angered\n\
        the builders and the town alike.\n\n\
        WHAT IS PLANNED\n\
        The pier will be 150 metres long and will take patrol boats of\n\
        the coast guard. Fishermen of the town fear for their moorings.\n";
    assert_shape(
        &read(wrapped),
        "title: Work Begins on Pier
         paragraph: The navy of a small republic began work on a
         heading: WHAT IS PLANNED
         paragraph: The pier will be 150 metres long and will ta",
    );
    let indented =
        wrapped.replace("\n\nWHAT IS PLANNED\n", "\n   ").replace("Pier\n\n", "Pier\n\n   ");
    assert_shape(
        &read(&indented),
        "title: Work Begins on Pier
         paragraph: The navy of a small republic began work on a
         paragraph: The pier will be 150 metres long and will ta",
    );
}

#[test]
fn lists_quotations_and_tables() {
    let story = format!(
        "{LEAD}\n\nThe ministry named three steps:\n\n- a pier\n- two docks, to be\n  finished by \
         June\n3. a road\n\n“We need our moorings.” – a fisherman\n\nTown\tBoats\nManta\t120\n\
         Jama\t14\n\n> From a letter\n> to the court.\n\n{THIRD}\n"
    );
    assert_shape(
        &read(&story),
        "paragraph: The navy of a small republic began work on a
         paragraph: The ministry named three steps:
         list-item: a pier
         list-item: two docks, to be finished by June
         list-item: a road
         quotation: “We need our moorings.” – a fisherman
         table-row: Town Boats
         table-row: Manta 120
         table-row: Jama 14
         quotation: From a letter > to the court.
         paragraph: A court is to hear their complaint in June.",
    );
}

#[test]
fn titles_and_leads_printed_twice() {
    let title = "Work Begins on Pier in Small Town";
    let report = read(&format!(
        "{title}\n\nThe navy of a small republic began work on a pier on…\n\nRosa Icon\n\nBy\n\n\
         {title}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\nRosa Icon\n"
    ));
    assert_eq!(report.title.as_deref(), Some(title));
    assert_shape(
        &report,
        "title: Work Begins on Pier in Small Town
         furniture: The navy of a small republic began work on a
         furniture: Rosa Icon
         furniture: By
         furniture: Work Begins on Pier in Small Town
         paragraph: The navy of a small republic began work on a
         paragraph: The pier will be 150 metres long and will ta
         paragraph: A court is to hear their complaint in June.
         furniture: Rosa Icon",
    );
}

#[test]
fn comments_and_other_stories_behind_the_story() {
    let report = read(&format!(
        "{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n2 Comments\n\nola77 · 3 hours ago\n\nThis is a disgrace \
         for the whole coast.\n\nReply\n\nRelated stories\n\nMinister Resigns Over Road \
         Contract\n\nTen Boats Lost in Storm off the Cape\n\n© 2025 The Coast. All rights \
         reserved.\n"
    ));
    let kinds: Vec<bool> = report.blocks.iter().map(|block| block.kind.is_story()).collect();
    assert_eq!(kinds[..3], [true; 3]);
    assert!(kinds[3..].iter().all(|story| !story), "{}", shape(&report));
}

#[test]
fn a_box_of_other_stories_ends_where_the_story_goes_on() {
    let story = format!(
        "Work Begins on Pier\n\n{LEAD}\n\nRELATED\n\nMinister Resigns Over Road Contract\n\nTen \
         Boats Lost in Storm off the Cape\n\n{SECOND}\n\n{THIRD}\n"
    );
    assert_shape(
        &read(&story),
        "title: Work Begins on Pier
         paragraph: The navy of a small republic began work on a
         furniture: RELATED
         furniture: Minister Resigns Over Road Contract
         furniture: Ten Boats Lost in Storm off the Cape
         paragraph: The pier will be 150 metres long and will ta
         paragraph: A court is to hear their complaint in June.",
    );
}

#[test]
fn numbered_paragraphs_end_a_story() {
    let report = read(&format!(
        "Three Reasons\n\n{LEAD}\n\n1. {SECOND}\n\n2. {THIRD}\n\n3. Nobody asked the people of the beach what they make of it.\n"
    ));
    let items = report.blocks.iter().filter(|block| block.kind == BlockKind::ListItem).count();
    assert_eq!(items, 3, "{}", shape(&report));
}

#[test]
fn hours_head_the_parts_of_a_chronicle() {
    let report = read(&format!(
        "A Day at the Port\n\n{LEAD}\n\n8:50 a.m.\n\n{SECOND}\n\n11:05 a.m.\n\n{THIRD}\n\n4:30 \
         p.m.\n\nThe last lorry left the port at dusk.\n"
    ));
    let headings = report.blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
    assert_eq!(headings, 3, "{}", shape(&report));
}

#[test]
fn wire_and_mail_headers() {
    let report = read(&format!(
        "Subject: Work begins on pier\nFrom: \"Eva Paz\" <eva@example.org>\nDate: Tue, 04 Mar 2025 \
         14:05:00 -0500\nSource: The Coast\n\n{LEAD}\n\n{SECOND}\n"
    ));
    assert_eq!(report.title.as_deref(), Some("Work begins on pier"));
    assert_eq!(report.byline.as_deref(), Some("Eva Paz"));
    assert_eq!(report.outlet.as_deref(), Some("The Coast"));
    assert_eq!(report.blocks.iter().filter(|block| block.kind.is_story()).count(), 3);
    let published = report.published.unwrap();
    assert_eq!(published.when, "2025-03-04T14:05:00-05:00");
    assert_eq!(published.from, PublishedFrom::Header);
}

/// Found by fuzzing: a quotation mark behind a line's end left white space in the title.
#[test]
fn a_quoted_title_has_no_white_space_at_its_ends() {
    let story =
        "title: \" A pier: what it is for and who will pay for what it costs the town\n\"\n\n";
    let report = read(&format!("{story}{LEAD}\n\n{SECOND}\n"));
    assert!(report.title.is_some_and(|title| title.trim() == title));
}

#[test]
fn datelines_date_a_report_only_when_they_name_the_year() {
    for (opening, when, outlet) in [
        ("QUITO, 3 March 2025 – ", Some("2025-03-03"), None),
        ("QUITO, 3 de marzo de 2025 (EFE).- ", Some("2025-03-03"), Some("EFE")),
        ("GUAYAQUIL, Ecuador, March 3, 2025 (Reuters) - ", Some("2025-03-03"), Some("Reuters")),
        ("GUAYAQUIL, Ecuador, March 3 (Reuters) - ", None, Some("Reuters")),
        ("MANTA (AP) — ", None, Some("AP")),
        ("", None, None),
        ("On 3 March 2025, he said – not for the first time – that ", None, None),
    ] {
        let report = read(&format!("{opening}{LEAD}\n\n{SECOND}\n"));
        let published = report.published.as_ref().map(|published| published.when.as_str());
        assert_eq!((published, report.outlet.as_deref()), (when, outlet), "{opening}");
        assert_eq!(report.blocks.len(), 2);
    }
}

#[test]
fn lines_at_the_head_give_byline_outlet_and_date() {
    let paz = Some("Eva Paz");
    for (lines, byline, outlet, when) in [
        ("By Eva Paz\n\n3 March 2025", paz, None, Some("2025-03-03")),
        ("EVA PAZ / Reuters", Some("EVA PAZ"), Some("Reuters"), None),
        ("By Eva Paz | The Coast", paz, Some("The Coast"), None),
        ("Published: 3 March 2025 14:05", None, None, Some("2025-03-03T14:05")),
        ("Por Eva Paz\n\nPublicado el 3 de marzo de 2025", paz, None, Some("2025-03-03")),
        ("Published: 03/04/2025", None, None, None),
        ("Updated: 5 March 2025", None, None, None),
    ] {
        let report = read(&format!("Work Begins on Pier\n\n{lines}\n\n{LEAD}\n\n{SECOND}\n"));
        let published = report.published.as_ref().map(|published| published.when.as_str());
        let found = (report.byline.as_deref(), report.outlet.as_deref(), published);
        assert_eq!(found, (byline, outlet, when), "{lines}");
        assert_eq!(report.title.as_deref(), Some("Work Begins on Pier"));
    }
}

#[test]
fn markdown_signs_stand_outside_the_blocks() {
    let story = format!(
        "# Work begins on pier\n\n{LEAD}\n\n## What is planned\n\n* a pier\n* a dock\n\n> We need \
         our moorings.\n\n![a ship](ship.jpg)\n\n{THIRD}\n\n[Home](/)\n"
    );
    let report = read_as(&story, "notes.md");
    assert_eq!(report.format, Format::Markdown);
    assert_shape(
        &report,
        "title: Work begins on pier
         paragraph: The navy of a small republic began work on a
         heading: What is planned
         list-item: a pier
         list-item: a dock
         quotation: We need our moorings.
         furniture: ![a ship](ship.jpg)
         paragraph: A court is to hear their complaint in June.
         furniture: [Home](/)",
    );
    assert_eq!(read_as(&story, "notes").format, Format::Markdown, "told by its shape");
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let name = |bytes: &[u8]| match report(bytes, Hint::default()) {
        Err(ReadError::Binary { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    };
    assert_eq!(name(b"%PDF-1.7\n1 0 obj"), "a PDF document");
    assert_eq!(name(b"\x89PNG\r\n\x1a\n\0\0"), "an image");
    assert_eq!(name(b"PK\x03\x04\x14\0\0\0"), "a zip archive or an office document");
    assert_eq!(name(b"\x7FELF\x02\x01\x01\0"), "a program");
    assert_eq!(name(b"SQLite format 3\0\x10\0"), "an SQLite database");
    let noise: Vec<u8> =
        (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_eq!(name(&noise), "binary data");
    for empty in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF\n", b"\0\0\0\0"] {
        assert_eq!(report(empty, Hint::default()), Err(ReadError::Empty));
    }
}

#[test]
fn a_few_nul_bytes_lose_no_text() {
    let spoilt = format!("{}\0{}\n\n{SECOND}\n\0\0\0", &LEAD[..20], &LEAD[20..]);
    let report = report(spoilt.as_bytes(), Hint::default()).unwrap();
    assert!(report.text.starts_with(LEAD));
    assert_eq!(report.blocks.len(), 2);
    let start = LEAD.len() + 3;
    assert_eq!(report.blocks[1].source, Some(start..start + SECOND.len()));
}

#[test]
fn a_text_of_short_lines_alone_keeps_them() {
    let report = read("Facebook\n\nTwitter\n");
    assert!(report.blocks.iter().all(|block| block.kind.is_story()), "{}", shape(&report));
}

#[test]
fn languages() {
    let spanish = "La Marina de una pequeña república comenzó el martes la construcción de un \
                   muelle, informó el ministerio, tras dos años de retrasos.";
    let portuguese = "A marinha de uma pequena república começou na terça-feira a construção de um \
                      cais, informou o ministério, após dois anos de atrasos.";
    let russian = "Полиция задержала в понедельник восемь человек, сообщили в министерстве.";
    for (text, code) in [
        (LEAD, Some("en")),
        (spanish, Some("es")),
        (portuguese, Some("pt")),
        (russian, Some("ru")),
        ("警察は月曜日、港で二トンのコカインを押収したと発表した。", Some("ja")),
        ("警方星期一表示，在港口查获两吨可卡因。", Some("zh")),
        ("OK 12", None),
    ] {
        let code_read = read(text).language.map(|language| language.to_string());
        assert_eq!(code_read.as_deref(), code, "{text}");
    }
}

/// Each takes milliseconds when time grows with size, and minutes when it grows with its square.
#[test]
#[allow(clippy::disallowed_methods, reason = "the test measures time")]
fn large_and_odd_files_take_time_in_proportion() {
    let started = std::time::Instant::now();
    let teasers = "Related\nA Headline of Some Length\nA lead that is cut short…\n";
    let remarks = "Comments\nThe police of the town found nothing on Monday, it said.\n";
    for bytes in [
        "no line break at all here, ".repeat(40_000).into_bytes(),
        format!("{}end", "\n".repeat(200_000)).into_bytes(),
        "x\n".repeat(100_000).into_bytes(),
        remarks.repeat(10_000).into_bytes(),
        teasers.repeat(10_000).into_bytes(),
        "Title: a\n".repeat(30_000).into_bytes(),
        format!("e{}", "\u{301}".repeat(200_000)).into_bytes(),
        b"\xC1".repeat(500_000),
    ] {
        report(&bytes, Hint::default()).unwrap();
    }
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
