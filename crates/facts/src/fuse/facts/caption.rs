//! A fact in one line, as its kind words it.

use super::{Scene, Settled};
use crate::event::{Caption, Filling};
use crate::fuse::case::Case;
use crate::value::period::Wording;

/// The kind's first caption that the roles have values for, or all values behind the kind's label.
/// One that would say the same words twice waits for those behind it.
pub(super) fn caption(scene: Scene<'_>, lead: &Case<'_>, roles: &[Settled]) -> String {
    let captions = lead.kind.map(|kind| kind.captions.as_slice()).unwrap_or_default();
    let times = &scene.pack.times;
    let fill = |caption: &Caption| caption.fill(&|role| filling(times, role, roles));
    let plain =
        captions.iter().filter(|caption| !repeats(times, caption, lead, roles)).find_map(fill);
    plain.or_else(|| captions.iter().find_map(fill)).unwrap_or_else(|| {
        let values: Vec<String> = roles.iter().filter_map(|role| words(times, role)).collect();
        let label = lead.kind.map_or(lead.telling.kind.as_str(), |kind| kind.label.as_str());
        format!("{label}: {}", values.join(" · "))
    })
}

/// All values of a role.
fn filling(times: &Wording, role: &str, roles: &[Settled]) -> Option<Filling> {
    let settled: Vec<&Settled> = roles.iter().filter(|settled| settled.role == role).collect();
    let several = settled.len() > 1 || settled.first()?.several;
    let words: Vec<String> = settled.iter().filter_map(|role| words(times, role)).collect();
    (!words.is_empty()).then(|| Filling { words: words.join(", "), several })
}

/// A value as a person would write it; none where it is a time of which nothing can be told.
fn words(times: &Wording, role: &Settled) -> Option<String> {
    if role.is_time { times.told(&role.value) } else { Some(role.value.clone()) }
}

/// Whether a caption says some words twice, since those of one role stand within another's that it needs
/// too: "People: fifty people".
fn repeats(times: &Wording, caption: &Caption, lead: &Case<'_>, roles: &[Settled]) -> bool {
    let needed = caption.needed();
    let parts = || lead.parts.iter().map(|part| &part.said);
    let told = |role: &str| filling(times, role, roles).map(|own| split(&own.words));
    parts().filter(|inner| needed.contains(&inner.role.as_str())).any(|inner| {
        let around = parts().filter(|outer| {
            outer.role != inner.role
                && needed.contains(&outer.role.as_str())
                && outer.start <= inner.start
                && inner.end <= outer.end
        });
        let inner = told(&inner.role).unwrap_or_default();
        let says = |outer: Vec<String>| outer.windows(inner.len()).any(|run| run == inner);
        !inner.is_empty() && around.filter_map(|outer| told(&outer.role)).any(says)
    })
}

/// Words in small letters, without signs.
fn split(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
