//! Turns a spaCy directory's files into an archive: checks what they ask for, sorts out the weights.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::LoadError;
use crate::archive::{Archive, Bytes};
use crate::config::{ComponentKind, Config};
use crate::msgpack::{self, Value};
use crate::weights::Layers;

/// The files of a spaCy pipeline, by their path within its directory.
pub(crate) struct Directory {
    files: BTreeMap<String, Bytes>,
}

impl Directory {
    /// Takes files as they lie in a directory or a wheel: the pipeline is where `config.cfg` is, as
    /// far up as there is one.
    pub(crate) fn new(files: Vec<(String, Bytes)>) -> Result<Directory, LoadError> {
        let names = files.iter().map(|(name, _)| name.as_str());
        let configs = names.filter(|name| {
            name.strip_suffix("config.cfg")
                .is_some_and(|root| root.is_empty() || root.ends_with('/'))
        });
        let config = configs.min_by_key(|name| name.matches('/').count());
        let config = config.ok_or_else(|| LoadError::Missing("config.cfg".into()))?;
        let root = config[..config.len() - "config.cfg".len()].to_owned();
        let files = files
            .into_iter()
            .filter_map(|(name, bytes)| Some((name.strip_prefix(&root)?.to_owned(), bytes)))
            .collect();
        Ok(Directory { files })
    }

    pub(crate) fn archive(mut self) -> Result<Archive, LoadError> {
        let text = std::str::from_utf8(self.get("config.cfg")?);
        let text = text.map_err(|_| LoadError::corrupt("config.cfg", "it is not UTF-8"))?;
        let config = Config::parse(text)?;
        let mut archive = Archive::default();
        let mut vectors = false;
        for component in config.components()? {
            vectors |= self.component(&component.name, component.kind, &config, &mut archive)?;
        }
        if vectors {
            self.vectors(&mut archive)?;
        }
        self.keep("tokenizer", &mut archive)?;
        self.keep("config.cfg", &mut archive)?;
        self.keep("meta.json", &mut archive)?;
        if self.files.contains_key("vocab/lookups.bin") {
            self.keep("vocab/lookups.bin", &mut archive)?;
        }
        Ok(archive)
    }

    /// Files what a component needs. Returns whether it uses static vectors.
    fn component(
        &mut self,
        name: &str,
        kind: ComponentKind,
        config: &Config,
        archive: &mut Archive,
    ) -> Result<bool, LoadError> {
        match kind {
            ComponentKind::AttributeRuler => {
                self.keep(&format!("{name}/patterns"), archive)?;
                return Ok(false);
            }
            ComponentKind::Lemmatizer => {
                self.keep(&format!("{name}/lookups/lookups.bin"), archive)?;
                return Ok(false);
            }
            ComponentKind::Parser | ComponentKind::Ner => {
                self.keep(&format!("{name}/moves"), archive)?;
                self.keep(&format!("{name}/cfg"), archive)?;
            }
            ComponentKind::Tagger | ComponentKind::Morphologizer => {
                self.keep(&format!("{name}/cfg"), archive)?;
            }
            ComponentKind::Tok2Vec | ComponentKind::Senter => {}
        }
        let file = format!("{name}/model");
        let layers = Layers::read(&file, self.get(&file)?)?;
        match kind {
            ComponentKind::Parser | ComponentKind::Ner => layers.scorer(name, archive)?,
            ComponentKind::Tok2Vec => {}
            _ => layers.softmax(name, archive)?,
        }
        if kind != ComponentKind::Tok2Vec && config.shares_encoder(name) {
            return Ok(false);
        }
        layers.encoder(name, archive)
    }

    /// Files the table of static vectors, and the words' keys in ascending order with their rows.
    fn vectors(&self, archive: &mut Archive) -> Result<(), LoadError> {
        let file = "vocab/vectors.cfg";
        if let Some(bytes) = self.files.get(file) {
            let settings: serde_json::Value = serde_json::from_slice(bytes)
                .map_err(|e| LoadError::corrupt(file, e.to_string()))?;
            let mode = settings.get("mode").and_then(|mode| mode.as_str()).unwrap_or("default");
            if mode != "default" {
                return Err(LoadError::unsupported(file, format!("vectors of mode {mode:?}")));
            }
        }
        let (shape, data) = npy("vocab/vectors", self.get("vocab/vectors")?)?;
        archive.add("vocab/vectors", shape.to_vec(), Cow::Owned(data.to_vec()));
        let file = "vocab/key2row";
        let rows = msgpack::read(self.get(file)?);
        let rows = rows.map_err(|e| LoadError::corrupt(file, e.to_string()))?;
        let pair = |(key, row): &(Value<'_>, Value<'_>)| {
            Some((
                key.uint()?,
                u32::try_from(row.uint()?).ok().filter(|&row| (row as usize) < shape[0])?,
            ))
        };
        let rows: Option<Vec<(u64, u32)>> =
            rows.map().unwrap_or_default().iter().map(pair).collect();
        let mut rows = rows.ok_or_else(|| LoadError::corrupt(file, "a row is not in the table"))?;
        rows.sort_unstable();
        let keys: Vec<u8> = rows.iter().flat_map(|(key, _)| key.to_le_bytes()).collect();
        let places: Vec<u8> = rows.iter().flat_map(|(_, row)| row.to_le_bytes()).collect();
        archive.add("vocab/keys", vec![rows.len()], Cow::Owned(keys));
        archive.add("vocab/rows", vec![rows.len()], Cow::Owned(places));
        Ok(())
    }

    fn get(&self, name: &str) -> Result<&[u8], LoadError> {
        match self.files.get(name) {
            Some(bytes) => Ok(bytes),
            None => Err(LoadError::Missing(name.into())),
        }
    }

    /// Moves a file into the archive as it is.
    fn keep(&mut self, name: &str, archive: &mut Archive) -> Result<(), LoadError> {
        let bytes = self.files.remove(name).ok_or_else(|| LoadError::Missing(name.into()))?;
        archive.add(name, vec![], bytes);
        Ok(())
    }
}

/// The shape and data of a table in numpy's own format: two dimensions of 32-bit floats.
fn npy<'a>(file: &str, bytes: &'a [u8]) -> Result<([usize; 2], &'a [u8]), LoadError> {
    let parse = || -> Option<([usize; 2], &'a [u8])> {
        let rest = bytes.strip_prefix(b"\x93NUMPY")?;
        let (version, rest) = rest.split_first_chunk::<2>()?;
        let (length, rest) = if version[0] == 1 {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        } else {
            let (length, rest) = rest.split_first_chunk::<4>()?;
            (u32::from_le_bytes(*length) as usize, rest)
        };
        let (header, data) = rest.split_at_checked(length)?;
        let header = std::str::from_utf8(header).ok()?;
        if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
            return None;
        }
        let (_, shape) = header.split_once("'shape': (")?;
        let (shape, _) = shape.split_once(')')?;
        let mut sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
        let shape = [sizes.next()?.parse().ok()?, sizes.next()?.parse().ok()?];
        let size = shape.iter().try_fold(4usize, |size, &n: &usize| size.checked_mul(n))?;
        (size == data.len() && sizes.next().is_none()).then_some((shape, data))
    };
    parse().ok_or_else(|| LoadError::corrupt(file, "it is not a table of 32-bit floats"))
}
