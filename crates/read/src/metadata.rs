//! What a page says of its story beside the story: title, byline, outlet, address, language, date.

mod linked_data;
mod published;

use crate::article::Story;
use crate::dates::table;
use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;
use crate::{Language, Published, language};
use linked_data::LinkedData;

/// What a page says of its story.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) language: Option<Language>,
}

/// A page's own statements, before its text is looked at.
pub(crate) struct Statements<'a> {
    dom: &'a Dom,
    /// `<meta>` elements: the name in lower case, the value, white space trimmed.
    meta: Vec<(String, &'a str)>,
    linked: Option<LinkedData>,
}

/// Reads the `<meta>` elements and the JSON-LD of a page.
pub(crate) fn statements(dom: &Dom) -> Statements<'_> {
    let mut meta = Vec::new();
    for id in dom.ids().filter(|&id| dom.tag(id) == Tag::Meta) {
        let value = dom.attribute(id, Attribute::Content).unwrap_or_default().trim();
        let names = [Attribute::Property, Attribute::Name, Attribute::ItemProp];
        for name in names.into_iter().filter_map(|name| dom.attribute(id, name)) {
            if !value.is_empty() && !in_other_item(dom, id) {
                meta.push((name.trim().to_ascii_lowercase(), value));
            }
        }
    }
    Statements { dom, meta, linked: linked_data::read(dom) }
}

/// Whether a `<meta>` describes a thing on the page and not the page: a video, a product, a comment.
fn in_other_item(dom: &Dom, id: NodeId) -> bool {
    let item = dom.ancestors(id).find_map(|it| dom.attribute(it, Attribute::ItemType));
    item.is_some_and(|it| !is_article_type(it) && !it.contains("WebPage"))
}

/// Whether a schema.org type is a news report or like one.
fn is_article_type(name: &str) -> bool {
    ["Article", "Posting", "Blog", "Report"].iter().any(|it| name.ends_with(it))
}

impl<'a> Statements<'a> {
    /// The values of the `<meta>` elements of these names, in the order of the names.
    fn all(&self, names: &'static [&'static str]) -> impl Iterator<Item = &'a str> + '_ {
        names.iter().flat_map(|&name| {
            self.meta.iter().filter(move |(it, _)| it == name).map(|(_, value)| *value)
        })
    }

    /// Everything that the page calls its story.
    pub(crate) fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<&str> =
            self.linked.iter().filter_map(|it| it.title.as_deref()).collect();
        titles.extend(self.all(&[
            "og:title",
            "twitter:title",
            "dc.title",
            "parsely-title",
            "sailthru.title",
        ]));
        titles
    }

    /// Everything that the page says its story is about.
    pub(crate) fn descriptions(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            self.linked.iter().filter_map(|it| it.description.as_deref()).collect();
        all.extend(self.all(&[
            "og:description",
            "description",
            "twitter:description",
            "dc.description",
        ]));
        all
    }

    /// The page's metadata, given its story and the address it came from, if it did.
    pub(crate) fn metadata(&self, story: &Story, source: &str) -> Metadata {
        let outlet = self.outlet();
        let canonical = self.canonical(source);
        Metadata {
            title: self.title(story, outlet.as_deref()),
            byline: self.byline(story),
            published: published::published(self, story, canonical.as_deref(), source),
            language: self.language(story),
            outlet,
            canonical,
        }
    }

    /// The headline as the page shows it, or else as its metadata calls it.
    fn title(&self, story: &Story, outlet: Option<&str>) -> Option<String> {
        if let Some(shown) = story.title.map(|at| &story.blocks[at].text) {
            return Some(shown.clone());
        }
        let called = self.titles().first().map(|it| folded(it));
        let title_tag = || {
            let id = self.dom.ids().find(|&id| self.dom.tag(id) == Tag::Title)?;
            Some(self.dom.opening_text(id))
        };
        let title = called.or_else(title_tag).filter(|it| !it.is_empty())?;
        let shown = part_shown(&title, story);
        Some(shown.unwrap_or_else(|| without_outlet(&title, outlet)).to_owned())
    }

    fn byline(&self, story: &Story) -> Option<String> {
        const NAMES: &[&str] = &[
            "author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "article:author_name",
            "citation_author",
            "byl",
            "byline",
            "article:author",
        ];
        let linked = self.linked.iter().flat_map(|it| it.authors.iter().map(String::as_str));
        let mut names: Vec<String> = Vec::new();
        for name in linked.filter_map(name_of_person) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return Some(names.join(", "));
        }
        let named = self.all(NAMES).find_map(name_of_person);
        named.or_else(|| self.visible_byline(story))
    }

    /// What an element that names itself the byline says, if it stands by the story.
    fn visible_byline(&self, story: &Story) -> Option<String> {
        let near = nearby(self.dom, story);
        let own = |id, name| self.dom.attribute(id, name).unwrap_or_default();
        let is_byline = |id: &NodeId| {
            own(*id, Attribute::ItemProp).split_whitespace().any(|it| it == "author")
                || own(*id, Attribute::Rel).split_whitespace().any(|it| it == "author")
                || own(*id, Attribute::Class).split(|c: char| !c.is_alphanumeric()).any(|it| {
                    it.eq_ignore_ascii_case("byline") || it.eq_ignore_ascii_case("author")
                })
        };
        near.filter(is_byline)
            .map(|id| self.dom.opening_text(id))
            .find_map(|it| name_of_person(&it))
    }

    fn outlet(&self) -> Option<String> {
        let named = self.all(&["og:site_name"]).next();
        let published = self.linked.as_ref().and_then(|it| it.publisher.as_deref());
        let other = self
            .all(&[
                "application-name",
                "dc.publisher",
                "dcterms.publisher",
                "cre",
                "apple-mobile-web-app-title",
            ])
            .next();
        named.or(published).or(other).map(folded).filter(|it| !it.is_empty() && !is_address(it))
    }

    fn canonical(&self, source: &str) -> Option<String> {
        let link = self.dom.ids().find(|&id| {
            let rel = self.dom.attribute(id, Attribute::Rel).unwrap_or_default();
            self.dom.tag(id) == Tag::Link
                && rel.split_whitespace().any(|it| it.eq_ignore_ascii_case("canonical"))
        });
        let link = link.and_then(|id| self.dom.attribute(id, Attribute::Href)).map(str::trim);
        let candidates = link.into_iter().chain(self.all(&["og:url"]));
        candidates.filter_map(|it| absolute(it, source)).next()
    }

    /// The language that the text shows, where it can be told; else the one the page declares.
    fn language(&self, story: &Story) -> Option<Language> {
        let mut text = String::new();
        for block in story.blocks.iter().filter(|it| it.kind.is_story()) {
            text.push_str(&block.text);
            text.push('\n');
            if text.len() > LANGUAGE_FROM {
                break;
            }
        }
        let html = self.dom.ids().find_map(|id| {
            Some(id)
                .filter(|&id| matches!(self.dom.tag(id), Tag::Html | Tag::Body))
                .and_then(|id| self.dom.attribute(id, Attribute::Lang))
        });
        let declared = html
            .filter(|it| !it.trim().is_empty())
            .or_else(|| self.all(&["og:locale", "content-language", "dc.language"]).next());
        let declared = declared.and_then(Language::from_tag);
        let shown = language::identify(&text[..text.floor_char_boundary(LANGUAGE_FROM)]);
        match (declared, shown) {
            // What cannot be told from the text may be what the page says.
            (Some(declared), Some(shown)) if TOLD.contains(declared.0) => Some(shown),
            (Some(declared), _) => Some(declared),
            (None, shown) => shown,
        }
    }
}

/// The languages that can be told from a text.
const TOLD: &str = "af ar az be bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka km ko lt lv mk mr my ne nl no pl pt ro ru sk sl sr sv ta te th tl tr uk ur uz vi zh";

/// How many bytes of the story its language is told from.
const LANGUAGE_FROM: usize = 8 * 1024;

/// How many nodes around the story's text may hold its byline or date.
const NEARBY: usize = 400;

/// The elements right before, in and right after the story's text.
fn nearby<'a>(dom: &'a Dom, story: &Story) -> impl Iterator<Item = NodeId> + 'a {
    let first = story.title.into_iter().chain([story.body.start]).min().unwrap_or(0);
    let first = story.blocks.get(first).map_or(0, |it| it.node);
    let last = story.blocks.get(story.body.end.saturating_sub(1)).map_or(first, |it| it.node);
    let end = dom.ids().end;
    let before = first.saturating_sub(NEARBY as NodeId)..first;
    let after = first..last.saturating_add(NEARBY as NodeId).min(end);
    after.chain(before.rev()).filter(move |&id| dom.tag(id) != Tag::Text)
}

/// The words of a kind in the list of words: each a row, or a run of them.
fn words(kind: &'static str) -> impl Iterator<Item = &'static str> {
    table(include_str!("metadata/words.txt"))
        .filter_map(move |row| row.split_once(": "))
        .filter(move |(it, _)| *it == kind)
        .flat_map(|(_, words)| words.split(", "))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("//")
}

/// A title without the outlet's name at its end: "Port seized | The Daily" → "Port seized".
fn without_outlet<'t>(title: &'t str, outlet: Option<&str>) -> &'t str {
    for sign in [" | ", " - ", " – ", " — ", " :: ", " • ", " · "] {
        let Some((head, tail)) = title.rsplit_once(sign) else { continue };
        let is_outlet = outlet.is_some_and(|it| {
            it.to_lowercase().contains(&tail.to_lowercase())
                || tail.to_lowercase().contains(&it.to_lowercase())
        });
        if is_outlet || (sign == " | " && tail.len() * 2 < head.len()) {
            return head.trim();
        }
    }
    title
}

/// The longest title that is compared with the page, in bytes.
const MAX_TITLE: usize = 400;

/// The fewest words of a headline that the page repeats.
const SHOWN_WORDS: usize = 3;

/// How many blocks into the story its headline may stand, where the page does not mark it as one.
const BLOCKS_TO_TITLE: usize = 3;

/// The longest part of a title that a block by the head of the story opens with, where the title is
/// printed with the site's name: "The Daily :: World :: Port seized" → "Port seized".
fn part_shown<'t>(title: &'t str, story: &Story) -> Option<&'t str> {
    let starts = |sign: &str| -> Vec<(usize, usize)> {
        title.match_indices(sign).map(|(at, _)| (at, at + sign.len())).collect()
    };
    if title.len() > MAX_TITLE {
        return None;
    }
    let cuts =
        [" | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » "].into_iter().flat_map(starts);
    let mut parts: Vec<&str> =
        cuts.flat_map(|(end, start)| [title[..end].trim(), title[start..].trim()]).collect();
    parts.retain(|it| it.split_whitespace().count() >= SHOWN_WORDS);
    parts.push(title);
    parts.sort_by_key(|it| std::cmp::Reverse(it.len()));
    let end = (story.body.start + BLOCKS_TO_TITLE).min(story.blocks.len());
    let opens = |part: &&str| story.blocks[..end].iter().any(|it| it.text.starts_with(part));
    parts.into_iter().find(opens)
}

/// A byline without "By", if it is one: no address, no sentence.
fn name_of_person(text: &str) -> Option<String> {
    let text = folded(text);
    let lower = text.to_lowercase();
    let is_start =
        |it: &&str| lower.strip_prefix(*it).is_some_and(|rest| rest.starts_with([' ', ':']));
    let skip = words("by").filter(is_start).map(str::len).max().unwrap_or(0);
    let name = text
        .get(skip..)
        .unwrap_or(&text)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | ':' | '•'));
    let is_name = !name.is_empty()
        && name.len() <= 120
        && !is_address(name)
        && name.contains(char::is_alphabetic)
        && !name.contains("://")
        && !name.starts_with('@');
    is_name.then(|| name.to_owned())
}

/// An address in full. One relative to the site is resolved against the address the page came from.
fn absolute(address: &str, source: &str) -> Option<String> {
    if address.starts_with("http://") || address.starts_with("https://") {
        return Some(address.to_owned());
    }
    let (scheme, rest) =
        source.split_once("://").filter(|(it, _)| matches!(*it, "http" | "https"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    match address {
        _ if address.starts_with("//") => Some(format!("{scheme}:{address}")),
        _ if address.starts_with('/') => Some(format!("{scheme}://{host}{address}")),
        _ => None,
    }
}
