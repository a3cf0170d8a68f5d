//! Tests of the lemmatizers, with small tables of the form that models have.

use serde_json::{Value, json};

use super::*;
use crate::msgpack::tests::write;

fn lemmatizer(language: &str, tables: &Value) -> Lemmatizer {
    Lemmatizer::read(language, &write(tables), false).unwrap()
}

/// Applies a lemmatizer to one word, twice over the same scratch.
fn lemma(lemmatizer: &Lemmatizer, word: &str, pos: &str, morph: &str, starts: bool) -> String {
    let (mut labels, mut scratch) = (Labels::new(), Scratch::default());
    let row = Row {
        end: word.len() as u32,
        morph: labels.add(morph),
        pos: Pos::from_name(pos).unwrap(),
        sentence_start: starts,
        ..Row::default()
    };
    let mut once = || {
        let (mut rows, mut strings) = ([row], Strings::default());
        lemmatizer.apply(word, &mut rows, &labels, &mut strings, &mut scratch);
        match rows[0].lemma {
            Part::OWN => word.to_owned(),
            Part { start, len } => strings.0[start as usize..][..len as usize].to_owned(),
        }
    };
    let first = once();
    assert_eq!(once(), first);
    first
}

#[test]
fn english() {
    let english = lemmatizer(
        "en",
        &json!({
            "lemma_rules": {
                "#noun": [["s", ""], ["ses", "s"], ["ies", "y"]],
                "#verb": [["s", ""], ["es", "e"], ["ed", "e"], ["ed", ""], ["ing", "e"], ["ing", ""]],
                "#punct": [["“", "\""]]
            },
            "lemma_exc": {"#noun": {"feet": ["foot"], "axes": ["ax", "axis"]}, "#verb": {"went": ["go"]}},
            "lemma_index": {"#noun": ["police", "gas", "army"], "#verb": ["seize", "bomb", "use"]}
        }),
    );
    let of = |word, pos, morph| lemma(&english, word, pos, morph, false);
    assert_eq!(of("Armies", "NOUN", "Number=Plur"), "army");
    assert_eq!(of("gases", "NOUN", "Number=Plur"), "gas");
    assert_eq!(of("Feet", "NOUN", "Number=Plur"), "foot");
    // The exception that was put in front last wins.
    assert_eq!(of("axes", "NOUN", "Number=Plur"), "axis");
    // No known word: the first rule that fits; a form with a digit counts as known.
    assert_eq!(of("drones", "NOUN", "Number=Plur"), "drone");
    assert_eq!(of("F-16s", "NOUN", "Number=Plur"), "f-16");
    assert_eq!(of("Seized", "VERB", "Tense=Past|VerbForm=Fin"), "seize");
    assert_eq!(of("bombed", "VERB", "Tense=Past|VerbForm=Fin"), "bomb");
    assert_eq!(of("WENT", "VERB", "Tense=Past|VerbForm=Fin"), "go");
    // No rule fits: the word as it stands. Base forms: lower case, whatever the rules say.
    assert_eq!(of("Sheep", "NOUN", "Number=Plur"), "Sheep");
    assert_eq!(of("Gas", "NOUN", "Number=Sing"), "gas");
    assert_eq!(of("Uses", "VERB", "Tense=Pres|VerbForm=Fin"), "uses");
    assert_eq!(of("uses", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"), "use");
    assert_eq!(of("Being", "AUX", "VerbForm=Inf"), "being");
    // Parts of speech without tables.
    assert_eq!(of("Guayaquil", "PROPN", "Number=Sing"), "Guayaquil");
    assert_eq!(of("The", "DET", ""), "the");
    assert_eq!(of("“", "PUNCT", ""), "\"");
    assert_eq!(of("\n", "SPACE", ""), "\n");
}

#[test]
fn spanish() {
    let spanish = lemmatizer(
        "es",
        &json!({
            "lemma_rules": {
                "#noun_plur": [["ces", "z"], ["ones", "ón"], ["es", ""], ["s", ""]],
                "#fin": [["o", "ar"], ["an", "ar"], ["ieron", "ir"]],
                "#inf": [["r", "r"]],
                "#voc_alt_1": [["u", "o"], ["i", "e"]],
                "#voc_alt_2": [["ue", "u"], ["ue", "o"], ["ie", "e"]],
                "#accents": [["ó", "o"], ["á", "a"], ["é", "e"]],
                "#adverbs": [["muy", "mucho"]],
                "#num": [["media", "medio"]],
                "#det": [["la", "el"]],
                "#det_and_pron_fixed": [["tales", "tal"]],
                "#det_and_pron_general": [["as", "o"], ["s", ""]]
            },
            "lemma_rules_groups": {
                "#noun": [["noun_plur", ["Number=Plur"]]],
                "#verb": [["fin", ["VerbForm=Fin"]], ["inf", ["VerbForm=Inf", "PronType=Prs"]]]
            },
            "lemma_index": {
                "#noun": ["joven", "pez", "avión"],
                "#verb": ["contar", "pedir", "dar"],
                "#det": ["mucho"], "#pron": ["mucho"]
            },
            "lemma_exc": {"#det": {"una": ["uno"]}, "#pron": {"se": ["él"], "lo": ["él"]}, "#verb": {"dar": ["dar"]}}
        }),
    );
    let of = |word, pos, morph| lemma(&spanish, word, pos, morph, false);
    assert_eq!(of("Peces", "NOUN", "Number=Plur"), "pez");
    assert_eq!(of("aviones", "NOUN", "Gender=Masc|Number=Plur"), "avión");
    assert_eq!(of("jóvenes", "NOUN", "Number=Plur"), "joven");
    assert_eq!(of("drones", "NOUN", "Number=Plur"), "drón");
    assert_eq!(of("Casa", "NOUN", "Number=Sing"), "casa");
    assert_eq!(of("cuento", "VERB", "Number=Sing|VerbForm=Fin"), "contar");
    assert_eq!(of("pidieron", "VERB", "VerbForm=Fin"), "pedir");
    assert_eq!(of("hablan", "AUX", "VerbForm=Fin"), "hablar");
    assert_eq!(of("dárselo", "VERB", "Case=Acc,Dat|PronType=Prs|VerbForm=Inf"), "dar él él");
    assert_eq!(of("darnos", "VERB", "PronType=Prs|VerbForm=Inf"), "dar no");
    // Marked as carrying a pronoun, but carrying none.
    assert_eq!(of("pedir", "VERB", "PronType=Prs|VerbForm=Inf"), "pedir ");
    assert_eq!(of("Muy", "ADV", ""), "mucho");
    assert_eq!(of("aquí", "ADV", ""), "aquí");
    assert_eq!(of("1.200.500,75", "NUM", ""), "1200500.75");
    assert_eq!(of("3.14", "NUM", ""), "3.14");
    assert_eq!(of("12.5555", "NUM", ""), "12.5555");
    assert_eq!(of("La", "DET", ""), "el");
    assert_eq!(of("una", "DET", ""), "uno");
    assert_eq!(of("muchas", "DET", ""), "mucho");
    assert_eq!(of("otras", "PRON", ""), "otro");
    assert_eq!(of("De", "ADP", ""), "De");
    assert_eq!(lemma(&spanish, "De", "ADP", "", true), "de");
    assert_eq!(lemma(&spanish, "Quito", "PROPN", "", true), "Quito");
}

#[test]
fn lemmas_that_are_set_are_kept_unless_told_otherwise() {
    for (overwrite, expected) in [(false, "be"), (true, "is")] {
        let lemmatizer = Lemmatizer::read("en", &write(&json!({})), overwrite).unwrap();
        let mut strings = Strings::default();
        let lemma = strings.push("be");
        let mut rows = [Row { end: 2, lemma, ..Row::default() }];
        let mut scratch = Scratch::default();
        lemmatizer.apply("is", &mut rows, &Labels::new(), &mut strings, &mut scratch);
        let text = match rows[0].lemma {
            Part::OWN => "is",
            Part { start, len } => &strings.0[start as usize..][..len as usize],
        };
        assert_eq!(text, expected);
    }
}

#[test]
fn bad_tables_are_errors() {
    let read = |language, tables: Value| Lemmatizer::read(language, &write(&tables), false);
    assert!(matches!(read("fr", json!({})), Err(LemmatizerError::Language(_))));
    let cases = [
        json!({"lemma_rules": []}),
        json!({"lemma_rules": {"noun": []}}),
        json!({"lemma_rules": {"#noun": [["s"]]}}),
        json!({"lemma_exc": {"#noun": {"feet": "foot"}}}),
        json!({"lemma_index": {"#noun": [1]}}),
        json!({"lemma_rules_groups": {"#noun": [["a", "b"]]}}),
    ];
    for tables in cases {
        assert!(matches!(read("en", tables), Err(LemmatizerError::Form(_))));
    }
    let pattern = json!({"lemma_rules": {"#accents": [["[ó]", "o"]]}});
    assert!(matches!(read("es", pattern), Err(LemmatizerError::Pattern(_))));
    assert!(Lemmatizer::read("en", b"\xdf\xff\xff\xff\xff", false).is_err());
}
