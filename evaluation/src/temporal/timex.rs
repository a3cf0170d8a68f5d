//! Periods in the form of TimeML: a class and a value.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use atalaya_facts::Cited;
use atalaya_facts::value::period::{Kind, Period, Precision};

type Tables = BTreeMap<String, BTreeMap<String, String>>;

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("timex.toml")).expect("the file is ours"));

/// TimeML annotates the ends of a range, not the range.
pub(super) fn parts(period: &Cited<Period>) -> Vec<&Cited<Period>> {
    if period.value.ends.is_empty() { vec![period] } else { period.value.ends.iter().collect() }
}

/// The class and value of a period.
pub(super) fn value(period: &Period) -> (&'static str, String) {
    match period.kind {
        Kind::Duration => return ("DURATION", period.edtf.clone()),
        Kind::Set => return ("SET", period.edtf.clone()),
        Kind::When => {}
    }
    if let Some(length) = &period.length {
        return ("DURATION", length.clone());
    }
    let date = date(period);
    match period.daypart {
        _ if date.contains('T') => ("TIME", date),
        Some(part) => ("TIME", date + &name("daypart", &format!("{part:?}").to_lowercase())),
        None => ("DATE", date),
    }
}

fn date(period: &Period) -> String {
    let edtf = period.edtf.trim_end_matches('~');
    let named = |table: &str| match edtf.rsplit_once('-') {
        Some((year, number)) => format!("{year}-{}", name(table, number)),
        None => edtf.to_owned(),
    };
    match period.precision {
        Precision::Order(order) => name("order", &format!("{order:?}").to_lowercase()),
        Precision::Season => named("season"),
        Precision::Quarter => named("quarter"),
        Precision::Half => named("half"),
        Precision::Decade | Precision::Century => edtf.trim_end_matches('X').to_owned(),
        Precision::Week | Precision::Weekend => {
            let Some(week) = period.first.map(atalaya_facts::value::period::Date::iso_week_date)
            else {
                return edtf.to_owned();
            };
            let end = if period.precision == Precision::Weekend { "-WE" } else { "" };
            format!("{:04}-W{:02}{end}", week.year(), week.week())
        }
        _ => edtf.to_owned(),
    }
}

fn name(table: &str, key: &str) -> String {
    TABLES.get(table).and_then(|table| table.get(key)).cloned().unwrap_or_else(|| key.to_owned())
}
