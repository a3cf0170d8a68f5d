//! Scores the moves from a state: a hidden layer over the state's tokens, then one over the moves.

use crate::LoadError;
use crate::archive::Archive;
use crate::layers::gemm::{Level, Matrix, wide};

/// The size of the hidden layer.
const HIDDEN: usize = 64;

/// The hidden layer is a maxout of two pieces; this is the size of both.
const PIECES: usize = 2 * HIDDEN;

/// Panels of the lower matrix for one feature.
const PANELS: usize = PIECES / 64;

/// How many tokens' products are kept ready for each document.
const WINDOW: usize = 256;

/// Stands for a feature's token that is missing.
pub(crate) const MISSING: u32 = u32::MAX;

/// The scoring network of a parser (8 features) or entity recogniser (3).
#[derive(Debug)]
pub(crate) struct Scorer<const FEATURES: usize> {
    projection: Matrix,
    /// For each feature 128 outputs: the first piece of all hidden units, then the second.
    lower: Matrix,
    bias: [f32; PIECES],
    /// For each feature what a missing token contributes.
    padding: Vec<f32>,
    upper: Matrix,
}

/// What a thread keeps of the tokens it may need while it parses a document.
#[derive(Debug, Default)]
pub(crate) struct ScorerScratch {
    /// The first token of which the projection is kept.
    base: usize,
    /// The projections of the tokens from `base` on.
    projected: Vec<f32>,
    /// Products of the last [`WINDOW`] tokens with the lower matrix; token `i` at `i % WINDOW`.
    products: Vec<f32>,
    scores: Vec<f32>,
    /// For each feature, room for the products of a token from before the window.
    older: Vec<f32>,
}

impl ScorerScratch {
    /// Starts a document.
    pub(crate) fn start(&mut self) {
        self.base = 0;
        self.projected.clear();
    }

    /// The number of tokens that have been added.
    fn end(&self) -> usize {
        self.base + self.projected.len() / HIDDEN
    }
}

impl<const FEATURES: usize> Scorer<FEATURES> {
    /// Takes the network from an archive, by its component's name; `moves` and `inputs` are what it
    /// has to fit.
    pub(crate) fn load(
        archive: &Archive,
        name: &str,
        moves: usize,
        inputs: usize,
    ) -> Result<Scorer<FEATURES>, LoadError> {
        let lower = format!("{name}/lower/W");
        let [features, hidden, pieces, depth] = archive.shape(&lower, 4)?;
        if [features, hidden, pieces, depth] != [FEATURES, HIDDEN, 2, HIDDEN] {
            let what = format!("a hidden layer of {features} × {hidden} × {pieces} × {depth}");
            return Err(LoadError::unsupported(&lower, what));
        }
        let weights = archive.floats(&lower, [FEATURES, HIDDEN, 2, HIDDEN])?;
        let bias = archive.floats(&format!("{name}/lower/b"), [HIDDEN, 2])?;
        let padding = archive.floats(&format!("{name}/lower/pad"), [1, FEATURES, HIDDEN, 2])?;
        let array = |layer: &str, rows: usize, columns: usize| {
            let weights = archive.floats(&format!("{name}/{layer}/W"), [rows, columns])?;
            let bias = archive.floats(&format!("{name}/{layer}/b"), [rows])?;
            Ok::<_, LoadError>((weights, bias))
        };
        let (projection, projection_bias) = array("projection", HIDDEN, inputs)?;
        let (upper, upper_bias) = array("upper", moves, HIDDEN)?;
        let weights = by_piece(&weights, HIDDEN);
        Ok(Scorer {
            projection: Matrix::linear(&projection, &projection_bias, inputs),
            lower: Matrix::linear(&weights, &vec![0.0; FEATURES * PIECES], HIDDEN),
            bias: *by_piece(&bias, 1).first_chunk().expect("the shape was checked"),
            padding: by_piece(&padding, 1),
            upper: Matrix::linear(&upper, &upper_bias, HIDDEN),
        })
    }

    /// Makes more tokens of the document known, by their encoded rows. Those known before may be
    /// forgotten up to `keep`.
    pub(crate) fn add(&self, rows: &[f32], keep: usize, scratch: &mut ScorerScratch) {
        scratch.projected.drain(..(keep - scratch.base) * HIDDEN);
        scratch.base = keep;
        let (first, start) = (scratch.end(), scratch.projected.len());
        let count = rows.len() / self.projection.inputs();
        assert!(count <= WINDOW, "a block of {count} rows");
        scratch.projected.resize(start + count * HIDDEN, 0.0);
        let added = &mut scratch.projected[start..];
        self.projection.apply(rows, self.projection.inputs(), count, added, HIDDEN);
        let width = FEATURES * PIECES;
        scratch.products.resize(WINDOW * width, 0.0);
        let place = first % WINDOW;
        let before = count.min(WINDOW - place);
        let products = &mut scratch.products[place * width..];
        self.lower.apply(added, HIDDEN, before, products, width);
        let rest = &added[before * HIDDEN..];
        self.lower.apply(rest, HIDDEN, count - before, &mut scratch.products, width);
    }

    /// The scores of all moves from a state with these tokens as its features.
    pub(crate) fn scores<'s>(
        &self,
        features: [u32; FEATURES],
        scratch: &'s mut ScorerScratch,
    ) -> &'s [f32] {
        let end = scratch.end();
        for (feature, token) in features.into_iter().enumerate() {
            if token != MISSING && token as usize + WINDOW < end {
                self.older(token as usize, feature, scratch);
            }
        }
        let ScorerScratch { products, older, .. } = &*scratch;
        let terms: [&[f32; PIECES]; FEATURES] = std::array::from_fn(|feature| {
            let (array, place) = match features[feature] {
                MISSING => (&self.padding, feature),
                token if token as usize + WINDOW < end => (older, feature),
                token => (products, token as usize % WINDOW * FEATURES + feature),
            };
            &array.as_chunks().0[place]
        });
        let hidden = wide(
            #[inline(always)]
            || hidden(&terms, &self.bias),
        );
        let width = self.upper.padded();
        scratch.scores.resize(width, 0.0);
        self.upper.apply(&hidden, HIDDEN, 1, &mut scratch.scores, width);
        &scratch.scores[..self.upper.outputs()]
    }

    /// Works out again what a token from before the window contributes to a feature.
    fn older(&self, token: usize, feature: usize, scratch: &mut ScorerScratch) {
        let ScorerScratch { base, projected, older, .. } = scratch;
        older.resize(FEATURES * PIECES, 0.0);
        let row = &projected[(token - *base) * HIDDEN..][..HIDDEN];
        let panels = feature * PANELS..(feature + 1) * PANELS;
        let out = &mut older[feature * PIECES..][..PIECES];
        self.lower.apply_panels(Level::best(), panels, row, HIDDEN, 1, out, PIECES);
    }
}

/// The hidden layer: the features' terms and then the bias are added, the greater piece is kept.
#[inline(always)]
fn hidden(terms: &[&[f32; PIECES]], bias: &[f32; PIECES]) -> [f32; HIDDEN] {
    let mut sums = [0.0f32; PIECES];
    for term in terms {
        for (sum, x) in sums.iter_mut().zip(*term) {
            *sum += x;
        }
    }
    for (sum, x) in sums.iter_mut().zip(bias) {
        *sum += x;
    }
    let (first, second) = sums.split_at(HIDDEN);
    std::array::from_fn(|unit| {
        let (a, b) = (first[unit], second[unit]);
        if a > b { a } else { b }
    })
}

/// Reorders `[features, hidden, 2, n]` to `[features, 2, hidden, n]`.
fn by_piece(array: &[f32], n: usize) -> Vec<f32> {
    let mut ordered = Vec::with_capacity(array.len());
    for feature in array.chunks_exact(PIECES * n) {
        for piece in 0..2 {
            for unit in feature.chunks_exact(2 * n) {
                ordered.extend_from_slice(&unit[piece * n..][..n]);
            }
        }
    }
    ordered
}
