//! Why a command could not do what it was asked for.

use std::fmt;
use std::io;

/// What was tried, on what, and what was answered.
#[derive(Debug)]
pub(crate) struct Failure {
    tried: String,
    answer: String,
    hint: &'static str,
    kind: Option<io::ErrorKind>,
}

impl Failure {
    /// The system refused something.
    pub(crate) fn of(tried: impl Into<String>, error: &io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::PermissionDenied => "; the kernel's log may need root",
            io::ErrorKind::NotFound => "; name a file, or `-` for standard input",
            _ => "",
        };
        Self { tried: tried.into(), answer: error.to_string(), hint, kind: Some(error.kind()) }
    }

    /// Something else is wrong.
    pub(crate) fn because(tried: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { tried: tried.into(), answer: reason.to_string(), hint: "", kind: None }
    }

    /// Whether nobody reads what is written.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.kind == Some(io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}{}", self.tried, self.answer, self.hint)
    }
}
