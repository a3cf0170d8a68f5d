//! What words say of a time, before it is known what they are reckoned from.

use std::rc::Rc;

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Stretch, Unit};
use super::chart::{Match, Taken};
use super::words::{Bounds, Holiday, Means, Pattern, Sense, Words};
use super::{Daypart, Order, Part};

/// A number of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Exact(f64),
    Vague,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    pub(crate) number: Number,
    pub(crate) unit: Unit,
    pub(crate) approximate: bool,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) hour: Option<i8>,
    pub(crate) minute: Option<i8>,
    pub(crate) daypart: Option<Daypart>,
}

/// What has a place in each year or week by its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Year,
    /// From Monday, 0.
    Weekday(i8),
    Day(i8, i8),
    /// A day of some month.
    Numbered(i8),
    Month(i8),
    Quarter(i8),
    Half(i8),
    Season(i8),
    Holiday(usize),
    /// By its first year; a decade without its century has only its tens.
    Decade(i16),
    Century(i16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    Given(i16),
    /// So many years from that of publication.
    Away(i32),
}

/// A name's place in the calendar, as far as the words settle it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub(crate) named: Named,
    pub(crate) year: Option<Year>,
    /// The last (-1), this (0), the next (1).
    pub(crate) offset: Option<i32>,
    /// The day's weekday, from Monday, 0.
    pub(crate) weekday: Option<i8>,
    pub(crate) fiscal: bool,
    /// Whether it is reckoned from a time in the text.
    pub(crate) text: bool,
}

impl Calendar {
    /// A name with or without its year, and nothing else.
    pub(crate) fn new(named: Named, year: Option<i16>) -> Calendar {
        let year = year.map(Year::Given);
        Calendar { named, year, offset: None, weekday: None, fiscal: false, text: false }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Meaning {
    Amount(Amount),
    Clock(Time),
    Calendar(Calendar),
    Days {
        month: i8,
        from: i8,
        to: i8,
        year: Option<i16>,
    },
    /// Day and month in an unknown order.
    Slashes {
        one: i8,
        other: i8,
        year: i16,
    },
    Unit {
        unit: Unit,
        offset: i32,
        text: bool,
        fiscal: bool,
    },
    Shift {
        amount: Amount,
        sign: i32,
        text: bool,
        from: Option<Rc<Meaning>>,
    },
    Stretch {
        amount: Amount,
        sign: i32,
    },
    Lasting(Amount),
    /// Again and again: the unit or amount between, or the day or month.
    Every {
        amount: Option<Amount>,
        named: Option<Named>,
        daypart: Option<Daypart>,
    },
    Order(Order),
    Part {
        of: Rc<Meaning>,
        part: Option<Part>,
        approximate: bool,
    },
    At {
        day: Rc<Meaning>,
        time: Time,
    },
    Around {
        unit: Unit,
        of: Rc<Meaning>,
    },
    Range {
        from: Option<Match>,
        to: Option<Match>,
    },
    Nothing,
}

/// What a pattern means with what its slots took; none if it can't be, as the 31st of June can't.
pub(crate) fn meaning(words: &Words, pattern: &Pattern, taken: &[Taken]) -> Option<Meaning> {
    let unit = pattern.unit.or_else(|| unit(taken));
    let inner = || inner(taken).next();
    Some(match pattern.means {
        Means::Amount => Meaning::Amount(amount(pattern, taken)?),
        Means::Clock => Meaning::Clock(time(pattern, taken)?),
        Means::Calendar => calendar(words, pattern, taken)?,
        Means::Days => {
            let days: Vec<i8> = taken.iter().filter_map(day).collect();
            let [from, to] = days[..] else { return None };
            let month = month(taken)?;
            (from < to && Date::new(2000, month, to).is_ok()).then_some(())?;
            Meaning::Days { month, from, to, year: given(taken) }
        }
        Means::Slashes => slashes(taken)?,
        Means::Unit => Meaning::Unit {
            unit: unit?,
            offset: pattern.offset?,
            text: pattern.text,
            fiscal: pattern.fiscal,
        },
        Means::Shift => Meaning::Shift {
            amount: nested_amount(pattern, taken)?,
            sign: pattern.offset?,
            text: pattern.text,
            from: point(taken),
        },
        Means::Stretch => {
            Meaning::Stretch { amount: nested_amount(pattern, taken)?, sign: pattern.offset? }
        }
        Means::Lasting => Meaning::Lasting(nested_amount(pattern, taken)?),
        Means::Every => Meaning::Every {
            amount: nested_amount(pattern, taken),
            named: named(words, pattern, taken),
            daypart: pattern.daypart.or_else(|| daypart(taken)),
        },
        Means::Order => Meaning::Order(pattern.order?),
        Means::Part => Meaning::Part {
            of: point(taken)?,
            part: pattern.part,
            approximate: pattern.approximate,
        },
        Means::At => {
            let near = |offset| {
                Rc::new(Meaning::Unit { unit: Unit::Day, offset, text: false, fiscal: false })
            };
            let day = point(taken).or(pattern.offset.map(near))?;
            Meaning::At { day, time: time(pattern, taken)? }
        }
        Means::Same => (*inner()?.meaning).clone(),
        Means::Around => Meaning::Around { unit: unit?, of: point(taken)? },
        Means::Range => {
            let mut ends = self::inner(taken).cloned();
            match pattern.bounds? {
                Bounds::Both => Meaning::Range { from: ends.next(), to: ends.next() },
                Bounds::From => Meaning::Range { from: ends.next(), to: None },
                Bounds::To => Meaning::Range { from: None, to: ends.next() },
            }
        }
        Means::Nothing => Meaning::Nothing,
    })
}

fn calendar(words: &Words, pattern: &Pattern, taken: &[Taken]) -> Option<Meaning> {
    let given = given(taken);
    let named = named(words, pattern, taken).or(given.map(|_| Named::Year))?;
    if let Named::Day(month, day) = named {
        Date::new(given.unwrap_or(2000), month, day).ok()?;
    }
    let weekday = taken.iter().find_map(|taken| match taken {
        Taken::Sense(Sense::Weekday(day)) => Some(*day),
        _ => None,
    });
    Some(Meaning::Calendar(Calendar {
        named,
        year: given.map(Year::Given).or(pattern.year.map(Year::Away)),
        offset: pattern.offset,
        weekday,
        fiscal: pattern.fiscal,
        text: pattern.text,
    }))
}

/// What is named most closely: a day of a month before the month.
fn named(words: &Words, pattern: &Pattern, taken: &[Taken]) -> Option<Named> {
    let day = taken.iter().find_map(day);
    let number = taken.iter().find_map(|taken| match taken {
        Taken::Sense(Sense::Ordinal(number)) | Taken::Figures(number) => i8::try_from(*number).ok(),
        Taken::Number(Number::Exact(number)) if *number < 100.0 => Some(*number as i8),
        _ => None,
    });
    match (month(taken), day) {
        (Some(month), Some(day)) => return Some(Named::Day(month, day)),
        (Some(month), None) => return Some(Named::Month(month)),
        (None, Some(day)) => return Some(Named::Numbered(day)),
        (None, None) => {}
    }
    match pattern.unit {
        Some(Unit::Quarter) => return number.filter(|n| (1..=4).contains(n)).map(Named::Quarter),
        Some(Unit::Half) => return number.filter(|n| (1..=2).contains(n)).map(Named::Half),
        Some(Unit::Century) => {
            let number = number.filter(|n| (1..=30).contains(n))?;
            return Some(Named::Century((i16::from(number) - 1) * 100));
        }
        Some(Unit::Decade) => {
            let short = taken.iter().find_map(|taken| match taken {
                Taken::Short(year) => Some(*year),
                Taken::Sense(Sense::Decade(tens)) => Some(*tens),
                _ => None,
            });
            let decade = given(taken).or(short)?;
            return (decade % 10 == 0).then_some(Named::Decade(decade));
        }
        _ => {}
    }
    taken.iter().find_map(|taken| match taken {
        Taken::Sense(Sense::Weekday(day) | Sense::Weekdays(day)) => Some(Named::Weekday(*day)),
        Taken::Sense(Sense::Season(season)) => Some(Named::Season(*season)),
        Taken::Sense(Sense::Holiday(index)) => {
            words.holidays.get(*index).map(|_| Named::Holiday(*index))
        }
        _ => None,
    })
}

fn slashes(taken: &[Taken]) -> Option<Meaning> {
    let figures = taken.iter().filter_map(|taken| match taken {
        Taken::Figures(number) => i8::try_from(*number).ok(),
        _ => None,
    });
    let short = |year: i16| if year < 50 { 2000 + year } else { 1900 + year };
    let years = taken.iter().find_map(|taken| match taken {
        Taken::Short(year) => Some(short(*year)),
        _ => None,
    });
    let year = given(taken).or(years)?;
    let [one, other] = figures.collect::<Vec<i8>>()[..] else { return None };
    if matches!(taken.first(), Some(Taken::Year(_))) {
        // From the year down, as in ISO 8601, nobody writes the day before the month.
        Date::new(year, one, other).ok()?;
        return Some(Meaning::Calendar(Calendar::new(Named::Day(one, other), Some(year))));
    }
    let stands = |month, day| Date::new(year, month, day).is_ok();
    (stands(one, other) || stands(other, one)).then_some(Meaning::Slashes { one, other, year })
}

fn time(pattern: &Pattern, taken: &[Taken]) -> Option<Time> {
    let nested = inner(taken).find_map(|inner| match &*inner.meaning {
        Meaning::Clock(time) => Some(*time),
        _ => None,
    });
    let daypart = pattern.daypart.or_else(|| daypart(taken));
    if let Some(time) = nested {
        return Some(Time { daypart: time.daypart.or(daypart), ..time });
    }
    let number = taken.iter().find_map(|taken| match taken {
        Taken::Figures(number) => i8::try_from(*number).ok(),
        Taken::Number(Number::Exact(number)) if *number <= 24.0 && number.fract() == 0.0 => {
            Some(*number as i8)
        }
        _ => None,
    });
    let minute = taken.iter().find_map(|taken| match taken {
        Taken::Minutes(number) => i8::try_from(*number).ok(),
        _ => None,
    });
    let hour = match (pattern.hour.or(number), pattern.half) {
        (Some(hour), Some(half)) if (1..=12).contains(&hour) => Some(hour % 12 + half),
        (Some(_), Some(_)) => return None,
        (Some(hour), None) if hour > 24 => return None,
        (hour, _) => hour,
    };
    (hour.is_some() || daypart.is_some()).then_some(Time { hour, minute, daypart })
}

fn amount(pattern: &Pattern, taken: &[Taken]) -> Option<Amount> {
    let number = taken.iter().find_map(|taken| match taken {
        Taken::Number(number) => Some(*number),
        _ => None,
    });
    let (number, unit) = match inner(taken).find_map(amount_of) {
        Some(amount) => (Some(amount.number), Some(amount.unit)),
        None => (number, None),
    };
    let number = match (number, pattern.number) {
        (Some(Number::Exact(number)), _) | (None, Some(number)) => {
            Number::Exact(number + pattern.plus)
        }
        (Some(Number::Vague) | None, _) => Number::Vague,
    };
    let unit = pattern.unit.or(unit).or_else(|| self::unit(taken))?;
    Some(Amount { number, unit, approximate: pattern.approximate })
}

/// The amount that a pattern of a later level has in it, or tells by itself.
fn nested_amount(pattern: &Pattern, taken: &[Taken]) -> Option<Amount> {
    inner(taken).find_map(amount_of).or_else(|| amount(pattern, taken))
}

fn amount_of(inner: &Match) -> Option<Amount> {
    match &*inner.meaning {
        Meaning::Amount(amount) => Some(*amount),
        _ => None,
    }
}

fn inner(taken: &[Taken]) -> impl Iterator<Item = &Match> {
    taken.iter().filter_map(|taken| match taken {
        Taken::Match(inner) => Some(inner),
        _ => None,
    })
}

/// The day, year, period that a pattern builds on.
fn point(taken: &[Taken]) -> Option<Rc<Meaning>> {
    inner(taken)
        .find(|inner| !matches!(*inner.meaning, Meaning::Clock(_) | Meaning::Amount(_)))
        .map(|inner| Rc::clone(&inner.meaning))
}

fn given(taken: &[Taken]) -> Option<i16> {
    taken.iter().find_map(|taken| if let Taken::Year(year) = taken { Some(*year) } else { None })
}

fn day(taken: &Taken) -> Option<i8> {
    if let Taken::Day(day) = taken { Some(*day) } else { None }
}

fn month(taken: &[Taken]) -> Option<i8> {
    let figures = |taken: &Taken| match taken {
        Taken::Sense(Sense::Month(month)) => Some(*month),
        _ => None,
    };
    taken.iter().find_map(figures)
}

fn unit(taken: &[Taken]) -> Option<Unit> {
    taken.iter().find_map(|taken| match taken {
        Taken::Sense(Sense::Unit(unit) | Sense::Units(unit)) => Some(*unit),
        _ => None,
    })
}

fn daypart(taken: &[Taken]) -> Option<Daypart> {
    taken.iter().find_map(|taken| match taken {
        Taken::Sense(Sense::Daypart(part)) => Some(*part),
        _ => None,
    })
}

impl Named {
    /// The stretch it names in a year; none for what no year settles.
    pub(crate) fn within(self, year: i16, holidays: &[Holiday]) -> Option<Stretch> {
        Some(match self {
            Named::Year => Stretch::Year(year),
            Named::Day(month, day) => Stretch::Day(Date::new(year, month, day).ok()?),
            Named::Month(month) => Stretch::Month(year, month),
            Named::Quarter(quarter) => Stretch::Quarter(year, quarter),
            Named::Half(half) => Stretch::Half(year, half),
            Named::Season(season) => Stretch::Season(year, season),
            Named::Holiday(index) => Stretch::Day(holidays.get(index)?.within(year)?),
            Named::Decade(decade) if decade >= 100 => Stretch::Decade(decade),
            Named::Century(century) => Stretch::Century(century),
            Named::Decade(_) | Named::Weekday(_) | Named::Numbered(_) => return None,
        })
    }
}

impl Holiday {
    /// Its day in a year.
    fn within(&self, year: i16) -> Option<Date> {
        if let Some((month, day)) = self.date {
            return Date::new(year, month, day).ok();
        }
        if let Some(after) = self.easter {
            return calendar::days(calendar::easter(year)?, after);
        }
        let (month, weekday, nth) = self.nth?;
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        calendar::nth_weekday(year, month, nth, weekday)
    }
}
