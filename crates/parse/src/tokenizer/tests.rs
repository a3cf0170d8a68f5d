//! Tests of the tokenizer against what spaCy's own makes of the same texts with the same rules.

use serde_json::Value;

use super::rules::Part;
use super::*;

fn cases() -> Value {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

fn rules(cases: &Value) -> Rules {
    let pattern = |name: &str| Some(cases["rules"][name].as_str().unwrap().to_owned());
    let part = |part: &Value| Part {
        text: part[0].as_str().unwrap().to_owned(),
        norm: part[1].as_str().map(str::to_owned),
    };
    let exception = |pair: &Value| {
        let parts = pair[1].as_array().unwrap().iter().map(part).collect();
        (pair[0].as_str().unwrap().to_owned(), parts)
    };
    Rules {
        prefix: pattern("prefix"),
        suffix: pattern("suffix"),
        infix: pattern("infix"),
        token: None,
        url: pattern("url"),
        exceptions: cases["exceptions"].as_array().unwrap().iter().map(exception).collect(),
        faster_heuristics: true,
    }
}

fn tokenizer() -> Tokenizer {
    Tokenizer::new(&rules(&cases()), Norms::default()).unwrap()
}

fn words(tokenizer: &Tokenizer, text: &str, scratch: &mut Scratch) -> Vec<Word> {
    let mut words = Vec::new();
    tokenizer.tokenize(text, scratch, &mut words);
    words
}

fn texts<'t>(words: &[Word], text: &'t str) -> Vec<&'t str> {
    words.iter().map(|word| &text[word.start as usize..word.end as usize]).collect()
}

#[test]
fn difficult_texts_are_tokenized_as_by_spacy() {
    let cases = cases();
    let tokenizer = tokenizer();
    let mut scratch = Scratch::default();
    // Twice, so that remembered chunks are seen as well.
    for case in cases["cases"].as_array().unwrap().iter().chain(cases["cases"].as_array().unwrap())
    {
        let text = case[0].as_str().unwrap();
        let words = words(&tokenizer, text, &mut scratch);
        let tokens = words.iter().zip(texts(&words, text)).map(|(word, token)| {
            let norm = &*scratch.lexicon.get(word.lexeme).norm_text;
            serde_json::json!([token, word.space_after, norm])
        });
        assert_eq!(Value::Array(tokens.collect()), case[1], "{text:?}");
    }
}

#[test]
fn tokens_and_the_spaces_after_them_make_up_the_text() {
    let tokenizer = tokenizer();
    let mut scratch = Scratch::default();
    for case in cases()["cases"].as_array().unwrap() {
        let text = case[0].as_str().unwrap();
        let mut at = 0;
        for word in words(&tokenizer, text, &mut scratch) {
            assert_eq!(word.start, at);
            assert!(word.end > word.start);
            at = word.end + u32::from(word.space_after);
        }
        assert_eq!(at as usize, text.len(), "{text:?}");
    }
}

#[test]
fn a_text_and_a_norm_have_one_number() {
    let tokenizer = tokenizer();
    let mut scratch = Scratch::default();
    let mut number = |text: &str, at: usize| words(&tokenizer, text, &mut scratch)[at].lexeme;
    assert_eq!(number("can't", 1), number("they don't", 2));
    assert_eq!(number("do", 0), number("don't", 0));
    // Outside an exception "n't" keeps its own norm.
    assert_ne!(number("n't", 0), number("don't", 1));
}

#[test]
fn long_chunks_take_linear_time() {
    // Quadratic work on any of these would take hours, not a moment.
    let tokenizer = tokenizer();
    for unit in ["(", ".", "a-", "a.", "a", "a@", "'", "(.", "é", "\u{301}", ":)", "http://a.a/"] {
        let text = unit.repeat(300_000);
        let words = words(&tokenizer, &text, &mut Scratch::default());
        assert_eq!(words.last().unwrap().end as usize, text.len());
    }
}

#[test]
fn unsupported_and_broken_patterns_are_errors() {
    let refused = |change: fn(&mut Rules)| {
        let mut rules = Rules { faster_heuristics: true, ..Rules::default() };
        change(&mut rules);
        Tokenizer::new(&rules, Norms::default()).is_err()
    };
    assert!(!refused(|_| {}));
    assert!(refused(|rules| rules.prefix = Some("a".into())));
    assert!(refused(|rules| rules.prefix = Some("^a(?!b*)".into())));
    assert!(refused(|rules| rules.prefix = Some("^(".into())));
    assert!(refused(|rules| rules.suffix = Some(r"a\$".into())));
    assert!(refused(|rules| rules.suffix = Some("(?<=é$".into())));
    assert!(refused(|rules| rules.suffix = Some("(?<!a)b$".into())));
    assert!(refused(|rules| rules.infix = Some("a(?=b|cd)".into())));
    assert!(refused(|rules| rules.infix = Some("x(?=y)z".into())));
    assert!(refused(|rules| rules.infix = Some("[a-".into())));
    assert!(refused(|rules| rules.infix = Some("a++".into())));
    assert!(refused(|rules| rules.infix = Some("\\".into())));
    assert!(refused(|rules| rules.url = Some(r"(\w{1000}){1000}".into())));
    assert!(refused(|rules| rules.token = Some("x".repeat(1_000_000))));
}

#[test]
fn matches_of_nothing_do_not_hang() {
    let rules = Rules {
        prefix: Some("^x*".into()),
        suffix: Some("y*$".into()),
        infix: Some("z*".into()),
        ..Rules::default()
    };
    let tokenizer = Tokenizer::new(&rules, Norms::default()).unwrap();
    let text = "xaéby x";
    let words = words(&tokenizer, text, &mut Scratch::default());
    assert_eq!(texts(&words, text).concat(), "xaébyx");
}
