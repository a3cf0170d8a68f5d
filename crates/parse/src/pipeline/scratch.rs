//! What a thread keeps from one text to the next: words it has met, and room to work in.

use crate::tok2vec::EncoderScratch;
use crate::transition::arc_eager::ParserScratch;
use crate::transition::biluo::RecogniserScratch;
use crate::{attributes, lemmatizer, tokenizer};

/// One thread's memory. Nothing in it changes what a text becomes.
#[derive(Debug)]
pub(super) struct Scratch {
    pub(super) tokenizer: tokenizer::Scratch,
    pub(super) words: Vec<tokenizer::Word>,
    pub(super) encoders: Vec<EncoderScratch>,
    pub(super) readers: ReaderScratch,
    pub(super) ruler: attributes::Scratch,
    pub(super) lemmatizer: lemmatizer::Scratch,
}

/// Room for what reads encoded words.
#[derive(Debug, Default)]
pub(super) struct ReaderScratch {
    pub(super) scores: Vec<f32>,
    pub(super) parser: ParserScratch,
    pub(super) recogniser: RecogniserScratch,
}

impl Scratch {
    pub(super) fn new(encoders: usize) -> Scratch {
        Scratch {
            tokenizer: tokenizer::Scratch::default(),
            words: Vec::new(),
            encoders: (0..encoders).map(|_| EncoderScratch::default()).collect(),
            readers: ReaderScratch::default(),
            ruler: attributes::Scratch::default(),
            lemmatizer: lemmatizer::Scratch::default(),
        }
    }

    /// Forgets the words it has met if they have become too many.
    pub(super) fn trim(&mut self) {
        if self.tokenizer.trim() {
            self.encoders.iter_mut().for_each(EncoderScratch::clear);
            self.ruler.clear();
            self.lemmatizer.clear();
        }
    }
}
