//! A table that the user holds, set beside the room's figures of one measure.

use std::io::Read;

use atalaya_facts::Pack;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::export::Entry;
use crate::picture::Fact;
use crate::store::Store;

/// A row of the user's table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The time, as it is written.
    pub when: String,
    /// The first and last day of that time.
    #[serde(serialize_with = "held_days")]
    pub days: [Date; 2],
    /// The place, where the table has them.
    pub place: Option<String>,
    /// The number.
    pub value: f64,
}

/// A figure that reports tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its fact.
    pub fact: String,
    /// How it is told.
    pub caption: String,
    /// The least and most that it can mean; no most where it is told as "more than".
    pub bounds: [Option<f64>; 2],
    /// The first and last day of the time it counts over, where both are told.
    #[serde(serialize_with = "told_days")]
    pub days: Option<[Date; 2]>,
    /// The names of the places it counts over.
    pub places: Vec<String>,
    /// Who tells it.
    pub sources: Vec<String>,
    /// How many independent origins.
    pub origins: usize,
    /// The words of its first telling.
    pub passage: String,
}

fn held_days<S: Serializer>(days: &[Date; 2], to: S) -> Result<S::Ok, S::Error> {
    days.map(|day| day.to_string()).serialize(to)
}

fn told_days<S: Serializer>(days: &Option<[Date; 2]>, to: S) -> Result<S::Ok, S::Error> {
    days.map(|days| days.map(|day| day.to_string())).serialize(to)
}

/// How a figure stands to the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The table's number is what is told, or within its bounds.
    Agrees,
    /// It is another.
    Differs,
    /// The table has no row, and no rows together, of the figure's time.
    OtherPeriod,
    /// The table has no row of the figure's place.
    OtherPopulation,
    /// The figure's time is not told.
    NoPeriod,
    /// The figure's place is not told, and the table has several.
    NoPlace,
}

impl Standing {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Agrees => "agrees",
            Standing::Differs => "differs",
            Standing::OtherPeriod => "other period",
            Standing::OtherPopulation => "other population",
            Standing::NoPeriod => "no period told",
            Standing::NoPlace => "no place told",
        }
    }
}

/// A figure beside the rows of the table that count the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The figure.
    pub figure: Figure,
    /// How it stands to the table.
    pub standing: Standing,
    /// The lines of the rows that count the same; several are summed.
    pub lines: Vec<u64>,
    /// The table's number: the row's, or the rows' sum.
    pub held: Option<f64>,
    /// What is told less what is held: from the nearer bound of the figure.
    pub by: Option<f64>,
    /// The same in hundredths of what is held.
    pub percent: Option<f64>,
    /// Whether the place was taken for the same because the report names none.
    pub place_not_told: bool,
}

/// A table beside the room's figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// The table.
    pub held: Vec<Held>,
    /// The figures, those that agree first, then in the order of their times.
    pub figures: Vec<Compared>,
}

/// Sets figures beside a table. It depends on nothing else.
pub fn compare(held: Vec<Held>, figures: Vec<Figure>) -> Comparison {
    let mut figures: Vec<Compared> =
        figures.into_iter().map(|figure| beside(&held, figure)).collect();
    figures.sort_by(|a, b| {
        let key = |it: &Compared| (it.standing, it.figure.days, it.figure.fact.clone());
        key(a).cmp(&key(b))
    });
    Comparison { held, figures }
}

fn beside(held: &[Held], figure: Figure) -> Compared {
    let apart = |figure, standing, place_not_told| Compared {
        figure,
        standing,
        lines: Vec::new(),
        held: None,
        by: None,
        percent: None,
        place_not_told,
    };
    let place_not_told = figure.places.is_empty() && held.iter().any(|row| row.place.is_some());
    let here: Vec<&Held> = held.iter().filter(|row| is_of(row, &figure)).collect();
    if here.is_empty() {
        return apart(figure, Standing::OtherPopulation, place_not_told);
    }
    if here.iter().any(|row| row.place != here[0].place) {
        return apart(figure, Standing::NoPlace, place_not_told);
    }
    let Some(days) = figure.days else {
        return apart(figure, Standing::NoPeriod, place_not_told);
    };
    let Some(rows) = rows_of(&here, days) else {
        return apart(figure, Standing::OtherPeriod, place_not_told);
    };
    let sum: f64 = rows.iter().map(|row| row.value).sum();
    let by = distance(figure.bounds, sum);
    Compared {
        figure,
        standing: if by == 0.0 { Standing::Agrees } else { Standing::Differs },
        lines: rows.iter().map(|row| row.line).collect(),
        held: Some(sum),
        by: Some(by),
        percent: (sum != 0.0).then(|| by / sum * 100.0),
        place_not_told,
    }
}

/// Whether a row counts the figure's population, as far as either tells a place.
fn is_of(row: &Held, figure: &Figure) -> bool {
    let Some(place) = &row.place else { return true };
    let place = place.to_lowercase();
    figure.places.is_empty() || figure.places.iter().any(|own| own.to_lowercase() == place)
}

/// The row of just these days; else the rows that follow each other and fill them together.
fn rows_of<'h>(here: &[&'h Held], [first, last]: [Date; 2]) -> Option<Vec<&'h Held>> {
    let mut rows = here.to_vec();
    if let Some(row) = rows.iter().find(|row| row.days == [first, last]) {
        return Some(vec![row]);
    }
    rows.retain(|row| row.days[0] >= first && row.days[1] <= last);
    rows.sort_by_key(|row| row.days);
    let follow = rows.windows(2).all(|two| two[0].days[1].tomorrow().ok() == Some(two[1].days[0]));
    let fill = rows.first()?.days[0] == first && rows.last()?.days[1] == last;
    (follow && fill).then_some(rows)
}

/// What is told less what is held: nothing if that lies within the figure's bounds.
fn distance([low, high]: [Option<f64>; 2], held: f64) -> f64 {
    match (low, high) {
        (Some(low), _) if held < low => low - held,
        (_, Some(high)) if held > high => high - held,
        _ => 0.0,
    }
}

/// The columns of a table that tell the time, the number, and the place if there is one.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Columns {
    pub when: String,
    pub value: String,
    pub place: Option<String>,
}

/// The rows of a table with a heading over each column.
///
/// # Errors
/// What is wrong with the table, with its line.
pub fn read(table: impl Read, columns: &Columns) -> Result<Vec<Held>, String> {
    let wrong = |error: csv::Error| error.to_string();
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table);
    let headings = reader.headers().map_err(wrong)?.clone();
    let (when, value) = (place_of(&headings, &columns.when)?, place_of(&headings, &columns.value)?);
    let place = columns.place.as_deref().map(|name| place_of(&headings, name)).transpose()?;
    let mut held = Vec::new();
    for row in reader.records() {
        let row = row.map_err(wrong)?;
        let line = row.position().map_or(0, csv::Position::line);
        let text = |column: usize| row.get(column).unwrap_or_default();
        // A table may have rows without a number: what is not there is not compared.
        if text(value).is_empty() {
            continue;
        }
        let told = |what: &str, text: &str| format!("line {line}: {text:?} is no {what}");
        held.push(Held {
            line,
            when: text(when).to_owned(),
            days: days(text(when))
                .ok_or_else(|| told("year, month or day such as 2024-03", text(when)))?,
            place: place.map(|place| text(place).to_owned()).filter(|place| !place.is_empty()),
            value: number(text(value)).ok_or_else(|| told("number", text(value)))?,
        });
    }
    Ok(held)
}

/// The place of a column among the headings.
fn place_of(headings: &csv::StringRecord, name: &str) -> Result<usize, String> {
    let bare = |heading: &str| heading.trim_start_matches('\u{FEFF}').to_owned();
    let known: Vec<String> = headings.iter().map(bare).collect();
    let found = known.iter().position(|heading| heading == name);
    found.ok_or_else(|| format!("there is no column {name}; there are: {}", known.join(", ")))
}

/// The room's figures of a measure.
///
/// # Errors
/// SQLite's.
pub fn figures(store: &Store, pack: &Pack, measure: &str) -> rusqlite::Result<Vec<Figure>> {
    let own = store.own_claims()?;
    let mut figures = Vec::new();
    store.each_fact(|value| {
        let Ok(fact) = serde_json::from_value::<Fact>(value) else { return Ok(()) };
        if fact.family == "figure" {
            let entry = Entry::of(pack, store, fact, &own)?;
            figures.extend(figure(&entry, measure));
        }
        Ok::<_, rusqlite::Error>(())
    })?;
    Ok(figures)
}

/// The figure that a fact tells, if it is of a measure: its words hold those of the measure.
pub fn figure(entry: &Entry<'_>, measure: &str) -> Option<Figure> {
    let fact = &entry.fact;
    if fact.family != "figure" || !entry.is_done() {
        return None;
    }
    let value = entry.typed(entry.settled("value").next()?)?;
    let mut words = entry.words("measure").to_lowercase();
    words.push(' ');
    words.push_str(value["of"].as_str().unwrap_or_default());
    if !words.contains(&measure.trim().to_lowercase()) {
        return None;
    }
    let bounds = [value["low"].as_f64(), value["high"].as_f64()];
    if bounds == [None, None] {
        return None;
    }
    let mut places: Vec<String> = entry.settled("where").map(|role| role.value.clone()).collect();
    places.extend(entry.spot().map(|spot| spot.name));
    // "Ecuador recorded …": the country that counts is the place that is counted.
    let countries = entry.actors.values().filter(|who| who.sort == "place");
    places.extend(countries.map(|who| who.name.clone()));
    places.sort();
    places.dedup();
    Some(Figure {
        fact: fact.id.clone(),
        caption: fact.caption.clone(),
        bounds,
        days: entry.days(),
        places,
        sources: entry.sources(),
        origins: fact.origins,
        passage: entry.tellings.first().map(crate::export::Telling::sentence).unwrap_or_default(),
    })
}

/// The first and last day of a year, month or day: `2024`, `2024-03`, `2024-03-09`.
pub fn days(when: &str) -> Option<[Date; 2]> {
    let when = when.trim();
    let parts: Vec<&str> = when.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match lengths[..] {
        [4] => Some([format!("{when}-01-01").parse().ok()?, format!("{when}-12-31").parse().ok()?]),
        [4, 2] => {
            let first: Date = format!("{when}-01").parse().ok()?;
            Some([first, first.last_of_month()])
        }
        [4, 2, 2] => when.parse().ok().map(|day| [day, day]),
        _ => None,
    }
}

/// A number as tables have them: `6958`, `6,958`, `12.5`.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let whole = text.split('.').next()?;
    let groups: Vec<&str> = whole.split(',').collect();
    let well_set = groups.len() == 1
        || (1..=3).contains(&groups[0].trim_start_matches('-').len())
            && groups[1..].iter().all(|group| group.len() == 3);
    let number: f64 = well_set.then(|| text.replace(',', "").parse().ok())??;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(rows: &[(&str, Option<&str>, f64)]) -> Vec<Held> {
        let row = |(line, (when, place, value)): (usize, &(&str, Option<&str>, f64))| Held {
            line: line as u64 + 2,
            when: (*when).to_owned(),
            days: days(when).unwrap(),
            place: place.map(str::to_owned),
            value: *value,
        };
        rows.iter().enumerate().map(row).collect()
    }

    fn told(low: f64, high: Option<f64>, when: Option<&str>, places: &[&str]) -> Figure {
        Figure {
            fact: "f".to_owned(),
            caption: String::new(),
            bounds: [Some(low), high],
            days: when.and_then(days),
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            sources: Vec::new(),
            origins: 1,
            passage: String::new(),
        }
    }

    fn one(rows: &[(&str, Option<&str>, f64)], figure: Figure) -> Compared {
        compare(held(rows), vec![figure]).figures.remove(0)
    }

    #[test]
    fn what_counts_the_same_agrees_or_differs_by_so_much() {
        let rows = [("2024", None, 200.0)];
        assert_eq!(
            one(&rows, told(200.0, Some(200.0), Some("2024"), &[])).standing,
            Standing::Agrees
        );
        assert_eq!(one(&rows, told(150.0, None, Some("2024"), &[])).standing, Standing::Agrees);
        let more = one(&rows, told(210.0, None, Some("2024"), &[]));
        assert_eq!(
            (more.standing, more.by, more.percent),
            (Standing::Differs, Some(10.0), Some(5.0))
        );
        assert_eq!(one(&rows, told(150.0, Some(180.0), Some("2024"), &[])).by, Some(-20.0));
    }

    #[test]
    fn months_are_summed_only_where_they_fill_the_time() {
        let rows = [("2024-02", None, 2.0), ("2024-01", None, 1.0), ("2024-03", None, 3.0)];
        let quarter = Figure {
            days: Some(["2024-01-01".parse().unwrap(), "2024-03-31".parse().unwrap()]),
            ..told(6.0, Some(6.0), None, &[])
        };
        let summed = one(&rows, quarter.clone());
        assert_eq!((summed.standing, summed.lines), (Standing::Agrees, vec![3, 2, 4]));
        assert_eq!(one(&rows[..1], quarter.clone()).standing, Standing::OtherPeriod);
        let gap = [("2024-01", None, 1.0), ("2024-03", None, 3.0)];
        assert_eq!(one(&gap, quarter).standing, Standing::OtherPeriod);
        assert_eq!(one(&rows, told(6.0, None, None, &[])).standing, Standing::NoPeriod);
    }

    #[test]
    fn another_place_is_another_population() {
        let rows = [("2024", Some("Guayas"), 10.0), ("2024", Some("Ecuador"), 40.0)];
        let standing = |places: &[&str]| one(&rows, told(40.0, Some(40.0), Some("2024"), places));
        assert_eq!(standing(&["ecuador"]).standing, Standing::Agrees);
        assert_eq!(standing(&["Manabí"]).standing, Standing::OtherPopulation);
        // Which of two places is meant cannot be told.
        assert_eq!(standing(&[]).standing, Standing::NoPlace);
        let alone = one(&rows[1..], told(40.0, Some(40.0), Some("2024"), &[]));
        assert!(alone.place_not_told && alone.standing == Standing::Agrees);
    }

    #[test]
    fn times_and_numbers_are_read_or_refused() {
        assert_eq!(days("2024-02").unwrap()[1].to_string(), "2024-02-29");
        assert_eq!(days("2024-13"), None);
        assert_eq!(days("March"), None);
        assert_eq!(number("6,958"), Some(6958.0));
        assert_eq!(number("12.5"), Some(12.5));
        for wrong in ["6,95", "", "n/a", "1e999", "1,2,3"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
