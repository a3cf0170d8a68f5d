//! Finds what the patterns match, from each place of a text, each level on those before it.

use std::rc::Rc;

use atalaya_parse::{Doc, Pos};

use super::lex::{Gap, Piece};
use super::meaning::{Meaning, Number, meaning};
use super::pattern::Slot;
use super::words::{Entry, Level, Sense, Words, level};

/// What a pattern matched.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// In pieces.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: Rc<Meaning>,
    /// The forms that matched, outermost first.
    pub(crate) forms: Rc<[usize]>,
}

/// What a slot took.
#[derive(Debug, Clone)]
pub(crate) enum Taken {
    Number(Number),
    Figures(u32),
    Minutes(u32),
    Year(i16),
    Short(i16),
    Day(i8),
    Sense(Sense),
    Match(Match),
}

/// A text and what was found in it so far; each level is looked up once a place.
pub(crate) struct Chart<'a> {
    words: &'a Words,
    doc: &'a Doc,
    pieces: &'a [Piece<'a>],
    /// Which levels' patterns can begin where, as bits, and which row of `known` is the place's.
    opens: Vec<(u8, u32)>,
    /// What each level has, in a row for each place where one can begin.
    known: Vec<[Option<Rc<[Match]>>; 5]>,
    /// What is found at most places.
    nothing: Rc<[Match]>,
}

/// The longest number that is read, in words.
const WORDS: usize = 12;

impl<'a> Chart<'a> {
    pub(crate) fn new(words: &'a Words, doc: &'a Doc, pieces: &'a [Piece<'a>]) -> Chart<'a> {
        let mut rows = 0;
        let opening = |piece: &Piece<'_>| {
            let (levels, row) = (words.opens(&piece.word), rows);
            rows += u32::from(levels != 0);
            (levels, row)
        };
        let opens = pieces.iter().map(opening).collect();
        let known = vec![[const { None }; 5]; rows as usize];
        Chart { words, doc, pieces, opens, known, nothing: Rc::default() }
    }

    /// The longest match at each place that none before it covers.
    pub(crate) fn matches(&mut self) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            if self.opens[at].0 == 0 {
                at += 1;
                continue;
            }
            let levels = [Level::Whole, Level::Period, Level::Point];
            let all = levels.map(|level| self.level(level, at));
            // Of equally long ones the first, so that the later level goes before the earlier.
            let longest = all.iter().flat_map(|all| all.iter()).rev().max_by_key(|m| m.end);
            match longest {
                Some(longest) => {
                    at = longest.end.max(at + 1);
                    if !matches!(*longest.meaning, Meaning::Nothing) {
                        found.push(longest.clone());
                    }
                }
                None => at += 1,
            }
        }
        found
    }

    fn level(&mut self, level: Level, at: usize) -> Rc<[Match]> {
        let opens = self.opens.get(at).filter(|(levels, _)| levels & 1 << level as u8 != 0);
        let Some(&(_, row)) = opens else { return Rc::clone(&self.nothing) };
        if let Some(known) = &self.known[row as usize][level as usize] {
            return Rc::clone(known);
        }
        let mut found = Vec::new();
        self.walk(level, 0, at, at, &mut Vec::new(), &mut found);
        let found = if found.is_empty() { Rc::clone(&self.nothing) } else { found.into() };
        self.known[row as usize][level as usize] = Some(Rc::clone(&found));
        found
    }

    /// Follows a level's tree from one of its nodes on.
    fn walk(
        &mut self,
        level: Level,
        node: usize,
        start: usize,
        at: usize,
        taken: &mut Vec<Taken>,
        found: &mut Vec<Match>,
    ) {
        let words = self.words;
        let Some(node) = words.trees[level as usize].node(node) else { return };
        if let Some(form) = node.pattern {
            let pattern = &words.patterns[words.forms[form]];
            if let Some(meaning) = meaning(words, pattern, taken) {
                let inner = taken.iter().filter_map(|taken| match taken {
                    Taken::Match(inner) => Some(&inner.forms),
                    _ => None,
                });
                let forms = std::iter::once(form)
                    .chain(inner.flat_map(|forms| forms.iter().copied()))
                    .collect();
                found.push(Match { start, end: at, meaning: Rc::new(meaning), forms });
            }
        }
        for gap in [Gap::None, Gap::Space] {
            let Some(place) = self.step(start, at, gap) else { continue };
            let Some(piece) = self.pieces.get(place) else { continue };
            let apart = usize::from(gap == Gap::Space);
            if let Some(next) = node.words.get(&*piece.word).and_then(|next| next[apart]) {
                self.walk(level, next, start, place + 1, taken, found);
            }
            for &(wanted, slot, next) in &node.slots {
                if wanted != gap {
                    continue;
                }
                for (end, value) in self.slot(slot, place) {
                    taken.push(value);
                    self.walk(level, next, start, end, taken, found);
                    taken.pop();
                }
            }
        }
    }

    /// Where what comes next begins, if it stands as the pattern wants it.
    fn step(&self, start: usize, at: usize, gap: Gap) -> Option<usize> {
        let piece = self.pieces.get(at)?;
        if at == start {
            return (gap == Gap::Space).then_some(at);
        }
        match (gap, piece.gap) {
            (Gap::None, Gap::None) | (Gap::Space, Gap::Space) => Some(at),
            (Gap::Space, Gap::None) => {
                let after = self.pieces.get(at + 1);
                if piece.word == "-" && after.is_some_and(|after| after.gap == Gap::None) {
                    return Some(at + 1);
                }
                let figure =
                    |piece: &Piece<'_>| piece.word.starts_with(|c: char| c.is_ascii_digit());
                let letter = |piece: &Piece<'_>| piece.word.starts_with(char::is_alphabetic);
                let before = &self.pieces[at - 1];
                (figure(before) && letter(piece) || letter(before) && figure(piece)).then_some(at)
            }
            _ => None,
        }
    }

    fn slot(&mut self, slot: Slot, at: usize) -> Vec<(usize, Taken)> {
        if self.opens[at].0 == 0 {
            return Vec::new();
        }
        if let Some(level) = level(slot) {
            let own = self.level(level, at);
            // A point is a period that nothing narrows.
            let point = (level == Level::Period).then(|| self.level(Level::Point, at));
            let all = own.iter().chain(point.iter().flat_map(|point| point.iter()));
            let told = all.filter(|inner| !matches!(*inner.meaning, Meaning::Nothing));
            return told.map(|inner| (inner.end, Taken::Match(inner.clone()))).collect();
        }
        let one = |value: Option<(usize, Taken)>| value.into_iter().collect();
        match slot {
            Slot::N => one(self.number(at).map(|(end, n)| (end, Taken::Number(n)))),
            Slot::Figures => {
                let number = self.pieces[at].figures(2);
                one(number.map(|number| (at + 1, Taken::Figures(number))))
            }
            Slot::Minutes => {
                let piece = &self.pieces[at];
                let number = piece.figures(2).filter(|&n| piece.word.len() == 2 && n < 60);
                one(number.map(|number| (at + 1, Taken::Minutes(number))))
            }
            Slot::Short => {
                let piece = &self.pieces[at];
                let number = piece.figures(2).filter(|_| piece.word.len() == 2);
                one(number.map(|number| (at + 1, Taken::Short(number as i16))))
            }
            Slot::Year => self.years(at),
            Slot::Day => {
                let mut days: Vec<(usize, Taken)> = Vec::new();
                let figures = self.pieces[at].figures(2).map(|number| (at + 1, number));
                let ordinals = self.ordinals(at).into_iter();
                for (end, number) in ordinals.chain(figures) {
                    if (1..=31).contains(&number) {
                        days.push((end, Taken::Day(number as i8)));
                    }
                }
                days
            }
            Slot::Ordinal => {
                let ordinals = self.ordinals(at).into_iter();
                ordinals.map(|(end, n)| (end, Taken::Sense(Sense::Ordinal(n)))).collect()
            }
            slot => self.senses(at, |sense| is(slot, sense)),
        }
    }

    /// The words and phrases of a class that begin at a place.
    fn senses(&self, at: usize, wanted: impl Fn(Sense) -> bool) -> Vec<(usize, Taken)> {
        let Some(entries) = self.words.senses.get(&*self.pieces[at].word) else {
            return Vec::new();
        };
        let read = |entry: &Entry| {
            let dotted = entry.careful && entry.dotted;
            if !wanted(entry.sense) || entry.careful && !dotted && !self.nominal(at, entry.sense) {
                return None;
            }
            let mut end = at + 1;
            for (gap, word) in &entry.tail {
                end = self.step(at, end, *gap)?;
                end = (self.pieces.get(end)?.word == *word).then_some(end + 1)?;
            }
            let dot = self.pieces.get(end).is_some_and(|p| p.word == "." && p.gap == Gap::None);
            // Without its full stop a short form that is another word too is that other word.
            (!dotted || dot).then_some(())?;
            end += usize::from(entry.dotted && dot);
            Some((end, Taken::Sense(entry.sense)))
        };
        entries.iter().filter_map(read).collect()
    }

    /// Whether the parser takes the word at a place for a noun, a month for a name, and for no part
    /// of a name of another kind.
    fn nominal(&self, at: usize, sense: Sense) -> bool {
        let piece = &self.pieces[at];
        let Some(token) = self.doc.token_at(piece.span.start) else { return false };
        let month = matches!(sense, Sense::Month(_));
        if matches!(sense, Sense::Unit(_)) {
            return token.pos() == Pos::Noun;
        }
        let named = token.pos() == Pos::Propn || !month && token.pos() == Pos::Noun;
        let other = token.entity().is_some_and(|e| !matches!(e.label(), "DATE" | "TIME"));
        named && !other
    }

    fn ordinals(&self, at: usize) -> Vec<(usize, u32)> {
        let mut all: Vec<(usize, u32)> = Vec::new();
        for (end, taken) in self.senses(at, |sense| matches!(sense, Sense::Ordinal(_))) {
            if let Taken::Sense(Sense::Ordinal(number)) = taken {
                all.push((end, number));
            }
        }
        // "21st" in figures, "twenty-first" in words.
        let next = self.pieces.get(at + 1);
        if let (Some(number), Some(next)) = (self.pieces[at].figures(3), next) {
            if next.gap == Gap::None && self.words.suffixes.contains(&*next.word) {
                all.push((at + 2, number));
            }
        } else if let Some(tens) = self.plain(at).filter(|n| *n >= 20 && n % 10 == 0)
            && let Some(place) = self.step(at, at + 1, Gap::Space)
        {
            let ones = |sense| matches!(sense, Sense::Ordinal(1..=9));
            for (end, taken) in self.senses(place, ones) {
                if let Taken::Sense(Sense::Ordinal(ones)) = taken {
                    all.push((end, tens + ones));
                }
            }
        }
        all
    }

    /// The years that may begin at a place: in four figures, or in words.
    fn years(&self, at: usize) -> Vec<(usize, Taken)> {
        let piece = &self.pieces[at];
        if let Some(year) = piece.figures(4).filter(|y| piece.word.len() == 4 && *y >= 1000) {
            return vec![(at + 1, Taken::Year(year as i16))];
        }
        let mut all = Vec::new();
        let next = |at: usize| self.step(at, at + 1, Gap::Space).filter(|&n| n < self.pieces.len());
        if let (Some(century @ 10..=20), Some(place)) = (self.plain(at), next(at))
            && let Some((end, years)) = self.below_hundred(place).filter(|(_, y)| *y >= 10)
        {
            all.push((end, Taken::Year((century * 100 + years) as i16)));
        }
        if let Some((end, Number::Exact(number))) = self.number(at) {
            let spelt = end > at + 1 && piece.figures(4).is_none();
            if spelt && (1000.0..2200.0).contains(&number) && number.fract() == 0.0 {
                all.push((end, Taken::Year(number as i16)));
            }
        }
        all
    }

    /// The number that the one word at a place stands for.
    fn plain(&self, at: usize) -> Option<u32> {
        self.words.senses.get(&*self.pieces.get(at)?.word)?.iter().find_map(|entry| {
            match entry.sense {
                Sense::Number(number) if entry.tail.is_empty() => Some(number),
                _ => None,
            }
        })
    }

    fn below_hundred(&self, at: usize) -> Option<(usize, u32)> {
        let tens = self.plain(at).filter(|number| *number < 100)?;
        let place = self.step(at, at + 1, Gap::Space).filter(|_| tens >= 20 && tens % 10 == 0);
        let ones = place.and_then(|p| Some((p, self.plain(p).filter(|n| (1..10).contains(n))?)));
        Some(ones.map_or((at + 1, tens), |(place, ones)| (place + 1, tens + ones)))
    }

    /// A number in figures or words, or a word for one that is not told.
    fn number(&self, at: usize) -> Option<(usize, Number)> {
        if self.pieces[at].word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.figures(at);
        }
        let phrase = |sense| matches!(sense, Sense::Vague | Sense::Number(_));
        match self.senses(at, phrase).into_iter().max_by_key(end_of) {
            Some((end, Taken::Sense(Sense::Vague))) => Some((end, Number::Vague)),
            Some((end, Taken::Sense(Sense::Number(number)))) if end > at + 1 => {
                Some((end, Number::Exact(f64::from(number))))
            }
            _ => self.spelt(at),
        }
    }

    fn figures(&self, at: usize) -> Option<(usize, Number)> {
        let glued = |place: usize, word: &str| {
            self.pieces.get(place).is_some_and(|p| p.gap == Gap::None && p.word == word)
        };
        let figures = |place: usize, most: usize| self.pieces.get(place)?.figures(most);
        let mut value = f64::from(figures(at, 6)?);
        let mut end = at + 1;
        while glued(end, ",") && self.pieces.get(end + 1).is_some_and(|p| p.word.len() == 3) {
            value = value * 1000.0 + f64::from(figures(end + 1, 3)?);
            end += 2;
            if end > at + WORDS {
                return None;
            }
        }
        if glued(end, ".")
            && self.pieces.get(end + 1).is_some_and(|p| p.gap == Gap::None)
            && let Some(part) = figures(end + 1, 4)
        {
            let places = self.pieces[end + 1].word.len() as i32;
            return Some((end + 2, Number::Exact(value + f64::from(part) / 10f64.powi(places))));
        }
        let fraction = |place: usize| {
            let (up, down) = (figures(place, 2)?, figures(place + 2, 2).filter(|n| *n > 0)?);
            glued(place + 1, "/").then(|| f64::from(up) / f64::from(down))
        };
        if let Some(part) = fraction(end).filter(|part| *part < 1.0) {
            return Some((end + 3, Number::Exact(value + part)));
        }
        Some((end, Number::Exact(value)))
    }

    fn spelt(&self, at: usize) -> Option<(usize, Number)> {
        let (mut total, mut current, mut end) = (0u64, None::<u64>, at);
        for _ in 0..WORDS {
            let place = if end == at { Some(at) } else { self.step(at, end, Gap::Space) };
            let Some(mut place) = place.filter(|&place| place < self.pieces.len()) else { break };
            if current.is_some() && self.words.joints.contains(&*self.pieces[place].word) {
                let hundreds = current.is_some_and(|n| n % 100 == 0);
                match self.step(at, place + 1, Gap::Space) {
                    Some(next) if hundreds && self.plain(next).is_some() => {
                        place = next;
                    }
                    _ => break,
                }
            }
            let sense = |wanted: fn(Sense) -> Option<u32>| {
                let entries = self.words.senses.get(&*self.pieces[place].word)?;
                entries.iter().filter(|e| e.tail.is_empty()).find_map(|e| wanted(e.sense))
            };
            let multiplier = sense(|s| if let Sense::Multiplier(n) = s { Some(n) } else { None });
            if let Some(number) = self.plain(place).map(u64::from) {
                match current {
                    None => current = Some(number),
                    Some(n) if n % 100 == 0 && n > 0 => current = Some(n + number),
                    Some(n) if n % 10 == 0 && n % 100 >= 20 && number < 10 => {
                        current = Some(n + number);
                    }
                    Some(_) => break,
                }
            } else if let Some(multiplier) = multiplier.filter(|_| current.is_some()) {
                let by = u64::from(multiplier);
                if by >= 1000 {
                    total += current.unwrap_or(1).saturating_mul(by);
                    current = Some(0);
                } else {
                    current = current.map(|n| n.saturating_mul(by));
                }
            } else {
                break;
            }
            end = place + 1;
        }
        current.map(|current| (end, Number::Exact(total.saturating_add(current) as f64)))
    }

    /// Whether a bare year stands as years do: after one of the words for it, or in a date.
    pub(crate) fn stands_as_year(&self, found: &Match) -> bool {
        let first = &self.pieces[found.start];
        if first.figures(4).is_some_and(|year| !(1500..=2100).contains(&year)) {
            return false;
        }
        let before = found.start.checked_sub(1).map(|place| &self.pieces[place]);
        if before.is_some_and(|b| first.gap == Gap::None && !matches!(&*b.word, "(" | "-")) {
            return false;
        }
        let after = &self.words.year.after;
        if before.is_some_and(|before| after.contains(&*before.word)) {
            return true;
        }
        let token = self.doc.token_at(first.span.start);
        let label = token.and_then(atalaya_parse::Token::entity).map(atalaya_parse::Entity::label);
        label == Some("DATE")
    }

    /// Whether a match is nothing but four figures.
    pub(crate) fn is_bare_year(&self, found: &Match) -> bool {
        found.end == found.start + 1 && self.pieces[found.start].figures(4).is_some()
    }
}

fn end_of(found: &(usize, Taken)) -> usize {
    found.0
}

fn is(slot: Slot, sense: Sense) -> bool {
    match sense {
        Sense::Month(_) => slot == Slot::Month,
        Sense::Weekday(_) => slot == Slot::Weekday,
        Sense::Weekdays(_) => slot == Slot::Weekdays,
        Sense::Unit(_) => slot == Slot::Unit,
        Sense::Units(_) => slot == Slot::Units,
        Sense::Season(_) => slot == Slot::Season,
        Sense::Holiday(_) => slot == Slot::Holiday,
        Sense::Daypart(_) => slot == Slot::Daypart,
        Sense::Zone => slot == Slot::Zone,
        Sense::Decade(_) => slot == Slot::Decade,
        Sense::Number(_) | Sense::Multiplier(_) | Sense::Vague | Sense::Ordinal(_) => false,
    }
}
