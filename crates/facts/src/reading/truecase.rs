//! The usual case of words that stand in capitals: what the rest of the report, the word list and
//! the gazetteer tell of it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use atalaya_read::{BlockKind, Report};
use serde::Deserialize;

use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::pack::{self, Files, Pack, Problem};

/// A text is in capitals where they are more than this share of its letters.
const MOSTLY: f64 = 0.65;
/// No word of a language is longer, in bytes.
const LONGEST: usize = 40;
/// How far from a month its day or year is looked for, in characters.
const NEAR: usize = 4;
/// The most words of a place's name that is looked for.
const LONGEST_NAME: usize = 5;
/// The most words of a body's name before its acronym.
const LONGEST_BODY: usize = 9;
/// The most letters of an acronym in brackets.
const LONGEST_ACRONYM: usize = 8;

/// A language's words by their usual case, in small letters.
#[derive(Debug, Default)]
pub struct Words {
    /// Words written small.
    small: HashSet<String>,
    /// What may be added to such a word, and what then gives way to it: "ies" for "y".
    endings: Vec<(String, String)>,
    /// Words written with a capital, whatever else they may be.
    names: HashSet<String>,
    /// Names beside a number only: months.
    dated: HashSet<String>,
    /// Titles, which have a capital before a name.
    titles: HashSet<String>,
    /// Words that are small inside a name.
    joints: HashSet<String>,
    /// Words that a body's name starts after.
    articles: HashSet<String>,
    /// What has a full stop without ending a sentence.
    abbreviations: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    endings: Vec<(String, String)>,
    names: Vec<String>,
    dated: Vec<String>,
    titles: Vec<String>,
    joints: Vec<String>,
    articles: Vec<String>,
    abbreviations: Vec<String>,
    words: String,
}

impl Words {
    /// Reads every `case/xx.toml`, and adds to the problems what is wrong with them.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files {
            if !path.starts_with("case/") || !path.ends_with(".toml") {
                continue;
            }
            let Some(file) = pack::read::<File>(path, text, problems) else { continue };
            words.endings.extend(file.endings);
            words.names.extend(file.names);
            words.dated.extend(file.dated);
            words.titles.extend(file.titles);
            words.joints.extend(file.joints);
            words.articles.extend(file.articles);
            words.abbreviations.extend(file.abbreviations);
            words.small.extend(file.words.split_whitespace().map(str::to_owned));
        }
        words
    }

    /// Whether a word is listed as small, or made of one that is.
    pub(crate) fn is_small(&self, word: &str) -> bool {
        let listed = |word: &str| self.small.contains(word);
        let made = |(ending, instead): &(String, String)| {
            let Some(stem) = word.strip_suffix(ending.as_str()) else { return false };
            let single = |last: char| {
                let single = stem.strip_suffix(last)?;
                single.ends_with(last).then_some(single)
            };
            let single = stem.chars().next_back().and_then(single);
            stem.len() >= 3
                && (listed(&format!("{stem}{instead}"))
                    || single.is_some_and(|single| single.len() > 2 && listed(single)))
        };
        listed(word) || self.endings.iter().any(made)
    }

    /// Whether a word is small both inside names and elsewhere: "of", not "la".
    fn is_link(&self, word: &str) -> bool {
        self.joints.contains(word) && self.small.contains(word)
    }
}

/// What is known of the usual case of one report's words.
pub(super) struct Case<'a> {
    words: &'a Words,
    ordinary: &'a Pack,
    gazetteer: &'a Gazetteer,
    own: HashMap<String, Own>,
    /// What stands alone in brackets somewhere and is no word.
    acronyms: HashSet<String>,
}

/// How the rest of the report writes a word where no sentence starts.
#[derive(Default)]
struct Own {
    small: u32,
    big: u32,
    form: String,
}

impl<'a> Case<'a> {
    /// Learns from the report's prose; where no block is in capitals there is nothing to learn for.
    pub(super) fn of(pack: &'a Pack, gazetteer: &'a Gazetteer, report: &Report) -> Case<'a> {
        let (own, acronyms) = (HashMap::new(), HashSet::new());
        let mut case = Case { words: &pack.case, ordinary: pack, gazetteer, own, acronyms };
        let story = report.blocks.iter().filter(|block| block.kind.is_story());
        let texts = || story.clone().map(|block| (block.kind, &report.text[block.span.clone()]));
        for (_, text) in texts().filter(|(_, text)| shouted(text)) {
            let found = pieces(text).into_iter().filter(|piece| case.is_acronym(text, piece));
            let found: Vec<String> = found.map(|piece| piece.small).collect();
            case.acronyms.extend(found);
        }
        if texts().any(|(_, text)| shouted(text)) {
            let prose = [BlockKind::Paragraph, BlockKind::ListItem, BlockKind::Quotation];
            texts()
                .filter(|(kind, text)| prose.contains(kind) && !shouted(text))
                .for_each(|(_, text)| case.learn(text));
        }
        case
    }

    fn learn(&mut self, text: &str) {
        let pieces = pieces(text);
        let big = |piece: &Piece| piece.text(text).starts_with(char::is_uppercase);
        // Where most words have a capital, capitals tell nothing.
        if pieces.iter().filter(|piece| big(piece)).count() * 2 > pieces.len() {
            return;
        }
        for (at, piece) in pieces.iter().enumerate() {
            if self.starts_sentence(text, &pieces, at) {
                continue;
            }
            let own = self.own.entry(piece.small.clone()).or_default();
            if big(piece) {
                own.big += 1;
                own.form = piece.text(text).to_owned();
            } else {
                own.small += 1;
            }
        }
    }

    /// The text in its usual case, character for character: itself if it is not in capitals.
    pub(super) fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !shouted(text) {
            return Cow::Borrowed(text);
        }
        let pieces = pieces(text);
        let named = self.named(text, &pieces);
        let mut restored = String::with_capacity(text.len());
        let mut done = 0;
        let mut after_name = false;
        for (at, piece) in pieces.iter().enumerate() {
            restored.push_str(&text[done..piece.span.start]);
            let mut form = self.form(text, &pieces, at, named[at], after_name);
            if form == Form::Small && self.is_title(text, &pieces, &named, at) {
                form = Form::Capital;
            }
            let joint =
                self.words.joints.contains(&piece.small) && !self.words.is_link(&piece.small);
            after_name = (form != Form::Small || after_name && joint) && spaced(text, &pieces, at);
            if form == Form::Small && self.starts_sentence(text, &pieces, at) {
                form = Form::Capital;
            }
            form.write(piece.text(text), &mut restored);
            done = piece.span.end;
        }
        restored.push_str(&text[done..]);
        Cow::Owned(restored)
    }

    /// Which pieces are words of a name: a place's, or a body's whose acronym follows in brackets.
    fn named(&self, text: &str, pieces: &[Piece]) -> Vec<Option<Form>> {
        let mut named = vec![None; pieces.len()];
        let mut at = 0;
        while at < pieces.len() {
            let length = self.place(text, pieces, at);
            self.name(pieces, at..at + length, &mut named);
            at += length.max(1);
        }
        for at in 0..pieces.len() {
            if self.is_acronym(text, &pieces[at]) {
                let body = self.body(text, pieces, at);
                self.name(pieces, body, &mut named);
            }
            let spelt = self.spelt_out(text, pieces, at);
            self.name(pieces, spelt, &mut named);
        }
        for (piece, form) in pieces.iter().zip(&mut named) {
            if self.acronyms.contains(&piece.small) {
                *form = Some(Form::Big);
            }
        }
        named
    }

    fn name(&self, pieces: &[Piece], name: Range<usize>, named: &mut [Option<Form>]) {
        for at in name.clone() {
            let joint = at > name.start && self.words.joints.contains(&pieces[at].small);
            named[at] = Some(if joint { Form::Small } else { Form::Capital });
        }
    }

    /// How many pieces from one on are a place's name that the word list alone would miss.
    fn place(&self, text: &str, pieces: &[Piece], at: usize) -> usize {
        let together = (at..pieces.len().min(at + LONGEST_NAME) - 1)
            .take_while(|&at| spaced(text, pieces, at) && pieces[at].span.len() <= LONGEST);
        let most = together.count() + 1;
        let is_name = |&length: &usize| {
            let words = &pieces[at..at + length];
            let name = &text[words[0].span.start..words[length - 1].span.end];
            let small = words.iter().all(|piece| self.words.is_small(&piece.small));
            let wide = [PlaceKind::Country, PlaceKind::Region1, PlaceKind::Region, PlaceKind::Sea];
            let borne = |(row, how)| {
                let kind = self.gazetteer.entry(row).kind;
                // Names of small words only are many hamlets' by chance, and one small word is a
                // country's at most.
                how != NameKind::Abbreviation
                    && (!small || wide.contains(&kind))
                    && (!small
                        || length > 1
                        || name.len() > 3 && kind == PlaceKind::Country && how == NameKind::Main)
            };
            let ends_small = [0, length - 1].iter().any(|&at| self.words.is_link(&words[at].small));
            name.len() <= LONGEST
                && !ends_small
                && !self.ordinary.places.is_ordinary(name)
                && self.gazetteer.find(name).any(borne)
        };
        (1..=most).rev().find(is_name).unwrap_or(0)
    }

    /// Whether a piece stands alone in brackets and is no word.
    fn is_acronym(&self, text: &str, piece: &Piece) -> bool {
        let letters = piece.small.chars().count();
        text[..piece.span.start].ends_with(['(', '['])
            && text[piece.span.end..].starts_with([')', ']'])
            && (2..=LONGEST_ACRONYM).contains(&letters)
            && !self.words.is_small(&piece.small)
            && (letters < 5 || self.gazetteer.find(&piece.small).len() == 0)
    }

    /// The pieces of the name that an acronym in brackets stands for: those after the last article.
    fn body(&self, text: &str, pieces: &[Piece], acronym: usize) -> Range<usize> {
        let first = acronym.saturating_sub(LONGEST_BODY);
        for at in (first..acronym).rev() {
            let gap = &text[pieces[at].span.end..pieces[at + 1].span.start];
            if gap.contains([',', '.', ';', ':', ')', ']']) {
                break;
            }
            if self.words.articles.contains(&pieces[at].small) {
                return at + 1..acronym;
            }
        }
        acronym..acronym
    }

    /// The pieces in brackets after an acronym that spell it out.
    fn spelt_out(&self, text: &str, pieces: &[Piece], acronym: usize) -> Range<usize> {
        let first = acronym + 1;
        let gap = |at: usize| {
            let end = pieces.get(at).map_or(text.len(), |next| next.span.start);
            &text[pieces[at - 1].span.end..end]
        };
        let small = &pieces[acronym].small;
        let known = self.acronyms.contains(small) || !vowelled(small) && small.len() > 1;
        if !known || self.words.is_small(small) || ![" (", " ["].contains(&gap(first)) {
            return first..first;
        }
        let ends = |&at: &usize| gap(at).contains([')', ']', ',', ';', '.']);
        let last = (first + 1..=pieces.len()).take(LONGEST_BODY).find(ends);
        last.filter(|&last| last > first + 1).map_or(first..first, |last| first..last)
    }

    fn form(
        &self,
        text: &str,
        pieces: &[Piece],
        at: usize,
        named: Option<Form>,
        after_name: bool,
    ) -> Form {
        let piece = &pieces[at];
        let (before, after) = (&text[..piece.span.start], &text[piece.span.end..]);
        let small = piece.small.as_str();
        let letters = small.chars().count();
        // "3D", "1980'S"; "M16", "OS-7".
        if ends_with_digit(before.trim_end_matches(['\'', '’'])) {
            return Form::Small;
        }
        let coded = if letters < 4 { after.strip_prefix('-') } else { None };
        if starts_with_digit(after) || coded.is_some_and(starts_with_digit) {
            return Form::Big;
        }
        let clitic = before.ends_with(['\'', '’']) && at > 0 && pieces[at - 1].small.len() > 1;
        if clitic && letters <= 2 && pieces[at - 1].span.end + 4 > piece.span.start {
            return Form::Small;
        }
        if letters == 1 {
            let word = self.words.is_small(small) && !after.starts_with(['.', '-', '\'', '’']);
            return if word { Form::Small } else { Form::Big };
        }
        if let Some(own) = self.own.get(small) {
            return own.form(letters);
        }
        if after_name && self.words.joints.contains(small) {
            return Form::Small;
        }
        if let Some(form) = named {
            return form;
        }
        let dated = self.words.dated.contains(small) && beside_number(before, after);
        if dated || self.words.names.contains(small) {
            return Form::Capital;
        }
        if self.words.is_small(small) {
            return Form::Small;
        }
        if self.words.abbreviations.contains(small) {
            return Form::Capital;
        }
        let numeral = small.chars().all(|c| "ivx".contains(c));
        if numeral || !vowelled(small) || letters <= 3 && !self.words.joints.contains(small) {
            return Form::Big;
        }
        Form::Capital
    }

    /// Whether a piece is a title and a name follows.
    fn is_title(&self, text: &str, pieces: &[Piece], named: &[Option<Form>], at: usize) -> bool {
        self.words.titles.contains(&pieces[at].small)
            && at + 1 < pieces.len()
            && text[pieces[at].span.end..pieces[at + 1].span.start].trim_start_matches('.') == " "
            && (self.words.titles.contains(&pieces[at + 1].small)
                || self.form(text, pieces, at + 1, named[at + 1], false) != Form::Small)
    }

    fn starts_sentence(&self, text: &str, pieces: &[Piece], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| &pieces[before]) else { return true };
        let gap = &text[before.span.end..pieces[at].span.start];
        let stops = gap.starts_with('.')
            && (before.small.len() == 1 || self.words.abbreviations.contains(&before.small));
        // A stop, and not the point of a number.
        let ends = |(at, _): (usize, &str)| !starts_with_digit(&gap[at + 1..]);
        gap.match_indices(['.', '!', '?']).any(ends) && !stops && gap.contains(char::is_whitespace)
    }
}

impl Own {
    fn form(&self, letters: usize) -> Form {
        let big = self.form.chars().filter(|c| c.is_uppercase()).count();
        match self.big > self.small {
            true if big == letters => Form::Big,
            true => Form::Capital,
            false => Form::Small,
        }
    }
}

/// Whether a word can be spoken: none can without a vowel.
fn vowelled(small: &str) -> bool {
    small.chars().any(|c| !c.is_ascii_alphabetic() || "aeiouy".contains(c))
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Small,
    Capital,
    Big,
}

impl Form {
    fn write(self, word: &str, to: &mut String) {
        for (at, character) in word.chars().enumerate() {
            let keep = self == Form::Big || self == Form::Capital && at == 0;
            to.push(if keep { character } else { small(character) });
        }
    }
}

/// A run of letters.
struct Piece {
    span: Range<usize>,
    /// In small letters.
    small: String,
}

impl Piece {
    fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.clone()]
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let end = at + character.len_utf8();
        match pieces.last_mut() {
            Some(piece) if piece.span.end == at => {
                piece.span.end = end;
                piece.small.push(small(character));
            }
            _ => pieces.push(Piece { span: at..end, small: small(character).into() }),
        }
    }
    pieces
}

/// A letter's small form, if that is one letter too.
fn small(character: char) -> char {
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

/// Whether nothing but space stands between a piece and the next.
fn spaced(text: &str, pieces: &[Piece], at: usize) -> bool {
    let next = pieces.get(at + 1);
    next.is_some_and(|next| {
        let gap = &text[pieces[at].span.end..next.span.start];
        gap.len() < 8 && gap.chars().all(char::is_whitespace)
    })
}

fn beside_number(before: &str, after: &str) -> bool {
    let near = |c: char| c.is_whitespace() || c == ',';
    // Only a little of what stands there is looked at, so that no text is read ever again.
    let before = before.chars().rev().take(NEAR).find(|&c| !near(c));
    let after = after.chars().take(NEAR).find(|&c| !near(c));
    [before, after].into_iter().flatten().any(|c| c.is_ascii_digit())
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text of more than one word is in capitals.
fn shouted(text: &str) -> bool {
    let (big, small) = text.chars().fold((0, 0), |(big, small), c| {
        (big + usize::from(c.is_uppercase()), small + usize::from(c.is_lowercase()))
    });
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    big as f64 > MOSTLY * (big + small) as f64 && words.take(2).count() == 2
}
