//! The codes that the pack gives kinds and classes are codes of PLOVER and ACLED, and kinds say who does what to whom.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use atalaya_facts::event::Type;
use atalaya_facts::pack::{self, Files};
use atalaya_facts::standards;
use support::english;

#[test]
fn every_code_of_the_pack_is_one_of_its_standard() {
    let mut codes = (0, 0);
    for kind in &english().kinds.kinds {
        if let Some(code) = &kind.plover {
            codes.0 += 1;
            assert!(standards::plover(code).is_some(), "{}: PLOVER has no {code}", kind.name);
        }
        for (_, _, code) in kind.acled_types() {
            codes.1 += 1;
            assert!(standards::acled(code).is_some(), "{}: ACLED has no {code}", kind.name);
        }
    }
    assert!(codes.0 > 60 && codes.1 > 40, "{codes:?}");
    let classes = &english().classes;
    for class in classes.iter() {
        let name = classes.name(class);
        if let Some(sort) = classes.plover(class) {
            let known = standards::PLOVER_SECTORS.contains(&sort)
                || standards::PLOVER_NON_STATE.contains(&sort);
            assert!(known, "{name}: PLOVER has no {sort}");
        }
        if let Some(sort) = classes.acled(class) {
            assert!(standards::ACLED_ACTORS.contains(&sort), "{name}: ACLED has no {sort}");
        }
    }
}

#[test]
fn each_side_is_a_role_that_takes_somebody() {
    for kind in &english().kinds.kinds {
        for role in kind.sides.iter().flatten() {
            let takes =
                kind.roles.iter().any(|(own, types)| own == role && types.contains(&Type::Actor));
            assert!(takes, "{}: {role} takes no actor", kind.name);
        }
    }
    // Who acts and upon whom, where the order of the roles does not say it.
    for (name, who, whom, mutual) in [
        ("arrest", "agent", "target", false),
        ("appoint", "by", "person", false),
        ("elect", "body", "winner", false),
        ("extradite", "agent", "to", false),
        ("clash", "side_a", "side_b", true),
        ("meet", "a", "b", true),
        ("agreement", "parties", "", true),
        ("ceasefire", "parties", "", true),
        ("exercise", "parties", "", true),
        ("cooperate", "parties", "with", true),
        ("negotiate", "parties", "with", true),
        ("deploy", "sender", "", false),
        ("withdraw", "sender", "", false),
        ("patrol", "agent", "target", false),
        ("escape", "escapee", "", false),
        ("resign", "person", "", false),
        ("figure", "subject", "", false),
    ] {
        let kind = english().kinds.by_name(name).unwrap();
        let first = kind.sides.each_ref().map(|side| side.first().map_or("", String::as_str));
        assert_eq!((first, kind.mutual), ([who, whom], mutual), "{name}");
    }
}

/// What is wrong with a kind of this file.
fn told_of(event: &str) -> String {
    let mut files: Files = support::files();
    files.insert("events/arrest/event.toml".to_owned(), event.to_owned());
    let told: Vec<String> = pack::check(&files).iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn codes_that_no_standard_has_are_told() {
    let arrest = support::files()["events/arrest/event.toml"].clone();
    assert_eq!(told_of(&arrest), "");
    for (from, to, told) in [
        ("COERCE/arrest", "COERCE/rob", "PLOVER has no type or mode `COERCE/rob`"),
        ("developments/Arrests", "developments/Arrest", "ACLED has no type or sub-type"),
        ("\"*\" =", "policeman =", "there is no class `policeman`"),
        ("\"*\" =", "\"agnet: police\" =", "names no role of this kind"),
        (
            "\n[roles]",
            "\nsides = [[\"agent\"], [\"charge\"]]\n\n[roles]",
            "no role that takes an actor",
        ),
        ("\n[roles]", "\ndies = \"victim\"\n\n[roles]", "there is no role `victim`"),
    ] {
        let changed = arrest.replace(from, to);
        assert_ne!(changed, arrest, "{from}");
        let problems = told_of(&changed);
        assert!(
            problems.contains(told) && problems.contains("events/arrest/event.toml:"),
            "{problems}"
        );
    }
}
