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

/// Runs suites in order, prints the table, and says whether all is well.
///
/// # Errors
///
/// At least one failed, or could not run where that counts.
pub fn run(workspace: &Workspace, suites: &[Suite]) -> Result<()> {
    let strict = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let mut rows = Vec::new();
    for suite in suites {
        println!("\n== {}: {}", suite.name, suite.about);
        let start = Instant::now();
        let result = (suite.run)(workspace);
        let row = Row { name: suite.name, time: start.elapsed(), result };
        println!("-- {}", row.line(strict));
        rows.push(row);
    }
    println!("\n== summary");
    for row in &rows {
        println!("{}", row.line(strict));
    }
    let failed = rows.iter().filter(|row| row.is_failure(strict)).count();
    let not_run = rows.iter().filter(|row| row.is_not_run(strict)).count();
    let time: Duration = rows.iter().map(|row| row.time).sum();
    println!("total {:.1} s", time.as_secs_f64());
    let passed = rows.len() - failed - not_run;
    match not_run {
        0 => println!("{passed} passed, {failed} failed"),
        _ => println!("{passed} passed, {failed} failed, {not_run} could not run"),
    }
    match failed {
        0 => Ok(()),
        _ => Err(Error::new("not everything passed")),
    }
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

    fn line(&self, strict: bool) -> String {
        let (word, what) = match &self.result {
            Ok(Verdict::Passed(what)) => ("passed", what.clone()),
            Ok(Verdict::CannotRun(why)) if strict => ("FAILED", format!("could not run: {why}")),
            Ok(Verdict::CannotRun(why)) => ("not run", why.to_string()),
            Err(error) => ("FAILED", error.to_string()),
        };
        let seconds = self.time.as_secs_f64();
        format!("{word:8} {:12} {seconds:7.1} s  {what}", self.name)
    }
}

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
}
