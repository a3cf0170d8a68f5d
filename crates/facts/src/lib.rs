//! What reports say: values, each with the words it came from.
//!
//! Values are read out of a parsed text by the words and classes of a [`Pack`]. The crate touches
//! neither files nor the clock, and after loading nothing fails.

pub mod claim;
pub mod clause;
pub mod coref;
pub mod event;
mod extract;
mod figure;
pub mod fuse;
pub mod gazetteer;
mod lookup;
mod office;
pub mod pack;
pub mod reading;
pub mod speech;
pub mod standards;
pub mod statement;
pub mod story;
pub mod value;

pub use claim::Claim;
pub use extract::{Extraction, extract};
pub use gazetteer::Gazetteer;
pub use pack::{Class, Pack, Problem};
pub use reading::Reading;
pub use value::Cited;
