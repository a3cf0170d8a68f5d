//! Small parts: days, grades, pages of a list, downloads.

use maud::{Markup, html};

use super::Look;
use crate::store::pages::{FactRow, Total};
use crate::web::asked::Form;

/// The first digits of an identifier.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// A day as a page shows it; what is not known is said not to be.
pub fn day(look: Look<'_>, day: Option<&str>) -> Markup {
    html! {
        @match day.map(quoted_day) {
            Some(day) => time datetime=(day) { (look.value(day)) },
            None => span.dim { (look.say("undated")) },
        }
    }
}

/// The day of a moment.
pub fn quoted_day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

/// When a fact was, in words: "since 2018", "in July" where no year is told, else by its days.
pub fn when_told(look: Look<'_>, fact: &FactRow) -> Markup {
    match fact.time.as_deref().and_then(|time| look.time(time)) {
        Some(time) => html! { span.when { (time) } },
        None => when(look, fact.first.as_deref(), fact.last.as_deref()),
    }
}

/// When a fact was: a day, a whole month or year, or from when to when.
pub fn when(look: Look<'_>, first: Option<&str>, last: Option<&str>) -> Markup {
    let stretch = match (first, last) {
        (Some(first), Some(last)) if first == last => return day(look, Some(first)),
        (Some(first), Some(last)) => match whole(first, last) {
            Some(whole) => return day(look, Some(whole)),
            None => {
                let [first, last] = ends(first, last);
                format!("{first}/{last}")
            }
        },
        (Some(first), None) => format!("{first}/.."),
        (None, Some(last)) => format!("../{last}"),
        (None, None) => return day(look, None),
    };
    html! { span.when { (look.value(&stretch)) } }
}

/// The ends of a stretch, as whole years or months where it begins and ends with one.
fn ends<'d>(first: &'d str, last: &'d str) -> [&'d str; 2] {
    let closes =
        |day: &str| day.parse::<jiff::civil::Date>().is_ok_and(|day| day == day.last_of_month());
    match (first.strip_suffix("-01"), last.get(..7).filter(|_| closes(last))) {
        (Some(from), Some(to)) => match (from.strip_suffix("-01"), to.strip_suffix("-12")) {
            (Some(from), Some(to)) => [from, to],
            _ => [from, to],
        },
        _ => [first, last],
    }
}

/// The year or the month that two days begin and end.
fn whole<'d>(first: &'d str, last: &str) -> Option<&'d str> {
    let month = first.strip_suffix("-01")?;
    let year = month.strip_suffix("-01").filter(|year| last == format!("{year}-12-31"));
    if year.is_some() {
        return year;
    }
    let end = first.parse::<jiff::civil::Date>().ok()?.last_of_month();
    (last == end.to_string()).then_some(month)
}

/// Who published a report; where it does not say so, the name of its file.
pub fn outlet<'r>(outlet: Option<&'r str>, source: &'r str) -> &'r str {
    outlet.unwrap_or_else(|| source.rsplit('/').find(|part| !part.is_empty()).unwrap_or(source))
}

/// Who published a report; one that does not say so is told by its file.
pub fn publisher(look: Look<'_>, name: Option<&str>, source: &str) -> Markup {
    html! {
        @match name {
            Some(name) => (name),
            None => span.unknown title=(source) { (look.say("outlet unknown")) " · " span.file { (outlet(None, source)) } },
        }
    }
}

/// So many reports.
pub fn reports(look: Look<'_>, number: u64) -> String {
    look.many(number, "report", "reports")
}

/// So many origins.
pub fn origins(look: Look<'_>, number: u64) -> String {
    look.many(number, "origin", "origins")
}

/// A country by its code; the browser knows what it is called in the visitor's language.
pub fn country(look: Look<'_>, code: Option<&str>) -> Markup {
    html! {
        @match code {
            Some(code) => span data-country=(code) { (look.country(code)) },
            None => "–",
        }
    }
}

/// What a grade of credibility means.
pub fn grade(look: Look<'_>, grade: u8) -> Markup {
    let words = match grade {
        1 => "confirmed",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "cannot be judged",
    };
    html! { span class={ "badge grade g" (grade) } title=(look.say("credibility")) { (grade) " " (look.say(words)) } }
}

/// The badges of a fact.
pub fn badges(look: Look<'_>, fact: &FactRow) -> Markup {
    html! {
        span class={ "badge family f-" (fact.family) } { (look.kind(&fact.kind)) }
        @if fact.told != "happened" {
            " " span class={ "badge realis " (fact.told) } { (look.name(&fact.told)) }
        }
        @if fact.denied { " " span.badge.realis.denied { (look.say("denied")) } }
        @if fact.contested { " " span.badge.contested { (look.say("contested")) } }
    }
}

/// How many there are.
pub fn total(look: Look<'_>, total: Total) -> String {
    let more = if total.more { look.say("more than") } else { "" };
    format!("{more} {}", number(total.number)).trim().to_owned()
}

/// A number with its thousands parted.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut parted = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            parted.push('\u{202F}');
        }
        parted.push(digit);
    }
    parted
}

/// The way to the pages before and after; nothing where one page holds all.
pub fn pager(look: Look<'_>, shown: usize, size: u64, total: Option<Total>) -> Markup {
    let page = look.asked.page();
    let last = total.filter(|total| !total.more).map(|total| total.number.div_ceil(size).max(1));
    let next = last.map_or(shown as u64 == size, |last| page < last);
    let at = |page: u64| {
        let number = page.to_string();
        let mut address = look.asked.with(&[]);
        address.push(if address.contains('?') { '&' } else { '?' });
        address + "page=" + &number
    };
    html! {
        @if page > 1 || next {
            nav.pages aria-label=(look.say("Pages of the list")) {
                @if page > 1 { a href=(at(page - 1)) rel="prev" { "← " (look.say("before")) } }
                span aria-current="page" {
                    (look.say("page")) " " (number(page)) @if let Some(last) = last { " / " (number(last)) }
                }
                @if next { a href=(at(page + 1)) rel="next" { (look.say("after")) " →" } }
            }
        }
    }
}

/// The list as it is filtered, to be kept.
pub fn downloads(look: Look<'_>, forms: &[Form]) -> Markup {
    html! {
        div.actions {
            span.dim { (look.say("Download")) }
            @for &form in forms {
                a.button.quiet.download href=(look.asked.form(form)) download {
                    (match form {
                        Form::Csv => "CSV",
                        Form::GeoJson => "GeoJSON",
                        Form::Markdown => "Markdown",
                        Form::Json | Form::Html => "JSON",
                    })
                }
            }
        }
    }
}

/// A field to search this list by words; what else is filtered stays.
pub fn search_box(look: Look<'_>, words: &'static str) -> Markup {
    let kept = look
        .asked
        .params
        .iter()
        .filter(|(key, _)| !["q", "page", "lang", "token", "done"].contains(&key.as_str()));
    html! {
        form.filter role="search" {
            @for (key, value) in kept { input type="hidden" name=(key) value=(value); }
            label { (look.say(words)) " " input type="search" name="q" value=[look.asked.param("q")]; }
            " " button { (look.say("Search")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_told_as_a_month() {
        assert_eq!(whole("2024-02-01", "2024-02-29"), Some("2024-02"));
        assert_eq!(whole("2024-01-01", "2024-12-31"), Some("2024"));
        assert_eq!(whole("2024-01-01", "2024-01-31"), Some("2024-01"));
        assert_eq!(whole("2024-02-01", "2024-02-28"), None);
        assert_eq!(whole("2024-02-03", "2024-02-29"), None);
        assert_eq!(ends("1999-01-01", "2009-12-31"), ["1999", "2009"]);
        assert_eq!(ends("2024-03-01", "2024-11-30"), ["2024-03", "2024-11"]);
        assert_eq!(ends("2024-03-01", "2024-11-29"), ["2024-03-01", "2024-11-29"]);
    }

    #[test]
    fn a_report_without_an_outlet_goes_by_its_file() {
        assert_eq!(outlet(None, "demo/mail/a.txt"), "a.txt");
        assert_eq!(outlet(None, "upload: b.txt"), "upload: b.txt");
        assert_eq!(outlet(Some("The Post"), "c.txt"), "The Post");
    }
}
