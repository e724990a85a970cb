//! A report as text: an aligned table, and a row of the README's.

use std::fmt::Write as _;
use std::format;
use std::string::String;

use super::{Report, Row};
use crate::suite::State;

impl Report {
    /// An aligned table: case, state, what was accepted, time, reason.
    #[must_use]
    pub fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.outcome.name.len()).max().unwrap_or(0);
        let mut text = format!("{}\n", self.rig);
        let mut noun = "";
        for row in &self.rows {
            if row.outcome.noun != noun {
                noun = row.outcome.noun;
                // Writing to a string does not fail.
                let _ = writeln!(text, "  {noun}");
            }
            let _ = writeln!(text, "    {:width$}  {}", row.outcome.name, line(row));
        }
        let seconds = self.elapsed.as_secs_f64();
        let _ = writeln!(text, "  {}; {seconds:.2} s", self.totals);
        text
    }

    /// A row of the README's table: rig, passed, not applicable, failed, transfers, bytes.
    #[must_use]
    pub fn readme_row(&self) -> String {
        let totals = &self.totals;
        format!(
            "| {} | {} | {} | {} | {} | {} |",
            self.rig,
            totals.passed,
            totals.not_applicable,
            totals.failed,
            totals.accepted.transfers,
            totals.accepted.bytes,
        )
    }

    /// The two lines above such rows.
    #[must_use]
    pub const fn readme_head() -> &'static str {
        "| rig | passed | not applicable | failed | transfers accepted | bytes |\n\
         |---|---:|---:|---:|---:|---:|"
    }
}

fn line(row: &Row) -> String {
    let time = format!("{:8.1} ms", row.elapsed.as_secs_f64() * 1000.0);
    match row.outcome.state {
        State::Passed(tally) => {
            let accepted = format!("{} transfers", tally.transfers);
            format!("passed          {accepted:>16} {time}")
        }
        State::NotApplicable(reason) => format!("not applicable  {:>16} {time}  {reason}", ""),
        State::Failed(failure) => {
            format!("FAILED          {:>16} {time}  {}", "", failure)
        }
    }
}
