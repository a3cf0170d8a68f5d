//! Labels each word by its encoded vector alone: tags, morphology, sentence starts.

use std::collections::HashMap;

use crate::LoadError;
use crate::archive::Archive;
use crate::doc::{Pos, Row};
use crate::labels::{Label, Labels};
use crate::layers::gemm::Matrix;
use crate::ordered::Ordered;

/// A layer that scores classes, and what each class means.
#[derive(Debug)]
pub(crate) struct Tagger {
    layer: Matrix,
    meaning: Meaning,
}

#[derive(Debug)]
enum Meaning {
    /// The tag of each class.
    Tags(Vec<Label>),
    /// The morphology and part of speech of each class.
    Morphology(Vec<(Label, Pos)>),
    /// Class 1 starts a sentence.
    Sentences,
}

impl Tagger {
    /// Takes a tagger from an archive, by its name; `inputs` is the width of encoded words.
    pub(crate) fn tags(
        archive: &Archive,
        name: &str,
        inputs: usize,
        labels: &mut Labels,
    ) -> Result<Tagger, LoadError> {
        #[derive(serde::Deserialize)]
        struct Settings {
            labels: Vec<String>,
        }
        let settings: Settings = settings(archive, name)?;
        let tags = settings.labels.iter().map(|tag| labels.add(tag)).collect();
        Tagger::new(archive, name, inputs, settings.labels.len(), Meaning::Tags(tags))
    }

    /// Takes a morphologizer from an archive.
    pub(crate) fn morphology(
        archive: &Archive,
        name: &str,
        inputs: usize,
        labels: &mut Labels,
    ) -> Result<Tagger, LoadError> {
        #[derive(serde::Deserialize)]
        struct Settings {
            labels_morph: Ordered<String>,
            labels_pos: HashMap<String, u64>,
        }
        let settings: Settings = settings(archive, name)?;
        let class = |(class, morph): &(String, String)| {
            let pos = settings.labels_pos.get(class).and_then(|&symbol| Pos::from_symbol(symbol));
            let why =
                || LoadError::corrupt(&format!("{name}/cfg"), format!("{class:?} has no pos"));
            Ok((labels.add(morph), pos.ok_or_else(why)?))
        };
        let classes: Result<Vec<_>, LoadError> =
            settings.labels_morph.0.iter().map(class).collect();
        let classes = classes?;
        Tagger::new(archive, name, inputs, classes.len(), Meaning::Morphology(classes))
    }

    /// Takes a sentence recogniser from an archive.
    pub(crate) fn sentences(
        archive: &Archive,
        name: &str,
        inputs: usize,
    ) -> Result<Tagger, LoadError> {
        Tagger::new(archive, name, inputs, 2, Meaning::Sentences)
    }

    fn new(
        archive: &Archive,
        name: &str,
        inputs: usize,
        classes: usize,
        meaning: Meaning,
    ) -> Result<Tagger, LoadError> {
        let weights = archive.floats(&format!("{name}/softmax/W"), [classes, inputs])?;
        let bias = archive.floats(&format!("{name}/softmax/b"), [classes])?;
        if classes == 0 {
            return Err(LoadError::corrupt(&format!("{name}/cfg"), "there are no labels"));
        }
        Ok(Tagger { layer: Matrix::linear(&weights, &bias, inputs), meaning })
    }

    /// Whether it says where sentences start.
    pub(crate) fn makes_sentences(&self) -> bool {
        matches!(self.meaning, Meaning::Sentences)
    }

    /// Labels tokens by their encoded rows. `scores` is room to work in.
    pub(crate) fn label(&self, encoded: &[f32], tokens: &mut [Row], scores: &mut Vec<f32>) {
        let width = self.layer.padded();
        scores.resize(scores.len().max(tokens.len() * width), 0.0);
        self.layer.apply(encoded, self.layer.inputs(), tokens.len(), scores, width);
        for (token, scores) in tokens.iter_mut().zip(scores.chunks_exact(width)) {
            let class = first_highest(&scores[..self.layer.outputs()]);
            match &self.meaning {
                Meaning::Tags(tags) => token.tag = tags[class],
                Meaning::Morphology(classes) => (token.morph, token.pos) = classes[class],
                Meaning::Sentences => token.sentence_start |= class == 1,
            }
        }
    }
}

fn first_highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

fn settings<T: serde::de::DeserializeOwned>(archive: &Archive, name: &str) -> Result<T, LoadError> {
    let file = format!("{name}/cfg");
    serde_json::from_slice(archive.bytes(&file)?)
        .map_err(|e| LoadError::corrupt(&file, e.to_string()))
}
