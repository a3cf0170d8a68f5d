//! From what words say to periods of the calendar, by the published date, the verb's tense, and
//! the times told before.

use atalaya_parse::Doc;
use jiff::civil::{Date, Weekday};

use super::calendar::{self, Stretch, Unit};
use super::chart::Match;
use super::lex::{Gap, Piece};
use super::meaning::{Amount, Calendar, Meaning, Named, Number, Time, Year};
use super::words::Words;
use super::{Anchor, Kind, Order, Part, Period, Precision, attach};
use crate::value::Cited;

/// What is known while a text's times are read in their order.
pub(crate) struct Resolver<'a> {
    words: &'a Words,
    doc: &'a Doc,
    pieces: &'a [Piece<'a>],
    published: Option<Date>,
    /// The last time of the calendar that was told.
    before: Option<Stretch>,
    /// Where the verb of the time at hand lies.
    direction: Option<Order>,
    /// The first piece of the time at hand.
    place: usize,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(
        words: &'a Words,
        doc: &'a Doc,
        pieces: &'a [Piece<'a>],
        published: Option<Date>,
    ) -> Resolver<'a> {
        Resolver { words, doc, pieces, published, before: None, direction: None, place: 0 }
    }

    /// The period that a match tells.
    pub(crate) fn period(&mut self, found: &Match) -> Option<Cited<Period>> {
        let span = self.pieces[found.start].span.start..self.pieces[found.end - 1].span.end;
        let head = attach::head(self.doc, &span);
        self.direction = head.and_then(|head| attach::direction(&self.words.tense, head));
        // What "that day" stands for is told in the same paragraph.
        let since = self.pieces.get(self.place + 1..=found.start).unwrap_or_default();
        if since.iter().any(|piece| piece.gap == Gap::Break) {
            self.before = None;
        }
        self.place = found.start;
        let mut period = self.value(&found.meaning)?;
        period.of = head.map(atalaya_parse::Token::index);
        Some(Cited::new(period, span))
    }

    fn value(&mut self, meaning: &Meaning) -> Option<Period> {
        Some(match meaning {
            Meaning::Calendar(calendar) => {
                let mut period = self.named(*calendar);
                if calendar.fiscal {
                    (period.first, period.last) = (None, None);
                }
                period
            }
            Meaning::Days { month, from, to, year } => self.days(*month, *from, *to, *year),
            Meaning::Slashes { one, other, year } => slashes(*one, *other, *year),
            Meaning::Unit { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => return None,
            Meaning::Unit { unit, offset, text, fiscal } => {
                let mut period = self.unit(*unit, *offset, *text);
                if *fiscal {
                    (period.first, period.last) = (None, None);
                }
                period
            }
            Meaning::Shift { amount, sign, text, from } => {
                self.shifted(*amount, *sign, *text, from.as_deref())
            }
            Meaning::Stretch { amount, sign } => self.stretch(*amount, *sign),
            Meaning::Lasting(amount) => length(Kind::Duration, *amount),
            Meaning::Every { amount, named, daypart } => {
                let mut period = match (amount, named) {
                    (Some(amount), _) => length(Kind::Set, *amount),
                    (None, Some(named)) => every(*named),
                    (None, None) => length(Kind::Set, one(Unit::Day)),
                };
                period.daypart = *daypart;
                period
            }
            // "He soon fled" is not ahead of us.
            Meaning::Order(Order::Future) if self.direction == Some(Order::Past) => return None,
            Meaning::Order(order) => self.order(*order),
            Meaning::Part { of, part, approximate } => {
                let mut period = self.value(of)?;
                self.narrow(&mut period, *part);
                period.approximate |= *approximate;
                if *approximate && !period.edtf.contains(['/', '~', '[']) {
                    period.edtf.push('~');
                }
                period
            }
            Meaning::At { day, time } => at(self.value(day)?, *time),
            Meaning::Clock(time) => self.clock(*time),
            Meaning::Around { unit, of } => {
                let of = self.value(of)?;
                let around = of.first.and_then(|day| unit.around(day));
                self.told(around, of.anchor).unwrap_or_else(|| unknown(*unit, of.anchor))
            }
            Meaning::Range { from, to } => self.range(from.as_ref(), to.as_ref())?,
            Meaning::Amount(_) | Meaning::Nothing => return None,
        })
    }

    /// A stretch as a period, remembered for what is reckoned from it.
    fn told(&mut self, stretch: Option<Stretch>, anchor: Anchor) -> Option<Period> {
        let stretch = stretch?;
        self.before = Some(stretch);
        Some(Period {
            edtf: stretch.edtf(),
            first: stretch.first(),
            last: stretch.last(),
            precision: stretch.precision(),
            anchor,
            ..blank(Kind::When)
        })
    }

    fn named(&mut self, calendar: Calendar) -> Period {
        let Calendar { named, year, offset, text, .. } = calendar;
        let holidays = &self.words.holidays;
        let published = self.published;
        let origin = if text { self.before.and_then(Stretch::first) } else { published };
        let own = match (named, year) {
            (_, Some(Year::Given(year))) => named.within(year, holidays).map(|s| (s, Anchor::None)),
            (Named::Decade(100..) | Named::Century(_), _) => {
                named.within(0, holidays).map(|stretch| (stretch, Anchor::None))
            }
            (Named::Decade(tens), _) => self.decade(tens).map(|s| (s, Anchor::Published)),
            (_, Some(Year::Away(by))) => {
                let year = origin.and_then(|day| Stretch::Year(day.year()).shift(by)?.year());
                let within = year.and_then(|year| named.within(year, holidays));
                within.map(|stretch| (stretch, Anchor::Published))
            }
            (Named::Day(..) | Named::Month(_) | Named::Season(_), None)
                if offset.is_none() && self.year_told(named).is_some() =>
            {
                let year = self.year_told(named);
                year.and_then(|year| named.within(year, holidays)).map(|s| (s, Anchor::Text))
            }
            (_, None) => {
                let anchor = if text { Anchor::Text } else { Anchor::Published };
                origin.and_then(|day| self.choose(calendar, day)).map(|s| (s, anchor))
            }
        };
        let mut period = own
            .and_then(|(stretch, anchor)| self.told(Some(stretch), anchor))
            .unwrap_or_else(|| Period {
                edtf: undated(named),
                precision: precision(named),
                anchor: match (offset, year) {
                    (Some(_), _) | (_, Some(Year::Away(_))) => Anchor::Published,
                    _ => Anchor::None,
                },
                ..blank(Kind::When)
            });
        if let Named::Weekday(day) = named {
            period.weekday = Weekday::from_monday_zero_offset(day).ok();
        }
        period
    }

    /// The year that a look back into the past goes on in: that of the time told right before, if
    /// it lies years before publication.
    fn year_told(&self, named: Named) -> Option<i16> {
        let year = self.before?.year()?;
        let far = self.published.is_none_or(|day| year + 1 < day.year());
        let direct = match self.before? {
            Stretch::Decade(_) | Stretch::Century(_) => false,
            // "The 1988 attack" has no part in "agreed in April", but a chronicle goes on by months.
            Stretch::Year(_) => matches!(named, Named::Day(..)),
            _ => true,
        };
        (far && direct && self.direction != Some(Order::Future)).then_some(year)
    }

    /// The decade whose tens alone are told: the latest that had begun.
    fn decade(&self, tens: i16) -> Option<Stretch> {
        let year = self.published?.year();
        let century = year.div_euclid(100) * 100;
        let decade = if century + tens <= year { century + tens } else { century + tens - 100 };
        Some(Stretch::Decade(decade))
    }

    /// Which of the days, months, seasons of one name is meant.
    fn choose(&self, calendar: Calendar, day: Date) -> Option<Stretch> {
        let Calendar { named, offset, .. } = calendar;
        let mut all: Vec<Stretch> = match named {
            Named::Weekday(weekday) => {
                let monday = calendar::monday(day)?;
                let weeks =
                    (-2..=2).filter_map(|w| calendar::days(monday, w * 7 + i32::from(weekday)));
                weeks.map(Stretch::Day).collect()
            }
            Named::Numbered(number) => {
                let month = Stretch::Month(day.year(), day.month());
                let months = (-2..=2).filter_map(|by| match month.shift(by)? {
                    Stretch::Month(y, m) => Some(Stretch::Day(Date::new(y, m, number).ok()?)),
                    _ => None,
                });
                months.collect()
            }
            _ => {
                let years = (-8..=8).filter_map(|by| Stretch::Year(day.year()).shift(by)?.year());
                years.filter_map(|year| named.within(year, &self.words.holidays)).collect()
            }
        };
        if let Some(weekday) = calendar.weekday {
            let falls = |stretch: &Stretch| {
                let day = stretch.first().map(|day| day.weekday().to_monday_zero_offset());
                day == Some(weekday)
            };
            // A weekday that fits no year nearby is a slip of the writer's.
            if all.iter().any(falls) {
                all.retain(falls);
            }
        }
        all.sort_by_key(|stretch| bounds(*stretch).map(|bounds| bounds.0));
        let first = |s: &&Stretch| bounds(**s).map(|bounds| bounds.0);
        let last = |s: &&Stretch| bounds(**s).map(|bounds| bounds.1);
        let past =
            || all.iter().rev().find(|s| first(s).is_some_and(|first| first <= day)).copied();
        let ahead = || all.iter().find(|s| last(s).is_some_and(|last| last >= day)).copied();
        match offset {
            Some(0) => {
                let unit = if matches!(named, Named::Weekday(_)) { Unit::Week } else { Unit::Year };
                let (from, to) = bounds(unit.around(day)?)?;
                all.iter().find(|s| first(s).is_some_and(|f| (from..=to).contains(&f))).copied()
            }
            Some(by) if by < 0 => {
                let ended = all.iter().rev().filter(|s| last(s).is_some_and(|last| last < day));
                ended.copied().nth(by.unsigned_abs() as usize - 1)
            }
            Some(by) => {
                let coming = all.iter().filter(|s| first(s).is_some_and(|first| first > day));
                coming.copied().nth(by as usize - 1)
            }
            None => {
                // The tense decides; but what is almost a year away is not named without its year,
                // and "the summit in April" may stand beside a verb in the past.
                let (past, ahead) = match (past(), ahead()) {
                    (Some(past), Some(ahead)) => (past, ahead),
                    (past, ahead) => return past.or(ahead),
                };
                let gone = (day - bounds(past)?.1).get_days();
                let coming = (bounds(ahead)?.0 - day).get_days();
                let (far, soon) = (245, 120);
                Some(match self.direction {
                    Some(Order::Future) if coming > far && gone < soon => past,
                    Some(Order::Future) => ahead,
                    _ if gone > far && coming < soon => ahead,
                    _ => past,
                })
            }
        }
    }

    fn days(&mut self, month: i8, from: i8, to: i8, year: Option<i16>) -> Period {
        let last = self.named(Calendar::new(Named::Day(month, to), year));
        let first = self.named(Calendar::new(Named::Day(month, from), year));
        between(&first, &last)
    }

    fn unit(&mut self, unit: Unit, offset: i32, text: bool) -> Period {
        let anchor = if text { Anchor::Text } else { Anchor::Published };
        let origin = if text { self.before.and_then(Stretch::first) } else { self.published };
        let mut stretch = origin.and_then(|day| unit.around(day)?.shift(offset));
        // On a weekday the weekend of what has happened is the one before.
        if let (Some(Stretch::Weekend(first)), 0, Some(day)) = (stretch, offset, origin)
            && first > day
            && self.direction == Some(Order::Past)
        {
            stretch = stretch.and_then(|weekend| weekend.shift(-1));
        }
        self.told(stretch, anchor).unwrap_or_else(|| unknown(unit, anchor))
    }

    /// So many units before or after the published date, another time of the text, or one given.
    fn shifted(&mut self, amount: Amount, sign: i32, text: bool, from: Option<&Meaning>) -> Period {
        let given = from.and_then(|from| self.value(from));
        let anchor = match &given {
            Some(given) => given.anchor,
            None if text => Anchor::Text,
            None => Anchor::Published,
        };
        let told = self.before.filter(|_| text);
        let origin = match &given {
            Some(given) => given.first,
            None if text => told.and_then(Stretch::first),
            None => self.published,
        };
        let Number::Exact(number) = amount.number else {
            let order = if sign < 0 { Order::Past } else { Order::Future };
            let mut period = if text { Self::side_of(None, order) } else { self.order(order) };
            period.anchor = anchor;
            period.length = Some(duration(amount));
            return period;
        };
        let (unit, by) = whole(amount.unit, number * f64::from(sign));
        let stretch = match (told, unit) {
            // "A year earlier" than a quarter is a quarter.
            (Some(told), Unit::Year) if from.is_none() => calendar_years(told, by),
            _ => origin.and_then(|day| unit.around(day)?.shift(by)),
        };
        let before = self.before;
        let mut period = self.told(stretch, anchor).unwrap_or_else(|| unknown(unit, anchor));
        if text && sign < 0 {
            // A comparison looks back once; the text goes on from where it was.
            self.before = before;
        }
        period.approximate = amount.approximate;
        if period.approximate && !period.edtf.contains('/') {
            period.edtf.push('~');
        }
        period
    }

    /// The units up to the published date, or from it on.
    fn stretch(&mut self, amount: Amount, sign: i32) -> Period {
        let order = if sign < 0 { Order::Past } else { Order::Future };
        let mut period = self.order(order);
        period.length = Some(duration(amount));
        let Number::Exact(number) = amount.number else { return period };
        let Some(day) = self.published else { return period };
        let (unit, by) = whole(amount.unit, number * f64::from(sign));
        let other = match unit {
            Unit::Day => calendar::days(day, by),
            Unit::Week => by.checked_mul(7).and_then(|by| calendar::days(day, by)),
            Unit::Month => months(day, by),
            Unit::Year => by.checked_mul(12).and_then(|by| months(day, by)),
            _ => None,
        };
        if let Some(other) = other {
            let (first, last) = if sign < 0 { (other, day) } else { (day, other) };
            period.edtf = format!("{first}/{last}");
            (period.first, period.last) = (Some(first), Some(last));
            period.precision = Precision::Range;
        }
        period
    }

    fn order(&self, order: Order) -> Period {
        Self::side_of(self.published, order)
    }

    /// Before a day, on it, or after it.
    fn side_of(day: Option<Date>, order: Order) -> Period {
        let (edtf, first, last) = match (order, day) {
            (Order::Past, Some(day)) => (format!("../{day}"), None, Some(day)),
            (Order::Present, Some(day)) => (day.to_string(), Some(day), Some(day)),
            (Order::Future, Some(day)) => (format!("{day}/.."), Some(day), None),
            (_, None) => ("XXXX".to_owned(), None, None),
        };
        let precision = Precision::Order(order);
        Period { edtf, first, last, precision, anchor: Anchor::Published, ..blank(Kind::When) }
    }

    /// A time of day without its day: of the day of publication, or of that which was told last.
    fn clock(&mut self, time: Time) -> Period {
        let told = self.before.and_then(|told| match told {
            Stretch::Day(day) => Some(day),
            _ => None,
        });
        let (day, anchor) = match (told, self.published) {
            (Some(day), _) => (Some(day), Anchor::Text),
            (None, day) => (day, Anchor::Published),
        };
        let stretch = day.map(Stretch::Day);
        let day = self.told(stretch, anchor).unwrap_or_else(|| unknown(Unit::Day, anchor));
        at(day, time)
    }

    fn narrow(&self, period: &mut Period, part: Option<Part>) {
        period.part = part.or(period.part);
        match (part, self.published) {
            (Some(Part::Before), Some(day)) if period.first.is_some_and(|first| first <= day) => {
                period.last = period.last.map(|last| last.min(day));
            }
            (Some(Part::After), Some(day)) if period.last.is_some_and(|last| last >= day) => {
                period.first = period.first.map(|first| first.max(day));
            }
            _ => {}
        }
    }

    fn range(&mut self, from: Option<&Match>, to: Option<&Match>) -> Option<Period> {
        let mut ends = Vec::new();
        if from.is_none() && self.direction != Some(Order::Past) {
            // What goes on until a day, or has to be done by it, lies ahead.
            self.direction = Some(Order::Future);
        }
        // The later end goes first: its year holds for the earlier too.
        let to = match to {
            Some(to) => Some(self.end(to)?),
            None => None,
        };
        let from = match from {
            Some(from) => {
                let mut end = self.end(from)?;
                let year = to.as_ref().and_then(|to| to.value.last.or(to.value.first));
                if let (
                    Some(year),
                    Meaning::Calendar(Calendar { named, year: None, offset: None, .. }),
                ) = (year, &*from.meaning)
                {
                    let anchor = to.as_ref().map_or(Anchor::None, |to| to.value.anchor);
                    if let Some(before) = self.up_to(*named, year, anchor) {
                        end.value = before;
                    }
                }
                Some(end)
            }
            None => None,
        };
        let mut period = match (&from, &to) {
            (Some(from), Some(to)) => between(&from.value, &to.value),
            (Some(from), None) => Period {
                edtf: format!("{}/..", start(&from.value.edtf)),
                first: from.value.first,
                anchor: from.value.anchor,
                ..blank(Kind::When)
            },
            (None, Some(to)) => Period {
                edtf: format!("../{}", finish(&to.value.edtf)),
                last: to.value.last,
                anchor: to.value.anchor,
                ..blank(Kind::When)
            },
            (None, None) => return None,
        };
        period.precision = Precision::Range;
        ends.extend(from);
        ends.extend(to);
        period.ends = ends;
        Some(period)
    }

    /// The latest of a name that begins no later than a day.
    fn up_to(&mut self, named: Named, day: Date, anchor: Anchor) -> Option<Period> {
        let years = [day.year(), day.year() - 1];
        let mut found = years.iter().filter_map(|y| named.within(*y, &self.words.holidays));
        let stretch = found.find(|s| bounds(*s).is_some_and(|bounds| bounds.0 <= day))?;
        self.told(Some(stretch), anchor)
    }

    fn end(&mut self, found: &Match) -> Option<Cited<Period>> {
        let span = self.pieces[found.start].span.start..self.pieces[found.end - 1].span.end;
        let period = self.value(&found.meaning)?;
        Some(Cited::new(period, span))
    }
}

fn blank(kind: Kind) -> Period {
    Period {
        kind,
        edtf: String::new(),
        first: None,
        last: None,
        precision: Precision::Length,
        anchor: Anchor::None,
        approximate: false,
        part: None,
        daypart: None,
        weekday: None,
        length: None,
        of: None,
        ends: Vec::new(),
    }
}

/// A period with a time of day.
fn at(mut day: Period, time: Time) -> Period {
    day.daypart = time.daypart;
    let Some(hour) = time.hour else { return day };
    let minute = time.minute.unwrap_or(0);
    if day.precision == Precision::Day && !day.edtf.contains(['/', '[', '~']) {
        day.edtf = format!("{}T{hour:02}:{minute:02}", day.edtf);
        day.precision = if time.minute.is_some() { Precision::Minute } else { Precision::Hour };
    }
    day
}

fn between(from: &Period, to: &Period) -> Period {
    Period {
        edtf: format!("{}/{}", start(&from.edtf), finish(&to.edtf)),
        first: from.first,
        last: to.last,
        precision: Precision::Range,
        anchor: if to.anchor == Anchor::None { from.anchor } else { to.anchor },
        ..blank(Kind::When)
    }
}

/// Where an interval begins, or the whole of what is none.
fn start(edtf: &str) -> &str {
    edtf.split('/').next().unwrap_or(edtf)
}

/// Where an interval ends, or the whole of what is none.
fn finish(edtf: &str) -> &str {
    edtf.rsplit('/').next().unwrap_or(edtf)
}

/// A date written in figures whose order is settled only where one order is impossible.
fn slashes(one: i8, other: i8, year: i16) -> Period {
    let mut days: Vec<Date> = [(one, other), (other, one)]
        .into_iter()
        .filter_map(|(month, day)| Date::new(year, month, day).ok())
        .collect();
    days.sort_unstable();
    days.dedup();
    let known = if days.len() == 1 { days.first().copied() } else { None };
    let either: Vec<String> = days.iter().map(ToString::to_string).collect();
    let edtf = match known {
        Some(day) => day.to_string(),
        None => format!("[{}]", either.join(",")),
    };
    Period { edtf, first: known, last: known, precision: Precision::Day, ..blank(Kind::When) }
}

fn length(kind: Kind, amount: Amount) -> Period {
    let approximate = amount.approximate;
    Period { edtf: duration(amount), approximate, ..blank(kind) }
}

fn every(named: Named) -> Period {
    let mut period = Period { edtf: undated(named), ..blank(Kind::Set) };
    if let Named::Weekday(day) = named {
        period.edtf = "P1W".to_owned();
        period.weekday = Weekday::from_monday_zero_offset(day).ok();
    }
    period
}

fn one(unit: Unit) -> Amount {
    Amount { number: Number::Exact(1.0), unit, approximate: false }
}

/// A duration in ISO 8601, with X for a number that is not told.
fn duration(amount: Amount) -> String {
    let (size, letter) = amount.unit.iso();
    let (time, letter) = letter.strip_prefix('T').map_or(("", letter), |letter| ("T", letter));
    match amount.number {
        Number::Vague => format!("P{time}X{letter}"),
        Number::Exact(number) => {
            let number = number * size;
            let rest = number.fract();
            let smaller = match letter {
                "Y" => Some((12.0, "M")),
                "H" => Some((60.0, "M")),
                "M" if time == "T" => Some((60.0, "S")),
                _ => None,
            };
            match smaller {
                Some((of, small)) if rest > 0.0 && number >= 1.0 => {
                    format!("P{time}{}{letter}{}{small}", number.trunc(), (rest * of).round())
                }
                Some((of, small)) if rest > 0.0 => format!("P{time}{}{small}", (rest * of).round()),
                _ => format!("P{time}{number}{letter}"),
            }
        }
    }
}

/// A number of units as whole calendar units: the clock's are days, halves of years months.
fn whole(unit: Unit, number: f64) -> (Unit, i32) {
    let (unit, number) = match unit {
        Unit::Second => (Unit::Day, (number / 86_400.0).trunc()),
        Unit::Minute => (Unit::Day, (number / 1440.0).trunc()),
        Unit::Hour => (Unit::Day, (number / 24.0).trunc()),
        Unit::Fortnight => (Unit::Week, number * 2.0),
        Unit::Half => (Unit::Month, number * 6.0),
        Unit::Season => (Unit::Month, number * 3.0),
        Unit::Decade => (Unit::Year, number * 10.0),
        Unit::Century => (Unit::Year, number * 100.0),
        unit => (unit, number),
    };
    match unit {
        Unit::Year if number.fract() != 0.0 => (Unit::Month, (number * 12.0).round() as i32),
        unit => (unit, number.round() as i32),
    }
}

/// The same day, month or quarter in another year.
fn calendar_years(told: Stretch, by: i32) -> Option<Stretch> {
    match told {
        Stretch::Day(day) => {
            let year = Stretch::Year(day.year()).shift(by)?.year()?;
            Date::new(year, day.month(), day.day()).ok().map(Stretch::Day)
        }
        Stretch::Month(..) => told.shift(by.checked_mul(12)?),
        Stretch::Quarter(..) | Stretch::Season(..) => told.shift(by.checked_mul(4)?),
        Stretch::Half(..) => told.shift(by.checked_mul(2)?),
        Stretch::Year(_) => told.shift(by),
        _ => Stretch::Year(told.year()?).shift(by),
    }
}

fn months(day: Date, by: i32) -> Option<Date> {
    let Stretch::Month(year, month) = Stretch::Month(day.year(), day.month()).shift(by)? else {
        return None;
    };
    (0..4).find_map(|less| Date::new(year, month, day.day() - less).ok())
}

/// The days of a stretch, for order alone: seasons as the north has them.
fn bounds(stretch: Stretch) -> Option<(Date, Date)> {
    if let Stretch::Season(year, season) = stretch {
        let first = Date::new(year, season * 3, 1).ok()?;
        return Some((first, calendar::days(months(first, 3)?, -1)?));
    }
    Some((stretch.first()?, stretch.last()?))
}

/// What is known of a unit reckoned from an unknown day.
fn unknown(unit: Unit, anchor: Anchor) -> Period {
    let (edtf, precision) = match unit {
        Unit::Month => ("XXXX-XX", Precision::Month),
        Unit::Quarter => ("XXXX", Precision::Quarter),
        Unit::Half => ("XXXX", Precision::Half),
        Unit::Season => ("XXXX", Precision::Season),
        Unit::Year => ("XXXX", Precision::Year),
        Unit::Decade => ("XXXX", Precision::Decade),
        Unit::Century => ("XXXX", Precision::Century),
        Unit::Week | Unit::Fortnight => ("XXXX", Precision::Week),
        Unit::Weekend => ("XXXX", Precision::Weekend),
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => ("XXXX-XX-XX", Precision::Day),
    };
    Period { edtf: edtf.to_owned(), precision, anchor, ..blank(Kind::When) }
}

/// What a name says without its year.
fn undated(named: Named) -> String {
    match named {
        Named::Year => "XXXX".to_owned(),
        Named::Weekday(_) | Named::Holiday(_) => "XXXX-XX-XX".to_owned(),
        Named::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Named::Numbered(day) => format!("XXXX-XX-{day:02}"),
        Named::Month(month) => format!("XXXX-{month:02}"),
        Named::Quarter(quarter) => format!("XXXX-{}", quarter + 32),
        Named::Half(half) => format!("XXXX-{}", half + 39),
        Named::Season(season) => format!("XXXX-{}", season + 20),
        Named::Decade(tens) => format!("XX{}X", tens / 10 % 10),
        Named::Century(first) => format!("{:02}XX", first / 100),
    }
}

fn precision(named: Named) -> Precision {
    match named {
        Named::Year => Precision::Year,
        Named::Weekday(_) | Named::Holiday(_) | Named::Day(..) | Named::Numbered(_) => {
            Precision::Day
        }
        Named::Month(_) => Precision::Month,
        Named::Quarter(_) => Precision::Quarter,
        Named::Half(_) => Precision::Half,
        Named::Season(_) => Precision::Season,
        Named::Decade(_) => Precision::Decade,
        Named::Century(_) => Precision::Century,
    }
}
