//! What can go wrong between Atalaya and the world, told so that the user knows what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no room where one was looked for.
    #[error("there is no room at {}\n  make one:  atalaya add FOLDER --room {}\n  or choose: --room FILE", .0.display(), .0.display())]
    NoRoom(PathBuf),
    /// The file given as a room is something else, or damaged.
    #[error("{} is not a usable room: {why}\n  it was left untouched; choose another with --room FILE", path.display())]
    NotARoom {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The room was made by a later version of Atalaya.
    #[error("{} was made by a newer version of Atalaya\n  update Atalaya to open it", .0.display())]
    Newer(PathBuf),
    /// Another process is writing to the room.
    #[error("{} is being written to by {holder}\n  waited {waited} s for it; try again when it has finished, or wait longer with --wait SECONDS", path.display())]
    Locked {
        /// The room.
        path: PathBuf,
        /// The process that holds the lock: what it does, its number, since when.
        holder: String,
        /// How long this process waited, in seconds.
        waited: u64,
    },
    /// No space is left where the room is.
    #[error("no space is left on the disk that holds {}\n  what was stored so far is safe; free some space and run the same command again", .0.display())]
    DiskFull(PathBuf),
    /// A file or folder could not be used.
    #[error("could not {verb} {}: {error}", path.display())]
    File {
        /// What was tried: "open", "read", "make".
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        error: io::Error,
    },
    /// A table of the user's cannot be used.
    #[error("{} cannot be compared: {why}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// SQLite refused.
    #[error("{}: {error}", path.display())]
    Store {
        /// The room.
        path: PathBuf,
        /// SQLite's reason.
        error: rusqlite::Error,
    },
    /// No report goes by that name.
    #[error("no report is named {0}\n  list them:  atalaya reports")]
    NoReport(String),
    /// No fact or claim goes by that name.
    #[error("no fact or claim is named {0}\n  list them:  atalaya facts")]
    NoFact(String),
    /// More than one fact goes by that name.
    #[error("{name} could be any of {}\n  give more of its letters", candidates.join(", "))]
    ManyFacts {
        /// What the user wrote.
        name: String,
        /// The first few facts that begin with it.
        candidates: Vec<String>,
    },
    /// More than one report goes by that name.
    #[error("{name} could be any of {}\n  give more of its letters", candidates.join(", "))]
    ManyReports {
        /// What the user wrote.
        name: String,
        /// The first few reports that begin with it.
        candidates: Vec<String>,
    },
    /// The words searched for are not in FTS5's syntax.
    #[error(
        "could not understand the search: {0}\n  put words with signs in them into double quotes, as in '\"narco-terrorist\" AND Manta'"
    )]
    Search(String),
    /// No parsing model goes by that name.
    #[error("there is no model named {name}; there are: {}\n  add one:  atalaya model add PATH", known.join(", "))]
    NoModel {
        /// What the user wrote.
        name: String,
        /// The models that there are.
        known: Vec<String>,
    },
    /// A parsing model cannot be used.
    #[error("the model {name} cannot be used: {why}")]
    Model {
        /// Its name or file.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// The user's pack, or the one inside the program, has mistakes.
    #[error("the pack cannot be used:\n{}", problems.join("\n"))]
    Pack {
        /// Each with its file and line.
        problems: Vec<String>,
    },
    /// What was derived in the room is another engine's.
    #[error("the values in {} were read by another version of Atalaya, its pack or its models\n  bring them up to date:  atalaya rebuild{option}", path.display())]
    Stale {
        /// The room.
        path: PathBuf,
        /// What names the room and the pack in a command, where they are not the usual ones.
        option: String,
    },
    /// The command needs an answer that nobody is there to give.
    #[error("{0}")]
    Unanswered(String),
    /// The user said no, or pressed Ctrl-C.
    #[error("{0}")]
    Stopped(String),
    /// No browser can be answered at an address.
    #[error(
        "could not listen on {address}: {error}\n  another program may be using it; choose another port with --port NUMBER"
    )]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// The operating system's reason.
        error: io::Error,
    },
    /// The output could not be written.
    #[error("could not write the output: {0}")]
    Output(#[from] io::Error),
}

impl Error {
    /// An error of SQLite's on the room at `path`, put so that a person can act on it.
    pub fn store(path: &Path, error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Error::DiskFull(path),
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
                Error::NotARoom { path, why: format!("it is damaged ({error})") }
            }
            _ => Error::Store { path, error },
        }
    }

    /// A file or folder that could not be used.
    pub fn file(verb: &'static str, path: &Path, error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::StorageFull => Error::DiskFull(path.to_owned()),
            _ => Error::File { verb, path: path.to_owned(), error },
        }
    }
}
