//! Takes a page out of what it was saved in: a gzip stream, or a web archive (MHTML).

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::{ByteMap, Format, Hint, ReadError, sniff};

/// A page, and the way back to the bytes it stood in.
pub(super) struct Unwrapped {
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Option<String>,
    /// The address that the archive says the page is from.
    pub(super) address: Option<String>,
    /// From the page's bytes to the original's, where that is exact.
    pub(super) map: Option<ByteMap>,
}

/// The longest page that is taken out of a gzip stream.
const MAX_INFLATED: u64 = 512 << 20;

/// How much of a gzip stream is looked at to see whether a page is in it.
const PEEK: u64 = 1 << 16;

/// The page inside `bytes`; `None` when they hold no gzip stream with a page and no web archive.
pub(super) fn unwrap(bytes: &[u8], hint: Hint<'_>) -> Option<Result<Unwrapped, ReadError>> {
    if bytes.starts_with(b"\x1F\x8B\x08") {
        return gunzip(bytes, hint);
    }
    archived(bytes).map(Ok)
}

fn gunzip(bytes: &[u8], hint: Hint<'_>) -> Option<Result<Unwrapped, ReadError>> {
    let source = hint.source.strip_suffix(".gz").unwrap_or(hint.source);
    let inflated = |limit: u64| {
        let mut page = Vec::new();
        // Of a stream that breaks off, what came before is read.
        let _ = MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut page);
        page
    };
    let is_page = sniff::format(&inflated(PEEK), Hint { source, ..hint }) == Ok(Format::Html);
    is_page.then(|| {
        let page = inflated(MAX_INFLATED + 1);
        if page.len() as u64 > MAX_INFLATED {
            return Err(ReadError::TooLarge { what: "more than 512 megabytes in a gzip stream" });
        }
        Ok(Unwrapped { bytes: page, charset: None, address: None, map: None })
    })
}

/// How many bytes of headers an archive or one of its parts has at most.
const MAX_HEADERS: usize = 64 * 1024;

/// The page in a web archive: its first part of HTML.
fn archived(bytes: &[u8]) -> Option<Unwrapped> {
    let (headers, body) = headers(bytes, 0)?;
    let kind = headers.get("content-type")?;
    if !kind.value.starts_with("multipart/related") || headers.get("mime-version").is_none() {
        return None;
    }
    let boundary = format!("--{}", kind.parameter("boundary")?);
    let mut at = find(bytes, boundary.as_bytes(), body)?;
    loop {
        let start = line_end(bytes, at);
        let end = find(bytes, boundary.as_bytes(), start).unwrap_or(bytes.len());
        if let Some((part, body)) = self::headers(&bytes[..end], start)
            && part.get("content-type").is_some_and(|it| {
                it.value.starts_with("text/html") || it.value.starts_with("application/xhtml")
            })
        {
            return Some(page(&bytes[..end], body, &part));
        }
        if end == bytes.len() || bytes[end..].starts_with(format!("{boundary}--").as_bytes()) {
            return None;
        }
        at = end;
    }
}

fn page(bytes: &[u8], body: usize, part: &Headers) -> Unwrapped {
    let encoding = part.get("content-transfer-encoding").map(|it| it.value.to_ascii_lowercase());
    let (page, map) = match encoding.as_deref() {
        Some("quoted-printable") => quoted_printable(bytes, body),
        Some("base64") => (base64(&bytes[body..]), None),
        _ => {
            let mut map = ByteMap::default();
            map.skip_to(body);
            map.push_run(1, 1, bytes.len() - body);
            (bytes[body..].to_vec(), Some(map))
        }
    };
    Unwrapped {
        bytes: page,
        charset: part.get("content-type").and_then(|it| it.parameter("charset")),
        address: part.get("content-location").map(|it| it.value.clone()),
        map,
    }
}

/// Header fields, by their names in lower case.
struct Headers(Vec<(String, Field)>);

struct Field {
    value: String,
}

impl Headers {
    fn get(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, field)| field)
    }
}

impl Field {
    fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = self.value.split(';').skip(1).filter_map(|it| it.split_once('='));
        let (_, value) = parameters.find(|(it, _)| it.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim().trim_matches('"').to_owned()).filter(|it| !it.is_empty())
    }
}

/// The header fields at `start`, and where what they head begins.
fn headers(bytes: &[u8], start: usize) -> Option<(Headers, usize)> {
    let mut fields: Vec<(String, Field)> = Vec::new();
    let mut at = start;
    while at < bytes.len() && at - start <= MAX_HEADERS {
        let next = line_end(bytes, at);
        let line = std::str::from_utf8(&bytes[at..next]).ok()?;
        let is_continued = line.starts_with([' ', '\t']);
        let line = line.trim();
        at = next;
        if line.is_empty() {
            return if fields.is_empty() { None } else { Some((Headers(fields), at)) };
        }
        match (line.split_once(':'), fields.last_mut()) {
            (_, Some((_, last))) if is_continued => last.value.push_str(line),
            (Some((name, value)), _) => {
                fields.push((name.to_ascii_lowercase(), Field { value: value.trim().to_owned() }));
            }
            (None, _) => return None,
        }
    }
    None
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let end = bytes[at..].iter().position(|&it| it == b'\n');
    end.map_or(bytes.len(), |end| at + end + 1)
}

/// Where a line starts with `boundary`, from `at` on.
fn find(bytes: &[u8], boundary: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while at < bytes.len() {
        if bytes[at..].starts_with(boundary) {
            return Some(at);
        }
        at = line_end(bytes, at);
    }
    None
}

fn quoted_printable(bytes: &[u8], body: usize) -> (Vec<u8>, Option<ByteMap>) {
    let mut page = Vec::with_capacity(bytes.len() - body);
    let mut map = ByteMap::default();
    map.skip_to(body);
    let mut at = body;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (byte, used) = match rest {
            [b'=', b'\r', b'\n', ..] => (None, 3),
            [b'=', b'\n', ..] => (None, 2),
            [b'=', a, b, ..] => match (hex(*a), hex(*b)) {
                (Some(a), Some(b)) => (Some(a * 16 + b), 3),
                _ => (Some(b'='), 1),
            },
            _ => (Some(rest[0]), 1),
        };
        match byte {
            Some(byte) => {
                page.push(byte);
                map.push(1, used);
            }
            None => map.push(0, used),
        }
        at += used;
    }
    (page, Some(map))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|it| it as u8)
}

fn base64(text: &[u8]) -> Vec<u8> {
    let mut page = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            page.push((bits >> held) as u8);
        }
    }
    page
}
