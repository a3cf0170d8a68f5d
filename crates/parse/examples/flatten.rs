//! Makes a flat model of a spaCy directory: `flatten FOLDER FILE`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = arguments.as_slice() else {
        return Err("flatten FOLDER FILE".into());
    };
    let bytes = atalaya_parse::flatten(support::files(Path::new(folder)))?;
    Ok(fs::write(file, bytes)?)
}
