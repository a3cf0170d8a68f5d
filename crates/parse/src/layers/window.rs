//! The first convolution, put together from products that are remembered for each word.
//!
//! Before the first convolution a word's vector does not depend on where it stands, and neither do
//! its products with the three parts of the weights: as left neighbour, as itself, as right one.

use super::gemm::{Matrix, wide};

/// Outputs that are computed together.
const LANES: usize = 16;

/// A maxout layer over a word and its two neighbours.
#[derive(Debug)]
pub(crate) struct Window {
    /// For each place in the window, the columns of `bias`.
    products: Matrix,
    /// For each sixteen outputs, each of their pieces in turn.
    bias: Vec<f32>,
    pieces: usize,
}

impl Window {
    /// Takes the layer's weights, `W [outputs, pieces, 3 * width]` and `b [outputs, pieces]`.
    pub(crate) fn new(weights: &[f32], bias: &[f32], width: usize, pieces: usize) -> Window {
        let outputs = bias.len() / pieces;
        let columns = outputs.div_ceil(LANES) * LANES * pieces;
        let source = |column: usize| {
            let (panel, within) = (column / (pieces * LANES), column % (pieces * LANES));
            let output = panel * LANES + within % LANES;
            (output < outputs).then_some(output * pieces + within / LANES)
        };
        let mut ordered = vec![0.0; 3 * columns * width];
        for (number, target) in ordered.chunks_exact_mut(width).enumerate() {
            let (place, column) = (number / columns, number % columns);
            if let Some(row) = source(column) {
                target.copy_from_slice(&weights[(row * 3 + place) * width..][..width]);
            }
        }
        let bias = (0..columns).map(|column| source(column).map_or(0.0, |row| bias[row])).collect();
        let products = Matrix::linear(&ordered, &vec![0.0; 3 * columns], width);
        Window { products, bias, pieces }
    }

    /// How many numbers are remembered for a word.
    pub(crate) fn remembered(&self) -> usize {
        self.products.padded()
    }

    /// How many numbers [`Window::combine`] writes for a word.
    pub(crate) fn padded(&self) -> usize {
        self.bias.len() / self.pieces
    }

    /// Works out what is remembered for words, given their vectors.
    pub(crate) fn remember(&self, vectors: &[f32], out: &mut [f32]) {
        let (width, stride) = (self.products.inputs(), self.products.padded());
        self.products.apply(vectors, width, vectors.len() / width, out, stride);
    }

    /// Writes the layer's output for words that follow one another, given what is remembered of
    /// each; there is nothing to either side of them.
    pub(crate) fn combine(&self, words: &[&[f32]], out: &mut [f32]) {
        let nothing = vec![0.0; self.remembered()];
        let at = |word: Option<usize>| *word.and_then(|word| words.get(word)).unwrap_or(&&*nothing);
        wide(
            #[inline(always)]
            || {
                for (word, out) in out.chunks_exact_mut(self.padded()).enumerate().take(words.len())
                {
                    self.maxout(at(word.checked_sub(1)), words[word], at(Some(word + 1)), out);
                }
            },
        );
    }

    #[inline(always)]
    fn maxout(&self, left: &[f32], own: &[f32], right: &[f32], out: &mut [f32]) {
        let columns = self.bias.len();
        let pieces = self.pieces * LANES;
        let left = left[..columns].chunks_exact(pieces);
        let own = own[columns..2 * columns].chunks_exact(pieces);
        let right = right[2 * columns..3 * columns].chunks_exact(pieces);
        let bias = self.bias.chunks_exact(pieces);
        let panels = left.zip(own).zip(right).zip(bias);
        for (((left, own), (right, bias)), out) in
            panels.map(|(((l, o), r), b)| ((l, o), (r, b))).zip(out.as_chunks_mut::<LANES>().0)
        {
            let lanes = left.as_chunks::<LANES>().0.iter().zip(own.as_chunks::<LANES>().0);
            let more = right.as_chunks::<LANES>().0.iter().zip(bias.as_chunks::<LANES>().0);
            let mut best = [f32::NEG_INFINITY; LANES];
            for ((left, own), (right, bias)) in lanes.zip(more) {
                let sum = add(add(add(*left, own), right), bias);
                for (best, y) in best.iter_mut().zip(sum) {
                    *best = if *best > y { *best } else { y };
                }
            }
            *out = best;
        }
    }
}

#[inline(always)]
fn add(mut a: [f32; LANES], b: &[f32; LANES]) -> [f32; LANES] {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_gives_what_the_whole_layer_gives() {
        let (outputs, pieces, width, count) = (20, 3, 8, 5);
        let numbers = |count: usize, seed: usize| -> Vec<f32> {
            (0..count).map(|n| ((n * 37 + seed) % 101) as f32 / 101.0 - 0.5).collect()
        };
        let (w, b) = (numbers(outputs * pieces * 3 * width, 1), numbers(outputs * pieces, 2));
        // One row of nothing on either side.
        let mut rows = numbers((count + 2) * width, 3);
        rows[..width].fill(0.0);
        rows[(count + 1) * width..].fill(0.0);
        let whole = Matrix::maxout(&w, &b, 3 * width, pieces);
        let window = Window::new(&w, &b, width, pieces);
        let stride = window.padded();
        assert_eq!(stride, whole.padded());
        let (mut want, mut got) = (vec![0.0; count * stride], vec![0.0; count * stride]);
        whole.apply(&rows, width, count, &mut want, stride);
        let mut remembered = vec![0.0; count * window.remembered()];
        window.remember(&rows[width..(count + 1) * width], &mut remembered);
        let words: Vec<&[f32]> = remembered.chunks_exact(window.remembered()).collect();
        window.combine(&words, &mut got);
        for (row, (want, got)) in want.chunks(stride).zip(got.chunks(stride)).enumerate() {
            for (want, got) in want[..outputs].iter().zip(got) {
                assert!((want - got).abs() < 1e-5, "row {row}: {got}, not {want}");
            }
        }
    }
}
