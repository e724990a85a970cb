//! The report: put together from those of single cases.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::{Deserialize, Serialize};

use super::host::Host;
use crate::output::Report;

/// What stands before the JSON of a case, in what its process says.
pub(super) const MARK: &str = "@case ";

/// What a process says of its case.
#[derive(Debug, Deserialize)]
pub(super) struct One {
    cases: Vec<Case>,
}

impl One {
    /// Reads a line; `None` if it is none.
    pub(super) fn parse(line: &str) -> Option<serde_json::Result<Self>> {
        line.strip_prefix(MARK).map(serde_json::from_str)
    }

    pub(super) fn into_case(self, name: &str) -> Option<Case> {
        self.cases.into_iter().find(|case| case.name == name)
    }
}

/// The report on a card.
#[derive(Debug, Serialize)]
pub(super) struct Whole {
    host: Host,
    passed: usize,
    not_applicable: usize,
    failed: usize,
    seconds: f64,
    transfers: u64,
    bytes: u64,
    cases: Vec<Case>,
}

/// One case in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Case {
    group: String,
    pub(super) name: String,
    /// What it proves.
    #[serde(default)]
    proves: String,
    seconds: f64,
    state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default)]
    transfers: u64,
    #[serde(default)]
    bytes: u64,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    #[serde(rename = "passed")]
    Passed,
    #[serde(rename = "not applicable")]
    NotApplicable,
    #[serde(rename = "failed")]
    Failed,
}

impl Case {
    /// One that came to no report of its own.
    pub(super) fn failed(
        group: &str,
        name: &str,
        proves: &str,
        seconds: f64,
        reason: String,
    ) -> Self {
        let (group, name, proves) = (group.to_owned(), name.to_owned(), proves.to_owned());
        let (state, reason) = (State::Failed, Some(reason));
        Self { group, name, proves, seconds, state, reason, transfers: 0, bytes: 0 }
    }
}

impl Case {
    /// As whoever started it knows it: the time with the process around it, and what it proves.
    pub(super) fn with(self, seconds: f64, proves: &str) -> Self {
        Self { seconds, proves: proves.to_owned(), ..self }
    }
}

impl Whole {
    /// Without a case so far.
    pub(super) const fn new(host: Host) -> Self {
        Self {
            host,
            passed: 0,
            not_applicable: 0,
            failed: 0,
            seconds: 0.0,
            transfers: 0,
            bytes: 0,
            cases: Vec::new(),
        }
    }

    /// Counts one more case.
    pub(super) fn add(&mut self, case: Case) {
        match case.state {
            State::Passed => self.passed += 1,
            State::NotApplicable => self.not_applicable += 1,
            State::Failed => self.failed += 1,
        }
        self.seconds += case.seconds;
        self.transfers += case.transfers;
        self.bytes += case.bytes;
        self.cases.push(case);
    }

    /// Whether something passed and nothing failed.
    pub(super) const fn conforms(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    fn summary(&self) -> String {
        let Self { passed, not_applicable, failed, transfers, bytes, .. } = self;
        format!(
            "{passed} passed, {not_applicable} not applicable, {failed} failed; {transfers} \
             transfers, {bytes} bytes, every one compared"
        )
    }

    /// The report as Markdown, to be sent.
    pub(super) fn markdown(&self) -> String {
        let verdict = if self.conforms() { "conforms" } else { "does NOT conform" };
        let mut text = format!("# {} {verdict}\n\n| | |\n|---|---|\n", self.host.device);
        for (name, value) in self.host.lines() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "| {name} | {} |", cell(&value));
        }
        let _ = writeln!(text, "\n{}.\n", self.summary());
        text.push_str(
            "| case | | transfers | what it proves, or why it did not |\n|---|---|---:|---|\n",
        );
        for case in &self.cases {
            let (word, why) = match case.state {
                State::Passed => ("passed", case.proves.as_str()),
                State::NotApplicable => {
                    ("not applicable", case.reason.as_deref().unwrap_or_default())
                }
                State::Failed => ("**FAILED**", case.reason.as_deref().unwrap_or_default()),
            };
            let _ =
                writeln!(text, "| {} | {word} | {} | {} |", case.name, case.transfers, cell(why));
        }
        text
    }
}

/// Text that does not end a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

impl Report for Whole {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, value) in self.host.lines() {
            writeln!(out, "{name:8} {value}")?;
        }
        let width = self.cases.iter().map(|case| case.name.len()).max().unwrap_or(0);
        let mut group = "";
        for case in &self.cases {
            if case.group != group {
                group = &case.group;
                writeln!(out, "  {group}")?;
            }
            let (style, word) = match case.state {
                State::Passed => (AnsiColor::Green.on_default(), "passed"),
                State::NotApplicable => (Style::new().dimmed(), "not applicable"),
                State::Failed => (AnsiColor::Red.on_default().bold(), "FAILED"),
            };
            let Case { name, transfers, .. } = case;
            write!(out, "    {name:width$}  {style}{word:14}{style:#}")?;
            match &case.reason {
                Some(reason) => writeln!(out, "  {reason}")?,
                None => writeln!(out, "  {transfers} transfers")?,
            }
        }
        writeln!(out, "{}", self.summary())
    }
}
