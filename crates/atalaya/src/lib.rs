//! Atalaya's library: the room, its store, and the command line over them.

pub mod brief;
pub mod cli;
pub mod compare;
mod error;
pub mod export;
pub mod judge;
pub mod mcp;
pub mod model;
pub mod offsets;
pub mod picture;
pub mod room;
pub mod store;
pub mod web;
pub mod world;

pub use error::Error;
