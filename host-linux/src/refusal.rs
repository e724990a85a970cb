//! Why a device cannot be opened, and what to type.
#![forbid(unsafe_code)]

use core::fmt;

/// A device could not be opened: what was tried, what the system said, what to do. `K` is what
/// kinds of refusal there are on a road.
#[derive(Clone, Debug)]
pub struct Refusal<K> {
    kind: K,
    device: String,
    tried: String,
    answer: String,
    hint: String,
}

impl<K: Copy> Refusal<K> {
    /// Of a device, in something that was tried.
    #[must_use]
    pub fn new(kind: K, device: &dyn fmt::Display, tried: &str) -> Self {
        let (answer, hint) = (String::new(), String::new());
        Self { kind, device: device.to_string(), tried: tried.to_owned(), answer, hint }
    }

    /// With what was answered.
    #[must_use]
    pub fn answer(mut self, answer: impl fmt::Display) -> Self {
        self.answer = answer.to_string();
        self
    }

    /// With what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What kind of thing stands in the way.
    #[must_use]
    pub const fn kind(&self) -> K {
        self.kind
    }

    /// What to do, often as a command; empty if nothing is known.
    #[must_use]
    pub fn what_to_do(&self) -> &str {
        &self.hint
    }
}

impl<K> fmt::Display for Refusal<K> {
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

impl<K: fmt::Debug> core::error::Error for Refusal<K> {}

#[cfg(test)]
mod tests {
    use super::*;

    // A message is one line: what, on what, the answer, what to do.
    #[test]
    fn message_has_its_four_parts() {
        let error = Refusal::new(7, &"0000:01:00.0", "opening its group")
            .answer("busy")
            .hint("end the other process");
        let text = error.to_string();
        assert_eq!(text, "0000:01:00.0: opening its group: busy; end the other process");
        assert_eq!((error.kind(), error.what_to_do()), (7, "end the other process"));
        let bare = Refusal::new((), &"x", "y").to_string();
        assert_eq!(bare, "x: y");
    }
}
