//! Keys of notes in few bytes. Most are about one identifier and end with another: of a text of forty
//! letters that leaves twenty bytes, so that a page holds many notes and fewer pages change.

/// What stands between a key and its members'.
pub(super) const APART: char = '\u{1}';

/// What keys say before the identifier that they are about. Those stand together by what they say, with
/// their notes: for each thousand reports that come, tens of thousands of them are read.
///
/// A key is written with the place of its words in this list or the next, so both only ever grow at their
/// ends. What they lack is kept as it is.
const BEFORE: &[&str] = &["claim in", "copy in", "retold in", "name in", "outline", "sketch"];

/// What keys say after the identifier that they are about. Those stand together by what they are about.
const AFTER: &[&str] = &[
    "case",
    "claims",
    "tells",
    "brief",
    "plays",
    "link",
    "rungs",
    "head",
    "shares",
    "actor",
    "unit",
    "told",
    "stands",
    "stood by",
    "claim at",
    "claim edge",
    "claim bond",
    "copy at",
    "copy edge",
    "copy bond",
    "retold at",
    "retold edge",
    "retold bond",
    "name at",
    "name edge",
    "name bond",
    "origin of",
    "origin member",
    "fact of",
    "fact member",
    "series of",
    "series member",
    "ladder of",
    "ladder member",
    "whole of",
    "whole member",
    "who of",
    "who member",
];

/// What the identifier at the end of a member follows: no text holds this byte.
const IDENTIFIER: u8 = 0xff;

/// A key in few bytes; none if it is to be kept as it is. Members of a key keep their order.
pub(super) fn packed(key: &str) -> Option<Vec<u8>> {
    let Some((group, member)) = key.split_once(APART) else { return about(key) };
    let mut packed = about(group)?;
    match member.len().checked_sub(16).and_then(|at| member.split_at_checked(at)) {
        Some((before, id)) if let Some(id) = identifier(id) => {
            packed.extend_from_slice(before.as_bytes());
            packed.push(IDENTIFIER);
            packed.extend_from_slice(&id);
        }
        _ => packed.extend_from_slice(member.as_bytes()),
    }
    Some(packed)
}

/// Whether a key stands among others that say the same.
pub(super) fn is_among_its_like(packed: &[u8]) -> bool {
    packed[0] != 0
}

/// What follows all members of a key that was packed.
pub(super) fn past(mut packed: Vec<u8>) -> Vec<u8> {
    packed.extend_from_slice(&[u8::MAX; 10]);
    packed
}

/// A member of a key, of what follows that key.
pub(super) fn member(packed: &[u8]) -> String {
    let split = packed.len().checked_sub(9).map(|at| packed.split_at(at));
    let (before, id) = match split {
        Some((before, [IDENTIFIER, id @ ..])) => (before, id),
        _ => (packed, &[][..]),
    };
    let mut member = String::from_utf8_lossy(before).into_owned();
    for byte in id {
        for digit in [byte >> 4, byte & 15] {
            member.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
    member
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// What a key is about, and what it says of it.
fn about(key: &str) -> Option<Vec<u8>> {
    let number = |words: &[&str], said| {
        let at = words.iter().position(|words| *words == said)?;
        u8::try_from(at + 1).ok()
    };
    let before = key.rsplit_once(' ').and_then(|(said, id)| {
        let (number, id) = (number(BEFORE, said)?, identifier(id)?);
        Some([&[number], &id[..]].concat())
    });
    before.or_else(|| {
        let (id, said) = key.split_once(' ')?;
        let (number, id) = (number(AFTER, said)?, identifier(id)?);
        Some([&[0], &id[..], &[number]].concat())
    })
}

/// The bytes of an identifier of sixteen hexadecimal digits.
fn identifier(text: &str) -> Option<[u8; 8]> {
    let digits: &[u8; 16] = text.as_bytes().try_into().ok()?;
    let mut id = [0; 8];
    for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(id)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{member, packed, past};

    const ID: &str = "0123456789abcdef";

    #[test]
    fn members_are_packed_in_their_order_and_read_back() {
        let group = format!("claim in {ID}\u{1}");
        let front = packed(&group).unwrap();
        let members = [
            "2022-03-22\u{1}0fedcba987654321",
            "2022-03-22\u{1}983eb77e3f341b3c",
            "~\u{1}0fedcba987654321",
        ];
        let keys: Vec<Vec<u8>> =
            members.iter().map(|member| packed(&format!("{group}{member}")).unwrap()).collect();
        assert!(front < keys[0] && keys.is_sorted() && keys[2] < past(front.clone()));
        let read: Vec<String> = keys.iter().map(|key| member(&key[front.len()..])).collect();
        assert_eq!(read, members);
    }

    #[test]
    fn what_ends_without_an_identifier_is_read_back_too() {
        let key = packed(&format!("{ID} link\u{1}{ID}\u{1}step\u{1}to")).unwrap();
        assert_eq!(member(&key[10..]), format!("{ID}\u{1}step\u{1}to"));
        assert_eq!(packed(&format!("{ID} case")).unwrap().len(), 10);
    }

    #[test]
    fn other_keys_are_kept_as_they_are() {
        for key in ["ratings", "outlet La Hora", &format!("outlet {ID}"), "0123456789ABCDEF case"] {
            assert_eq!(packed(key), None, "{key}");
        }
    }
}
