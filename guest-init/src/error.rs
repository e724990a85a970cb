//! What went wrong in the guest: what was tried, on what, what the system said.
#![forbid(unsafe_code)]

use std::fmt;

/// A result in the guest.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A message that goes into the report.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    /// With these words.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Puts what was tried in front of what the system said.
pub trait Context<T> {
    /// What was tried, and on what.
    ///
    /// # Errors
    ///
    /// As before, with those words in front.
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    /// What was tried, and on what.
    ///
    /// # Errors
    ///
    /// As before, with those words in front.
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Error(format!("{doing}: {error}")))
    }
}

/// Reads a small file of the kernel, without blanks around it.
///
/// # Errors
///
/// It cannot be read.
pub fn read(path: &str) -> Result<String> {
    let text = std::fs::read_to_string(path).context(format_args!("read {path}"))?;
    Ok(text.trim().to_owned())
}

/// Writes to a file of the kernel.
///
/// # Errors
///
/// The kernel does not take it.
pub fn write(path: &str, text: &str) -> Result<()> {
    std::fs::write(path, text).context(format_args!("write {text:?} to {path}"))
}
