//! Places in a row: "the second attack", "the third-largest port", "the highest rate".

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::numeral;
use super::pieces::{Kind, Pieces};
use super::words::{Opens, Ordinal, Words};
use super::{Quantity, RANK};
use crate::lookup::in_small;
use crate::value::Cited;

/// Adds the ranks of a text to its other quantities, in the order of the words.
pub(super) fn add(
    words: &Words,
    doc: &Doc,
    pieces: &Pieces<'_>,
    opens: &[Opens],
    found: &mut Vec<Cited<Quantity>>,
) {
    let mut ranks = Vec::new();
    for (value, range) in all(words, pieces, opens) {
        let bytes = pieces.bytes(range);
        let token = doc.token_at(bytes.end.saturating_sub(1));
        ranks.extend(token.and_then(|token| ordinal(words, doc, token, value, bytes)));
    }
    for token in doc.tokens() {
        ranks.extend(superlative(words, token));
    }
    // "the second-largest" is one rank, not the second and the largest.
    ranks.sort_by_key(|rank: &Cited<Quantity>| (rank.span.start, rank.span.end));
    let mut end = 0;
    for rank in ranks {
        if rank.span.start >= end {
            end = rank.span.end;
            found.push(rank);
        }
    }
    found.sort_by_key(|quantity| (quantity.span.start, quantity.span.end));
}

fn rank(value: f64, span: Range<usize>, of: Cited<String>) -> Cited<Quantity> {
    let (low, high) = (Some(value), Some(value));
    let unit = Some(RANK.to_owned());
    let span = span.start..span.end.max(of.span.end);
    Cited::new(Quantity { low, high, unit, approximate: false, of: Some(of) }, span)
}

/// An ordinal that says which of its noun: no date's, and no adverb.
fn ordinal<'d>(
    words: &Words,
    doc: &'d Doc,
    token: Token<'d>,
    value: f64,
    bytes: Range<usize>,
) -> Option<Cited<Quantity>> {
    let dated = |label: &str| matches!(label, "DATE" | "TIME" | "LAW" | "EVENT" | "FAC" | "ORG");
    if token.entity().is_some_and(|entity| dated(entity.label())) {
        return None;
    }
    let of = noun_after(words, doc, bytes.end)?;
    Some(rank(value, bytes, of))
}

/// The one that is most: "the largest seizure". Of several ("the richest people") none is first.
fn superlative(words: &Words, token: Token<'_>) -> Option<Cited<Quantity>> {
    if token.dep() != "amod" {
        return None;
    }
    let noun = token.head();
    let most = token.feature("Degree") == Some("Sup") && token.pos() == Pos::Adj;
    let known = most || in_small(token.text(), |word| words.superlatives.contains(word));
    let definite = |child: Token<'_>| {
        child.feature("Definite") == Some("Def")
            || child.dep() == "poss"
            || child.feature("Poss") == Some("Yes")
    };
    let sound = known
        && noun.index() > token.index()
        && noun.index() - token.index() < 8
        && noun.feature("Number") == Some("Sing")
        && noun.children().take(16).any(definite);
    if !sound {
        return None;
    }
    let of = noun_after(words, token.doc(), token.bytes().start)?;
    Some(rank(1.0, token.bytes(), of))
}

/// The noun phrase that begins after a byte.
fn noun_after(_words: &Words, doc: &Doc, byte: usize) -> Option<Cited<String>> {
    let rest = &doc.text()[byte..];
    let skipped = rest.find(|char: char| char.is_alphanumeric())?;
    (skipped <= 1).then_some(())?;
    let first = doc.token_at(byte + skipped)?;
    let mut phrase = Vec::new();
    for index in (first.index()..doc.len()).take(8) {
        let token = doc.token(index);
        let inside = token.head().index() > index;
        match token.pos() {
            Pos::Noun | Pos::Propn => {
                phrase.push(token);
                if !(inside && token.dep() == "compound") {
                    break;
                }
            }
            Pos::Adj | Pos::Adv | Pos::Verb if inside => phrase.push(token),
            Pos::Punct if inside && !token.space_after() => phrase.push(token),
            _ => return None,
        }
    }
    let last = phrase.last().filter(|token| matches!(token.pos(), Pos::Noun | Pos::Propn))?;
    let span = phrase.first()?.bytes().start..last.bytes().end;
    let lemmas: Vec<&str> = phrase.iter().map(|token| token.lemma()).collect();
    Some(Cited::new(lemmas.join(" ").replace(" - ", "-"), span))
}

pub(super) fn ordinals(words: &Words, text: &str) -> Vec<Cited<f64>> {
    let pieces = Pieces::new(text);
    let found = all(words, &pieces, &words.openers(&pieces)).into_iter();
    found.map(|(value, at)| Cited::new(value, pieces.bytes(at))).collect()
}

/// Every ordinal among the pieces: "30th", "twenty-first", "two hundredth".
fn all(words: &Words, pieces: &Pieces<'_>, opens: &[Opens]) -> Vec<(f64, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let rank = if opens[at].rank { one(words, pieces, at) } else { None };
        match rank {
            Some((value, end)) => {
                found.push((value, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn one(words: &Words, pieces: &Pieces<'_>, at: usize) -> Option<(f64, usize)> {
    let glued = at > 0 && pieces.glued(at) && !pieces.is(at - 1, Kind::Mark);
    if glued {
        return None;
    }
    if pieces.is(at, Kind::Digits) {
        let ending = pieces.text(at + 1);
        let known = pieces.glued(at + 1)
            && ending.len() <= 8
            && words.ordinal_endings.iter().any(|known| *known == ending.to_lowercase());
        let value: f64 = pieces.text(at).parse().ok()?;
        return (known && value.is_finite()).then_some((value, at + 2));
    }
    let word = |at: usize| {
        let text = pieces.text(at);
        if text.len() > 40 {
            None
        } else {
            in_small(text, |text| words.ordinals.get(text).copied())
        }
    };
    match word(at) {
        Some(Ordinal::Number(value)) => return Some((f64::from(value), at + 1)),
        Some(Ordinal::Scale(power)) => return Some((10f64.powi(power), at + 1)),
        None => {}
    }
    let (value, end) = numeral::cardinal(words, pieces, at)?;
    let end = end + usize::from(pieces.dash(end));
    match word(end)? {
        Ordinal::Number(more) if value % 10.0 == 0.0 && more < 100 => {
            Some((value + f64::from(more), end + 1))
        }
        Ordinal::Scale(power) => Some((numeral::shifted(value, power), end + 1)),
        Ordinal::Number(_) => None,
    }
}
