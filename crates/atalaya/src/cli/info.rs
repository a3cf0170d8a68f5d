//! `atalaya info`: what the room holds, in numbers.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{self, Out, number, plural};
use crate::Error;
use crate::store::beside;

#[derive(Debug, Args)]
pub struct Info {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Info {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open()?;
        let counts = room.store().counts().map_err(|error| room.fail(error))?;
        let meta = |key| room.store().meta(key).map_err(|error| room.fail(error));
        let (made, engine) = (meta("made")?, meta("engine")?);
        let length = |path| fs::metadata(path).map_or(0, |metadata| metadata.len());
        let bytes = length(world.room.clone()) + length(beside(&world.room, "-wal"));
        if self.json {
            out.json(&json!({
                "room": world.room.to_string_lossy(), "bytes": bytes, "made": made, "engine": engine, "counts": counts,
            }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let languages = counts.languages.iter().map(|(code, count)| {
            format!("{} {}", code.as_deref().map_or("unknown", out::language), number(*count))
        });
        let dates = match (&counts.first, &counts.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "none".to_owned(),
        };
        let lines = [
            ("room", world.room.display().to_string()),
            (
                "size",
                format!(
                    "{}, for originals of {}",
                    out::size(bytes),
                    out::size(counts.original_bytes)
                ),
            ),
            ("reports", number(counts.reports)),
            ("older versions", number(counts.older_versions)),
            ("places", number(counts.locations)),
            ("languages", languages.collect::<Vec<_>>().join(", ")),
            ("published", format!("{dates}; {} not stated", number(counts.undated))),
            ("problems", plural(counts.problems, "problem", "problems")),
            ("made", made.unwrap_or_default()),
            (
                "made by",
                format!("atalaya {}, schema {}", engine.unwrap_or_default(), counts.schema),
            ),
        ];
        for (name, value) in lines {
            writeln!(out, "{} {value}", out.dim(&format!("{name:<15}")))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
