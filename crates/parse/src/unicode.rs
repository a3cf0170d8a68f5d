//! Python's character classes and lower-casing, which the models were trained with.

use crate::tables::unicode::{ALPHA, DIGIT, UPPER};

/// Whether `str.isalpha` holds of the character: a letter of any script, marks excluded.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { within(&ALPHA, c) }
}

/// Whether `str.isdigit` holds of the character: a decimal digit, or one like "²" or "①".
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(&DIGIT, c) }
}

/// Whether `str.isupper` holds of the character alone.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { within(&UPPER, c) }
}

/// Whether `str.isspace` holds of the character: White_Space, and the separators U+001C to U+001F.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1c}'..='\u{1f}' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}')
        || matches!(c, '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}')
        || matches!(c, '\u{205f}' | '\u{3000}')
}

/// `str.lower`: the full mapping, with its rule for a sigma that ends a word.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    if text.contains('Σ') {
        return text.to_lowercase();
    }
    let mut lowered = String::with_capacity(text.len());
    for c in text.chars() {
        // Capitals that Unicode gained after the tables were made stay as they are.
        if is_upper(c) || is_alpha(c) {
            lowered.extend(c.to_lowercase());
        } else {
            lowered.push(c);
        }
    }
    lowered
}

fn within(ranges: &[(char, char)], c: char) -> bool {
    let next = ranges.partition_point(|&(first, _)| first <= c);
    next > 0 && c <= ranges[next - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_python_s() {
        assert!(is_alpha('ª') && is_alpha('ñ') && is_alpha('漢') && is_alpha('ǅ'));
        // Rust calls these alphabetic: a circled letter, a roman numeral, a vowel sign.
        assert!(!is_alpha('Ⓐ') && !is_alpha('Ⅷ') && !is_alpha('\u{93e}') && !is_alpha('\u{301}'));
        assert!(is_digit('²') && is_digit('①') && is_digit('٣'));
        assert!(!is_digit('½') && !is_digit('Ⅷ') && !is_digit('四'));
        assert!(is_upper('Ñ') && is_upper('Ⓐ') && !is_upper('ǅ') && !is_upper('ª'));
        assert!(is_space('\u{1c}') && is_space('\u{a0}') && is_space('\u{85}'));
        assert!(!is_space('\u{200b}') && !is_space('\u{feff}') && !is_space('\0'));
    }

    #[test]
    fn lowers_as_python_does() {
        assert_eq!(lower("El Niño ÁÉ"), "el niño áé");
        assert_eq!(lower("İ"), "i̇");
        assert_eq!(lower("ΟΔΥΣΣΕΥΣ"), "οδυσσευς");
        assert_eq!(lower("Ⅷ ẞ"), "ⅷ ß");
    }
}
