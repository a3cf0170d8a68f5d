//! The codes of PLOVER and ACLED that packs may use, written down once.

/// PLOVER's 16 types of event, each with its quad code and its modes: draft 2.0 of the manual
/// (github.com/openeventdata/PLOVER). Quads: 1 verbal cooperation, 2 material cooperation, 3 verbal
/// conflict, 4 material conflict. The manual's table of quads makes SANCTION verbal, its section on
/// SANCTION material conflict: the section is followed.
pub const PLOVER_TYPES: [(&str, u8, &[&str]); 16] = [
    ("AGREE", 1, &[]),
    ("CONSULT", 1, &["visit", "third-party", "multilateral", "phone"]),
    ("SUPPORT", 1, &[]),
    ("CONCEDE", 1, &[]),
    ("COOPERATE", 2, &[]),
    ("AID", 2, &[]),
    ("RETREAT", 2, &["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    ("REQUEST", 3, &["assist", "change", "yield", "meet"]),
    ("ACCUSE", 3, &["disapprove", "investigate", "allege"]),
    ("REJECT", 3, &["assist", "change", "yield", "meet"]),
    ("THREATEN", 3, &["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    ("PROTEST", 4, &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    ("SANCTION", 4, &["convict", "expel", "withdraw", "discontinue"]),
    ("MOBILIZE", 4, &["troops", "weapons", "police", "militia"]),
    (
        "COERCE",
        4,
        &[
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ],
    ),
    (
        "ASSAULT",
        4,
        &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
            SIDE_AB,
        ],
    ),
];

/// PLOVER's mode of an assault where both sides use force.
pub const SIDE_AB: &str = "sideAB";

/// PLOVER's types that need somebody to whom it is done.
pub const PLOVER_NEEDS_RECIPIENT: [&str; 3] = ["COOPERATE", "AID", "SANCTION"];

/// PLOVER's sectors of actors.
pub const PLOVER_SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// What stands in PLOVER in the place of a country's code for bodies that are of none.
pub const PLOVER_NON_STATE: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// ACLED's types of event with their sub-types: table `acled_event_categories` of acledR, and the
/// codebook.
pub const ACLED_TYPES: [(&str, &[&str]); 6] = [
    (
        "Battles",
        &["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    ),
    (
        "Explosions/Remote violence",
        &[
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ],
    ),
    (
        "Protests",
        &["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
    ),
    ("Riots", &["Violent demonstration", "Mob violence"]),
    (
        "Strategic developments",
        &[
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ],
    ),
    (
        "Violence against civilians",
        &["Sexual violence", "Attack", "Abduction/forced disappearance"],
    ),
];

/// ACLED's sorts of actor in the order of their numbers 1 to 8, worded as its codebook words them
/// in `interaction`.
pub const ACLED_ACTORS: [&str; 8] = [
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

/// The type, quad code and mode of `TYPE` or `TYPE/mode`; none if PLOVER has no such code.
pub fn plover(code: &str) -> Option<(&'static str, u8, Option<&'static str>)> {
    let (name, mode) = match code.split_once('/') {
        Some((name, mode)) => (name, Some(mode)),
        None => (code, None),
    };
    let (name, quad, modes) = PLOVER_TYPES.into_iter().find(|(known, ..)| *known == name)?;
    match mode {
        None => Some((name, quad, None)),
        Some(mode) => {
            modes.iter().find(|known| **known == mode).map(|&mode| (name, quad, Some(mode)))
        }
    }
}

/// The type and sub-type of `Type/Sub-type`, whose names may hold slashes themselves; none if ACLED
/// has no such code.
pub fn acled(code: &str) -> Option<(&'static str, &'static str)> {
    ACLED_TYPES.into_iter().find_map(|(name, subs)| {
        let sub = code.strip_prefix(name)?.strip_prefix('/')?;
        subs.iter().find(|known| **known == sub).map(|&sub| (name, sub))
    })
}

/// What ACLED writes where two sorts of actor meet: the lower number first, whoever begins.
pub fn acled_interaction(one: &str, other: &str) -> String {
    let number = |sort: &str| ACLED_ACTORS.iter().position(|known| *known == sort);
    // The one pair that its codebook writes with the higher number first.
    let odd = [one, other].contains(&ACLED_ACTORS[6]) && [one, other].contains(&ACLED_ACTORS[7]);
    match (number(one) <= number(other)) != odd {
        true => format!("{one}-{other}"),
        false => format!("{other}-{one}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_or_refused() {
        assert_eq!(plover("COERCE/seize"), Some(("COERCE", 4, Some("seize"))));
        assert_eq!(plover("AGREE"), Some(("AGREE", 1, None)));
        assert_eq!((plover("COERCE/rob"), plover("CRIME"), plover("AGREE/")), (None, None, None));
        let strike = "Explosions/Remote violence/Air/drone strike";
        assert_eq!(acled(strike), Some(("Explosions/Remote violence", "Air/drone strike")));
        assert_eq!((acled("Battles"), acled("Battles/Attack")), (None, None));
    }

    #[test]
    fn interactions_are_written_one_way() {
        assert_eq!(acled_interaction("Civilians", "Rebel group"), "Rebel group-Civilians");
        assert_eq!(acled_interaction("Rioters", "Rioters"), "Rioters-Rioters");
        let odd = "External/Other forces-Civilians";
        assert_eq!(acled_interaction("Civilians", "External/Other forces"), odd);
        assert_eq!(acled_interaction("External/Other forces", "Civilians"), odd);
    }
}
