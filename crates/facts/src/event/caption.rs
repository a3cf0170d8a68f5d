//! Captions: how a kind's claims are told in one line.

/// One wording of a caption: words with places for roles.
///
/// `{role}` stands for a role's value. What stands in `[brackets]` is left out where a role in it has no
/// value. `ask|asks` agrees with the value before it: the first word for several, the second for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Role(String),
    Agreeing { several: String, one: String },
    Optional(Vec<Piece>),
}

/// A role's value in words, and whether the words are of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// The words.
    pub words: String,
    /// Whether they take a verb in the plural.
    pub several: bool,
}

impl Caption {
    /// Reads a caption's template.
    ///
    /// # Errors
    /// What is wrong with the template, in a few words.
    pub fn parse(template: &str) -> Result<Caption, String> {
        let mut rest = template;
        let pieces = pieces(&mut rest, false)?;
        Ok(Caption { pieces })
    }

    /// The roles that it names.
    pub fn roles(&self) -> Vec<&str> {
        fn of(pieces: &[Piece]) -> Vec<&str> {
            let roles = pieces.iter().map(|piece| match piece {
                Piece::Role(role) => vec![role.as_str()],
                Piece::Optional(inner) => of(inner),
                Piece::Words(_) | Piece::Agreeing { .. } => vec![],
            });
            roles.flatten().collect()
        }
        of(&self.pieces)
    }

    /// The roles that it cannot do without: those outside brackets.
    pub fn needed(&self) -> Vec<&str> {
        let roles = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Role(role) => Some(role.as_str()),
            Piece::Words(_) | Piece::Agreeing { .. } | Piece::Optional(_) => None,
        });
        roles.collect()
    }

    /// The caption with the roles' values, in a capital; none if a role outside brackets has none.
    pub fn fill(&self, value: &impl Fn(&str) -> Option<Filling>) -> Option<String> {
        let text = fill(&self.pieces, value, &mut false)?;
        let mut letters = text.chars();
        let first = letters.next()?;
        Some(first.to_uppercase().chain(letters).collect())
    }
}

/// Reads pieces up to the end, or up to the closing bracket.
fn pieces(rest: &mut &str, inside: bool) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    loop {
        let mark = rest.find(['{', '[', ']', '}']).unwrap_or(rest.len());
        words(&rest[..mark], &mut pieces);
        let Some(sign) = rest[mark..].chars().next() else {
            let closed = if inside { Err("a `[` is never closed".to_owned()) } else { Ok(pieces) };
            *rest = "";
            return closed;
        };
        *rest = &rest[mark + 1..];
        match sign {
            '{' => {
                let end = rest.find('}').ok_or("a `{` is never closed")?;
                pieces.push(Piece::Role(rest[..end].to_owned()));
                *rest = &rest[end + 1..];
            }
            '[' => pieces.push(Piece::Optional(self::pieces(rest, true)?)),
            ']' if inside => return Ok(pieces),
            other => return Err(format!("`{other}` closes nothing")),
        }
    }
}

/// Plain words, with those told apart that agree with what stands before them.
fn words(text: &str, pieces: &mut Vec<Piece>) {
    let mut plain = String::new();
    for word in text.split_inclusive(' ') {
        let Some((several, one)) = word.trim_end().split_once('|') else {
            plain.push_str(word);
            continue;
        };
        if !plain.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut plain)));
        }
        pieces.push(Piece::Agreeing { several: several.to_owned(), one: one.to_owned() });
        plain.push_str(&word[word.trim_end().len()..]);
    }
    if !plain.is_empty() {
        pieces.push(Piece::Words(plain));
    }
}

/// The pieces' words; `several` is what the last value was.
fn fill(
    pieces: &[Piece],
    value: &impl Fn(&str) -> Option<Filling>,
    several: &mut bool,
) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Role(role) => {
                let filling = value(role)?;
                text.push_str(&filling.words);
                *several = filling.several;
            }
            Piece::Agreeing { several: many, one } => {
                text.push_str(if *several { many } else { one });
            }
            Piece::Optional(inner) => {
                let mut within = *several;
                if let Some(words) = fill(inner, value, &mut within) {
                    text.push_str(&words);
                    *several = within;
                }
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(template: &str) -> Option<String> {
        let value = |role: &str| {
            let (words, several) = match role {
                "mayor" => ("Ada Pine", false),
                "guards" => ("two guards", true),
                "thing" => ("rifles", true),
                _ => return None,
            };
            Some(Filling { words: words.to_owned(), several })
        };
        Caption::parse(template).expect("sound").fill(&value)
    }

    #[test]
    fn verbs_agree_with_who_stands_before_them() {
        assert_eq!(told("{mayor} ask|asks {guards}").as_deref(), Some("Ada Pine asks two guards"));
        assert_eq!(told("{guards} ask|asks {mayor}").as_deref(), Some("Two guards ask Ada Pine"));
        assert_eq!(told("{thing} are|is hidden").as_deref(), Some("Rifles are hidden"));
    }

    #[test]
    fn what_is_not_known_is_left_out_with_its_brackets() {
        let all = "{mayor} meets {guards}[ on {topic}][ with {thing}]";
        assert_eq!(told(all).as_deref(), Some("Ada Pine meets two guards with rifles"));
        assert_eq!(told("{nobody} aids {mayor}"), None);
        assert_eq!(told("[[{nobody} ]{thing} ]seized").as_deref(), Some("Rifles seized"));
    }

    #[test]
    fn mistakes_are_told() {
        assert!(Caption::parse("{agent").is_err());
        assert!(Caption::parse("[ of {agent}").is_err());
        assert!(Caption::parse("{agent} asks]").is_err());
        let roles = Caption::parse("{a}[ on {b}]").map(|caption| caption.roles().join(" "));
        assert_eq!(roles.as_deref(), Ok("a b"));
    }
}
