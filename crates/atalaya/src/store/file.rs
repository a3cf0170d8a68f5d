//! A room as a file: making one, telling it from other files, bringing an old one up to date.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::Error;

/// "Atal", in the place where SQLite keeps what a file is for.
pub const APPLICATION_ID: u32 = u32::from_be_bytes(*b"Atal");

const HEADER: usize = 100;

/// Every shape the tables have had, oldest first. A released step is never changed.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("schema.sql")),
    M::up(include_str!("derived.sql")),
    M::up(include_str!("fused.sql")),
    M::up(include_str!("pages.sql")),
    M::up(include_str!("lists.sql")),
    M::up(include_str!("updates.sql")),
    M::up(include_str!("corrected.sql")),
    M::up(include_str!("renewed.sql")),
    M::up(concat!(include_str!("renewed.sql"), include_str!("steady.sql"))),
];

fn migrations() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

/// The number of today's shape of the tables.
pub fn schema_version() -> u32 {
    u32::try_from(STEPS.len()).expect("a handful of steps")
}

/// Makes an empty room at `path`.
///
/// It is made under another name and then renamed, so that a room is there whole or not at all.
///
/// # Errors
/// When the folder does not exist or cannot be written to.
pub fn create(path: &Path, made: &str) -> Result<(), Error> {
    let unfinished = beside(path, &format!("-new-{}", std::process::id()));
    let made = fill(&unfinished, made).and_then(|()| {
        fs::rename(&unfinished, path).map_err(|error| Error::file("make", path, error))
    });
    if made.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    made
}

fn fill(path: &Path, made: &str) -> Result<(), Error> {
    let fail = |error| Error::store(path, error);
    File::create(path).map_err(|error| Error::file("make", path, error))?;
    let mut db = Connection::open(path).map_err(fail)?;
    db.pragma_update(None, "application_id", APPLICATION_ID).map_err(fail)?;
    migrate(&mut db, path)?;
    let engine = env!("CARGO_PKG_VERSION");
    db.execute("INSERT INTO meta VALUES ('made', ?1), ('engine', ?2)", [made, engine])
        .map_err(fail)?;
    db.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
    db.close().map_err(|(_, error)| fail(error))
}

/// Brings an older room's tables up to today's shape.
///
/// # Errors
/// When the file cannot be written to or a step fails; the room is then as it was.
pub fn migrate(db: &mut Connection, path: &Path) -> Result<(), Error> {
    migrations().to_latest(db).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::store(path, err),
        error => Error::NotARoom { path: path.to_owned(), why: error.to_string() },
    })
}

/// Looks at a file's first bytes, before SQLite is let near it, so that a file which is no room is
/// never touched.
///
/// # Errors
/// When there is no file, or it is no room, is cut short, or is newer than this program.
pub fn recognise(path: &Path) -> Result<(), Error> {
    let no = |why: &str| Err(Error::NotARoom { path: path.to_owned(), why: why.to_owned() });
    let metadata = fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Error::NoRoom(path.to_owned()),
        _ => Error::file("open", path, error),
    })?;
    if metadata.is_dir() {
        return no("it is a folder");
    }
    if !metadata.is_file() {
        return no("it is not a regular file");
    }
    let mut header = Vec::with_capacity(HEADER);
    let file = File::open(path).map_err(|error| Error::file("open", path, error))?;
    file.take(HEADER as u64)
        .read_to_end(&mut header)
        .map_err(|error| Error::file("read", path, error))?;
    if !header.starts_with(b"SQLite format 3\0") {
        return no("it is some other kind of file");
    }
    if header.len() < HEADER {
        return no("it is damaged: it ends within its first bytes");
    }
    let word =
        |at: usize| header[at..at + 4].iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
    if word(68) != APPLICATION_ID {
        return no("it is another program's SQLite database");
    }
    if word(60) > schema_version() {
        return Err(Error::Newer(path.to_owned()));
    }
    let page = match u64::from(header[16]) << 8 | u64::from(header[17]) {
        1 => 65_536,
        size => size,
    };
    let log = fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len());
    if log == 0 && page * u64::from(word(28)) > metadata.len() {
        return no("it is damaged: it is shorter than it says it is");
    }
    Ok(())
}

/// The file beside `path` whose name goes on with `ending`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The address under which SQLite opens a file that nobody can be writing to.
pub fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}
