//! The one place where offsets in bytes (inside) become offsets in code points (outside).

/// Turns ascending byte offsets into `text` into offsets in Unicode code points, in one pass.
///
/// An offset inside a character counts as that character's start; one past the end as the end.
pub fn code_points(text: &str, bytes: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut seen = (0, 0);
    let mut points = Vec::new();
    for byte in bytes {
        debug_assert!(byte >= seen.0, "offsets must ascend");
        let byte = floor(text, byte);
        seen = (byte, seen.1 + text[seen.0..byte].chars().count());
        points.push(seen.1);
    }
    points
}

/// Turns ascending offsets in code points back into byte offsets.
pub fn bytes(text: &str, points: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut rest = text.chars();
    let (mut byte, mut seen) = (0, 0);
    let mut offsets = Vec::new();
    for point in points {
        for character in rest.by_ref().take(point.saturating_sub(seen)) {
            byte += character.len_utf8();
            seen += 1;
        }
        offsets.push(byte);
    }
    offsets
}

fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Durán, São Paulo 🏝️ e\u{301}nd";

    #[test]
    fn every_character_is_counted_once() {
        let starts: Vec<usize> =
            TEXT.char_indices().map(|(at, _)| at).chain([TEXT.len()]).collect();
        let points = code_points(TEXT, starts.iter().copied());
        assert_eq!(points, (0..starts.len()).collect::<Vec<_>>());
        assert_eq!(bytes(TEXT, points), starts);
    }

    #[test]
    fn repeated_and_far_offsets_are_answered() {
        assert_eq!(code_points("áb", [0, 0, 2, 2, 3, 9]), [0, 0, 1, 1, 2, 2]);
        assert_eq!(bytes("áb", [0, 0, 1, 1, 2, 7]), [0, 0, 2, 2, 3, 3]);
        assert_eq!(bytes("áb", [2]), [3]);
        assert_eq!(bytes("", [0, 1]), [0, 0]);
    }
}
