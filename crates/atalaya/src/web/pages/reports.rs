//! `/reports`: what was read, and where more is added.

use maud::{Markup, html};
use serde_json::json;

use crate::store::pages::ReportFilter;
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

const PAGE: u64 = 50;

/// The list, the latest first.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let filter = ReportFilter {
        words: look.asked.param("q").map(str::to_owned),
        outlet: look.asked.param("outlet").map(str::to_owned),
        undated: look.asked.param("undated").is_some(),
    };
    let (limit, skip) = if look.asked.form == Form::Csv {
        (100_000, 0)
    } else {
        (PAGE, (look.asked.page() - 1) * PAGE)
    };
    let reports = look.store().report_page(&filter, limit, skip)?;
    let total = look.store().report_total(&filter)?;
    match look.asked.form {
        Form::Json => {
            return Ok(Answer::json(
                &json!({ "total": total, "page": look.asked.page(), "reports": reports }),
            ));
        }
        Form::Csv => {
            let mut table = vec![
                ["id", "title", "outlet", "byline", "published", "language", "source"]
                    .map(str::to_owned)
                    .to_vec(),
            ];
            table.extend(reports.into_iter().map(|report| {
                let rest =
                    [report.title, report.outlet, report.byline, report.published, report.language];
                let rest = rest.map(Option::unwrap_or_default);
                [report.id].into_iter().chain(rest).chain([report.source]).collect()
            }));
            return Ok(Answer::csv("reports", &table));
        }
        _ => {}
    }
    let undated = look.asked.param("undated").is_some();
    let main = html! {
        h1 { (look.say("Reports")) }
        p.lead { (view::total(look, total)) " " (look.say(if total.number == 1 { "report" } else { "reports" })) }
        (upload(look))
        (view::search_box(look, "Words of the story"))
        ul.chips {
            li { a.chip href=(look.asked.with(&[("undated", (!undated).then_some("yes"))])) aria-current=[undated.then_some("true")] { (look.say("undated")) } }
            @if let Some(outlet) = look.asked.param("outlet") { li { a.chip href=(look.asked.with(&[("outlet", None)])) { (outlet) " ×" } } }
        }
        (view::downloads(look, &[Form::Csv, Form::Json]))
        @if reports.is_empty() { p.empty { (look.say("There is no such report.")) } } @else {
            div.scroll { table.rows {
                thead { tr {
                    th scope="col" { (look.say("Report")) } th scope="col" { (look.say("Outlet")) }
                    th scope="col" { (look.say("Published")) } th scope="col" { (look.say("Language")) }
                } }
                tbody { @for report in &reports {
                    tr data-row=(report.id) {
                        td.what { a href={ "/reports/" (report.id) } { (report.title.as_deref().unwrap_or(&report.source)) } }
                        td { @match &report.outlet {
                            Some(outlet) => a href={ "/reports?outlet=" (crate::web::asked::encoded(outlet)) } { (outlet) },
                            None => (view::publisher(look, None, &report.source)),
                        } }
                        td { (view::day(look, report.published.as_deref())) }
                        td { (report.language.as_deref().unwrap_or("–")) }
                    }
                } }
            } }
        }
        (view::pager(look, reports.len(), PAGE, Some(total)))
    };
    Ok(look.page("reports", look.say("Reports"), &main))
}

/// Where files are dropped.
pub fn upload(look: Look<'_>) -> Markup {
    html! {
        form.drop method="post" action="/reports" enctype="multipart/form-data" data-upload="/reports" {
            label { (look.say("Add reports: drop files here, or choose them")) " " input type="file" name="files" multiple required; }
            button { (look.say("Add")) }
        }
    }
}
