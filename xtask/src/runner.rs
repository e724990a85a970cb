//! Runs the tests of packages, with cargo-nextest if it is there.

use std::fmt;

use crate::command::{Command, which};
use crate::error::{Error, Result};

/// How many tests ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tests {
    /// Those that passed.
    pub passed: usize,
    /// Those marked to be ignored.
    pub ignored: usize,
}

impl fmt::Display for Tests {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} tests", self.passed)?;
        match self.ignored {
            0 => Ok(()),
            ignored => write!(formatter, ", {ignored} ignored"),
        }
    }
}

/// Runs the tests of what `selection` names ("--workspace", "--package", …); `cargo` comes with
/// its folder and variables. `without` are programs of tests to leave out; they must be there.
///
/// # Errors
///
/// A test fails, or none ran.
pub fn run(cargo: Command, selection: &[&str], without: &[&str]) -> Result<Tests> {
    if which("cargo-nextest").is_some() {
        // Some tests sleep most of their time, as those of the machine in real time.
        let threads = std::thread::available_parallelism().map_or(2, usize::from) + 4;
        let mut command = cargo
            .args(["nextest", "run", "--no-fail-fast", "--color", "never"])
            .args(["--test-threads", &threads.to_string()])
            .args(["--status-level", "slow", "--final-status-level", "slow"])
            .args(selection);
        if !without.is_empty() {
            let pattern = format!("not binary(/^({})$/)", without.join("|"));
            command = command.args(["-E", &pattern]);
        }
        return parse_nextest(&command.watch()?);
    }
    let command = cargo
        .args(["test", "--no-fail-fast", "--quiet"])
        .args(["--lib", "--bins", "--tests", "--examples"])
        .args(selection);
    // `cargo test` cannot leave out a program; its tests are left out by name.
    let command = match without {
        [] => command,
        names => {
            names.iter().fold(command.arg("--"), |command, name| command.args(["--skip", name]))
        }
    };
    parse_cargo(&command.watch()?)
}

/// "Summary [   1.2s] 52 tests run: 52 passed (1 slow), 3 skipped".
fn parse_nextest(text: &str) -> Result<Tests> {
    let line = text.lines().rfind(|line| line.contains("tests run:") || line.contains("test run:"));
    let line = line.ok_or_else(|| Error::new("cargo-nextest printed no summary"))?;
    found(before(line, "passed"), before(line, "skipped"))
}

/// Every "test result: ok. 52 passed; 0 failed; 3 ignored; …".
pub(crate) fn parse_cargo(text: &str) -> Result<Tests> {
    let lines = || text.lines().filter(|line| line.starts_with("test result:"));
    found(
        lines().map(|line| before(line, "passed")).sum(),
        lines().map(|line| before(line, "ignored")).sum(),
    )
}

fn found(passed: usize, ignored: usize) -> Result<Tests> {
    match passed {
        0 => Err(Error::new("no test ran")),
        _ => Ok(Tests { passed, ignored }),
    }
}

/// The number in front of a word; 0 if there is none.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair[1] == word);
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Figures of cargo-nextest's summary.
    #[test]
    fn nextest_summary_is_read() {
        let text = "x\n     Summary [   1.032s] 62 tests run: 62 passed (1 slow), 3 skipped\n";
        let tests = parse_nextest(text).unwrap();
        assert_eq!((tests.passed, tests.ignored), (62, 3));
        let one = "     Summary [   0.032s] 1 test run: 1 passed, 0 skipped\n";
        assert_eq!(parse_nextest(one).unwrap().to_string(), "1 tests");
        assert!(parse_nextest("nothing\n").is_err());
    }

    // Figures of all of cargo's results together; none at all is an error.
    #[test]
    fn cargo_results_are_added_up() {
        let text = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured\n";
        let tests = parse_cargo(text).unwrap();
        assert_eq!(tests.to_string(), "12 tests, 1 ignored");
        assert!(parse_cargo("test result: ok. 0 passed; 0 failed\n").is_err());
    }
}
