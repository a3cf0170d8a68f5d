//! Which numbers of a parsed text are quantities, and what they count.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::amount::{self, Amount, Limit};
use super::numeral;
use super::pieces::{Kind, Pieces};
use super::words::{NumberWord, Opens, Words};
use super::{Interval, Quantity, SHARE};
use crate::lookup::in_small;
use crate::value::Cited;

/// The words that count something are looked for this far from their number.
const REACH: usize = 12;
/// The measure of what prices are told in.
const MONEY: &str = "money";

pub(super) fn stated(
    words: &Words,
    doc: &Doc,
    pieces: &Pieces<'_>,
    opens: &[Opens],
) -> Vec<Cited<Quantity>> {
    let reader = Reader { words, pieces, doc, chained: chained(pieces) };
    let counts = |piece: usize| reader.counts(piece);
    let amounts = amount::amounts(words, pieces, opens, &counts);
    let mut found: Vec<Cited<Quantity>> = Vec::new();
    for amount in &amounts {
        found.extend(reader.quantity(amount));
    }
    found
}

struct Reader<'a, 'd> {
    words: &'a Words,
    pieces: &'a Pieces<'a>,
    doc: &'d Doc,
    /// Which pieces belong to a chain of digits: a date, an address, a telephone number.
    chained: Vec<bool>,
}

impl<'d> Reader<'_, 'd> {
    /// Whether something countable begins at a piece: "35m of its devices", "12m people".
    fn counts(&self, piece: usize) -> bool {
        let Some(piece) = self.pieces.get(piece) else { return false };
        let Some(first) = self.doc.token_at(piece.start) else { return false };
        if !piece.spaced {
            return false;
        }
        let of = first.pos() == Pos::Adp;
        let mut head = None;
        for index in (first.index() + usize::from(of)..self.doc.len()).take(REACH) {
            let token = self.doc.token(index);
            match token.pos() {
                Pos::Noun | Pos::Propn => head = Some(token),
                Pos::Adj | Pos::Det | Pos::Pron if head.is_none() => {}
                _ => break,
            }
        }
        head.is_some_and(|head| head.feature("Number") == Some("Plur"))
    }

    fn quantity(&self, amount: &Amount) -> Option<Cited<Quantity>> {
        let bytes = self.pieces.bytes(amount.numbers.clone());
        let first = self.doc.token_at(bytes.start)?;
        let last = self.doc.token_at(bytes.end.saturating_sub(1))?;
        let mut span = self.pieces.bytes(amount.pieces.clone());
        let mut unit = amount.unit;
        let mut of = self.counted(amount, last);
        if unit.is_none() && !amount.fraction {
            if self.age(amount, first, last) {
                unit = self.words.units.iter().position(|unit| unit.aside);
                of = None;
            } else if self.none(amount, first, last, of.as_ref()) {
                return None;
            }
        }
        if unit.is_some() && (self.chained[amount.numbers.start] || self.oclock(amount)) {
            return None;
        }
        let name = |unit: usize| self.words.units[unit].id.clone();
        let mut unit = unit.map(name);
        if let (Some(unit), Some(per)) = (&mut unit, amount.per) {
            *unit = format!("{unit}/{}", name(per));
        }
        if unit.is_none() && amount.fraction {
            unit = Some(SHARE.to_owned());
        }
        if let Some(of) = &of {
            span.end = span.end.max(of.span.end);
        }
        let value = |limit: Option<Limit>| limit.map(|limit| limit.value);
        let (low, high, approximate) = (value(amount.low), value(amount.high), amount.approximate);
        Some(Cited::new(Quantity { low, high, unit, approximate, of }, span))
    }

    /// Whether a number without a unit is no quantity: a date, a label, a score, a name's part.
    fn none(
        &self,
        amount: &Amount,
        first: Token<'d>,
        last: Token<'d>,
        of: Option<&Cited<String>>,
    ) -> bool {
        let numbers = &amount.numbers;
        let digits = self.pieces.is(numbers.start, Kind::Digits);
        numbers.clone().any(|piece| self.chained[piece])
            || self.glued(numbers)
            || self.words.clock.at(self.pieces, numbers.end).is_some()
            || self.numbered(numbers)
            || self.dated(amount, first, last, of)
            || (digits && self.labels(first, of.is_some()))
            || self.pronoun(amount, first)
            || (self.score(amount) && of.is_none())
    }

    /// "0800 hrs": digits that no count begins with, before what may mean a time of day.
    fn oclock(&self, amount: &Amount) -> bool {
        let four = self.pieces.text(amount.numbers.start);
        let written = four.len() == 4 && four.starts_with('0');
        written && self.words.clock.at(self.pieces, amount.numbers.end).is_some()
    }

    /// Letters or marks stuck to the digits make a name of them: "G7", "4x4", "22nd".
    fn glued(&self, numbers: &Range<usize>) -> bool {
        let pieces = self.pieces;
        let after = numbers.end;
        let before = numbers.start;
        let digits_last = after > 0 && pieces.is(after - 1, Kind::Digits);
        let letters_after = digits_last && pieces.glued(after) && pieces.is(after, Kind::Word);
        let letters_before = before > 0
            && pieces.is(before, Kind::Digits)
            && pieces.glued(before)
            && (pieces.is(before - 1, Kind::Word)
                || (pieces.dash(before - 1)
                    && pieces.glued(before - 1)
                    && before > 1
                    && pieces.is(before - 2, Kind::Word)));
        letters_after || letters_before
    }

    /// "No. 5", "#5".
    fn numbered(&self, numbers: &Range<usize>) -> bool {
        self.words.numbering.before(self.pieces, numbers.start, 0).is_some()
    }

    /// Whether a number is a date's or a time's part.
    fn dated(
        &self,
        amount: &Amount,
        first: Token<'d>,
        last: Token<'d>,
        of: Option<&Cited<String>>,
    ) -> bool {
        let date = |token: Token<'_>| {
            token.entity().is_some_and(|entity| matches!(entity.label(), "DATE" | "TIME"))
        };
        let year = |limit: Option<Limit>| {
            limit.is_some_and(|limit| (1000.0..=2100.0).contains(&limit.value))
        };
        let years = amount.plain && year(amount.low.or(amount.high));
        let counted = of.is_some_and(|of| {
            let head = self.doc.token_at(of.span.end.saturating_sub(1));
            head.is_some_and(|head| head.feature("Number") == Some("Plur"))
        });
        let four = self.pieces.text(amount.numbers.start).len() == 4;
        let dated = date(first) || date(last);
        if years && four {
            return dated || !counted && !amount.approximate && amount.low == amount.high;
        }
        dated
    }

    /// Whether digits name the thing before them: "Game 7", "Route 35", "iPhone 11".
    fn labels(&self, first: Token<'d>, counts: bool) -> bool {
        let named = first.entity().is_some_and(|entity| {
            let number = matches!(
                entity.label(),
                "CARDINAL" | "QUANTITY" | "MONEY" | "PERCENT" | "ORDINAL" | "DATE" | "TIME"
            );
            !number && (entity.span().range().len() > 1 || !counts)
        });
        let Some(before) = first.index().checked_sub(1).map(|index| self.doc.token(index)) else {
            return named;
        };
        let noun = matches!(before.pos(), Pos::Propn | Pos::Noun);
        let its = first.head().index() == before.index() || before.head().index() == first.index();
        let after = (first.index() + 1 < self.doc.len()).then(|| self.doc.token(first.index() + 1));
        let name = after.is_some_and(|after| after.pos() == Pos::Propn);
        let one = after.is_some_and(|after| after.feature("Number") == Some("Sing"));
        let proper = before.pos() == Pos::Propn;
        // "iPhone 11 Pro", "358 Palm Road", "1 September": a name follows or goes on.
        named || (noun && its && !counts) || (proper && (its || name)) || (name && one)
    }

    /// Whether "one" stands for a thing named before, or for anybody.
    fn pronoun(&self, amount: &Amount, first: Token<'d>) -> bool {
        let one = amount.numbers.len() == 1
            && self.word(amount.numbers.start) == Some(NumberWord::Cardinal(1));
        if !one {
            return false;
        }
        let next = self.words.of.at(self.pieces, amount.numbers.end).is_some();
        let modifies = first.dep() == "nummod" && first.head().index() > first.index();
        let determined = first.children().any(|child| child.dep() == "det");
        determined || !(next || modifies)
    }

    /// Whether two joined numbers are a score: nothing tells what they would count.
    fn score(&self, amount: &Amount) -> bool {
        let numbers = &amount.numbers;
        let joined = |at: usize| {
            self.pieces.dash(at) && self.pieces.glued(at) && self.pieces.is(at + 1, Kind::Digits)
        };
        let after = joined(numbers.end) && self.pieces.glued(numbers.end + 1);
        let start = numbers.start;
        let before = start > 1
            && self.pieces.dash(start - 1)
            && self.pieces.glued(start)
            && self.pieces.is(start - 2, Kind::Digits);
        let inside = amount.low != amount.high
            && amount.plain
            && numbers.clone().any(|at| self.pieces.dash(at) && self.pieces.glued(at));
        after || before || inside
    }

    /// Whether a bare number is somebody's age: "Maddon, 66, said", "he will be 35".
    fn age(&self, amount: &Amount, first: Token<'d>, last: Token<'d>) -> bool {
        let years = amount.low.or(amount.high).map_or(0.0, |limit| limit.value);
        let whole = amount.numbers.len() == 1 && years.fract() == 0.0;
        if !whole || !(1.0..=110.0).contains(&years) {
            return false;
        }
        let comma = |token: Token<'_>| token.text() == ",";
        let before = first.index().checked_sub(1).map(|index| self.doc.token(index));
        let after = (last.index() + 1 < self.doc.len()).then(|| self.doc.token(last.index() + 1));
        let name = first.index().checked_sub(2).map(|index| self.doc.token(index));
        let aside = before.is_some_and(comma)
            && name.is_some_and(|name| name.pos() == Pos::Propn && self.person(name))
            && after.is_none_or(|after| after.pos() == Pos::Punct);
        aside || self.predicated(amount, first)
    }

    fn person(&self, token: Token<'_>) -> bool {
        token
            .entity()
            .is_none_or(|entity| !matches!(entity.label(), "GPE" | "LOC" | "DATE" | "FAC"))
    }

    /// "She is 35": a number that a person of some sex is.
    fn predicated(&self, amount: &Amount, number: Token<'d>) -> bool {
        let verb = number.head();
        let digits = self.pieces.is(amount.numbers.start, Kind::Digits);
        let sexed = |token: Token<'_>| {
            token.dep() == "nsubj" && matches!(token.feature("Gender"), Some("Masc" | "Fem"))
        };
        digits
            && number.dep() == "attr"
            && verb.pos() == Pos::Aux
            && verb.children().any(sexed)
            && number.children().all(|child| child.pos() != Pos::Adp)
    }

    fn word(&self, piece: usize) -> Option<NumberWord> {
        in_small(self.pieces.text(piece), |word| self.words.numbers.get(word).copied())
    }

    /// What is counted or measured: the noun that the number stands before, or the one after "of".
    fn counted(&self, amount: &Amount, last: Token<'d>) -> Option<Cited<String>> {
        let end = amount.pieces.end;
        if let Some(((), next)) = self.words.of.at(self.pieces, end) {
            let first = self.doc.token_at(self.pieces.get(next)?.start)?;
            return self.noun_phrase(first, true);
        }
        // "$3 million in fake notes".
        let money = amount.unit.is_some_and(|unit| self.words.units[unit].measure == MONEY);
        if let Some(((), next)) = self.words.worth.at(self.pieces, end).filter(|_| money) {
            let first = self.doc.token_at(self.pieces.get(next)?.start)?;
            let common = matches!(first.pos(), Pos::Noun | Pos::Adj | Pos::Verb);
            let phrase = common.then(|| self.noun_phrase(first, false)).flatten();
            // "in security-related aid": the phrase goes on behind the hyphen.
            let text = self.doc.text();
            return phrase.filter(|phrase| !text[phrase.span.end..].starts_with('-'));
        }
        if amount.unit.is_some() || amount.fraction {
            return None;
        }
        let mut end = end;
        if self.pieces.dash(end) && self.pieces.glued(end) {
            end += 1;
        }
        let first = self.doc.token_at(self.pieces.get(end)?.start)?;
        (first.index() >= last.index()).then(|| self.noun_phrase(first, false)).flatten()
    }

    /// The nouns that begin at a token, with their adjectives, in the dictionary's forms.
    fn noun_phrase(&self, first: Token<'d>, articles: bool) -> Option<Cited<String>> {
        let mut phrase: Vec<Token<'d>> = Vec::new();
        let mut nouns = 0;
        for index in (first.index()..self.doc.len()).take(REACH) {
            let token = self.doc.token(index);
            let attributive = || token.dep() == "amod" && token.head().index() > index;
            match token.pos() {
                Pos::Noun | Pos::Propn => {
                    if token.is_sentence_start() && index > first.index() {
                        break;
                    }
                    phrase.push(token);
                    nouns = phrase.len();
                    // Where the parser ends the phrase, it ends.
                    let goes_on = matches!(token.dep(), "compound" | "nmod" | "amod" | "poss");
                    if !goes_on || token.head().index() < index {
                        break;
                    }
                }
                Pos::Adj if token.head().index() >= index || nouns == 0 => phrase.push(token),
                Pos::Verb if attributive() => phrase.push(token),
                Pos::Adv if token.head().index() > index && nouns == 0 => phrase.push(token),
                Pos::Num if nouns == 0 && !phrase.is_empty() || articles => phrase.push(token),
                Pos::Part if nouns > 0 && token.dep() == "case" => phrase.push(token),
                Pos::Det | Pos::Pron if articles && phrase.is_empty() => {}
                Pos::Punct if !phrase.is_empty() && self.dash(token) => phrase.push(token),
                _ => break,
            }
        }
        phrase.truncate(nouns);
        let (start, end) = (phrase.first()?.bytes().start, phrase.last()?.bytes().end);
        let named =
            |token: &&Token<'_>| !matches!(token.pos(), Pos::Part | Pos::Adv) && !token.is_space();
        let lemmas = phrase.iter().filter(named).map(|token| match token.pos() {
            Pos::Propn => token.text(),
            _ => token.lemma(),
        });
        let name = lemmas.collect::<Vec<&str>>().join(" ").replace(" - ", "-");
        Some(Cited::new(name, start..end))
    }

    fn dash(&self, token: Token<'_>) -> bool {
        matches!(token.text(), "-" | "‐" | "‑") && !token.space_after()
    }
}

/// Which pieces stand in a chain of digits that dots, colons, slashes or hyphens join: three
/// groups or more, or two that a colon joins.
fn chained(pieces: &Pieces<'_>) -> Vec<bool> {
    let mut chained = vec![false; pieces.len()];
    let mut start = 0;
    while start < pieces.len() {
        if !pieces.is(start, Kind::Digits) {
            start += 1;
            continue;
        }
        let (mut end, mut groups, mut clock) = (start + 1, 1, false);
        while pieces.is(end + 1, Kind::Digits) && pieces.glued(end) && pieces.glued(end + 1) {
            let mark = pieces.text(end);
            if !matches!(mark, "." | ":" | "/" | "-" | "–") {
                break;
            }
            clock |= mark == ":";
            end += 2;
            groups += 1;
        }
        if groups > 2 || clock {
            let decimals = (start..end).filter(|&at| pieces.text(at) == ".").count();
            // "1.5-2.5" is a range of two.
            let range =
                groups <= 4 && !clock && decimals > 0 && decimals + 2 >= groups && groups != 3
                    || groups == 3 && decimals == 1 && !clock;
            chained[start..end].fill(!range);
        }
        start = end;
    }
    chained
}

pub(super) fn numbers(words: &Words, text: &str) -> Vec<Cited<f64>> {
    let pieces = Pieces::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let sign = amount::sign(words, &pieces, at);
        let start = sign.unwrap_or(at);
        let glued = start > 0 && pieces.glued(start) && pieces.is(start - 1, Kind::Word);
        let number = (!glued).then(|| numeral::number(words, &pieces, start)).flatten();
        let Some(mut number) = number else {
            at += 1;
            continue;
        };
        let end = number.pieces.end;
        if let Some((power, next)) = words.short.at(&pieces, end) {
            number.value = numeral::shifted(number.value, power);
            number.pieces.end = next;
        } else if pieces.is(end - 1, Kind::Digits)
            && pieces.glued(end)
            && pieces.is(end, Kind::Word)
        {
            at = end;
            continue;
        }
        let value = if sign.is_some() { -number.value } else { number.value };
        let vague = number.most.is_some();
        let span = pieces.bytes(at..number.pieces.end);
        at = number.pieces.end;
        if !vague {
            found.push(Cited::new(value, span));
        }
    }
    found
}

pub(super) fn intervals(words: &Words, text: &str) -> Vec<Cited<Interval>> {
    let pieces = Pieces::new(text);
    let chained = chained(&pieces);
    let amounts = amount::amounts(words, &pieces, &words.openers(&pieces), &|_| false);
    let sound = amounts.into_iter().filter(|amount| !chained[amount.numbers.start]);
    let interval = |amount: Amount| {
        let limit = |limit: Option<Limit>| limit.map(|limit| (limit.value, limit.included));
        let unit = amount.unit.map(|unit| words.units[unit].id.clone());
        let core = pieces.bytes(amount.numbers.clone());
        let (low, high) = (limit(amount.low), limit(amount.high));
        Cited::new(Interval { low, high, unit, core }, pieces.bytes(amount.pieces))
    };
    sound.map(interval).collect()
}
