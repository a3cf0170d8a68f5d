//! Parts that are furniture whatever stands around them.

use crate::words::Class;

use super::signs::Sign;
use super::traits::{End, Traits};

/// Whether a part's own look shows that it is no part of a story.
pub(super) fn is_furniture(text: &str, sign: Sign, traits: &Traits) -> bool {
    if sign == Sign::Rule || traits.words == 0 {
        return true;
    }
    if sign == Sign::Row {
        return traits.covered == traits.words && traits.classes & !Class::Time.bit() != 0;
    }
    is_picture(text)
        || (sign == Sign::None && is_link(text))
        || is_pleading(traits)
        || is_copyright(text, traits)
        || is_credit(text, traits)
        || (!traits.is_prose()
            && (is_mostly_furniture_words(traits)
                || is_labelled(traits)
                || is_byline(text, traits)
                || is_trail(text, traits)
                || is_list_of_names(text, traits)
                || is_address(text, traits)
                || text.starts_with(['→', '»', '›', '▶', '►', '➤', '☞'])
                || is_stamp(traits)))
        || is_signpost(traits)
}

/// Markdown's picture on a line of its own: `![a ship](ship.jpg)`.
fn is_picture(text: &str) -> bool {
    text.starts_with("![") && text.ends_with(')') && text.len() < 1000 && !text.contains(". ")
}

/// Markdown's link on a line of its own: `[Home](/)`.
fn is_link(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    text.len() < 1000 && inner.is_some_and(|inner| inner.matches("](").count() == 1)
}

/// A sentence that asks the reader to subscribe, to accept, to follow.
fn is_pleading(traits: &Traits) -> bool {
    let asks = Class::Account.bit() | Class::Legal.bit();
    let you = traits.has(Class::Reader) && traits.classes & asks != 0;
    (traits.phrases >= 1 && traits.words <= 45 && !traits.quoted)
        || traits.phrases >= 3
        || (you && traits.words <= 30 && !traits.quotes)
}

fn is_copyright(text: &str, traits: &Traits) -> bool {
    let lowered =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|t| t.eq_ignore_ascii_case(prefix));
    traits.words <= 40
        && (text.starts_with('©')
            || lowered("(c) ")
            || lowered("copyright ©")
            || lowered("copyright (c)")
            || (lowered("copyright ") && traits.words <= 8))
}

/// "Photo: Ana Ruiz / Reuters": a credit with nothing said. A caption says something.
fn is_credit(text: &str, traits: &Traits) -> bool {
    let bracketed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
    traits.has(Class::Credit)
        && traits.words <= 10
        && traits.lower <= 2
        && (traits.opens == Some(Class::Credit) && (traits.labelled || traits.capitals > 0)
            || bracketed
            || traits.cells > 1)
}

fn is_mostly_furniture_words(traits: &Traits) -> bool {
    let telling = traits.classes & !Class::Clock.bit() != 0;
    let others = traits.words.saturating_sub(traits.covered);
    telling
        && traits.words <= 25
        && (others == 0 || (others * 2 <= traits.covered && traits.words >= 2))
}

/// "Related: …", "Tags: …", "Read more → …".
fn is_labelled(traits: &Traits) -> bool {
    let label = traits.opens.is_some_and(|class| {
        !matches!(
            class,
            Class::Navigation | Class::Legal | Class::Credit | Class::Role | Class::Phrase
        )
    });
    label && traits.labelled && traits.words <= 40
}

/// The same as a sentence: "Read more: what the ministry said." and "Reporting by Ana Ruiz."
fn is_signpost(traits: &Traits) -> bool {
    let label =
        matches!(traits.opens, Some(Class::Related | Class::Tags | Class::Byline | Class::Share));
    label && traits.labelled && traits.words <= 30
}

/// "By Ana Ruiz", "By Ana Ruiz, Defence Correspondent", "ANA RUIZ / Reuters".
fn is_byline(text: &str, traits: &Traits) -> bool {
    let named = traits.lower <= 1 && traits.words <= 14 && traits.end == End::Bare;
    let by = traits.opens == Some(Class::Byline) && (traits.capitals > 0 || traits.words <= 6);
    let set_apart = text.contains([',', '|', '/', '·', '•']);
    let role = traits.has(Class::Role) && set_apart && traits.words <= 12 && traits.cells <= 3;
    let desk = traits.words <= 6 && traits.all_capitals && traits.cells >= 2;
    named && (by || role || desk)
}

/// "Home > World > Americas", "News | Sport | Weather".
fn is_trail(text: &str, traits: &Traits) -> bool {
    let cells = text.split(|c| "|›»→•·>".contains(c)).map(|cell| cell.split_whitespace().count());
    let leading = cells.clone().count().saturating_sub(1);
    let path = leading >= 2 && cells.take(leading).all(|words| words <= 3) && traits.words <= 40;
    path || (traits.cells >= 3 && traits.words <= traits.cells * 5)
}

/// "Ecuador, Daniel Noboa, Drug Trafficking": tags without a label, or a row of accounts.
fn is_list_of_names(text: &str, traits: &Traits) -> bool {
    if traits.end != End::Bare || traits.words > 40 {
        return false;
    }
    let hashed = text.split_whitespace().all(|word| word.starts_with('#'));
    let short = |cell: &str| cell.split_whitespace().count() <= 3;
    hashed || (traits.all_capitals && text.split(", ").count() >= 3 && text.split(", ").all(short))
}

/// A line that is an address, or a name with one.
fn is_address(text: &str, traits: &Traits) -> bool {
    traits.linked
        && (traits.words <= 6
            || (text.starts_with('@') && traits.words <= 12)
            || text.split_whitespace().count() <= 2)
}

/// A time of printing, or who wrote a comment and when.
fn is_stamp(traits: &Traits) -> bool {
    let others = traits.words.saturating_sub(traits.covered);
    // A date or an hour alone may be the heading of a chronicle.
    let told = traits.classes & !Class::Clock.bit() != 0 || others > 0;
    let timed = traits.dated || (traits.has(Class::Time) && traits.covered >= 2);
    timed
        && told
        && others <= 4
        && traits.words <= 16
        && traits.lower <= 4
        && (traits.classes != 0 || others == 0 || traits.all_capitals)
}
