//! Web pages.

use crate::{Format, Hint, ReadError, Report, plain};

/// Reads a web page.
pub(crate) fn report(bytes: &[u8], hint: Hint<'_>) -> Result<Report, ReadError> {
    plain::report(bytes, hint, Format::Html)
}
