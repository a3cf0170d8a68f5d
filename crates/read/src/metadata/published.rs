//! When a story was published: the first of its page's statements that holds a date.
//!
//! No date is taken for another: one of changing the page is never the one of publishing it, and
//! where day and month can't be told apart, or nothing is said, the date stays unknown.

use super::{Statements, in_other_item, nearby, words};
use crate::article::Story;
use crate::dateline::dateline;
use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;
use crate::{BlockKind, Published, PublishedFrom, dates};

/// `<meta>` names of OpenGraph's date of publication.
const OPEN_GRAPH: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
];

/// Other `<meta>` names that mean the date of publication, the clearest first.
const META: &[&str] = &[
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dcterms.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "article_date_original",
    "article.published",
    "article:publicationdate",
    "og:pubdate",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish_date",
    "publish-date",
    "published",
    "published_at",
    "published-date",
    "published_time",
    "published_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "prism.publicationdate",
    "citation_publication_date",
    "citation_online_date",
    "originalpublicationdate",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "vr:published_time",
    "bt:pubdate",
    "date.published",
    "dcsext.articlefirstpublished",
    "displaydate",
    "ptime",
    "pdate",
    "dc.date",
    "dcterms.date",
    "date",
];

/// How long a line with a date in it is at most, by the headline, in bytes.
const LINE: usize = 200;

/// How many blocks before the story's text may tell its date.
const BLOCKS_BEFORE: usize = 12;

/// How many paragraphs of the story are looked at for its dateline.
const PARAGRAPHS_BEFORE: usize = 4;

/// When a story was published, and what says so.
pub(super) fn published(
    statements: &Statements<'_>,
    story: &Story,
    canonical: Option<&str>,
    source: &str,
) -> Option<Published> {
    let linked = statements.linked.as_ref().and_then(|it| it.published.as_deref());
    let found = |when: Option<String>, from| when.map(|when| Published { when, from });
    None.or_else(|| found(linked.and_then(stated), PublishedFrom::JsonLd))
        .or_else(|| found(statements.all(OPEN_GRAPH).find_map(stated), PublishedFrom::OpenGraph))
        .or_else(|| found(statements.all(META).find_map(stated), PublishedFrom::Meta))
        .or_else(|| found(in_time(statements.dom, story), PublishedFrom::Time))
        .or_else(|| {
            let address = canonical.into_iter().chain([source]).find_map(in_address);
            let shown =
                in_dateline(story).or_else(|| found(by_headline(story), PublishedFrom::Header));
            in_address_or_line(address, shown)
        })
}

/// The date of the address. One that gives the month alone yields to a line that gives its day.
fn in_address_or_line(address: Option<String>, shown: Option<Published>) -> Option<Published> {
    match (address, shown) {
        (Some(address), Some(shown)) if address.len() == 7 && shown.when.starts_with(&address) => {
            Some(shown)
        }
        (Some(when), _) => Some(Published { when, from: PublishedFrom::Url }),
        (None, shown) => shown,
    }
}

/// A date given by itself, in a format for machines or people.
fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let spelled = spelled_out(text);
    dates::find(spelled.as_deref().unwrap_or(text)).into_iter().find_map(|it| it.when)
}

/// `20250303140500` and `Mon Mar 03 14:05:00 -0500 2025` in the order that dates are read in.
fn spelled_out(text: &str) -> Option<String> {
    if text.bytes().all(|it| it.is_ascii_digit()) && matches!(text.len(), 8 | 12 | 14) {
        let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
        return Some(match text.len() {
            8 => day,
            _ => format!("{day}T{}:{}", &text[8..10], &text[10..12]),
        });
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, clock, zone @ .., year] = words.as_slice() else { return None };
    let fits = year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()) && clock.contains(':');
    fits.then(|| format!("{month} {day}, {year} {clock} {}", zone.join(" ")))
}

/// The date of the `<time>` element that goes with the story, or of what is marked as one.
fn in_time(dom: &Dom, story: &Story) -> Option<String> {
    let mut first = None;
    for id in nearby(dom, story) {
        let prop = dom.attribute(id, Attribute::ItemProp).unwrap_or_default();
        let is_marked = prop.eq_ignore_ascii_case("datePublished")
            || dom.attribute(id, Attribute::PubDate).is_some();
        let is_time = dom.tag(id) == Tag::Time;
        if !(is_time || is_marked) || speaks_of_change(dom, id) || in_other_text(dom, id) {
            continue;
        }
        let given = [Attribute::DateTime, Attribute::Content].into_iter();
        let given = given.filter_map(|name| dom.attribute(id, name)).find_map(stated);
        let when = given.or_else(|| stated(&dom.opening_text(id)));
        if is_marked && when.is_some() {
            return when;
        }
        first = first.or(when);
    }
    first
}

/// Whether an element, or the words before it, say that its date is one of changing the page.
fn speaks_of_change(dom: &Dom, id: NodeId) -> bool {
    let own = |name| dom.attribute(id, name).unwrap_or_default();
    let names = format!("{} {}", own(Attribute::Class), own(Attribute::ItemProp)).to_lowercase();
    if names.contains("publish") {
        return false;
    }
    let changed = |text: &str| has_changed(text).is_some();
    let before =
        (id.saturating_sub(4)..id).rev().map(|id| dom.text(id)).find(|it| !it.trim().is_empty());
    let before =
        before.map(|it| it[it.floor_char_boundary(it.len().saturating_sub(40))..].to_lowercase());
    let inside = dom.opening_text(id).to_lowercase();
    changed(&names) || changed(&inside) || before.is_some_and(|it| changed(&it))
}

/// Where a text in lower case speaks of changing the page.
fn has_changed(text: &str) -> Option<usize> {
    words("changed").filter_map(|it| text.find(it)).min()
}

/// Whether an element stands in a comment, a teaser or a quoted post.
fn in_other_text(dom: &Dom, id: NodeId) -> bool {
    in_other_item(dom, id)
        || dom.ancestors(id).any(|it| {
            matches!(dom.tag(it), Tag::Aside | Tag::Nav | Tag::Blockquote)
                || (!matches!(dom.tag(it), Tag::Body | Tag::Html) && is_named_other(dom, it))
        })
}

fn is_named_other(dom: &Dom, id: NodeId) -> bool {
    const OTHERS: [&str; 12] = [
        "comment",
        "related",
        "teaser",
        "sidebar",
        "recommend",
        "more-",
        "recent",
        "popular",
        "tweet",
        "latest",
        "event",
        "widget_",
    ];
    let class = dom.attribute(id, Attribute::Class).unwrap_or_default().to_lowercase();
    let anchor = dom.attribute(id, Attribute::Id).unwrap_or_default().to_lowercase();
    OTHERS.iter().any(|name| class.contains(name) || anchor.starts_with(name))
}

/// The date in an address: `/2025/03/03/`, `/2025-03-03/`, `/20250303/`, `/2025/03/`.
fn in_address(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        if let Some(year) = year(part) {
            let month = parts.get(at + 1).and_then(|it| month(it));
            let day = parts.get(at + 2).and_then(|it| number(it, 1..=31));
            match (month, day) {
                (Some(month), Some(day)) => return stated(&format!("{year}-{month:02}-{day:02}")),
                (Some(month), None) => return Some(format!("{year}-{month:02}")),
                _ => {}
            }
        }
        let head: String =
            part.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '_')).collect();
        let digits: String = head.chars().filter(char::is_ascii_digit).collect();
        let spelled = head.trim_end_matches(['-', '_']).len();
        if (digits.len() == 8 && matches!(spelled, 8 | 10)) && year(&digits[..4]).is_some() {
            return stated(&digits);
        }
    }
    None
}

fn number(text: &str, range: std::ops::RangeInclusive<u8>) -> Option<u8> {
    let digits = text.len() <= 2 && !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|it| range.contains(it))
}

fn year(text: &str) -> Option<u16> {
    let digits = text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|it| (1990..2100).contains(it))
}

fn month(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let named =
        || MONTHS.iter().position(|it| text.eq_ignore_ascii_case(it)).map(|at| at as u8 + 1);
    number(text, 1..=12).or_else(named)
}

/// The date in the line that opens the story: "QUITO, 3 March 2025 –". A headline or a byline that
/// the page does not mark as one may stand before it.
fn in_dateline(story: &Story) -> Option<Published> {
    let body = story.blocks[story.body.clone()].iter();
    let mut paragraphs = body.filter(|it| it.kind == BlockKind::Paragraph).take(PARAGRAPHS_BEFORE);
    let when = paragraphs.find_map(|it| dateline(&it.text)?.when)?;
    Some(Published { when, from: PublishedFrom::Dateline })
}

/// The date in a line by the headline that does not speak of changing the page.
fn by_headline(story: &Story) -> Option<String> {
    let start = story.body.start;
    let title = story.title.filter(|&title| title <= start);
    let from = title.map_or(start.saturating_sub(3), |title| title.saturating_sub(3));
    let from = from.max(start.saturating_sub(BLOCKS_BEFORE));
    let lines = &story.blocks[from..(start + 2).min(story.body.end)];
    lines.iter().filter(|it| it.text.len() <= LINE).find_map(|line| {
        let changed = has_changed(&line.text.to_lowercase()).unwrap_or(usize::MAX);
        let dates = dates::find(&line.text);
        dates.into_iter().filter(|it| it.span.start < changed).find_map(|it| it.when)
    })
}
