//! A report as JSON, for tools: an object of strings and numbers.

use std::fmt::Write as _;
use std::format;
use std::string::{String, ToString};

use super::{Report, Row};
use crate::ledger::Tally;
use crate::suite::State;

impl Report {
    /// The report as one JSON object, without line breaks.
    #[must_use]
    pub fn json(&self) -> String {
        let totals = &self.totals;
        let mut text = format!(
            "{{\"rig\":{},\"passed\":{},\"not_applicable\":{},\"failed\":{},\"seconds\":{:.3},{},\"cases\":[",
            quoted(&self.rig),
            totals.passed,
            totals.not_applicable,
            totals.failed,
            self.elapsed.as_secs_f64(),
            accepted(totals.accepted),
        );
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                text.push(',');
            }
            text.push_str(&case(row));
        }
        text.push_str("]}");
        text
    }
}

fn case(row: &Row) -> String {
    let outcome = &row.outcome;
    let head = format!(
        "{{\"group\":{},\"name\":{},\"seconds\":{:.6}",
        quoted(outcome.noun),
        quoted(outcome.name),
        row.elapsed.as_secs_f64(),
    );
    match outcome.state {
        State::Passed(tally) => format!("{head},\"state\":\"passed\",{}}}", accepted(tally)),
        State::NotApplicable(reason) => {
            format!("{head},\"state\":\"not applicable\",\"reason\":{}}}", quoted(reason))
        }
        State::Failed(failure) => {
            let reason = failure.to_string();
            format!("{head},\"state\":\"failed\",\"reason\":{}}}", quoted(&reason))
        }
    }
}

fn accepted(tally: Tally) -> String {
    let Tally { transfers, bytes, segments } = tally;
    format!("\"transfers\":{transfers},\"bytes\":{bytes},\"segments\":{segments}")
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control < ' ' => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    // Whatever stands in a reason, the line stays JSON.
    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ c\n"), "\"a \\\"b\\\" \\\\ c\\u000a\"");
    }
}
