//! Takes documents through the steps of a pipeline, many words at a time.

use std::ops::Range;
use std::sync::Arc;

use super::scratch::{ReaderScratch, Scratch};
use super::{Pipeline, Reader, Stage, Step};
use crate::doc::{Doc, EntityRow, Part, Row, Strings};
use crate::lexeme::Lexicon;
use crate::tok2vec::{Encoder, PADDING, key};
use crate::transition::tree;

/// Words encoded together: few enough for a layer's rows and weights to stay in the second cache.
const BLOCK: usize = 256;

/// Words handed to the parser at a time, for the products it keeps of them to stay cached.
const SLICE: usize = 64;

/// Where the analysis of a text ends; places in it and in its strings are kept in 32 bits.
const LONGEST: usize = 1 << 30;

/// Words that a thread keeps room for.
const KEPT_WORDS: usize = 1 << 16;

/// A document in the making.
struct Draft {
    rows: Vec<Row>,
    strings: Strings,
    entities: Vec<EntityRow>,
}

/// A stretch of a document within a block.
struct Segment {
    draft: usize,
    tokens: Range<usize>,
    /// The block's row of its first token.
    row: usize,
}

impl Pipeline {
    /// Takes texts through all steps.
    pub(super) fn analyse(
        &self,
        texts: &[&str],
        scratch: &mut Scratch,
        observe: &mut dyn FnMut(Stage),
    ) -> Vec<Doc> {
        scratch.trim();
        let mut drafts: Vec<Draft> = texts.iter().map(|text| self.draft(text, scratch)).collect();
        observe(Stage::Tokens);
        for step in &self.steps {
            match step {
                Step::Encode { encoder, readers } => {
                    self.encode(*encoder, readers, &mut drafts, scratch, observe);
                }
                Step::Rules(ruler) => {
                    let (lexicon, room) = (&scratch.tokenizer.lexicon, &mut scratch.ruler);
                    for (draft, text) in drafts.iter_mut().zip(texts) {
                        ruler.apply(text, &mut draft.rows, lexicon, &mut draft.strings, room);
                    }
                    observe(Stage::Ruler);
                }
                Step::Lemmas(lemmatizer) => {
                    let (labels, room) = (&self.labels, &mut scratch.lemmatizer);
                    for (draft, text) in drafts.iter_mut().zip(texts) {
                        lemmatizer.apply(text, &mut draft.rows, labels, &mut draft.strings, room);
                    }
                    observe(Stage::Lemmas);
                }
            }
        }
        let drafts = drafts.into_iter().zip(texts);
        let docs = drafts.map(|(draft, text)| self.doc(draft, text, &scratch.tokenizer.lexicon));
        let docs = docs.collect();
        observe(Stage::Doc);
        docs
    }

    fn draft(&self, text: &str, scratch: &mut Scratch) -> Draft {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        scratch.words.clear();
        self.tokenizer.tokenize(text, &mut scratch.tokenizer, &mut scratch.words);
        let lexicon = &scratch.tokenizer.lexicon;
        let rows = scratch.words.iter().enumerate().map(|(index, word)| Row {
            start: word.start,
            end: word.end,
            lexeme: word.lexeme,
            head: index as u32,
            space_after: word.space_after,
            is_space: lexicon.get(word.lexeme).is_space,
            sentence_start: index == 0,
            ..Row::default()
        });
        let rows: Vec<Row> = rows.collect();
        // Room for a book is not kept for the notes that follow it.
        scratch.words.clear();
        scratch.words.shrink_to(KEPT_WORDS);
        Draft { rows, strings: Strings::default(), entities: Vec::new() }
    }

    fn encode(
        &self,
        number: usize,
        readers: &[Reader],
        drafts: &mut [Draft],
        scratch: &mut Scratch,
        observe: &mut dyn FnMut(Stage),
    ) {
        let (encoder, vectors) = (&self.encoders[number], self.vectors.as_ref());
        let lexicon = &scratch.tokenizer.lexicon;
        let mut blocks = Blocks::new(encoder);
        while blocks.fill(drafts) {
            let room = &mut scratch.encoders[number];
            let encoded = encoder.encode(&blocks.keys, lexicon, vectors, room);
            observe(Stage::Encoder);
            for reader in readers {
                for segment in &blocks.segments {
                    let width = encoder.width();
                    let rows = &encoded[segment.row * width..][..segment.tokens.len() * width];
                    let draft = &mut drafts[segment.draft];
                    reader.read(rows, width, segment.tokens.clone(), draft, &mut scratch.readers);
                }
                observe(reader.stage());
            }
        }
    }

    fn doc(&self, mut draft: Draft, text: &str, lexicon: &Lexicon) -> Doc {
        for row in &mut draft.rows {
            let norm = &*lexicon.get(row.lexeme).norm_text;
            let own = &text[row.start as usize..row.end as usize];
            row.norm = if norm == own { Part::OWN } else { draft.strings.push(norm) };
        }
        let starts = draft.rows.iter().enumerate().filter(|(_, row)| row.sentence_start);
        let mut starts: Vec<u32> = starts.map(|(index, _)| index as u32).collect();
        starts.push(draft.rows.len() as u32);
        let (first_child, children) = tree::children(&draft.rows);
        Doc {
            text: text.into(),
            strings: draft.strings.0.into(),
            labels: Arc::clone(&self.labels),
            entities: draft.entities,
            sentences: starts.windows(2).map(|pair| pair[0]..pair[1]).collect(),
            children,
            first_child,
            rows: draft.rows,
        }
    }
}

impl Reader {
    /// Annotates some tokens of a document, which come in order, by their encoded rows.
    fn read(
        &self,
        rows: &[f32],
        width: usize,
        tokens: Range<usize>,
        draft: &mut Draft,
        scratch: &mut ReaderScratch,
    ) {
        let length = draft.rows.len();
        match self {
            Reader::Tags(tagger) => {
                tagger.label(rows, &mut draft.rows[tokens], &mut scratch.scores);
            }
            Reader::Tree(parser, labels) => {
                let room = &mut scratch.parser;
                if tokens.start == 0 {
                    parser.start(length, room);
                }
                for slice in rows.chunks(SLICE * width) {
                    parser.parse(slice, slice.len() / width, length, room);
                }
                if tokens.end == length {
                    tree::annotate(&room.state, labels, &mut draft.rows);
                    room.state.shrink();
                }
            }
            Reader::Entities(recogniser) => {
                let room = &mut scratch.recogniser;
                if tokens.start == 0 {
                    recogniser.start(room);
                }
                for slice in rows.chunks(SLICE * width) {
                    let count = slice.len() / width;
                    recogniser.recognise(slice, count, &draft.rows, &mut draft.entities, room);
                }
            }
        }
    }

    /// Whether it says where sentences start.
    pub(super) fn makes_sentences(&self) -> bool {
        match self {
            Reader::Tags(tagger) => tagger.makes_sentences(),
            Reader::Tree(..) => true,
            Reader::Entities(_) => false,
        }
    }

    fn stage(&self) -> Stage {
        match self {
            Reader::Tags(_) => Stage::Tagger,
            Reader::Tree(..) => Stage::Parser,
            Reader::Entities(_) => Stage::Entities,
        }
    }
}

/// Cuts documents into blocks of words for an encoder.
///
/// A block holds whole documents with padding between them, or a piece of a long one together with
/// as many of the words around it as the encoder can see.
struct Blocks {
    keys: Vec<u32>,
    segments: Vec<Segment>,
    reach: usize,
    draft: usize,
    token: usize,
}

impl Blocks {
    fn new(encoder: &Encoder) -> Blocks {
        let (keys, segments) = (Vec::new(), Vec::new());
        Blocks { keys, segments, reach: encoder.reach(), draft: 0, token: 0 }
    }

    /// Makes the next block; false if there is none.
    fn fill(&mut self, drafts: &[Draft]) -> bool {
        self.keys.clear();
        self.segments.clear();
        let mut room = BLOCK;
        while let Some(draft) = drafts.get(self.draft) {
            let length = draft.rows.len();
            // Pieces of a long document are of one size, give or take a word.
            let pieces = (length - self.token).div_ceil(BLOCK).max(1);
            let count = (length - self.token).div_ceil(pieces);
            if count > room && !self.segments.is_empty() {
                break;
            }
            if count > 0 {
                self.segment(&draft.rows, count);
                room -= count;
            }
            if self.token < length {
                break;
            }
            (self.draft, self.token) = (self.draft + 1, 0);
        }
        !self.segments.is_empty()
    }

    fn segment(&mut self, rows: &[Row], count: usize) {
        let tokens = self.token..self.token + count;
        let before = tokens.start.saturating_sub(self.reach)..tokens.start;
        let after = tokens.end..(tokens.end + self.reach).min(rows.len());
        let keys = |rows: &[Row]| -> Vec<u32> {
            rows.iter().map(|row| key(row.lexeme, row.space_after)).collect()
        };
        if self.segments.is_empty() {
            self.keys.resize(self.reach - before.len(), PADDING);
            self.keys.extend(keys(&rows[before]));
        }
        self.segments.push(Segment {
            draft: self.draft,
            tokens: tokens.clone(),
            row: self.keys.len(),
        });
        self.keys.extend(keys(&rows[tokens.clone()]));
        let padding = self.reach - after.len();
        self.keys.extend(keys(&rows[after]));
        self.keys.resize(self.keys.len() + padding, PADDING);
        self.token = tokens.end;
    }
}
