//! `atalaya remove`: a report goes, after a question.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::World;
use super::out::{self, Out, tame};
use crate::room::Writer;
use crate::store::State;
use crate::{Error, world};

const HELP: &str = "\
The report, its text and its original bytes are taken out of the room; the files it was read from are
not touched, and adding them again brings it back. If it was a newer version of another report, that
one is the newest again.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Remove {
    /// The report: the first digits of its id, or the file it was read from
    #[arg(value_name = "ID")]
    id: String,

    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Remove {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let title = {
            let room = world.open()?;
            let (row, id) = room.store().one(&self.id)?;
            let report = room.store().details(row).map_err(|error| room.fail(error))?;
            let title = report.summary.title.unwrap_or(report.summary.source);
            format!("{} {}", &id[..8], tame(&title))
        };
        if !self.yes && !agreed(&title)? {
            return Err(Error::Stopped("nothing was removed".to_owned()));
        }
        let mut writer = world.write(false, "remove")?;
        writer.remove(&self.id)?;
        restore(&mut writer, world)?;
        writeln!(out, "removed {title}")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads the version that is the newest again for values, if what was derived is this engine's.
fn restore(writer: &mut Writer, world: &World) -> Result<(), Error> {
    let fail = |error| Error::store(&world.room, error);
    let fingerprint = world::fingerprint(world.pack.as_deref())?;
    match writer.store().state(&fingerprint).map_err(fail)? {
        State::Partial(_) => {
            writer.rebuild(&world.engine()?, &AtomicBool::new(false), |_| {})?;
        }
        State::Whole => writer.fuse(&world.engine()?, &AtomicBool::new(false))?,
        State::Stale => {}
    }
    Ok(())
}

fn agreed(title: &str) -> Result<bool, Error> {
    if !io::stdin().is_terminal() {
        let why =
            format!("would remove {title}\n  nobody is there to be asked: say --yes to do it");
        return Err(Error::Unanswered(why));
    }
    out::note(&format!("remove {title} from the room? [y/N]"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
