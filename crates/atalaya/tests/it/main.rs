//! The real binary, run in an empty folder as a user would run it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::print_stderr, reason = "a test that cannot be run says so")]

mod bad_input;
mod claims;
mod commands;
mod crash;
mod exports;
mod facts;
mod locking;
mod mentions;
mod parsing;
mod versions;
mod web;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// An empty folder to run the program in.
struct Desk {
    folder: TempDir,
}

/// What a run of the program came to.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.args(args).current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// Runs a command that must succeed, and gives the JSON objects it prints.
    fn json(&self, args: &[&str]) -> Vec<Value> {
        let run = self.run(args);
        assert_eq!(run.code, Some(0), "{args:?}: {}", run.err);
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Run {
    fn of(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_atalaya"))
}

/// A short report with a number in it, so that no two are the same.
fn story(number: usize) -> String {
    format!(
        "Harbour police stop boat number {number}\n\n\
         The harbour police of Puerto Claro stopped boat number {number} on Tuesday and found {} kilos \
         of cocaine under its floor, the port authority said.\n\n\
         Its three crew members were taken to the prosecutor's office. The boat had left two days \
         before from a beach south of the town.\n",
        number + 10
    )
}
