//! A table of the visitor's beside the room's figures: it is read, drawn, and kept nowhere.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequest, Multipart};
use axum::http::Request;
use axum::http::request::Parts;

use super::App;
use super::answer::{Answer, Failure};
use super::asked::Asked;
use super::view::Look;
use super::{pages, writing};
use crate::compare::{self, Columns, Comparison};

/// What is asked to be compared.
#[derive(Debug, Default)]
struct Form {
    table: Vec<u8>,
    measure: String,
    when: String,
    value: String,
    place: String,
}

/// Compares the table of a form with the room's figures.
///
/// # Errors
/// When a field is missing, the table is none, or the room fails.
pub async fn compared(
    app: &Arc<App>,
    parts: &Parts,
    asked: &Asked,
    body: Body,
) -> Result<Answer, Failure> {
    let form = form(parts, body).await?;
    let (app, asked) = (app.clone(), asked.clone());
    let json = writing::wants_json(&parts.headers);
    let answer = tokio::task::spawn_blocking(move || {
        app.readers.ask(|room| {
            let look = Look { asked: &asked, room, app: &app };
            let comparison = comparison(look, &form)?;
            Ok(match json {
                true => Answer::json(&comparison),
                false => pages::compared(look, &form.measure, &comparison),
            })
        })
    });
    answer.await.unwrap_or(Err(Failure::Bad("the page could not be made".to_owned())))
}

fn comparison(look: Look<'_>, form: &Form) -> Result<Comparison, Failure> {
    let Form { table, measure, when, value, place } = form;
    if measure.is_empty() || table.is_empty() {
        return Err(Failure::Bad("a table and what is counted are needed".to_owned()));
    }
    let place = Some(place.clone()).filter(|place| !place.is_empty());
    let columns = Columns { when: when.clone(), value: value.clone(), place };
    let held = compare::read(table.as_slice(), &columns).map_err(Failure::Bad)?;
    let figures = compare::figures(look.store(), &look.app.engine.pack, measure)?;
    Ok(compare::compare(held, figures))
}

async fn form(parts: &Parts, body: Body) -> Result<Form, Failure> {
    let mut request = Request::new(body);
    *request.headers_mut() = parts.headers.clone();
    let bad = |error: &dyn std::fmt::Display| Failure::Bad(error.to_string());
    let mut fields = Multipart::from_request(request, &()).await.map_err(|error| bad(&error))?;
    let mut form = Form::default();
    while let Some(mut field) = fields.next_field().await.map_err(|error| bad(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|error| bad(&error))? {
            if bytes.len() + piece.len() > writing::TABLE {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "measure" => form.measure = text(),
            "when" => form.when = text(),
            "value" => form.value = text(),
            "where" => form.place = text(),
            "table" => form.table = bytes,
            _ => {}
        }
    }
    Ok(form)
}
