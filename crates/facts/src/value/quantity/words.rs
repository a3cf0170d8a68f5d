//! What the pack says of numbers, bounds and measures, made ready to be looked up.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::phrases::{LONGEST, Phrases};
use super::pieces::{Kind, Pieces};
use crate::lookup::{Quick, in_small};
use crate::pack::{self, Files, Problem};

/// The words of one language for numbers and measures.
#[derive(Debug, Default)]
pub struct Words {
    /// What parts the thousands, as in 1,234.
    pub(crate) group: char,
    /// What parts the whole from the decimals, as in 1.5.
    pub(crate) decimal: char,
    pub(crate) numbers: HashMap<String, NumberWord, Quick>,
    pub(crate) ordinals: HashMap<String, Ordinal, Quick>,
    pub(crate) ordinal_endings: Vec<String>,
    pub(crate) short: Phrases<i32>,
    pub(crate) ratio: Phrases<()>,
    pub(crate) clock: Phrases<()>,
    pub(crate) numbering: Phrases<()>,
    pub(crate) of: Phrases<()>,
    /// What stands between money and what it is the worth of: "in", "worth of".
    pub(crate) worth: Phrases<()>,
    pub(crate) per: Phrases<()>,
    pub(crate) before: Phrases<Sense>,
    pub(crate) after: Phrases<Sense>,
    /// What opens a range, and which of [`Words::joins`] goes on with it.
    pub(crate) opens: Phrases<usize>,
    pub(crate) joins: Vec<Phrases<()>>,
    /// What joins a range that nothing opens: "5 to 7".
    pub(crate) plain_joins: Phrases<()>,
    /// What joins two bounds on one thing: "more than 5 but fewer than 8".
    pub(crate) both: Phrases<()>,
    /// What parts two numbers of one unit: "7- or 8-inch".
    pub(crate) either: Phrases<()>,
    pub(crate) units: Vec<Unit>,
    /// Words and symbols that follow a number.
    pub(crate) after_number: Phrases<Meant>,
    /// Those that stand before one, as $ does.
    pub(crate) before_number: Phrases<usize>,
    pub(crate) superlatives: HashSet<String, Quick>,
    /// Every word and mark that an amount or a rank can begin with.
    openers: HashMap<String, Opens, Quick>,
}

/// What can begin at a piece of a text: with most words nothing does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Opens {
    /// A number with its unit.
    pub(crate) amount: bool,
    /// An ordinal.
    pub(crate) rank: bool,
}

/// What a number word does to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberWord {
    /// Counts: "seven", "forty".
    Cardinal(u32),
    /// Multiplies by a power of ten: "hundred", "million".
    Scale(i32),
    /// Multiplies what stands before: "dozen".
    Collective(u32),
    /// Divides: "third", "quarters".
    Denominator(u32),
    /// Means at least one and less than ten of its kind, or of the one after "tens of": "dozens".
    Vague(f64),
    /// Multiplies the scale that follows by no one knows what: "several hundred".
    Loose(f64, f64),
    /// Stands for one before a scale: "a hundred".
    Article,
    /// Joins parts of a number: "two hundred and six".
    And,
    /// Parts whole and decimals: "two point five".
    Point,
    /// Turns the number that follows below nought.
    Minus,
}

/// What an ordinal word counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ordinal {
    /// "first", "twentieth"
    Number(u32),
    /// "hundredth", "millionth": the power of ten.
    Scale(i32),
}

/// What a bound says of the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sense {
    /// More than it.
    Above,
    /// It or more.
    AtLeast,
    /// Less than it.
    Below,
    /// It or less.
    AtMost,
    /// Something near it.
    About,
    /// It and nothing else.
    Exactly,
}

/// A unit that something is measured in.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its name in the pack: `kilogram`, `USD`.
    pub id: String,
    /// What it measures, as the pack's folder is named: `mass`, `money`.
    pub measure: String,
    /// How many of the measure's base unit it is, from least to most where writers mean several
    /// things by it, as by "ton". None where no base makes sense, as for money.
    pub factor: Option<(f64, f64)>,
    /// Whether a bare number set off beside a person's name counts it, as age does.
    pub(crate) aside: bool,
}

/// A unit as a word or symbol means it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Meant {
    pub(crate) unit: usize,
    /// Whether it counts only when it is glued to the digits, as `m` does.
    pub(crate) glued: bool,
}

/// `numbers/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    group: char,
    decimal: char,
    article: Vec<String>,
    and: Vec<String>,
    point: Vec<String>,
    minus: Vec<String>,
    of: Vec<String>,
    #[serde(default)]
    worth: Vec<String>,
    per: Vec<String>,
    ratio: Vec<String>,
    clock: Vec<String>,
    numbering: Vec<String>,
    ordinal_endings: Vec<String>,
    cardinals: BTreeMap<String, u32>,
    scales: BTreeMap<String, i32>,
    short: BTreeMap<String, i32>,
    collectives: BTreeMap<String, u32>,
    denominators: BTreeMap<String, u32>,
    vague: BTreeMap<String, f64>,
    loose: BTreeMap<String, [f64; 2]>,
    ordinals: BTreeMap<String, u32>,
    ordinal_scales: BTreeMap<String, i32>,
}

/// `bounds/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundsFile {
    #[serde(default)]
    before: Vec<Bound>,
    #[serde(default)]
    after: Vec<Bound>,
    #[serde(default)]
    range: Vec<Joined>,
    both: Vec<String>,
    either: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    sense: Sense,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    #[serde(default)]
    opens: Vec<String>,
    joins: Vec<String>,
}

/// `measures/MEASURE/measure.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    unit: BTreeMap<toml::Spanned<String>, UnitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    factor: Option<Factor>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    glued: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    aside: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Factor {
    One(f64),
    Between([f64; 2]),
}

/// `measures/MEASURE/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureWordsFile {
    unit: BTreeMap<toml::Spanned<String>, UnitWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitWords {
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
}

/// `ranks/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RanksFile {
    superlatives: Vec<String>,
}

impl Words {
    /// Reads the folders `numbers`, `bounds`, `measures` and `ranks`. A folder that is missing
    /// leaves its words empty.
    pub(crate) fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words { group: ',', decimal: '.', ..Words::default() };
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            if path.starts_with("numbers/") {
                if let Some(file) = pack::read(path, text, problems) {
                    words.add_numbers(file);
                }
            } else if path.starts_with("bounds/") {
                if let Some(file) = pack::read(path, text, problems) {
                    words.add_bounds(file);
                }
            } else if path.starts_with("ranks/") {
                if let Some(file) = pack::read::<RanksFile>(path, text, problems) {
                    words.superlatives.extend(file.superlatives);
                }
            } else if path.starts_with("measures/") && path.ends_with("/measure.toml") {
                words.add_measure(path, text, problems);
            }
        }
        // The units are known before the words for them.
        for (path, text) in files {
            let words_file = path.ends_with(".toml") && !path.ends_with("/measure.toml");
            if path.starts_with("measures/") && words_file {
                words.add_unit_words(path, text, problems);
            }
        }
        words.find_openers();
        words
    }

    fn find_openers(&mut self) {
        for word in self.numbers.keys() {
            self.openers.insert(word.clone(), Opens { amount: true, rank: true });
        }
        for word in self.ordinals.keys() {
            self.openers.entry(word.clone()).or_default().rank = true;
        }
        for word in self.before_number.outer() {
            self.openers.entry(word.to_owned()).or_default().amount = true;
        }
    }

    /// What can begin at each piece of a text.
    pub(crate) fn openers(&self, pieces: &Pieces<'_>) -> Vec<Opens> {
        (0..pieces.len()).map(|at| self.opens(pieces, at)).collect()
    }

    fn opens(&self, pieces: &Pieces<'_>, at: usize) -> Opens {
        let text = pieces.text(at);
        // A decimal point can be the first of a number, and so can a dash as its sign or "½".
        let point = text.starts_with(['.', ',']);
        let mark = pieces.is(at, Kind::Mark) && (point || pieces.dash(at) || !text.is_ascii());
        if mark || pieces.is(at, Kind::Digits) {
            return Opens { amount: true, rank: true };
        }
        let known = |text: &str| self.openers.get(text).copied();
        let short = text.len() <= LONGEST;
        short.then(|| in_small(text, known)).flatten().unwrap_or_default()
    }

    /// Whether a word says by what a number is reckoned: "per", "every", and no article.
    pub(crate) fn is_per(&self, word: &str) -> bool {
        let pieces = Pieces::new(word);
        word.len() > 2 && self.per.at(&pieces, 0).is_some_and(|(_, end)| end == pieces.len())
    }

    /// Whether a word is a unit's: "tons".
    pub(crate) fn is_unit(&self, word: &str) -> bool {
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.after_number.get(word).is_some();
        }
        let pieces = Pieces::new(word);
        self.after_number.at(&pieces, 0).is_some_and(|(_, end)| end == pieces.len())
    }

    fn add_numbers(&mut self, file: NumbersFile) {
        (self.group, self.decimal) = (file.group, file.decimal);
        self.ordinal_endings = file.ordinal_endings;
        let plain = [
            (file.article, NumberWord::Article),
            (file.and, NumberWord::And),
            (file.point, NumberWord::Point),
            (file.minus, NumberWord::Minus),
        ];
        for (words, meaning) in plain {
            self.numbers.extend(words.into_iter().map(|word| (word, meaning)));
        }
        let numbers = &mut self.numbers;
        let add = |(word, meaning)| {
            numbers.insert(word, meaning);
        };
        (file.cardinals.into_iter().map(|(word, n)| (word, NumberWord::Cardinal(n))))
            .chain(file.scales.into_iter().map(|(word, n)| (word, NumberWord::Scale(n))))
            .chain(file.collectives.into_iter().map(|(word, n)| (word, NumberWord::Collective(n))))
            .chain(
                file.denominators.into_iter().map(|(word, n)| (word, NumberWord::Denominator(n))),
            )
            .chain(file.vague.into_iter().map(|(word, n)| (word, NumberWord::Vague(n))))
            .chain(file.loose.into_iter().map(|(w, [low, high])| (w, NumberWord::Loose(low, high))))
            .for_each(add);
        self.ordinals.extend(file.ordinals.into_iter().map(|(w, n)| (w, Ordinal::Number(n))));
        self.ordinals.extend(file.ordinal_scales.into_iter().map(|(w, n)| (w, Ordinal::Scale(n))));
        for (word, power) in file.short {
            self.short.add_symbol(&word, power);
        }
        for (words, phrases) in [
            (file.of, &mut self.of),
            (file.worth, &mut self.worth),
            (file.per, &mut self.per),
            (file.ratio, &mut self.ratio),
            (file.clock, &mut self.clock),
            (file.numbering, &mut self.numbering),
        ] {
            for word in words {
                phrases.add_word(&word, ());
            }
        }
    }

    fn add_bounds(&mut self, file: BoundsFile) {
        for (bounds, phrases) in [(file.before, &mut self.before), (file.after, &mut self.after)] {
            for bound in bounds {
                for word in bound.words {
                    phrases.add_word(&word, bound.sense);
                }
            }
        }
        for (words, phrases) in [(file.both, &mut self.both), (file.either, &mut self.either)] {
            for word in words {
                phrases.add_word(&word, ());
            }
        }
        for range in file.range {
            if range.opens.is_empty() {
                for word in &range.joins {
                    self.plain_joins.add_word(word, ());
                }
                continue;
            }
            let mut joins = Phrases::default();
            for word in &range.joins {
                joins.add_word(word, ());
            }
            for word in range.opens {
                self.opens.add_word(&word, self.joins.len());
            }
            self.joins.push(joins);
        }
    }

    fn add_measure(&mut self, path: &str, text: &str, problems: &mut Vec<Problem>) {
        let Some(file) = pack::read::<MeasureFile>(path, text, problems) else { return };
        let measure = path.trim_end_matches("/measure.toml").rsplit('/').next().unwrap_or(path);
        for (id, entry) in file.unit {
            let (at, id) = (id.span().start, id.into_inner());
            if self.units.iter().any(|unit| unit.id == id) {
                let message = format!("the unit `{id}` is there already");
                problems.push(Problem::at(path, text, at, message).hint("give it another name"));
            }
            let unit = self.units.len();
            let factor = entry.factor.map(|factor| match factor {
                Factor::One(factor) => (factor, factor),
                Factor::Between([least, most]) => (least, most),
            });
            self.units.push(Unit { id, measure: measure.to_owned(), factor, aside: entry.aside });
            let marks = (entry.symbols.iter().map(|symbol| (symbol, false)))
                .chain(entry.glued.iter().map(|symbol| (symbol, true)));
            let mut taken = Vec::new();
            for (symbol, glued) in marks {
                let known = self.after_number.add_symbol(symbol, Meant { unit, glued });
                taken.extend(known.map(|meant| (symbol.clone(), meant.unit)));
            }
            for symbol in &entry.before {
                let known = self.before_number.add_symbol(symbol, unit);
                taken.extend(known.map(|other| (symbol.clone(), other)));
            }
            self.tell_taken(path, text, at, unit, taken, problems);
        }
    }

    fn add_unit_words(&mut self, path: &str, text: &str, problems: &mut Vec<Problem>) {
        let Some(file) = pack::read::<MeasureWordsFile>(path, text, problems) else { return };
        for (id, entry) in file.unit {
            let at = id.span().start;
            let known = self.units.iter().position(|unit| unit.id == *id.get_ref());
            let Some(unit) = known else {
                let message = format!("no measure has the unit `{}`", id.get_ref());
                let hint = "name it in a measure.toml first";
                problems.push(Problem::at(path, text, at, message).hint(hint));
                continue;
            };
            let meant = Meant { unit, glued: false };
            let mut taken = Vec::new();
            for word in &entry.words {
                let known = self.after_number.add_word(word, meant);
                taken.extend(known.map(|other| (word.clone(), other.unit)));
            }
            for symbol in &entry.symbols {
                let known = self.after_number.add_symbol(symbol, meant);
                taken.extend(known.map(|other| (symbol.clone(), other.unit)));
            }
            for word in &entry.before {
                let known = self.before_number.add_word(word, unit);
                taken.extend(known.map(|other| (word.clone(), other)));
            }
            self.tell_taken(path, text, at, unit, taken, problems);
        }
    }

    /// Tells of words that mean another unit already.
    fn tell_taken(
        &self,
        path: &str,
        text: &str,
        at: usize,
        unit: usize,
        taken: Vec<(String, usize)>,
        problems: &mut Vec<Problem>,
    ) {
        let own = |(_, other): &(String, usize)| self.units[*other].id != self.units[unit].id;
        for (word, other) in taken.into_iter().filter(own) {
            let message = format!("`{word}` means `{}` already", self.units[other].id);
            problems.push(Problem::at(path, text, at, message).hint("keep it for one of them"));
        }
    }
}
