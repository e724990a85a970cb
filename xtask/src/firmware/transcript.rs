//! What an image told: tests, reports of the suite, and that it came to its end.

use std::process::ExitStatus;

use crate::error::{Error, Result};
use crate::readme::Report;

/// A log, taken apart.
#[derive(Debug)]
pub(super) struct Transcript {
    lines: Vec<String>,
    reports: Vec<Report>,
    /// How many tests the last line counts.
    end: Option<usize>,
}

impl Transcript {
    /// Takes a log apart.
    pub(super) fn read(lines: Vec<String>) -> Self {
        let reports = lines.iter().filter_map(|line| line.strip_prefix("report "));
        let reports = reports.filter_map(|json| serde_json::from_str(json).ok()).collect();
        let end = lines.last().and_then(|line| {
            let count = line.strip_prefix("end after ")?.strip_suffix(" tests")?;
            count.parse().ok()
        });
        Self { lines, reports, end }
    }

    /// All of it.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// How many tests ended, well or not.
    pub(super) fn tests(&self) -> usize {
        self.with("test ").count()
    }

    /// The runs of the conformance suite.
    pub(super) fn into_reports(self) -> Vec<Report> {
        self.reports
    }

    /// The lines about tests, and a sum of each run of the suite.
    pub(super) fn tests_and_sums(&self) -> Vec<String> {
        let tests = self.with("test ").map(str::to_owned);
        let sums = self.reports.iter().map(|report| {
            let Report { rig, passed, not_applicable, .. } = report;
            format!("{rig}: {passed} cases passed, {not_applicable} not applicable")
        });
        tests.chain(sums).collect()
    }

    fn with(&self, start: &str) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str).filter(move |line| line.starts_with(start))
    }

    /// Whether all went well, up to the last line and the emulator's status.
    ///
    /// # Errors
    ///
    /// Names what did not.
    pub(super) fn judge(&self, status: ExitStatus) -> Result<()> {
        let mut wrong: Vec<String> = Vec::new();
        let bad = |line: &&str| !line.ends_with(" ... ok");
        wrong.extend(self.with("test ").filter(bad).map(str::to_owned));
        wrong.extend(self.with("error: ").map(str::to_owned));
        if self.reports.len() != self.with("report ").count() || self.reports.is_empty() {
            wrong.push("no report of the conformance suite that can be read".to_owned());
        }
        let failed = self.reports.iter().filter(|report| report.failed > 0 || report.passed == 0);
        wrong.extend(failed.map(|report| format!("{} does not conform", report.rig)));
        match self.end {
            None => wrong.push("it did not come to its end".to_owned()),
            Some(0) => wrong.push("it ran no test".to_owned()),
            Some(count) if count != self.tests() => {
                wrong.push(format!("{count} tests ran, {} told of their end", self.tests()));
            }
            Some(_) => {}
        }
        if !status.success() {
            wrong.push(format!("the emulator ended with {status}"));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        Err(Error::new(wrong.join("\n    ")).hint("the whole log stands above"))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    const REPORT: &str =
        r#"report {"rig":"b/x","passed":3,"not_applicable":1,"failed":0,"transfers":9,"bytes":81}"#;

    fn judge(lines: &[&str], code: i32) -> Result<()> {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        Transcript::read(lines).judge(ExitStatus::from_raw(code << 8))
    }

    // A run that came to its end with a good status passes.
    #[test]
    fn whole_run_passes() {
        judge(&["INFO: x", "test a ... ok", REPORT, "end after 1 tests"], 0).unwrap();
    }

    // A good status is not enough: the last line, every test and every rig must be good too.
    #[test]
    fn each_thing_that_goes_wrong_is_named() {
        let named = |lines: &[&str], code, what: &str| {
            let text = judge(lines, code).unwrap_err().to_string();
            assert!(text.contains(what), "{text}");
        };
        let good = ["test a ... ok", REPORT, "end after 1 tests"];
        named(&good, 1, "exit status: 1");
        named(&good[..2], 0, "did not come to its end");
        named(&[REPORT, "end after 0 tests"], 0, "ran no test");
        named(&["test a ... ok", REPORT, "end after 2 tests"], 0, "1 told of their end");
        named(&["test a ... FAILED: x", REPORT, "end after 1 tests"], 0, "test a ... FAILED: x");
        named(&["test a ... ok", "end after 1 tests"], 0, "no report");
        let failed = REPORT.replace("\"failed\":0", "\"failed\":2");
        named(&["test a ... ok", &failed, "end after 1 tests"], 0, "b/x does not conform");
        named(&["error: panic at x:1", REPORT, "end after 0 tests"], 2, "panic at x:1");
    }
}
