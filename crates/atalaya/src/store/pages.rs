//! What the pages of the web ask for: a part of a list at a time, each by an index of `pages.sql`.

use std::collections::BTreeMap;

use rusqlite::types::Value as Bound;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Store;
use super::fused::json;

/// Facts beyond this many are not counted one by one, nor are their facets.
pub const COUNTED: u64 = 3_000;

/// A facet of fewer facts than this leads to them; of more, the list is walked and the facet looked up.
const FEW: u64 = 20_000;

/// Words found in more facts than this lead to the first so many.
const MATCHES: u64 = 20_000;

/// Which facts are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words of the caption and the roles.
    pub words: Option<String>,
    /// Of each facet one of the values.
    pub facets: Vec<(String, Vec<String>)>,
    /// Not over before this day.
    pub from: Option<String>,
    /// Not begun after this day.
    pub to: Option<String>,
    /// Told by so many origins at least.
    pub origins: u64,
    /// Of this credibility or a better one.
    pub credibility: Option<u8>,
    /// In which order.
    pub order: Order,
}

/// The order of a list of facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day first, undated ones last.
    #[default]
    Newest,
    /// The earliest day first; undated ones are left out.
    Oldest,
    /// Those with most origins first.
    MostTold,
}

/// A fact in a list.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the fact")]
pub struct FactRow {
    pub id: String,
    pub kind: String,
    pub family: String,
    pub caption: String,
    pub told: String,
    pub denied: bool,
    pub first: Option<String>,
    pub last: Option<String>,
    pub precision: Option<String>,
    pub reports: u64,
    pub origins: u64,
    pub credibility: u8,
    pub contested: bool,
    #[serde(skip)]
    pub row: i64,
}

/// How many there are: counted, or more than were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The number, or the number at which counting stopped.
    pub number: u64,
    /// Whether there are more.
    pub more: bool,
}

/// A value of a facet, with how many facts have it.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct FacetValue {
    pub facet: String,
    pub value: String,
    pub label: String,
    pub count: u64,
}

/// A place of a fact.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the place")]
pub struct PlaceOf {
    pub role: String,
    pub place: String,
    pub name: String,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: Option<String>,
    #[serde(skip)]
    pub fact: i64,
}

/// An actor in a list.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the actor")]
pub struct ActorRow {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub class: Option<String>,
    pub country: Option<String>,
    pub mentions: u64,
    pub facts: u64,
}

/// Who did something to or with whom, in one fact.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Edge {
    pub fact: i64,
    pub source: String,
    pub target: String,
}

/// A claim with its report.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the report")]
pub struct Telling {
    pub report: String,
    pub source: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    /// The whole claim.
    pub claim: Value,
}

/// A condition in SQL with what is bound in it.
type Condition = (String, Vec<Bound>);

impl Store {
    /// Whether the room has the tables of pages: one of an older version gets them from the next writer.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_pages(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'fact_rows')";
        self.db.query_row(sql, [], |row| row.get(0))
    }

    /// A part of the list of facts.
    ///
    /// # Errors
    /// SQLite's; words that FTS5 does not understand are quoted first, so they are no error.
    pub fn fact_page(
        &self,
        filter: &Filter,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<FactRow>> {
        let (conditions, mut bound) = self.conditions(filter)?;
        let order = match filter.order {
            Order::Newest => "day DESC, fact",
            // Undated facts come last, as they do among the newest.
            Order::Oldest => "day = '', day, fact DESC",
            Order::MostTold => "origins DESC, reports DESC, day DESC, fact",
        };
        let sql = format!(
            "SELECT {FACT_ROW} FROM fact_rows WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?"
        );
        bound.extend([number(limit), number(skip)]);
        let mut statement = self.db.prepare_cached(&sql)?;
        statement.query_map(params_from_iter(bound), fact_row)?.collect()
    }

    /// How many facts there are.
    ///
    /// # Errors
    /// SQLite's.
    pub fn fact_total(&self, filter: &Filter) -> rusqlite::Result<Total> {
        if let Some(number) = self.known_total(filter)? {
            return Ok(Total { number, more: false });
        }
        let (conditions, mut bound) = self.conditions(filter)?;
        bound.push(number(COUNTED + 1));
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM fact_rows WHERE {conditions} LIMIT ?)");
        let counted: u64 =
            self.db.prepare_cached(&sql)?.query_row(params_from_iter(bound), |row| row.get(0))?;
        Ok(Total { number: counted.min(COUNTED), more: counted > COUNTED })
    }

    /// The number of facts where it stands somewhere: of all, and of one value.
    fn known_total(&self, filter: &Filter) -> rusqlite::Result<Option<u64>> {
        let plain = filter.words.is_none()
            && filter.from.is_none()
            && filter.to.is_none()
            && filter.origins < 2
            && filter.credibility.is_none();
        match &filter.facets[..] {
            [] if plain => {
                let sql = "SELECT coalesce(sum(n), 0) FROM facets WHERE facet = 'family'";
                self.db.prepare_cached(sql)?.query_row([], |row| row.get(0)).map(Some)
            }
            [(facet, values)] if plain && values.len() == 1 => {
                self.facet_total(facet, &values[..1]).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// How many facts have one of the values, some counted twice.
    fn facet_total(&self, facet: &str, values: &[String]) -> rusqlite::Result<u64> {
        let sql = format!(
            "SELECT coalesce(sum(n), 0) FROM facets WHERE facet = ? AND value IN ({})",
            marks(values.len())
        );
        let bound = [facet].into_iter().chain(values.iter().map(String::as_str));
        self.db.prepare_cached(&sql)?.query_row(params_from_iter(bound), |row| row.get(0))
    }

    /// The conditions of a filter: the facet of the fewest facts leads, where those are few.
    fn conditions(&self, filter: &Filter) -> rusqlite::Result<(String, Vec<Bound>)> {
        let mut all: Vec<Condition> = Vec::new();
        let totals = filter.facets.iter().map(|(facet, values)| self.facet_total(facet, values));
        let totals = totals.collect::<rusqlite::Result<Vec<u64>>>()?;
        let least = totals.iter().min().copied().filter(|&least| least <= FEW);
        let leads = least.and_then(|least| totals.iter().position(|&total| total == least));
        for (at, (facet, values)) in filter.facets.iter().enumerate() {
            let chosen = format!(
                "SELECT id FROM facets WHERE facet = ? AND value IN ({})",
                marks(values.len())
            );
            let sql = match leads == Some(at) {
                true => format!("row IN (SELECT fact FROM fact_facets WHERE facet IN ({chosen}))"),
                // The sign keeps SQLite from beginning here.
                false => format!(
                    "EXISTS (SELECT 1 FROM fact_facets WHERE facet IN ({chosen}) AND fact = +row)"
                ),
            };
            all.push((
                sql,
                [facet].into_iter().chain(values).map(|word| Bound::Text(word.clone())).collect(),
            ));
        }
        if let Some(words) = &filter.words {
            let sql = format!(
                "row IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ? LIMIT {MATCHES})"
            );
            all.push((sql, vec![Bound::Text(quoted(words))]));
        }
        let days =
            [("day >= ?", &filter.from), ("day > '' AND coalesce(first, day) <= ?", &filter.to)];
        for (sql, day) in days {
            all.extend(day.as_ref().map(|day| (sql.to_owned(), vec![Bound::Text(day.clone())])));
        }
        if filter.origins > 1 {
            all.push(("origins >= ?".to_owned(), vec![number(filter.origins)]));
        }
        if let Some(least) = filter.credibility {
            all.push(("credibility <= ?".to_owned(), vec![Bound::Integer(least.into())]));
        }
        let sql: Vec<&str> = all.iter().map(|(sql, _)| sql.as_str()).collect();
        let sql = if sql.is_empty() { "1".to_owned() } else { sql.join(" AND ") };
        Ok((sql, all.into_iter().flat_map(|(_, bound)| bound).collect()))
    }

    /// The most frequent values of facets among the facts of a filter, `most` of each. None where the
    /// facts are too many to count.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facets(
        &self,
        filter: &Filter,
        names: &[&str],
        most: usize,
    ) -> rusqlite::Result<Vec<FacetValue>> {
        let total = self.fact_total(filter)?;
        let mut found = Vec::new();
        if total.more || total.number > COUNTED {
            for name in names {
                found.extend(self.facet_values(name, most)?);
            }
            // Of a part that is too large to count, what the whole has is offered without numbers.
            let whole = filter.facets.is_empty() && self.known_total(filter)?.is_some();
            found.iter_mut().filter(|_| !whole).for_each(|value| value.count = 0);
            return Ok(found);
        }
        let (conditions, mut bound) = self.conditions(filter)?;
        bound.extend(names.iter().map(|name| Bound::Text((*name).to_owned())));
        let sql = format!(
            "SELECT facets.facet, value, label, count(*) FROM (SELECT row FROM fact_rows WHERE {conditions}) AS chosen \
             CROSS JOIN fact_facets ON fact_facets.fact = chosen.row CROSS JOIN facets ON facets.id = fact_facets.facet \
             WHERE facets.facet IN ({}) GROUP BY facets.id ORDER BY 4 DESC, label, value",
            marks(names.len())
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for value in statement.query_map(params_from_iter(bound), facet_value)? {
            let value = value?;
            let count = counts.entry(value.facet.clone()).or_default();
            *count += 1;
            if *count <= most {
                found.push(value);
            }
        }
        Ok(found)
    }

    /// The most frequent values of one facet over all facts.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facet_values(&self, facet: &str, most: usize) -> rusqlite::Result<Vec<FacetValue>> {
        let sql = "SELECT facet, value, label, n FROM facets WHERE facet = ?1 AND n > 0 ORDER BY n DESC, label, value LIMIT ?2";
        self.db.prepare_cached(sql)?.query_map(params![facet, most], facet_value)?.collect()
    }

    /// What a value of a facet is called.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facet_label(&self, facet: &str, value: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT label FROM facets WHERE facet = ?1 AND value = ?2";
        self.db.prepare_cached(sql)?.query_row([facet, value], |row| row.get(0)).optional()
    }

    /// The whole identifier that the first digits of a fact's mean, if just one begins so; else the same.
    ///
    /// # Errors
    /// SQLite's.
    pub fn full_id(&self, start: &str) -> rusqlite::Result<String> {
        let sql = "SELECT fact FROM fact_rows WHERE fact >= ?1 AND fact < ?1 || 'g' LIMIT 2";
        let found: Vec<String> = match start.len() {
            4.. => self
                .db
                .prepare_cached(sql)?
                .query_map([start], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            _ => Vec::new(),
        };
        Ok(if found.len() == 1 { found.concat() } else { start.to_owned() })
    }

    /// The one actor of an identifier, or that goes by a name.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_named(&self, name: &str) -> rusqlite::Result<Option<String>> {
        if self.actor_row(name)?.is_some() {
            return Ok(Some(name.to_owned()));
        }
        let found = self.actor_page(Some(name), None, 20, 0)?;
        let same: Vec<&ActorRow> =
            found.iter().filter(|actor| actor.name.to_lowercase() == name.to_lowercase()).collect();
        Ok(match (&same[..], &found[..]) {
            ([one], _) => Some(one.id.clone()),
            (_, [one]) => Some(one.id.clone()),
            _ => None,
        })
    }

    /// The reports that were found at a place, the last one first: identifier and title.
    ///
    /// # Errors
    /// SQLite's.
    pub fn found_at(&self, place: &str) -> rusqlite::Result<Vec<(String, Option<String>)>> {
        let sql = "SELECT name, title FROM locations JOIN reports ON reports.id = report \
                   WHERE locations.place = ?1 AND current = 1 ORDER BY locations.id DESC";
        self.db
            .prepare_cached(sql)?
            .query_map([place], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    /// What could not be read at a place, or only with a loss.
    ///
    /// # Errors
    /// SQLite's.
    pub fn problems_at(&self, place: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT message FROM problems WHERE place = ?1 ORDER BY id";
        self.db.prepare_cached(sql)?.query_map([place], |row| row.get(0))?.collect()
    }

    /// The row of a fact, by its identifier or one of its claims'.
    ///
    /// # Errors
    /// SQLite's.
    pub fn fact_row(&self, id: &str) -> rusqlite::Result<Option<FactRow>> {
        let sql = format!(
            "SELECT {FACT_ROW} FROM fact_rows WHERE fact = coalesce((SELECT id FROM facts WHERE id = ?1), \
             (SELECT fact FROM fact_claims WHERE claim = ?1))"
        );
        self.db.prepare_cached(&sql)?.query_row([id], fact_row).optional()
    }

    /// A whole fact, as it was fused.
    ///
    /// # Errors
    /// SQLite's.
    pub fn whole_fact<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT fact FROM facts WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }

    /// The places of facts, by row.
    ///
    /// # Errors
    /// SQLite's.
    pub fn places_of(&self, rows: &[i64]) -> rusqlite::Result<Vec<PlaceOf>> {
        let sql = "SELECT role, place, name, country, lat, lon, precision, fact FROM fact_places WHERE fact = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut places = Vec::new();
        for row in rows {
            let found = statement.query_map([row], |row| {
                Ok(PlaceOf {
                    role: row.get(0)?,
                    place: row.get(1)?,
                    name: row.get(2)?,
                    country: row.get(3)?,
                    lat: row.get(4)?,
                    lon: row.get(5)?,
                    precision: row.get(6)?,
                    fact: row.get(7)?,
                })
            })?;
            for place in found {
                places.push(place?);
            }
        }
        Ok(places)
    }

    /// Who did something to or with whom in facts, by row. Where it was is no one of them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn edges_of(&self, rows: &[i64]) -> rusqlite::Result<Vec<Edge>> {
        let sql = "SELECT fact, source, target FROM edges WHERE fact = ?1 AND NOT EXISTS \
                   (SELECT 1 FROM fact_places WHERE fact_places.fact = edges.fact AND fact_places.role = edges.role)";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut edges = Vec::new();
        for row in rows {
            let found = statement.query_map([row], |row| {
                Ok(Edge { fact: row.get(0)?, source: row.get(1)?, target: row.get(2)? })
            })?;
            for edge in found {
                edges.push(edge?);
            }
        }
        Ok(edges)
    }

    /// A claim with its report, a person's own among them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn telling(&self, claim: &str) -> rusqlite::Result<Option<Telling>> {
        let sql = "SELECT name, source, outlet, title, published, told.told FROM told \
                   JOIN reports ON reports.id = told.report WHERE told.claim = ?1";
        self.db.prepare_cached(sql)?.query_row([claim], telling).optional()
    }

    /// The claims of a report, in the order of its text, each with the fact it tells.
    ///
    /// # Errors
    /// SQLite's.
    pub fn tellings_of(&self, report: i64) -> rusqlite::Result<Vec<(Value, Option<String>)>> {
        let sql = "SELECT told.told, (SELECT fact FROM fact_claims WHERE fact_claims.claim = told.claim) \
                   FROM told WHERE report = ?1 ORDER BY json_extract(told.told, '$.trigger.start'), told.claim";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_map([report], |row| Ok((json(row, 0)?, row.get(1)?)))?.collect()
    }

    /// The links of a fact: relation, whether it leads here, and the other fact.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links_of(&self, fact: &str) -> rusqlite::Result<Vec<(String, bool, FactRow)>> {
        let mut links = Vec::new();
        let sides = [
            ("SELECT relation, other FROM links WHERE fact = ?1", false),
            ("SELECT relation, fact FROM links WHERE other = ?1", true),
        ];
        for (sql, here) in sides {
            let sql = format!("{sql} ORDER BY 1, 2");
            let mut statement = self.db.prepare_cached(&sql)?;
            let found = statement.query_map([fact], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for pair in found.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
                links.extend(self.fact_row(&pair.1)?.map(|row| (pair.0, here, row)));
            }
        }
        Ok(links)
    }

    /// A part of the list of actors, those in most facts first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_page(
        &self,
        words: Option<&str>,
        sort: Option<&str>,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<ActorRow>> {
        let sql = "SELECT actor, name, sort, class, country, mentions, facts FROM actor_rows WHERE CHOSEN \
                   ORDER BY facts DESC, mentions DESC, name, actor LIMIT ?3 OFFSET ?4";
        let chosen = match (words, sort) {
            (Some(_), _) => {
                "row IN (SELECT rowid FROM actor_words WHERE actor_words MATCH ?1) AND (?2 IS NULL OR sort = ?2)"
            }
            (None, Some(_)) => "?1 IS NULL AND sort = ?2",
            (None, None) => "?1 IS NULL AND ?2 IS NULL",
        };
        let mut statement = self.db.prepare_cached(&sql.replace("CHOSEN", chosen))?;
        let words = words.map(quoted);
        statement.query_map(params![words, sort, limit, skip], actor_row)?.collect()
    }

    /// How many actors a search by words finds.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_total(&self, words: &str, sort: Option<&str>) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM actor_rows WHERE row IN (SELECT rowid FROM actor_words WHERE actor_words MATCH ?1) \
                   AND (?2 IS NULL OR sort = ?2)";
        self.db.prepare_cached(sql)?.query_row(params![quoted(words), sort], |row| row.get(0))
    }

    /// How many actors there are of each sort.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_sorts(&self) -> rusqlite::Result<Vec<(String, u64)>> {
        let sql = "SELECT sort, count(*) FROM actor_rows GROUP BY sort ORDER BY sort";
        self.db.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// An actor's line.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_row(&self, id: &str) -> rusqlite::Result<Option<ActorRow>> {
        let sql = "SELECT actor, name, sort, class, country, mentions, facts FROM actor_rows WHERE actor = ?1";
        self.db.prepare_cached(sql)?.query_row([id], actor_row).optional()
    }

    /// A whole actor, as it was fused.
    ///
    /// # Errors
    /// SQLite's.
    pub fn whole_actor<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT actor FROM actors WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }

    /// The series that a fact or a series of that identifier stands in.
    ///
    /// # Errors
    /// SQLite's.
    pub fn series_of<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT series FROM series WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }

    /// A part of the list of series.
    ///
    /// # Errors
    /// SQLite's.
    pub fn series_page<T: DeserializeOwned>(
        &self,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<T>> {
        let sql = "SELECT series FROM series ORDER BY id LIMIT ?1 OFFSET ?2";
        self.db.prepare_cached(sql)?.query_map([limit, skip], |row| json(row, 0))?.collect()
    }

    /// The rungs of a commitment.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ladder<T: DeserializeOwned>(&self, fact: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT ladder FROM ladders WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([fact], |row| json(row, 0)).optional()
    }

    /// Between which days an undated report was written, with the reasons.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bound_of(&self, report: &str) -> rusqlite::Result<Option<Value>> {
        let sql = "SELECT json_object('not_before', not_before, 'not_after', not_after, 'reasons', json(reasons)) \
                   FROM bounds JOIN reports ON id = report WHERE name = ?1";
        self.db.prepare_cached(sql)?.query_row([report], |row| json(row, 0)).optional()
    }

    /// The reports that tell a fact, by identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reports_of(&self, row: i64) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT value FROM fact_facets JOIN facets ON id = fact_facets.facet \
                   WHERE fact = ?1 AND facets.facet = 'report' ORDER BY value";
        self.db.prepare_cached(sql)?.query_map([row], |row| row.get(0))?.collect()
    }

    /// The other reports of a report's origin: identifier, outlet, title, published.
    ///
    /// # Errors
    /// SQLite's.
    pub fn copies_of(&self, report: i64) -> rusqlite::Result<Vec<Telling>> {
        let sql = "SELECT name, source, outlet, title, published, 'null' FROM origins JOIN reports ON reports.id = report \
                   WHERE origin = (SELECT origin FROM origins WHERE report = ?1) AND report <> ?1 \
                   ORDER BY published IS NULL, published, name LIMIT 50";
        self.db.prepare_cached(sql)?.query_map([report], telling)?.collect()
    }

    /// Origins that reports of more than one outlet go back to: origin, outlet, report, title.
    ///
    /// # Errors
    /// SQLite's.
    pub fn shared_origins(&self, limit: u64) -> rusqlite::Result<Vec<[String; 4]>> {
        let sql = "SELECT origin, coalesce(outlet, ''), name, coalesce(title, source) FROM origins \
                   JOIN reports ON reports.id = report WHERE origin IN (SELECT origin FROM origins \
                   JOIN reports ON reports.id = report GROUP BY origin HAVING count(*) > 1 ORDER BY count(*) DESC, origin LIMIT ?1) \
                   ORDER BY origin, published IS NULL, published, name";
        let mut statement = self.db.prepare_cached(sql)?;
        statement
            .query_map([limit], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?
            .collect()
    }

    /// Outlets with the number of their reports and of the origins these go back to.
    ///
    /// # Errors
    /// SQLite's.
    pub fn outlets(&self) -> rusqlite::Result<Vec<(Option<String>, u64, u64)>> {
        let sql = "SELECT outlet, count(*), count(DISTINCT origin) FROM reports LEFT JOIN origins ON report = reports.id \
                   WHERE newest = 1 GROUP BY outlet ORDER BY 2 DESC, outlet";
        self.db
            .prepare_cached(sql)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    }

    /// The ratings that stand, by outlet.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ratings(&self) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT subject, value FROM acts WHERE verb = 'rate' AND undone IS NULL AND subject IS NOT NULL ORDER BY id";
        self.db.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// Something that changes whenever facts may have: what came, and what was decided.
    ///
    /// # Errors
    /// SQLite's.
    pub fn state_of_facts(&self) -> rusqlite::Result<String> {
        let sql = "SELECT (SELECT max(id) FROM arrivals), (SELECT max(id) FROM acts), (SELECT max(undone) FROM acts), \
                   (SELECT group_concat(value) FROM meta), (SELECT count(*) FROM pending)";
        self.db.query_row(sql, [], |row| {
            let part = |at| row.get_ref(at).map(|value| format!("{value:?}"));
            Ok([part(0)?, part(1)?, part(2)?, part(3)?, part(4)?].concat())
        })
    }

    /// How many origins all reports go back to.
    ///
    /// # Errors
    /// SQLite's.
    pub fn origin_count(&self) -> rusqlite::Result<u64> {
        self.db
            .prepare_cached("SELECT count(DISTINCT origin) FROM origins")?
            .query_row([], |row| row.get(0))
    }

    /// The story of a report: its text without furniture.
    ///
    /// # Errors
    /// SQLite's.
    pub fn story(&self, report: i64) -> rusqlite::Result<String> {
        let sql = "SELECT story FROM search WHERE rowid = ?1";
        let story: Option<String> =
            self.db.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
        Ok(story.unwrap_or_default())
    }
}

const FACT_ROW: &str = "fact, kind, family, caption, told, denied, first, last, precision, reports, origins, credibility, \
                        EXISTS (SELECT 1 FROM contests WHERE contests.fact = fact_rows.fact), row";

fn fact_row(row: &Row<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        family: row.get(2)?,
        caption: row.get(3)?,
        told: row.get(4)?,
        denied: row.get(5)?,
        first: row.get(6)?,
        last: row.get(7)?,
        precision: row.get(8)?,
        reports: row.get(9)?,
        origins: row.get(10)?,
        credibility: row.get(11)?,
        contested: row.get(12)?,
        row: row.get(13)?,
    })
}

fn facet_value(row: &Row<'_>) -> rusqlite::Result<FacetValue> {
    Ok(FacetValue {
        facet: row.get(0)?,
        value: row.get(1)?,
        label: row.get(2)?,
        count: row.get(3)?,
    })
}

fn actor_row(row: &Row<'_>) -> rusqlite::Result<ActorRow> {
    Ok(ActorRow {
        id: row.get(0)?,
        name: row.get(1)?,
        sort: row.get(2)?,
        class: row.get(3)?,
        country: row.get(4)?,
        mentions: row.get(5)?,
        facts: row.get(6)?,
    })
}

fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling {
        report: row.get(0)?,
        source: row.get(1)?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        claim: json(row, 5)?,
    })
}

fn number(number: u64) -> Bound {
    Bound::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn marks(count: usize) -> String {
    vec!["?"; count.max(1)].join(", ")
}

/// Words as FTS5 finds them all, whatever signs stand among them; the last one may go on.
pub fn quoted(words: &str) -> String {
    let words: Vec<String> =
        words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    if words.is_empty() { "\"\"".to_owned() } else { words.join(" ") + "*" }
}

/// Which reports are asked for.
#[derive(Debug, Clone, Default)]
pub struct ReportFilter {
    /// Words of the title and the story.
    pub words: Option<String>,
    /// Of this outlet.
    pub outlet: Option<String>,
    /// Only those that do not say when they were published.
    pub undated: bool,
}

impl Store {
    /// A part of the list of reports, the latest first, undated ones last.
    ///
    /// # Errors
    /// SQLite's.
    pub fn report_page(
        &self,
        filter: &ReportFilter,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<super::Summary>> {
        let mut sql = format!("SELECT {} FROM reports WHERE newest = 1", super::reports::SUMMARY);
        let mut bound = Vec::new();
        if let Some(words) = &filter.words {
            sql.push_str(&format!(
                " AND id IN (SELECT rowid FROM search WHERE search MATCH ? LIMIT {MATCHES})"
            ));
            bound.push(Bound::Text(quoted(words)));
        }
        if let Some(outlet) = &filter.outlet {
            sql.push_str(" AND outlet = ?");
            bound.push(Bound::Text(outlet.clone()));
        }
        if filter.undated {
            sql.push_str(" AND published IS NULL");
        }
        sql.push_str(" ORDER BY published DESC, name DESC LIMIT ? OFFSET ?");
        bound.extend([number(limit), number(skip)]);
        let mut statement = self.db.prepare_cached(&sql)?;
        statement.query_map(params_from_iter(bound), super::reports::summary)?.collect()
    }

    /// The reports that came since a moment, the last first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn came_since(&self, moment: &str, limit: u64) -> rusqlite::Result<Vec<(String, String)>> {
        let sql = "SELECT name, coalesce(title, source) FROM arrivals JOIN reports ON reports.hash = arrivals.hash \
                   WHERE at >= ?1 AND what IN ('added', 'version') AND newest = 1 ORDER BY arrivals.id DESC LIMIT ?2";
        self.db
            .prepare_cached(sql)?
            .query_map(params![moment, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }
}
