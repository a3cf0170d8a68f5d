//! Patterns of words and slots, as pack files write them, compiled into one tree of choices.
//!
//! `(a|b)` is a choice, `[a]` may be left out, `{slot}` takes what the slot's class reads. A space
//! stands for a space or a hyphen; what is written together must stand together.

use std::collections::HashMap;

use super::lex::{self, Gap};
use crate::lookup::Quick;

/// What a place in a pattern takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Element {
    Word(String),
    Slot(Slot),
}

/// The classes of words, and the readings of patterns, that may stand in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Slot {
    /// A number in figures or words.
    N,
    /// A number of one or two figures.
    Figures,
    /// Two figures: minutes.
    Minutes,
    Ordinal,
    /// A day of the month, in figures or as an ordinal.
    Day,
    Month,
    Weekday,
    /// Weekdays in the plural: "Mondays".
    Weekdays,
    Year,
    /// The last two figures of a year.
    Short,
    Decade,
    Unit,
    /// A unit in the plural.
    Units,
    Season,
    Holiday,
    Daypart,
    Zone,
    Amount,
    Clock,
    Point,
    Period,
}

/// A tree of choices: what may come next, and which pattern ends here.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
pub(crate) struct Node {
    /// The next nodes after a word that stands close, and after one that stands apart.
    pub(crate) words: HashMap<String, [Option<usize>; 2], Quick>,
    pub(crate) slots: Vec<(Gap, Slot, usize)>,
    /// The pattern that ends here.
    pub(crate) pattern: Option<usize>,
}

impl Tree {
    /// Node 0 is where every pattern begins.
    pub(crate) fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// Adds a form; the earlier pattern keeps a form that two of them share.
    pub(crate) fn add(&mut self, form: &[(Gap, Element)], pattern: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for (place, (gap, element)) in form.iter().enumerate() {
            let gap = if place == 0 { Gap::Space } else { *gap };
            let fresh = self.nodes.len();
            let node = &mut self.nodes[at];
            at = match element {
                Element::Word(word) => {
                    let next = node.words.entry(word.clone()).or_default();
                    *next[usize::from(gap == Gap::Space)].get_or_insert(fresh)
                }
                Element::Slot(slot) => {
                    let known = node.slots.iter().find(|(g, s, _)| (g, s) == (&gap, slot));
                    let known = known.map(|known| known.2);
                    if known.is_none() {
                        node.slots.push((gap, *slot, fresh));
                    }
                    known.unwrap_or(fresh)
                }
            };
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        self.nodes[at].pattern.get_or_insert(pattern);
    }
}

/// The most sequences that one form may stand for.
const MOST: usize = 4096;

/// All the plain sequences that a form stands for.
///
/// # Errors
/// What is wrong with the form, in words.
pub(crate) fn expand(form: &str) -> Result<Sequences, String> {
    let mut rest = form;
    let sequences = choices(&mut rest, 0)?;
    if !rest.is_empty() {
        return Err(format!("`{rest}` is left over"));
    }
    if sequences.iter().any(Vec::is_empty) {
        return Err("all of it may be left out".to_owned());
    }
    Ok(sequences)
}

type Sequence = Vec<(Gap, Element)>;
type Sequences = Vec<Sequence>;

fn choices(rest: &mut &str, depth: usize) -> Result<Sequences, String> {
    if depth > 8 {
        return Err("nested too deep".to_owned());
    }
    let mut all = sequence(rest, depth)?;
    while let Some(after) = rest.strip_prefix('|') {
        *rest = after;
        all.extend(sequence(rest, depth)?);
    }
    Ok(all)
}

fn sequence(rest: &mut &str, depth: usize) -> Result<Sequences, String> {
    let mut all: Sequences = vec![Vec::new()];
    let mut gap = Gap::None;
    while let Some(char) = rest.chars().next() {
        let next: Sequences = match char {
            '|' | ')' | ']' => break,
            ' ' => {
                *rest = &rest[1..];
                gap = Gap::Space;
                continue;
            }
            '(' | '[' => {
                *rest = &rest[1..];
                let mut inner = choices(rest, depth + 1)?;
                let close = if char == '(' { ')' } else { ']' };
                *rest = rest.strip_prefix(close).ok_or(format!("`{close}` is missing"))?;
                if char == '[' {
                    inner.push(Vec::new());
                }
                inner
            }
            '{' => vec![vec![(Gap::None, slot(rest)?)]],
            _ => {
                let end = rest.find(['|', '(', ')', '[', ']', '{', ' ']).unwrap_or(rest.len());
                let (words, after) = rest.split_at(end);
                *rest = after;
                let element =
                    |piece: lex::Piece<'_>| (Gap::None, Element::Word(piece.word.into_owned()));
                vec![lex::pieces(words).into_iter().map(element).collect()]
            }
        };
        all = joined(&all, &next, gap)?;
        // What may be left out leaves its space to what follows.
        if !next.iter().any(Vec::is_empty) {
            gap = Gap::None;
        }
    }
    Ok(all)
}

fn joined(heads: &Sequences, tails: &Sequences, gap: Gap) -> Result<Sequences, String> {
    if heads.len() * tails.len() > MOST {
        return Err(format!("stands for more than {MOST} sequences"));
    }
    let join = |(head, tail): (&Sequence, &Sequence)| {
        let mut whole = head.clone();
        let start = whole.len();
        whole.extend(tail.iter().cloned());
        if let Some(first) = whole.get_mut(start).filter(|_| gap == Gap::Space) {
            first.0 = gap;
        }
        whole
    };
    let pairs = heads.iter().flat_map(|head| tails.iter().map(move |tail| (head, tail)));
    Ok(pairs.map(join).collect())
}

fn slot(rest: &mut &str) -> Result<Element, String> {
    let end = rest.find('}').ok_or("`}` is missing")?;
    let name = &rest[1..end];
    *rest = &rest[end + 1..];
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
    let slot = serde::Deserialize::deserialize(name).map_err(|error| error.to_string())?;
    Ok(Element::Slot(slot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(form: &str) -> Vec<String> {
        let show = |sequence: Vec<(Gap, Element)>| {
            let mut shown = String::new();
            for (gap, element) in sequence {
                if gap != Gap::None && !shown.is_empty() {
                    shown.push(' ');
                }
                match element {
                    Element::Word(word) => shown += &word,
                    Element::Slot(slot) => shown += &format!("<{slot:?}>"),
                }
            }
            shown
        };
        expand(form).unwrap().into_iter().map(show).collect()
    }

    #[test]
    fn forms_stand_for_sequences() {
        assert_eq!(
            shown("[the] (last|past) {n}"),
            ["the last <N>", "the past <N>", "last <N>", "past <N>"]
        );
        assert_eq!(
            shown("{month} {day}[,] {year}"),
            ["<Month> <Day>, <Year>", "<Month> <Day> <Year>"]
        );
        assert_eq!(shown("mid-{month}"), ["mid-<Month>"]);
        assert_eq!(shown("p.m."), ["p.m."]);
    }

    #[test]
    fn mistakes_are_told() {
        for form in ["(a", "[a]", "{nothing}", "a)", "{n", "((((((((((a))))))))))"] {
            assert!(expand(form).is_err(), "{form}");
        }
    }
}
