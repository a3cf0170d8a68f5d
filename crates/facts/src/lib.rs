//! What reports say: values, each with the words it came from.
//!
//! Values are read out of a parsed text by the words and classes of a [`Pack`]. The crate touches
//! neither files nor the clock, and after loading nothing fails.

pub mod gazetteer;
pub mod pack;
pub mod speech;
pub mod statement;
pub mod value;

pub use gazetteer::Gazetteer;
pub use pack::{Pack, Problem};
pub use value::Cited;
