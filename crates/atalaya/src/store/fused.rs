//! Fusion's side of the store: what is fused is read from here, and what it came to is written here.

use std::collections::{BTreeMap, BTreeSet};

use atalaya_facts::fuse::input::{self, Anchor, Mention, Report};
use atalaya_read::BlockKind;
use rusqlite::{OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Store;
use crate::offsets;

/// Something that a person decided, as the store keeps it.
#[derive(Debug, Clone, Serialize)]
pub struct StoredAct {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: String,
    /// What: `same`, `different`, `reject`, `correct`, `rate`, `claim`.
    pub verb: String,
    /// The words it is tied to.
    pub anchors: Vec<StoredAnchor>,
    /// The outlet, of a rating.
    pub subject: Option<String>,
    /// The rating, or the right value.
    pub value: Option<String>,
    /// What was decided, as it was shown then.
    pub shown: String,
    /// When it was taken back.
    pub undone: Option<String>,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Words of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnchor {
    /// The report's identifier.
    pub report: String,
    /// Where the words start, in code points.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// The kind of the claim that was found by them; none: a mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A role of that claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// A claim with where it stands, enough to anchor an act or show a passage.
#[derive(Debug, Clone, Serialize)]
pub struct Passage {
    /// The report's identifier.
    pub report: String,
    /// Where the report was found.
    pub source: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The whole claim.
    pub claim: Value,
}

impl Store {
    /// Whether facts are up to date with what they are made of.
    ///
    /// # Errors
    /// SQLite's.
    pub fn is_fused(&self) -> rusqlite::Result<bool> {
        Ok(self.has_fused()? && self.meta("fused")?.as_deref() == Some("1"))
    }

    /// Whether the room has the tables of facts: one of an older version gets them from the next
    /// writer.
    pub fn has_fused(&self) -> rusqlite::Result<bool> {
        self.db.query_row("PRAGMA user_version", [], |row| Ok(row.get::<_, u32>(0)? >= 4))
    }

    /// Changes whenever another process has written to the room.
    ///
    /// # Errors
    /// SQLite's.
    pub fn version(&self) -> rusqlite::Result<i64> {
        self.db.query_row("PRAGMA data_version", [], |row| row.get(0))
    }

    /// A report as fusion sees it, by its name; none if it is not the newest version, or was not read
    /// yet.
    ///
    /// # Errors
    /// SQLite's.
    pub(super) fn to_fuse(&self, name: &str) -> rusqlite::Result<Option<Report>> {
        let sql = "SELECT id, title, outlet, published, text FROM reports WHERE name = ?1 \
                   AND newest = 1 AND id NOT IN (SELECT report FROM pending)";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([name])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let id: i64 = row.get(0)?;
        Ok(Some(Report {
            id: name.to_owned(),
            title: row.get(1)?,
            outlet: row.get(2)?,
            published: row.get(3)?,
            passages: self.passages(id, &row.get::<_, String>(4)?)?,
            mentions: self.mentions_of(id)?,
            claims: self.claims_of(id)?,
        }))
    }

    /// The story of the newest version of a report, a paragraph a line; nothing if there is none.
    ///
    /// # Errors
    /// SQLite's.
    pub fn prose(&self, name: &str) -> rusqlite::Result<String> {
        let sql = "SELECT id, text FROM reports WHERE name = ?1 AND newest = 1";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((id, text)): Option<(i64, String)> = found else { return Ok(String::new()) };
        Ok(self.passages(id, &text)?.join("\n"))
    }

    /// What two of some reports or more tell alike: facts with their captions and how many of these
    /// reports tell them, what most tell first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn told_together(
        &self,
        reports: &BTreeSet<&str>,
    ) -> rusqlite::Result<Vec<(String, String, usize)>> {
        let names = serde_json::to_string(reports).unwrap_or_default();
        let sql = "SELECT facts.id, caption, count(DISTINCT reports.id) AS tellers FROM json_each(?1) \
                   JOIN reports ON name = value AND newest = 1 \
                   JOIN claims ON claims.report = reports.id \
                   JOIN fact_claims ON fact_claims.claim = claims.id JOIN facts ON facts.id = fact_claims.fact \
                   GROUP BY facts.id HAVING tellers > 1 ORDER BY tellers DESC, facts.id";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows =
            statement.query_map([names], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect()
    }

    /// The paragraphs of a report's story.
    fn passages(&self, id: i64, text: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT kind, start, stop FROM blocks WHERE report = ?1 ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let blocks = statement
            .query_map([id], |row| Ok((row.get::<_, String>(0)?, [row.get(1)?, row.get(2)?])))?
            .collect::<rusqlite::Result<Vec<(String, [usize; 2])>>>()?;
        let bytes = offsets::bytes(text, blocks.iter().flat_map(|(_, span)| *span));
        let blocks = blocks.iter().zip(bytes.chunks(2));
        let story = blocks
            .filter(|((kind, _), _)| BlockKind::from_name(kind).is_some_and(BlockKind::is_story));
        Ok(story.map(|(_, span)| text[span[0]..span[1]].to_owned()).collect())
    }

    fn mentions_of(&self, id: i64) -> rusqlite::Result<Vec<Mention>> {
        let sql = "SELECT start, stop, referent, value FROM mentions \
                   WHERE report = ?1 AND kind IN ('actor', 'place') ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let mentions = statement.query_map([id], |row| {
            let (start, end, referent) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Mention { start, end, referent, value: json(row, 3)? })
        })?;
        mentions.collect()
    }

    fn claims_of(&self, id: i64) -> rusqlite::Result<Vec<input::Telling>> {
        let sql = "SELECT claim FROM claims WHERE report = ?1 ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let claims = statement.query_map([id], |row| json(row, 0))?;
        claims.collect()
    }

    /// Everything a person decided, oldest first, undone or not.
    ///
    /// # Errors
    /// SQLite's.
    pub fn acts(&self) -> rusqlite::Result<Vec<StoredAct>> {
        if !self.has_fused()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, at, verb, anchors, subject, value, shown, undone, reason FROM acts ORDER BY id";
        let mut statement = self.db.prepare(sql)?;
        let acts = statement.query_map([], |row| {
            Ok(StoredAct {
                id: row.get(0)?,
                at: row.get(1)?,
                verb: row.get(2)?,
                anchors: json(row, 3)?,
                subject: row.get(4)?,
                value: row.get(5)?,
                shown: row.get(6)?,
                undone: row.get(7)?,
                reason: row.get(8)?,
            })
        })?;
        acts.collect()
    }

    /// Writes down what a person decided. Several acts of one decision are written at once.
    ///
    /// # Errors
    /// SQLite's; nothing was written then.
    pub fn decide(&mut self, acts: &[StoredAct]) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        for act in acts {
            let anchors = serde_json::to_string(&act.anchors).unwrap_or_default();
            transaction.execute(
                "INSERT INTO acts (at, verb, anchors, subject, value, shown, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![act.at, act.verb, anchors, act.subject, act.value, act.shown, act.reason],
            )?;
        }
        transaction.commit()
    }

    /// Takes back the decision that an act is of, or the last one, if it still stands, and gives its
    /// acts. Acts of one moment are one decision.
    ///
    /// # Errors
    /// SQLite's; nothing was taken back then.
    pub fn undo(&mut self, which: Option<i64>, now: &str) -> rusqlite::Result<Vec<StoredAct>> {
        let mut standing: Vec<StoredAct> =
            self.acts()?.into_iter().filter(|act| act.undone.is_none()).collect();
        let chosen = standing.iter().rfind(|act| which.is_none_or(|which| act.id == which));
        let Some(last) = chosen.map(|act| (act.at.clone(), act.shown.clone())) else {
            return Ok(Vec::new());
        };
        standing.retain(|act| (&act.at, &act.shown) == (&last.0, &last.1));
        let transaction = self.db.transaction()?;
        for act in &standing {
            transaction
                .execute("UPDATE acts SET undone = ?2 WHERE id = ?1", params![act.id, now])?;
        }
        transaction.commit()?;
        Ok(standing)
    }

    /// Every actor, those with most mentions first, as JSON with its name and number of mentions and
    /// reports.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actors(&self) -> rusqlite::Result<Vec<Value>> {
        if !self.has_fused()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT actors_told.actor FROM actor_rows JOIN actors_told ON id = actor_rows.actor \
                   ORDER BY mentions DESC, actor_rows.name, id";
        self.values(sql, [])
    }

    /// Every fact, dated ones first, in the order of their days, then of their identifiers.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facts(&self) -> rusqlite::Result<Vec<Value>> {
        if !self.has_fused()? {
            return Ok(Vec::new());
        }
        self.values("SELECT fact FROM facts ORDER BY coalesce(last, first) IS NULL, coalesce(last, first), id", [])
    }

    /// Every series, commitment, link: the JSON of one table.
    ///
    /// # Errors
    /// SQLite's.
    pub fn series<T: DeserializeOwned>(&self) -> rusqlite::Result<Vec<T>> {
        self.values("SELECT series FROM series ORDER BY id", [])
    }

    /// The commitments.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ladders<T: DeserializeOwned>(&self) -> rusqlite::Result<Vec<T>> {
        self.values("SELECT ladder FROM ladders ORDER BY id", [])
    }

    /// The links between facts.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links<T: DeserializeOwned>(&self) -> rusqlite::Result<Vec<T>> {
        let sql = "SELECT json_object('from', fact, 'to', other, 'relation', relation, 'reasons', json(reasons)) \
                   FROM links ORDER BY fact, other, relation";
        self.values(sql, [])
    }

    /// The bounds of undated reports, with the report's identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bounds<T: DeserializeOwned>(&self) -> rusqlite::Result<Vec<T>> {
        let sql = "SELECT json_object('report', name, 'not_before', not_before, 'not_after', not_after, \
                   'reasons', json(reasons)) FROM bounds JOIN reports ON id = report ORDER BY name";
        self.values(sql, [])
    }

    /// The origin of each report.
    ///
    /// # Errors
    /// SQLite's.
    pub fn origins(&self) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT name, origin FROM origins JOIN reports ON id = report";
        let mut statement = self.db.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// What was judged of something, by its identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn judgements(&self, id: &str) -> rusqlite::Result<Vec<Value>> {
        let sql = "SELECT json_object('left', a, 'right', b, 'verdict', verdict, 'reasons', json(reasons)) \
                   FROM judgements WHERE a = ?1 OR b = ?1 ORDER BY a, b, verdict, reasons";
        self.values(sql, [id])
    }

    /// Every claim by its identifier, with its report.
    ///
    /// # Errors
    /// SQLite's.
    pub fn claim_passages(&self) -> rusqlite::Result<BTreeMap<String, Passage>> {
        let sql = "SELECT name, source, outlet, title, published, claim, claims.id \
                   FROM claims JOIN reports ON reports.id = report";
        let mut statement = self.db.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(6)?, passage(row)?)))?;
        let mut passages = rows.collect::<rusqlite::Result<BTreeMap<String, Passage>>>()?;
        for act in self.acts()?.into_iter().filter(|act| act.undone.is_none()) {
            let Some((report, claim)) = own_claim(&act) else { continue };
            let sql = "SELECT source, outlet, title, published FROM reports WHERE name = ?1 AND newest = 1";
            let found = self.db.prepare_cached(sql)?.query_row([&report], |row| {
                let (source, outlet, title, published) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let (report, claim) = (report.clone(), claim.clone());
                Ok(Passage { report, source, outlet, title, published, claim })
            });
            let id = claim["id"].as_str().unwrap_or_default().to_owned();
            passages.extend(found.optional()?.map(|passage| (id, passage)));
        }
        Ok(passages)
    }

    /// What a report mentions by some words or under a label: where, and the whole value.
    ///
    /// # Errors
    /// SQLite's.
    pub fn mention(
        &self,
        report: i64,
        name: &str,
    ) -> rusqlite::Result<Option<(usize, usize, Value)>> {
        let sql = "SELECT start, stop, value FROM mentions JOIN reports ON id = report \
                   WHERE report = ?1 AND (label = ?2 OR substr(text, start + 1, stop - start) = ?2) ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement
            .query_row(params![report, name], |row| Ok((row.get(0)?, row.get(1)?, json(row, 2)?)));
        found.optional()
    }

    /// Where every newest report was found, and its text, by its identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn texts(&self) -> rusqlite::Result<BTreeMap<String, (String, String)>> {
        let sql = "SELECT name, source, text FROM reports WHERE newest = 1";
        let mut statement = self.db.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        rows.collect()
    }

    /// The reports that came at a moment or later, by identifier, with when they came.
    ///
    /// # Errors
    /// SQLite's.
    pub fn arrived_since(&self, moment: &str) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT name, min(at) FROM arrivals JOIN reports ON reports.hash = arrivals.hash \
                   WHERE what IN ('added', 'version') GROUP BY name HAVING min(at) >= ?1";
        let mut statement = self.db.prepare(sql)?;
        let rows = statement.query_map([moment], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    fn values<T: DeserializeOwned>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> rusqlite::Result<Vec<T>> {
        if !self.has_fused()? {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare(sql)?;
        statement.query_map(params, |row| json(row, 0))?.collect()
    }
}

/// The date that a person gave a report, if it stands.
pub(super) fn corrected_date(acts: &[StoredAct], report: &str) -> Option<String> {
    let set = acts.iter().rfind(|act| act.undone.is_none() && dated(act) == Some(report));
    set.and_then(|act| act.value.clone())
}

/// The claim that a person made of a report's words, with the report; none of other acts.
pub(super) fn own_claim(act: &StoredAct) -> Option<(String, Value)> {
    let claim = act.value.as_ref().filter(|_| act.verb == "claim")?;
    Some((act.anchors.first()?.report.clone(), serde_json::from_str(claim).ok()?))
}

/// The report whose own date an act corrects; none of other acts.
pub(super) fn dated(act: &StoredAct) -> Option<&str> {
    let anchor = act.anchors.first().filter(|_| act.verb == "correct")?;
    let own = anchor.kind.is_none() && anchor.role.as_deref() == Some(crate::judge::PUBLISHED);
    own.then_some(anchor.report.as_str())
}

impl From<StoredAnchor> for Anchor {
    fn from(anchor: StoredAnchor) -> Anchor {
        let StoredAnchor { report, start, end, kind, role } = anchor;
        Anchor { report, start, end, kind, role }
    }
}

/// A claim with its report, of a row that begins with name, source, outlet, title, published, claim.
pub(super) fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    Ok(Passage {
        report: row.get(0)?,
        source: row.get(1)?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        claim: json(row, 5)?,
    })
}

pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
    })
}
