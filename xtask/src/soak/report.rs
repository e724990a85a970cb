//! The report of a long run, in Markdown.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Check, Outcome};
use crate::error::Result;

/// All checks of one run.
#[derive(Debug)]
pub(super) struct Report {
    stamp: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    about: &'static str,
    time: Duration,
    result: Result<Outcome>,
}

impl Report {
    pub(super) fn new(stamp: String) -> Self {
        let rows = Vec::new();
        Self { stamp, rows }
    }

    pub(super) fn add(&mut self, check: &Check, time: Duration, result: Result<Outcome>) {
        let row = Row { name: check.name, about: check.about, time, result };
        println!("-- {} {}", row.word(), check.name);
        self.rows.push(row);
    }

    pub(super) fn failed(&self) -> usize {
        self.rows.iter().filter(|row| row.result.is_err()).count()
    }

    /// "4 passed, 1 failed, 1 could not run".
    pub(super) fn summary(&self) -> String {
        let passed = |row: &&Row| matches!(row.result, Ok(Outcome::Passed { .. }));
        let passed = self.rows.iter().filter(passed).count();
        let failed = self.failed();
        let rest = self.rows.len() - passed - failed;
        format!("{passed} passed, {failed} failed, {rest} could not run")
    }

    pub(super) fn markdown(&self) -> String {
        let mut text = format!(
            "# Report of the long checks\n\nWritten by `cargo xtask soak`: {} {}.\n\n\
             | Check | Looks for | Result | Time | Figures |\n|---|---|---|---|---|\n",
            self.stamp,
            self.summary()
        );
        for row in &self.rows {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                row.name,
                row.about,
                row.word(),
                minutes(row.time),
                row.figures().replace('\n', " ").replace('|', "\\|")
            );
        }
        for row in &self.rows {
            match &row.result {
                Ok(Outcome::Passed { command, .. }) => {
                    let _ = write!(text, "\n## {}\n\n```sh\n{command}\n```\n", row.name);
                }
                Ok(Outcome::CannotRun(error)) | Err(error) => {
                    let _ = write!(text, "\n## {}\n\n```text\n{error}\n```\n", row.name);
                }
            }
        }
        text
    }
}

impl Row {
    fn word(&self) -> &'static str {
        match self.result {
            Ok(Outcome::Passed { .. }) => "passed",
            Ok(Outcome::CannotRun(_)) => "could not run",
            Err(_) => "**FAILED**",
        }
    }

    fn figures(&self) -> String {
        match &self.result {
            Ok(Outcome::Passed { figures, .. }) => figures.clone(),
            _ => "see below".to_owned(),
        }
    }
}

fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    // A report has a row a check, what failed stands below with its reason, and all are counted.
    #[test]
    fn report_counts_and_explains() {
        let mut report = Report::new("today.".to_owned());
        let outcome = Outcome::Passed {
            command: "cargo test".to_owned(),
            figures: "5 tests | 2 ignored".to_owned(),
        };
        let time = Duration::from_secs(75);
        report.add(&super::super::ALL[0], time, Ok(outcome));
        let absent = Outcome::CannotRun(Error::new("not installed"));
        report.add(&super::super::ALL[1], time, Ok(absent));
        report.add(&super::super::ALL[2], time, Err(Error::new("found one")));
        assert_eq!(report.failed(), 1);
        assert_eq!(report.summary(), "1 passed, 1 failed, 1 could not run");
        let text = report.markdown();
        assert!(text.contains("| passed | 1:15 | 5 tests \\| 2 ignored |"), "{text}");
        assert!(text.contains("```text\nfound one\n```"), "{text}");
    }
}
