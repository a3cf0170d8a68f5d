//! The tokenizer: a text becomes tokens that together with the spaces after them make it up.

mod affixes;
mod pattern;
mod phrases;
mod rules;

use std::collections::HashMap;
use std::ops::Range;

use crate::lexeme::{Lexeme, Lexicon, Norms};
use crate::strings::id;
use crate::unicode::is_space;
use affixes::{Affixes, Cut};
pub(crate) use pattern::{PatternError, search};
use phrases::{Found, Phrases, choose};
pub(crate) use rules::{Rules, RulesError};

/// The longest chunk, in bytes, whose tokens are remembered.
const LONGEST_REMEMBERED: usize = 128;

/// How many chunks a thread remembers.
const FULL_CHUNKS: usize = 200_000;

/// A tokenizer that is ready for use. Threads share it; each brings its own [`Scratch`].
#[derive(Debug)]
pub(crate) struct Tokenizer {
    affixes: Affixes,
    norms: Norms,
    /// The tokens of each exception.
    exceptions: Vec<Vec<ExceptionPart>>,
    phrases: Phrases,
}

/// A token of an exception.
#[derive(Debug)]
struct ExceptionPart {
    text: Box<str>,
    /// The norm it has here, with a number that no other pair of text and norm has.
    norm: Option<(Box<str>, u32)>,
}

/// A token as the tokenizer leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it starts in the text, in bytes.
    pub(crate) start: u32,
    /// Where it ends in the text, in bytes.
    pub(crate) end: u32,
    /// Its number in the lexicon of the scratch.
    pub(crate) lexeme: u32,
    /// Whether one plain space follows.
    pub(crate) space_after: bool,
}

/// What a thread remembers of the texts it has tokenized.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The lexemes that [`Word::lexeme`] counts.
    pub(crate) lexicon: Lexicon,
    chunks: HashMap<Box<str>, Cached>,
    tokens: Vec<(u32, u32)>,
    cuts: Vec<Cut>,
    found: Vec<Found>,
}

/// Where a chunk's tokens, as lexeme and length, stand in [`Scratch::tokens`].
#[derive(Debug, Clone, Copy)]
struct Cached {
    start: u32,
    len: u32,
}

impl Scratch {
    /// Forgets everything if it has grown too big; says whether it has.
    ///
    /// Lexemes' numbers mean nothing any more after that, so whatever is remembered by them must
    /// go too. Tokenizing never calls this by itself.
    pub(crate) fn trim(&mut self) -> bool {
        let full = self.lexicon.is_full() || self.chunks.len() >= FULL_CHUNKS;
        if full {
            *self = Scratch::default();
        }
        full
    }
}

impl Tokenizer {
    /// Makes a tokenizer of its rules and a model's norms.
    pub(crate) fn new(rules: &Rules, norms: Norms) -> Result<Tokenizer, RulesError> {
        let affixes = Affixes::new(rules)?;
        let phrases = phrases_of(rules, &affixes);
        let mut numbers = HashMap::new();
        let exceptions = rules.exceptions.iter().map(|(_, parts)| {
            let part = |part: &rules::Part| {
                let norm = part.norm.as_deref().map(|norm| {
                    let next = numbers.len() as u32;
                    let key = (part.text.clone(), norm.to_owned());
                    (norm.into(), *numbers.entry(key).or_insert(next))
                });
                ExceptionPart { text: part.text.as_str().into(), norm }
            };
            parts.iter().map(part).collect()
        });
        let exceptions = exceptions.collect();
        Ok(Tokenizer { affixes, norms, exceptions, phrases })
    }

    /// Tokenizes a text of less than 4 GiB; the words are added to `words`.
    pub(crate) fn tokenize(&self, text: &str, scratch: &mut Scratch, words: &mut Vec<Word>) {
        let first = words.len();
        for (span, space_after) in spans(text) {
            self.span(&text[span.clone()], span.start, scratch, words);
            if let Some(last) = words.last_mut() {
                last.space_after = space_after;
            }
        }
        self.restore_exceptions(text, first, scratch, words);
    }

    /// Adds the tokens of a stretch that is all white space or has none.
    fn span(&self, span: &str, start: usize, scratch: &mut Scratch, words: &mut Vec<Word>) {
        let mut at = start as u32;
        let mut push = |&(lexeme, len): &(u32, u32)| {
            words.push(Word { start: at, end: at + len, lexeme, space_after: false });
            at += len;
        };
        if let Some(&Cached { start, len }) = scratch.chunks.get(span) {
            scratch.tokens[start as usize..][..len as usize].iter().for_each(&mut push);
            return;
        }
        let kept = scratch.tokens.len();
        self.split(span, scratch);
        scratch.tokens[kept..].iter().for_each(&mut push);
        if span.len() <= LONGEST_REMEMBERED && scratch.chunks.len() < FULL_CHUNKS {
            let len = (scratch.tokens.len() - kept) as u32;
            scratch.chunks.insert(span.into(), Cached { start: kept as u32, len });
        } else {
            scratch.tokens.truncate(kept);
        }
    }

    /// Adds a span's tokens to those of the scratch.
    fn split(&self, span: &str, scratch: &mut Scratch) {
        let Scratch { lexicon, tokens, cuts, .. } = scratch;
        cuts.clear();
        self.affixes.split(span, true, cuts);
        let mut at = 0;
        for &cut in cuts.iter() {
            match cut {
                Cut::Token(len) => {
                    let text = &span[at..at + len];
                    tokens.push((self.number(text, lexicon), len as u32));
                    at += len;
                }
                Cut::Exception(index) => {
                    for part in &self.exceptions[index as usize] {
                        tokens.push((self.exceptional(part, lexicon), part.text.len() as u32));
                        at += part.text.len();
                    }
                }
            }
        }
    }

    fn number(&self, text: &str, lexicon: &mut Lexicon) -> u32 {
        lexicon.number(text, || self.lexeme(text))
    }

    fn exceptional(&self, part: &ExceptionPart, lexicon: &mut Lexicon) -> u32 {
        match &part.norm {
            Some((norm, key)) => {
                lexicon.exceptional(*key, || self.lexeme(&part.text).with_norm(norm))
            }
            None => self.number(&part.text, lexicon),
        }
    }

    fn lexeme(&self, text: &str) -> Lexeme {
        let lexeme = Lexeme::new(text, &self.norms);
        Lexeme { phrase: self.phrases.start(lexeme.orth), ..lexeme }
    }

    /// Puts exceptions back together that were broken up, such as those with spaces in them.
    fn restore_exceptions(
        &self,
        text: &str,
        first: usize,
        scratch: &mut Scratch,
        words: &mut Vec<Word>,
    ) {
        let Scratch { lexicon, found, .. } = scratch;
        found.clear();
        let tokens = &words[first..];
        for (start, word) in tokens.iter().enumerate() {
            if lexicon.get(word.lexeme).phrase != 0 {
                let orth = |i: usize| lexicon.get(tokens[i].lexeme).orth;
                self.phrases.find(start, tokens.len(), orth, found);
            }
        }
        if found.is_empty() {
            return;
        }
        choose(found, tokens.len());
        let mut restored = Vec::with_capacity(tokens.len());
        let mut done = 0;
        for &Found { start, end } in found.iter() {
            let range = tokens[start].start as usize..tokens[end - 1].end as usize;
            let Some(exception) = self.affixes.exception(&text[range.clone()]) else { continue };
            restored.extend_from_slice(&tokens[done..start]);
            let mut at = range.start as u32;
            for part in &self.exceptions[exception as usize] {
                let end = at + part.text.len() as u32;
                let lexeme = self.exceptional(part, lexicon);
                restored.push(Word { start: at, end, lexeme, space_after: false });
                at = end;
            }
            if let Some(last) = restored.last_mut() {
                last.space_after = tokens[end - 1].space_after;
            }
            done = end;
        }
        restored.extend_from_slice(&tokens[done..]);
        words.truncate(first);
        words.append(&mut restored);
    }
}

/// The token sequences into which exceptions fall that other rules break up.
fn phrases_of(rules: &Rules, affixes: &Affixes) -> Phrases {
    let mut phrases = Phrases::default();
    let (mut cuts, mut tokens) = (Vec::new(), Vec::new());
    for (text, _) in &rules.exceptions {
        let broken = !rules.faster_heuristics || affixes.touch(text) || text.contains(' ');
        if !broken {
            continue;
        }
        tokens.clear();
        for (span, _) in spans(text) {
            cuts.clear();
            affixes.split(&text[span.clone()], false, &mut cuts);
            let mut rest = &text[span];
            for cut in &cuts {
                if let Cut::Token(len) = *cut {
                    tokens.push(id(&rest[..len]));
                    rest = &rest[len..];
                }
            }
        }
        phrases.add(&tokens);
    }
    phrases
}

/// The stretches of a text that are all white space or have none, and whether a plain space that
/// belongs to none of them follows.
fn spans(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let (start, rest) = (next, &text[next..]);
        let white = is_space(rest.chars().next()?);
        let end = start + rest.find(|c| is_space(c) != white).unwrap_or(rest.len());
        let space_after = !white && text[end..].starts_with(' ');
        next = end + usize::from(space_after);
        Some((start..end, space_after))
    })
}

#[cfg(test)]
mod tests;
