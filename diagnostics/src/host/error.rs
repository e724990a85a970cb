//! Why a host's files cannot be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A host's files cannot be read or written.
#[derive(Debug)]
pub struct HostFilesError {
    path: Option<PathBuf>,
    what: String,
    error: Option<io::Error>,
}

impl HostFilesError {
    pub(super) fn io(doing: &str, path: &Path, error: io::Error) -> Self {
        let (path, what) = (Some(path.to_owned()), doing.to_owned());
        Self { path, what, error: Some(error) }
    }

    pub(super) fn line(number: usize, what: &str) -> Self {
        Self { path: None, what: format!("line {number}: {what}"), error: None }
    }

    pub(super) fn of(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }
}

impl fmt::Display for HostFilesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, &self.error) {
            (Some(path), Some(error)) => write!(f, "{} {}: {error}", self.what, path.display()),
            (Some(path), None) => write!(f, "{}: {}", path.display(), self.what),
            (None, _) => write!(f, "no page of a host's files: {}", self.what),
        }
    }
}

impl std::error::Error for HostFilesError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.as_ref().map(|error| error as &(dyn std::error::Error + 'static))
    }
}
