//! The guard: who may ask, and from where. Everything here is checked before anything is looked up.

use std::net::SocketAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};

use super::answer::Failure;
use super::asked::cookie;

/// The cookie that carries the token.
pub const KEY: &str = "atalaya";

/// Who may ask.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The names this server goes by, without a port. None: any, as only the token counts.
    hosts: Option<Vec<String>>,
    token: Option<String>,
}

impl Guard {
    /// The guard of a server that only this machine reaches: it goes by no other name, so that no
    /// page from elsewhere can reach it through a name of its own.
    pub fn local() -> Guard {
        Guard {
            hosts: Some(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec()),
            token: None,
        }
    }

    /// The guard of a server that others reach: it goes by its address, and asks for a token.
    pub fn open(address: SocketAddr, token: String) -> Guard {
        let any = address.ip().is_unspecified();
        let name = match address {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        let own = Guard::local().hosts.into_iter().flatten().chain([name]).collect();
        Guard { hosts: (!any).then_some(own), token: Some(token) }
    }

    /// The token that is asked for.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Whether a request may be answered.
    ///
    /// # Errors
    /// Why not.
    pub fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        offered: Option<&str>,
    ) -> Result<(), Failure> {
        let host = header(headers, &HOST).ok_or(Failure::Refused("the request names no host"))?;
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name).to_ascii_lowercase();
        if self.hosts.as_ref().is_some_and(|hosts| !hosts.contains(&name)) {
            return Err(Failure::Refused("this server does not go by that name"));
        }
        if let Some(token) = &self.token {
            let held = offered.map(str::to_owned).or_else(|| cookie(headers, KEY));
            if !held.is_some_and(|held| same(&held, token)) {
                return Err(Failure::Refused(
                    "open the address that was printed when the server started: it holds the token",
                ));
            }
        }
        if method == Method::GET || method == Method::HEAD {
            Ok(())
        } else {
            same_origin(headers, host)
        }
    }
}

/// Whether a request that changes something comes from a page of this server. Browsers say so; what
/// is no browser sends neither header, and carries nobody's cookies.
fn same_origin(headers: &HeaderMap, host: &str) -> Result<(), Failure> {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Failure::Refused("only pages of this server may change the room"));
    }
    let origin = header(headers, &ORIGIN);
    let own = |origin: &str| {
        origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host))
    };
    match origin {
        Some(origin) if !own(origin) => {
            Err(Failure::Refused("only pages of this server may change the room"))
        }
        None if site.is_none() => {
            Err(Failure::Refused("the request does not say which page it comes from"))
        }
        _ => Ok(()),
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &axum::http::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Compares without telling by the time it takes how much was right.
fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}
