//! A fact in one line, as its kind words it.

use super::Settled;
use crate::event::Filling;
use crate::fuse::case::Case;

/// The kind's first caption that the roles have values for, or all values behind the kind's label.
pub(super) fn caption(lead: &Case<'_>, roles: &[Settled]) -> String {
    let captions = lead.kind.map(|kind| kind.captions.as_slice()).unwrap_or_default();
    let filled = captions.iter().find_map(|caption| caption.fill(&|role| filling(role, roles)));
    filled.unwrap_or_else(|| {
        let values: Vec<&str> = roles.iter().map(|role| role.value.as_str()).collect();
        let label = lead.kind.map_or(lead.telling.kind.as_str(), |kind| kind.label.as_str());
        format!("{label}: {}", values.join(" · "))
    })
}

/// All values of a role.
fn filling(role: &str, roles: &[Settled]) -> Option<Filling> {
    let settled: Vec<&Settled> = roles.iter().filter(|settled| settled.role == role).collect();
    let words: Vec<&str> = settled.iter().map(|settled| settled.value.as_str()).collect();
    let several = settled.len() > 1 || settled.first()?.several;
    Some(Filling { words: words.join(", "), several })
}
