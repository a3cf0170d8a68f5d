//! Lexemes: the features of each distinct token text, worked out once per thread.

use std::collections::HashMap;

use thiserror::Error;

use crate::msgpack::{self, Value};
use crate::strings::id;
use crate::tables::BASE_NORMS;
use crate::unicode::{is_alpha, is_digit, is_space, is_upper, lower};

/// How long a text may be, in code points, to have a shape of its own.
const LONGEST_SHAPE: usize = 100;

/// Room that a thread's lexicon may take before it is emptied.
const FULL_BYTES: usize = 32 << 20;

/// What the model sees of a distinct text: ids of its forms.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    /// The text itself.
    pub(crate) orth: u64,
    /// The text in lower case.
    pub(crate) lower: u64,
    /// Its norm.
    pub(crate) norm: u64,
    /// Its first character.
    pub(crate) prefix: u64,
    /// Its last three characters.
    pub(crate) suffix: u64,
    /// Its shape: `Xxxxx`, `dd:dd`.
    pub(crate) shape: u64,
    /// Whether it is white space throughout.
    pub(crate) is_space: bool,
    /// Where the tokenizer's phrases that begin with it go on; 0 if none does.
    pub(crate) phrase: u32,
    /// The norm's text.
    pub(crate) norm_text: Box<str>,
}

impl Lexeme {
    /// The features of a text that is not empty, with the norm that holds wherever it stands.
    pub(crate) fn new(text: &str, norms: &Norms) -> Lexeme {
        let lowered = lower(text);
        let orth = id(text);
        let norm = norms.of(text, orth).map_or_else(|| lowered.as_str().into(), Box::from);
        let first = text.char_indices().nth(1).map_or(text.len(), |(at, _)| at);
        let last = text.char_indices().nth_back(2).map_or(0, |(at, _)| at);
        Lexeme {
            orth,
            lower: id(&lowered),
            norm: id(&norm),
            prefix: id(&text[..first]),
            suffix: id(&text[last..]),
            shape: id(&shape(text)),
            is_space: text.chars().all(is_space),
            phrase: 0,
            norm_text: norm,
        }
    }

    /// The same text with a norm that a tokenizer exception gives it.
    pub(crate) fn with_norm(self, norm: &str) -> Lexeme {
        Lexeme { norm: id(norm), norm_text: norm.into(), ..self }
    }
}

/// The outline of a text: letters as `X` or `x`, digits as `d`, at most four alike in a row.
pub(crate) fn shape(text: &str) -> String {
    if text.chars().nth(LONGEST_SHAPE - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let outline = match c {
            c if is_alpha(c) && is_upper(c) => 'X',
            c if is_alpha(c) => 'x',
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(outline) { run + 1 } else { 1 };
        last = Some(outline);
        if run <= 4 {
            shape.push(outline);
        }
    }
    shape
}

/// The norms a model gives to certain texts, wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    /// By id of the text.
    pub(crate) table: HashMap<u64, Box<str>>,
}

/// Why a model's `vocab/lookups.bin` can't be used.
#[derive(Debug, Error)]
pub(crate) enum NormsError {
    /// Not MessagePack.
    #[error(transparent)]
    Msgpack(#[from] msgpack::Error),
    /// MessagePack, but of another form.
    #[error("the norms are not a table from string ids to texts")]
    Form,
}

impl Norms {
    /// Reads the table `lexeme_norm` of a model's `vocab/lookups.bin`, which may lack it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Norms, NormsError> {
        let file = msgpack::read(bytes)?;
        let Some(table) = file.get("lexeme_norm") else {
            return file.map().map(|_| Norms::default()).ok_or(NormsError::Form);
        };
        let pairs = table.map().ok_or(NormsError::Form)?.iter();
        let pair = |(key, norm): &(Value, Value)| Some((key.uint()?, norm.text()?.into()));
        let table = pairs.map(pair).collect::<Option<_>>().ok_or(NormsError::Form)?;
        Ok(Norms { table })
    }

    fn of(&self, text: &str, orth: u64) -> Option<&str> {
        if let Some(norm) = self.table.get(&orth) {
            return Some(norm);
        }
        let found = BASE_NORMS.binary_search_by(|(known, _)| (*known).cmp(text)).ok()?;
        Some(BASE_NORMS[found].1)
    }
}

/// The lexemes that one thread has met, numbered from 0 in the order of meeting.
///
/// A number stands for a distinct pair of text and norm for as long as the lexicon lives.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    lexemes: Vec<Lexeme>,
    numbers: HashMap<Box<str>, u32>,
    exceptional: HashMap<u32, u32>,
    bytes: usize,
}

impl Lexicon {
    /// The lexeme of a number.
    pub(crate) fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// How many there are; numbers are below this.
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// The number of a text with its usual norm; `make` works it out if it is new.
    pub(crate) fn number(&mut self, text: &str, make: impl FnOnce() -> Lexeme) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.push(make(), text.len());
        self.numbers.insert(text.into(), number);
        number
    }

    /// The number of a token that tokenizer exceptions give a norm; `key` tells such tokens apart.
    pub(crate) fn exceptional(&mut self, key: u32, make: impl FnOnce() -> Lexeme) -> u32 {
        if let Some(&number) = self.exceptional.get(&key) {
            return number;
        }
        let number = self.push(make(), 0);
        self.exceptional.insert(key, number);
        number
    }

    /// Whether it is time for a new one.
    pub(crate) fn is_full(&self) -> bool {
        self.bytes > FULL_BYTES
    }

    fn push(&mut self, lexeme: Lexeme, text_bytes: usize) -> u32 {
        self.bytes += size_of::<Lexeme>() + 32 + text_bytes + lexeme.norm_text.len();
        self.lexemes.push(lexeme);
        (self.lexemes.len() - 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(shape("Guayaquil"), "Xxxxx");
        assert_eq!(shape("F-16A/2²"), "X-ddX/dd");
        assert_eq!(shape("12345678"), "dddd");
        assert_eq!(shape("……………"), "…………");
        assert_eq!(shape("Ñandú"), "Xxxxx");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
        assert_eq!(shape(&"é".repeat(100)), "LONG");
    }

    #[test]
    fn features_of_a_text() {
        let lexeme = Lexeme::new("Añil", &Norms::default());
        assert_eq!(lexeme.prefix, id("A"));
        assert_eq!(lexeme.suffix, id("ñil"));
        assert_eq!(lexeme.norm, id("añil"));
        assert_eq!(lexeme.lower, id("añil"));
        let short = Lexeme::new("€", &Norms::default());
        assert_eq!((short.prefix, short.suffix), (id("€"), id("€")));
        assert_eq!(&*short.norm_text, "$");
        assert_eq!(Lexeme::new("agent", &Norms::default()).orth, 401);
        assert!(Lexeme::new("\u{a0}\n", &Norms::default()).is_space);
    }

    #[test]
    fn the_model_s_norms_come_first() {
        let mut file = vec![0x81, 0xab];
        file.extend(b"lexeme_norm\x81\xcf");
        file.extend(id("€").to_be_bytes());
        file.extend(b"\xa4euro");
        let norms = Norms::read(&file).unwrap();
        assert_eq!(&*Lexeme::new("€", &norms).norm_text, "euro");
        assert!(Norms::read(b"\x80").unwrap().table.is_empty());
        assert!(matches!(Norms::read(b"\x01"), Err(NormsError::Form)));
    }
}
