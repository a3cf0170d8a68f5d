//! `atalaya rebuild`: what was derived is made again from the stored reports.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{Out, plural};
use super::progress::{self, Teller};
use crate::Error;

const HELP: &str = "\
What Atalaya reads out of reports depends on its version, its pack, its models and its gazetteer. The
room keeps which ones made what it holds; after a change of any, commands warn, `add` refuses, and this
command reads all stored reports again. Reports, their texts and originals are not touched.

Stop it with Ctrl-C at any time: the same command goes on from there.

Examples:
  atalaya rebuild
  atalaya rebuild --pack my-words/";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Rebuild {
    /// Print what was done as one JSON object
    #[arg(long)]
    json: bool,
}

impl Rebuild {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let engine = world.engine()?;
        let mut writer = world.write(false, "rebuild")?;
        let counts = writer.store().counts().map_err(|error| Error::store(&world.room, error))?;
        let stop = progress::stop_at_ctrl_c();
        let mut teller = Teller::new(counts.reports);
        let rebuilt = writer.rebuild(&engine, &stop, |done| teller.tell(done, "", ""));
        teller.finish();
        let rebuilt = rebuilt?;
        if self.json {
            let (done, left, resumed) = (rebuilt.done, rebuilt.left, rebuilt.resumed);
            out.json(&json!({ "read": done, "not_reached": left, "resumed": resumed }))?;
        } else {
            let rest = if rebuilt.resumed { "the rest, " } else { "" };
            writeln!(out, "read again: {rest}{}", plural(rebuilt.done, "report", "reports"))?;
        }
        if rebuilt.left > 0 {
            let left = plural(rebuilt.left, "report", "reports");
            return Err(Error::Stopped(format!(
                "stopped with {left} to go; run the same command again to go on"
            )));
        }
        Ok(ExitCode::SUCCESS)
    }
}
