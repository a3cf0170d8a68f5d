//! The attribute ruler: sets tags, parts of speech, morphology and lemmas by patterns over tokens.

use std::collections::HashMap;

use regex::Regex;
use thiserror::Error;

use crate::doc::{Part, Pos, Row, Strings};
use crate::labels::{Label, Labels};
use crate::lexeme::{Lexeme, Lexicon};
use crate::msgpack::{self, Value};
use crate::strings::id;
use crate::tokenizer::{PatternError, search};
use crate::unicode::lower;

/// How many combinations of token and annotation a thread remembers before it forgets all.
const FULL: usize = 200_000;

/// A ruler that is ready for use. Threads share it; each brings its own [`Scratch`].
#[derive(Debug)]
pub(crate) struct Ruler {
    /// What each rule sets.
    changes: Vec<Change>,
    /// Patterns of one token, in the order of their rules.
    single: Vec<(u32, Vec<Test>)>,
    /// The places in `single` of the patterns that a tag which some pattern names can match.
    by_tag: HashMap<Label, Vec<u32>>,
    /// The same for all other tags.
    untagged: Vec<u32>,
    /// Patterns of several tokens.
    several: Vec<Pattern>,
    lemmas: Vec<Box<str>>,
    /// Whether any pattern looks at the morphology.
    reads_morph: bool,
}

/// What a thread remembers of tokens it has met.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    numbers: HashMap<Key, u32>,
    outcomes: Vec<Outcome>,
    /// Each token's outcome.
    of_tokens: Vec<u32>,
    /// Matches of several tokens: the token that changes, and the rule.
    matches: Vec<(u32, u32)>,
}

impl Scratch {
    /// Forgets everything; needed when lexemes' numbers lose their meaning.
    pub(crate) fn clear(&mut self) {
        *self = Scratch::default();
    }
}

/// All that patterns can see of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    lexeme: u32,
    tag: Label,
    dep: Label,
    morph: Label,
    pos: Pos,
}

/// What becomes of a token, seen alone.
#[derive(Debug)]
struct Outcome {
    /// The rules that match it.
    rules: Vec<u32>,
    /// All that they set, later rules over earlier ones.
    change: Change,
    /// Patterns of several tokens that can begin with it.
    begins: Vec<u32>,
}

/// What rules set; what is `None` stays as it is.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    tag: Option<Label>,
    pos: Option<Pos>,
    morph: Option<Label>,
    dep: Option<Label>,
    /// Index in the ruler's lemmas.
    lemma: Option<u32>,
}

#[derive(Debug)]
struct Pattern {
    rule: u32,
    tokens: Vec<Vec<Test>>,
    /// Which of its tokens the rule changes.
    target: usize,
}

#[derive(Debug)]
struct Test {
    of: Attribute,
    holds: Holds,
}

/// What patterns can look at, the cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Attribute {
    Tag,
    Dep,
    Pos,
    Morph,
    IsSpace,
    Lower,
    Orth,
    Norm,
}

/// What is asked of a value; lists are sorted.
#[derive(Debug)]
enum Holds {
    In(Vec<u64>),
    NotIn(Vec<u64>),
    Matches(Regex),
}

/// Why a ruler's patterns can't be used.
#[derive(Debug, Error)]
pub(crate) enum RulerError {
    /// Not MessagePack.
    #[error(transparent)]
    Msgpack(#[from] msgpack::Error),
    /// A rule is not of the form that spaCy writes.
    #[error("rule {0} of the attribute ruler is not of the expected form")]
    Form(usize),
    /// A rule uses something that is not supported.
    #[error("rule {0} of the attribute ruler uses {1:?}, which is not supported")]
    Unsupported(usize, String),
    /// A rule's regular expression can't be used.
    #[error("rule {0} of the attribute ruler: {1}")]
    Pattern(usize, #[source] PatternError),
}

impl Ruler {
    /// Reads the file `attribute_ruler/patterns` of a model; the words it sets join `labels`.
    pub(crate) fn read(bytes: &[u8], labels: &mut Labels) -> Result<Ruler, RulerError> {
        let file = msgpack::read(bytes)?;
        let mut ruler = Ruler {
            changes: Vec::new(),
            single: Vec::new(),
            by_tag: HashMap::new(),
            untagged: Vec::new(),
            several: Vec::new(),
            lemmas: Vec::new(),
            reads_morph: false,
        };
        for (number, rule) in file.array().ok_or(RulerError::Form(0))?.iter().enumerate() {
            ruler.add(number, rule, labels)?;
        }
        let tests = ruler.several.iter().flat_map(|pattern| pattern.tokens.iter().flatten());
        let mut tests = tests.chain(ruler.single.iter().flat_map(|(_, tests)| tests));
        ruler.reads_morph = tests.any(|test| test.of == Attribute::Morph);
        ruler.index();
        Ok(ruler)
    }

    fn add(
        &mut self,
        number: usize,
        rule: &Value<'_>,
        labels: &mut Labels,
    ) -> Result<(), RulerError> {
        let wrong = || RulerError::Form(number);
        let attrs = rule.get("attrs").and_then(Value::map).ok_or_else(wrong)?;
        let change = self.change(number, attrs, labels)?;
        self.changes.push(change);
        let index = rule.get("index").map_or(Some(0), Value::int).ok_or_else(wrong)?;
        for pattern in rule.get("patterns").and_then(Value::array).ok_or_else(wrong)? {
            let tokens = pattern.array().ok_or_else(wrong)?;
            let tokens = tokens.iter().map(|token| tests(number, token, labels));
            let mut tokens = tokens.collect::<Result<Vec<_>, _>>()?;
            let len = tokens.len() as i64;
            let target = if index < 0 { index.saturating_add(len) } else { index };
            if !(0..len).contains(&target) {
                return Err(wrong());
            }
            let rule = number as u32;
            match tokens.pop() {
                Some(tests) if tokens.is_empty() => self.single.push((rule, tests)),
                Some(tests) => {
                    tokens.push(tests);
                    self.several.push(Pattern { rule, tokens, target: target as usize });
                }
                None => return Err(wrong()),
            }
        }
        Ok(())
    }

    fn index(&mut self) {
        let tags = |tests: &[Test]| match tests.first() {
            Some(Test { of: Attribute::Tag, holds: Holds::In(tags) }) => Some(tags.clone()),
            _ => None,
        };
        let asked = self.single.iter().map(|(_, tests)| tags(tests)).collect::<Vec<_>>();
        let open = |tag: Option<u64>| {
            let fits = move |asked: &Option<Vec<u64>>| match (asked, tag) {
                (None, _) => true,
                (Some(asked), Some(tag)) => asked.contains(&tag),
                (Some(_), None) => false,
            };
            asked.iter().zip(0..).filter(move |(asked, _)| fits(asked)).map(|(_, at)| at)
        };
        self.untagged = open(None).collect();
        for &tag in asked.iter().flatten().flatten() {
            let patterns = || open(Some(tag)).collect();
            self.by_tag.entry(Label(tag as u32)).or_insert_with(patterns);
        }
    }

    fn change(
        &mut self,
        number: usize,
        attrs: &[(Value<'_>, Value<'_>)],
        labels: &mut Labels,
    ) -> Result<Change, RulerError> {
        let wrong = || RulerError::Form(number);
        let mut change = Change::default();
        for (key, value) in attrs {
            let key = key.text().ok_or_else(wrong)?;
            let value = value.text().ok_or_else(wrong)?;
            match key {
                "TAG" => change.tag = Some(labels.add(value)),
                "POS" => change.pos = Some(Pos::from_name(value).ok_or_else(wrong)?),
                "MORPH" => change.morph = Some(labels.add(&features(value))),
                "DEP" => change.dep = Some(labels.add(value)),
                "LEMMA" => {
                    change.lemma = Some(self.lemmas.len() as u32);
                    self.lemmas.push(value.into());
                }
                _ => return Err(RulerError::Unsupported(number, key.to_owned())),
            }
        }
        Ok(change)
    }

    /// Applies all rules to a text's tokens: they match on what is there, then change it in order.
    pub(crate) fn apply(
        &self,
        text: &str,
        rows: &mut [Row],
        lexicon: &Lexicon,
        strings: &mut Strings,
        scratch: &mut Scratch,
    ) {
        if scratch.outcomes.len() > FULL {
            scratch.clear();
        }
        scratch.of_tokens.clear();
        scratch.matches.clear();
        for (at, row) in rows.iter().enumerate() {
            let outcome = self.outcome(text, row, lexicon, scratch);
            scratch.of_tokens.push(outcome);
            for &several in &scratch.outcomes[outcome as usize].begins {
                let pattern = &self.several[several as usize];
                if self.matches(pattern, text, &rows[at..], lexicon) {
                    scratch.matches.push(((at + pattern.target) as u32, pattern.rule));
                }
            }
        }
        scratch.matches.sort_unstable();
        let mut matches = scratch.matches.iter().peekable();
        for (at, row) in rows.iter_mut().enumerate() {
            let outcome = &scratch.outcomes[scratch.of_tokens[at] as usize];
            if matches.peek().is_none_or(|(target, _)| *target as usize != at) {
                self.set(outcome.change, text, row, strings);
                continue;
            }
            let mut rules = outcome.rules.clone();
            while let Some((_, rule)) = matches.next_if(|(target, _)| *target as usize == at) {
                rules.push(*rule);
            }
            rules.sort_unstable();
            self.set(self.together(&rules), text, row, strings);
        }
    }

    fn outcome(&self, text: &str, row: &Row, lexicon: &Lexicon, scratch: &mut Scratch) -> u32 {
        let morph = if self.reads_morph { row.morph } else { Label::EMPTY };
        let key = Key { lexeme: row.lexeme, tag: row.tag, dep: row.dep, morph, pos: row.pos };
        if let Some(&number) = scratch.numbers.get(&key) {
            return number;
        }
        let lexeme = lexicon.get(row.lexeme);
        let hold = |tests: &[Test]| tests.iter().all(|test| test.holds(text, row, lexeme));
        let open = self.by_tag.get(&row.tag).unwrap_or(&self.untagged).iter();
        let open = open.map(|&at| &self.single[at as usize]);
        let rules = open.filter(|(_, tests)| hold(tests)).map(|(rule, _)| *rule);
        let rules = rules.collect::<Vec<_>>();
        let begins = self.several.iter().zip(0..).filter(|(pattern, _)| hold(&pattern.tokens[0]));
        let begins = begins.map(|(_, number)| number).collect();
        let number = scratch.outcomes.len() as u32;
        scratch.outcomes.push(Outcome { change: self.together(&rules), rules, begins });
        scratch.numbers.insert(key, number);
        number
    }

    fn matches(&self, pattern: &Pattern, text: &str, rows: &[Row], lexicon: &Lexicon) -> bool {
        rows.len() >= pattern.tokens.len()
            && rows.iter().zip(&pattern.tokens).all(|(row, tests)| {
                let lexeme = lexicon.get(row.lexeme);
                tests.iter().all(|test| test.holds(text, row, lexeme))
            })
    }

    /// What rules set one after another.
    fn together(&self, rules: &[u32]) -> Change {
        let changes = rules.iter().map(|&rule| self.changes[rule as usize]);
        changes.fold(Change::default(), |before, after| Change {
            tag: after.tag.or(before.tag),
            pos: after.pos.or(before.pos),
            morph: after.morph.or(before.morph),
            dep: after.dep.or(before.dep),
            lemma: after.lemma.or(before.lemma),
        })
    }

    fn set(&self, change: Change, text: &str, row: &mut Row, strings: &mut Strings) {
        row.tag = change.tag.unwrap_or(row.tag);
        row.pos = change.pos.unwrap_or(row.pos);
        row.morph = change.morph.unwrap_or(row.morph);
        row.dep = change.dep.unwrap_or(row.dep);
        if let Some(lemma) = change.lemma {
            let lemma = &*self.lemmas[lemma as usize];
            row.lemma = match lemma {
                "" => Part::NONE,
                _ if *lemma == text[row.start as usize..row.end as usize] => Part::OWN,
                _ => strings.push(lemma),
            };
        }
    }
}

impl Test {
    fn holds(&self, text: &str, row: &Row, lexeme: &Lexeme) -> bool {
        let value = match self.of {
            Attribute::Tag => u64::from(row.tag.0),
            Attribute::Dep => u64::from(row.dep.0),
            Attribute::Pos => row.pos as u64,
            Attribute::Morph => u64::from(row.morph.0),
            Attribute::IsSpace => u64::from(lexeme.is_space),
            Attribute::Lower => lexeme.lower,
            Attribute::Orth => lexeme.orth,
            Attribute::Norm => lexeme.norm,
        };
        match &self.holds {
            Holds::In(values) => values.binary_search(&value).is_ok(),
            Holds::NotIn(values) => values.binary_search(&value).is_err(),
            Holds::Matches(regex) => {
                let own = &text[row.start as usize..row.end as usize];
                match self.of {
                    Attribute::Lower => regex.is_match(&lower(own)),
                    Attribute::Norm => regex.is_match(&lexeme.norm_text),
                    _ => regex.is_match(own),
                }
            }
        }
    }
}

/// What a pattern asks of one token.
fn tests(number: usize, token: &Value<'_>, labels: &mut Labels) -> Result<Vec<Test>, RulerError> {
    let wrong = || RulerError::Form(number);
    let mut tests = Vec::new();
    for (key, asked) in token.map().ok_or_else(wrong)? {
        let key = key.text().ok_or_else(wrong)?;
        let of = match key {
            "TAG" => Attribute::Tag,
            "DEP" => Attribute::Dep,
            "POS" => Attribute::Pos,
            "MORPH" => Attribute::Morph,
            "IS_SPACE" => Attribute::IsSpace,
            "LOWER" => Attribute::Lower,
            "ORTH" | "TEXT" => Attribute::Orth,
            "NORM" => Attribute::Norm,
            _ => return Err(RulerError::Unsupported(number, key.to_owned())),
        };
        match asked.map() {
            Some(conditions) => {
                for (condition, asked) in conditions {
                    let condition = condition.text().ok_or_else(wrong)?;
                    tests.push(Test { of, holds: holds(number, of, condition, asked, labels)? });
                }
            }
            None => {
                let value = value(of, asked, labels).ok_or_else(wrong)?;
                tests.push(Test { of, holds: Holds::In(vec![value]) });
            }
        }
    }
    tests.sort_by_key(|test| (matches!(test.holds, Holds::Matches(_)), test.of));
    Ok(tests)
}

fn holds(
    number: usize,
    of: Attribute,
    condition: &str,
    asked: &Value<'_>,
    labels: &mut Labels,
) -> Result<Holds, RulerError> {
    let wrong = || RulerError::Form(number);
    let is_text = matches!(of, Attribute::Lower | Attribute::Orth | Attribute::Norm);
    let unsupported = || RulerError::Unsupported(number, condition.to_owned());
    // Sets of features have their own logic in spaCy.
    if of == Attribute::Morph {
        return Err(unsupported());
    }
    let mut all = || -> Result<Vec<u64>, RulerError> {
        let asked = asked.array().ok_or_else(wrong)?.iter();
        let values = asked.map(|one| value(of, one, labels).ok_or_else(wrong));
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        values.sort_unstable();
        Ok(values)
    };
    match condition {
        "IN" => Ok(Holds::In(all()?)),
        "NOT_IN" => Ok(Holds::NotIn(all()?)),
        "REGEX" if is_text => {
            let pattern = asked.text().ok_or_else(wrong)?;
            let regex = search(pattern).map_err(|error| RulerError::Pattern(number, error))?;
            Ok(Holds::Matches(regex))
        }
        _ => Err(unsupported()),
    }
}

/// The number that an attribute has when it is the value asked for.
fn value(of: Attribute, asked: &Value<'_>, labels: &mut Labels) -> Option<u64> {
    if of == Attribute::IsSpace {
        return asked.bool().map(u64::from).or(asked.uint());
    }
    let asked = asked.text()?;
    Some(match of {
        Attribute::Tag | Attribute::Dep => u64::from(labels.add(asked).0),
        Attribute::Morph => u64::from(labels.add(&features(asked)).0),
        Attribute::Pos => Pos::from_name(asked)? as u64,
        Attribute::IsSpace | Attribute::Lower | Attribute::Orth | Attribute::Norm => id(asked),
    })
}

/// A feature list in its normal form: features and their values sorted, "_" empty.
fn features(list: &str) -> String {
    if list == "_" {
        return String::new();
    }
    let feature = |feature: &str| match feature.split_once('=') {
        Some((name, values)) if values.contains(',') => {
            let mut values = values.split(',').collect::<Vec<_>>();
            values.sort_unstable();
            format!("{name}={}", values.join(","))
        }
        _ => feature.to_owned(),
    };
    let mut sorted = list.split('|').map(feature).collect::<Vec<_>>();
    sorted.sort_unstable();
    sorted.join("|")
}

#[cfg(test)]
mod tests;
