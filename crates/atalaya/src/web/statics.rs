//! The files that pages load: scripts, styles, maps, all inside the program.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex};

use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, VARY};
use axum::http::{HeaderMap, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use include_dir::{Dir, DirEntry, include_dir};
use sha2::{Digest, Sha256};

use super::answer::{Answer, Failure};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/web/static");

/// Changes when any of the files does: addresses carry it, so that they can be kept for ever.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut files = BTreeMap::new();
    collect(&FILES, &mut files);
    for (path, contents) in files {
        hash.update(path.as_bytes());
        hash.update(contents);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

static PACKED: LazyLock<Mutex<BTreeMap<String, Vec<u8>>>> = LazyLock::new(Mutex::default);

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, &'static [u8]>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents());
            }
        }
    }
}

/// The address of a file.
pub fn address(name: &str) -> String {
    format!("/static/{name}?v={}", *VERSION)
}

/// A file by its path; only what is inside the program has one.
///
/// # Errors
/// When there is none.
pub fn file(path: &str, versioned: bool, headers: &HeaderMap) -> Result<Answer, Failure> {
    let contents = FILES.get_file(path).ok_or(Failure::Missing)?.contents();
    let kind = kind(path);
    let takes = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let packs = !kind.starts_with("image/png") && takes.is_some_and(|takes| takes.contains("gzip"));
    let keep = if versioned { "public, max-age=31536000, immutable" } else { "no-cache" };
    let body = if packs { packed(path, contents) } else { contents.to_vec() };
    let answer = Answer::new(StatusCode::OK, kind, body).with(CACHE_CONTROL, keep.to_owned());
    let answer = answer.with(VARY, "Accept-Encoding".to_owned());
    Ok(if packs { answer.with(CONTENT_ENCODING, "gzip".to_owned()) } else { answer })
}

fn packed(path: &str, contents: &[u8]) -> Vec<u8> {
    let known = PACKED.lock().ok().and_then(|packed| packed.get(path).cloned());
    known.unwrap_or_else(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
        let made = encoder.write_all(contents).and_then(|()| encoder.finish());
        let made = made.expect("writing to memory does not fail");
        if let Ok(mut packed) = PACKED.lock() {
            packed.insert(path.to_owned(), made.clone());
        }
        made
    })
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}
