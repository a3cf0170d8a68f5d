//! The `evaluate` command: measures Atalaya on public test sets.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures are this program's output"
)]

mod actors;
mod article_extraction;
mod ecbplus;
mod engine;
mod furniture;
mod geoparsing;
mod language;
mod muc4;
mod numbers;
mod offsets;
mod origins;
mod petrarch;
mod quantities;
mod quotes;
mod re3d;
mod set;
mod temporal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures Atalaya on public test sets and on sets it generates. The figures stand in one JSON
/// object on the last line.
#[derive(Parser)]
#[command(name = "evaluate", version)]
struct Command {
    #[command(subcommand)]
    set: Set,
}

/// One test set, named as its folder is.
#[derive(Subcommand)]
enum Set {
    /// Who is who over all reports, against a list made by hand.
    Actors(actors::Options),
    /// The story's text out of web pages.
    #[command(name = "article_extraction")]
    ArticleExtraction(article_extraction::Options),
    /// News of pairs of like events: which reports are of one story, which words tell of one deed.
    Ecbplus(ecbplus::Options),
    /// Furniture generated around clean articles: how much of it is found, and what story is lost.
    Furniture(furniture::Options),
    /// Documents in folders named by their language.
    Language(language::Options),
    /// Names of places in news, found and put on the map.
    Geoparsing(geoparsing::Options),
    /// Terrorist incidents: perpetrators, victims, targets, weapons.
    Muc4(set::Options),
    /// Short texts with the numbers, ordinals, ranges and measures in them.
    Numbers(set::Options),
    /// Stories of our own with copies, rewrites and look-alikes: which go back to one text.
    Origins(origins::Options),
    /// Sentences with who did what to whom, as PLOVER had it in 2016.
    Petrarch(set::Options),
    /// Sentences with the quantities that people found in them.
    Quantities(set::Options),
    /// News articles with who said what in them.
    Quotes(quotes::Options),
    /// People, organisations and places in texts about security.
    Re3d(set::Options),
    /// Times in texts, as TimeML values.
    Temporal(temporal::Options),
}

fn main() -> ExitCode {
    let figures = match Command::parse().set {
        Set::Actors(options) => actors::run(&options).map_err(|error| error.to_string()),
        Set::ArticleExtraction(options) => article_extraction::run(&options),
        Set::Ecbplus(options) => ecbplus::run(&options).map_err(|error| error.to_string()),
        Set::Furniture(options) => furniture::run(&options),
        Set::Language(options) => language::run(&options),
        Set::Geoparsing(options) => geoparsing::run(&options),
        Set::Muc4(options) => muc4::run(&options).map_err(|error| error.to_string()),
        Set::Numbers(options) => numbers::run(&options).map_err(|error| error.to_string()),
        Set::Origins(options) => origins::run(&options).map_err(|error| error.to_string()),
        Set::Petrarch(options) => petrarch::run(&options).map_err(|error| error.to_string()),
        Set::Quantities(options) => quantities::run(&options).map_err(|error| error.to_string()),
        Set::Quotes(options) => quotes::run(&options).map_err(|error| error.to_string()),
        Set::Re3d(options) => re3d::run(&options).map_err(|error| error.to_string()),
        Set::Temporal(options) => temporal::run(&options),
    };
    match figures {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::FAILURE
        }
    }
}
