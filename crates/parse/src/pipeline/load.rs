//! Makes a pipeline of a model's archive.

use std::sync::{Arc, Mutex};

use super::{Pipeline, Reader, Step};
use crate::LoadError;
use crate::archive::{Archive, Bytes};
use crate::attributes::Ruler;
use crate::config::{Component, ComponentKind, Config};
use crate::directory::Directory;
use crate::labels::Labels;
use crate::layers::static_vectors::StaticVectors;
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::Norms;
use crate::tagger::Tagger;
use crate::tok2vec::Encoder;
use crate::tokenizer::{Rules, Tokenizer};
use crate::transition::arc_eager::Parser;
use crate::transition::biluo::Recogniser;
use crate::transition::tree::TreeLabels;

/// The sections of a model, from a flat file or a spaCy directory's files.
pub(crate) fn archive(files: Vec<(String, Bytes)>) -> Result<Archive, LoadError> {
    let flat = files.iter().position(|(_, bytes)| Archive::is_flat(bytes));
    match flat {
        Some(place) => {
            let (name, bytes) = files.into_iter().nth(place).expect("it was just found");
            Archive::read(&name, bytes)
        }
        None => Directory::new(files)?.archive(),
    }
}

/// The pipeline that an archive describes.
pub(super) fn pipeline(archive: &Archive) -> Result<Pipeline, LoadError> {
    let config = Config::parse(archive.text("config.cfg")?)?;
    let language = config.language()?;
    let meta: Meta = serde_json::from_slice(archive.bytes("meta.json")?)
        .map_err(|e| LoadError::corrupt("meta.json", e.to_string()))?;
    let mut loader = Loader {
        archive,
        config: &config,
        language: &language,
        labels: Labels::new(),
        vectors: None,
        encoders: Vec::new(),
        shared: None,
        steps: Vec::new(),
        has_parser: false,
    };
    if archive.find("vocab/vectors").is_some() {
        loader.vectors = Some(StaticVectors::load(archive)?);
    }
    for component in config.components()? {
        loader.component(&component)?;
    }
    let Loader { labels, vectors, encoders, steps, .. } = loader;
    Ok(Pipeline {
        tokenizer: tokenizer(archive)?,
        name: meta.name,
        version: meta.version,
        vectors,
        encoders,
        steps,
        labels: Arc::new(labels),
        idle: Mutex::new(Vec::new()),
        language,
    })
}

#[derive(serde::Deserialize)]
struct Meta {
    name: String,
    version: String,
}

fn tokenizer(archive: &Archive) -> Result<Tokenizer, LoadError> {
    let corrupt =
        |file: &str, error: &dyn std::error::Error| LoadError::corrupt(file, error.to_string());
    let norms = match archive.find("vocab/lookups.bin") {
        Some(bytes) => Norms::read(bytes).map_err(|e| corrupt("vocab/lookups.bin", &e))?,
        None => Norms::default(),
    };
    let file = "tokenizer";
    let rules = Rules::read(archive.bytes(file)?).map_err(|e| corrupt(file, &e))?;
    Tokenizer::new(&rules, norms).map_err(|e| corrupt(file, &e))
}

/// A pipeline in the making.
struct Loader<'a> {
    archive: &'a Archive,
    config: &'a Config,
    language: &'a str,
    labels: Labels,
    vectors: Option<StaticVectors>,
    encoders: Vec<Encoder>,
    /// The encoder that components may share.
    shared: Option<usize>,
    steps: Vec<Step>,
    has_parser: bool,
}

impl Loader<'_> {
    fn component(&mut self, component: &Component) -> Result<(), LoadError> {
        let (archive, name) = (self.archive, component.name.as_str());
        match component.kind {
            ComponentKind::Tok2Vec => {
                if self.shared.is_some() {
                    let what = format!("a second shared encoder, {name:?}");
                    return Err(LoadError::unsupported("config.cfg", what));
                }
                self.shared = Some(self.encoder(name)?);
            }
            ComponentKind::AttributeRuler => {
                let file = format!("{name}/patterns");
                let ruler = Ruler::read(archive.bytes(&file)?, &mut self.labels)
                    .map_err(|e| LoadError::corrupt(&file, e.to_string()))?;
                self.steps.push(Step::Rules(ruler));
            }
            ComponentKind::Lemmatizer => {
                let file = format!("{name}/lookups/lookups.bin");
                let lemmatizer = Lemmatizer::read(self.language, archive.bytes(&file)?, false)
                    .map_err(|e| LoadError::corrupt(&file, e.to_string()))?;
                self.steps.push(Step::Lemmas(lemmatizer));
            }
            // Sentences are set already, and the recogniser doesn't overwrite them.
            ComponentKind::Senter if self.has_parser => {}
            kind => self.reader(name, kind)?,
        }
        Ok(())
    }

    fn reader(&mut self, name: &str, kind: ComponentKind) -> Result<(), LoadError> {
        let encoder = if self.config.shares_encoder(name) {
            self.shared.ok_or_else(|| {
                LoadError::corrupt("config.cfg", format!("{name:?} has no encoder to share"))
            })?
        } else {
            self.encoder(name)?
        };
        let (archive, labels) = (self.archive, &mut self.labels);
        let width = self.encoders[encoder].width();
        let reader = match kind {
            ComponentKind::Tagger => Reader::Tags(Tagger::tags(archive, name, width, labels)?),
            ComponentKind::Morphologizer => {
                Reader::Tags(Tagger::morphology(archive, name, width, labels)?)
            }
            ComponentKind::Senter => Reader::Tags(Tagger::sentences(archive, name, width)?),
            ComponentKind::Parser => {
                self.has_parser = true;
                let parser = Parser::load(archive, name, width, labels)?;
                let tree = TreeLabels::new(parser.labels(), labels);
                Reader::Tree(parser, tree)
            }
            _ => Reader::Entities(Recogniser::load(archive, name, width, labels)?),
        };
        self.push(encoder, reader)
    }

    /// Adds a reader to the last step if it reads the same encoder there. Entities wait for the
    /// sentences of the whole document, so they start a step of their own.
    fn push(&mut self, number: usize, reader: Reader) -> Result<(), LoadError> {
        let sentences = |step: &Step| match step {
            Step::Encode { readers, .. } => readers.iter().any(Reader::makes_sentences),
            _ => false,
        };
        if reader.makes_sentences() && self.steps.iter().any(sentences) {
            return Err(LoadError::unsupported("config.cfg", "a second component for sentences"));
        }
        match self.steps.last_mut() {
            Some(Step::Encode { encoder, readers })
                if *encoder == number && !matches!(reader, Reader::Entities(_)) =>
            {
                readers.push(reader);
            }
            _ => self.steps.push(Step::Encode { encoder: number, readers: vec![reader] }),
        }
        Ok(())
    }

    fn encoder(&mut self, name: &str) -> Result<usize, LoadError> {
        let encoder = Encoder::load(self.archive, name, self.vectors.as_ref())?;
        self.encoders.push(encoder);
        Ok(self.encoders.len() - 1)
    }
}
