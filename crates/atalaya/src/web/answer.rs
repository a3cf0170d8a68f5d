//! Answers, and how they are sent: every one with the headers that keep pages to themselves.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
    REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Response, StatusCode};
use maud::Markup;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Error;

/// Nothing is loaded from elsewhere, nothing runs that stands in a page, nothing may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What is sent back.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
    headers: Vec<(axum::http::HeaderName, String)>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// There is no such page or thing.
    Missing,
    /// What was asked makes no sense; why.
    Bad(String),
    /// It may not be done; why.
    Refused(&'static str),
    /// What was sent is longer than is taken.
    TooLarge,
    /// Somebody else is writing.
    Busy(String),
    /// The room or the machine failed.
    Broken(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::NoReport(_) | Error::NoFact(_) => Failure::Missing,
            Error::ManyReports { .. }
            | Error::ManyFacts { .. }
            | Error::Unanswered(_)
            | Error::Search(_) => Failure::Bad(error.to_string()),
            Error::Locked { .. } | Error::Stale { .. } => Failure::Busy(error.to_string()),
            error => Failure::Broken(error),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Broken(Error::Store { path: "room".into(), error })
    }
}

impl Failure {
    /// The status, and what to say.
    pub fn told(&self) -> (StatusCode, String) {
        match self {
            Failure::Missing => (StatusCode::NOT_FOUND, "there is nothing of that name".to_owned()),
            Failure::Bad(why) => (StatusCode::BAD_REQUEST, why.clone()),
            Failure::Refused(why) => (StatusCode::FORBIDDEN, (*why).to_owned()),
            Failure::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "this is longer than is taken".to_owned())
            }
            Failure::Busy(why) => (StatusCode::CONFLICT, why.clone()),
            Failure::Broken(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

impl Answer {
    /// A page.
    pub fn html(page: Markup) -> Answer {
        Answer::new(StatusCode::OK, "text/html; charset=utf-8", page.into_string().into_bytes())
    }

    /// Something for programs.
    pub fn json(value: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(value).unwrap_or_default();
        Answer::new(StatusCode::OK, "application/json", body)
    }

    /// A failure for programs.
    pub fn failed(failure: &Failure) -> Answer {
        let (status, error) = failure.told();
        Answer { status, ..Answer::json(&json!({ "error": error })) }
    }

    /// Places for maps.
    pub fn geojson(value: &Value) -> Answer {
        Answer { kind: "application/geo+json", ..Answer::json(value) }
    }

    /// A table to keep.
    pub fn csv(name: &str, table: &[Vec<String>]) -> Answer {
        let lines: Vec<String> = table.iter().map(|row| line(row)).collect();
        let body = lines.concat().into_bytes();
        Answer::new(StatusCode::OK, "text/csv; charset=utf-8", body).saved(&format!("{name}.csv"))
    }

    /// Text that no browser takes for anything else.
    pub fn text(body: Vec<u8>) -> Answer {
        Answer::new(StatusCode::OK, "text/plain; charset=utf-8", body)
    }

    /// Go there instead.
    pub fn see(place: &str) -> Answer {
        let answer = Answer::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new());
        answer.with(LOCATION, place.to_owned())
    }

    /// Bytes of a sort.
    pub fn new(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Answer {
        Answer { status, kind, body, headers: Vec::new() }
    }

    /// The same under another status.
    pub fn status(self, status: StatusCode) -> Answer {
        Answer { status, ..self }
    }

    /// With one more header.
    pub fn with(mut self, name: axum::http::HeaderName, value: String) -> Answer {
        self.headers.push((name, value));
        self
    }

    /// To be kept as a file of this name.
    pub fn saved(self, name: &str) -> Answer {
        self.with(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
    }

    /// With a cookie that only this server is sent.
    pub fn cookie(self, name: &str, value: &str) -> Answer {
        self.with(
            SET_COOKIE,
            format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly"),
        )
    }

    /// Makes the response of it.
    pub fn response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let fixed = [
            (CONTENT_TYPE, self.kind),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_FRAME_OPTIONS, "DENY"),
            (REFERRER_POLICY, "same-origin"),
            (CACHE_CONTROL, "no-store"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        for (name, value) in self.headers {
            // What no header can hold is left out rather than sent broken.
            let Ok(value) = HeaderValue::from_str(&value) else { continue };
            if name == SET_COOKIE {
                headers.append(name, value);
            } else {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// A line of a table: every cell quoted, so that commas and line breaks of reports stay inside, and
/// none that begins like a formula is one for a spreadsheet.
fn line(row: &[String]) -> String {
    let cell = |cell: &String| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
    };
    row.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_breaks_out_or_is_a_formula() {
        let row = ["a,\"b\"\n", "=HYPERLINK(1)", "-3"].map(str::to_owned);
        assert_eq!(line(&row), "\"a,\"\"b\"\"\n\",\"'=HYPERLINK(1)\",\"'-3\"\r\n");
    }
}
