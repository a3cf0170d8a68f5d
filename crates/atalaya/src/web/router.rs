//! From a request to its answer: the guard first, then files, pages, or changes.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, Response};

use super::answer::{Answer, Failure};
use super::asked::{Asked, Form, value};
use super::{App, guard, pages, statics, view, writing};

/// The whole server as one service.
pub fn router(app: Arc<App>) -> Router {
    // What is taken is bounded where it is read.
    Router::new().fallback(respond).layer(DefaultBodyLimit::disable()).with_state(app)
}

async fn respond(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let asked = Asked::new(parts.uri.path(), parts.uri.query().unwrap_or_default(), &parts.headers);
    let answer = answer(&app, &parts, asked.clone(), body).await;
    answer.unwrap_or_else(|failure| failed(&asked, &parts, &failure)).response()
}

fn failed(asked: &Asked, parts: &Parts, failure: &Failure) -> Answer {
    if asked.form == Form::Html && !writing::wants_json(&parts.headers) {
        view::failed(asked, failure)
    } else {
        Answer::failed(failure)
    }
}

async fn answer(
    app: &Arc<App>,
    parts: &Parts,
    asked: Asked,
    body: Body,
) -> Result<Answer, Failure> {
    let offered = value(&asked.params, "token");
    app.guard.admit(&parts.method, &parts.headers, offered.as_deref())?;
    let path = parts.uri.path();
    match parts.method {
        Method::GET | Method::HEAD => {}
        Method::POST => return writing::change(app, parts, &asked, body).await,
        _ => return Err(Failure::Refused("pages are looked at with GET and changed with POST")),
    }
    if let (Some(token), Some(_)) = (app.guard.token(), offered) {
        // The token does not stay in addresses that are copied and shared.
        return Ok(Answer::see(&asked.with(&[])).cookie(guard::KEY, token));
    }
    if let Some(file) = path.strip_prefix("/static/") {
        return statics::file(
            file,
            parts.uri.query().is_some_and(|query| query.starts_with("v=")),
            &parts.headers,
        );
    }
    let _turn = app.readers.turn().await;
    let app = app.clone();
    let asked = tokio::task::spawn_blocking(move || {
        app.readers.ask(|room| pages::answer(&app, room, &asked))
    });
    asked.await.unwrap_or(Err(Failure::Bad("the page could not be made".to_owned())))
}
