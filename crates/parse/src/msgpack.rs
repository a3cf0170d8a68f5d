//! Reads MessagePack, borrowing text and bytes from the input.

use thiserror::Error;

/// How deep arrays and maps may nest; spaCy's own files need five levels.
const MAX_DEPTH: usize = 64;

/// The most room reserved on the word of a length field, before the elements are seen.
const MAX_RESERVED: usize = 1024;

/// Why bytes are not a MessagePack value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Error {
    /// The input ends inside a value.
    #[error("the data ends inside a value, at byte {0}")]
    Truncated(usize),
    /// Arrays and maps are nested deeper than any model needs.
    #[error("values are nested too deep, at byte {0}")]
    TooDeep(usize),
    /// A type that no model file uses (extension types, the reserved byte 0xc1).
    #[error("unknown type 0x{1:02x} at byte {0}")]
    UnknownType(usize, u8),
    /// Something follows the value.
    #[error("the value ends at byte {0}, but data follows")]
    Trailing(usize),
}

/// A MessagePack value that borrows its text and bytes from the input.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Nil,
    /// True or false.
    Bool(bool),
    /// A negative whole number, or one that was written as signed.
    Int(i64),
    /// A whole number that was written as unsigned.
    Uint(u64),
    /// A 32-bit or 64-bit float.
    Float(f64),
    /// Text.
    Str(&'a str),
    /// Bytes, or text that is not valid UTF-8.
    Bin(&'a [u8]),
    /// A list.
    Array(Vec<Value<'a>>),
    /// Pairs of key and value in the order of the file.
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Reads exactly one value, which must fill `bytes`.
///
/// Memory used is proportional to the bytes really read, whatever lengths they claim.
pub(crate) fn read(bytes: &[u8]) -> Result<Value<'_>, Error> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(MAX_DEPTH)?;
    if reader.at < bytes.len() {
        return Err(Error::Trailing(reader.at));
    }
    Ok(value)
}

impl<'a> Value<'a> {
    /// The text of a string, or of bytes that are UTF-8 (Python writes keys either way).
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Value::Str(text) => Some(text),
            Value::Bin(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The bytes of a string or binary value.
    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Str(text) => Some(text.as_bytes()),
            Value::Bin(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The number, if it is a whole one that is not negative.
    pub(crate) fn uint(&self) -> Option<u64> {
        match *self {
            Value::Uint(n) => Some(n),
            Value::Int(n) => u64::try_from(n).ok(),
            _ => None,
        }
    }

    /// The number, if it is a whole one in the signed range.
    pub(crate) fn int(&self) -> Option<i64> {
        match *self {
            Value::Int(n) => Some(n),
            Value::Uint(n) => i64::try_from(n).ok(),
            _ => None,
        }
    }

    /// The truth value.
    pub(crate) fn bool(&self) -> Option<bool> {
        match *self {
            Value::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// The elements of a list.
    pub(crate) fn array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs of a map.
    pub(crate) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The value under a text key of a map; the first if the key is repeated.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        let pairs = self.map()?;
        let found = pairs.iter().find(|(k, _)| k.bytes() == Some(key.as_bytes()));
        found.map(|(_, value)| value)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        let start = self.at;
        let [tag] = self.fixed()?;
        Ok(match tag {
            0x00..=0x7f => Value::Uint(u64::from(tag)),
            0x80..=0x8f => self.map(usize::from(tag & 0x0f), depth)?,
            0x90..=0x9f => self.array(usize::from(tag & 0x0f), depth)?,
            0xa0..=0xbf => self.str(usize::from(tag & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 => self.len8().and_then(|n| self.take(n)).map(Value::Bin)?,
            0xc5 => self.len16().and_then(|n| self.take(n)).map(Value::Bin)?,
            0xc6 => self.len32().and_then(|n| self.take(n)).map(Value::Bin)?,
            0xca => Value::Float(f64::from(f32::from_be_bytes(self.fixed()?))),
            0xcb => Value::Float(f64::from_be_bytes(self.fixed()?)),
            0xcc => Value::Uint(u64::from(u8::from_be_bytes(self.fixed()?))),
            0xcd => Value::Uint(u64::from(u16::from_be_bytes(self.fixed()?))),
            0xce => Value::Uint(u64::from(u32::from_be_bytes(self.fixed()?))),
            0xcf => Value::Uint(u64::from_be_bytes(self.fixed()?)),
            0xd0 => Value::Int(i64::from(i8::from_be_bytes(self.fixed()?))),
            0xd1 => Value::Int(i64::from(i16::from_be_bytes(self.fixed()?))),
            0xd2 => Value::Int(i64::from(i32::from_be_bytes(self.fixed()?))),
            0xd3 => Value::Int(i64::from_be_bytes(self.fixed()?)),
            0xd9 => self.len8().and_then(|n| self.str(n))?,
            0xda => self.len16().and_then(|n| self.str(n))?,
            0xdb => self.len32().and_then(|n| self.str(n))?,
            0xdc => self.len16().and_then(|n| self.array(n, depth))?,
            0xdd => self.len32().and_then(|n| self.array(n, depth))?,
            0xde => self.len16().and_then(|n| self.map(n, depth))?,
            0xdf => self.len32().and_then(|n| self.map(n, depth))?,
            0xe0..=0xff => Value::Int(i64::from(tag as i8)),
            0xc1 | 0xc7..=0xc9 | 0xd4..=0xd8 => return Err(Error::UnknownType(start, tag)),
        })
    }

    fn array(&mut self, len: usize, depth: usize) -> Result<Value<'a>, Error> {
        let depth = self.room_for(len, depth)?;
        let mut items = Vec::with_capacity(len.min(MAX_RESERVED));
        for _ in 0..len {
            items.push(self.value(depth)?);
        }
        Ok(Value::Array(items))
    }

    fn map(&mut self, len: usize, depth: usize) -> Result<Value<'a>, Error> {
        let depth = self.room_for(len.saturating_mul(2), depth)?;
        let mut pairs = Vec::with_capacity(len.min(MAX_RESERVED));
        for _ in 0..len {
            pairs.push((self.value(depth)?, self.value(depth)?));
        }
        Ok(Value::Map(pairs))
    }

    /// The depth left inside a list of `len` values, each of which takes a byte at least.
    fn room_for(&self, len: usize, depth: usize) -> Result<usize, Error> {
        if len > self.bytes.len() - self.at {
            return Err(Error::Truncated(self.bytes.len()));
        }
        depth.checked_sub(1).ok_or(Error::TooDeep(self.at))
    }

    fn str(&mut self, len: usize) -> Result<Value<'a>, Error> {
        let bytes = self.take(len)?;
        Ok(std::str::from_utf8(bytes).map_or(Value::Bin(bytes), Value::Str))
    }

    fn len8(&mut self) -> Result<usize, Error> {
        Ok(usize::from(u8::from_be_bytes(self.fixed()?)))
    }

    fn len16(&mut self) -> Result<usize, Error> {
        Ok(usize::from(u16::from_be_bytes(self.fixed()?)))
    }

    fn len32(&mut self) -> Result<usize, Error> {
        Ok(u32::from_be_bytes(self.fixed()?) as usize)
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..len).ok_or(Error::Truncated(self.bytes.len()))?;
        self.at += len;
        Ok(taken)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let rest = &self.bytes[self.at..];
        let bytes = rest.first_chunk::<N>().ok_or(Error::Truncated(self.bytes.len()))?;
        self.at += N;
        Ok(*bytes)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Writes JSON as MessagePack; a key or text that starts with `#` becomes the id of the rest.
    pub(crate) fn write(value: &serde_json::Value) -> Vec<u8> {
        use serde_json::Value as Json;
        let head = |tag: u8, len: usize| [&[tag], &(len as u32).to_be_bytes()[..]].concat();
        let text = |text: &str| match text.strip_prefix('#') {
            Some(name) => [&[0xcf], &crate::strings::id(name).to_be_bytes()[..]].concat(),
            None => [head(0xdb, text.len()), text.as_bytes().to_vec()].concat(),
        };
        match value {
            Json::Null => vec![0xc0],
            Json::Bool(b) => vec![0xc2 + u8::from(*b)],
            Json::Number(n) => [&[0xd3], &n.as_i64().unwrap().to_be_bytes()[..]].concat(),
            Json::String(s) => text(s),
            Json::Array(items) => {
                let items = items.iter().flat_map(write);
                head(0xdd, value.as_array().unwrap().len()).into_iter().chain(items).collect()
            }
            Json::Object(pairs) => {
                let pairs = pairs.iter().flat_map(|(key, value)| [text(key), write(value)]);
                let len = value.as_object().unwrap().len();
                head(0xdf, len).into_iter().chain(pairs.flatten()).collect()
            }
        }
    }

    #[test]
    fn reads_every_type() {
        assert_eq!(read(b"\xc0"), Ok(Value::Nil));
        assert_eq!(read(b"\xc3"), Ok(Value::Bool(true)));
        assert_eq!(read(b"\x7f"), Ok(Value::Uint(127)));
        assert_eq!(read(b"\xff"), Ok(Value::Int(-1)));
        assert_eq!(read(b"\xcd\x01\x00"), Ok(Value::Uint(256)));
        assert_eq!(read(b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), Ok(Value::Uint(u64::MAX)));
        assert_eq!(read(b"\xd1\xff\x00"), Ok(Value::Int(-256)));
        assert_eq!(read(b"\xca\x3f\x80\x00\x00"), Ok(Value::Float(1.0)));
        assert_eq!(read(b"\xa2ab"), Ok(Value::Str("ab")));
        assert_eq!(read(b"\xd9\x02ab"), Ok(Value::Str("ab")));
        assert_eq!(read(b"\xa1\xff"), Ok(Value::Bin(b"\xff")));
        assert_eq!(read(b"\xc4\x01\xff"), Ok(Value::Bin(b"\xff")));
        assert_eq!(read(b"\x92\x01\x02"), Ok(Value::Array(vec![Value::Uint(1), Value::Uint(2)])));
    }

    #[test]
    fn finds_keys_written_as_text_or_bytes() {
        let value = read(b"\x82\xa1a\x01\xc4\x01b\x02").unwrap();
        assert_eq!(value.get("a").and_then(Value::uint), Some(1));
        assert_eq!(value.get("b").and_then(Value::int), Some(2));
        assert_eq!(value.get("c"), None);
    }

    #[test]
    fn hostile_lengths_and_depths_are_errors() {
        assert_eq!(read(b""), Err(Error::Truncated(0)));
        assert_eq!(read(b"\xdd\xff\xff\xff\xff"), Err(Error::Truncated(5)));
        assert_eq!(read(b"\xdf\x00\x00\x00\x02\x01\x01\x01"), Err(Error::Truncated(8)));
        assert_eq!(read(b"\xc6\xff\xff\xff\xff\x00"), Err(Error::Truncated(6)));
        assert_eq!(read(b"\xc1"), Err(Error::UnknownType(0, 0xc1)));
        assert_eq!(read(b"\xc0\xc0"), Err(Error::Trailing(1)));
        assert!(matches!(read(&[0x91; 100_000]), Err(Error::TooDeep(_))));
    }
}
