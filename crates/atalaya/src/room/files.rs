//! What the user pointed at, as a list of places to read: files, folders, standard input.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::store::Place;

/// Something to read, or the reason why it cannot be.
#[derive(Debug)]
pub struct Found {
    /// The name it goes by in the room.
    pub place: Place,
    /// Where to read it from.
    pub from: From,
}

/// Where bytes come from.
#[derive(Debug)]
pub enum From {
    /// A file, its length when it was listed.
    File(PathBuf, u64),
    /// Bytes that were read already: standard input.
    Input(Vec<u8>),
    /// Nothing: `(kind, message)`.
    Nowhere(&'static str, String),
}

/// What there is to read under some paths.
#[derive(Debug, Default)]
pub struct Listing {
    /// In the order of their names, each once.
    pub found: Vec<Found>,
    /// How many files are no reports by their names: the parts of saved pages.
    pub left_out: u64,
}

/// Lists all files under `paths`. Hidden files and folders, rooms, and the scripts, styles and
/// pictures that belong to saved pages are left out unless they are named.
pub fn find(paths: &[PathBuf], room: &Path) -> Listing {
    let base = absolute(room).parent().map(Path::to_owned).unwrap_or_default();
    let mut listing = Listing::default();
    for path in paths {
        list(path, &base, &mut listing);
    }
    listing.found.sort_by(|a, b| a.place.cmp(&b.place));
    listing.found.dedup_by(|a, b| a.place == b.place);
    listing
}

fn list(path: &Path, base: &Path, listing: &mut Listing) {
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.depth() > 0 && is_room(entry.path()) => {}
            Ok(entry) if entry.depth() > 0 && is_part(entry.path()) => listing.left_out += 1,
            Ok(entry) => listing.found.push(file(entry.path(), base)),
            Err(error) => listing.found.push(unreachable(&error, path, base)),
        }
    }
}

fn file(path: &Path, base: &Path) -> Found {
    let from = match path.metadata() {
        Ok(metadata) if metadata.is_file() => From::File(path.to_owned(), metadata.len()),
        Ok(_) => From::Nowhere(
            "not-a-file",
            "it is a pipe, socket or device, not a file; to read a pipe, give - and pipe into it"
                .to_owned(),
        ),
        Err(error) => From::Nowhere(kind(&error), error.to_string()),
    };
    Found { place: place(path, base), from }
}

fn unreachable(error: &walkdir::Error, path: &Path, base: &Path) -> Found {
    let path = error.path().unwrap_or(path);
    let from = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => From::Nowhere(
            "loop",
            format!("a link back to {}, which contains it; not followed", ancestor.display()),
        ),
        (None, Some(io)) => From::Nowhere(kind(io), io.to_string()),
        (None, None) => From::Nowhere("unreadable", error.to_string()),
    };
    Found { place: place(path, base), from }
}

/// A word for an error of the operating system's, for scripts.
pub fn kind(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "vanished",
        std::io::ErrorKind::PermissionDenied => "no-permission",
        _ => "unreadable",
    }
}

/// The name a file goes by in the room: its path below the room's folder, or else from the root, so
/// that it is the same from wherever the command is run, and when the folder moves with its room.
fn place(path: &Path, base: &Path) -> Place {
    let path = absolute(path);
    let path = path.strip_prefix(base).unwrap_or(&path);
    Place { kind: "file", name: printable(path) }
}

/// The path with its links resolved, but for the last part.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => path.canonicalize().unwrap_or(path),
    }
}

/// A path as text. Bytes that are not UTF-8 are written `\xE9`, so that two names never become one.
pub fn printable(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a file is a room, or one of the files SQLite and Atalaya keep beside one.
fn is_room(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once(".atalaya") else { return false };
    ["", "-wal", "-shm", "-lock"].contains(&ending) || ending.starts_with("-new-")
}

/// Whether a file is a part of a saved page, or a picture, sound or film, by its ending.
fn is_part(path: &Path) -> bool {
    const ENDINGS: &[&str] = &[
        "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico",
        "bmp", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "ogg", "wav", "m4a",
        "mov",
    ];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
