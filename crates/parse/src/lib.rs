//! A native runtime for spaCy's CNN pipelines: `Pipeline::load`, then `Pipeline::parse`.

mod archive;
mod attributes;
mod config;
mod directory;
mod doc;
mod error;
mod labels;
mod layers;
mod lemmatizer;
mod lexeme;
mod msgpack;
mod ordered;
mod pipeline;
mod strings;
mod tables;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transition;
mod unicode;
mod weights;

pub use doc::{Doc, Entity, Pos, Span, Token};
pub use error::LoadError;
pub use pipeline::{Pipeline, Stage};

use std::borrow::Cow;

/// Makes a flat model of a spaCy directory's files: one file with just what parsing needs, laid out
/// so that [`Pipeline::load`] can borrow most of it.
///
/// # Errors
/// As for [`Pipeline::load`].
pub fn flatten<N, B>(files: impl IntoIterator<Item = (N, B)>) -> Result<Vec<u8>, LoadError>
where
    N: Into<String>,
    B: Into<Cow<'static, [u8]>>,
{
    let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes.into()));
    Ok(pipeline::archive(files.collect())?.write())
}

/// Bytes that start at a multiple of 64, as the sections of a flat model want it.
///
/// ```ignore
/// static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("model"));
/// let pipeline = Pipeline::load([("model", &MODEL.0)])?;
/// ```
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Aligned<T: ?Sized>(pub T);
