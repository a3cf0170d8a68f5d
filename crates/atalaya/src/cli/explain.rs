//! `atalaya explain`: what Atalaya makes of a sentence, step by step.

use std::io::Write;
use std::process::ExitCode;

use atalaya_parse::Doc;
use atalaya_read::{Block, BlockKind, Format, Hash, Language, Published, PublishedFrom, Report};
use clap::Args;

use super::out::Out;
use super::{World, tree, values};
use crate::world::LANGUAGE;
use crate::{Error, model, room};

const HELP: &str = "\
It shows the parse (tokens, tree, entities), the values that the sentence states (quantities, times,
actors, things, places), the rules that looked at its words and why they let them go, and the claims.
Times are reckoned from --published; without it, what is known is kept and nothing is guessed. Values
and claims are made from English only, and are those that `add` stores for such a sentence.

Example:
  atalaya explain 'Police dogs found six tons of cocaine at a port near Guayaquil.'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Explain {
    /// The sentence
    #[arg(required = true, value_name = "SENTENCE")]
    sentence: Vec<String>,

    /// The model, by name or by language (see `atalaya model list`)
    #[arg(long, value_name = "NAME", default_value = "en")]
    model: String,

    /// When the report was published, as 2025-03-31
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
}

impl Explain {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let sentence = self.sentence.join(" ");
        let model = model::find(&self.model)?;
        if model.language() != LANGUAGE {
            parse(&model.load()?.parse(&sentence), out)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut engine = world.engine()?;
        if model.path.is_some() {
            engine.pipeline = model.load()?;
        }
        let report = report(sentence, self.published);
        let reading = room::read(&engine, &report);
        for part in &reading.parts {
            parse(&part.doc, out)?;
            step("quantities", out, |out| values::quantities(part, out))?;
            step("times", out, |out| values::periods(part, out))?;
            step("actors", out, |out| values::actors(part, &engine.pack, out))?;
            step("things", out, |out| values::things(part, &engine.pack, out))?;
            step("places", out, |out| values::places(part, &engine.gazetteer, out))?;
        }
        let made = atalaya_facts::extract(&engine.pack, &reading);
        step("rules let go", out, |out| values::dropped(&reading, &made, out))?;
        step("claims", out, |out| values::claims(&reading, &made, out))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A report that says no more than a sentence, so that it is read as `add` reads reports.
fn report(text: String, published: Option<jiff::civil::Date>) -> Report {
    let whole = Block { kind: BlockKind::Paragraph, span: 0..text.len(), source: None };
    let published =
        published.map(|day| Published { when: day.to_string(), from: PublishedFrom::Header });
    Report {
        source: String::new(),
        format: Format::Plain,
        charset: "UTF-8",
        hash: Hash::of(text.as_bytes()),
        title: None,
        byline: None,
        outlet: None,
        canonical: None,
        published,
        language: Some(Language(LANGUAGE)),
        text,
        blocks: vec![whole],
        origin: None,
    }
}

fn parse(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    PARSE.iter().try_for_each(|(heading, draw)| step(heading, out, |out| draw(doc, out)))
}

/// A step of parsing: its heading, and how it is drawn.
type Step = (&'static str, fn(&Doc, &mut Out) -> Result<(), Error>);

const PARSE: [Step; 3] =
    [("tokens", tree::table), ("tree", tree::tree), ("entities", tree::entities)];

fn step(
    heading: &str,
    out: &mut Out,
    draw: impl FnOnce(&mut Out) -> Result<(), Error>,
) -> Result<(), Error> {
    writeln!(out, "{}", out.bold(heading))?;
    draw(out)?;
    writeln!(out)?;
    Ok(())
}
