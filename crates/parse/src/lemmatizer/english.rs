//! English lemmas: base forms, exceptions, then endings that lead to a known word.

use super::tables::Tables;
use crate::doc::Pos;
use crate::strings::id;
use crate::unicode::{is_alpha, lower};

/// The lemma of a word by its part of speech and its features (`Number=Plur|Person=3`).
pub(super) fn lemma(tables: &Tables, word: &str, pos: Pos, morph: &str) -> String {
    let lowered = lower(word);
    if matches!(pos, Pos::None | Pos::Eol | Pos::Space) || is_base_form(pos, morph) {
        return lowered;
    }
    let key = id(&lower(pos.name()));
    if !tables.know(key) {
        return if pos == Pos::Propn { word.to_owned() } else { lowered };
    }
    let (mut forms, mut unknown) = (Vec::new(), Vec::new());
    for (old, new) in tables.rules(key) {
        let Some(stem) = lowered.strip_suffix(&**old) else { continue };
        let form = format!("{stem}{new}");
        if form.is_empty() {
            continue;
        } else if tables.in_index(key, &form) {
            forms.insert(0, form);
        } else if !form.chars().all(is_alpha) {
            forms.push(form);
        } else {
            unknown.push(form);
        }
    }
    for form in tables.exceptions(key, &lowered).unwrap_or_default() {
        if !forms.iter().any(|known| **known == **form) {
            forms.insert(0, form.to_string());
        }
    }
    forms.into_iter().chain(unknown).next().unwrap_or_else(|| word.to_owned())
}

fn is_base_form(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| {
        morph.split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='))
    };
    let verb_form = feature("VerbForm");
    let plain_present =
        verb_form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none();
    (pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (pos == Pos::Verb && plain_present)
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
