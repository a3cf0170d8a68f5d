//! Works out what the values and facts in a room depend on besides the pack: the engine's own source,
//! the weights and the gazetteer. Rooms keep it, so that what two engines read is never mixed.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks")]

use std::fs;
use std::path::{Path, PathBuf};

/// What is hashed, from the root of the project.
const DEPENDS_ON: [&str; 7] = [
    "crates/parse/src",
    "crates/facts/src",
    "crates/atalaya/src/room/analyse.rs",
    "crates/atalaya/src/store/derived.rs",
    "crates/atalaya/src/export",
    "gazetteer/places.bin",
    "models/en",
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for name in DEPENDS_ON {
        println!("cargo::rerun-if-changed={}", root.join(name).display());
        collect(&root.join(name), &mut files);
    }
    // What the pages load is inside the program too.
    println!("cargo::rerun-if-changed={}", root.join("crates/atalaya/src/web/static").display());
    files.sort();
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    for path in files {
        let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        hash.add(name.as_bytes());
        hash.add(&fs::read(&path).expect("a file that was just listed"));
    }
    println!("cargo::rustc-env=ATALAYA_ENGINE={:016x}", hash.0);
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => {
            for entry in entries {
                collect(&entry.expect("a folder that can be listed").path(), files);
            }
        }
        Err(_) if path.is_file() => files.push(path.to_owned()),
        Err(_) => {}
    }
}

/// FNV-1a over words of eight bytes: a build script is compiled without optimisation, and the
/// weights are long.
struct Fnv(u64);

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        let mut add = |word: u64| self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        add(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            add(u64::from_le_bytes(word));
        }
    }
}
