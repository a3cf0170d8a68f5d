//! `/figures/compare`: a table of the visitor's beside the room's figures, as one plot and as a list.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::compare::{Compared, Comparison, Standing};
use crate::web::answer::Answer;
use crate::web::view::{self, Look};

/// The form that asks for a table.
pub fn form(look: Look<'_>) -> Markup {
    html! {
        details.compare {
            summary { (look.say("Set a table of yours beside the figures")) }
            form.filter method="post" action="/figures/compare" enctype="multipart/form-data" {
                label { (look.say("Table (CSV)")) " " input type="file" name="table" accept=".csv,text/csv" required; }
                label { (look.say("What is counted")) " " input name="measure" required; }
                label { (look.say("Column of the time")) " " input name="when" value="when" required; }
                label { (look.say("Column of the number")) " " input name="value" value="value" required; }
                label { (look.say("Column of the place")) " " input name="where"; }
                button.primary { (look.say("Compare")) }
            }
        }
    }
}

/// The page.
pub fn page(look: Look<'_>, measure: &str, comparison: &Comparison) -> Answer {
    let main = html! {
        nav.crumbs { ol { li { a href="/figures" { (look.say("Figures")) } } } }
        h1 { (look.say("Your table and the figures")) ": " (measure) }
        (form(look))
        @if comparison.figures.is_empty() { p.empty { (look.say("No report gives such a figure.")) } }
        (plot(look, comparison))
        div.scroll { table.rows {
            thead { tr {
                th scope="col" { (look.say("Figure")) } th scope="col" { (look.say("When")) } th scope="col" { (look.say("Outlet")) }
                th scope="col" { (look.say("Your table")) } th scope="col" { (look.say("How it stands")) }
            } }
            tbody { @for compared in &comparison.figures {
                tr {
                    td.what { a href={ "/facts/" (compared.figure.fact) } { (compared.figure.caption) } }
                    td { (days(look, compared)) }
                    td { (compared.figure.sources.join("; ")) }
                    td { (held(look, compared)) }
                    td { (stands(look, compared)) }
                }
            } }
        } }
    };
    look.page("figures", look.say("Your table and the figures"), &main)
}

fn days(look: Look<'_>, compared: &Compared) -> Markup {
    let days = compared.figure.days.map(|days| days.map(|day| day.to_string()));
    let [first, last] = days.map_or([None, None], |days| days.map(Some));
    view::when(look, first.as_deref(), last.as_deref())
}

/// The table's number, with its line or how many lines it is the sum of.
fn held(look: Look<'_>, compared: &Compared) -> Markup {
    html! { @if let Some(held) = compared.held {
        (grouped(held)) " (" @if let [line] = compared.lines[..] { (look.say("line")) " " (line) } @else {
            (look.say("sum of lines")) ": " (compared.lines.len())
        } ")"
    } @else { "–" } }
}

fn stands(look: Look<'_>, compared: &Compared) -> Markup {
    html! {
        span.badge.standing data-standing=(class(compared.standing)) { (look.name(compared.standing.name())) }
        @if let Some(by) = compared.by.filter(|by| *by != 0.0) {
            " " (format!("{by:+}"))
            @if let Some(percent) = compared.percent { " (" (format!("{percent:+.1} %")) ")" }
        }
        @if compared.place_not_told && compared.held.is_some() { " · " (look.say("place not told")) }
    }
}

/// How a figure is drawn.
fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Agrees => "agrees",
        Standing::Differs => "differs",
        _ => "apart",
    }
}

const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 34.0;

/// Where days and numbers stand in the plot.
struct Scale {
    days: [f64; 2],
    most: f64,
}

impl Scale {
    /// The scale that holds everything that has a day; none where nothing has.
    fn of(comparison: &Comparison) -> Option<Scale> {
        let held = comparison.held.iter().map(|row| (row.days, row.value));
        let told = comparison.figures.iter().filter_map(|compared| {
            let [low, high] = compared.figure.bounds;
            let value = high.or(low)?.max(compared.held.unwrap_or_default());
            Some((compared.figure.days?, value))
        });
        let all: Vec<([Date; 2], f64)> = held.chain(told).collect();
        let first = all.iter().map(|(days, _)| number(days[0])).reduce(f64::min)?;
        let last = all.iter().map(|(days, _)| number(days[1])).reduce(f64::max)?;
        let most = all.iter().map(|(_, value)| *value).fold(0.0, f64::max);
        let pad = ((last - first) * 0.02).max(1.0);
        Some(Scale { days: [first - pad, last + 1.0 + pad], most: (most * 1.08).max(1.0) })
    }

    fn x(&self, day: f64) -> f64 {
        let [first, last] = self.days;
        round(LEFT + (day - first) / (last - first) * (WIDTH - LEFT - RIGHT))
    }

    fn y(&self, value: f64) -> f64 {
        round(HEIGHT - BOTTOM - (value / self.most).clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM))
    }

    /// From the start of the first day to the end of the last one.
    fn span(&self, [first, last]: [Date; 2]) -> [f64; 2] {
        [self.x(number(first)), self.x(number(last) + 1.0)]
    }

    /// Round numbers for the lines across, four or so.
    fn steps(&self) -> Vec<f64> {
        let rough = self.most / 4.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(rough);
        (0..).map(|at| f64::from(at) * step).take_while(|value| *value <= self.most).collect()
    }

    /// The first days of years, of every so many that eight or so stand side by side.
    fn years(&self) -> Vec<(f64, String)> {
        let year = |day: f64| (day / 365.2425) as i16;
        let (first, last) = (year(self.days[0]), year(self.days[1]) + 1);
        let every = usize::try_from((last - first) / 8 + 1).unwrap_or(1);
        let years = (first..=last).step_by(every);
        let years =
            years.filter_map(|year| Some((number(Date::new(year, 1, 1).ok()?), year.to_string())));
        years.filter(|(day, _)| (self.days[0]..self.days[1]).contains(day)).collect()
    }
}

/// A day as a number that grows by one a day, from the year 0.
fn number(day: Date) -> f64 {
    let since = day - Date::constant(0, 1, 1);
    f64::from(since.get_days())
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The table as bars of their time, sums dashed; the figures as points with their bounds.
fn plot(look: Look<'_>, comparison: &Comparison) -> Markup {
    let Some(scale) = Scale::of(comparison) else { return html! {} };
    let label = look.say("Your table and the figures");
    html! {
        figure.compared {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) {
                @for step in scale.steps() {
                    line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(scale.y(step)) y2=(scale.y(step)) {}
                    text x=(LEFT - 8.0) y=(scale.y(step) + 4.0) text-anchor="end" { (grouped(step)) }
                }
                @for (day, year) in scale.years() {
                    line.tick x1=(scale.x(day)) x2=(scale.x(day)) y1=(HEIGHT - BOTTOM) y2=(HEIGHT - BOTTOM + 5.0) {}
                    text x=(scale.x(day)) y=(HEIGHT - 10.0) text-anchor="middle" { (year) }
                }
                @for row in &comparison.held {
                    @let [from, to] = scale.span(row.days);
                    line.held x1=(from) x2=(to) y1=(scale.y(row.value)) y2=(scale.y(row.value)) {
                        title { (row.when) @if let Some(place) = &row.place { " · " (place) } " · " (row.value) " · " (look.say("line")) " " (row.line) }
                    }
                }
                @for compared in &comparison.figures { (figure(look, &scale, compared)) }
            }
            figcaption {
                span.key data-standing="held" { (look.say("Your table")) } " "
                span.key data-standing="agrees" { (look.name(Standing::Agrees.name())) } " "
                span.key data-standing="differs" { (look.name(Standing::Differs.name())) } " "
                span.key data-standing="apart" { (look.say("nothing to set it beside")) }
            }
        }
    }
}

fn figure(look: Look<'_>, scale: &Scale, compared: &Compared) -> Markup {
    let [low, high] = compared.figure.bounds;
    let (Some(days), Some(value)) = (compared.figure.days, low.or(high)) else { return html! {} };
    let [from, to] = scale.span(days);
    let middle = round(f64::midpoint(from, to));
    let [bottom, top] =
        [low.map_or(HEIGHT - BOTTOM, |low| scale.y(low)), high.map_or(TOP, |high| scale.y(high))];
    let open = low.is_none() || high.is_none();
    html! {
        a href={ "/facts/" (compared.figure.fact) } data-standing=(class(compared.standing)) {
            title { (compared.figure.caption) " · " (look.name(compared.standing.name())) }
            @if let Some(held) = compared.held {
                @if compared.lines.len() > 1 { line.sum x1=(from) x2=(to) y1=(scale.y(held)) y2=(scale.y(held)) {} }
                line.apart x1=(middle) x2=(middle) y1=(scale.y(value)) y2=(scale.y(held)) {}
            }
            line.span x1=(from) x2=(to) y1=(scale.y(value)) y2=(scale.y(value)) {}
            @if low != high { line.bounds x1=(middle) x2=(middle) y1=(bottom) y2=(top) stroke-dasharray=[open.then_some("3 3")] {} }
            circle cx=(middle) cy=(scale.y(value)) r="6" {}
        }
    }
}

/// A number with its thousands apart.
fn grouped(value: f64) -> String {
    if value.fract() != 0.0 {
        return value.to_string();
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202F}');
        }
        grouped.push(digit);
    }
    grouped
}
