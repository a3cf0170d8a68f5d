//! Products of rows with a matrix, each output summed in one fixed order whatever rows go with it.
//!
//! This is the only file with unsafe code: it calls the processor's vector instructions. For every
//! output element the terms are added from the first input to the last, one after the other, so a
//! row's result has the same bits in any batch; AVX2 and AVX-512 round alike, the portable kernel may
//! round products too. Which of the three runs depends on the processor alone.
#![allow(unsafe_code, reason = "vector instructions; bounds are checked once per call")]

/// Columns that are computed together.
const LANES: usize = 16;

/// Sixteen neighbouring columns, aligned for one vector load.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Lane([f32; LANES]);

/// A weight matrix with its bias, laid out in panels of columns for the kernels.
#[derive(Debug)]
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    kind: Kind,
    /// Panel by panel, and in a panel input by input: the weights of its lanes.
    weights: Vec<Lane>,
    /// Panel by panel.
    bias: Vec<Lane>,
}

/// What the lanes of a panel hold, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Four lanes of neighbouring outputs.
    Linear,
    /// The two pieces of sixteen outputs, of which the greater is kept.
    Maxout2,
    /// The three pieces of sixteen outputs, of which the greatest is kept.
    Maxout3,
}

impl Kind {
    /// Lanes in a panel.
    const fn width(self) -> usize {
        match self {
            Kind::Linear => 4,
            Kind::Maxout2 => 2,
            Kind::Maxout3 => 3,
        }
    }

    /// Outputs of a panel.
    const fn outputs(self) -> usize {
        match self {
            Kind::Linear => 4 * LANES,
            Kind::Maxout2 | Kind::Maxout3 => LANES,
        }
    }
}

/// The sets of instructions there is a kernel for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best that this processor offers.
    pub(crate) fn best() -> Level {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                return Level::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Level::Avx2;
            }
        }
        Level::Portable
    }
}

impl Matrix {
    /// `y = W x + b`, from `W [outputs, inputs]` and `b [outputs]`.
    ///
    /// # Panics
    /// If the sizes don't agree; loading checks them.
    pub(crate) fn linear(weights: &[f32], bias: &[f32], inputs: usize) -> Matrix {
        Matrix::pack(Kind::Linear, weights, bias, inputs, bias.len(), Some)
    }

    /// `y[o] = max over p of W[o, p] x + b[o, p]`, from `W [outputs, pieces, inputs]` and
    /// `b [outputs, pieces]`, for two or three pieces.
    ///
    /// # Panics
    /// If the sizes don't agree; loading checks them.
    pub(crate) fn maxout(weights: &[f32], bias: &[f32], inputs: usize, pieces: usize) -> Matrix {
        let kind = if pieces == 2 { Kind::Maxout2 } else { Kind::Maxout3 };
        assert_eq!(kind.width(), pieces, "two or three pieces");
        let outputs = bias.len() / pieces;
        Matrix::pack(kind, weights, bias, inputs, outputs, |column| {
            let (panel, within) = (column / (pieces * LANES), column % (pieces * LANES));
            let output = panel * LANES + within % LANES;
            (output < outputs).then_some(output * pieces + within / LANES)
        })
    }

    fn pack(
        kind: Kind,
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        outputs: usize,
        source: impl Fn(usize) -> Option<usize>,
    ) -> Matrix {
        assert_eq!(weights.len(), bias.len() * inputs, "weights and bias are of one size");
        let (panels, width) = (outputs.div_ceil(kind.outputs()), kind.width());
        let mut packed = vec![Lane([0.0; LANES]); panels * width * inputs];
        let mut packed_bias = vec![Lane([0.0; LANES]); panels * width];
        for column in 0..panels * width * LANES {
            let Some(row) = source(column).filter(|&row| row < bias.len()) else { continue };
            let (panel, lane, at) =
                (column / LANES / width, column / LANES % width, column % LANES);
            packed_bias[panel * width + lane].0[at] = bias[row];
            for (input, &weight) in weights[row * inputs..][..inputs].iter().enumerate() {
                packed[(panel * inputs + input) * width + lane].0[at] = weight;
            }
        }
        Matrix { inputs, outputs, kind, weights: packed, bias: packed_bias }
    }

    /// How many numbers a row of input has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers a row of output has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many numbers are written for a row: the outputs, filled up to whole panels.
    pub(crate) fn padded(&self) -> usize {
        self.outputs.div_ceil(self.kind.outputs()) * self.kind.outputs()
    }

    /// Multiplies `rows` rows of `a`, which start `stride` numbers apart and may overlap, and writes
    /// [`Matrix::padded`] numbers for each, `out_stride` apart.
    ///
    /// # Panics
    /// If `a` or `out` is too short for the rows.
    pub(crate) fn apply(
        &self,
        a: &[f32],
        stride: usize,
        rows: usize,
        out: &mut [f32],
        out_stride: usize,
    ) {
        self.apply_panels(Level::best(), 0..self.panels(), a, stride, rows, out, out_stride);
    }

    /// The number of panels, each of which holds 64 columns of a linear matrix.
    pub(crate) fn panels(&self) -> usize {
        self.bias.len() / self.kind.width()
    }

    /// The same for some of the panels, whose outputs are written from the start of `out`'s rows on.
    #[expect(clippy::too_many_arguments, reason = "the operands of one product")]
    pub(crate) fn apply_panels(
        &self,
        level: Level,
        panels: std::ops::Range<usize>,
        a: &[f32],
        stride: usize,
        rows: usize,
        out: &mut [f32],
        out_stride: usize,
    ) {
        if rows == 0 || panels.is_empty() {
            return;
        }
        assert!(panels.end <= self.panels(), "panels {panels:?}");
        assert!((rows - 1) * stride + self.inputs <= a.len(), "input rows");
        let written = panels.len() * self.kind.outputs();
        assert!(written <= out_stride && (rows - 1) * out_stride + written <= out.len(), "output");
        // Rows in groups that stay in the first cache while all panels pass by.
        for first in (0..rows).step_by(GROUP) {
            let count = GROUP.min(rows - first);
            for (place, panel) in panels.clone().enumerate() {
                let operands = Operands {
                    a: &a[first * stride..],
                    stride,
                    weights: &self.weights[panel * self.inputs * self.kind.width()..]
                        [..self.inputs * self.kind.width()],
                    bias: &self.bias[panel * self.kind.width()..][..self.kind.width()],
                    inputs: self.inputs,
                    out: &mut out[first * out_stride + place * self.kind.outputs()..],
                    out_stride,
                };
                self.panel(level, operands, count);
            }
        }
    }

    fn panel(&self, level: Level, operands: Operands<'_>, rows: usize) {
        match (level, self.kind) {
            (Level::Portable, Kind::Linear) => portable::<4, false>(operands, rows),
            (Level::Portable, Kind::Maxout2) => portable::<2, true>(operands, rows),
            (Level::Portable, Kind::Maxout3) => portable::<3, true>(operands, rows),
            // SAFETY: these levels are only chosen on processors that have the features, and
            // `apply_panels` has checked that all rows lie within the operands.
            #[cfg(target_arch = "x86_64")]
            (Level::Avx2, kind) => unsafe {
                match kind {
                    Kind::Linear => x86::avx2::rows::<2, 4, false>(operands, rows),
                    Kind::Maxout2 => x86::avx2::rows::<4, 2, true>(operands, rows),
                    Kind::Maxout3 => x86::avx2::rows::<4, 3, true>(operands, rows),
                }
            },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            (Level::Avx512, kind) => unsafe {
                match kind {
                    Kind::Linear => x86::avx512::rows::<6, 4, false>(operands, rows),
                    Kind::Maxout2 => x86::avx512::rows::<8, 2, true>(operands, rows),
                    Kind::Maxout3 => x86::avx512::rows::<8, 3, true>(operands, rows),
                }
            },
        }
    }
}

/// Rows of input that are kept in the first cache together.
const GROUP: usize = 48;

/// What a kernel works on: all rows of the input, one panel of the matrix.
struct Operands<'a> {
    a: &'a [f32],
    stride: usize,
    weights: &'a [Lane],
    bias: &'a [Lane],
    inputs: usize,
    out: &'a mut [f32],
    out_stride: usize,
}

fn portable<const V: usize, const MAX: bool>(operands: Operands<'_>, rows: usize) {
    let Operands { a, stride, weights, bias, inputs, out, out_stride } = operands;
    for row in 0..rows {
        let mut sums = [[0.0f32; LANES]; V];
        let input = &a[row * stride..][..inputs];
        for (x, lanes) in input.iter().zip(weights.chunks_exact(V)) {
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                for (s, w) in sum.iter_mut().zip(&lane.0) {
                    *s = multiply_add(*x, *w, *s);
                }
            }
        }
        for (sum, lane) in sums.iter_mut().zip(bias) {
            for (s, b) in sum.iter_mut().zip(&lane.0) {
                *s += b;
            }
        }
        let out = &mut out[row * out_stride..];
        if MAX {
            for at in 0..LANES {
                let pieces = sums.iter().map(|sum| sum[at]);
                out[at] = pieces.reduce(|x, y| if x > y { x } else { y }).unwrap_or(0.0);
            }
        } else {
            out[..V * LANES].copy_from_slice(sums.as_flattened());
        }
    }
}

/// Rounds once where the processor can, as the other kernels do.
#[inline(always)]
fn multiply_add(x: f32, y: f32, sum: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
        x.mul_add(y, sum)
    } else {
        sum + x * y
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! The kernels for x86-64, one text for both widths of vectors.

    macro_rules! kernels {
        ($name:ident, $features:literal, $lanes:literal, $zero:ident, $splat:ident, $load:ident,
         $store:ident, $fma:ident, $add:ident, $max:ident) => {
            pub(super) mod $name {
                use super::super::{LANES, Operands};
                use std::arch::x86_64::{$add, $fma, $load, $max, $splat, $store, $zero};

                /// Multiplies all rows, `M` at a time, with a panel of `V` lanes.
                ///
                /// # Safety
                /// The processor has the features, and all rows lie within the operands.
                #[target_feature(enable = $features)]
                pub(in super::super) unsafe fn rows<
                    const M: usize,
                    const V: usize,
                    const MAX: bool,
                >(
                    mut operands: Operands<'_>,
                    rows: usize,
                ) {
                    let mut row = 0;
                    while row + M <= rows {
                        // SAFETY: passed on.
                        unsafe { block::<M, V, MAX>(&mut operands, row) };
                        row += M;
                    }
                    while row < rows {
                        // SAFETY: passed on.
                        unsafe { block::<1, V, MAX>(&mut operands, row) };
                        row += 1;
                    }
                }

                #[target_feature(enable = $features)]
                #[inline]
                unsafe fn block<const M: usize, const V: usize, const MAX: bool>(
                    operands: &mut Operands<'_>,
                    row: usize,
                ) {
                    // SAFETY: the caller vouches for rows `row..row + M`.
                    unsafe {
                        let stride = operands.stride;
                        let a = operands.a.as_ptr().add(row * stride);
                        let out = operands.out.as_mut_ptr().add(row * operands.out_stride);
                        for part in (0..LANES).step_by($lanes) {
                            let weights = operands.weights.as_ptr().cast::<f32>().add(part);
                            let mut sums = [[$zero(); V]; M];
                            for input in 0..operands.inputs {
                                let lanes = weights.add(input * V * LANES);
                                let mut w = [$zero(); V];
                                for v in 0..V {
                                    w[v] = $load(lanes.add(v * LANES));
                                }
                                for m in 0..M {
                                    let x = $splat(*a.add(m * stride + input));
                                    for v in 0..V {
                                        sums[m][v] = $fma(x, w[v], sums[m][v]);
                                    }
                                }
                            }
                            let bias = operands.bias.as_ptr().cast::<f32>().add(part);
                            for m in 0..M {
                                let out = out.add(m * operands.out_stride + part);
                                let mut best = $add(sums[m][0], $load(bias));
                                if !MAX {
                                    $store(out, best);
                                }
                                for v in 1..V {
                                    let y = $add(sums[m][v], $load(bias.add(v * LANES)));
                                    if MAX {
                                        best = $max(best, y);
                                    } else {
                                        $store(out.add(v * LANES), y);
                                    }
                                }
                                if MAX {
                                    $store(out, best);
                                }
                            }
                        }
                    }
                }
            }
        };
    }

    kernels!(
        avx2,
        "avx2,fma",
        8,
        _mm256_setzero_ps,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_fmadd_ps,
        _mm256_add_ps,
        _mm256_max_ps
    );
    kernels!(
        avx512,
        "avx512f",
        16,
        _mm512_setzero_ps,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_fmadd_ps,
        _mm512_add_ps,
        _mm512_max_ps
    );
}

/// Runs plain code compiled for the processor's widest vectors. It rounds the same on all.
#[inline]
pub(crate) fn wide<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")]
        fn avx512<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        #[target_feature(enable = "avx2,fma")]
        fn avx2<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        if is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
        {
            // SAFETY: the features were just found.
            return unsafe { avx512(work) };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the features were just found.
            return unsafe { avx2(work) };
        }
    }
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..count).map(|_| next()).collect()
    }

    fn levels() -> Vec<Level> {
        let mut levels = vec![Level::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                levels.push(Level::Avx2);
            }
            if is_x86_feature_detected!("avx512f") {
                levels.push(Level::Avx512);
            }
        }
        levels
    }

    fn matrices() -> Vec<(Matrix, usize)> {
        let mut all = Vec::new();
        for (outputs, inputs) in [(50, 96), (1024, 64), (2, 16), (74, 64)] {
            let (w, b) = (numbers(outputs * inputs, 3), numbers(outputs, 4));
            all.push((Matrix::linear(&w, &b, inputs), 1));
        }
        for (outputs, pieces, inputs) in [(96, 3, 288), (96, 3, 672), (16, 2, 48), (16, 3, 96)] {
            let (w, b) = (numbers(outputs * pieces * inputs, 5), numbers(outputs * pieces, 6));
            all.push((Matrix::maxout(&w, &b, inputs, pieces), pieces));
        }
        all
    }

    #[test]
    fn a_row_has_the_same_bits_in_any_batch() {
        let a = numbers(96 * 300 + 672, 1);
        for (matrix, _) in matrices() {
            let width = matrix.padded();
            for level in levels() {
                let run = |first: usize, rows: usize| {
                    let mut out = vec![0.0; rows * width];
                    let panels = 0..matrix.panels();
                    matrix.apply_panels(level, panels, &a[first * 96..], 96, rows, &mut out, width);
                    out.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
                };
                let all = run(0, 300);
                for rows in [1, 2, 3, 5, 7, 8, 9, 47, 48, 49, 131] {
                    for first in [0, 1, 13, 150] {
                        let part = &all[first * width..][..rows * width];
                        assert_eq!(run(first, rows), part, "{level:?}, {rows} rows at {first}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_kernels_agree_with_plain_sums() {
        let (outputs, pieces, inputs) = (20, 3, 70);
        let (w, b) = (numbers(outputs * pieces * inputs, 5), numbers(outputs * pieces, 6));
        let a = numbers(11 * inputs, 7);
        let matrix = Matrix::maxout(&w, &b, inputs, pieces);
        for level in levels() {
            let mut out = vec![0.0; 11 * 32];
            matrix.apply_panels(level, 0..2, &a, inputs, 11, &mut out, 32);
            for row in 0..11 {
                for o in 0..outputs {
                    let piece = |p: usize| {
                        let w = &w[(o * pieces + p) * inputs..][..inputs];
                        let x = &a[row * inputs..][..inputs];
                        w.iter().zip(x).map(|(w, x)| f64::from(w * x)).sum::<f64>()
                            + f64::from(b[o * pieces + p])
                    };
                    let want = (0..pieces).map(piece).fold(f64::MIN, f64::max);
                    let got = f64::from(out[row * 32 + o]);
                    assert!((want - got).abs() < 1e-5, "{level:?}: {got}, not {want}");
                }
            }
        }
    }

    #[test]
    fn some_panels_give_what_all_give() {
        let (w, b, a) = (numbers(1024 * 64, 1), numbers(1024, 2), numbers(64, 3));
        let matrix = Matrix::linear(&w, &b, 64);
        let (mut all, mut some) = (vec![0.0; 1024], vec![0.0; 128]);
        matrix.apply(&a, 64, 1, &mut all, 1024);
        matrix.apply_panels(Level::best(), 4..6, &a, 64, 1, &mut some, 128);
        assert_eq!(some, all[256..384]);
    }
}
