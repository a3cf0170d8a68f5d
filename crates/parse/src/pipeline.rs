//! The pipeline: loads a model's components, then takes texts through them.

mod load;
mod scratch;
mod work;

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::LoadError;
use crate::attributes::Ruler;
use crate::doc::Doc;
use crate::labels::Labels;
use crate::layers::static_vectors::StaticVectors;
use crate::lemmatizer::Lemmatizer;
use crate::tagger::Tagger;
use crate::tok2vec::Encoder;
use crate::tokenizer::Tokenizer;
use crate::transition::arc_eager::Parser;
use crate::transition::biluo::Recogniser;
use crate::transition::tree::TreeLabels;
pub(crate) use load::archive;
use scratch::Scratch;

/// Bytes of text that a thread takes at a time; enough for full batches, few enough to share out.
const SHARE: usize = 1 << 14;

/// A loaded model. It never changes, so that threads may share it; what a thread remembers of the
/// words it has met is kept apart and lent from one call to the next.
#[derive(Debug)]
pub struct Pipeline {
    language: String,
    name: String,
    version: String,
    tokenizer: Tokenizer,
    vectors: Option<StaticVectors>,
    encoders: Vec<Encoder>,
    steps: Vec<Step>,
    labels: Arc<Labels>,
    idle: Mutex<Vec<Scratch>>,
}

/// A step that documents are taken through.
#[derive(Debug)]
enum Step {
    /// Words are encoded, and what reads the encoded words annotates them.
    Encode {
        encoder: usize,
        readers: Vec<Reader>,
    },
    /// Annotations are set by rules over other annotations.
    Rules(Ruler),
    Lemmas(Lemmatizer),
}

/// What reads encoded words.
#[derive(Debug)]
enum Reader {
    Tags(Tagger),
    Tree(Parser, TreeLabels),
    Entities(Recogniser),
}

/// A part of the work that [`Pipeline::parse_observed`] tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Splitting the text, and looking its words up.
    Tokens,
    /// Encoding words, for all components.
    Encoder,
    /// Tags, morphology or sentence starts.
    Tagger,
    /// Heads, dependencies and sentences.
    Parser,
    /// Entities.
    Entities,
    /// The attribute ruler.
    Ruler,
    /// Lemmas.
    Lemmas,
    /// Making the document.
    Doc,
}

impl Pipeline {
    /// Loads a pipeline from named files: those of a spaCy directory, with or without the path that
    /// leads to it, or a flat model as [`flatten`](crate::flatten) makes it.
    ///
    /// Bytes that live for good (`&'static [u8]`) and are [`Aligned`](crate::Aligned) are borrowed,
    /// as far as they can be used the way they are. Files that are not needed are ignored.
    ///
    /// # Errors
    /// If a file is missing or damaged, or the model uses something that this runtime doesn't know.
    pub fn load<N, B>(files: impl IntoIterator<Item = (N, B)>) -> Result<Pipeline, LoadError>
    where
        N: Into<String>,
        B: Into<Cow<'static, [u8]>>,
    {
        let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes.into()));
        load::pipeline(&load::archive(files.collect())?)
    }

    /// The language's code: `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The model's name without its language: `core_web_md`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model's version: `3.8.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Analyses a text. Any text will do; one beyond a gigabyte is analysed up to there.
    pub fn parse(&self, text: &str) -> Doc {
        let mut docs = self.parse_observed(&[text], &mut |_| {});
        docs.pop().expect("one text makes one document")
    }

    /// Analyses texts on some threads, at least one. The documents come in the order of the texts,
    /// and are the same whatever the number of threads.
    pub fn parse_all<T: AsRef<str> + Sync>(&self, texts: &[T], threads: usize) -> Vec<Doc> {
        let shares = shares(texts);
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(shares.len()));
        let work = || {
            while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
                let texts: Vec<&str> = texts[share.clone()].iter().map(AsRef::as_ref).collect();
                let docs = self.parse_observed(&texts, &mut |_| {});
                lock(&done).push((share.start, docs));
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads.min(shares.len()) {
                scope.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_unstable_by_key(|(start, _)| *start);
        done.into_iter().flat_map(|(_, docs)| docs).collect()
    }

    /// Analyses texts together on this thread, and tells `observe` of each piece of work when it is
    /// done, so that it can be timed.
    pub fn parse_observed(&self, texts: &[&str], observe: &mut dyn FnMut(Stage)) -> Vec<Doc> {
        let idle = lock(&self.idle).pop();
        let mut scratch = idle.unwrap_or_else(|| Scratch::new(self.encoders.len()));
        let docs = self.analyse(texts, &mut scratch, observe);
        lock(&self.idle).push(scratch);
        docs
    }
}

/// Splits texts into ranges of about [`SHARE`] bytes.
fn shares<T: AsRef<str>>(texts: &[T]) -> Vec<std::ops::Range<usize>> {
    let mut shares = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (index, text) in texts.iter().enumerate() {
        size += text.as_ref().len();
        if size >= SHARE || index + 1 == texts.len() {
            shares.push(start..index + 1);
            (start, size) = (index + 1, 0);
        }
    }
    shares
}

/// Locks what no thread can have left half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
