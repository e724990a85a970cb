//! A report put together from those of single cases; the form is the suite's own.
#![forbid(unsafe_code)]

pub(super) use guest_init::report::CONFORMANCE as MARK;
use serde::{Deserialize, Serialize};

/// The report on a rig.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Whole {
    /// What the rig is called.
    pub(super) rig: String,
    passed: u32,
    not_applicable: u32,
    /// Cases that failed.
    pub(super) failed: u32,
    seconds: f64,
    transfers: u64,
    bytes: u64,
    segments: u64,
    cases: Vec<Case>,
}

/// One case in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Case {
    pub(super) group: String,
    pub(super) name: String,
    pub(super) seconds: f64,
    pub(super) state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) transfers: u64,
    #[serde(default)]
    pub(super) bytes: u64,
    #[serde(default)]
    pub(super) segments: u64,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    #[serde(rename = "passed")]
    Passed,
    #[serde(rename = "not applicable")]
    NotApplicable,
    #[serde(rename = "failed")]
    Failed,
}

impl Case {
    /// One that came to no report of its own.
    pub(super) fn failed(group: &str, name: &str, seconds: f64, reason: String) -> Self {
        let (group, name) = (group.to_owned(), name.to_owned());
        let (state, reason) = (State::Failed, Some(reason));
        Self { group, name, seconds, state, reason, transfers: 0, bytes: 0, segments: 0 }
    }

    /// For a person.
    pub(super) fn line(&self) -> String {
        let word = match self.state {
            State::Passed => "passed",
            State::NotApplicable => "not applicable",
            State::Failed => "FAILED",
        };
        let reason = self.reason.as_deref().unwrap_or_default();
        let Self { name, seconds, transfers, .. } = self;
        format!("{word:14} {name:52} {transfers:4} transfers {seconds:6.2} s  {reason}")
            .trim_end()
            .to_owned()
    }
}

impl Whole {
    /// Without a case so far.
    pub(super) fn new(rig: &str) -> Self {
        Self {
            rig: rig.to_owned(),
            passed: 0,
            not_applicable: 0,
            failed: 0,
            seconds: 0.0,
            transfers: 0,
            bytes: 0,
            segments: 0,
            cases: Vec::new(),
        }
    }

    /// Reads the line of a process; `None` if it is none.
    pub(super) fn parse(line: &str) -> Option<serde_json::Result<Self>> {
        line.strip_prefix(MARK).map(serde_json::from_str)
    }

    /// Its cases.
    pub(super) fn into_cases(self) -> Vec<Case> {
        self.cases
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
        self.segments += case.segments;
        self.cases.push(case);
    }

    /// Whether something passed and nothing failed.
    pub(super) fn conforms(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// For a person.
    pub(super) fn summary(&self) -> String {
        let Self { rig, passed, not_applicable, failed, transfers, seconds, .. } = self;
        format!(
            "{rig}: {passed} passed, {not_applicable} not applicable, {failed} failed; \
             {transfers} transfers, {seconds:.1} s"
        )
    }
}
