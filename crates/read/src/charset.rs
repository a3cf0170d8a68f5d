//! Bytes → text in NFC with `\n` line ends, and the map back to the bytes.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::ByteMap;

/// A text and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text: NFC, lines ended by `\n`, without a byte order mark and without NUL.
    pub(crate) text: String,
    /// The way from every offset of `text` to the bytes.
    pub(crate) map: ByteMap,
    /// The WHATWG name of the encoding.
    pub(crate) charset: &'static str,
}

/// How much of a file is looked at to guess its encoding.
const GUESS_FROM: usize = 1 << 20;

/// Decodes `bytes`. A byte order mark decides the encoding, else `declared` does, else it is
/// guessed; bytes that are valid UTF-8 are read so unless a byte order mark or a 16-bit encoding
/// says otherwise, since text in another encoding is hardly ever valid UTF-8 by chance.
///
/// What can't be decoded becomes U+FFFD, and the map leads from each to its bytes.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    let (encoding, mark) = encoding_of(bytes, declared);
    let body = &bytes[mark..];
    let mut raw = Raw::default();
    raw.map.push_run(0, 1, mark);
    if encoding == UTF_8 {
        raw.utf8(body);
    } else if encoding == UTF_16LE {
        raw.utf16(body, u16::from_le_bytes);
    } else if encoding == UTF_16BE {
        raw.utf16(body, u16::from_be_bytes);
    } else if encoding.is_single_byte() {
        raw.single_byte(body, encoding);
    } else if encoding == ISO_2022_JP {
        raw.japanese_mail(body);
    } else {
        raw.multi_byte(body, encoding);
    }
    let (text, map) = tidy(raw);
    Decoded { text, map, charset: encoding.name() }
}

/// The encoding to read `bytes` in, and how many bytes of byte order mark stand before the text.
pub(crate) fn encoding_of(bytes: &[u8], declared: Option<&str>) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    let declared = declared.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let utf8 = std::str::from_utf8(bytes).is_ok();
    if utf8 && !bytes.contains(&0) {
        let encoding = if has_japanese_escapes(bytes) { ISO_2022_JP } else { UTF_8 };
        return (encoding, 0);
    }
    if let Some(wide) = declared.filter(|e| [UTF_16LE, UTF_16BE].contains(e)) {
        return (wide, 0);
    }
    if let Some(wide) = utf16_without_mark(bytes) {
        return (wide, 0);
    }
    match declared {
        _ if utf8 => (UTF_8, 0),
        Some(declared) => (declared, 0),
        None => (guess(bytes), 0),
    }
}

/// Whether ASCII bytes hold the escapes by which old Japanese mail changes to its own characters
/// and back.
fn has_japanese_escapes(bytes: &[u8]) -> bool {
    let Some(first) = bytes.iter().position(|&byte| byte == 0x1B) else { return false };
    bytes.is_ascii()
        && (bytes[first..].starts_with(b"\x1B$B") || bytes[first..].starts_with(b"\x1B$@"))
}

/// Whether a byte order mark or a declaration says that `bytes` are UTF-16.
pub(crate) fn is_utf16(bytes: &[u8], declared: Option<&str>) -> bool {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    encoding.or(label).is_some_and(|encoding| [UTF_16LE, UTF_16BE].contains(&encoding))
}

/// The encoding of bytes that are not valid UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(GUESS_FROM)];
    if is_damaged_utf8(head) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether this is UTF-8 with a few bytes spoilt: far more sound sequences than broken ones.
/// Text in a legacy encoding has next to no sound ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken * 4
}

/// UTF-16 without a byte order mark: the high bytes of the white space, digits and punctuation that
/// any text has are zero, and they all stand at odd or all at even places.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1 << 16) & !1];
    if head.len() < 4 {
        return None;
    }
    let (mut even, mut odd) = (0_usize, 0_usize);
    let mut controls = 0_usize;
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0 && is_text_byte(pair[1]));
        odd += usize::from(pair[1] == 0 && is_text_byte(pair[0]));
        controls += pair.iter().filter(|&&byte| (1..8).contains(&byte)).count();
    }
    let (encoding, zeros, strays) =
        if even > odd { (UTF_16BE, even, odd) } else { (UTF_16LE, odd, even) };
    let pairs = head.len() / 2;
    // Eight-bit text with a few NULs in it would be sound but for them; sixteen-bit text would be
    // half NULs, or broken, or full of controls, which are the high bytes of Greek or Cyrillic.
    let sound = controls * 5 < pairs && std::str::from_utf8(&head[..head.len() - 4]).is_ok();
    let enough = if sound { zeros * 3 >= pairs * 2 } else { zeros * 20 >= pairs };
    (enough && strays * 8 <= zeros && reads_as_text(head, encoding)).then_some(encoding)
}

fn is_text_byte(byte: u8) -> bool {
    byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether nearly all of what the UTF-16 in `bytes` decodes to is what people write.
fn reads_as_text(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let odd = |c: char| {
        (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
    };
    let (mut all, mut strange) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        strange += usize::from(odd(c));
    }
    strange * 20 <= all
}

/// A decoded text before it is tidied.
#[derive(Default)]
struct Raw {
    text: String,
    map: ByteMap,
}

impl Raw {
    fn piece(&mut self, text: &str, source: usize) {
        self.text.push_str(text);
        self.map.push(text.len(), source);
    }

    fn utf8(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.text.push_str(chunk.valid());
            self.map.push_run(1, 1, chunk.valid().len());
            if !chunk.invalid().is_empty() {
                self.piece("\u{FFFD}", chunk.invalid().len());
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut buffer = [0; 4];
        for decoded in char::decode_utf16(units) {
            let c = decoded.unwrap_or('\u{FFFD}');
            self.piece(c.encode_utf8(&mut buffer), c.len_utf16() * 2);
        }
        if bytes.len() % 2 == 1 {
            self.piece("\u{FFFD}", 1);
        }
    }

    fn single_byte(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        let table: Vec<String> = (0..=u8::MAX)
            .map(|byte| encoding.decode_without_bom_handling(&[byte]).0.into_owned())
            .collect();
        for &byte in bytes {
            self.piece(&table[usize::from(byte)], 1);
        }
    }

    fn multi_byte(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        let mut at = 0;
        while at < bytes.len() {
            let ascii = Encoding::ascii_valid_up_to(&bytes[at..]);
            self.ascii(&bytes[at..at + ascii]);
            at += ascii;
            if at < bytes.len() {
                let (text, length) = character(&bytes[at..], encoding);
                self.piece(&text, length);
                at += length;
            }
        }
    }

    fn ascii(&mut self, bytes: &[u8]) {
        self.text.extend(bytes.iter().map(|&byte| char::from(byte)));
        self.map.push_run(1, 1, bytes.len());
    }

    /// ISO-2022-JP: escapes say which characters the bytes behind them stand for.
    fn japanese_mail(&mut self, bytes: &[u8]) {
        let mut escape: &[u8] = b"";
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = &bytes[at..];
            if let Some(next) = JAPANESE_ESCAPES.iter().find(|escape| rest.starts_with(escape)) {
                escape = *next;
                self.map.push(0, escape.len());
                at += escape.len();
                continue;
            }
            let graphic = |byte: &u8| (0x21..=0x7E).contains(byte);
            let wide = escape.starts_with(b"\x1B$") && rest.get(1).is_some_and(graphic);
            let length = if wide && graphic(&byte) { 2 } else { 1 };
            let set = if byte <= 0x20 { b"" } else { escape };
            let whole = [set, &rest[..length]].concat();
            let text = ISO_2022_JP.decode_without_bom_handling_and_without_replacement(&whole);
            self.piece(text.as_deref().filter(|t| !t.is_empty()).unwrap_or("\u{FFFD}"), length);
            at += length;
        }
    }
}

const JAPANESE_ESCAPES: [&[u8]; 5] = [b"\x1B(B", b"\x1B(J", b"\x1B(I", b"\x1B$@", b"\x1B$B"];

/// The first character of `bytes` and how many bytes it takes. Where no character can be read, the
/// sign of replacement stands for the first byte, and for the second unless that is ASCII.
fn character<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, usize) {
    for length in 1..=bytes.len().min(4) {
        let whole = &bytes[..length];
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(whole) {
            return (text, length);
        }
    }
    let both = bytes.get(1).is_some_and(|byte| !byte.is_ascii());
    (Cow::Borrowed("\u{FFFD}"), if both { 2 } else { 1 })
}

/// Brings a decoded text into NFC, ends its lines with `\n`, and drops NUL, which no store of text
/// can hold.
fn tidy(raw: Raw) -> (String, ByteMap) {
    let is_nfc = is_nfc_quick(raw.text.chars()) == IsNormalized::Yes;
    if is_nfc && !raw.text.contains(['\r', '\0']) {
        return (raw.text, raw.map);
    }
    let mut tidy =
        Tidy { raw: &raw, text: String::with_capacity(raw.text.len()), map: ByteMap::default() };
    let mut kept = 0;
    let mut at = 0;
    while let Some(first) = raw.text[at..].chars().next() {
        let end = cluster_end(&raw.text, at, first);
        if first == '\r' || first == '\0' || end > at + first.len_utf8() || !begins_afresh(first) {
            tidy.keep(kept..at);
            tidy.change(at..end);
            kept = end;
        }
        at = end;
    }
    tidy.keep(kept..raw.text.len());
    tidy.finish()
}

/// Where the characters that may compose or reorder with the one at `at` end; for a carriage return
/// and a line feed, after both.
fn cluster_end(text: &str, at: usize, first: char) -> usize {
    let after = at + first.len_utf8();
    let rest = &text[after..];
    if first == '\r' {
        return after + usize::from(rest.starts_with('\n'));
    }
    after + rest.find(|c| c != '\0' && begins_afresh(c)).unwrap_or(rest.len())
}

/// Whether no character before this one can change it or be changed by it in NFC.
fn begins_afresh(c: char) -> bool {
    c < '\u{300}'
        || (canonical_combining_class(c) == 0
            && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

struct Tidy<'a> {
    raw: &'a Raw,
    text: String,
    map: ByteMap,
}

impl Tidy<'_> {
    fn keep(&mut self, span: Range<usize>) {
        self.text.push_str(&self.raw.text[span.clone()]);
        self.map.copy(&self.raw.map, span);
    }

    fn change(&mut self, span: Range<usize>) {
        let before = &self.raw.text[span.clone()];
        if before.starts_with('\r') {
            return self.piece("\n", span);
        }
        let without: String = before.chars().filter(|&c| c != '\0').collect();
        let after: String = without.nfc().collect();
        if after == without {
            let mut at = span.start;
            for part in before.split('\0') {
                self.keep(at..at + part.len());
                at += part.len() + 1;
            }
        } else {
            self.piece(&after, span);
        }
    }

    /// One piece of text for all the bytes of `span`.
    fn piece(&mut self, text: &str, span: Range<usize>) {
        let source = self.raw.map.source(span);
        self.map.skip_to(source.start);
        self.text.push_str(text);
        self.map.push(text.len(), source.len());
    }

    fn finish(mut self) -> (String, ByteMap) {
        self.map.skip_to(self.raw.map.source_len());
        (self.text, self.map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `text` is after reading: NFC, line feeds, no NUL.
    fn tidied(text: &str) -> String {
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").nfc().collect()
    }

    /// Every character of the text leads to bytes that decode to it, or to the whole of which it is
    /// a part.
    fn assert_leads_back(bytes: &[u8], decoded: &Decoded) {
        let mut last = 0..0;
        for (at, c) in decoded.text.char_indices() {
            let span = at..at + c.len_utf8();
            let source = decoded.map.source(span.clone());
            assert!(source.start < source.end && source.end <= bytes.len(), "{c:?} at {at}");
            assert!(last == source || last.end <= source.start, "{last:?} then {source:?}");
            let encoding = Encoding::for_label(decoded.charset.as_bytes()).unwrap();
            let again = encoding.decode_without_bom_handling(&bytes[source.clone()]).0;
            assert!(tidied(&again).contains(c), "{c:?} at {at} leads to {source:?}: {again:?}");
            last = source;
        }
    }

    #[test]
    fn what_is_in_utf8_is_read_so_whatever_is_declared() {
        let bytes = "Policía de Durán".as_bytes();
        for declared in [None, Some("windows-1252"), Some("shift_jis"), Some("nonsense")] {
            let decoded = decode(bytes, declared);
            assert_eq!((decoded.text.as_str(), decoded.charset), ("Policía de Durán", "UTF-8"));
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_text_and_decides() {
        let decoded = decode(b"\xEF\xBB\xBFManta", Some("windows-1252"));
        assert_eq!(decoded.text, "Manta");
        assert_eq!(decoded.map.source(0..1), 3..4);
        for (label, mark) in [("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF])] {
            let mut bytes = mark.to_vec();
            for unit in "Durán 😀\r\nfin".encode_utf16() {
                let pair =
                    if label == "UTF-16LE" { unit.to_le_bytes() } else { unit.to_be_bytes() };
                bytes.extend(pair);
            }
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.text.as_str(), decoded.charset), ("Durán 😀\nfin", label));
            assert_leads_back(&bytes, &decoded);
            let bare = decode(&bytes[2..], None);
            assert_eq!((bare.text.as_str(), bare.charset), ("Durán 😀\nfin", label));
        }
    }

    #[test]
    fn lone_surrogates_and_odd_bytes_are_marked() {
        let decoded = decode(b"\xFF\xFEa\x00\x00\xD8b\x00c", None);
        assert_eq!(decoded.text, "a\u{FFFD}b\u{FFFD}");
        assert_eq!(decoded.map.source(1..4), 4..6);
        assert_eq!(decoded.map.source(5..8), 8..9);
    }

    #[test]
    fn spoilt_utf8_keeps_what_is_sound() {
        let bytes = b"Polic\xC3\xADa de Dur\xC3n y Duran, Guayaqu\xC3\xADl, Bol\xC3\xADvar, caf\xC3\xA9, \xC3\xB1and\xC3\xBA";
        let decoded = decode(bytes, None);
        assert_eq!(decoded.charset, "UTF-8");
        assert!(decoded.text.starts_with("Policía de Dur\u{FFFD}n y Duran"));
        assert_leads_back(bytes, &decoded);
    }

    #[test]
    fn legacy_encodings_are_guessed_from_articles() {
        let spanish = "La policía de Guayaquil detuvo el lunes a ocho personas en una operación \
                       contra la extorsión, según informó el Ministerio del Interior. El año pasado \
                       la ciudad registró más de dos mil homicidios, la cifra más alta del país.";
        let russian = "Полиция задержала в понедельник восемь человек, сообщили в министерстве. \
                       Операция продолжалась три дня, изъято более двух тонн кокаина.";
        let japanese =
            "警察は月曜日、港で二トンのコカインを押収したと発表した。容疑者八人が逮捕された。";
        let chinese =
            "警方星期一表示，在港口查获两吨可卡因，八名嫌疑人被捕。这批货物原定运往欧洲。";
        let korean =
            "경찰은 월요일 항구에서 코카인 2톤을 압수했다고 밝혔다. 용의자 여덟 명이 체포되었다.";
        for (label, text) in [
            ("windows-1252", spanish),
            ("windows-1251", russian),
            ("KOI8-U", russian),
            ("Shift_JIS", japanese),
            ("EUC-JP", japanese),
            ("ISO-2022-JP", japanese),
            ("GBK", chinese),
            ("EUC-KR", korean),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let bytes = encoding.encode(text).0;
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.text, text, "{label} was read as {}", decoded.charset);
            let declared = decode(&bytes, Some(label));
            assert_eq!((declared.text.as_str(), declared.charset), (text, encoding.name()));
            if label != "ISO-2022-JP" {
                assert_leads_back(&bytes, &declared);
            }
        }
    }

    #[test]
    fn composed_and_dropped_characters_lead_back_to_all_their_bytes() {
        let bytes = "Poli\u{301}\r\nci\0a\re\u{323}\u{302}\0".as_bytes();
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, "Polí\ncia\nệ");
        assert_eq!(decoded.map.source(3..5), 3..6);
        assert_eq!(decoded.map.source(5..6), 6..8);
        assert_eq!(decoded.map.source(7..9), 9..12);
        assert_leads_back(bytes, &decoded);
    }

    /// Texts put together at random from characters that are hard on a decoder.
    #[test]
    fn any_bytes_decode_and_lead_back() {
        let pieces: [&[u8]; 16] = [
            b"a",
            b"Z ",
            b"\r\n",
            b"\r",
            b"\n",
            b"\0",
            b"\xFF",
            b"\x81",
            b"\x30",
            b"\xC3\xA1",
            b"e\xCC\x81",
            b"\xE2\x80\x9C",
            b"\xF0\x9F\x98\x80",
            b"\xCC\x81",
            b"\xA4\x40",
            b"\x1B$B",
        ];
        let labels = [
            "utf-8",
            "utf-16le",
            "utf-16be",
            "shift_jis",
            "gb18030",
            "euc-kr",
            "euc-jp",
            "big5",
            "iso-2022-jp",
            "windows-1252",
            "koi8-r",
        ];
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..3000 {
            let mut bytes = Vec::new();
            for _ in 0..random(24) {
                bytes.extend_from_slice(pieces[random(16) as usize]);
            }
            let declared = labels[round % labels.len()];
            let decoded = decode(&bytes, Some(declared));
            assert!(unicode_normalization::is_nfc(&decoded.text), "{bytes:x?}");
            assert!(!decoded.text.contains(['\r', '\0']));
            let mut end = 0;
            for (at, c) in decoded.text.char_indices() {
                let source = decoded.map.source(at..at + c.len_utf8());
                assert!(source.start < source.end && source.end <= bytes.len(), "{bytes:x?}");
                assert!(source.end >= end, "{bytes:x?}");
                end = source.end;
            }
            if decoded.charset != "ISO-2022-JP" {
                assert_leads_back(&bytes, &decoded);
            }
        }
    }
}
