//! Constant tables, written by `scripts/parse_tables.py`; see NOTICE for those that are spaCy's.

mod base_norms;
mod symbols;
pub(crate) mod unicode;

pub(crate) use base_norms::BASE_NORMS;
pub(crate) use symbols::SYMBOLS;
