//! Quick look-ups in tables whose keys come from the pack: words in small letters without a copy, and a
//! hash that no text can choose collisions for, since texts add no keys.

use std::hash::{BuildHasherDefault, Hasher};

/// The longest word that is not copied to be looked up, in bytes.
const LONGEST: usize = 64;

/// Does something with a text in small letters.
pub(crate) fn in_small<R>(text: &str, with: impl FnOnce(&str) -> R) -> R {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return with(text);
    }
    let mut small = [0; LONGEST];
    match small.get_mut(..text.len()).filter(|_| text.is_ascii()) {
        Some(small) => {
            small.copy_from_slice(text.as_bytes());
            small.make_ascii_lowercase();
            with(std::str::from_utf8(small).unwrap_or_default())
        }
        None => with(&text.to_lowercase()),
    }
}

/// Makes the hashers of a table.
pub(crate) type Quick = BuildHasherDefault<QuickHasher>;

/// Multiplies and rotates, eight bytes at a time.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct QuickHasher(u64);

impl QuickHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        chunks.iter().for_each(|chunk| self.add(u64::from_le_bytes(*chunk)));
        if !rest.is_empty() {
            // Byte by byte, which for so few is quicker than a copy.
            self.add(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn finish(&self) -> u64 {
        // The table takes its bucket from the low bits, which the product has mixed least.
        self.0.rotate_left(26)
    }
}
