//! The BILUO transition system: it finds entities, token by token.

use std::ops::Range;

use super::moves::{Moves, best};
use super::scorer::{MISSING, Scorer, ScorerScratch};
use crate::LoadError;
use crate::archive::Archive;
use crate::doc::{EntityRow, Row};
use crate::labels::{Label, Labels};

const BEGIN: usize = 1;
const IN: usize = 2;
const LAST: usize = 3;
const UNIT: usize = 4;
const OUT: usize = 5;

/// An entity recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: Scorer<3>,
    moves: Moves,
    /// The moves that begin an entity of a kind.
    begin: Vec<Range<usize>>,
    /// The moves that make an entity of one token.
    unit: Vec<Range<usize>>,
    /// For each label, its moves that go on with an entity: inside and last.
    inside: Vec<(Label, usize, usize)>,
}

/// What a thread keeps for recognising entities.
#[derive(Debug, Default)]
pub(crate) struct RecogniserScratch {
    scorer: ScorerScratch,
    next: usize,
    open: Option<(u32, Label)>,
}

impl Recogniser {
    /// Takes a recogniser from an archive, by its name; `inputs` is the width of encoded words.
    pub(crate) fn load(
        archive: &Archive,
        name: &str,
        inputs: usize,
        labels: &mut Labels,
    ) -> Result<Recogniser, LoadError> {
        let file = format!("{name}/moves");
        let keep = |action: usize, label: &str| action != OUT || label.is_empty();
        let moves = Moves::read(&file, archive.bytes(&file)?, 6, keep, labels)?;
        let scorer = Scorer::load(archive, name, moves.labels.len(), inputs)?;
        let inside = moves.of(BEGIN).map(|index| {
            let label = moves.labels[index];
            let find = |action| moves.of(action).find(|&index| moves.labels[index] == label);
            let none = moves.labels.len();
            (label, find(IN).unwrap_or(none), find(LAST).unwrap_or(none))
        });
        let inside = inside.collect();
        // The empty label stands among the others, but never names an entity.
        let named = |action| {
            let range = moves.of(action);
            let empty = range.clone().find(|&index| moves.labels[index] == Label::EMPTY);
            empty.map_or(vec![range.clone()], |at| vec![range.start..at, at + 1..range.end])
        };
        let (begin, unit) = (named(BEGIN), named(UNIT));
        Ok(Recogniser { scorer, moves, begin, unit, inside })
    }

    /// Starts a document.
    pub(crate) fn start(&self, scratch: &mut RecogniserScratch) {
        scratch.scorer.start();
        (scratch.next, scratch.open) = (0, None);
    }

    /// Goes on, given the encoded rows of the document's next tokens, at most 256.
    pub(crate) fn recognise(
        &self,
        rows: &[f32],
        count: usize,
        tokens: &[Row],
        entities: &mut Vec<EntityRow>,
        scratch: &mut RecogniserScratch,
    ) {
        let RecogniserScratch { scorer, next, open } = scratch;
        let keep = open.map_or(next.saturating_sub(1), |(start, _)| start as usize);
        self.scorer.add(rows, keep, scorer);
        let end = *next + count;
        while *next < end {
            let token = *next as u32;
            let (start, before) = open.map_or((MISSING, MISSING), |(start, _)| (start, token - 1));
            let scores = self.scorer.scores([token, start, before], scorer);
            let Some(index) = self.choose(*open, *next, tokens, scores) else {
                // No move is possible, so the rest of the document has no entities.
                *next = end;
                *open = None;
                break;
            };
            let label = self.moves.labels[index];
            match self.moves.action(index) {
                BEGIN => *open = Some((token, label)),
                LAST => {
                    if let Some((start, label)) = open.take() {
                        entities.push(EntityRow { start, end: token + 1, label });
                    }
                }
                UNIT => entities.push(EntityRow { start: token, end: token + 1, label }),
                _ => {}
            }
            *next += 1;
        }
    }

    fn choose(
        &self,
        open: Option<(u32, Label)>,
        token: usize,
        tokens: &[Row],
        scores: &[f32],
    ) -> Option<usize> {
        let ends = tokens.get(token + 1).is_none_or(|next| next.sentence_start);
        if let Some((_, label)) = open {
            let (_, inside, last) = *self.inside.iter().find(|(known, _, _)| *known == label)?;
            let inside = if ends { 0..0 } else { inside..inside + 1 };
            let ranges = [inside, last..last + 1];
            return best(scores, ranges.into_iter().filter(|range| range.end <= scores.len()));
        }
        let white = tokens[token].is_space;
        let begin = if ends || white { &[][..] } else { &self.begin };
        let unit = if white { &[][..] } else { &self.unit };
        let out = std::iter::once(self.moves.of(OUT));
        best(scores, begin.iter().chain(unit).cloned().chain(out))
    }
}
