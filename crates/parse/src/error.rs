//! Why a model could not be loaded.

use thiserror::Error;

/// Why a model could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file that the model's settings call for is not there.
    #[error("the model has no file {0:?}")]
    Missing(String),
    /// The model uses something that this runtime does not know; it could only guess at it.
    #[error("{file}: {what} is not supported")]
    Unsupported {
        /// The file or component that asks for it.
        file: String,
        /// What it asks for, by the name the model gives it.
        what: String,
    },
    /// A file is damaged, or does not fit the others.
    #[error("{file}: {why}")]
    Corrupt {
        /// The damaged file, or the section of a flat model.
        file: String,
        /// What is wrong with it.
        why: String,
    },
}

impl LoadError {
    pub(crate) fn corrupt(file: &str, why: impl Into<String>) -> LoadError {
        LoadError::Corrupt { file: file.into(), why: why.into() }
    }

    pub(crate) fn unsupported(file: &str, what: impl Into<String>) -> LoadError {
        LoadError::Unsupported { file: file.into(), what: what.into() }
    }
}
