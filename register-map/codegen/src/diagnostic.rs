//! What is unusual in a description, said so that its author can mend it.
//!
//! Vendors' files are full of surprises. None of them may panic, and none may become wrong code
//! in silence: whatever is left out, renamed or interpreted is said here, with the register, the
//! XML element and what to do about it.

use std::collections::BTreeSet;
use std::fmt;

use crate::prose;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; the output is what the description says.
    Note,
    /// Something was left out or had to be interpreted; the rest of the output is right.
    Warning,
    /// No output can be trusted, so there is none.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing that is unusual.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where: `PERIPHERAL.CLUSTER.REGISTER.FIELD`, as far down as it goes; may be empty.
    pub path: String,
    /// The XML element, without brackets.
    pub element: String,
    /// Line of the file, from 1; 0 if unknown.
    pub line: u32,
    /// What is wrong, and what was made of it.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity)?;
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        if !self.element.is_empty() {
            write!(f, "<{}>: ", self.element)?;
        }
        f.write_str(&self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// All diagnostics of one run, in the order in which they were found.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    left_out: usize,
    said: BTreeSet<(u32, String, String)>,
}

/// More than this helps nobody, and a hostile file must not fill the memory.
const MOST: usize = 20_000;

impl Diagnostics {
    /// Adds one, unless the same was said of the same line: a register that several peripherals
    /// share is looked at for each of them.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        // Texts of the file may hold line breaks and worse.
        for text in [&mut diagnostic.path, &mut diagnostic.message] {
            if text.chars().any(char::is_control) {
                *text = prose::plain(text);
            }
        }
        let said = (diagnostic.line, diagnostic.element.clone(), diagnostic.message.clone());
        if diagnostic.line > 0 && self.said.contains(&said) {
            return;
        }
        // An error decides whether there is output, so it is never dropped.
        if self.list.len() < MOST || diagnostic.severity == Severity::Error {
            self.said.insert(said);
            self.list.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// How many were too many to keep.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether any is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}
