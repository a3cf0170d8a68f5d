//! Spanish lemmas: rules chosen by a word's features, and clitic pronouns taken off verbs.

use std::collections::HashSet;

use super::tables::Tables;
use crate::doc::Pos;
use crate::strings::id;
use crate::unicode::lower;

/// The feature of a verb with pronouns attached.
const PERSONAL: &str = "PronType=Prs";

/// The pronouns that verbs carry at their end.
const CLITICS: [&str; 11] = ["las", "les", "los", "nos", "me", "te", "se", "la", "le", "lo", "os"];

/// The lemma of a word by its part of speech, its features and whether a sentence starts with it.
pub(super) fn lemma(
    tables: &Tables,
    word: &str,
    pos: Pos,
    morph: &str,
    starts_sentence: bool,
) -> String {
    let lowered = lower(word);
    match pos {
        Pos::None | Pos::Eol | Pos::Space => return lowered,
        Pos::Propn => return word.to_owned(),
        Pos::Adp
        | Pos::Cconj
        | Pos::Intj
        | Pos::Part
        | Pos::Punct
        | Pos::Sconj
        | Pos::Sym
        | Pos::X => return if starts_sentence { lowered } else { word.to_owned() },
        _ => {}
    }
    let own = id(&lower(pos.name()));
    if let Some([first, ..]) = tables.exceptions(own, &lowered) {
        return first.to_string();
    }
    let features = features(morph);
    match pos {
        Pos::Adj | Pos::Noun => nominal(tables, &lowered, own, &features),
        Pos::Adv => exact(tables, &["adverbs"], &lowered).unwrap_or(lowered),
        Pos::Num => exact(tables, &["num"], &lowered).unwrap_or_else(|| number(&lowered)),
        Pos::Det => determiner(tables, &lowered, own),
        Pos::Pron => pronoun(tables, &lowered, own),
        Pos::Verb | Pos::Aux if features.contains(PERSONAL) => {
            verb_with_pronouns(tables, &lowered, &features)
        }
        Pos::Verb | Pos::Aux => verb(tables, &lowered, &features),
        _ => lowered,
    }
}

/// A feature list as `Name=Value` items; a feature of several values gives several.
fn features(morph: &str) -> HashSet<String> {
    let features = morph.split('|').filter_map(|feature| feature.split_once('='));
    let items = features
        .flat_map(|(name, values)| values.split(',').map(move |value| format!("{name}={value}")));
    items.collect()
}

/// The rules of the first group whose features the word has.
fn group<'t>(
    tables: &'t Tables,
    pos: u64,
    features: &HashSet<String>,
) -> &'t [(Box<str>, Box<str>)] {
    let has_all = |wanted: &[Box<str>]| wanted.iter().all(|one| features.contains(&**one));
    let found = tables.groups(pos).iter().find(|group| has_all(&group.features));
    found.map_or(&[], |group| tables.rules(group.rules))
}

/// What rules make of a word's ending, where they change the word.
fn changed(rules: &[(Box<str>, Box<str>)], word: &str) -> Vec<String> {
    let replaced = rules.iter().filter_map(|(old, new)| {
        let stem = word.strip_suffix(&**old)?;
        Some(format!("{stem}{new}")).filter(|form| form != word)
    });
    replaced.collect()
}

/// The first form that the index has, else the first of all.
fn pick(tables: &Tables, index: u64, forms: Vec<String>) -> Option<String> {
    let known = forms.iter().position(|form| tables.in_index(index, form)).unwrap_or(0);
    forms.into_iter().nth(known)
}

fn exact(tables: &Tables, names: &[&str], word: &str) -> Option<String> {
    let rules = names.iter().flat_map(|name| tables.rules(id(name)));
    let mut rules = rules.filter(|(old, _)| **old == *word);
    rules.next().map(|(_, new)| new.to_string())
}

fn nominal(tables: &Tables, word: &str, pos: u64, features: &HashSet<String>) -> String {
    let mut forms = changed(group(tables, pos, features), word);
    // A plural may carry an accent that its singular loses: jóvenes, joven.
    if features.contains("Number=Plur") {
        let accented = forms.iter().filter(|form| form.ends_with(['n', 's']));
        let plain = accented.flat_map(|form| {
            tables.rules(id("accents")).iter().map(|(old, new)| form.replace(&**old, new))
        });
        let plain = plain.collect::<Vec<_>>();
        forms.extend(plain);
    }
    pick(tables, pos, forms).unwrap_or_else(|| word.to_owned())
}

/// A number without separators of thousands and with a decimal point.
fn number(word: &str) -> String {
    let whole = word.split(',').next().unwrap_or_default();
    let is_grouped = match whole.rsplit_once('.') {
        Some((_, last)) => last.len() == 3 && last.bytes().all(|b| b.is_ascii_digit()),
        None => false,
    };
    let word = if is_grouped { word.replace('.', "") } else { word.to_owned() };
    word.replace(',', ".")
}

fn determiner(tables: &Tables, word: &str, index: u64) -> String {
    if let Some(lemma) = exact(tables, &["det", "det_and_pron_fixed"], word) {
        return lemma;
    }
    let general = tables.rules(id("det_and_pron_general")).iter();
    let mut forms = general
        .map(|(old, new)| match word.strip_suffix(&**old) {
            Some(stem) => format!("{stem}{new}"),
            None => word.to_owned(),
        })
        .collect::<Vec<_>>();
    forms.push(word.to_owned());
    pick(tables, index, forms).unwrap_or_else(|| word.to_owned())
}

fn pronoun(tables: &Tables, word: &str, index: u64) -> String {
    if let Some(lemma) = exact(tables, &["pron", "det_and_pron_fixed"], word) {
        return lemma;
    }
    let mut forms = changed(tables.rules(id("det_and_pron_general")), word);
    forms.push(word.to_owned());
    pick(tables, index, forms).unwrap_or_else(|| word.to_owned())
}

fn verb(tables: &Tables, word: &str, features: &HashSet<String>) -> String {
    let index = id("verb");
    let forms = changed(group(tables, index, features), word);
    let known = |form: &String| tables.in_index(index, form);
    if let Some(form) = forms.iter().find(|form| known(form)) {
        return form.clone();
    }
    // A stem's vowel may have changed: cuento, contar.
    let alternatives = forms.iter().flat_map(|form| alternations(tables, form));
    let found = alternatives.into_iter().find(known);
    found.or_else(|| forms.into_iter().next()).unwrap_or_else(|| word.to_owned())
}

/// The forms that a stem vowel's alternations give, in spaCy's order.
fn alternations(tables: &Tables, form: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (old, new) in tables.rules(id("voc_alt_1")) {
        for (at, c) in form.char_indices() {
            let end = at + c.len_utf8();
            if form[at..end] == **old {
                found.push(format!("{}{new}{}", &form[..at], &form[end..]));
            }
        }
    }
    for (old, new) in tables.rules(id("voc_alt_2")) {
        if form.contains(&**old) {
            found.push(form.replacen(&**old, new, 1));
        }
    }
    found
}

/// "dárselo" → "dar él él": the verb's lemma, then those of its pronouns.
fn verb_with_pronouns(tables: &Tables, word: &str, features: &HashSet<String>) -> String {
    let mut stem = word.to_owned();
    let mut pronouns = Vec::new();
    while pronouns.len() <= 3 {
        let Some(clitic) = CLITICS.iter().find(|clitic| stem.ends_with(**clitic)) else { break };
        stem.truncate(stem.len() - clitic.len());
        pronouns.insert(0, *clitic);
    }
    for (old, new) in tables.rules(id("accents")) {
        stem = stem.replace(&**old, new);
    }
    let mut lemmas = vec![match tables.exceptions(id("verb"), &stem) {
        Some([first, ..]) => first.to_string(),
        _ => verb(tables, &stem, features),
    }];
    if pronouns.is_empty() {
        // As spaCy joins verb and pronouns with a space even when there are none.
        lemmas.push(String::new());
    }
    for pronoun_text in pronouns {
        lemmas.push(match tables.exceptions(id("pron"), pronoun_text) {
            Some([first, ..]) => first.to_string(),
            // Looked up among verbs, as in spaCy.
            _ => pronoun(tables, pronoun_text, id("verb")),
        });
    }
    lemmas.join(" ")
}
