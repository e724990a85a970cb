//! Why memory cannot be lent or mapped, and what to do.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Error, ErrorKind, Operation};

/// Memory could not be lent or mapped: the core's error, with what the system said and what to do.
#[derive(Clone, Debug)]
pub struct MemoryError {
    error: Error,
    explanation: String,
}

impl MemoryError {
    /// The core's error with words.
    #[must_use]
    pub fn new(error: Error, explanation: impl Into<String>) -> Self {
        Self { error, explanation: explanation.into() }
    }

    /// One without words.
    #[must_use]
    pub fn plain(kind: ErrorKind, operation: Operation) -> Self {
        Self::new(Error::new(kind, operation, 0), "")
    }

    /// The same without words.
    #[must_use]
    pub const fn error(&self) -> Error {
        self.error
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.error.kind()
    }
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        if self.explanation.is_empty() { Ok(()) } else { write!(f, ": {}", self.explanation) }
    }
}

impl core::error::Error for MemoryError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<MemoryError> for Error {
    fn from(error: MemoryError) -> Self {
        error.error
    }
}

impl From<Error> for MemoryError {
    fn from(error: Error) -> Self {
        Self::new(error, "")
    }
}
