//! What went wrong in a developer's command, and what to do about it.
//!
//! Commands here end in a person reading one or two lines, so an error is a message with an
//! optional hint, and grows context on its way out.

use std::fmt;
use std::path::Path;

/// A result of a developer's command.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A message: what was tried, on what, what was answered; and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    message: String,
    hint: Option<String>,
}

impl Error {
    /// What was tried, on what, and what was answered.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says in front what was being done.
    #[must_use]
    pub fn within(mut self, doing: impl fmt::Display) -> Self {
        self.message = format!("{doing}: {}", self.message);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(formatter, "\n  to do: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// Puts what was being done in front of any error.
pub trait Context<T> {
    /// `doing` is a short phrase: "read Cargo.toml".
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Error::new(format!("{doing}: {error}")))
    }
}

/// Reads a text file.
///
/// # Errors
///
/// Names the file and what the system said.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).context(format_args!("read {}", path.display()))
}

/// Writes a text file, making its folder.
///
/// # Errors
///
/// Names the file and what the system said.
pub fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).context(format_args!("create {}", folder.display()))?;
    }
    std::fs::write(path, text).context(format_args!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // A message keeps its hint on a line of its own, and context goes in front.
    #[test]
    fn context_goes_in_front_and_hint_below() {
        let error = Error::new("no such file").hint("create it").within("read x");
        assert_eq!(error.to_string(), "read x: no such file\n  to do: create it");
    }
}
