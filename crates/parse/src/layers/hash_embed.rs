//! Embeds ids by hashing: each id picks four rows of a small table, of which the sum is taken.

use std::borrow::Cow;

/// A table of embeddings for one feature of words.
#[derive(Debug)]
pub(crate) struct HashEmbed {
    pub(crate) seed: u32,
    pub(crate) width: usize,
    /// Row by row; there is at least one.
    pub(crate) table: Cow<'static, [f32]>,
}

impl HashEmbed {
    /// Writes the embedding of an id.
    pub(crate) fn embed(&self, id: u64, out: &mut [f32]) {
        let rows = (self.table.len() / self.width) as u64;
        let [first, rest @ ..] =
            hash(id, self.seed).map(|hash| (u64::from(hash) % rows) as usize * self.width);
        out.copy_from_slice(&self.table[first..][..self.width]);
        for row in rest {
            for (sum, x) in out.iter_mut().zip(&self.table[row..][..self.width]) {
                *sum += x;
            }
        }
    }
}

/// MurmurHash3 (x64, 128 bits) of the eight bytes of an id, as four numbers.
fn hash(id: u64, seed: u32) -> [u32; 4] {
    let finish = |mut h: u64| {
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    };
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5);
    h1 = h1.rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    (h1, h2) = (finish(h1), finish(h2));
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_thinc() {
        // From thinc's own operation.
        assert_eq!(hash(0, 8), [0, 0, 0, 0]);
        assert_eq!(hash(8566208034543834098, 11), [4010862881, 3662478617, 361349815, 3093089967]);
    }

    #[test]
    fn an_embedding_is_the_sum_of_four_rows() {
        let table: Vec<f32> = (0..7 * 2).map(|n| (1 << n) as f32).collect();
        let embed = HashEmbed { seed: 8, width: 2, table: Cow::Owned(table.clone()) };
        let mut out = [0.0; 2];
        embed.embed(92, &mut out);
        let rows = hash(92, 8).map(|hash| hash as usize % 7);
        let sum = |column: usize| rows.iter().map(|row| table[row * 2 + column]).sum::<f32>();
        assert_eq!(out, [sum(0), sum(1)]);
    }
}
