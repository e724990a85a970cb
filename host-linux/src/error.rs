//! What the host answered: which file, what was tried, the system's word.
#![forbid(unsafe_code)]

use core::fmt;
use std::io;
use std::path::{Path, PathBuf};

use dma_core::{Error, ErrorKind, Operation};
use rustix::io::Errno;

/// The host refused something, or told something that makes no sense.
#[derive(Debug)]
pub struct HostError {
    doing: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl HostError {
    /// `doing` as "reading" or "listing".
    pub(crate) fn new(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self { doing, path: path.to_owned(), error }
    }

    /// The content of a file is not what it should be.
    pub(crate) fn nonsense(doing: &'static str, path: &Path, content: &str) -> Self {
        let text = format!("{:?} makes no sense there", content.trim());
        Self::new(doing, path, io::Error::new(io::ErrorKind::InvalidData, text))
    }

    /// What kind of refusal it is.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.error.kind()
    }

    /// The system's error number, if it was the system.
    #[must_use]
    pub fn number(&self) -> Option<i32> {
        self.error.raw_os_error()
    }

    /// What it was about.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.doing, self.path.display(), self.error)
    }
}

impl core::error::Error for HostError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// The system's refusal as an error of the core. For backends.
#[must_use]
pub fn os(operation: Operation, error: Errno) -> Error {
    let kind = if error == Errno::NODEV { ErrorKind::Gone } else { ErrorKind::Os };
    Error::new(kind, operation, error.raw_os_error().unsigned_abs())
}
