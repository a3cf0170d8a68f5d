//! Brings each row to mean 0 and variance 1, then scales and shifts its columns.

use std::borrow::Cow;

use super::gemm::wide;

/// Added to the variance, as thinc does.
const EPSILON: f32 = 1e-8;

/// How many sums run side by side; fixed, so that all processors add in one order.
const LANES: usize = 16;

/// A layer's learned scale and shift.
#[derive(Debug)]
pub(crate) struct LayerNorm {
    pub(crate) gain: Cow<'static, [f32]>,
    pub(crate) shift: Cow<'static, [f32]>,
}

impl LayerNorm {
    /// Normalises rows that start `stride` numbers apart, and adds them to those of `out`.
    pub(crate) fn add(&self, rows: &[f32], stride: usize, out: &mut [f32]) {
        self.each(rows, stride, out, |out, y| *out += y);
    }

    /// Normalises rows that start `stride` numbers apart, and writes them to `out`.
    pub(crate) fn write(&self, rows: &[f32], stride: usize, out: &mut [f32]) {
        self.each(rows, stride, out, |out, y| *out = y);
    }

    #[inline(always)]
    fn each(&self, rows: &[f32], stride: usize, out: &mut [f32], put: impl Fn(&mut f32, f32)) {
        let width = self.gain.len();
        wide(
            #[inline(always)]
            || {
                for (row, out) in rows.chunks(stride).zip(out.chunks_exact_mut(width)) {
                    let row = &row[..width];
                    let (mean, scale) = moments(row);
                    let weights = self.gain.iter().zip(&*self.shift);
                    for ((out, x), (gain, shift)) in out.iter_mut().zip(row).zip(weights) {
                        put(out, (x - mean) * scale * gain + shift);
                    }
                }
            },
        );
    }
}

/// The mean of a row, and one over the square root of its variance.
#[inline(always)]
fn moments(row: &[f32]) -> (f32, f32) {
    let count = row.len() as f32;
    let mean = sum(
        row,
        #[inline(always)]
        |x| x,
    ) / count;
    let variance = sum(
        row,
        #[inline(always)]
        |x| (x - mean) * (x - mean),
    ) / count;
    (mean, 1.0 / (variance + EPSILON).sqrt())
}

#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (sum, &x) in sums.iter_mut().zip(chunk) {
            *sum += of(x);
        }
    }
    for (sum, &x) in sums.iter_mut().zip(rest) {
        *sum += of(x);
    }
    // Halves onto halves: the order in which vector registers add up too.
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            sums[lane] += sums[lane + width];
        }
    }
    sums[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_normalised_then_scaled_and_shifted() {
        let norm = LayerNorm { gain: Cow::Owned(vec![2.0; 20]), shift: Cow::Owned(vec![1.0; 20]) };
        let row: Vec<f32> = (0..40).map(|n| if n % 2 == 0 { 3.0 } else { 5.0 }).collect();
        let mut out = vec![10.0; 20];
        norm.add(&row, 40, &mut out);
        for (n, y) in out.iter().enumerate() {
            let want = if n % 2 == 0 { 9.0 } else { 13.0 };
            assert!((y - want).abs() < 1e-5, "{y}, not {want}");
        }
        norm.write(&row, 40, &mut out);
        assert!((out[0] + 1.0).abs() < 1e-5);
    }
}
