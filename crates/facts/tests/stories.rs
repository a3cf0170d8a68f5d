//! Stories: what texts are about, which of them tell of one event, and which words of one deed.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use atalaya_facts::story::{Word, deeds, stories, terms};

use support::{check, english};

/// The terms that tell more than a word that every text has.
fn telling(sentence: &str) -> Vec<String> {
    let terms = terms(english(), sentence).into_iter();
    let telling = terms.filter(|(_, weight)| *weight >= 1.0);
    telling.map(|(term, weight)| format!("{weight} · {term}")).collect()
}

#[test]
fn the_words_of_stories_tell_what_their_examples_say() {
    assert!(check(&["stories/"], telling) > 3);
}

const FERRY: &str = "A ferry with 212 people ran aground off Kalibo on Tuesday night. The coast guard took \
    all of them to Caticlan in fishing boats. The captain, Rogelio Matundan, said that a net had caught the rudder.";
const RETOLD: &str = "All 212 passengers of a ferry stranded near Kalibo are safe in Caticlan, the coast guard \
    says. A net in the rudder is blamed by Captain Matundan.";
const OTHER: &str = "A ferry burned in the harbour of Batangas on Friday and sank. The coast guard had taken its \
    34 sailors off. The owner, Lualhati Shipping, said that a welder had been at work.";

#[test]
fn retellings_are_of_one_story_and_like_events_are_not() {
    assert_eq!(stories(english(), &[FERRY, OTHER, RETOLD]), [0, 1, 0]);
    assert_eq!(stories(english(), &[OTHER, "", RETOLD, FERRY]), [0, 1, 2, 2]);
    assert!(stories(english(), &[]).is_empty());
}

#[test]
fn words_of_one_family_tell_of_one_deed_of_a_story() {
    let words = [(0, "shoot"), (1, "gunfire"), (1, "arrest"), (2, "shoot"), (0, "say"), (1, "say")];
    let words = words.map(|(text, lemma)| Word { text, lemma });
    assert_eq!(deeds(english(), &[0, 0, 1], &words), [0, 0, 1, 2, 3, 4]);
}
