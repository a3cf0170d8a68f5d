//! Lists of facts: which are asked for, a part of them at a time, how many there are, and what they can be
//! narrowed by. Every order is walked in its index (`lists.sql`).

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value as Bound;
use serde::Serialize;

use super::{FACT_ROW, FacetValue, FactRow, MATCHES, facet_value, fact_row, marks, number, quoted};
use crate::store::Store;

/// Facts beyond this many are not counted one by one, nor are their facets.
pub const COUNTED: u64 = 3_000;

/// A facet of so many facts at most leads to them. Of more, the list is walked and the facet looked up, unless the
/// way to the page is longer than that through the facet, which is too long in any case beyond the second number.
const FEW: u64 = 20_000;
const MANY: u64 = 80_000;

/// So many facts are asked whether they have other facets too.
const ASKED: u64 = 500;

/// What part of the facts passes a condition whose facts nobody has counted: a guess.
const PASSES: f64 = 0.3;

/// The facets that are columns of a fact's row, and of every index that lists are walked in.
const COLUMNS: [&str; 3] = ["family", "kind", "told"];

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
    /// The earliest day first, undated ones last.
    Oldest,
    /// Those with most origins first.
    MostTold,
    /// Those of the best credibility first.
    Surest,
}

/// How many there are: counted, or more than were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The number, or the number at which counting stopped.
    pub number: u64,
    /// Whether there are more.
    pub more: bool,
}

/// The facts of a filter, counted.
#[derive(Debug, Clone)]
pub struct Counted {
    /// How many there are.
    pub total: Total,
    /// Their rows, where they are few enough to be looked at one by one.
    rows: Option<Vec<i64>>,
}

/// A condition in SQL with what is bound in it.
type Condition = (String, Vec<Bound>);

impl Order {
    /// The order in SQL, and the same from its other end.
    fn sql(self) -> [&'static str; 2] {
        match self {
            Order::Newest => ["day DESC, fact", "day, fact DESC"],
            // Undated facts come last, as they do among the newest.
            Order::Oldest => ["day = '', day, fact DESC", "day = '' DESC, day DESC, fact"],
            Order::MostTold => {
                ["origins DESC, reports DESC, day DESC, fact", "origins, reports, day, fact DESC"]
            }
            Order::Surest => [
                "credibility, origins DESC, day DESC, fact",
                "credibility DESC, origins, day, fact DESC",
            ],
        }
    }
}

impl Filter {
    /// The same, of facts that have a mark: `placed` are those that tell a place, `joined` those in which actors meet.
    pub fn marked(&self, mark: &str) -> Filter {
        let mut filter = self.clone();
        // Whatever has a certain place or country tells a place.
        let told = |(facet, _): &(String, _)| {
            mark == "placed" && ["place", "country"].contains(&facet.as_str())
        };
        if !self.facets.iter().any(told) {
            filter.facets.push((mark.to_owned(), vec!["yes".to_owned()]));
        }
        filter
    }

    /// How many facts are likely to be passed until `reach` of them fit, where of `whole` facts so many have all facets.
    fn walk(&self, whole: u64, likely: u64, reach: u64) -> u64 {
        let others =
            [self.from.is_some(), self.to.is_some(), self.origins > 1, self.credibility.is_some()];
        let others = others.into_iter().filter(|given| *given).count();
        let fit = likely as f64 / whole.max(1) as f64 * PASSES.powi(others as i32);
        whole.min((reach as f64 / fit.max(1e-9)) as u64)
    }
}

/// The facts of one of a facet's values, as a list of rows in SQL.
fn rows_of((facet, values): &(String, Vec<String>)) -> Condition {
    let sql = format!("SELECT fact FROM fact_facets WHERE facet IN ({})", ids(values.len()));
    (sql, named(facet, values))
}

fn ids(values: usize) -> String {
    format!("SELECT id FROM facets WHERE facet = ? AND value IN ({})", marks(values))
}

fn named(facet: &str, values: &[String]) -> Vec<Bound> {
    let words = [facet].into_iter().chain(values.iter().map(String::as_str));
    words.map(|word| Bound::Text(word.to_owned())).collect()
}

impl Store {
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
        let [order, backwards] = filter.order.sql();
        // The far half of a long list is reached from its end.
        if let Some(total) = self.known_total(filter)?
            && total > COUNTED
            && skip > total / 2
        {
            let limit = limit.min(total.saturating_sub(skip));
            let mut rows =
                self.fact_part(filter, backwards, limit, total.saturating_sub(skip + limit))?;
            rows.reverse();
            return Ok(rows);
        }
        self.fact_part(filter, order, limit, skip)
    }

    fn fact_part(
        &self,
        filter: &Filter,
        order: &str,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<FactRow>> {
        let (conditions, mut bound) = self.conditions(filter, skip + limit)?;
        // Rows are chosen first, so that only what is shown is looked up.
        let sql = format!(
            "SELECT {FACT_ROW} FROM (SELECT row AS chosen FROM fact_rows WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?) \
             CROSS JOIN fact_rows ON row = chosen ORDER BY {order}"
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
        match self.known_total(filter)? {
            Some(number) => Ok(Total { number, more: false }),
            None => Ok(self.counted(filter)?.total),
        }
    }

    /// How many facts there are, and which, where they are few.
    ///
    /// # Errors
    /// SQLite's.
    pub fn counted(&self, filter: &Filter) -> rusqlite::Result<Counted> {
        let known = self.known_total(filter)?;
        if let Some(number) = known.filter(|number| *number > COUNTED) {
            return Ok(Counted { total: Total { number, more: false }, rows: None });
        }
        let (conditions, mut bound) = self.conditions(filter, COUNTED)?;
        bound.push(number(COUNTED + 1));
        let sql = format!("SELECT row FROM fact_rows WHERE {conditions} LIMIT ?");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(bound), |row| row.get(0))?;
        let rows = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
        let counted = rows.len() as u64;
        let total = Total { number: counted.min(COUNTED), more: counted > COUNTED };
        Ok(Counted { total, rows: (!total.more).then_some(rows) })
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

    /// The conditions of a filter for a page that ends after `reach` facts.
    fn conditions(&self, filter: &Filter, reach: u64) -> rusqlite::Result<(String, Vec<Bound>)> {
        let mut all = self.facet_conditions(filter, reach)?;
        if let Some(words) = &filter.words {
            let sql = format!(
                "row IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ? LIMIT {MATCHES})"
            );
            all.push((sql, vec![Bound::Text(quoted(words))]));
        }
        let since = if filter.order == Order::Newest { "day >= ?" } else { "+day >= ?" };
        let days = [(since, &filter.from), ("+day > '' AND coalesce(first, day) <= ?", &filter.to)];
        for (sql, day) in days {
            all.extend(day.as_ref().map(|day| (sql.to_owned(), vec![Bound::Text(day.clone())])));
        }
        if filter.origins > 1 {
            all.push(("+origins >= ?".to_owned(), vec![number(filter.origins)]));
        }
        if let Some(least) = filter.credibility {
            all.push(("+credibility <= ?".to_owned(), vec![Bound::Integer(least.into())]));
        }
        let sql: Vec<&str> = all.iter().map(|(sql, _)| sql.as_str()).collect();
        let sql = if sql.is_empty() { "1".to_owned() } else { sql.join(" AND ") };
        Ok((sql, all.into_iter().flat_map(|(_, bound)| bound).collect()))
    }

    /// The conditions that facets make: the one of the fewest facts leads, or what all have in common, where that is
    /// the shorter way. Else the list is walked in its order, which the signs before columns see to.
    fn facet_conditions(&self, filter: &Filter, reach: u64) -> rusqlite::Result<Vec<Condition>> {
        let facets = &filter.facets;
        let totals = facets.iter().map(|(facet, values)| self.facet_total(facet, values));
        let totals = totals.collect::<rusqlite::Result<Vec<u64>>>()?;
        let Some((least, own)) = totals.iter().enumerate().min_by_key(|(_, total)| **total) else {
            return Ok(Vec::new());
        };
        let whole = self.known_total(&Filter::default())?.unwrap_or_default();
        let likely = self.likely(facets, least, *own)?;
        if facets.len() > 1 && *own > FEW && likely <= FEW {
            let (sql, bound): (Vec<_>, Vec<_>) = facets.iter().map(rows_of).unzip();
            return Ok(vec![(format!("row IN ({})", sql.join(" INTERSECT ")), bound.concat())]);
        }
        let leads = *own <= FEW || *own <= MANY && 2 * own < filter.walk(whole, likely, reach);
        let conditions = facets.iter().enumerate().map(|(at, facet)| {
            let (name, values) = facet;
            if leads && at == least {
                let (sql, bound) = rows_of(facet);
                (format!("row IN ({sql})"), bound)
            } else if COLUMNS.contains(&name.as_str()) {
                (format!("+{name} IN ({})", marks(values.len())), named(name, values).split_off(1))
            } else {
                let (sql, bound) = rows_of(facet);
                (format!("EXISTS ({sql} AND fact = +row)"), bound)
            }
        });
        Ok(conditions.collect())
    }

    /// How many facts are likely to have all facets: told by the first ones of the facet that the fewest have.
    fn likely(
        &self,
        facets: &[(String, Vec<String>)],
        least: usize,
        own: u64,
    ) -> rusqlite::Result<u64> {
        if facets.len() < 2 || own <= FEW {
            return Ok(own);
        }
        let (first, mut bound) = rows_of(&facets[least]);
        let mut sql = format!("SELECT count(*) FROM ({first} LIMIT {ASKED}) AS asked WHERE 1");
        for (_, facet) in facets.iter().enumerate().filter(|(at, _)| *at != least) {
            let (rows, named) = rows_of(facet);
            sql.push_str(&format!(" AND EXISTS ({rows} AND fact_facets.fact = asked.fact)"));
            bound.extend(named);
        }
        let fit: u64 =
            self.db.prepare_cached(&sql)?.query_row(params_from_iter(bound), |row| row.get(0))?;
        Ok(own * (fit + 1) / ASKED)
    }

    /// The most frequent values of facets among the facts of a filter, `most` of each; without numbers where
    /// the facts are too many to count.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facets(
        &self,
        filter: &Filter,
        counted: &Counted,
        names: &[&str],
        most: usize,
    ) -> rusqlite::Result<Vec<FacetValue>> {
        let Some(rows) = &counted.rows else {
            let mut found = Vec::new();
            for name in names {
                found.extend(self.facet_values(name, most)?);
            }
            // Of a part that is too large to count, what the whole has is offered without numbers.
            let whole = filter.facets.is_empty() && self.known_total(filter)?.is_some();
            found.iter_mut().filter(|_| !whole).for_each(|value| value.count = 0);
            return Ok(found);
        };
        let sql = format!(
            "SELECT facets.facet, facets.value, label, count(*) FROM json_each(?) AS chosen \
             CROSS JOIN fact_facets ON fact_facets.fact = chosen.value CROSS JOIN facets ON facets.id = fact_facets.facet \
             WHERE facets.facet IN ({}) GROUP BY facets.id ORDER BY 4 DESC, label, facets.value",
            marks(names.len())
        );
        let rows = serde_json::to_string(rows).unwrap_or_default();
        let bound = [rows.as_str()].into_iter().chain(names.iter().copied());
        let mut statement = self.db.prepare_cached(&sql)?;
        let (mut found, mut counts) = (Vec::new(), BTreeMap::<String, usize>::new());
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
}
