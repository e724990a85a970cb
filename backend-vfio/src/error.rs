//! Why a device cannot be opened or memory not mapped, and what to type.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Error, ErrorKind, Operation};
use rustix::io::Errno;

/// What kind of thing stands in the way. Stable: match on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum OpenErrorKind {
    /// It is no address of a PCI device.
    BadAddress,
    /// There is no such option, or it cannot have this value.
    BadOption,
    /// There is no device at this address.
    Missing,
    /// Nothing translates the device's addresses.
    NoIommu,
    /// Another driver has the device, or none.
    WrongDriver,
    /// The kernel has no VFIO, or its module is not loaded.
    NoVfio,
    /// This user may not open the node.
    NoPermission,
    /// Other devices of the same group are in the hands of other drivers.
    NotViable,
    /// Another process, or another part of this one, has it.
    Busy,
    /// The host cannot keep devices from forging interrupts.
    UnsafeInterrupts,
    /// The device does not snoop caches, and user space cannot maintain them here.
    NotCoherent,
    /// The road has no translation: it is opened as unprotected or not at all.
    Unprotected,
    /// The system answered something else.
    Os,
}

/// A device could not be opened: what was tried, what the system said, what to do.
#[derive(Clone, Debug)]
pub struct OpenError {
    kind: OpenErrorKind,
    device: String,
    tried: String,
    answer: String,
    hint: String,
}

impl OpenError {
    pub(crate) fn new(kind: OpenErrorKind, device: &dyn fmt::Display, tried: &str) -> Self {
        let (answer, hint) = (String::new(), String::new());
        Self { kind, device: device.to_string(), tried: tried.to_owned(), answer, hint }
    }

    pub(crate) fn answer(mut self, answer: impl fmt::Display) -> Self {
        self.answer = answer.to_string();
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What kind of thing stands in the way.
    #[must_use]
    pub const fn kind(&self) -> OpenErrorKind {
        self.kind
    }

    /// What to do, often as a command; empty if nothing is known.
    #[must_use]
    pub fn what_to_do(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.device, self.tried)?;
        if !self.answer.is_empty() {
            write!(f, ": {}", self.answer)?;
        }
        if !self.hint.is_empty() {
            write!(f, "; {}", self.hint)?;
        }
        Ok(())
    }
}

impl core::error::Error for OpenError {}

/// Memory could not be lent or mapped: the core's error, with what the system said and what to do.
#[derive(Clone, Debug)]
pub struct MemoryError {
    error: Error,
    explanation: String,
}

impl MemoryError {
    pub(crate) fn new(error: Error, explanation: impl Into<String>) -> Self {
        Self { error, explanation: explanation.into() }
    }

    pub(crate) fn plain(kind: ErrorKind, operation: Operation) -> Self {
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

/// The system's refusal as an error of the core.
pub(crate) fn os(operation: Operation, error: Errno) -> Error {
    let kind = if error == Errno::NODEV { ErrorKind::Gone } else { ErrorKind::Os };
    Error::new(kind, operation, error.raw_os_error().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    // A message is one line: what, on what, the answer, what to do.
    #[test]
    fn message_has_its_four_parts() {
        let error = OpenError::new(OpenErrorKind::Busy, &"0000:01:00.0", "opening its group")
            .answer(Errno::BUSY)
            .hint("end the other process");
        let text = error.to_string();
        assert!(text.starts_with("0000:01:00.0: opening its group: "), "{text}");
        assert!(text.ends_with("; end the other process"), "{text}");
        assert_eq!(error.kind(), OpenErrorKind::Busy);
        let bare = OpenError::new(OpenErrorKind::Os, &"x", "y").to_string();
        assert_eq!(bare, "x: y");
    }
}
