//! The encoder: words' features become vectors that know their neighbours.

use crate::LoadError;
use crate::archive::Archive;
use crate::layers::gemm::Matrix;
use crate::layers::hash_embed::HashEmbed;
use crate::layers::layer_norm::LayerNorm;
use crate::layers::static_vectors::StaticVectors;
use crate::lexeme::{Lexeme, Lexicon};
/// Stands for a row of padding among the keys of a block.
pub(crate) const PADDING: u32 = u32::MAX;

/// The most words whose mixed vectors a thread remembers for an encoder: 12 MiB of them.
const MIXED: usize = 1 << 15;

/// The most layers, more than any known model has; each takes padding from every document.
const MAX_DEPTH: usize = 16;

/// The longest vectors, of words or of their features.
const MAX_WIDTH: usize = 4096;

/// An encoder: embeddings of features, a mixer that makes one vector of them, and convolutions over
/// the neighbours.
#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<(Feature, HashEmbed)>,
    /// Turns a static vector into one more embedding.
    vectors: Option<Matrix>,
    mixer: Layer,
    convolutions: Vec<Layer>,
    width: usize,
}

/// A maxout layer with the normalisation of its output.
#[derive(Debug)]
struct Layer {
    maxout: Matrix,
    norm: LayerNorm,
}

/// What is embedded of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feature {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows.
    Spacy,
    IsSpace,
}

/// What a thread keeps for one encoder: what it has worked out of words it has met, and room.
#[derive(Debug, Default)]
pub(crate) struct EncoderScratch {
    mixed: Memory,
    room: Room,
}

/// Room to work in.
#[derive(Debug, Default)]
struct Room {
    embedded: Vec<f32>,
    vectors: Vec<f32>,
    output: Vec<f32>,
    /// The block's rows, with one row of zeros on either side.
    rows: Vec<f32>,
}

impl EncoderScratch {
    /// Forgets all words. To be called when lexemes get new numbers.
    pub(crate) fn clear(&mut self) {
        self.mixed = Memory::default();
    }
}

/// Rows of numbers that are remembered by key. It forgets all of them when there are too many.
#[derive(Debug, Default)]
struct Memory {
    /// For each key, one more than the place of its row; 0 if it has none.
    places: Vec<u32>,
    rows: Vec<f32>,
    /// The keys that were last given a place.
    new: Vec<u32>,
}

impl Memory {
    /// Gives a place to all keys that have none, and lists these in `new`. Returns where the new
    /// rows begin; they are still to be written. `keys_end` is above all keys.
    fn claim(&mut self, keys: &[u32], keys_end: usize, width: usize, most: usize) -> usize {
        if self.rows.len() / width + keys.len() > most {
            self.places.fill(0);
            self.rows.clear();
        }
        self.places.resize(self.places.len().max(keys_end), 0);
        self.new.clear();
        let start = self.rows.len();
        for &key in keys {
            if key != PADDING && self.places[key as usize] == 0 {
                self.new.push(key);
                self.places[key as usize] = (start / width + self.new.len()) as u32;
            }
        }
        self.rows.resize(start + self.new.len() * width, 0.0);
        start
    }

    /// The row of a key that has a place.
    fn row(&self, key: u32, width: usize) -> &[f32] {
        &self.rows[(self.places[key as usize] as usize - 1) * width..][..width]
    }
}

/// The key of a word in a block: the number of its lexeme, and whether a space follows.
pub(crate) fn key(lexeme: u32, space_after: bool) -> u32 {
    lexeme << 1 | u32::from(space_after)
}

impl Encoder {
    /// Takes an encoder from an archive, by the name of the component that has it.
    pub(crate) fn load(
        archive: &Archive,
        name: &str,
        vectors: Option<&StaticVectors>,
    ) -> Result<Encoder, LoadError> {
        let file = format!("{name}/encoder");
        let settings = Settings::read(&file, archive)?;
        let mut tables = Vec::new();
        let mut inputs = 0;
        for (number, (feature, seed)) in settings.tables.into_iter().enumerate() {
            let section = format!("{name}/embed/{number}");
            let [rows, width] = archive.shape(&section, 4)?;
            check_width(&section, width)?;
            if rows == 0 {
                return Err(LoadError::corrupt(&section, "the table is empty"));
            }
            let table = archive.floats(&section, [rows, width])?;
            inputs += width;
            tables.push((feature, HashEmbed { seed, width, table }));
        }
        let projection = if settings.vectors {
            let section = format!("{name}/vectors");
            let [width, depth] = archive.shape(&section, 4)?;
            check_width(&section, width)?;
            check_width(&section, depth)?;
            if vectors.is_none_or(|vectors| vectors.width() != depth) {
                return Err(LoadError::corrupt(&section, "it does not fit the static vectors"));
            }
            inputs += width;
            let weights = archive.floats(&section, [width, depth])?;
            Some(Matrix::linear(&weights, &vec![0.0; width], depth))
        } else {
            None
        };
        if inputs == 0 {
            return Err(LoadError::corrupt(&file, "nothing is embedded"));
        }
        let mixer = Layer::load(archive, name, 0, inputs)?;
        let width = mixer.maxout.outputs();
        let convolutions = (1..=settings.depth).map(|number| {
            let layer = Layer::load(archive, name, number, 3 * width)?;
            let same = layer.maxout.outputs() == width;
            same.then_some(layer)
                .ok_or_else(|| LoadError::corrupt(&file, "its layers differ in width"))
        });
        let convolutions = convolutions.collect::<Result<_, _>>()?;
        Ok(Encoder { tables, vectors: projection, mixer, convolutions, width })
    }

    /// How many numbers a word's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How far a word sees to either side, and so how much padding goes between documents.
    pub(crate) fn reach(&self) -> usize {
        self.convolutions.len()
    }

    /// Encodes a block of words, given by their keys, and padding. Returns a row for each; those of
    /// the first and the last [`Encoder::reach`], which only surround the others, mean nothing.
    pub(crate) fn encode<'s>(
        &self,
        keys: &[u32],
        lexicon: &Lexicon,
        vectors: Option<&StaticVectors>,
        scratch: &'s mut EncoderScratch,
    ) -> &'s [f32] {
        self.mix(keys, lexicon, vectors, scratch);
        let EncoderScratch { mixed, room: Room { rows, output, .. } } = scratch;
        rows.clear();
        rows.resize((keys.len() + 2) * self.width, 0.0);
        let inner = self.width..(keys.len() + 1) * self.width;
        for (row, &key) in rows[inner.clone()].chunks_exact_mut(self.width).zip(keys) {
            if key != PADDING {
                row.copy_from_slice(mixed.row(key, self.width));
            }
        }
        let padded = self.mixer.maxout.padded();
        output.resize(keys.len() * padded, 0.0);
        for (number, layer) in self.convolutions.iter().enumerate() {
            // The outermost rows are out of reach of the words from here on.
            let skip = number + 1;
            let Some(count) = keys.len().checked_sub(2 * skip) else { break };
            let read = &rows[skip * self.width..];
            layer.maxout.apply(read, self.width, count, output, padded);
            let written = (skip + 1) * self.width..(skip + 1 + count) * self.width;
            layer.norm.add(output, padded, &mut rows[written]);
        }
        &rows[inner]
    }

    /// Sees to it that the mixed vectors of all keys are remembered.
    fn mix(
        &self,
        keys: &[u32],
        lexicon: &Lexicon,
        vectors: Option<&StaticVectors>,
        scratch: &mut EncoderScratch,
    ) {
        let EncoderScratch { mixed, room, .. } = scratch;
        let start = mixed.claim(keys, lexicon.len() * 2, self.width, MIXED);
        if mixed.new.is_empty() {
            return;
        }
        self.embed(&mixed.new, lexicon, vectors, room);
        let (inputs, padded) = (self.mixer.maxout.inputs(), self.mixer.maxout.padded());
        room.output.resize(mixed.new.len() * padded, 0.0);
        let count = mixed.new.len();
        self.mixer.maxout.apply(&room.embedded, inputs, count, &mut room.output, padded);
        self.mixer.norm.write(&room.output, padded, &mut mixed.rows[start..]);
    }

    /// Writes the embeddings of words' features side by side, a row a word.
    fn embed(
        &self,
        keys: &[u32],
        lexicon: &Lexicon,
        vectors: Option<&StaticVectors>,
        room: &mut Room,
    ) {
        let inputs = self.mixer.maxout.inputs();
        room.embedded.resize(keys.len() * inputs, 0.0);
        for (&key, mut row) in keys.iter().zip(room.embedded.chunks_exact_mut(inputs)) {
            let lexeme = lexicon.get(key >> 1);
            for (feature, table) in &self.tables {
                let (part, rest) = row.split_at_mut(table.width);
                table.embed(feature.of(lexeme, key & 1 == 1), part);
                row = rest;
            }
        }
        if let (Some(matrix), Some(vectors)) = (&self.vectors, vectors) {
            let (depth, padded) = (matrix.inputs(), matrix.padded());
            room.vectors.resize(keys.len() * depth, 0.0);
            for (&key, row) in keys.iter().zip(room.vectors.chunks_exact_mut(depth)) {
                match vectors.get(lexicon.get(key >> 1).orth) {
                    Some(vector) => row.copy_from_slice(vector),
                    // The layer has no bias, so that nothing gives nothing.
                    None => row.fill(0.0),
                }
            }
            room.output.resize(keys.len() * padded, 0.0);
            matrix.apply(&room.vectors, depth, keys.len(), &mut room.output, padded);
            let width = matrix.outputs();
            let projected = room.output.chunks_exact(padded);
            for (row, vector) in room.embedded.chunks_exact_mut(inputs).zip(projected) {
                row[inputs - width..].copy_from_slice(&vector[..width]);
            }
        }
    }
}

impl Layer {
    fn load(
        archive: &Archive,
        name: &str,
        number: usize,
        inputs: usize,
    ) -> Result<Layer, LoadError> {
        let section = |part: &str| format!("{name}/layer/{number}/{part}");
        let [width, pieces, found] = archive.shape(&section("W"), 4)?;
        check_width(&section("W"), width)?;
        if found != inputs {
            let why = format!("it takes {found} numbers where there are {inputs}");
            return Err(LoadError::corrupt(&section("W"), why));
        }
        if pieces != 2 && pieces != 3 {
            let what = format!("maxout of {pieces} pieces");
            return Err(LoadError::unsupported(&section("W"), what));
        }
        let weights = archive.floats(&section("W"), [width, pieces, inputs])?;
        let bias = archive.floats(&section("b"), [width, pieces])?;
        let norm = LayerNorm {
            gain: archive.floats(&section("gain"), [width])?,
            shift: archive.floats(&section("shift"), [width])?,
        };
        Ok(Layer { maxout: Matrix::maxout(&weights, &bias, inputs, pieces), norm })
    }
}

impl Feature {
    fn from_name(name: &str) -> Option<Feature> {
        Some(match name {
            "ORTH" => Feature::Orth,
            "LOWER" => Feature::Lower,
            "NORM" => Feature::Norm,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::Spacy,
            "IS_SPACE" => Feature::IsSpace,
            _ => return None,
        })
    }

    fn of(self, lexeme: &Lexeme, space_after: bool) -> u64 {
        match self {
            Feature::Orth => lexeme.orth,
            Feature::Lower => lexeme.lower,
            Feature::Norm => lexeme.norm,
            Feature::Prefix => lexeme.prefix,
            Feature::Suffix => lexeme.suffix,
            Feature::Shape => lexeme.shape,
            Feature::Spacy => u64::from(space_after),
            Feature::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

/// Refuses vectors of no numbers, and of so many that filling up panels would take much memory.
fn check_width(section: &str, width: usize) -> Result<(), LoadError> {
    if (1..=MAX_WIDTH).contains(&width) {
        return Ok(());
    }
    Err(LoadError::unsupported(section, format!("a width of {width}")))
}

/// What an encoder's arrays don't say.
struct Settings {
    /// Feature and seed of each table.
    tables: Vec<(Feature, u32)>,
    vectors: bool,
    depth: usize,
}

impl Settings {
    fn read(file: &str, archive: &Archive) -> Result<Settings, LoadError> {
        let json: serde_json::Value = serde_json::from_slice(archive.bytes(file)?)
            .map_err(|e| LoadError::corrupt(file, e.to_string()))?;
        let tables = json["tables"].as_array().map(Vec::as_slice).unwrap_or_default();
        let table = |table: &serde_json::Value| {
            let name = table["column"].as_str().unwrap_or_default();
            let feature = Feature::from_name(name)
                .ok_or_else(|| LoadError::unsupported(file, format!("embedding of {name:?}")))?;
            let seed = table["seed"].as_u64().and_then(|seed| u32::try_from(seed).ok());
            let seed = seed.ok_or_else(|| LoadError::corrupt(file, "a seed is missing"))?;
            Ok((feature, seed))
        };
        let depth = json["depth"].as_u64().and_then(|depth| usize::try_from(depth).ok());
        let depth = depth.filter(|depth| (1..=MAX_DEPTH).contains(depth));
        Ok(Settings {
            tables: tables.iter().map(table).collect::<Result<_, LoadError>>()?,
            vectors: json["vectors"].as_bool().unwrap_or(false),
            depth: depth.ok_or_else(|| LoadError::corrupt(file, "its depth is missing"))?,
        })
    }
}
