//! What the program knows of the world: the pack and the gazetteer inside it.

use std::sync::OnceLock;

use atalaya_facts::pack::Files;
use atalaya_facts::{Gazetteer, Pack, pack};
use include_dir::{Dir, DirEntry, include_dir};

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs/world");
static PLACES: &[u8] = include_bytes!("../../../gazetteer/places.bin");

/// The English words of the pack inside the program.
pub fn english() -> &'static Pack {
    static ENGLISH: OnceLock<Pack> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let files = pack::of_language(&files(), "en");
        Pack::load(&files).expect("the pack inside the program is tested")
    })
}

/// The gazetteer inside the program.
pub fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        Gazetteer::load(PLACES).expect("the gazetteer inside the program is tested")
    })
}

/// The files of the pack inside the program.
pub fn files() -> Files {
    let mut files = Files::new();
    collect(&PACK, &mut files);
    files
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_carries_is_sound() {
        assert_eq!(pack::check(&files()), []);
        assert!(english().unit("kilogram").is_some());
        assert!(gazetteer().len() > 200_000);
    }
}
