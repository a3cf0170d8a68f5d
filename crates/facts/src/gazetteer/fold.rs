//! How names are folded: by the tables of the gazetteer's file, so that reader and builder agree.

use std::collections::{BTreeMap, HashMap};

/// What letters and words become.
#[derive(Debug)]
pub(super) struct Folding {
    letters: HashMap<char, Box<str>>,
    words: BTreeMap<Box<str>, Box<str>>,
}

impl Folding {
    /// Reads the tables; none, if they are damaged.
    pub(super) fn load(letters: &[u8], words: &[u8]) -> Option<Folding> {
        if !letters.len().is_multiple_of(8) {
            return None;
        }
        let letter = |row: &[u8]| {
            let code = u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
            let plain = std::str::from_utf8(&row[4..]).ok()?.trim_end_matches('\0');
            Some((char::from_u32(code)?, plain.into()))
        };
        let word = |line: &str| line.split_once('\t').map(|(a, b)| (a.into(), b.into()));
        Some(Folding {
            letters: letters.chunks_exact(8).map(letter).collect::<Option<_>>()?,
            words: std::str::from_utf8(words).ok()?.lines().map(word).collect::<Option<_>>()?,
        })
    }

    /// Folds a name.
    pub(super) fn fold(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        let mut start = 0;
        for char in name.chars() {
            match char {
                'a'..='z' | '0'..='9' => out.push(char),
                'A'..='Z' => out.push(char.to_ascii_lowercase()),
                '\'' | '.' | '`' => {}
                _ if char.is_ascii() || char.is_whitespace() => self.end_word(&mut out, &mut start),
                _ => match self.letters.get(&char) {
                    Some(plain) => out.push_str(plain),
                    None => out.push(char),
                },
            }
        }
        self.end_word(&mut out, &mut start);
        out.truncate(out.trim_end().len());
        out
    }

    /// Ends the word that began at `start`, by what the word becomes and a space.
    fn end_word(&self, out: &mut String, start: &mut usize) {
        if out.len() == *start {
            return;
        }
        if let Some(word) = self.words.get(&out[*start..]) {
            out.truncate(*start);
            out.push_str(word);
        }
        out.push(' ');
        *start = out.len();
    }
}
