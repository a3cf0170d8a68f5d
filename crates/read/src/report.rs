//! The types that reading makes: a [`Report`], its [`Block`]s, and the way back to the bytes.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use sha2::{Digest, Sha256};

/// One news report as it was found, before any grammar is applied.
///
/// `text` is the report's whole text, furniture included; `blocks` say what is what in it. All
/// ranges are byte ranges into `text` unless they say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Where it came from, as the user would name it: a path or an address.
    pub source: String,
    /// What the bytes turned out to be.
    pub format: Format,
    /// The encoding the bytes were read in, by its WHATWG name (`UTF-8`, `windows-1252`).
    pub charset: &'static str,
    /// SHA-256 of the original bytes.
    pub hash: Hash,
    /// The headline, when the report shows one.
    pub title: Option<String>,
    /// Who wrote it, as the report puts it, without "By".
    pub byline: Option<String>,
    /// The newspaper, agency or site that published it, as it names itself.
    pub outlet: Option<String>,
    /// The address the page itself calls its own (`rel=canonical`, `og:url`).
    pub canonical: Option<String>,
    /// When it was published; absent when the report does not say.
    pub published: Option<Published>,
    /// The language of the story, where it could be told.
    pub language: Option<Language>,
    /// The text, in Unicode NFC. Lines end in `\n`.
    pub text: String,
    /// The parts of the text, in order and without overlap. What lies between two blocks is white
    /// space, marks that show nothing, or the sign that opens a heading, a list item or a quotation
    /// (`#`, `-`, `1.`, `>`).
    pub blocks: Vec<Block>,
    /// The way from `text` back to the original bytes, for formats where every offset has one
    /// (plain text, Markdown). Web pages map block by block instead: see [`Block::source`].
    pub origin: Option<ByteMap>,
}

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A text file.
    Plain,
    /// A text file with Markdown's signs in it.
    Markdown,
    /// A web page or a fragment of one.
    Html,
}

impl Format {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Format> {
        let all = [Format::Plain, Format::Markdown, Format::Html];
        all.into_iter().find(|format| format.name() == name)
    }
}

/// What is known of the bytes before they are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// The path or address the bytes came from. Its ending says what they are, unless the bytes
    /// themselves say otherwise.
    pub source: &'a str,
    /// The encoding that a transport or a user declared. A byte order mark outranks it.
    pub charset: Option<&'a str>,
}

/// A part of a report: a paragraph, a heading, or something that is not the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its bytes in [`Report::text`], without white space at either end.
    pub span: Range<usize>,
    /// Its bytes in the original; absent when it could not be aligned.
    pub source: Option<Range<usize>>,
}

/// What a block is. Everything but [`BlockKind::Furniture`] is the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A heading inside the story.
    Heading,
    /// Running prose.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// A quotation set apart from the prose.
    Quotation,
    /// One row of a table, cells separated by tabs.
    TableRow,
    /// What is written under a picture.
    Caption,
    /// Menus, bylines, share buttons, other stories' headlines, comments: kept, never analysed.
    Furniture,
}

impl BlockKind {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list-item",
            BlockKind::Quotation => "quotation",
            BlockKind::TableRow => "table-row",
            BlockKind::Caption => "caption",
            BlockKind::Furniture => "furniture",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<BlockKind> {
        let all = [
            BlockKind::Title,
            BlockKind::Heading,
            BlockKind::Paragraph,
            BlockKind::ListItem,
            BlockKind::Quotation,
            BlockKind::TableRow,
            BlockKind::Caption,
            BlockKind::Furniture,
        ];
        all.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether blocks of this kind belong to the story.
    pub fn is_story(self) -> bool {
        self != BlockKind::Furniture
    }
}

/// When a report was published, and what in it says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// ISO 8601, with what is known and no more: `2025-03`, `2025-03-03`, `2025-03-03T14:05`,
    /// `2025-03-03T14:05:00-05:00`.
    pub when: String,
    /// Where it was read.
    pub from: PublishedFrom,
}

/// Where a date of publication was read, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// `datePublished` in the page's JSON-LD.
    JsonLd,
    /// OpenGraph's `article:published_time`.
    OpenGraph,
    /// Another `<meta>` element that names a date of publication.
    Meta,
    /// A `<time>` element of the article.
    Time,
    /// The page's address.
    Url,
    /// The line that opens the story: "QUITO, 3 March 2025 –".
    Dateline,
    /// A line at the head of the report: "Published: 3 March 2025".
    Header,
}

impl PublishedFrom {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            PublishedFrom::JsonLd => "json-ld",
            PublishedFrom::OpenGraph => "open-graph",
            PublishedFrom::Meta => "meta",
            PublishedFrom::Time => "time",
            PublishedFrom::Url => "url",
            PublishedFrom::Dateline => "dateline",
            PublishedFrom::Header => "header",
        }
    }

    /// The place of a name.
    pub fn from_name(name: &str) -> Option<PublishedFrom> {
        let all = [
            PublishedFrom::JsonLd,
            PublishedFrom::OpenGraph,
            PublishedFrom::Meta,
            PublishedFrom::Time,
            PublishedFrom::Url,
            PublishedFrom::Dateline,
            PublishedFrom::Header,
        ];
        all.into_iter().find(|from| from.name() == name)
    }
}

/// A language by its ISO 639-1 code, such as `en` or `es`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Language(pub &'static str);

/// Every language with an ISO 639-1 code.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co \
    cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi \
    ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw \
    ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc \
    oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv \
    sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Language {
    /// The language that a BCP 47 tag (`es-EC`, `en_US`) names; `None` when it names none that has
    /// an ISO 639-1 code.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        LANGUAGES.split_whitespace().find(|it| *it == code).map(Language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The SHA-256 of a report's original bytes: the report's identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// The way from offsets in a text back to the bytes it was decoded from.
///
/// A list of runs: within a run, every `text_step` bytes of text stand for `source_step` bytes of
/// the original. A UTF-8 file already in NFC is a single run of one to one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByteMap {
    runs: Vec<Run>,
    text_len: usize,
    source_len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    text: usize,
    source: usize,
    text_step: usize,
    source_step: usize,
}

impl ByteMap {
    /// Adds the next piece: `text` bytes of text that stand for `source` bytes of the original.
    pub fn push(&mut self, text: usize, source: usize) {
        self.push_run(text, source, 1);
    }

    /// Adds `count` pieces of one size.
    pub fn push_run(&mut self, text_step: usize, source_step: usize, count: usize) {
        if count == 0 {
            return;
        }
        let continues = self.runs.last().is_some_and(|run| {
            text_step > 0 && run.text_step == text_step && run.source_step == source_step
        });
        if !continues {
            let (text, source) = (self.text_len, self.source_len);
            self.runs.push(Run { text, source, text_step, source_step });
        }
        self.text_len += text_step * count;
        self.source_len += source_step * count;
    }

    /// The original's bytes that the text in `span` was decoded from. A span that cuts through a
    /// composed character takes the whole of it.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.floor(span.start);
        if span.is_empty() { start..start } else { start..self.ceil(span.end) }
    }

    /// Adds the pieces of another map of the same bytes that stand for `span` of its text. What that
    /// map has before them and this one lacks becomes bytes without text.
    pub(crate) fn copy(&mut self, other: &ByteMap, span: Range<usize>) {
        let mut at = span.start;
        let after = other.runs.partition_point(|run| run.text <= at);
        for (index, run) in other.runs.iter().enumerate().skip(after.saturating_sub(1)) {
            if at >= span.end {
                break;
            }
            let run_end = other.runs.get(index + 1).map_or(other.text_len, |next| next.text);
            let end = run_end.min(span.end);
            if run.text_step > 0 && at < end {
                let pieces = (at - run.text) / run.text_step;
                self.skip_to(run.source + pieces * run.source_step);
                self.push_run(run.text_step, run.source_step, (end - at) / run.text_step);
                at = end;
            }
        }
    }

    /// Adds bytes without text up to `source` of the original.
    pub(crate) fn skip_to(&mut self, source: usize) {
        if source > self.source_len {
            self.push(0, source - self.source_len);
        }
    }

    /// How many bytes of the original the map covers.
    pub(crate) fn source_len(&self) -> usize {
        self.source_len
    }

    fn floor(&self, offset: usize) -> usize {
        if offset >= self.text_len {
            return self.source_len;
        }
        let run = self.run(offset);
        run.source + (offset - run.text) / run.text_step.max(1) * run.source_step
    }

    fn ceil(&self, offset: usize) -> usize {
        match offset {
            0 => 0,
            _ => {
                let run = self.run((offset - 1).min(self.text_len.saturating_sub(1)));
                let pieces = (offset - run.text).div_ceil(run.text_step.max(1));
                (run.source + pieces * run.source_step).min(self.source_len)
            }
        }
    }

    /// The run that holds the byte of text at `offset`.
    fn run(&self, offset: usize) -> Run {
        let after = self.runs.partition_point(|run| run.text <= offset);
        self.runs[after.saturating_sub(1)]
    }
}

/// Why bytes could not be read as a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// It is not text.
    #[error("this is not text: it looks like {looks_like}")]
    Binary {
        /// What it looks like: "a PDF document", "an image", "binary data".
        looks_like: &'static str,
    },
    /// It is a web page of a size that none is written in.
    #[error("the page is too large: {what}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// It is text, but no story could be found in it.
    #[error("no story found: {why}")]
    NoStory {
        /// What is there instead: "the page is a frameset", "the page has only scripts".
        why: &'static str,
    },
}
