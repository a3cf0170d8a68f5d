//! `atalaya judge add`: a claim of a person's own, tied to the words that make it.

use clap::Args;

use crate::Error;
use crate::judge::own_claim;
use crate::room::Room;
use crate::store::StoredAct;
use crate::world::Engine;

const HELP: &str = "\
The words must stand in the report as you give them. A role's value is one that the report mentions, by
its words or by what `atalaya mentions` calls it; anything else is kept as text.

Examples:
  atalaya judge add 9e87 --kind escape --words \"three got out\" --role facility=Babahoyo
  atalaya judge add 9e87 --kind meet --words \"shook hands\" --role a=Noboa --role b=Trump";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Add {
    /// The report: the first digits of its id, or the file it was read from
    report: String,

    /// The kind of claim, such as meet
    #[arg(long)]
    kind: String,

    /// The words that say so, as they stand in the report
    #[arg(long)]
    words: String,

    /// A role and its value
    #[arg(long, value_name = "ROLE=VALUE", value_parser = parted)]
    role: Vec<(String, String)>,
}

fn parted(text: &str) -> Result<(String, String), String> {
    let (role, value) = text.split_once('=').ok_or("write a role as NAME=VALUE")?;
    Ok((role.to_owned(), value.to_owned()))
}

impl Add {
    /// The act that adds the claim.
    pub fn act(&self, engine: &Engine, room: &Room) -> Result<StoredAct, Error> {
        let fail = |error| room.fail(error);
        let (row, report) = room.store().one(&self.report)?;
        let text = room.store().details(row).map_err(fail)?.text;
        let Some(at) = text.find(&self.words) else {
            let why = format!("these words do not stand in {}: {}", &report[..8], self.words);
            return Err(Error::Unanswered(why));
        };
        let start = text[..at].chars().count();
        let words = start..start + self.words.chars().count();
        own_claim(engine, room, (row, &report), &self.kind, words, &self.role)
    }
}
