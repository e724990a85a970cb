//! A suite: one named check, its verdict, and the table at the end.
//!
//! Three ends: passed; failed; or could not run, with the reason. The last one is a failure
//! wherever `CI` is set, so that nothing goes missing in silence.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::workspace::Workspace;

/// How a suite ended, if it did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// What was checked, in a few words with figures.
    Passed(String),
    /// Why it cannot run on this machine.
    CannotRun(Error),
}

impl Verdict {
    /// It passed; says what was checked.
    pub fn passed(what: impl Into<String>) -> Self {
        Self::Passed(what.into())
    }
}

/// One named check.
#[derive(Debug, Clone, Copy)]
pub struct Suite {
    /// What one types.
    pub name: &'static str,
    /// What it proves, in one line.
    pub about: &'static str,
    /// Whether it belongs to the quick round while one works.
    pub fast: bool,
    /// Runs it.
    pub run: fn(&Workspace) -> Result<Verdict>,
}

/// A row of the table.
#[derive(Debug)]
struct Row {
    name: &'static str,
    time: Duration,
    result: Result<Verdict>,
}

/// Runs suites in order, prints the table, and says whether none failed.
///
/// A suite that cannot run counts as failed where `CI` is set. The last line is the plain count.
#[must_use]
pub fn run(workspace: &Workspace, suites: &[Suite]) -> bool {
    let strict = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let mut rows = Vec::new();
    for suite in suites {
        println!("\n== {}: {}", suite.name, suite.about);
        let start = Instant::now();
        let result = (suite.run)(workspace);
        let row = Row { name: suite.name, time: start.elapsed(), result };
        println!("-- {}", row.whole(strict));
        rows.push(row);
    }
    println!("\n{}", summary(&rows, strict));
    !rows.iter().any(|row| row.is_failure(strict))
}

/// The table, one line a suite; then the time; then the count.
fn summary(rows: &[Row], strict: bool) -> String {
    let mut lines = vec!["== summary".to_owned()];
    lines.extend(rows.iter().map(|row| row.line(strict)));
    let time: Duration = rows.iter().map(|row| row.time).sum();
    lines.push(format!("total {:.1} s", time.as_secs_f64()));
    let failed = rows.iter().filter(|row| row.is_failure(strict)).count();
    let not_run = rows.iter().filter(|row| row.is_not_run(strict)).count();
    if not_run > 0 {
        lines.push(format!("{not_run} could not run here; where CI is set, that is a failure"));
    }
    lines.push(format!("{} passed, {failed} failed", rows.len() - failed - not_run));
    lines.join("\n")
}

impl Row {
    fn is_failure(&self, strict: bool) -> bool {
        match &self.result {
            Ok(Verdict::Passed(_)) => false,
            Ok(Verdict::CannotRun(_)) => strict,
            Err(_) => true,
        }
    }

    fn is_not_run(&self, strict: bool) -> bool {
        !strict && matches!(&self.result, Ok(Verdict::CannotRun(_)))
    }

    /// Its end with all that there is to say.
    fn whole(&self, strict: bool) -> String {
        let (word, what) = match &self.result {
            Ok(Verdict::Passed(what)) => ("passed", what.clone()),
            Ok(Verdict::CannotRun(why)) if strict => ("FAILED", format!("could not run: {why}")),
            Ok(Verdict::CannotRun(why)) => ("not run", why.to_string()),
            Err(error) => ("FAILED", error.to_string()),
        };
        let seconds = self.time.as_secs_f64();
        format!("{word:8} {:12} {seconds:7.1} s  {what}", self.name)
    }

    /// The first line of it, not too long.
    fn line(&self, strict: bool) -> String {
        let whole = self.whole(strict);
        let first = whole.lines().next().unwrap_or_default();
        match first.char_indices().nth(COLUMNS) {
            Some((at, _)) => format!("{}…", &first[..at]),
            None => first.to_owned(),
        }
    }
}

/// Longest line of the table.
const COLUMNS: usize = 140;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(result: Result<Verdict>) -> Row {
        Row { name: "x", time: Duration::from_millis(1500), result }
    }

    // A suite that cannot run is a failure where CI is set, and visible elsewhere.
    #[test]
    fn suite_that_cannot_run_fails_in_ci_only() {
        let cannot = row(Ok(Verdict::CannotRun(Error::new("no valgrind"))));
        assert!(cannot.is_failure(true) && !cannot.is_not_run(true));
        assert!(!cannot.is_failure(false) && cannot.is_not_run(false));
        assert!(cannot.line(true).starts_with("FAILED"));
        assert!(cannot.line(false).starts_with("not run"));
    }

    // A failed suite is a failure everywhere, and its line carries the reason.
    #[test]
    fn failed_suite_fails_everywhere() {
        let failed = row(Err(Error::new("exit status: 1")));
        assert!(failed.is_failure(true) && failed.is_failure(false));
        assert!(failed.line(false).contains("1.5 s  exit status: 1"));
    }

    // The table has one line a suite, and the last line is the plain count.
    #[test]
    fn table_ends_with_the_count() {
        let rows = [
            row(Ok(Verdict::passed("5 files"))),
            row(Err(Error::new("2 breaches:\n  a\n  b"))),
            row(Ok(Verdict::CannotRun(Error::new("no valgrind").hint("install it")))),
        ];
        let here = summary(&rows, false);
        assert_eq!(here.lines().count(), 7, "{here}");
        assert_eq!(here.lines().last(), Some("1 passed, 1 failed"));
        assert!(here.contains("1 could not run here"));
        let ci = summary(&rows, true);
        assert_eq!(ci.lines().last(), Some("1 passed, 2 failed"));
    }
}
