//! Rule lemmatizers: a word's dictionary form from its part of speech and its features.

mod english;
mod spanish;
mod tables;

use std::collections::HashMap;

use thiserror::Error;

use crate::doc::{Part, Pos, Row, Strings};
use crate::labels::{Label, Labels};
use crate::msgpack;
use tables::Tables;

/// How many words a thread remembers before it forgets all.
const FULL: usize = 200_000;

/// A lemmatizer that is ready for use. Threads share it; each brings its own [`Scratch`].
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    language: Language,
    tables: Tables,
    overwrite: bool,
}

/// The languages that have rules here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Spanish,
}

/// What a thread remembers of words it has met.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    lemmas: HashMap<Key, Lemma>,
    texts: String,
}

impl Scratch {
    /// Forgets everything; needed when lexemes' numbers lose their meaning.
    pub(crate) fn clear(&mut self) {
        *self = Scratch::default();
    }
}

/// All that a lemma depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    lexeme: u32,
    morph: Label,
    pos: Pos,
    starts_sentence: bool,
}

#[derive(Debug, Clone, Copy)]
enum Lemma {
    /// The word itself.
    Own,
    /// A piece of [`Scratch::texts`].
    Text { start: usize, end: usize },
}

/// Why a lemmatizer can't be made.
#[derive(Debug, Error)]
pub(crate) enum LemmatizerError {
    /// Not MessagePack.
    #[error(transparent)]
    Msgpack(#[from] msgpack::Error),
    /// No rules for the language.
    #[error("there is no rule lemmatizer for the language {0:?}")]
    Language(String),
    /// A table is missing or not what it should be.
    #[error("the lemmatizer's table {0} is missing or not of the expected form")]
    Form(&'static str),
    /// A rule's ending is a real regular expression.
    #[error("the lemmatizer's rule {0:?} is a pattern, which is not supported")]
    Pattern(String),
}

impl Lemmatizer {
    /// Makes a lemmatizer of a language ("en", "es") from a model's `lemmatizer/lookups/lookups.bin`.
    ///
    /// With `overwrite`, lemmas that other components have set are replaced.
    pub(crate) fn read(
        language: &str,
        bytes: &[u8],
        overwrite: bool,
    ) -> Result<Lemmatizer, LemmatizerError> {
        let tables = Tables::read(bytes)?;
        let language = match language {
            "en" => Language::English,
            "es" => Language::Spanish,
            other => return Err(LemmatizerError::Language(other.to_owned())),
        };
        if language == Language::Spanish {
            let mut rules = tables.pattern_rules(&["accents", "det_and_pron_general"]);
            if let Some((old, new)) = rules.find(|(old, new)| is_pattern(old) || new.contains('\\'))
            {
                return Err(LemmatizerError::Pattern(format!("{old} → {new}")));
            }
        }
        Ok(Lemmatizer { language, tables, overwrite })
    }

    /// Sets the lemmas of a text's tokens where there are none.
    pub(crate) fn apply(
        &self,
        text: &str,
        rows: &mut [Row],
        labels: &Labels,
        strings: &mut Strings,
        scratch: &mut Scratch,
    ) {
        if scratch.lemmas.len() > FULL {
            scratch.clear();
        }
        for row in rows {
            if row.lemma != Part::NONE && !self.overwrite {
                continue;
            }
            let starts_sentence = row.sentence_start && self.language == Language::Spanish;
            let Row { lexeme, morph, pos, .. } = *row;
            let key = Key { lexeme, morph, pos, starts_sentence };
            let lemma = match scratch.lemmas.get(&key) {
                Some(&lemma) => lemma,
                None => {
                    let word = &text[row.start as usize..row.end as usize];
                    let lemma = self.lemma(word, labels.word(morph), key, scratch);
                    scratch.lemmas.insert(key, lemma);
                    lemma
                }
            };
            row.lemma = match lemma {
                Lemma::Own => Part::OWN,
                Lemma::Text { start, end } => strings.push(&scratch.texts[start..end]),
            };
        }
    }

    fn lemma(&self, word: &str, morph: &str, key: Key, scratch: &mut Scratch) -> Lemma {
        let lemma = match self.language {
            Language::English => english::lemma(&self.tables, word, key.pos, morph),
            Language::Spanish => {
                spanish::lemma(&self.tables, word, key.pos, morph, key.starts_sentence)
            }
        };
        if lemma == word {
            return Lemma::Own;
        }
        let start = scratch.texts.len();
        scratch.texts.push_str(&lemma);
        Lemma::Text { start, end: scratch.texts.len() }
    }
}

fn is_pattern(text: &str) -> bool {
    text.contains(['\\', '.', '^', '$', '*', '+', '?', '{', '}', '[', ']', '|', '(', ')'])
}

#[cfg(test)]
mod tests;
