//! A tokenizer's rules as plain data, read from spaCy's file.

use thiserror::Error;

use super::pattern::PatternError;
use crate::msgpack::{self, Value};

/// spaCy's numbers of the attributes that an exception's token may have.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// What a tokenizer is made from.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Rules {
    /// What is cut off a chunk's start: alternatives that begin with `^`.
    pub(crate) prefix: Option<String>,
    /// What is cut off a chunk's end: alternatives that end with `$`.
    pub(crate) suffix: Option<String>,
    /// What a chunk is split at.
    pub(crate) infix: Option<String>,
    /// What is kept whole even before prefixes and suffixes are cut.
    pub(crate) token: Option<String>,
    /// What is kept whole after they are.
    pub(crate) url: Option<String>,
    /// Texts that have tokens of their own.
    pub(crate) exceptions: Vec<(String, Vec<Part>)>,
    /// Whether only exceptions that other rules would break are searched for in the tokens.
    pub(crate) faster_heuristics: bool,
}

/// One token of an exception.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) text: String,
    /// The norm it has here, unless it has its usual one.
    pub(crate) norm: Option<String>,
}

/// Why a tokenizer's file can't be used.
#[derive(Debug, Error)]
pub(crate) enum RulesError {
    /// Not MessagePack.
    #[error(transparent)]
    Msgpack(#[from] msgpack::Error),
    /// A field is not what it should be.
    #[error("the tokenizer's {0} is not of the expected form")]
    Form(&'static str),
    /// A regular expression can't be used.
    #[error("the tokenizer's {0}: {1}")]
    Pattern(&'static str, #[source] PatternError),
}

impl Rules {
    /// Reads the file `tokenizer` of a model.
    pub(crate) fn read(bytes: &[u8]) -> Result<Rules, RulesError> {
        let file = msgpack::read(bytes)?;
        file.map().ok_or(RulesError::Form("file"))?;
        let pattern = |name| match file.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(RulesError::Form(name)),
            },
        };
        Ok(Rules {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token: pattern("token_match")?,
            url: pattern("url_match")?,
            exceptions: file.get("exceptions").map_or(Ok(Vec::new()), exceptions)?,
            faster_heuristics: file.get("faster_heuristics").and_then(Value::bool).unwrap_or(true),
        })
    }
}

fn exceptions(value: &Value<'_>) -> Result<Vec<(String, Vec<Part>)>, RulesError> {
    let wrong = RulesError::Form("exceptions");
    let exception = |(text, parts): &(Value<'_>, Value<'_>)| {
        let text = text.text()?;
        let parts = parts.array()?.iter().map(part).collect::<Option<Vec<_>>>()?;
        let whole = parts.iter().map(|part| part.text.as_str()).collect::<String>();
        let filled = !parts.is_empty() && parts.iter().all(|part| !part.text.is_empty());
        (filled && whole == text).then(|| (text.to_owned(), parts))
    };
    let pairs = value.map().ok_or(RulesError::Form("exceptions"))?;
    pairs.iter().map(exception).collect::<Option<_>>().ok_or(wrong)
}

fn part(value: &Value<'_>) -> Option<Part> {
    let mut part = Part { text: String::new(), norm: None };
    for (key, value) in value.map()? {
        let text = value.text()?.to_owned();
        match (key.uint(), key.text()) {
            (Some(ORTH), _) | (_, Some("ORTH")) => part.text = text,
            (Some(NORM), _) | (_, Some("NORM")) => part.norm = Some(text).filter(|t| !t.is_empty()),
            _ => return None,
        }
    }
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_s_tokens_must_make_up_its_text() {
        let file = |parts: &[u8]| {
            let mut file = b"\x81\xaaexceptions\x81\xa3it'".to_vec();
            file.extend(parts);
            Rules::read(&file)
        };
        let rules = file(b"\x92\x81\x41\xa2it\x82\x41\xa1'\x43\xa2is").unwrap();
        assert_eq!(rules.exceptions[0].1[1].norm.as_deref(), Some("is"));
        assert!(rules.faster_heuristics);
        assert!(matches!(file(b"\x91\x81\x41\xa2it"), Err(RulesError::Form("exceptions"))));
        assert!(matches!(file(b"\x90"), Err(RulesError::Form("exceptions"))));
        assert!(matches!(Rules::read(b"\xc0"), Err(RulesError::Form("file"))));
    }
}
