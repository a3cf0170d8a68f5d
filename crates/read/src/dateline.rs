//! The line that opens a story with its place, and often its date and agency.

use crate::dates;

/// A line that opens a story: "QUITO, 3 March 2025 (Reuters) –".
pub(crate) struct Dateline {
    /// ISO 8601, as far as the line gives it.
    pub(crate) when: Option<String>,
    pub(crate) agency: Option<String>,
}

/// Reads a dateline: a place with capitals, perhaps a date and an agency in brackets, then a dash.
pub(crate) fn dateline(prose: &str) -> Option<Dateline> {
    let mut end = prose.len().min(120);
    while !prose.is_char_boundary(end) {
        end -= 1;
    }
    let head = &prose[..end];
    let dash = ["–", "—", "--", " - ", ".-"].iter().filter_map(|dash| head.find(dash)).min()?;
    let line = head[..dash].trim();
    let (line, agency) = match line.split_once('(') {
        Some((place, agency)) => (place.trim(), Some(agency.split([')', ',']).next()?.trim())),
        None => (line, None),
    };
    let found = dates::find(line);
    let span = found.first().map_or(line.len()..line.len(), |date| date.span.clone());
    if line[span.end..].contains(char::is_alphanumeric) {
        return None;
    }
    let place = line[..span.start].trim_end_matches([' ', ',', ';', '.']);
    let shouted = place.split([',', ' ']).next()?;
    let is_place = shouted.chars().count() >= 3 && shouted.chars().all(char::is_uppercase);
    let words = place.split_whitespace();
    let titled = place.chars().count() >= 4
        && words.clone().count() <= 4
        && words.clone().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3);
    if !(is_place || (titled && (agency.is_some() || !found.is_empty()))) {
        return None;
    }
    let when = found.into_iter().next().and_then(|date| date.when);
    let agency = agency.filter(|a| (2..40).contains(&a.len())).map(str::to_owned);
    Some(Dateline { when, agency })
}
