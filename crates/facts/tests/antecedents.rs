//! What pronouns and descriptions in claims stand for, and when nobody knows.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use support::claims::claims;

/// For each role of the claims of a kind that some words fill, what these stand for.
fn stand_for(paragraphs: &[&str], kind: &str, words: &str) -> Vec<Option<String>> {
    let (found, text) = claims(paragraphs);
    let own = found.claims.iter().filter(|claim| claim.kind == kind);
    let roles = own.flat_map(|claim| &claim.roles);
    let named = roles.filter(|role| text[role.value.span.clone()] == *words);
    named.map(|role| role.value.antecedent.clone().map(|span| text[span].to_owned())).collect()
}

fn one(words: &str) -> Vec<Option<String>> {
    vec![Some(words.to_owned())]
}

#[test]
fn who_speaks_does_what_he_says_he_will() {
    let told = ["Benin said on Monday that it would deploy 200 soldiers in Parakou."];
    assert_eq!(stand_for(&told, "deploy", "it"), one("Benin"));
    let told = ["The miners said that they had blocked the road to Potosí."];
    assert_eq!(stand_for(&told, "protest", "they"), one("miners"));
}

#[test]
fn the_only_one_within_two_sentences_is_meant() {
    let told = ["Ana Ruiz left Lima on Friday. Rain fell. She was arrested in Puno on Sunday."];
    assert_eq!(stand_for(&told, "arrest", "She"), one("Ana Ruiz"));
}

#[test]
fn of_two_that_fit_none_is_chosen() {
    let told = ["Ana Ruiz met Rosa Mora in Lima. She was arrested in Puno on Sunday."];
    assert_eq!(stand_for(&told, "arrest", "She"), [None]);
}

#[test]
fn what_stands_three_sentences_back_is_forgotten() {
    let told = [
        "Ana Ruiz left Lima. It rained. It rained again. The rain stopped. She was arrested in Puno.",
    ];
    assert_eq!(stand_for(&told, "arrest", "She"), [None]);
}

#[test]
fn a_person_is_no_it_and_a_country_no_he() {
    let told = ["Benin closed its border with Togo. He was arrested in Parakou on Sunday."];
    assert_eq!(stand_for(&told, "arrest", "He"), [None]);
}

#[test]
fn what_a_deed_is_asked_of_depends_on_what_a_pronoun_stands_for() {
    // Who arrests is an authority: "they" are, where the police are meant, and not where bakers are.
    let (found, _) = claims(&["The police said that they had arrested a forger in Gao."]);
    assert!(
        found.claims.iter().any(|claim| claim.rule == "arrest/arrest"
            && claim.roles.iter().any(|role| role.id == "agent"))
    );
}

#[test]
fn a_speaker_may_be_told_a_paragraph_before() {
    let told = [
        "''The guard, whatever he tells the court in May, is a man who hates sailors,'' Mr. Ruiz said of \
         the prisoner. ''If he had walked into the harbour and beaten two boys, we would call it by its \
         name.",
        "''It was an act of hatred.''",
    ];
    let (found, _) = claims(&told);
    assert!(found.claims.iter().any(|claim| claim.kind == "statement"));
}
