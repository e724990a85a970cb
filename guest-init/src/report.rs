//! What a guest reports: numbered lines of JSON behind a mark, on the serial line.
//!
//! The kernel writes to the same line. The mark tells its messages from reports, and the numbers
//! show when a report was lost in one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Begins every report.
pub const MARK: &str = "@guest ";

/// Begins a line of a program's output that is a report of the conformance suite, as JSON.
pub const CONFORMANCE: &str = "@conformance ";

/// One report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Counts from 0 without a gap.
    pub number: u64,
    /// What happened.
    pub event: Event,
}

/// What can happen in a guest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The first process runs.
    Ready {
        /// The kernel's release.
        kernel: String,
        /// Seconds since the kernel started.
        uptime: f64,
    },
    /// A check came to its end.
    Check {
        /// What was checked.
        name: String,
        /// How it ended.
        outcome: Outcome,
        /// What was seen.
        detail: String,
    },
    /// A program wrote a line.
    Output {
        /// The line, without its end.
        text: String,
    },
    /// A program ended.
    Ended {
        /// Its file.
        program: String,
        /// Its exit code, if it was not killed.
        code: Option<i32>,
        /// How it ended, in words.
        how: String,
        /// How long it ran.
        seconds: f64,
    },
    /// The kernel complained.
    Kernel {
        /// Its line.
        text: String,
    },
    /// A step could not be done; the job ends.
    Failed {
        /// What was tried, and what the system said.
        reason: String,
    },
    /// The last line: the job has ended.
    End {
        /// Whether all went well.
        passed: bool,
    },
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// As expected.
    Passed,
    /// Otherwise.
    Failed,
    /// The machine has nothing to check here; the detail says why.
    NotApplicable,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Passed => "passed",
            Self::Failed => "FAILED",
            Self::NotApplicable => "not applicable",
        })
    }
}

/// A line that has the mark and no report behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garbled {
    /// The line as it came.
    pub line: String,
    /// Why it is no report.
    pub reason: String,
}

impl fmt::Display for Garbled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "garbled report {:?}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Garbled {}

impl Line {
    /// The text to write, with its end.
    ///
    /// # Errors
    ///
    /// A number that JSON does not have (not a number, infinite).
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        Ok(format!("{MARK}{}\n", serde_json::to_string(self)?))
    }

    /// Reads a line of the serial log; `None` if it is somebody else's.
    ///
    /// The mark may stand anywhere in the line: a message of the kernel without an end may stand
    /// before it.
    ///
    /// # Errors
    ///
    /// The mark is there and what follows is not a report.
    #[must_use]
    pub fn parse(text: &str) -> Option<Result<Self, Garbled>> {
        let start = text.find(MARK)? + MARK.len();
        let report = serde_json::from_str(text[start..].trim_end());
        Some(report.map_err(|error| Garbled { line: text.to_owned(), reason: error.to_string() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check() -> Line {
        let detail = "two \"edu\"\nand a line".to_owned();
        let event =
            Event::Check { name: "edu".to_owned(), outcome: Outcome::NotApplicable, detail };
        Line { number: 7, event }
    }

    // A report is one line, whatever is in it, and comes out as it went in.
    #[test]
    fn report_is_one_line_and_survives() {
        let text = check().to_text().unwrap();
        assert_eq!(text.matches('\n').count(), 1);
        assert_eq!(Line::parse(&text), Some(Ok(check())));
    }

    // A terminal's line end behind and a kernel message in front do not hide a report.
    #[test]
    fn report_is_found_inside_a_line() {
        let text = check().to_text().unwrap().replace('\n', "\r\n");
        let text = format!("[    1.2] half a message{text}");
        assert_eq!(Line::parse(&text), Some(Ok(check())));
    }

    // Other lines are nobody's error; a damaged report is.
    #[test]
    fn damaged_report_is_told_from_other_lines() {
        assert_eq!(Line::parse("[    0.0] Linux version"), None);
        let text = check().to_text().unwrap();
        assert!(Line::parse(&text[..30]).unwrap().is_err());
    }
}
