//! Tests of the attribute ruler.

use serde_json::json;

use super::*;
use crate::lexeme::Norms;
use crate::msgpack::tests::write;

/// Applies rules to tokens given as (text, tag, dep); returns (tag, pos, morph, dep, lemma).
fn apply(rules: &serde_json::Value, tokens: &[(&str, &str, &str)]) -> Vec<[String; 5]> {
    let mut labels = Labels::new();
    let ruler = Ruler::read(&write(rules), &mut labels).unwrap();
    let mut lexicon = Lexicon::default();
    let (mut text, mut rows) = (String::new(), Vec::new());
    for (word, tag, dep) in tokens {
        let start = text.len() as u32;
        text.push_str(word);
        let lexeme = lexicon.number(word, || Lexeme::new(word, &Norms::default()));
        let (tag, dep) = (labels.add(tag), labels.add(dep));
        rows.push(Row { start, end: text.len() as u32, lexeme, tag, dep, ..Row::default() });
    }
    let (mut strings, mut scratch) = (Strings::default(), Scratch::default());
    let before = rows.clone();
    ruler.apply(&text, &mut rows, &lexicon, &mut strings, &mut scratch);
    // What is remembered must give the same.
    let mut again = before;
    ruler.apply(&text, &mut again, &lexicon, &mut Strings::default(), &mut scratch);
    assert!(
        rows.iter().zip(&again).all(|(a, b)| (a.tag, a.pos, a.morph) == (b.tag, b.pos, b.morph))
    );
    let result = rows.iter().zip(tokens).map(|(row, (word, ..))| {
        let lemma = match row.lemma {
            Part::OWN => word,
            Part { start, len } => &strings.0[start as usize..][..len as usize],
        };
        let words = [row.tag, row.morph, row.dep].map(|label| labels.word(label).to_owned());
        let [tag, morph, dep] = words;
        [tag, row.pos.name().to_owned(), morph, dep, lemma.to_owned()]
    });
    result.collect()
}

#[test]
fn later_rules_overwrite_what_earlier_ones_set() {
    let rules = json!([
        {"patterns": [[{"TAG": "DT"}]], "attrs": {"POS": "DET", "MORPH": "_"}, "index": 0},
        {"patterns": [[{"TAG": "DT", "LOWER": "the"}]], "attrs": {"MORPH": "PronType=Art|Definite=Def"}},
        {"patterns": [[{"DEP": {"NOT_IN": ["det", ""]}, "TAG": {"IN": ["WDT", "DT"]}}]], "attrs": {"POS": "PRON"}},
        {"patterns": [[{"IS_SPACE": true}], [{"TAG": "_SP"}]], "attrs": {"TAG": "_SP", "POS": "SPACE"}}
    ]);
    let tokens =
        [("The", "DT", "det"), ("that", "DT", "nsubj"), ("\n", "NN", "dep"), ("x", "NN", "")];
    let out = apply(&rules, &tokens);
    assert_eq!(out[0], ["DT", "DET", "Definite=Def|PronType=Art", "det", ""]);
    assert_eq!(out[1], ["DT", "PRON", "", "nsubj", ""]);
    assert_eq!(out[2], ["_SP", "SPACE", "", "dep", ""]);
    assert_eq!(out[3], ["NN", "", "", "", ""]);
}

#[test]
fn patterns_see_what_was_there_before_any_rule() {
    let rules = json!([
        {"patterns": [[{"TAG": "A"}]], "attrs": {"TAG": "B"}},
        {"patterns": [[{"TAG": "B"}]], "attrs": {"TAG": "C"}},
        {"patterns": [[{"TAG": "A"}, {"TAG": "A"}]], "attrs": {"POS": "X"}, "index": -1}
    ]);
    let out = apply(&rules, &[("x", "A", ""), ("x", "A", ""), ("x", "B", "")]);
    assert_eq!([&*out[0][0], &*out[1][0], &*out[2][0]], ["B", "B", "C"]);
    assert_eq!([&*out[0][1], &*out[1][1]], ["", "X"]);
}

#[test]
fn patterns_of_several_tokens_keep_their_rule_s_place() {
    let rules = json!([
        {"patterns": [[{"LOWER": "got"}, {"LOWER": {"REGEX": "^t(a|o)$"}}]], "attrs": {"LEMMA": "to"}, "index": 1},
        {"patterns": [[{"LOWER": "ta"}]], "attrs": {"LEMMA": "thanks"}},
        {"patterns": [[{"LOWER": "got"}, {"TAG": "T"}]], "attrs": {"LEMMA": "get"}, "index": 0}
    ]);
    let tokens =
        [("Got", "V", ""), ("ta", "T", ""), ("got", "V", ""), ("to", "T", ""), ("TA", "N", "")];
    let lemmas = apply(&rules, &tokens).into_iter().map(|token| token[4].clone());
    assert_eq!(lemmas.collect::<Vec<_>>(), ["get", "thanks", "get", "to", "thanks"]);
}

#[test]
fn bad_rules_are_errors() {
    let read = |rules| Ruler::read(&write(&rules), &mut Labels::new());
    let rule = |pattern: serde_json::Value, index: i64| json!([{"patterns": [pattern], "attrs": {"POS": "X"}, "index": index}]);
    assert!(read(rule(json!([{"TAG": "A"}]), 0)).is_ok());
    assert!(matches!(read(json!({})), Err(RulerError::Form(0))));
    assert!(matches!(read(rule(json!([{"TAG": "A"}]), 1)), Err(RulerError::Form(0))));
    assert!(matches!(read(rule(json!([{"TAG": "A"}]), i64::MIN)), Err(RulerError::Form(0))));
    assert!(matches!(read(rule(json!([]), 0)), Err(RulerError::Form(0))));
    assert!(matches!(read(rule(json!([{"OP": "+"}]), 0)), Err(RulerError::Unsupported(0, _))));
    assert!(matches!(
        read(rule(json!([{"TAG": {"REGEX": "A"}}]), 0)),
        Err(RulerError::Unsupported(0, _))
    ));
    assert!(matches!(
        read(rule(json!([{"LOWER": {"REGEX": "(?=a)"}}]), 0)),
        Err(RulerError::Pattern(0, _))
    ));
    assert!(matches!(
        read(json!([{"patterns": [], "attrs": {"POS": "VERBAL"}}])),
        Err(RulerError::Form(0))
    ));
}
