//! The pack's examples of how times are written for people.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use atalaya_facts::pack;
use atalaya_facts::pack::corpus::examples;
use atalaya_facts::value::period::Wording;

#[test]
fn times_are_written_as_the_examples_say() {
    let files = support::files();
    for language in ["en", "es"] {
        let mut problems = Vec::new();
        let words = Wording::load(&pack::of_language(&files, language), &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        let corpus = examples(&files[&format!("times/{language}.md")]);
        assert!(corpus.len() > 12);
        for example in corpus {
            let told: Vec<String> = words.told(&example.sentence).into_iter().collect();
            assert_eq!(told, example.values, "times/{language}.md:{}", example.line);
        }
    }
}
