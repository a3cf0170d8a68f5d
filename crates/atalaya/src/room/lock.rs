//! One writer at a time: a lock file beside the room that says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::store::beside;

/// The right to write to a room. The operating system takes it back when the process ends, however
/// it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits up to `wait` for the right to write to `room`; `waiting` is told once, with the name of
    /// the holder, when it has to wait at all.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process still holds it, or when the folder cannot be written to.
    pub fn take(
        room: &Path,
        doing: &str,
        wait: Duration,
        waiting: impl Fn(&str),
    ) -> Result<Lock, Error> {
        let path = beside(room, "-lock");
        let started = Instant::now();
        let mut told = false;
        loop {
            let mut file = open(&path)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    sign(&mut file, doing).map_err(|error| Error::file("write", &path, error))?;
                    return Ok(Lock { file, path });
                }
                // The holder before us removed the file between our opening and locking it.
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(Error::file("lock", &path, error)),
            }
            let holder = holder(&mut file);
            if started.elapsed() >= wait {
                let waited = started.elapsed().as_secs();
                return Err(Error::Locked { path: room.to_owned(), holder, waited });
            }
            if !told {
                waiting(&holder);
                told = true;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that nobody locks a file that is about to go.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| Error::file("make", path, error))
}

fn sign(file: &mut File, doing: &str) -> std::io::Result<()> {
    let now = jiff::Zoned::now().strftime("%H:%M:%S on %-d %B");
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "process {} (atalaya {doing}, since {now})", std::process::id())?;
    file.flush()
}

fn holder(file: &mut File) -> String {
    let mut holder = String::new();
    let _ = file.rewind().and_then(|()| file.take(400).read_to_string(&mut holder));
    if holder.is_empty() { "another process".to_owned() } else { holder }
}

/// Whether `file` is still the file that stands at `path`.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let key = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
        matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if key(&a) == key(&b))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}
