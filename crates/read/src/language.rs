//! The language a text is written in.

use std::collections::HashSet;
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use crate::Language;
use crate::dates::table;

/// How much of a story is looked at, in bytes: what follows does not change the answer.
const LOOKED_AT: usize = 16 << 10;

/// Fewer letters than this are no evidence of a language.
const TOO_SHORT: usize = 24;

/// With this many letters the best guess is right nearly always; below, it must also be well ahead
/// of the second best.
const LONG: usize = 300;

/// The lead that a guess from a short text needs. On first lines of 100 characters of manuals in 27
/// languages it leaves one in ten open and one in a hundred wrong.
const SURE: f64 = 0.5;

/// The language of a story's text; `None` where the text is too short to tell, or could be one of
/// several.
pub(crate) fn identify(story: &str) -> Option<Language> {
    let sample = sample(story);
    let script = Script::leading(sample)?;
    let own: String = sample.chars().filter(|&c| c.is_whitespace() || script.has(c)).collect();
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    match script {
        Script::Han => {
            return (letters * 3 >= TOO_SHORT).then_some(Language(chinese_or_japanese(&own)));
        }
        Script::Hangul => return (letters * 3 >= TOO_SHORT).then_some(Language("ko")),
        Script::Latin | Script::Cyrillic | Script::Arabic | Script::Other => {}
    }
    if letters < TOO_SHORT {
        return None;
    }
    let guess = Detector::new().detect(&own)?;
    let sure = letters >= LONG || guess.confidence() >= SURE;
    code(guess.lang()).filter(|_| sure).map(|code| Language(closer(code, &own)))
}

/// Words that one of two close languages writes and the other does not.
static CLOSE: LazyLock<Vec<(&str, HashSet<&str>)>> = LazyLock::new(|| {
    table(include_str!("words/close.txt"))
        .map(|row| row.split_once(": ").expect("a row is `code: words`"))
        .map(|(code, words)| (code, words.split(' ').collect()))
        .collect()
});

/// `guess`, or the language close to it whose own words the text has more of.
fn closer(guess: &'static str, text: &str) -> &'static str {
    if !CLOSE.iter().any(|(code, _)| *code == guess) {
        return guess;
    }
    let count =
        |words: &HashSet<&str>| text.split_whitespace().filter(|w| words.contains(w)).count();
    let own = CLOSE.iter().find(|(code, _)| *code == guess).map_or(0, |(_, words)| count(words));
    let better = CLOSE.iter().find(|(_, words)| count(words) > own);
    better.map_or(guess, |(code, _)| code)
}

/// The text's beginning, not cut inside a character.
fn sample(story: &str) -> &str {
    let mut end = story.len().min(LOOKED_AT);
    while !story.is_char_boundary(end) {
        end -= 1;
    }
    &story[..end]
}

/// The scripts that are told apart before languages are, so that names and commands in another
/// script don't count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Han,
    Hangul,
    Other,
}

impl Script {
    const ALL: [Script; 6] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Han,
        Script::Hangul,
        Script::Other,
    ];

    fn of(c: char) -> Option<Script> {
        Some(match c {
            _ if !c.is_alphabetic() => return None,
            '\u{0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{600}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                Script::Arabic
            }
            '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                Script::Han
            }
            '\u{20000}'..='\u{3FFFF}' => Script::Han,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => {
                Script::Hangul
            }
            _ => Script::Other,
        })
    }

    /// Whether a character belongs to the script, or to the marks that go with any.
    fn has(self, c: char) -> bool {
        Script::of(c).map_or(!c.is_alphanumeric(), |script| script == self)
    }

    /// The script that says most. A sign for a word or a syllable says as much as three letters.
    fn leading(text: &str) -> Option<Script> {
        let mut weights = [0_usize; 6];
        for script in text.chars().filter_map(Script::of) {
            weights[script as usize] +=
                if matches!(script, Script::Han | Script::Hangul) { 3 } else { 1 };
        }
        let best = Script::ALL.into_iter().max_by_key(|&script| weights[script as usize])?;
        (weights[best as usize] > 0).then_some(best)
    }
}

/// Japanese is written with kana between its Chinese signs.
fn chinese_or_japanese(text: &str) -> &'static str {
    let kana = text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30FF}')).count();
    let all = text.chars().filter(|c| c.is_alphabetic()).count();
    if kana * 20 > all { "ja" } else { "zh" }
}

/// The ISO 639-1 code of a language; Latin, Esperanto and others that no report is written in have
/// none here.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Fra => "fr",
        Lang::Ita => "it",
        Lang::Deu => "de",
        Lang::Nld => "nl",
        Lang::Cat => "ca",
        Lang::Ron => "ro",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Tgl => "tl",
        Lang::Afr => "af",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Ell => "el",
        Lang::Heb => "he",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tha => "th",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Uzb => "uz",
        Lang::Khm => "km",
        Lang::Mya => "my",
        _ => return None,
    })
}
