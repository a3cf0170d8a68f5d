//! Finds, fetches and loads the pipelines that tests need.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::disallowed_methods,
    reason = "tests and examples touch the world; each needs other parts of this"
)]

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use atalaya_parse::Pipeline;

/// The English pipeline that ships with Atalaya.
pub(crate) fn shipped() -> Pipeline {
    load(&root().join("models").join("en"))
}

/// A pipeline that isn't part of Atalaya, fetched into `target/models` if it isn't there.
pub(crate) fn fetched(name: &str) -> Pipeline {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let guard = ONE_AT_A_TIME.lock();
    let script = root().join("scripts").join("models");
    let folder = root().join("target").join("models");
    let status = Command::new("python3").arg(&script).arg("--into").arg(&folder).arg(name).status();
    let ready = status.is_ok_and(|status| status.success());
    drop(guard);
    assert!(ready, "{name} could not be fetched: `scripts/models {name}` says why");
    load(&folder.join(name))
}

/// The pipeline whose files lie in a folder.
pub(crate) fn load(folder: &Path) -> Pipeline {
    let pipeline = Pipeline::load(files(folder));
    pipeline.unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// The files of a folder, or one file.
pub(crate) fn files(path: &Path) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut files = Vec::new();
    if path.is_file() {
        let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        files.push((path.display().to_string(), bytes.into()));
    } else {
        collect(path, path, &mut files);
    }
    files
}

/// Every file below a folder with its path from there, written with slashes.
pub(crate) fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Cow<'static, [u8]>)>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let name = path.strip_prefix(root).expect("it lies below").to_str().expect("a plain name");
        let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        files.push((name.replace('\\', "/"), bytes.into()));
    }
}

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
