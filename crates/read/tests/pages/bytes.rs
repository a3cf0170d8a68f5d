//! Encodings, wrappings, and the way from each block back to its bytes.

use std::io::Write;

use crate::{PROSE, from, page, read, texts};
use atalaya_read::{BlockKind, Hint, Report, report};

fn spanish(head: &str) -> String {
    format!(
        "<html><head>{head}</head><body><h1>Muelle de Jaramijó</h1><p>El muelle quedó vacío después del \
         mediodía, según contó una señora que vende café frente a la garita.</p><p>La obra empezó hace un año \
         y nadie explicó por qué la pararon, añadió el capataz.</p></body></html>"
    )
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a Latin-1 text")).collect()
}

#[test]
fn encodings_by_hint_by_meta_and_by_guess() {
    let hint = Hint { source: "a.html", charset: Some("windows-1252") };
    let hinted = report(&latin1(&spanish("<meta charset=utf-8>")), hint).expect("a story");
    let declared = from("a.html", &latin1(&spanish("<meta charset=iso-8859-1>"))).expect("a story");
    let equiv = "<meta http-equiv=Content-Type content='text/html; charset=latin1'>";
    let typed = from("a.html", &latin1(&spanish(equiv))).expect("a story");
    let guessed = from("a.html", &latin1(&spanish(""))).expect("a story");
    for report in [hinted, declared, typed, guessed] {
        assert_eq!(report.charset, "windows-1252");
        assert!(report.text.contains("según contó una señora"), "{}", report.text);
    }
    assert_eq!(read(&spanish("")).charset, "UTF-8");
}

/// The text of a range of a page: tags away, entities decoded, white space left out.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    for (entity, c) in
        [("&eacute;", "é"), ("&#8220;", "“"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text.split_whitespace().collect()
}

fn assert_sources(report: &Report, original: &[u8], decode: impl Fn(&[u8]) -> String) {
    for block in &report.blocks {
        let text: String = report.text[block.span.clone()].split_whitespace().collect();
        let source = block.source.clone().unwrap_or_else(|| panic!("no source: {text}"));
        assert_eq!(plain(&decode(&original[source])), text);
    }
}

#[test]
fn a_blocks_source_is_its_text() {
    let page = format!(
        "<body><nav><a href=/>Home</a></nav><article><h1>Caf&eacute; &amp; <i>port</i></h1>{PROSE}<p>&#8220;Box \
         <b>one</b>&nbsp;of <a href=/x>ten</a>,&quot; he\n said to the men who stood around him there.</p>\
         <ul><li>Two <em>bags</em></ul><table><tr><td>a</td><td>1 &amp; 2</td></tr></table></article>"
    );
    assert_sources(&read(&page), page.as_bytes(), |it| String::from_utf8_lossy(it).into_owned());
    let bytes = latin1(&spanish("<meta charset=iso-8859-1>"));
    let report = from("a.html", &bytes).expect("a story");
    assert_sources(&report, &bytes, |it| it.iter().map(|&b| char::from(b)).collect());
}

#[test]
fn a_gzip_stream_under_the_name_of_a_page() {
    let page = page("<title>x</title>");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(page.as_bytes()).expect("memory takes all bytes");
    let bytes = gzip.finish().expect("memory takes all bytes");
    let zipped = from("page.html", &bytes).expect("a story");
    assert_eq!(zipped.text, read(&page).text);
    assert!(zipped.blocks.iter().all(|it| it.source.is_none()));
    assert_ne!(zipped.hash, read(&page).hash);
    for cut in 0..bytes.len() {
        let _ = from("page.html", &bytes[..cut]);
    }
}

fn archive(encoding: &str, body: &str) -> String {
    format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/2025/03/03/x\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b--\"\r\n\r\n\
         ------b--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\
         Content-Location: https://a.example/2025/03/03/x\r\n\r\n{body}\r\n------b----\r\n"
    )
}

#[test]
fn web_archives() {
    let page = spanish("");
    let quoted: String = page
        .bytes()
        .map(|b| match b {
            b'=' | 128.. => format!("={b:02X}"),
            b' ' => " =\r\n".to_owned(),
            _ => char::from(b).to_string(),
        })
        .collect();
    let mail = archive("quoted-printable", &quoted);
    let report = from("x.mhtml", mail.as_bytes()).expect("a story");
    assert_eq!(report.text, read(&page).text);
    let published = report.published.as_ref().expect("the archive's address has a date");
    assert_eq!(published.when, "2025-03-03");
    let second = &report.blocks[1];
    let source = second.source.clone().expect("quoted-printable keeps the way back");
    assert!(mail[source].starts_with("El =\r\nmuelle =\r\nqued=C3=B3"));

    let mail = archive("base64", &base64(page.as_bytes()));
    let report = from("x.mhtml", mail.as_bytes()).expect("a story");
    assert_eq!(texts(&report, BlockKind::Paragraph), texts(&read(&page), BlockKind::Paragraph));
    assert!(report.blocks.iter().all(|it| it.source.is_none()));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &it| bits << 8 | u32::from(it))
            << (8 * (3 - three.len()));
        for at in 0..4 {
            let digit = char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
            text.push(if at <= three.len() { digit } else { '=' });
        }
    }
    text
}
