//! Fusion: from what each report says to actors and facts that several reports tell of.
//!
//! Pure functions over all reports of a room. Nothing depends on the order in which reports were
//! added: reports go by their identifiers, and all that is made is named after what it is made of.

pub mod actors;
mod groups;
pub mod input;
pub mod judgement;

pub use actors::{Actor, Actors};
pub use input::Room;
pub use judgement::{Judgement, Reason, Verdict};
