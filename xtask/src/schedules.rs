//! The suite `schedules`: ten thousand runs by chance, with all that goes wrong.
//!
//! `cargo test` runs a thousand of them in the developers' profile; here they are enough for the
//! gate: every kind of fault must have hit every state of an engine many times. The long check
//! goes on from there with other seeds.

use std::time::Instant;

use crate::command::Command;
use crate::error::{Error, Result};
use crate::runner;
use crate::soak::{Options, Outcome};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// Runs on every change.
const RUNS: u64 = 10_000;
/// Runs of one round of the long check.
const ROUND: u64 = 100_000;
const TEST: &str = "no_schedule_breaks_a_promise";

/// The suite `schedules`.
///
/// # Errors
///
/// A run breaks a promise (the message has its seed and its fewest steps), or a kind of fault
/// missed a state.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    runs(workspace, 0, RUNS).map(|hits| Verdict::passed(format!("{RUNS} schedules; {hits}")))
}

/// The long check: other runs than on every change, for the given time.
///
/// # Errors
///
/// As [`suite`].
pub fn long(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let start = Instant::now();
    let mut first = RUNS;
    let mut hits = String::new();
    while first == RUNS || start.elapsed() < options.time() {
        hits = runs(workspace, first, ROUND)?;
        first += ROUND;
    }
    Ok(Outcome::Passed {
        command: command(workspace, RUNS, ROUND).line(),
        figures: format!("{} schedules; in the last {ROUND}: {hits}", first - RUNS),
    })
}

fn command(workspace: &Workspace, first: u64, count: u64) -> Command {
    Command::cargo(&workspace.root)
        .env("ANYDMA_SCHEDULES", count.to_string())
        .env("ANYDMA_FIRST_SEED", first.to_string())
        .args(["test", "--release", "--quiet", "--package", "conformance", "--test", "schedules"])
        .args([TEST, "--", "--nocapture"])
}

/// Runs these; says how often a fault hit a state.
fn runs(workspace: &Workspace, first: u64, count: u64) -> Result<String> {
    let text = command(workspace, first, count).watch()?;
    runner::parse_cargo(&text)?;
    let hits = hits(&text);
    let least = hits.iter().min().ok_or_else(|| Error::new("the test printed no table"))?;
    let total: u64 = hits.iter().sum();
    Ok(format!("{total} hits, each of {} pairs of fault and state at least {least}", hits.len()))
}

/// The cells of the table of coverage: what stands behind the name in each of its rows.
fn hits(text: &str) -> Vec<u64> {
    let lines = text.lines().skip_while(|line| !line.contains(" schedules from ")).skip(2);
    let row = |line: &str| -> Option<Vec<u64>> {
        let digits = |word: &str| word.parse::<u64>().ok();
        let words = line.split_whitespace().skip_while(|word| digits(word).is_none());
        let cells: Vec<u64> = words.map(digits).collect::<Option<_>>()?;
        (!cells.is_empty()).then_some(cells)
    };
    lines.map_while(row).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The cells are the numbers of the table, and nothing around it.
    #[test]
    fn cells_of_the_table_are_read() {
        let text = "running 1 test\n10 schedules from 0 on\n          idle queued\n\
                    stuck for good    7      0\nreset             1     12\n.\ntest result: ok. 1 passed;\n";
        assert_eq!(hits(text), [7, 0, 1, 12]);
        assert!(hits("nothing 3\n").is_empty());
    }
}
