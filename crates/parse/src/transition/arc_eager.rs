//! The arc-eager transition system with sentence breaks: it makes the dependency tree.

use super::moves::{Moves, best};
use super::scorer::{MISSING, Scorer, ScorerScratch};
use super::state::State;
use crate::LoadError;
use crate::archive::Archive;
use crate::labels::{Label, Labels};

const SHIFT: usize = 0;
const REDUCE: usize = 1;
const LEFT: usize = 2;
const RIGHT: usize = 3;
const BREAK: usize = 4;

/// A dependency parser.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer<8>,
    moves: Moves,
}

/// What a thread keeps for parsing.
#[derive(Debug, Default)]
pub(crate) struct ParserScratch {
    pub(crate) state: State,
    scorer: ScorerScratch,
    known: usize,
}

impl Parser {
    /// Takes a parser from an archive, by its name; `inputs` is the width of encoded words.
    pub(crate) fn load(
        archive: &Archive,
        name: &str,
        inputs: usize,
        labels: &mut Labels,
    ) -> Result<Parser, LoadError> {
        let file = format!("{name}/moves");
        let moves = Moves::read(&file, archive.bytes(&file)?, 5, |_, _| true, labels)?;
        if moves.labels.iter().any(|&label| labels.word(label) == "subtok") {
            return Err(LoadError::unsupported(&file, "the label \"subtok\""));
        }
        let scorer = Scorer::load(archive, name, moves.labels.len(), inputs)?;
        Ok(Parser { scorer, moves })
    }

    /// The labels of its moves.
    pub(crate) fn labels(&self) -> &[Label] {
        &self.moves.labels
    }

    /// Starts a document of some tokens.
    pub(crate) fn start(&self, length: usize, scratch: &mut ParserScratch) {
        scratch.state.start(length);
        scratch.scorer.start();
        scratch.known = 0;
    }

    /// Parses on, given the encoded rows of the document's next tokens, at most 256.
    pub(crate) fn parse(
        &self,
        rows: &[f32],
        count: usize,
        length: usize,
        scratch: &mut ParserScratch,
    ) {
        let ParserScratch { state, scorer, known } = scratch;
        self.scorer.add(rows, state.first_needed().min(*known), scorer);
        *known += count;
        // Two words of the buffer are looked at, and none is there to wait for at the end.
        while !state.is_final() && (state.next() + 1 < *known || *known == length) {
            let features = [
                state.buffer(0),
                state.buffer(1),
                state.stack(0),
                state.stack(1),
                state.stack(2),
                state.last_left(state.buffer(0)),
                state.last_left(state.stack(0)),
                state.last_right(state.stack(0)),
            ];
            let scores = self.scorer.scores(features, scorer);
            match self.choose(state, scores) {
                Some(index) => self.apply(index, state),
                None => state.abandon(),
            }
        }
    }

    fn choose(&self, state: &State, scores: &[f32]) -> Option<usize> {
        let (stack, buffer) = (state.stack(0), state.buffer(0));
        let next_starts = state.starts_sentence(buffer);
        let shift = buffer != MISSING
            && (stack == MISSING
                || state.buffer_has(2) && !next_starts && !state.is_unshiftable(buffer));
        let arcs = stack != MISSING && buffer != MISSING && !next_starts;
        let second = state.buffer(1);
        let breaks = second != MISSING && second == buffer + 1 && !state.starts_sentence(second);
        let allowed = [shift, stack != MISSING, arcs, arcs, breaks];
        let ranges = allowed.into_iter().enumerate().filter(|(_, allowed)| *allowed);
        best(scores, ranges.map(|(action, _)| self.moves.of(action)))
    }

    fn apply(&self, index: usize, state: &mut State) {
        let (stack, buffer) = (state.stack(0), state.buffer(0));
        let label = self.moves.labels[index];
        match self.moves.action(index) {
            SHIFT => state.push(),
            REDUCE if state.has_head(stack) || state.depth() == 1 => state.pop(),
            REDUCE => state.unshift(),
            LEFT => {
                state.attach(stack, buffer, label);
                state.make_shiftable(buffer);
                state.pop();
            }
            RIGHT => {
                state.attach(buffer, stack, label);
                state.push();
            }
            BREAK => state.break_before(state.buffer(1)),
            _ => unreachable!("there are five actions"),
        }
    }
}
