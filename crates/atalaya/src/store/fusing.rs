//! Fusing: a memory for what fusion keeps, and the tables of what it comes to.

use std::collections::{BTreeMap, BTreeSet};

use atalaya_facts::fuse::input::{Act, Anchor, Report, Verb};
use atalaya_facts::fuse::{Actor, Fact, Judgement, Memory, Reason, Spot, Update, update};
use atalaya_facts::{Gazetteer, Pack};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::Value;

use super::Store;
use super::fused::{dated, own_claim};
use super::notes::Notes;

/// All that fusion derives.
pub(super) const WIPE: &str = "DELETE FROM notes; DELETE FROM brief_notes; DELETE FROM long_notes; DELETE FROM fact_actors; DELETE FROM fact_claims; \
    DELETE FROM links; DELETE FROM ladders; DELETE FROM series; DELETE FROM facts; \
    DELETE FROM actor_mentions; DELETE FROM actors; DELETE FROM origins; DELETE FROM bounds; \
    DELETE FROM judgements; UPDATE meta SET value = '0' WHERE key = 'fused';";

impl Store {
    /// How many reports wait for facts to be made of them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn waiting(&self) -> rusqlite::Result<u64> {
        self.db.query_row("SELECT count(*) FROM unfused", [], |row| row.get(0))
    }

    /// Fuses some of the reports that wait, all of it or nothing; tells whether facts are up to date now.
    ///
    /// # Errors
    /// SQLite's; what was there stays then.
    pub fn fuse(&mut self, pack: &Pack, gazetteer: &Gazetteer) -> rusqlite::Result<bool> {
        if self.is_fused()? {
            return Ok(true);
        }
        let transaction = self.db.unchecked_transaction()?;
        let touched = self.unfused()?;
        let mut memory = Kept::of(self)?;
        let update = update(pack, gazetteer, &mut memory, &touched);
        if let Some(error) = memory.failed {
            return Err(error);
        }
        memory.notes.write()?;
        write(&self.db, &update)?;
        for report in &touched {
            self.db.prepare_cached("DELETE FROM unfused WHERE report = ?1")?.execute([report])?;
        }
        let done = self.waiting()? == 0;
        if done {
            self.db.execute("UPDATE meta SET value = '1' WHERE key = 'fused'", [])?;
        }
        transaction.commit()?;
        Ok(done)
    }

    /// The next reports to be fused at once: at least one, and no more than [`MOST`] of claims or reports.
    fn unfused(&self) -> rusqlite::Result<BTreeSet<String>> {
        let sql = "SELECT report, (SELECT count(*) FROM reports JOIN claims ON claims.report = reports.id \
                   WHERE name = unfused.report AND newest = 1) FROM unfused ORDER BY report LIMIT ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([MOST.0])?;
        let (mut reports, mut claims) = (BTreeSet::new(), 0);
        while let Some(row) = rows.next()? {
            claims += row.get::<_, usize>(1)?;
            if claims > MOST.1 && !reports.is_empty() {
                break;
            }
            reports.insert(row.get(0)?);
        }
        Ok(reports)
    }
}

/// So many reports, with so many claims, are fused at a time. What they have in common is looked up,
/// settled and written once.
const MOST: (usize, usize) = (1_024, 4_096);

/// The room as fusion sees it. The first error of SQLite's is kept, and nothing is read any more.
struct Kept<'s> {
    store: &'s Store,
    notes: Notes<'s>,
    acts: Vec<Act>,
    ratings: BTreeMap<String, char>,
    /// The dates of reports that a person corrected.
    dates: BTreeMap<String, Option<String>>,
    /// The claims that a person made.
    own: BTreeMap<String, Vec<Value>>,
    failed: Option<rusqlite::Error>,
}

impl Kept<'_> {
    fn of(store: &Store) -> rusqlite::Result<Kept<'_>> {
        let mut kept = Kept {
            store,
            notes: Notes::of(&store.db),
            acts: Vec::new(),
            ratings: BTreeMap::new(),
            dates: BTreeMap::new(),
            own: BTreeMap::new(),
            failed: None,
        };
        for act in store.acts()?.into_iter().filter(|act| act.undone.is_none()) {
            if let Some(report) = dated(&act) {
                kept.dates.insert(report.to_owned(), act.value.clone());
            } else if let Some((report, claim)) = own_claim(&act) {
                kept.own.entry(report).or_default().push(claim);
            } else if let (Some(outlet), Some(grade)) = (&act.subject, &act.value)
                && let Some(grade) = grade.chars().next()
            {
                kept.ratings.insert(outlet.clone(), grade);
            } else if let Some(verb) = Verb::from_name(&act.verb) {
                let anchors = act.anchors.into_iter().map(Anchor::from).collect();
                kept.acts.push(Act { verb, anchors, value: act.value });
            }
        }
        Ok(kept)
    }

    fn all_or_keep<T: Default>(&mut self, found: rusqlite::Result<T>) -> T {
        found.unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            T::default()
        })
    }

    fn load(&self, name: &str) -> rusqlite::Result<Option<Report>> {
        let mut report = self.store.to_fuse(name)?;
        if let Some(report) = &mut report {
            if let Some(date) = self.dates.get(name) {
                report.published.clone_from(date);
            }
            for claim in self.own.get(name).into_iter().flatten() {
                report.claims.extend(serde_json::from_value(claim.clone()).ok());
            }
        }
        Ok(report)
    }
}

impl Memory for Kept<'_> {
    fn report(&mut self, id: &str) -> Option<Report> {
        let found = self.load(id);
        self.all_or_keep(found)
    }

    fn acts(&mut self) -> Vec<Act> {
        self.acts.clone()
    }

    fn ratings(&mut self) -> BTreeMap<String, char> {
        self.ratings.clone()
    }

    fn note(&mut self, key: &str) -> Option<String> {
        let found = self.notes.note(key);
        self.all_or_keep(found)
    }

    fn once(&mut self, key: &str) -> Option<String> {
        let found = self.notes.once(key);
        self.all_or_keep(found)
    }

    fn has(&mut self, key: &str) -> bool {
        let found = self.notes.has(key);
        self.all_or_keep(found)
    }

    fn keep(&mut self, key: &str, note: Option<String>) {
        self.notes.keep(key, note);
    }

    fn after(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)> {
        let found = match most {
            usize::MAX => self.notes.all(from, until),
            _ => self.notes.after(from, until, most),
        };
        self.all_or_keep(found)
    }

    fn before(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)> {
        let found = self.notes.before(from, until, most);
        self.all_or_keep(found)
    }
}

/// Writes what an update has changed. Actors come before what names them and go after it.
fn write(db: &Connection, update: &Update) -> rusqlite::Result<()> {
    for (id, actor) in &update.actors {
        if let Some(actor) = actor {
            write_actor(db, id, actor)?;
        }
    }
    for (report, spots) in &update.spots {
        write_spots(db, report, spots)?;
    }
    for (report, origin) in &update.origins {
        let Some(row) = row_of(db, report)? else { continue };
        db.prepare_cached("DELETE FROM origins WHERE report = ?1")?.execute([row])?;
        if let Some(origin) = origin {
            let sql = "INSERT INTO origins VALUES (?1, ?2)";
            db.prepare_cached(sql)?.execute(params![row, origin])?;
        }
    }
    for (id, fact) in &update.facts {
        match fact {
            Some(fact) => write_fact(db, fact)?,
            None => delete(db, "DELETE FROM facts WHERE id = ?1", id)?,
        }
    }
    write_links(db, update)?;
    for (id, series) in &update.series {
        delete(db, "DELETE FROM series WHERE id = ?1", id)?;
        if let Some(series) = series {
            let sql = "INSERT INTO series VALUES (?1, ?2, ?3)";
            db.prepare_cached(sql)?.execute(params![id, series.measure, text(series)])?;
        }
    }
    for (id, ladder) in &update.ladders {
        delete(db, "DELETE FROM ladders WHERE id = ?1", id)?;
        if let Some(ladder) = ladder {
            let sql = "INSERT INTO ladders VALUES (?1, ?2, ?3)";
            db.prepare_cached(sql)?.execute(params![id, ladder.state, text(ladder)])?;
        }
    }
    for (report, bound) in &update.bounds {
        let Some(row) = row_of(db, report)? else { continue };
        db.prepare_cached("DELETE FROM bounds WHERE report = ?1")?.execute([row])?;
        if let Some(bound) = bound {
            let sql = "INSERT INTO bounds VALUES (?1, ?2, ?3, ?4)";
            let why = reasons(&bound.reasons);
            db.prepare_cached(sql)?.execute(params![
                row,
                bound.not_before,
                bound.not_after,
                why
            ])?;
        }
    }
    for ((left, right), judged) in &update.judgements {
        let sql = "DELETE FROM judgements WHERE a = ?1 AND b = ?2";
        db.prepare_cached(sql)?.execute([left, right])?;
        if let Some(Judgement { verdict, reasons: why, .. }) = judged {
            let sql = "INSERT INTO judgements VALUES (?1, ?2, ?3, ?4)";
            let values = params![left, right, verdict.name(), reasons(why)];
            db.prepare_cached(sql)?.execute(values)?;
        }
    }
    for id in update.actors.iter().filter(|(_, actor)| actor.is_none()).map(|(id, _)| id) {
        delete(db, "DELETE FROM actors WHERE id = ?1", id)?;
    }
    Ok(())
}

fn write_actor(db: &Connection, id: &str, actor: &Actor) -> rusqlite::Result<()> {
    let sql = "INSERT INTO actors VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE \
               SET name = ?2, sort = ?3, class = ?4, country = ?5, actor = ?6";
    let sort = text(&actor.sort);
    let sort = sort.trim_matches('"');
    let values = params![id, actor.name, sort, actor.class, actor.country, text(actor)];
    db.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// Makes the mentions of actors in a report those that it has now.
fn write_spots(db: &Connection, report: &str, spots: &[Spot]) -> rusqlite::Result<()> {
    let Some(row) = row_of(db, report)? else { return Ok(()) };
    let sql = "SELECT actor, start, stop FROM actor_mentions WHERE report = ?1";
    let mut select = db.prepare_cached(sql)?;
    let before = select.query_map([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let before: BTreeSet<(String, usize, usize)> = before.collect::<rusqlite::Result<_>>()?;
    let now = spots.iter().map(|spot| (spot.actor.clone(), spot.start, spot.end));
    let now: BTreeSet<(String, usize, usize)> = now.collect();
    let sql =
        "DELETE FROM actor_mentions WHERE actor = ?1 AND report = ?2 AND start = ?3 AND stop = ?4";
    for (actor, start, stop) in before.difference(&now) {
        db.prepare_cached(sql)?.execute(params![actor, row, start, stop])?;
    }
    let sql = "INSERT OR IGNORE INTO actor_mentions VALUES (?1, ?2, ?3, ?4)";
    for (actor, start, stop) in now.difference(&before) {
        db.prepare_cached(sql)?.execute(params![actor, row, start, stop])?;
    }
    Ok(())
}

/// Writes a fact, if it is told otherwise than before. All that other tables have of it stands in it.
fn write_fact(db: &Connection, fact: &Fact) -> rusqlite::Result<()> {
    let whole = text(fact);
    let known = "SELECT fact FROM facts WHERE id = ?1";
    let known: Option<String> =
        db.prepare_cached(known)?.query_row([&fact.id], |row| row.get(0)).optional()?;
    if known.as_ref() == Some(&whole) {
        return Ok(());
    }
    let values = params![
        fact.id,
        fact.kind,
        fact.family.name(),
        fact.caption,
        fact.first,
        fact.last,
        fact.reports,
        fact.origins,
        fact.credibility.grade,
        whole,
    ];
    if known.is_none() {
        let sql = "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        db.prepare_cached(sql)?.execute(values)?;
    }
    let claims = fact.claims.iter().map(|told| told.claim.clone()).collect();
    let actors = fact.actors.iter().cloned().collect();
    let fewer = sync(db, "fact_claims", "claim", &fact.id, &claims)?;
    sync(db, "fact_actors", "actor", &fact.id, &actors)?;
    if known.is_some() {
        let sql = "UPDATE facts SET kind = ?2, family = ?3, caption = ?4, first = ?5, last = ?6, \
                   reports = ?7, origins = ?8, credibility = ?9, fact = ?10 WHERE id = ?1";
        db.prepare_cached(sql)?.execute(values)?;
    }
    // Last, so that the pages of a fact are made of all of it.
    if fewer {
        db.prepare_cached("INSERT INTO repaged VALUES (?1)")?.execute([&fact.id])?;
    }
    Ok(())
}

/// Makes the members of a fact in a table those that it has now; tells whether some are gone.
fn sync(
    db: &Connection,
    table: &str,
    column: &str,
    fact: &str,
    now: &BTreeSet<String>,
) -> rusqlite::Result<bool> {
    let sql = format!("SELECT {column} FROM {table} WHERE fact = ?1");
    let mut select = db.prepare_cached(&sql)?;
    let before = select.query_map([fact], |row| row.get(0))?;
    let before: BTreeSet<String> = before.collect::<rusqlite::Result<_>>()?;
    for gone in before.difference(now) {
        let sql = format!("DELETE FROM {table} WHERE {column} = ?1 AND fact = ?2");
        db.prepare_cached(&sql)?.execute([gone.as_str(), fact])?;
    }
    for new in now.difference(&before) {
        let sql = format!("INSERT INTO {table} ({column}, fact) VALUES (?1, ?2)");
        db.prepare_cached(&sql)?.execute([new.as_str(), fact])?;
    }
    Ok(!before.is_subset(now))
}

fn write_links(db: &Connection, update: &Update) -> rusqlite::Result<()> {
    for fact in &update.relinked {
        db.prepare_cached("DELETE FROM links WHERE fact = ?1 OR other = ?1")?.execute([fact])?;
    }
    for link in &update.links {
        let sql = "INSERT INTO links VALUES (?1, ?2, ?3, ?4)";
        let values = params![link.from, link.to, link.relation, reasons(&link.reasons)];
        db.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

fn delete(db: &Connection, sql: &str, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([id]).map(|_| ())
}

/// The row of a report that is the newest of its versions.
fn row_of(db: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id FROM reports WHERE name = ?1 AND newest = 1";
    db.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()
}

fn reasons(reasons: &[Reason]) -> String {
    text(&reasons)
}

/// Something made of strings and numbers, in JSON.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
