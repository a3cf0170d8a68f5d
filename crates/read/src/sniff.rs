//! What bytes are: a text file, Markdown, a web page, or no text at all.

use crate::charset::{self, utf16_without_mark};
use crate::{Format, Hint, ReadError};

/// How much of a file is looked at to tell a web page from a text.
const HEAD: usize = 1 << 16;

/// Tells what `bytes` are by their content first, then by the ending of the hint's source.
pub(crate) fn format(bytes: &[u8], hint: Hint<'_>) -> Result<Format, ReadError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    if let Some(looks_like) = binary(bytes, hint) {
        return Err(ReadError::Binary { looks_like });
    }
    let head = charset::decode(&bytes[..bytes.len().min(HEAD)], hint.charset).text;
    let ending = ending(hint.source);
    Ok(if is_html(&head, &ending) {
        Format::Html
    } else if matches!(ending.as_str(), "md" | "markdown" | "mkd" | "mdown") || is_markdown(&head) {
        Format::Markdown
    } else {
        Format::Plain
    })
}

/// The ending of a path's or address's last segment, in lower case and without the point.
fn ending(source: &str) -> String {
    let path = source.split(['?', '#']).next().unwrap_or(source);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

/// The first bytes of files that are no text, where they stand, and what to call them.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "a PDF document"),
    (0, b"\x89PNG\r\n", "an image"),
    (0, b"\xFF\xD8\xFF", "an image"),
    (0, b"GIF87a", "an image"),
    (0, b"GIF89a", "an image"),
    (8, b"WEBP", "an image"),
    (0, b"II*\0", "an image"),
    (0, b"MM\0*", "an image"),
    (0, b"PK\x03\x04", "a zip archive or an office document"),
    (0, b"PK\x05\x06", "a zip archive"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"%!PS-Adobe", "a PostScript document"),
    (0, b"\x1F\x8B\x08", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xFD7zXZ\0", "an xz archive"),
    (0, b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-zip archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\x7FELF", "a program"),
    (0, b"\xCA\xFE\xBA\xBE", "a program"),
    (0, b"\xCF\xFA\xED\xFE", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"ID3", "a sound recording"),
    (0, b"OggS", "a sound recording"),
    (8, b"WAVE", "a sound recording"),
    (0, b"fLaC", "a sound recording"),
    (4, b"ftyp", "a video"),
    (0, b"\x1A\x45\xDF\xA3", "a video"),
    (8, b"AVI ", "a video"),
    (0, b"wOF2", "a font"),
    (0, b"wOFF", "a font"),
];

/// What bytes that are not text look like.
fn binary(bytes: &[u8], hint: Hint<'_>) -> Option<&'static str> {
    let signed = |(at, sign, _): &&(usize, &[u8], &str)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign))
    };
    let odd = share_of_controls(bytes);
    if let Some((_, sign, name)) = SIGNATURES.iter().find(signed) {
        // Three or four letters may open a text as well.
        let certain = sign.iter().any(|b| !(0x20..0x7F).contains(b)) || sign.len() > 4;
        if certain || odd > 0.0 {
            return Some(name);
        }
    }
    if charset::is_utf16(bytes, hint.charset) || utf16_without_mark(bytes).is_some() {
        return None;
    }
    if bytes.starts_with(b"MZ") && odd > 0.01 {
        return Some("a program");
    }
    (odd > 0.05).then_some("binary data")
}

/// How many of the bytes are controls that no text needs. NULs at the end are what a broken copy
/// leaves behind, and don't count.
fn share_of_controls(bytes: &[u8]) -> f64 {
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let control = |byte: u8| matches!(byte, 0..=0x07 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let controls = bytes[..end].iter().filter(|&&byte| control(byte)).count();
    controls as f64 / end.max(1) as f64
}

/// Elements that make a text a web page, or a piece of one.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "p",
    "br",
    "span",
    "a",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "table",
    "article",
    "section",
    "header",
    "main",
    "img",
    "strong",
    "em",
    "b",
    "i",
    "blockquote",
    "figure",
];

/// Whether this is a web page. Its first sign decides; a text with an ending of its own may hold a
/// few tags, one called a page needs only one.
fn is_html(head: &str, ending: &str) -> bool {
    let start = head.trim_start();
    let opening = start.get(..15).unwrap_or(start).to_ascii_lowercase();
    if opening.starts_with("<!doctype html") || opening.starts_with("<html") {
        return true;
    }
    let (tags, opens) = tags(head);
    let page = matches!(
        ending,
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "asp" | "aspx" | "php" | "jsp"
    );
    let markdown = matches!(ending, "md" | "markdown" | "mkd" | "mdown");
    match tags {
        0 => false,
        _ if page => true,
        _ if markdown => false,
        tags => (start.starts_with('<') && tags >= 2 && opens < 200) || tags >= 8,
    }
}

/// How many of HTML's tags stand in a text, and where the first of them does.
fn tags(head: &str) -> (usize, usize) {
    let mut first = usize::MAX;
    let mut count = 0;
    for (at, _) in head.match_indices('<') {
        let rest = head[at + 1..].trim_start_matches('/');
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let ends = rest[name.len()..].starts_with(['>', ' ', '/', '\n', '\t']);
        if ends && ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name)) {
            count += 1;
            first = first.min(at);
        }
    }
    (count, first)
}

/// Whether a text without an ending that says so is Markdown: it has headings with signs, and
/// something else of Markdown's too.
fn is_markdown(head: &str) -> bool {
    let (mut headings, mut others) = (0, 0);
    for line in head.lines() {
        headings += usize::from(is_heading_line(line));
        others += usize::from(line.contains("](") || line.contains("**") || line.starts_with("> "));
    }
    headings >= 2 || (headings == 1 && others >= 1)
}

/// A line like `## Heading`.
pub(crate) fn is_heading_line(line: &str) -> bool {
    let signs = line.bytes().take_while(|&byte| byte == b'#').count();
    (1..=6).contains(&signs)
        && line[signs..].starts_with(' ')
        && line[signs..]
            .trim()
            .starts_with(|c: char| c.is_alphanumeric() || "\"“‘'¿¡*[".contains(c))
}
