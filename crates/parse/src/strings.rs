//! String ids: spaCy's symbol table, and MurmurHash64A for all other strings.

use crate::tables::SYMBOLS;

/// spaCy's id of a string: its number if it is a symbol ("", "NOUN", "agent"), else its hash.
///
/// Model files key their tables by this id, and the hashed embeddings start from it.
pub(crate) fn id(text: &str) -> u64 {
    match SYMBOLS.binary_search_by(|(name, _)| (*name).cmp(text)) {
        Ok(found) => u64::from(SYMBOLS[found].1),
        Err(_) => hash(text.as_bytes()),
    }
}

/// MurmurHash64A with seed 1: the id of a string that is no symbol.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    const SEED: u64 = 1;

    let mut h = SEED ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h = (h ^ (h >> R)).wrapping_mul(M);
    h ^ (h >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_sorted_and_found() {
        assert!(SYMBOLS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(id(""), 0);
        assert_eq!(id("IS_ALPHA"), 1);
        assert_eq!(id("NOUN"), 92);
        assert_eq!(id("agent"), 401);
    }

    #[test]
    fn hashes_are_murmur_s() {
        // Lengths around the block of eight bytes; values from spaCy's own function.
        assert_eq!(hash(b""), 14313749767032693980);
        assert_eq!(hash(b"a"), 11901859001352538922);
        assert_eq!(hash(b"ab"), 6606101647874324205);
        assert_eq!(hash(b"apple"), 8566208034543834098);
        assert_eq!(hash(b"abcdefg"), 18200195881963043692);
        assert_eq!(hash(b"abcdefgh"), 17751780907874141760);
        assert_eq!(hash(b"abcdefghi"), 13885881106499164936);
        assert_eq!(id("the coup d’état was over"), 8788090390352299133);
        assert_ne!(id("agent"), hash(b"agent"));
    }
}
