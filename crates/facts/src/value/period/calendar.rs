//! Stretches of the calendar: their first and last days, their neighbours, and their EDTF form.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Precision;

/// A stretch of the calendar that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By its Saturday.
    Weekend(Date),
    Month(i16, i8),
    /// Year and number, from 1.
    Quarter(i16, i8),
    /// Year and number, 1 or 2.
    Half(i16, i8),
    /// Year and number: spring is 1, winter 4. A winter counts to the year it begins in.
    Season(i16, i8),
    Year(i16),
    /// By its first year.
    Decade(i16),
    /// By its first year as counted by its figures: 1900 for the twentieth.
    Century(i16),
}

/// The units of the calendar and of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// How many it holds of what ISO 8601 has a letter for, and that letter's place.
    pub(crate) fn iso(self) -> (f64, &'static str) {
        match self {
            Unit::Second => (1.0, "TS"),
            Unit::Minute => (1.0, "TM"),
            Unit::Hour => (1.0, "TH"),
            Unit::Day => (1.0, "D"),
            Unit::Weekend => (2.0, "D"),
            Unit::Week => (1.0, "W"),
            Unit::Fortnight => (2.0, "W"),
            Unit::Month => (1.0, "M"),
            Unit::Quarter | Unit::Season => (3.0, "M"),
            Unit::Half => (6.0, "M"),
            Unit::Year => (1.0, "Y"),
            Unit::Decade => (10.0, "Y"),
            Unit::Century => (100.0, "Y"),
        }
    }

    /// The stretch of this unit that holds a day; none for the units of the clock.
    pub(crate) fn around(self, day: Date) -> Option<Stretch> {
        let year = day.year();
        Some(match self {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Stretch::Day(day),
            Unit::Weekend => Stretch::Weekend(days(monday(day)?, 5)?),
            Unit::Week | Unit::Fortnight => Stretch::Week(monday(day)?),
            Unit::Month => Stretch::Month(year, day.month()),
            Unit::Quarter => Stretch::Quarter(year, (day.month() - 1) / 3 + 1),
            Unit::Half => Stretch::Half(year, (day.month() - 1) / 6 + 1),
            Unit::Season => match day.month() {
                1 | 2 => Stretch::Season(year - 1, 4),
                month => Stretch::Season(year, month / 3),
            },
            Unit::Year => Stretch::Year(year),
            Unit::Decade => Stretch::Decade(year.div_euclid(10) * 10),
            Unit::Century => Stretch::Century(year.div_euclid(100) * 100),
        })
    }
}

impl Stretch {
    /// The stretch of its own kind that lies so many further on; none beyond the years ±9999.
    pub(crate) fn shift(self, by: i32) -> Option<Stretch> {
        let turn = |year: i16, number: i8, of: i32| {
            let count = (i32::from(year) * of + i32::from(number) - 1).checked_add(by)?;
            let year = i16::try_from(count.div_euclid(of)).ok()?;
            Some((year, (count.rem_euclid(of) + 1) as i8))
        };
        let year = |year: i16, of: i32| {
            i16::try_from(i32::from(year).checked_add(by.checked_mul(of)?)?).ok()
        };
        let moved = match self {
            Stretch::Day(day) => Stretch::Day(days(day, by)?),
            Stretch::Week(day) => Stretch::Week(days(day, by.checked_mul(7)?)?),
            Stretch::Weekend(day) => Stretch::Weekend(days(day, by.checked_mul(7)?)?),
            Stretch::Month(y, m) => turn(y, m, 12).map(|(y, m)| Stretch::Month(y, m))?,
            Stretch::Quarter(y, q) => turn(y, q, 4).map(|(y, q)| Stretch::Quarter(y, q))?,
            Stretch::Half(y, h) => turn(y, h, 2).map(|(y, h)| Stretch::Half(y, h))?,
            Stretch::Season(y, s) => turn(y, s, 4).map(|(y, s)| Stretch::Season(y, s))?,
            Stretch::Year(y) => Stretch::Year(year(y, 1)?),
            Stretch::Decade(y) => Stretch::Decade(year(y, 10)?),
            Stretch::Century(y) => Stretch::Century(year(y, 100)?),
        };
        moved.year().is_some_and(|year| (-9999..=9999).contains(&year)).then_some(moved)
    }

    /// Its first day; none for a season, whose bounds differ from place to place.
    pub(crate) fn first(self) -> Option<Date> {
        match self {
            Stretch::Day(day) | Stretch::Week(day) | Stretch::Weekend(day) => Some(day),
            Stretch::Month(year, month) => Date::new(year, month, 1).ok(),
            Stretch::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Stretch::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Stretch::Season(..) => None,
            Stretch::Year(y) | Stretch::Decade(y) | Stretch::Century(y) => Date::new(y, 1, 1).ok(),
        }
    }

    /// Its last day; none for a season.
    pub(crate) fn last(self) -> Option<Date> {
        match self {
            Stretch::Day(day) => Some(day),
            Stretch::Week(day) => days(day, 6),
            Stretch::Weekend(day) => days(day, 1),
            Stretch::Season(..) => None,
            other => days(other.shift(1)?.first()?, -1),
        }
    }

    /// The year it counts to.
    pub(crate) fn year(self) -> Option<i16> {
        match self {
            Stretch::Day(day) | Stretch::Week(day) | Stretch::Weekend(day) => Some(day.year()),
            Stretch::Month(year, _)
            | Stretch::Quarter(year, _)
            | Stretch::Half(year, _)
            | Stretch::Season(year, _)
            | Stretch::Year(year)
            | Stretch::Decade(year)
            | Stretch::Century(year) => Some(year),
        }
    }

    /// Its form in ISO 8601-2. Weeks and weekends, which it has no name for, are intervals.
    pub(crate) fn edtf(self) -> String {
        match self {
            Stretch::Day(day) => day.to_string(),
            Stretch::Week(day) | Stretch::Weekend(day) => {
                self.last().map_or_else(|| day.to_string(), |last| format!("{day}/{last}"))
            }
            Stretch::Month(year, month) => format!("{}-{month:02}", four(year)),
            Stretch::Quarter(year, quarter) => format!("{}-{}", four(year), quarter + 32),
            Stretch::Half(year, half) => format!("{}-{}", four(year), half + 39),
            Stretch::Season(year, season) => format!("{}-{}", four(year), season + 20),
            Stretch::Year(year) => four(year),
            Stretch::Decade(year) => format!("{:03}X", year / 10),
            Stretch::Century(year) => format!("{:02}XX", year / 100),
        }
    }

    pub(crate) fn precision(self) -> Precision {
        match self {
            Stretch::Day(_) => Precision::Day,
            Stretch::Week(_) => Precision::Week,
            Stretch::Weekend(_) => Precision::Weekend,
            Stretch::Month(..) => Precision::Month,
            Stretch::Quarter(..) => Precision::Quarter,
            Stretch::Half(..) => Precision::Half,
            Stretch::Season(..) => Precision::Season,
            Stretch::Year(_) => Precision::Year,
            Stretch::Decade(_) => Precision::Decade,
            Stretch::Century(_) => Precision::Century,
        }
    }
}

/// A day so many days on.
pub(crate) fn days(day: Date, by: i32) -> Option<Date> {
    day.checked_add(by.days()).ok()
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Date) -> Option<Date> {
    days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// The so-manieth of a weekday in a month, from the end if negative.
pub(crate) fn nth_weekday(year: i16, month: i8, nth: i8, weekday: Weekday) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// Easter Sunday of the Western churches, by the anonymous Gregorian algorithm.
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// A year in at least four figures.
fn four(year: i16) -> String {
    if year < 0 { format!("-{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn stretches_move_and_end() {
        let month = Stretch::Month(2024, 2);
        assert_eq!(month.last(), Some(date(2024, 2, 29)));
        assert_eq!(month.shift(-2), Some(Stretch::Month(2023, 12)));
        assert_eq!(Stretch::Quarter(2024, 1).shift(-1), Some(Stretch::Quarter(2023, 4)));
        assert_eq!(Stretch::Decade(1990).edtf(), "199X");
        assert_eq!(Stretch::Century(1900).edtf(), "19XX");
        assert_eq!(Stretch::Season(2024, 2).edtf(), "2024-22");
        assert_eq!(Stretch::Year(9999).shift(1), None);
        assert_eq!(Stretch::Year(0).shift(i32::MIN), None);
        assert_eq!(Unit::Week.around(date(2024, 7, 14)), Some(Stretch::Week(date(2024, 7, 8))));
    }

    #[test]
    fn easter_falls_where_almanacs_have_it() {
        for (year, month, day) in [(1961, 4, 2), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }
}
