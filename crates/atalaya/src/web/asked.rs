//! What was asked: the page, the form of its answer, the filter in its address, and the visitor's language.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};

use super::words::Lang;
use crate::store::pages::{Filter, Order};

/// The form of an answer: what the page's address ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page to look at.
    Html,
    /// Its twin for programs.
    Json,
    /// The list as a table.
    Csv,
    /// The places of the list.
    GeoJson,
    /// The brief as text.
    Markdown,
}

impl Form {
    const ENDINGS: [(&'static str, Form); 4] = [
        (".json", Form::Json),
        (".csv", Form::Csv),
        (".geojson", Form::GeoJson),
        (".md", Form::Markdown),
    ];
}

/// A request to look at something.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The parts of the path, without the ending.
    pub path: Vec<String>,
    /// What the answer is to look like.
    pub form: Form,
    /// What stands behind the question mark, decoded, in its order.
    pub params: Vec<(String, String)>,
    /// The language of the interface.
    pub lang: Lang,
    /// `light` or `dark`, if the visitor chose.
    pub theme: Option<String>,
    /// The visit before this one, in UTC.
    pub since: Option<String>,
    /// When the visitor was last here.
    pub seen: Option<String>,
}

/// The parameters that are facets of facts.
pub const FACETS: [&str; 9] =
    ["family", "kind", "told", "state", "actor", "place", "country", "outlet", "report"];

impl Asked {
    /// Reads a request.
    pub fn new(path: &str, query: &str, headers: &HeaderMap) -> Asked {
        let ended = Form::ENDINGS
            .iter()
            .find_map(|(ending, form)| Some((path.strip_suffix(ending)?, *form)));
        let (path, form) = ended.unwrap_or((path, Form::Html));
        let path = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
        let params = pairs(query);
        let param = |name: &str| value(&params, name);
        let lang =
            param("lang").or(cookie(headers, "lang")).and_then(|code| Lang::from_code(&code));
        let accepted = || {
            headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(Lang::accepted)
        };
        Asked {
            path,
            form,
            lang: lang.or_else(accepted).unwrap_or_default(),
            theme: cookie(headers, "theme")
                .filter(|theme| ["light", "dark"].contains(&theme.as_str())),
            since: param("since").or(cookie(headers, "since")).filter(|moment| is_moment(moment)),
            seen: cookie(headers, "seen").filter(|moment| is_moment(moment)),
            params,
        }
    }

    /// The first value of a parameter that is not empty.
    pub fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(key, value)| key == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    }

    /// The number in a parameter.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.param(name)?.parse().ok()
    }

    /// The page of a list, from 1.
    pub fn page(&self) -> u64 {
        self.number("page").unwrap_or(1).clamp(1, 1_000_000)
    }

    /// The facts that the address asks for.
    pub fn filter(&self) -> Filter {
        let facet = |name: &&str| {
            let values = self.params.iter().filter(|(key, value)| key == name && !value.is_empty());
            let values: Vec<String> = values.map(|(_, value)| value.clone()).take(20).collect();
            (!values.is_empty()).then(|| ((*name).to_owned(), values))
        };
        let mut facets: Vec<(String, Vec<String>)> = FACETS.iter().filter_map(facet).collect();
        if self.param("contested").is_some() {
            facets.push(("contested".to_owned(), vec!["yes".to_owned()]));
        }
        let day = |name: &str| self.param(name).filter(|day| is_day(day)).map(str::to_owned);
        Filter {
            words: self.param("q").map(str::to_owned),
            facets,
            from: day("from"),
            to: day("to").map(|day| whole(&day)),
            origins: self.number("origins").unwrap_or(0),
            credibility: self.number("credibility").and_then(|grade| u8::try_from(grade).ok()),
            order: match self.param("sort") {
                Some("oldest") => Order::Oldest,
                Some("told") => Order::MostTold,
                Some("credibility") => Order::Surest,
                _ => Order::Newest,
            },
        }
    }

    /// The address of this page with other parameters: those with a value are put in the place of what
    /// was there, those without are left out. The number of the page always goes.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = self.params.iter().filter(|(key, _)| {
            !["page", "token", "done"].contains(&key.as_str())
                && changes.iter().all(|(changed, _)| changed != key)
        });
        let new = changes
            .iter()
            .filter_map(|(key, value)| Some(((*key).to_owned(), (*value)?.to_owned())));
        self.at(Form::Html, kept.cloned().chain(new))
    }

    /// The address of this page in another form, with the same filter.
    pub fn form(&self, form: Form) -> String {
        self.at(
            form,
            self.params
                .iter()
                .filter(|(key, _)| !["page", "lang", "token", "done"].contains(&key.as_str()))
                .cloned(),
        )
    }

    fn at(&self, form: Form, params: impl Iterator<Item = (String, String)>) -> String {
        let ending =
            Form::ENDINGS.iter().find(|(_, own)| *own == form).map_or("", |(ending, _)| ending);
        let path: Vec<String> = self.path.iter().map(|part| encoded(part)).collect();
        format!("/{}{ending}{}", path.join("/"), question(params))
    }

    /// What stands behind the question mark, for other addresses of the same filter.
    pub fn query(&self) -> String {
        let own = |key: &str| !["page", "lang", "token", "done", "sort"].contains(&key);
        question(self.params.iter().filter(|(key, _)| own(key)).cloned())
    }
}

/// Parameters as they stand in an address, with the question mark.
pub fn question(params: impl Iterator<Item = (String, String)>) -> String {
    let pairs: Vec<String> =
        params.map(|(key, value)| format!("{}={}", encoded(&key), encoded(&value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The pairs of a query or of a form.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(key, value)| (decoded(&key.replace('+', " ")), decoded(&value.replace('+', " "))))
        .collect()
}

/// The first value under a name.
pub fn value(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies =
        cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    cookies.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A part of an address as it is meant: percent signs undone, what is no UTF-8 replaced, no zero bytes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.filter(|_| byte == b'%').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(meant) => {
                bytes.push(meant);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    bytes.retain(|&byte| byte != 0);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text as it may stand in an address.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(byte as char);
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A year, a month or a day.
fn is_day(text: &str) -> bool {
    let shape: String =
        text.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
    ["0000", "0000-00", "0000-00-00"].contains(&shape.as_str())
}

/// The last moment of a year, month or day, as days are compared.
fn whole(day: &str) -> String {
    format!("{day}{}", &"-99-99"[day.len().saturating_sub(4).min(6)..])
}

fn is_moment(text: &str) -> bool {
    text.len() <= 30 && crate::cli::moment(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str, query: &str) -> Asked {
        Asked::new(path, query, &HeaderMap::new())
    }

    #[test]
    fn an_address_says_page_form_and_filter() {
        let asked = asked(
            "/facts.json",
            "q=lanchas+r%C3%A1pidas&kind=seize&kind=arrest&from=2024&to=2024-07&page=3",
        );
        assert_eq!(
            (asked.path.join("/").as_str(), asked.form, asked.page()),
            ("facts", Form::Json, 3)
        );
        let filter = asked.filter();
        assert_eq!(filter.words.as_deref(), Some("lanchas rápidas"));
        assert_eq!(
            filter.facets,
            [("kind".to_owned(), vec!["seize".to_owned(), "arrest".to_owned()])]
        );
        assert_eq!(
            (filter.from.as_deref(), filter.to.as_deref()),
            (Some("2024"), Some("2024-07-99"))
        );
        assert_eq!(whole("2024"), "2024-99-99");
        assert_eq!(whole("2024-07-05"), "2024-07-05");
    }

    #[test]
    fn addresses_are_written_as_they_are_read() {
        let first = asked("/facts", "q=a%26b&page=2&sort=told");
        assert_eq!(
            first.with(&[("sort", None), ("kind", Some("Ñ"))]),
            "/facts?q=a%26b&kind=%C3%91"
        );
        assert_eq!(first.form(Form::Csv), "/facts.csv?q=a%26b&sort=told");
        assert_eq!(asked("/x", "q=%zz%4").param("q"), Some("%zz%4"));
    }

    #[test]
    fn what_is_no_day_is_no_filter() {
        assert_eq!(asked("/facts", "from=yesterday&to=2024-1").filter().from, None);
        assert_eq!(asked("/facts", "page=-1").page(), 1);
    }
}
