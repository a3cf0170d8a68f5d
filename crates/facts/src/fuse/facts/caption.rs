//! Captions: a fact in one line, as its kind words it.

use super::Settled;
use crate::fuse::case::Case;

/// The kind's caption with the values of the roles; what stands in brackets is left out with them.
pub(super) fn caption(lead: &Case<'_>, roles: &[Settled]) -> String {
    let template = lead.kind.map(|kind| kind.caption.as_str()).unwrap_or_default();
    let filled = match template {
        "" => None,
        template => fill(template, roles),
    };
    filled.unwrap_or_else(|| {
        let values: Vec<&str> = roles.iter().map(|role| role.value.as_str()).collect();
        let label = lead.kind.map_or(lead.telling.kind.as_str(), |kind| kind.label.as_str());
        format!("{label}: {}", values.join(" · "))
    })
}

/// A template with its roles filled in; none if a role outside brackets has no value.
fn fill(template: &str, roles: &[Settled]) -> Option<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '[']) {
        text.push_str(&rest[..open]);
        let close = if rest[open..].starts_with('{') { '}' } else { ']' };
        let end = open + rest[open..].find(close)?;
        let inside = &rest[open + 1..end];
        if close == '}' {
            text.push_str(&values(inside, roles)?);
        } else {
            text.push_str(&fill(inside, roles).unwrap_or_default());
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    Some(text)
}

fn values(role: &str, roles: &[Settled]) -> Option<String> {
    let values: Vec<&str> = roles
        .iter()
        .filter(|settled| settled.role == role)
        .map(|settled| settled.value.as_str())
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(role: &str, value: &str) -> Settled {
        let (role, value) = (role.to_owned(), value.to_owned());
        Settled {
            role,
            value,
            actor: None,
            agree: vec![],
            differ: vec![],
            besides: vec![],
            corrected: false,
        }
    }

    #[test]
    fn what_is_not_known_is_left_out_with_its_brackets() {
        let roles = [role("a", "Ada Pine"), role("b", "Olm Reyes")];
        let filled = fill("{a} meet {b}[ on {topic}]", &roles);
        assert_eq!(filled.as_deref(), Some("Ada Pine meet Olm Reyes"));
        assert_eq!(fill("{giver} aid {a}", &roles), None);
    }
}
