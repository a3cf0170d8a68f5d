//! Which page an address means: the one list of all of them.

mod actors;
mod brief;
mod claim;
mod compare;
mod decisions;
mod diff;
mod fact;
mod facts;
mod figures;
mod ledgers;
mod map;
mod network;
mod overview;
mod report;
mod reports;
mod search;
mod sources;
mod timeline;

pub use compare::page as compared;

use super::App;
use super::answer::{Answer, Failure};
use super::asked::Asked;
use super::view::Look;
use crate::room::Room;

/// The page that is asked for.
///
/// # Errors
/// When there is none, or the room fails.
pub fn answer(app: &App, room: &Room, asked: &Asked) -> Result<Answer, Failure> {
    let look = Look { asked, room, app };
    if !look.store().has_pages()? {
        return Err(Failure::Busy(
            "this room is of an older version; bring it up to date with: atalaya rebuild"
                .to_owned(),
        ));
    }
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    match path[..] {
        [] | ["overview"] => overview::page(look),
        ["facts"] => facts::page(look),
        ["facts", id] => fact::page(look, id),
        ["claims", id] => claim::page(look, id),
        ["reports"] => reports::page(look),
        ["reports", id] => report::page(look, id),
        ["reports", id, "original"] => report::original(look, id),
        ["reports", id, "diff", other] => diff::page(look, id, other),
        ["actors"] => actors::page(look),
        ["actors", id] => actors::one(look, id),
        ["map"] => map::page(look),
        ["timeline"] => timeline::page(look),
        ["network"] => network::page(look),
        ["figures"] => figures::page(look),
        ["figures", id] => figures::one(look, id),
        ["commitments"] => ledgers::commitments(look),
        ["positions"] => ledgers::positions(look),
        ["seizures"] => ledgers::seizures(look),
        ["allegations"] => ledgers::allegations(look),
        ["statements"] => ledgers::statements(look),
        ["contested"] => ledgers::contested(look),
        ["sources"] => sources::page(look),
        ["decisions"] => decisions::page(look),
        ["brief"] => brief::page(look),
        ["search"] => search::page(look),
        _ => Err(Failure::Missing),
    }
}
