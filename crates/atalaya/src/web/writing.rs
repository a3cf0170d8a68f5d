//! What changes the room: decisions, and reports that are added. One at a time, all of it logged.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use atalaya_facts::event::Type;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request};
use serde_json::{Value, json};

use super::App;
use super::answer::{Answer, Failure};
use super::asked::{Asked, pairs, value};
use super::comparing;
use crate::judge::{self, act};
use crate::picture::{Actor, Fact};
use crate::room::files::{Found, From};
use crate::room::{LIMIT, Room, Writer};
use crate::store;
use crate::store::{Place, StoredAct, StoredAnchor};

/// The longest form that is taken, in bytes.
const FORM: usize = 64 << 10;

/// The longest table that is compared, in bytes.
pub const TABLE: usize = 8 << 20;

/// What one request adds at most: so many bytes, so many files.
pub const UPLOAD: usize = 64 << 20;
const FILES: usize = 200;

/// How long a change waits for another program that writes to the room.
const WAIT: Duration = Duration::from_secs(30);

/// Whether a program asks, and not a browser's window.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}

/// Changes the room as a request says.
pub async fn change(
    app: &Arc<App>,
    parts: &Parts,
    asked: &Asked,
    body: Body,
) -> Result<Answer, Failure> {
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    match path[..] {
        ["reports"] => add(app, parts, body).await,
        ["figures", "compare"] => comparing::compared(app, parts, asked, body).await,
        ["judge" | "undo"] => {
            let bytes = to_bytes(body, FORM).await.map_err(|_| Failure::TooLarge)?;
            let fields = pairs(&String::from_utf8_lossy(&bytes));
            let undo = path[..] == ["undo"];
            let json = wants_json(&parts.headers);
            let back = value(&fields, "back")
                .filter(|back| is_own(back))
                .unwrap_or_else(|| "/decisions".to_owned());
            let act = write(
                app,
                move |app| {
                    if undo { take_back(app, &fields) } else { decide(app, &fields) }
                },
            )
            .await?;
            let back = there(app, back)?;
            let join = if back.contains('?') { '&' } else { '?' };
            Ok(match json {
                true => Answer::json(&json!({ "done": act.shown, "id": act.id })),
                false => Answer::see(&format!("{back}{join}done={}", act.id)),
            })
        }
        _ => Err(Failure::Missing),
    }
}

/// The page to go back to; in the place of a fact that is there no more, the log of decisions.
fn there(app: &App, back: String) -> Result<String, Failure> {
    let path = back.split(['?', '#']).next().unwrap_or_default();
    let Some(fact) = path.strip_prefix("/facts/").map(str::to_owned) else { return Ok(back) };
    let known =
        app.readers.ask(|room| Ok::<_, Failure>(room.store().fact_row(&fact)?.is_some()))?;
    Ok(if known { back } else { "/decisions".to_owned() })
}

/// Whether an address leads to a page of this server and nowhere else.
fn is_own(back: &str) -> bool {
    back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n'])
}

/// Does one change, when its turn comes. It is finished even if nobody waits for the answer.
async fn write<T: Send + 'static>(
    app: &Arc<App>,
    change: impl FnOnce(&App) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let app = app.clone();
    let done = tokio::spawn(async move {
        let _turn = app.writing.lock().await;
        let own = app.clone();
        tokio::task::spawn_blocking(move || change(&own)).await
    });
    match done.await {
        Ok(Ok(done)) => done,
        _ => Err(Failure::Bad("the change could not be made".to_owned())),
    }
}

fn open(app: &App, doing: &str) -> Result<Writer, Failure> {
    Ok(Writer::open(&app.room, false, doing, WAIT, |_| {})?)
}

/// Does what a form decides, and gives the last of its acts as it was kept.
fn decide(app: &App, fields: &[(String, String)]) -> Result<StoredAct, Failure> {
    let reason = value(fields, "reason").filter(|reason| !reason.trim().is_empty());
    let mut acts = app.readers.ask(|room| acts(app, room, fields))?;
    acts.iter_mut().for_each(|act| act.reason.clone_from(&reason));
    let mut writer = open(app, "serve: decide")?;
    writer.decide(&app.engine, &acts)?;
    writer.store().acts()?.pop().ok_or(Failure::Missing)
}

/// Takes back the decision of an act, or the last one, and gives its first act.
fn take_back(app: &App, fields: &[(String, String)]) -> Result<StoredAct, Failure> {
    let id = value(fields, "id").and_then(|id| id.parse().ok());
    let undone = open(app, "serve: undo")?.undo(&app.engine, id)?;
    undone
        .into_iter()
        .next()
        .ok_or_else(|| Failure::Bad("there is nothing to take back".to_owned()))
}

/// What a form decides.
fn acts(app: &App, room: &Room, fields: &[(String, String)]) -> Result<Vec<StoredAct>, Failure> {
    let field = |name: &str| {
        value(fields, name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let need =
        |name: &'static str| field(name).ok_or_else(|| Failure::Bad(format!("{name} is missing")));
    let claim = || claim(room, &need("claim")?);
    match need("verb")?.as_str() {
        verb @ ("same" | "different") => {
            let (one, other) = (subject(room, &need("one")?)?, subject(room, &need("other")?)?);
            if one.1.kind.is_some() != other.1.kind.is_some() || one.1 == other.1 {
                return Err(Failure::Bad("these two cannot be one".to_owned()));
            }
            let shown = format!("{verb}: {} / {}", one.0, other.0);
            Ok(vec![act(verb, vec![one.1, other.1], None, shown)])
        }
        "split" => split(room, &need("fact")?, &need("claim")?),
        "reject" => claim().map(|(words, anchor)| {
            vec![act("reject", vec![anchor], None, format!("rejected: {words}"))]
        }),
        "correct" => {
            let ((words, anchor), role, value) = (claim()?, need("role")?, need("value")?);
            let kind = anchor.kind.as_deref().and_then(|kind| app.engine.pack.kinds.by_name(kind));
            if kind.is_some_and(|kind| kind.takes(&role, Type::Period)) && !is_time(&value) {
                return Err(Failure::Bad(
                    "write the time as 2024, 2024-07 or 2024-07-31".to_owned(),
                ));
            }
            let anchor = StoredAnchor { role: Some(role.clone()), ..anchor };
            Ok(vec![act(
                "correct",
                vec![anchor],
                Some(value.clone()),
                format!("{role} is {value}: {words}"),
            )])
        }
        "published" => published(room, &need("report")?, &need("value")?),
        "confirm" => {
            let (words, anchor) = subject(room, &need("fact")?)?;
            Ok(vec![act("confirm", vec![anchor], None, format!("checked: {words}"))])
        }
        "rate" => rate(&need("outlet")?, &need("value")?),
        "note" => {
            let (shown, anchor) = match (field("fact"), field("report")) {
                (Some(fact), _) => subject(room, &fact)?,
                (None, Some(report)) => {
                    (report.clone(), judge::whole(&room.store().one(&report)?.1, None))
                }
                (None, None) => {
                    return Err(Failure::Bad("what the note is about is missing".to_owned()));
                }
            };
            Ok(vec![act("note", vec![anchor], Some(need("value")?), shown)])
        }
        "claim" => own(app, room, fields),
        _ => Err(Failure::Bad("there is no such decision".to_owned())),
    }
}

/// The words of a claim, and where they stand.
fn claim(room: &Room, id: &str) -> Result<(String, StoredAnchor), Failure> {
    let telling = room.store().telling(id)?.ok_or(Failure::Missing)?;
    let words = telling.claim["text"]
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Ok((words, judge::anchor(&telling.report, &telling.claim)))
}

/// A fact by its identifier or the start of it, else an actor by identifier or name.
fn subject(room: &Room, name: &str) -> Result<(String, StoredAnchor), Failure> {
    let store = room.store();
    let name = named(name);
    if let Some(row) = store.fact_row(&store.full_id(name)?)? {
        let fact: Fact = store.whole_fact(&row.id)?.ok_or(Failure::Missing)?;
        let first = fact.claims.first().ok_or(Failure::Missing)?;
        return Ok((row.caption, claim(room, &first.claim)?.1));
    }
    let id = store
        .actor_named(name)?
        .ok_or_else(|| Failure::Bad(format!("no fact and no one actor is called {name}")))?;
    let actor: Actor = store.whole_actor(&id)?.ok_or(Failure::Missing)?;
    if actor.mentions.is_empty() {
        return Err(Failure::Bad(format!("no report mentions {name}")));
    }
    Ok((actor.name.clone(), judge::mention(&actor)))
}

/// The identifier in the address of a fact's or an actor's page; anything else is a name as it stands.
fn named(name: &str) -> &str {
    let page = ["/facts/", "/actors/"].iter().find_map(|page| name.rsplit_once(page));
    page.map_or(name, |(_, rest)| rest.split(['#', '?', '/']).next().unwrap_or(rest))
}

fn split(room: &Room, fact: &str, id: &str) -> Result<Vec<StoredAct>, Failure> {
    let (words, anchor) = claim(room, id)?;
    let whole: Fact = room.store().whole_fact(fact)?.ok_or(Failure::Missing)?;
    let shown = format!("split from {}: {words}", &fact.get(..8).unwrap_or(fact));
    let others = whole.claims.iter().filter(|told| told.claim != id);
    let acts = others.map(|told| {
        Ok(act("different", vec![anchor.clone(), claim(room, &told.claim)?.1], None, shown.clone()))
    });
    let acts = acts.collect::<Result<Vec<_>, Failure>>()?;
    if acts.is_empty() {
        Err(Failure::Bad("it has no other claim to be split from".to_owned()))
    } else {
        Ok(acts)
    }
}

fn published(room: &Room, report: &str, day: &str) -> Result<Vec<StoredAct>, Failure> {
    if day.len() != 10 || day.parse::<jiff::civil::Date>().is_err() {
        return Err(Failure::Bad("write the day as 2024-07-31".to_owned()));
    }
    let (_, report) = room.store().one(report)?;
    let shown = format!("published on {day}: {}", &report[..8]);
    let anchor = judge::whole(&report, Some(judge::PUBLISHED));
    Ok(vec![act("correct", vec![anchor], Some(day.to_owned()), shown)])
}

/// Whether a value is a day, a month or a year.
fn is_time(value: &str) -> bool {
    let rest = match value.len() {
        4 => "-01-01",
        7 => "-01",
        10 => "",
        _ => return false,
    };
    format!("{value}{rest}").parse::<jiff::civil::Date>().is_ok()
}

fn rate(outlet: &str, grade: &str) -> Result<Vec<StoredAct>, Failure> {
    if !matches!(grade, "A" | "B" | "C" | "D" | "E" | "F") {
        return Err(Failure::Bad("a rating is one of A, B, C, D, E, F".to_owned()));
    }
    let rated = act("rate", Vec::new(), Some(grade.to_owned()), format!("{outlet}: {grade}"));
    Ok(vec![StoredAct { subject: Some(outlet.to_owned()), ..rated }])
}

fn own(app: &App, room: &Room, fields: &[(String, String)]) -> Result<Vec<StoredAct>, Failure> {
    let text = |name: &str| value(fields, name).unwrap_or_default();
    let at = |name: &str| {
        text(name)
            .parse::<usize>()
            .map_err(|_| Failure::Bad("choose the words that say so".to_owned()))
    };
    let (row, report) = room.store().one(&text("report"))?;
    let words = at("start")?..at("end")?;
    let lines = text("roles");
    let roles = lines.lines().filter_map(|line| line.split_once('='));
    let roles: Vec<(String, String)> =
        roles.map(|(role, value)| (role.trim().to_owned(), value.trim().to_owned())).collect();
    Ok(vec![judge::own_claim(&app.engine, room, (row, &report), &text("kind"), words, &roles)?])
}

/// Adds the files of a form. Their names are only names: nothing is written but the room.
async fn add(app: &Arc<App>, parts: &Parts, body: Body) -> Result<Answer, Failure> {
    let json = wants_json(&parts.headers);
    let mut request = Request::new(body);
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    let form = Multipart::from_request(request, &()).await;
    let found =
        files(form.map_err(|_| Failure::Bad("send files as a form with files in it".to_owned()))?)
            .await?;
    if found.is_empty() {
        return Err(Failure::Bad("there is no file among what was sent".to_owned()));
    }
    let added = write(app, move |app| store_files(app, found)).await?;
    Ok(if json { Answer::json(&added) } else { Answer::see("/reports") })
}

async fn files(mut form: Multipart) -> Result<Vec<Found>, Failure> {
    let broken = |_| Failure::Bad("what was sent broke off".to_owned());
    let (mut found, mut length) = (Vec::new(), 0);
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        let Some(name) = field.file_name().map(plain_name).filter(|name| !name.is_empty()) else {
            continue;
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            length += chunk.len();
            if length > UPLOAD || found.len() == FILES {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        // It came in no file of this machine: its place is its name, told apart from paths.
        found.push(Found {
            place: Place { kind: "input", name: format!("upload: {name}") },
            from: From::Input(bytes),
        });
    }
    Ok(found)
}

/// A file's name without folders and signs that steer terminals.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

fn store_files(app: &App, found: Vec<Found>) -> Result<Value, Failure> {
    let places: Vec<String> = found.iter().map(|found| found.place.name.clone()).collect();
    let mut writer = open(app, "serve: add")?;
    let added = writer.add(found, LIMIT, Some(&app.engine), &AtomicBool::new(false), |_| {})?;
    let (mut reports, mut problems) = (Vec::new(), Vec::new());
    for place in &places {
        for (id, title) in writer.store().found_at(place)? {
            let url = format!("/reports/{id}");
            reports.push(json!({ "source": place, "id": id, "title": title, "url": url }));
        }
        for problem in writer.store().problems_at(place)? {
            problems.push(json!({ "source": place, "problem": problem }));
        }
    }
    let new = added.of(store::Outcome::Added) + added.of(store::Outcome::Version);
    Ok(json!({ "added": new, "reports": reports, "problems": problems }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_no_folder() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\x\\a\u{1b}[2J.html"), "a[2J.html");
        assert_eq!(plain_name(".."), "..");
    }

    #[test]
    fn an_address_names_what_it_leads_to() {
        assert_eq!(named("http://127.0.0.1:7878/facts/12ab?done=3#c-1"), "12ab");
        assert_eq!(named("/actors/34cd"), "34cd");
        assert_eq!(named("Secretaría A/B"), "Secretaría A/B");
    }

    #[test]
    fn no_one_is_sent_elsewhere() {
        assert!(
            is_own("/facts?x=1")
                && !is_own("//evil.example")
                && !is_own("https://evil.example")
                && !is_own("/\\evil")
        );
    }
}
