//! Model bytes → pipeline: whatever is in a model's files, loading says yes or no, and a model that
//! loads can parse.
//!
//! Input: one byte that picks a file of the tiny model in `fuzz/tiny` (`fuzz/tiny_model.py` makes
//! it), or none of them for a flat model; the rest takes that file's place.
#![no_main]

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use atalaya_parse::Pipeline;
use libfuzzer_sys::fuzz_target;

const FILES: [&str; 18] = [
    "config.cfg",
    "meta.json",
    "tokenizer",
    "tok2vec/model",
    "tagger/cfg",
    "tagger/model",
    "parser/cfg",
    "parser/model",
    "parser/moves",
    "ner/cfg",
    "ner/model",
    "ner/moves",
    "attribute_ruler/patterns",
    "lemmatizer/lookups/lookups.bin",
    "vocab/lookups.bin",
    "vocab/vectors",
    "vocab/key2row",
    "vocab/vectors.cfg",
];

static TINY: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tiny");
    FILES.iter().map(|file| std::fs::read(folder.join(file)).expect("fuzz/tiny is there")).collect()
});

fuzz_target!(|data: &[u8]| {
    let Some((&number, rest)) = data.split_first() else { return };
    let mut files: Vec<(&str, Cow<'static, [u8]>)> =
        FILES.iter().zip(&*TINY).map(|(name, bytes)| (*name, Cow::Borrowed(&**bytes))).collect();
    match files.get_mut(usize::from(number)) {
        Some((_, bytes)) => *bytes = Cow::Owned(rest.to_vec()),
        None => files = vec![("model", Cow::Owned(rest.to_vec()))],
    }
    if let Ok(pipeline) = Pipeline::load(files) {
        pipeline.parse("Big dogs don't bark at U.S. cats.\n\nhttp://a.io :-) sleeps 5km");
    }
});
