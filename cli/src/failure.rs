//! Why a command could not do what it was asked for.
#![forbid(unsafe_code)]

use std::fmt;
use std::io;

/// What was tried, on what, what was answered, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    tried: String,
    answer: String,
    hint: String,
    kind: Option<io::ErrorKind>,
}

impl Failure {
    /// The system refused something: "open /dev/kmsg".
    pub(crate) fn of(tried: impl Into<String>, error: &io::Error) -> Self {
        let kind = Some(error.kind());
        Self { tried: tried.into(), answer: error.to_string(), hint: String::new(), kind }
    }

    /// Something else is wrong.
    pub(crate) fn because(tried: impl Into<String>, reason: impl fmt::Display) -> Self {
        let (answer, hint) = (reason.to_string(), String::new());
        Self { tried: tried.into(), answer, hint, kind: None }
    }

    /// What to do about it, often a command.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Whether nobody reads what is written.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.kind == Some(io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}", self.tried, self.answer)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, "; {}", self.hint) }
    }
}
