//! What the program knows of the world: its pack, gazetteer and English pipeline, loaded as one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use atalaya_facts::pack::{self, Files, Problem};
use atalaya_facts::value::period::Wording;
use atalaya_facts::{Gazetteer, Pack};
use atalaya_parse::Pipeline;
use atalaya_read::Hash;
use include_dir::{Dir, DirEntry, include_dir};

use crate::{Error, model};

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs/world");
static PLACES: &[u8] = include_bytes!("../../../gazetteer/places.bin");

/// The language whose reports are read for values.
pub const LANGUAGE: &str = "en";

static TIMES: LazyLock<Wording> = LazyLock::new(|| {
    let mut files = Files::new();
    collect(&PACK, &mut files);
    Wording::load(&pack::of_language(&files, LANGUAGE), &mut Vec::new())
});

/// A time in ISO 8601-2 as people write it in the language of the reports; none where it tells nothing
/// that could be written.
pub fn time(edtf: &str) -> Option<String> {
    TIMES.told(edtf)
}

/// All that reading a report for values takes. Loaded once a command; threads share it.
#[derive(Debug)]
pub struct Engine {
    /// The words, with the user's laid over them.
    pub pack: Pack,
    /// How times are written, by language.
    pub times: BTreeMap<String, Wording>,
    /// The places.
    pub gazetteer: Gazetteer,
    /// The parser.
    pub pipeline: Pipeline,
    fingerprint: String,
    overlay: Option<PathBuf>,
}

impl Engine {
    /// Loads the engine, with the files of the user's pack laid over those inside the program.
    ///
    /// # Errors
    /// Everything that is wrong with the user's pack.
    pub fn load(overlay: Option<&Path>) -> Result<Engine, Error> {
        let files = files(overlay)?;
        let fingerprint = of(&files);
        let ((pack, gazetteer), pipeline) = rayon::join(
            || rayon::join(|| words(&files, overlay), gazetteer),
            || model::built_in().load(),
        );
        let overlay = overlay.map(Path::to_owned);
        let times = times(&files);
        Ok(Engine { pack: pack?, times, gazetteer, pipeline: pipeline?, fingerprint, overlay })
    }

    /// What the values that it reads depend on, in short: see [`fingerprint`].
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The options that name a room and this engine's pack in another command: see [`option`].
    pub fn option(&self, room: &Path) -> String {
        option(room, self.overlay.as_deref())
    }
}

/// The options that name a room and a pack in a command, where they are not the usual ones.
pub fn option(room: &Path, overlay: Option<&Path>) -> String {
    let room = (room.as_os_str() != "room.atalaya").then(|| format!(" --room {}", room.display()));
    let pack = overlay.map(|folder| format!(" --pack {}", folder.display()));
    room.unwrap_or_default() + &pack.unwrap_or_default()
}

/// Stands for the version of the engine, the weights, the gazetteer and the pack. Rooms keep the one
/// that their values were read with.
///
/// # Errors
/// When the user's pack cannot be read.
pub fn fingerprint(overlay: Option<&Path>) -> Result<String, Error> {
    Ok(of(&files(overlay)?))
}

fn of(files: &Files) -> String {
    let mut all = format!("{} {}", env!("CARGO_PKG_VERSION"), env!("ATALAYA_ENGINE"));
    for (path, text) in files {
        all.push_str(&format!("\0{path}\0{}\0{text}", text.len()));
    }
    Hash::of(all.as_bytes()).to_string()[..16].to_owned()
}

/// The pack alone, without what reading takes.
///
/// # Errors
/// Everything that is wrong with the user's pack.
pub fn pack(overlay: Option<&Path>) -> Result<Pack, Error> {
    words(&files(overlay)?, overlay)
}

/// How times are written in each language that the pack has words in.
fn times(files: &Files) -> BTreeMap<String, Wording> {
    let of = |language: String| {
        let wording = Wording::load(&pack::of_language(files, &language), &mut Vec::new());
        (language, wording)
    };
    pack::languages(files).into_iter().map(of).collect()
}

fn words(files: &Files, overlay: Option<&Path>) -> Result<Pack, Error> {
    Pack::load(&pack::of_language(files, LANGUAGE)).map_err(|problems| Error::Pack {
        problems: problems.iter().map(|problem| located(problem, overlay)).collect(),
    })
}

/// A problem with its file as the user knows it.
fn located(problem: &Problem, overlay: Option<&Path>) -> String {
    let path = overlay.map(|folder| folder.join(&problem.file)).filter(|path| path.exists());
    let file = path.map_or(problem.file.clone(), |path| path.display().to_string());
    Problem { file, ..problem.clone() }.to_string()
}

fn gazetteer() -> Gazetteer {
    Gazetteer::load(PLACES).expect("the gazetteer inside the program is tested")
}

/// The files of the pack inside the program, with those of the user's folder laid over them: a file
/// of the same path takes the other's place.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(overlay: Option<&Path>) -> Result<Files, Error> {
    let mut files = Files::new();
    collect(&PACK, &mut files);
    if let Some(folder) = overlay {
        files.extend(folder_files(folder)?);
    }
    Ok(files)
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
            }
        }
    }
}

/// The words and examples below a folder of the user's.
///
/// # Errors
/// When it cannot be read.
pub fn folder_files(folder: &Path) -> Result<Files, Error> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::file("read", folder, error.into()))?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        if entry.file_type().is_file() && matches!(ending, Some("toml" | "md")) {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let text = fs::read_to_string(entry.path())
                .map_err(|error| Error::file("read", entry.path(), error))?;
            files.insert(path.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_carries_is_sound() {
        assert_eq!(pack::check(&files(None).unwrap()), []);
        let engine = Engine::load(None).unwrap();
        assert!(engine.pack.unit("kilogram").is_some());
        assert!(engine.gazetteer.len() > 200_000);
        assert_eq!(engine.pipeline.language(), LANGUAGE);
        assert_eq!(engine.fingerprint(), fingerprint(None).unwrap());
    }
}
