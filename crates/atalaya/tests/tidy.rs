//! Keeps the house in order: what the documents promise of the tree is true of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The files that belong to the project, by their paths from its root.
fn files() -> Vec<(String, PathBuf)> {
    let git = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let listed = git
        .ok()
        .filter(|git| git.status.success())
        .map(|git| String::from_utf8(git.stdout).unwrap());
    let names: Vec<String> = match listed {
        Some(listed) => listed.split_terminator('\0').map(str::to_owned).collect(),
        // A source archive has no repository.
        None => walk(&root(), ""),
    };
    names
        .into_iter()
        .map(|name| (name.clone(), root().join(name)))
        .filter(|(_, path)| path.is_file())
        .collect()
}

fn walk(folder: &Path, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !["target", ".git"].contains(&name.as_str()) {
                names.extend(walk(&entry.path(), &format!("{name}/")));
            }
        } else {
            names.push(name);
        }
    }
    names
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_source_file_says_what_it_is() {
    for (name, path) in
        files().iter().filter(|(name, _)| name.ends_with(".rs") && !name.starts_with("fuzz/target"))
    {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.starts_with("//! "), "{name} does not open with a //! sentence");
    }
}

#[test]
fn no_file_names_a_machine() {
    let marks = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"]].map(|halves| halves.concat());
    for (name, path) in files() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for mark in &marks {
            let found = text.match_indices(mark.as_str()).find(|(at, _)| {
                // Inside an address it is a page, not a machine.
                !text[..*at]
                    .chars()
                    .next_back()
                    .is_some_and(|before| before.is_alphanumeric() || before == '/')
            });
            let line = found.map_or("", |(at, _)| text[at..].lines().next().unwrap_or_default());
            assert!(found.is_none(), "{name} holds a machine's path: {line}");
        }
    }
}

#[test]
fn every_table_is_in_the_schema_document() {
    let document = read("docs/schema.md");
    let schema = ["schema", "derived", "fused", "pages", "lists", "corrected"]
        .map(|step| read(&format!("crates/atalaya/src/store/{step}.sql")))
        .concat();
    let tables: Vec<&str> = schema
        .lines()
        .filter_map(|line| {
            line.strip_prefix("CREATE TABLE ").or(line.strip_prefix("CREATE VIRTUAL TABLE "))
        })
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert!(tables.len() >= 8, "{tables:?}");
    for table in tables {
        assert!(
            document.contains(&format!("| `{table}` |")),
            "docs/schema.md does not tell of {table}"
        );
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let help = Command::new(env!("CARGO_BIN_EXE_atalaya")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    let readme = read("README.md");
    for command in commands {
        assert!(
            readme.contains(&format!("| `{command}` |")),
            "the README does not tell of {command}"
        );
    }
}

#[test]
fn the_readmes_test_command_is_what_ci_runs() {
    assert!(read("README.md").contains("./scripts/check"));
    assert!(read(".ci/run").contains("scripts/check"));
}

#[test]
fn pure_crates_reach_no_database_and_no_network() {
    let banned = [
        "rusqlite",
        "libsqlite3-sys",
        "ureq",
        "reqwest",
        "hyper",
        "tokio",
        "axum",
        "socket2",
        "mio",
    ];
    for pure in ["atalaya-read", "atalaya-parse", "atalaya-facts"] {
        let tree = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--package", pure, "--edges", "normal", "--prefix", "none"])
            .current_dir(root())
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let tree = String::from_utf8(tree.stdout).unwrap();
        assert!(tree.starts_with(pure), "{tree}");
        for line in tree.lines() {
            let name = line.split_whitespace().next().unwrap_or_default();
            assert!(!banned.contains(&name), "{pure} reaches {name}");
        }
    }
}

#[test]
fn pure_crates_ban_the_world() {
    for pure in ["read", "parse", "facts"] {
        let bans = read(&format!("crates/{pure}/clippy.toml"));
        for call in [
            "std::fs::read",
            "std::env::var",
            "std::time::SystemTime::now",
            "std::net::TcpStream::connect",
        ] {
            assert!(
                bans.contains(&format!("\"{call}\"")),
                "crates/{pure}/clippy.toml does not ban {call}"
            );
        }
    }
}
