//! What a sentence that never ends may tell.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use support::claims::claims;

/// How many claims a paragraph tells, and why others were let go.
fn told(paragraph: &str) -> (usize, Vec<String>) {
    let (extraction, _) = claims(&[paragraph]);
    let why = extraction.dropped.into_iter().map(|(_, dropped)| dropped.why);
    (extraction.claims.len(), why.collect())
}

#[test]
fn a_sentence_of_many_deeds_tells_the_first_sixty_four() {
    let deeds = vec!["police in Lima arrested a man"; 100].join(", and ");
    let (claims, why) = told(&format!("On Monday {deeds}."));
    assert_eq!(claims, 64);
    assert!(why.iter().any(|why| why == "the sentence tells too much"));
}

#[test]
fn a_sentence_of_ten_thousand_bytes_tells_nothing() {
    let nested = " Pedro Salas said that".repeat(1000);
    let (claims, why) = told(&format!("In March{nested} the army left Lima."));
    assert_eq!(claims, 0);
    assert!(why.iter().any(|why| why == "the sentence is too long"));
}

#[test]
fn what_stands_beside_a_sentence_too_long_is_told() {
    let nested = " Pedro Salas said that".repeat(1000);
    let (claims, _) =
        told(&format!("In March{nested} the army left Lima. Police arrested two men in Quito."));
    assert!(claims > 0);
}
