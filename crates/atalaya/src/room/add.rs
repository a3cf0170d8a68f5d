//! `add`: files are read in parallel, batch by batch, and each batch is stored whole.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use atalaya_read::{Hash, Hint, ReadError, Report};
use rayon::prelude::*;

use super::analyse::{LONGEST, story};
use super::files::{self, Found, From};
use super::{Writer, analyse, now};
use crate::error::Error;
use crate::store::{Arrival, Outcome, Place, pack};
use crate::world::Engine;

/// The longest report that is read, in bytes, unless the user says otherwise.
pub const LIMIT: u64 = 64 << 20;

/// A batch is stored at once: all of it, or nothing.
const BATCH_FILES: usize = 256;
const BATCH_BYTES: u64 = 4 << 20;

/// What `add` came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// How many places had each outcome.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// What could not be read, or only with a loss: how many by kind.
    pub problems: BTreeMap<&'static str, u64>,
    /// New reports that were not read for values, by language: the engine has words of English only.
    pub unread: BTreeMap<Option<&'static str>, u64>,
    /// How many places were looked at.
    pub done: u64,
    /// How many were left when the user stopped it.
    pub left: u64,
}

/// What `add` tells while it works.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Places stored so far.
    pub done: u64,
    /// Problems met so far.
    pub problems: u64,
    /// The last place stored.
    pub place: &'a str,
}

impl Writer {
    /// Reads and stores all that was `found`, in its order, and tells how it goes. A report longer
    /// than `limit` bytes becomes a problem. When `stop` is set, the batch at hand is finished first.
    /// Without an engine, reports wait to be read for values.
    ///
    /// # Errors
    /// The store's, and [`Error::Stale`] before anything is done. What was stored before stays stored.
    pub fn add(
        &mut self,
        found: Vec<Found>,
        limit: u64,
        engine: Option<&Engine>,
        stop: &AtomicBool,
        mut progress: impl FnMut(Progress<'_>),
    ) -> Result<Added, Error> {
        engine.map_or(Ok(()), |engine| self.admit(engine))?;
        let fail = |error| Error::store(&self.path, error);
        let known = self.known(&found, limit).map_err(fail)?;
        let total = found.len() as u64;
        let mut added = Added::default();
        thread::scope(|scope| -> Result<(), Error> {
            // Room for one: the next batch is read while this one is stored.
            let (sender, receiver) = sync_channel(1);
            scope.spawn(move || {
                for batch in batches(found) {
                    if stop.load(Ordering::Relaxed)
                        || sender.send(read_batch(batch, limit, engine, &known)).is_err()
                    {
                        break;
                    }
                }
            });
            for batch in receiver {
                let last = batch.last().map(|(place, _)| place.name.clone()).unwrap_or_default();
                added.count(&batch);
                let unread: Vec<_> = batch.iter().map(|(_, arrival)| unread(arrival)).collect();
                let outcomes = self.store.arrive(&now(), batch).map_err(fail)?;
                added.done += outcomes.len() as u64;
                for (outcome, unread) in outcomes.into_iter().zip(unread) {
                    *added.outcomes.entry(outcome).or_default() += 1;
                    if let (Outcome::Added | Outcome::Version, Some(language)) = (outcome, unread) {
                        *added.unread.entry(language).or_default() += 1;
                    }
                }
                let problems = added.problems.values().sum();
                progress(Progress { done: added.done, problems, place: &last });
            }
            Ok(())
        })?;
        // Older versions may be the newest again, and an earlier run may have been stopped.
        engine.map_or(Ok(0), |engine| self.catch_up(engine, stop, |_| {}))?;
        engine.map_or(Ok(()), |engine| self.fuse(engine, stop))?;
        added.left = total - added.done;
        Ok(added)
    }

    /// The hashes of what need not be read, for it is in the room. What fits into one batch is asked for
    /// by its own hashes: to list those of a full room takes longer than to add one report.
    fn known(&self, found: &[Found], limit: u64) -> rusqlite::Result<HashSet<[u8; 32]>> {
        let size: u64 = found.iter().map(|found| found.from.size()).sum();
        if found.len() > BATCH_FILES || size > BATCH_BYTES {
            return Ok(self.store.hashes()?.into_iter().collect());
        }
        let mut known = HashSet::new();
        for bytes in found.iter().filter_map(|found| bytes(&found.from, limit).ok()) {
            let hash = Hash::of(&bytes).0;
            if self.store.holds(&hash)? {
                known.insert(hash);
            }
        }
        Ok(known)
    }
}

impl Added {
    fn count(&mut self, batch: &[(Place, Arrival)]) {
        for (_, arrival) in batch {
            match arrival {
                Arrival::Problem(kind, _) => *self.problems.entry(kind).or_default() += 1,
                Arrival::Report { losses, .. } => {
                    for (kind, _) in losses {
                        *self.problems.entry(kind).or_default() += 1;
                    }
                }
                Arrival::Known(_) => {}
            }
        }
    }

    /// How many places had this outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }
}

/// Cuts the list into batches of bounded number and size, so that memory is bounded too.
fn batches(found: Vec<Found>) -> impl Iterator<Item = Vec<Found>> {
    let mut rest = found.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while let Some(next) = rest.peek() {
            let size = next.from.size();
            if !batch.is_empty() && (batch.len() == BATCH_FILES || bytes + size > BATCH_BYTES) {
                break;
            }
            bytes += size;
            batch.extend(rest.next());
        }
        (!batch.is_empty()).then_some(batch)
    })
}

impl From {
    fn size(&self) -> u64 {
        match self {
            From::File(_, length) => *length,
            From::Input(bytes) => bytes.len() as u64,
            From::Nowhere(..) => 0,
        }
    }
}

/// The language of a report that was not read for values, if this is one.
fn unread(arrival: &Arrival) -> Option<Option<&'static str>> {
    match arrival {
        Arrival::Report { report, analysis: Some(analysis), .. } if !analysis.read => {
            Some(report.language.map(|language| language.0))
        }
        _ => None,
    }
}

fn read_batch(
    batch: Vec<Found>,
    limit: u64,
    engine: Option<&Engine>,
    known: &HashSet<[u8; 32]>,
) -> Vec<(Place, Arrival)> {
    batch
        .into_par_iter()
        .map(|found| {
            let arrival = read(&found, limit, engine, known);
            (found.place, arrival)
        })
        .collect()
}

fn read(found: &Found, limit: u64, engine: Option<&Engine>, known: &HashSet<[u8; 32]>) -> Arrival {
    let bytes = match bytes(&found.from, limit) {
        Ok(bytes) => bytes,
        Err((kind, message)) => return Arrival::Problem(kind, message),
    };
    let hash = Hash::of(&bytes);
    if known.contains(&hash.0) {
        return Arrival::Known(hash);
    }
    match atalaya_read::report(&bytes, Hint { source: &found.place.name, ..Hint::default() }) {
        Ok(report) => Arrival::Report {
            losses: losses(&report, &bytes, &found.place),
            packed: pack(&bytes),
            original_bytes: bytes.len(),
            analysis: engine.map(|engine| analyse(engine, &report)),
            report: Box::new(report),
        },
        Err(error) => Arrival::Problem(kind(&error), error.to_string()),
    }
}

fn bytes(from: &From, limit: u64) -> Result<Vec<u8>, (&'static str, String)> {
    match from {
        From::File(path, _) => file(path, limit),
        From::Input(bytes) if bytes.len() as u64 > limit => Err(too_large(limit)),
        From::Input(bytes) => Ok(bytes.clone()),
        From::Nowhere(kind, message) => Err((kind, message.clone())),
    }
}

fn file(path: &Path, limit: u64) -> Result<Vec<u8>, (&'static str, String)> {
    let fail = |error: std::io::Error| (files::kind(&error), error.to_string());
    let file = File::open(path).map_err(fail)?;
    let length = file.metadata().map_err(fail)?.len();
    if length > limit {
        return Err(too_large(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    // A file may grow between the two calls.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

fn too_large(limit: u64) -> (&'static str, String) {
    let message = format!("longer than {} MiB; raise the limit with --limit", limit >> 20);
    ("too-large", message)
}

/// A word for why a report could not be read, for scripts.
pub fn kind(error: &ReadError) -> &'static str {
    match error {
        ReadError::Empty => "empty",
        ReadError::Binary { .. } => "binary",
        ReadError::NoStory { .. } => "no-story",
        ReadError::TooLarge { .. } => "too-large",
        _ => "unreadable",
    }
}

/// What was lost in reading a report that could be read all the same.
fn losses(report: &Report, bytes: &[u8], place: &Place) -> Vec<(&'static str, String)> {
    let mut losses = Vec::new();
    let broken = report.text.matches(char::REPLACEMENT_CHARACTER).count();
    if broken > 0 {
        let charset = report.charset;
        losses.push((
            "charset",
            format!("{broken} characters could not be read as {charset} and show as \u{FFFD}"),
        ));
    }
    if !report.charset.starts_with("UTF-16") && bytes.contains(&0) {
        losses.push(("nul", "there are NUL bytes among the text".to_owned()));
    }
    if story(report) > LONGEST {
        let most = LONGEST >> 20;
        losses
            .push(("long", format!("its story is longer than {most} MiB and not read for values")));
    }
    if place.name.contains("\\x") {
        losses.push((
            "name",
            "the file's name is not UTF-8; its odd bytes are written \\x…".to_owned(),
        ));
    }
    losses
}
