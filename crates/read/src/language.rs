//! The language a text is written in.

use crate::Language;

/// The language of a story's text; `None` when the text is too short to tell.
pub(crate) fn identify(story: &str) -> Option<Language> {
    use whichlang::Lang;
    if story.chars().filter(|c| c.is_alphabetic()).take(40).count() < 40 {
        return None;
    }
    Some(Language(match whichlang::detect_language(story) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }))
}
