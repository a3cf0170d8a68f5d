//! The words for times in one language, loaded from `periods/xx.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::calendar::Unit;
use super::lex::{self, Gap};
use super::pattern::{self, Element, Node, Slot, Tree};
use super::{Daypart, Order, Part};
use crate::lookup::Quick;
use crate::pack::{self, Files, Problem};

/// The words and patterns of every language in the pack's `periods` folder.
#[derive(Debug, Default)]
pub struct Words {
    /// What single words and set phrases are, by their first word.
    pub(crate) senses: HashMap<String, Vec<Entry>, Quick>,
    /// Every word that a time can begin with, and a bit for each [`Level`] whose patterns can: at all
    /// others, most of a text, none is looked for.
    openers: HashMap<String, u8, Quick>,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) patterns: Vec<Pattern>,
    /// Each form's pattern.
    pub(crate) forms: Vec<usize>,
    /// One tree for each [`Level`].
    pub(crate) trees: [Tree; 5],
    pub(crate) tense: Tense,
    pub(crate) year: YearWords,
    /// Words between a number's words: "two hundred *and* one".
    pub(crate) joints: HashSet<String, Quick>,
    pub(crate) suffixes: HashSet<String, Quick>,
}

/// A word or set phrase of a class.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) tail: Vec<(Gap, String)>,
    pub(crate) sense: Sense,
    /// Whether a full stop may follow as part of it.
    pub(crate) dotted: bool,
    /// Whether the parser has to call it a noun or name, since it is another word too.
    pub(crate) careful: bool,
}

/// What a word or set phrase is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    Number(u32),
    Multiplier(u32),
    /// A number that is not told: "several".
    Vague,
    Ordinal(u32),
    Month(i8),
    /// From Monday, 0.
    Weekday(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Season(i8),
    Holiday(usize),
    Daypart(Daypart),
    Zone,
    /// Tens of years: 90 for "nineties".
    Decade(i16),
}

/// A pattern's readings build on those of the levels before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// How long: "three days".
    Amount,
    /// When in a day: "3 p.m.".
    Clock,
    /// A day, month, year: "last July".
    Point,
    /// A point with what narrows it: "early last July".
    Period,
    /// What may stand in a text by itself.
    Whole,
}

/// What the words of a pattern mean; each with the keys that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Means {
    /// A number of units.
    Amount,
    /// A time of day.
    Clock,
    /// What has a place in the calendar by its own name; with `offset`, the last, this, the next.
    Calendar,
    /// Days of one month: "March 3 to 5".
    Days,
    /// Three numbers; unless the year goes first, their order is not known.
    Slashes,
    /// The day's, week's, year's neighbour so many units on.
    Unit,
    /// So many units before or after.
    Shift,
    /// The units up to now or from now on.
    Stretch,
    /// A duration.
    Lasting,
    /// Again and again.
    Every,
    /// Only before, at or after the time of writing.
    Order,
    /// A part of a period.
    Part,
    /// A period, or the day `offset` days from publication, with a time of day.
    At,
    /// The same as the period in it.
    Same,
    /// The week, year, and so on that holds a day.
    Around,
    /// From one period to another, or open at one side.
    Range,
    /// No time at all, though it looks like one.
    Nothing,
}

/// Which sides of a range are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Bounds {
    Both,
    From,
    To,
}

/// Ways to say one thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    pub(crate) name: String,
    pub(crate) gives: Level,
    pub(crate) means: Means,
    pub(crate) forms: Vec<String>,
    pub(crate) unit: Option<Unit>,
    pub(crate) offset: Option<i32>,
    /// How far the year lies from that of publication.
    pub(crate) year: Option<i32>,
    pub(crate) order: Option<Order>,
    pub(crate) part: Option<Part>,
    pub(crate) bounds: Option<Bounds>,
    pub(crate) daypart: Option<Daypart>,
    /// Hours to add to those of a clock with twelve; 24-hour clocks have none.
    pub(crate) half: Option<i8>,
    pub(crate) hour: Option<i8>,
    /// The number of units, where no word of the form tells it.
    pub(crate) number: Option<f64>,
    /// What to add to the number: a half.
    #[serde(default)]
    pub(crate) plus: f64,
    /// Whether it is reckoned from a time in the text, not from publication.
    #[serde(default)]
    pub(crate) text: bool,
    #[serde(default)]
    pub(crate) approximate: bool,
    /// Whether the year is one of accounts, which begins when its keeper says.
    #[serde(default)]
    pub(crate) fiscal: bool,
}

/// A day with a name, and one rule that finds it in a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holiday {
    pub(crate) words: Vec<String>,
    /// Month and day.
    pub(crate) date: Option<(i8, i8)>,
    /// Days after Easter Sunday.
    pub(crate) easter: Option<i32>,
    /// Month, weekday from Monday (1), and which of them, from the end if negative.
    pub(crate) nth: Option<(i8, i8, i8)>,
}

/// How the language shows that something is still to come.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tense {
    /// Dependents of a verb that put it into the future, by their lower-case text.
    pub(crate) future: Vec<String>,
    /// Verbs whose complements lie ahead, by lemma.
    pub(crate) ahead: Vec<String>,
}

/// What tells a bare number of four figures to be a year.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearWords {
    /// Words before it.
    pub(crate) after: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    numbers: BTreeMap<String, u32>,
    multipliers: BTreeMap<String, u32>,
    joints: Vec<String>,
    vague: Vec<String>,
    ordinals: BTreeMap<String, u32>,
    suffixes: Vec<String>,
    months: Vec<Vec<String>>,
    weekdays: Vec<Days>,
    seasons: Vec<Vec<String>>,
    units: Vec<Units>,
    decades: BTreeMap<String, i16>,
    dayparts: Vec<Dayparts>,
    zones: Vec<String>,
    careful: Vec<String>,
    tense: Tense,
    year: YearWords,
    holiday: Vec<Holiday>,
    pattern: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    one: Vec<String>,
    many: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    unit: Unit,
    one: Vec<String>,
    many: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dayparts {
    part: Daypart,
    words: Vec<String>,
}

impl Words {
    /// Loads every `periods/xx.toml`; what is wrong in them is added to `problems`.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files {
            if path.starts_with("periods/")
                && path.ends_with(".toml")
                && let Some(file) = pack::read::<File>(path, text, problems)
            {
                words.add(path, text, file, problems);
            }
        }
        words.find_openers();
        words
    }

    /// Which levels' patterns can begin with a piece's word, as bits.
    pub(crate) fn opens(&self, word: &str) -> u8 {
        match word.starts_with(|c: char| c.is_ascii_digit()) {
            true => u8::MAX,
            false => self.openers.get(word).copied().unwrap_or_default(),
        }
    }

    /// A word of a class can begin any pattern; others those that have them first, or a slot whose
    /// level has.
    fn find_openers(&mut self) {
        self.openers.extend(self.senses.keys().map(|word| (word.clone(), u8::MAX)));
        let roots: Vec<(u8, &Node)> = (0..)
            .zip(&self.trees)
            .filter_map(|(bit, tree)| Some((1 << bit, tree.node(0)?)))
            .collect();
        for (bit, root) in &roots {
            for word in root.words.keys() {
                *self.openers.entry(word.clone()).or_default() |= bit;
            }
        }
        // What a slot of a lower level begins with begins the higher one too.
        for (bit, root) in &roots {
            let lower = root.slots.iter().filter_map(|&(_, slot, _)| level(slot));
            let lower = lower.fold(0, |bits, level| bits | below(level));
            self.openers
                .values_mut()
                .filter(|bits| **bits & lower != 0)
                .for_each(|bits| *bits |= bit);
        }
    }

    fn add(&mut self, path: &str, text: &str, file: File, problems: &mut Vec<Problem>) {
        let careful = &file.careful;
        for (table, make) in [
            (&file.numbers, Sense::Number as fn(u32) -> Sense),
            (&file.multipliers, Sense::Multiplier),
            (&file.ordinals, Sense::Ordinal),
        ] {
            table.iter().for_each(|(word, number)| self.sense(word, make(*number), careful));
        }
        self.senses(&file.vague, Sense::Vague, careful);
        self.senses(&file.zones, Sense::Zone, careful);
        for (number, words) in (1..).zip(&file.months) {
            self.senses(words, Sense::Month(number), careful);
        }
        for (number, days) in (0..).zip(&file.weekdays) {
            self.senses(&days.one, Sense::Weekday(number), careful);
            self.senses(&days.many, Sense::Weekdays(number), careful);
        }
        for (number, words) in (1..).zip(&file.seasons) {
            self.senses(words, Sense::Season(number), careful);
        }
        for unit in &file.units {
            self.senses(&unit.one, Sense::Unit(unit.unit), careful);
            self.senses(&unit.many, Sense::Units(unit.unit), careful);
        }
        for (word, decade) in &file.decades {
            self.sense(word, Sense::Decade(*decade), careful);
        }
        for part in &file.dayparts {
            self.senses(&part.words, Sense::Daypart(part.part), careful);
        }
        for holiday in file.holiday {
            self.senses(&holiday.words, Sense::Holiday(self.holidays.len()), careful);
            self.holidays.push(holiday);
        }
        self.joints.extend(file.joints);
        self.suffixes.extend(file.suffixes);
        self.tense.future.extend(file.tense.future);
        self.tense.ahead.extend(file.tense.ahead);
        self.year.after.extend(file.year.after);
        for pattern in file.pattern {
            self.pattern(path, text, pattern, problems);
        }
    }

    fn senses(&mut self, words: &[String], sense: Sense, careful: &[String]) {
        words.iter().for_each(|word| self.sense(word, sense, careful));
    }

    fn sense(&mut self, word: &str, sense: Sense, careful: &[String]) {
        let other = matches!(sense, Sense::Month(_) | Sense::Season(_) | Sense::Unit(_));
        let careful = other && careful.iter().any(|known| known == word);
        let bare = word.strip_suffix('.').unwrap_or(word);
        let mut pieces = lex::pieces(bare).into_iter();
        let Some(first) = pieces.next() else { return };
        let tail = pieces.map(|piece| (piece.gap, piece.word.into_owned())).collect();
        let entry = Entry { tail, sense, dotted: bare.len() < word.len(), careful };
        self.senses.entry(first.word.into_owned()).or_default().push(entry);
    }

    fn pattern(&mut self, path: &str, text: &str, pattern: Pattern, problems: &mut Vec<Problem>) {
        for form in &pattern.forms {
            let sequences = pattern::expand(form).and_then(|sequences| {
                let wrong = sequences.iter().flatten().find(|(_, element)| {
                    matches!(element, Element::Slot(slot)
                        if level(*slot).is_some_and(|level| level >= pattern.gives))
                });
                match wrong {
                    Some((_, element)) => {
                        Err(format!("{element:?} is not of a level before `gives`"))
                    }
                    None => Ok(sequences),
                }
            });
            match sequences {
                Ok(sequences) => {
                    let tree = &mut self.trees[pattern.gives as usize];
                    sequences.iter().for_each(|sequence| tree.add(sequence, self.forms.len()));
                    self.forms.push(self.patterns.len());
                }
                Err(message) => problems.push(Problem {
                    file: path.to_owned(),
                    line: pack::line(text, text.find(form.as_str()).unwrap_or(0)),
                    message: format!("pattern `{}`, form `{form}`: {message}", pattern.name),
                    hint: Some(
                        "a form has words, {slots}, (choices|of) and [what may be left out]"
                            .to_owned(),
                    ),
                }),
            }
        }
        self.patterns.push(pattern);
    }
}

/// The bits of the levels whose readings a slot of a level takes: a point is a period that nothing
/// narrows.
fn below(level: Level) -> u8 {
    let point = if level == Level::Period { 1 << Level::Point as u8 } else { 0 };
    1 << level as u8 | point
}

/// The level whose readings a slot takes; none for a class of words.
pub(crate) fn level(slot: Slot) -> Option<Level> {
    match slot {
        Slot::Amount => Some(Level::Amount),
        Slot::Clock => Some(Level::Clock),
        Slot::Point => Some(Level::Point),
        Slot::Period => Some(Level::Period),
        _ => None,
    }
}
