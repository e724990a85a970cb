//! What went wrong, in one line, and how the program ends.
#![forbid(unsafe_code)]

use std::fmt;
use std::process::ExitCode;

/// What went wrong: what was being done, and what was answered.
#[derive(Debug)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(message.to_string())
    }
}

/// So that `?` takes every error; [`Doing::doing`] says besides what was being done.
impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

/// Says what was being done when something went wrong.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T, Problem>;
}

impl<T, E: fmt::Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Result<T, Problem> {
        self.map_err(|error| Problem(format!("{what}: {error}")))
    }
}

/// Ends the program: 0, or one line to standard error and 1.
pub(crate) fn end(name: &str, result: Result<(), Problem>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Problem(message)) => {
            eprintln!("{name}: {message}");
            ExitCode::FAILURE
        }
    }
}
