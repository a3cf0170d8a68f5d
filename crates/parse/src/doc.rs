//! What parsing makes of a text: tokens with their annotation, sentences, entities, and the tree.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::labels::{Label, Labels};

/// An analysed text. It owns everything; [`Token`], [`Span`] and [`Entity`] are views into it.
///
/// Indices count tokens, byte ranges point into [`Doc::text`].
#[derive(Clone)]
pub struct Doc {
    pub(crate) text: Box<str>,
    pub(crate) rows: Vec<Row>,
    /// Lemmas and norms that differ from the token's own text, one after another.
    pub(crate) strings: Box<str>,
    pub(crate) labels: Arc<Labels>,
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) sentences: Vec<Range<u32>>,
    /// The dependents of token `i`, in order, are `children[first_child[i]..first_child[i + 1]]`.
    pub(crate) children: Vec<u32>,
    pub(crate) first_child: Vec<u32>,
}

/// A token of a [`Doc`].
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Doc,
    index: usize,
}

/// Neighbouring tokens of a [`Doc`]: a sentence, an entity, any stretch.
#[derive(Clone, Copy)]
pub struct Span<'d> {
    doc: &'d Doc,
    start: usize,
    end: usize,
}

/// A named entity of a [`Doc`].
#[derive(Clone, Copy)]
pub struct Entity<'d> {
    span: Span<'d>,
    label: Label,
}

impl Doc {
    /// The text that was analysed, unchanged.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no token, which is so for the empty text only.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The token at an index.
    ///
    /// # Panics
    /// If the index is not below [`Doc::len`].
    #[inline]
    pub fn token(&self, index: usize) -> Token<'_> {
        assert!(index < self.len(), "token {index} of {}", self.len());
        Token { doc: self, index }
    }

    /// All tokens, white space included where it is more than one plain space between words.
    #[inline]
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + Clone {
        (0..self.len()).map(|index| Token { doc: self, index })
    }

    /// The token that holds the byte at an offset; a space between two tokens belongs to none.
    #[inline]
    pub fn token_at(&self, offset: usize) -> Option<Token<'_>> {
        let index = self.rows.partition_point(|row| row.end as usize <= offset);
        let row = self.rows.get(index)?;
        (row.start as usize <= offset).then_some(Token { doc: self, index })
    }

    /// A stretch of tokens.
    ///
    /// # Panics
    /// If the range is not one of this document's tokens.
    #[inline]
    pub fn span(&self, tokens: Range<usize>) -> Span<'_> {
        assert!(tokens.start <= tokens.end && tokens.end <= self.len(), "tokens {tokens:?}");
        Span { doc: self, start: tokens.start, end: tokens.end }
    }

    /// The sentences, which follow one another without a gap.
    pub fn sentences(
        &self,
    ) -> impl DoubleEndedIterator<Item = Span<'_>> + ExactSizeIterator + Clone {
        self.sentences.iter().map(|range| Span {
            doc: self,
            start: range.start as usize,
            end: range.end as usize,
        })
    }

    /// The named entities, in order and without overlap.
    pub fn entities(
        &self,
    ) -> impl DoubleEndedIterator<Item = Entity<'_>> + ExactSizeIterator + Clone {
        self.entities.iter().map(|entity| self.entity(entity))
    }

    fn entity(&self, entity: &EntityRow) -> Entity<'_> {
        let span = Span { doc: self, start: entity.start as usize, end: entity.end as usize };
        Entity { span, label: entity.label }
    }

    #[inline]
    fn string(&self, part: Part, own: &Range<usize>) -> &str {
        match part {
            Part::OWN => &self.text[own.clone()],
            part => &self.strings[part.start as usize..][..part.len as usize],
        }
    }
}

impl<'d> Token<'d> {
    /// Its place in the document.
    #[inline]
    pub fn index(self) -> usize {
        self.index
    }

    /// The document it belongs to.
    #[inline]
    pub fn doc(self) -> &'d Doc {
        self.doc
    }

    /// Its characters.
    #[inline]
    pub fn text(self) -> &'d str {
        &self.doc.text[self.bytes()]
    }

    /// Where it stands in the text.
    #[inline]
    pub fn bytes(self) -> Range<usize> {
        self.row().start as usize..self.row().end as usize
    }

    /// Whether one plain space follows, which is then part of no token.
    #[inline]
    pub fn space_after(self) -> bool {
        self.row().space_after
    }

    /// The form under which a dictionary has it: "were" → "be".
    #[inline]
    pub fn lemma(self) -> &'d str {
        self.doc.string(self.row().lemma, &self.bytes())
    }

    /// Its normal form: lower case, and variants made one ("n't" → "not").
    #[inline]
    pub fn norm(self) -> &'d str {
        self.doc.string(self.row().norm, &self.bytes())
    }

    /// The model's own, finer part of speech (`VBD`); empty where the model has none.
    #[inline]
    pub fn tag(self) -> &'d str {
        self.doc.labels.word(self.row().tag)
    }

    /// The part of speech.
    #[inline]
    pub fn pos(self) -> Pos {
        self.row().pos
    }

    /// Its morphology in the form of Universal Dependencies: `Number=Plur|Person=3`, or empty.
    #[inline]
    pub fn morph(self) -> &'d str {
        self.doc.labels.word(self.row().morph)
    }

    /// The value of one morphological feature: `feature("Number")` → `Some("Plur")`.
    #[inline]
    pub fn feature(self, name: &str) -> Option<&'d str> {
        self.morph().split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='))
    }

    /// Its relation to its head: `nsubj`; `ROOT` for a sentence's root.
    #[inline]
    pub fn dep(self) -> &'d str {
        self.doc.labels.word(self.row().dep)
    }

    /// The token it depends on. A root is its own head.
    #[inline]
    pub fn head(self) -> Token<'d> {
        Token { doc: self.doc, index: self.row().head as usize }
    }

    /// Whether it is the root of its sentence.
    #[inline]
    pub fn is_root(self) -> bool {
        self.row().head as usize == self.index
    }

    /// Whether it is white space throughout.
    #[inline]
    pub fn is_space(self) -> bool {
        self.row().is_space
    }

    /// Whether a sentence starts with it.
    #[inline]
    pub fn is_sentence_start(self) -> bool {
        self.row().sentence_start
    }

    /// Its dependents, in the order of the text.
    #[inline]
    pub fn children(
        self,
    ) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator + Clone {
        let doc = self.doc;
        let range = doc.first_child[self.index] as usize..doc.first_child[self.index + 1] as usize;
        doc.children[range].iter().map(move |&index| Token { doc, index: index as usize })
    }

    /// Its head, the head's head and so on up to the root.
    #[inline]
    pub fn ancestors(self) -> impl Iterator<Item = Token<'d>> + Clone {
        let up = |token: &Token<'d>| (!token.is_root()).then(|| token.head());
        std::iter::successors(up(&self), up)
    }

    /// The token and all that depends on it, directly or not, in the order of the text.
    pub fn subtree(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator + Clone {
        let mut tokens = vec![self];
        let mut next = 0;
        while let Some(&token) = tokens.get(next) {
            tokens.extend(token.children());
            next += 1;
        }
        tokens.sort_unstable_by_key(|token| token.index);
        tokens.into_iter()
    }

    /// The sentence it stands in.
    pub fn sentence(self) -> Span<'d> {
        let sentences = &self.doc.sentences;
        let index = sentences.partition_point(|range| range.end as usize <= self.index);
        let range = &sentences[index];
        Span { doc: self.doc, start: range.start as usize, end: range.end as usize }
    }

    /// The entity it is part of.
    pub fn entity(self) -> Option<Entity<'d>> {
        let entities = &self.doc.entities;
        let index = entities.partition_point(|entity| entity.end as usize <= self.index);
        let entity = entities.get(index)?;
        (entity.start as usize <= self.index).then(|| self.doc.entity(entity))
    }

    #[inline]
    fn row(self) -> &'d Row {
        &self.doc.rows[self.index]
    }
}

impl<'d> Span<'d> {
    /// The tokens' indices.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Its tokens.
    #[inline]
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator + Clone {
        self.range().map(move |index| Token { doc: self.doc, index })
    }

    /// Where it stands in the text, without a space that may follow.
    #[inline]
    pub fn bytes(self) -> Range<usize> {
        match &self.doc.rows[self.start..self.end] {
            [] => 0..0,
            [first, .., last] => first.start as usize..last.end as usize,
            [only] => only.start as usize..only.end as usize,
        }
    }

    /// Its characters, without a space that may follow.
    #[inline]
    pub fn text(self) -> &'d str {
        &self.doc.text[self.bytes()]
    }

    /// The first of its tokens whose head is not among them: the one that stands for the whole.
    pub fn root(self) -> Option<Token<'d>> {
        self.tokens()
            .find(|token| token.is_root() || !self.range().contains(&(token.row().head as usize)))
    }
}

impl<'d> Entity<'d> {
    /// What kind of thing it is, in the model's words: `PERSON`, `GPE`.
    #[inline]
    pub fn label(self) -> &'d str {
        self.span.doc.labels.word(self.label)
    }

    /// Its tokens.
    #[inline]
    pub fn span(self) -> Span<'d> {
        self.span
    }

    /// Its characters.
    #[inline]
    pub fn text(self) -> &'d str {
        self.span.text()
    }

    /// Where it stands in the text.
    #[inline]
    pub fn bytes(self) -> Range<usize> {
        self.span.bytes()
    }
}

impl fmt::Debug for Doc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.tokens()).finish()
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, pos, dep) = (self.text(), self.pos().name(), self.dep());
        write!(f, "{text}/{pos}/{dep}→{}", self.head().index)
    }
}

impl fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

impl fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.text(), self.label())
    }
}

/// The parts of speech of Universal Dependencies, with spaCy's own three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Pos {
    /// Not annotated.
    #[default]
    None,
    Adj,
    Adp,
    Adv,
    Aux,
    Conj,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
    Eol,
    Space,
}

impl Pos {
    /// All of them, in the order of spaCy's symbol numbers from `ADJ` = 84 on.
    const ALL: [(Pos, &'static str); 20] = [
        (Pos::Adj, "ADJ"),
        (Pos::Adp, "ADP"),
        (Pos::Adv, "ADV"),
        (Pos::Aux, "AUX"),
        (Pos::Conj, "CONJ"),
        (Pos::Cconj, "CCONJ"),
        (Pos::Det, "DET"),
        (Pos::Intj, "INTJ"),
        (Pos::Noun, "NOUN"),
        (Pos::Num, "NUM"),
        (Pos::Part, "PART"),
        (Pos::Pron, "PRON"),
        (Pos::Propn, "PROPN"),
        (Pos::Punct, "PUNCT"),
        (Pos::Sconj, "SCONJ"),
        (Pos::Sym, "SYM"),
        (Pos::Verb, "VERB"),
        (Pos::X, "X"),
        (Pos::Eol, "EOL"),
        (Pos::Space, "SPACE"),
    ];

    /// Its name in Universal Dependencies: `NOUN`; empty when there is none.
    pub fn name(self) -> &'static str {
        match self {
            Pos::None => "",
            pos => Pos::ALL[pos as usize - 1].1,
        }
    }

    /// The part of speech of a name.
    pub fn from_name(name: &str) -> Option<Pos> {
        if name.is_empty() {
            return Some(Pos::None);
        }
        Pos::ALL.iter().find(|(_, known)| *known == name).map(|(pos, _)| *pos)
    }

    /// The part of speech of one of spaCy's symbol numbers, as model files have it.
    pub(crate) fn from_symbol(symbol: u64) -> Option<Pos> {
        if symbol == 0 {
            return Some(Pos::None);
        }
        let index = usize::try_from(symbol.checked_sub(84)?).ok()?;
        Pos::ALL.get(index).map(|(pos, _)| *pos)
    }
}

/// One token as the components fill it in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    /// Where it starts in the text, in bytes.
    pub(crate) start: u32,
    /// Where it ends in the text, in bytes.
    pub(crate) end: u32,
    /// The number of its type in the thread's lexemes. Means nothing once the document is made.
    pub(crate) lexeme: u32,
    /// Index of its head in the document; its own for a root.
    pub(crate) head: u32,
    pub(crate) tag: Label,
    pub(crate) morph: Label,
    pub(crate) dep: Label,
    /// [`Part::NONE`] until a component sets it.
    pub(crate) lemma: Part,
    pub(crate) norm: Part,
    pub(crate) pos: Pos,
    pub(crate) space_after: bool,
    pub(crate) is_space: bool,
    pub(crate) sentence_start: bool,
}

/// An entity's tokens and kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityRow {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) label: Label,
}

/// A piece of [`Doc::strings`], or the token's own text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Part {
    /// Not set; reads as the empty text.
    pub(crate) const NONE: Part = Part { start: 0, len: 0 };
    /// The token's own text.
    pub(crate) const OWN: Part = Part { start: u32::MAX, len: 0 };
}

/// Collects the texts that become [`Doc::strings`].
#[derive(Debug, Default)]
pub(crate) struct Strings(pub(crate) String);

impl Strings {
    pub(crate) fn push(&mut self, text: &str) -> Part {
        let start = self.0.len() as u32;
        self.0.push_str(text);
        Part { start, len: text.len() as u32 }
    }
}
