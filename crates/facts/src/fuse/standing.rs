//! Standing: how far a fact is confirmed, by a rule that can be read here and nowhere else.

use serde::Serialize;

use super::judgement::Reason;

/// What a fact's credibility is computed from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many independent origins tell it.
    pub origins: usize,
    /// How many independent origins tell what cannot be so together with it.
    pub against: usize,
    /// The best rating among the outlets that tell it; none where nobody rated them.
    pub best: Option<char>,
    /// Whether somebody denies it.
    pub denied: bool,
}

/// How far a fact is confirmed: the second half of an Admiralty grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credibility {
    /// 1 confirmed · 2 probably true · 3 possibly true · 4 doubtful · 5 improbable · 6 cannot be judged.
    pub grade: u8,
    /// Why.
    pub why: Vec<Reason>,
}

/// The rule, the first line that fits:
///
/// | told by | told against by | sources | grade |
/// |---|---|---|---|
/// | any | more origins than tell it | any | 5 |
/// | any | some, or it is denied | any | 4 |
/// | 3 origins or more, or 2 with an outlet rated A or B | none | not all rated E | 1 |
/// | 2 origins | none | not all rated E | 2 |
/// | 1 origin | none | an outlet rated A, B or C | 3 |
/// | 1 origin | none | an outlet rated E | 5 |
/// | 1 origin | none | rated D, F, or not at all | 6 |
pub fn credibility(evidence: &Evidence) -> Credibility {
    let Evidence { origins, against, best, denied } = evidence;
    let mut why = vec![Reason::new("independent origins", origins.to_string())];
    if *against > 0 {
        why.push(Reason::new("origins that tell it otherwise", against.to_string()));
    }
    if *denied {
        why.push(Reason::new("somebody denies it", ""));
    }
    if let Some(rating) = best {
        why.push(Reason::new("best rating of an outlet that tells it", rating.to_string()));
    }
    let trusted = matches!(best, Some('A' | 'B'));
    let unreliable = *best == Some('E');
    let grade = match origins {
        _ if against > origins => 5,
        _ if *against > 0 || *denied => 4,
        2.. if !unreliable && (*origins > 2 || trusted) => 1,
        2.. if !unreliable => 2,
        _ if matches!(best, Some('A'..='C')) => 3,
        _ if unreliable => 5,
        _ => 6,
    };
    Credibility { grade, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(origins: usize, against: usize, best: Option<char>, denied: bool) -> u8 {
        credibility(&Evidence { origins, against, best, denied }).grade
    }

    #[test]
    fn every_line_of_the_rule_holds() {
        let by_default = grade(1, 0, None, false);
        assert_eq!(by_default, 6);
        assert_eq!(grade(1, 0, Some('F'), false), 6);
        assert_eq!(grade(1, 0, Some('C'), false), 3);
        assert_eq!(grade(1, 0, Some('E'), false), 5);
        assert_eq!(grade(2, 0, None, false), 2);
        assert_eq!(grade(2, 0, Some('B'), false), 1);
        assert_eq!(grade(3, 0, None, false), 1);
        assert_eq!(grade(3, 0, Some('E'), false), 5);
        assert_eq!(grade(3, 1, Some('A'), false), 4);
        assert_eq!(grade(1, 2, None, false), 5);
        assert_eq!(grade(1, 0, None, true), 4);
    }

    #[test]
    fn the_reasons_are_told() {
        let told = credibility(&Evidence { origins: 2, best: Some('B'), ..Evidence::default() });
        let rules: Vec<&str> = told.why.iter().map(|reason| &*reason.rule).collect();
        assert_eq!(rules, ["independent origins", "best rating of an outlet that tells it"]);
    }
}
