//! What a text says of itself: its title, who wrote it, who published it, and when.

use std::ops::Range;

use crate::dateline::dateline;
use crate::dates;
use crate::words::{self, Class, Field};
use crate::{Published, PublishedFrom};

use super::furniture::Page;
use super::signs::Sign;
use super::traits::{End, Traits};

/// How many parts may stand before a header line.
pub(super) const HEAD: usize = 40;

/// A line such as "Published: 3 March 2025".
pub(super) struct Header {
    pub(super) field: Field,
    /// Its value's bytes in the line.
    pub(super) value: Range<usize>,
}

/// The header line that `line` is, if it is one.
pub(super) fn header(line: &str) -> Option<Header> {
    let (key, value) = line.split_once(':')?;
    if key.len() > 30 || line.len() > 400 || value.starts_with("//") {
        return None;
    }
    let field = words::field(key)?;
    let trimmed = unquoted(value.trim());
    let start = trimmed.as_ptr() as usize - line.as_ptr() as usize;
    (!trimmed.is_empty()).then_some(Header { field, value: start..start + trimmed.len() })
}

/// What stands between quotation marks, where they enclose all of it.
fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote).map(str::trim);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// The place of the headline: before the first prose, the line that speaks most of the story.
pub(super) fn title(page: &Page<'_>) -> Option<usize> {
    let body = page.first_prose().unwrap_or(page.parts.len());
    let signed =
        (0..body.min(HEAD)).find(|&i| page.parts[i].sign == Sign::Heading && !page.furniture[i]);
    if signed.is_some() {
        return signed;
    }
    if body == 0 {
        return is_title_sentence(page).then_some(0);
    }
    let bare = |&i: &usize| {
        !page.furniture[i]
            && page.is_bare_line(i)
            && !page.traits[i].linked
            && !page.is_place_and_date(i)
    };
    let candidates: Vec<usize> = (0..body).filter(bare).take(HEAD).collect();
    let scored = candidates.iter().filter_map(|&place| {
        let words = page.traits[place].words;
        let length = match words {
            0 | 1 => return None,
            2 | 3 => 0.2,
            4..=24 => 1.0,
            _ => 0.4,
        };
        let first = if place == 0 { 0.3 } else { 0.0 };
        let name = if is_name_of_paper(page, place, &candidates) { 1.0 } else { 0.0 };
        let kinship = page.kinship(place, body..(body + 8).min(page.parts.len()));
        let score = length + first - name + kinship;
        (length > 0.3 || place == 0 || body == place + 1).then_some((place, score))
    });
    scored
        .fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
        .map(|(place, _)| without_site(page, place))
}

/// Whether a line is the name of a paper or a body, with the headline below it: it is short and either
/// opens the text alone in capitals, or the story speaks of it in these very words, as no story does
/// of its headline.
fn is_name_of_paper(page: &Page<'_>, place: usize, candidates: &[usize]) -> bool {
    let look = &page.traits[place];
    let shouts = |i: usize| {
        let text = page.texts[i];
        text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
    };
    let headlines =
        || candidates.iter().filter(|&&other| other > place && page.traits[other].words >= 4);
    if !(2..=5).contains(&look.words) {
        return false;
    }
    let opens = candidates.first() == Some(&place);
    let spoken_of = || {
        let name = page.texts[place].to_lowercase();
        (place + 1..page.parts.len())
            .any(|i| page.is_story_prose(i) && page.texts[i].to_lowercase().contains(&name))
    };
    headlines().next().is_some()
        && (spoken_of() || opens && shouts(place) && headlines().any(|&other| !shouts(other)))
}

/// The line that `place` prints with a site's name or a trail behind it, if there is one.
fn without_site(page: &Page<'_>, place: usize) -> usize {
    let whole = page.texts[place];
    let bare = |other: usize| {
        let rest = whole.strip_prefix(page.texts[other]).map(str::trim_start);
        page.traits[other].words >= 3
            && rest.is_some_and(|rest| rest.starts_with(['|', '-', '–', '—', '•', '·', ':', '»']))
    };
    (0..page.parts.len().min(place + HEAD))
        .find(|&other| other != place && bare(other))
        .unwrap_or(place)
}

/// Whether a text opens with a headline that ends like a sentence: one short line, a question or in
/// title case, with a longer paragraph behind it.
fn is_title_sentence(page: &Page<'_>) -> bool {
    let Some(look) = page.traits.first() else { return false };
    let asks = page.texts[0].ends_with(['?', '!']);
    let one = !page.texts[0].contains(". ");
    (3..=16).contains(&look.words)
        && one
        && (asks || look.is_title_case())
        && (1..page.parts.len())
            .any(|i| page.is_story_prose(i) && page.traits[i].words > look.words)
}

/// Who wrote the report, from a header line or from a line "By …".
pub(super) fn byline(page: &Page<'_>) -> Option<String> {
    let header = named(page, Field::Byline).map(|name| without_address(&name).to_owned());
    header.filter(|name| (2..120).contains(&name.len())).or_else(|| {
        let near = (0..page.parts.len()).filter(|&i| page.furniture[i]);
        near.take(HEAD)
            .find_map(|i| written_by(page.texts[i], &page.traits[i]).map(|(name, _)| name))
    })
}

/// The name in "Ana Ruiz <ana@example.org>".
fn without_address(name: &str) -> &str {
    name.split('<').next().unwrap_or(name).trim().trim_matches('"')
}

/// Who published the report: a header line, the agency beside the byline or in the dateline, or
/// what follows the title where it is printed with the site's name.
pub(super) fn outlet(page: &Page<'_>) -> Option<String> {
    named(page, Field::Outlet)
        .or_else(|| {
            let near = (0..page.parts.len()).filter(|&i| page.furniture[i]).take(HEAD);
            near.filter_map(|i| written_by(page.texts[i], &page.traits[i]))
                .find_map(|(_, outlet)| outlet)
        })
        .or_else(|| beside_the_title(page))
        .or_else(|| first_prose_text(page).and_then(dateline).and_then(|line| line.agency))
}

/// When the report was published: a header line, a line at the head that is a date, or the dateline.
pub(super) fn published(page: &Page<'_>) -> Option<Published> {
    let header = |when| Published { when, from: PublishedFrom::Header };
    if let Some(value) = named(page, Field::Published) {
        return dates::find(&value).into_iter().next()?.when.map(header);
    }
    if let Some(when) = stamped(page) {
        return Some(header(when));
    }
    let line = first_prose_text(page).and_then(dateline)?;
    line.when.map(|when| Published { when, from: PublishedFrom::Dateline })
}

fn first_prose_text<'a>(page: &Page<'a>) -> Option<&'a str> {
    page.first_prose().map(|place| page.texts[place])
}

/// The value of the first header line for `field`.
fn named(page: &Page<'_>, field: Field) -> Option<String> {
    let body = page.first_prose().unwrap_or(page.parts.len());
    (0..body.min(HEAD)).find_map(|place| {
        let text = page.texts[place];
        let header = header(text).filter(|header| header.field == field)?;
        Some(text[header.value].to_owned())
    })
}

/// The one date that lines at the head or right behind the story give, those of changes aside.
fn stamped(page: &Page<'_>) -> Option<String> {
    let body = page.first_prose().unwrap_or(0);
    let mut whens = (0..body.min(HEAD)).filter(|&i| page.furniture[i]).flat_map(|place| {
        let text = page.texts[place];
        let lowered = text.to_lowercase();
        let changed =
            ["updated", "modified", "actualiza", "modifica"].iter().any(|w| lowered.starts_with(w));
        let found = if changed { Vec::new() } else { dates::find(text) };
        found.into_iter().take(1)
    });
    let first = whens.next()?.when?;
    whens
        .all(|other| {
            other
                .when
                .is_some_and(|when| when[..when.len().min(10)] == first[..first.len().min(10)])
        })
        .then_some(first)
}

/// The name and the outlet in "By Ana Ruiz", "ANA RUIZ / Reuters", "By Ana Ruiz | The Post".
fn written_by(text: &str, traits: &Traits) -> Option<(String, Option<String>)> {
    if traits.end == End::Stop || traits.words > 14 {
        return None;
    }
    let rest = match text.split_once(char::is_whitespace) {
        Some((by, rest)) if matches!(by.to_lowercase().trim_end_matches(':'), "by" | "por") => {
            rest.trim()
        }
        _ if traits.cells == 2
            && !traits.dated
            && traits.classes & !(Class::Credit.bit() | Class::Byline.bit()) == 0 =>
        {
            text
        }
        _ => return None,
    };
    let mut cells = rest.split(['|', '/', '·', '•', ',']).map(str::trim);
    let name = cells.next().filter(|name| is_name(name))?;
    let outlet = rest.contains(['|', '/']).then(|| cells.next()).flatten();
    let outlet = outlet.filter(|o| (2..40).contains(&o.len()) && dates::find(o).is_empty());
    Some((name.to_owned(), outlet.map(str::to_owned)))
}

/// Two to eight words that begin with capitals, small words between them aside.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&&str| word.starts_with(char::is_uppercase);
    (2..=8).contains(&words.len())
        && words.first().is_some_and(|word| capital(&word))
        && words.iter().filter(capital).count() * 2 >= words.len()
        && !text.chars().any(|c| c.is_ascii_digit())
}

/// The site's name in "Title | Site" where the title is printed without it too.
fn beside_the_title(page: &Page<'_>) -> Option<String> {
    let title = page.texts[page.title?];
    (0..page.parts.len().min(HEAD)).find_map(|place| {
        let rest = page.texts[place].strip_prefix(title)?.trim_start();
        let site = rest.strip_prefix(['|', '-', '–', '—', '•', '·'])?.trim();
        ((2..60).contains(&site.len()) && !site.contains(['|', '-'])).then(|| site.to_owned())
    })
}
