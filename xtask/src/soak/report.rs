//! The report of a long run, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{ALL, Check, Outcome};
use crate::error::{Context, Result};

/// What the report has of one check: a row of the table and a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    row: String,
    section: String,
}

/// The parts of a report, by the names of the checks.
pub(super) type Parts = BTreeMap<String, Part>;

/// All checks of one run, and what an earlier report says of the others.
#[derive(Debug)]
pub(super) struct Report {
    stamp: String,
    parts: Parts,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    about: &'static str,
    time: Duration,
    result: Result<Outcome>,
}

/// The parts of the report in a file; none if there is no such file.
pub(super) fn read(path: &Path) -> Result<Parts> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Parts::new()),
        Err(error) => Err(error).context(format_args!("read {}", path.display())),
    }
}

fn parse(text: &str) -> Parts {
    let mut parts = Parts::new();
    let mut section: Option<&str> = None;
    for line in text.lines() {
        let name = line
            .strip_prefix("## ")
            .or_else(|| line.strip_prefix("| ").and_then(|rest| rest.split(" |").next()));
        let known = name.filter(|name| ALL.iter().any(|check| check.name == *name));
        match (known, section) {
            (Some(name), _) if line.starts_with("## ") => section = Some(name),
            (Some(name), None) => {
                line.clone_into(&mut parts.entry(name.to_owned()).or_default().row);
            }
            (_, Some(section)) => {
                let part = parts.entry(section.to_owned()).or_default();
                part.section.push_str(line);
                part.section.push('\n');
            }
            (None, None) => {}
        }
    }
    parts.retain(|_, part| !part.row.is_empty());
    for part in parts.values_mut() {
        part.section = part.section.trim().to_owned();
    }
    parts
}

impl Report {
    /// The report of a run on the machine and commit of `stamp`.
    pub(super) fn new(stamp: String) -> Self {
        Self { stamp, parts: Parts::new(), rows: Vec::new() }
    }

    /// What a report says that was written before.
    pub(super) fn keep(&mut self, parts: Parts) {
        self.parts = parts;
    }

    pub(super) fn add(&mut self, check: &Check, time: Duration, result: Result<Outcome>) {
        let row = Row { name: check.name, about: check.about, time, result };
        println!("-- {} {}", row.word(), check.name);
        self.parts.insert(check.name.to_owned(), row.part(&self.stamp));
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

    /// Every part, in the order of the checks.
    pub(super) fn markdown(&self) -> String {
        let mut text = "# Report of the long checks\n\n\
             Written by `cargo xtask soak`, which exchanges the rows of the checks that it runs. \
             Each row says when\nit was, and of which commit.\n\n\
             | Check | Looks for | Result | Time | Figures | Of |\n|---|---|---|---|---|---|\n"
            .to_owned();
        let parts = || ALL.iter().filter_map(|it| Some((it.name, self.parts.get(it.name)?)));
        for (_, part) in parts() {
            let _ = writeln!(text, "{}", part.row);
        }
        for (name, part) in parts() {
            let _ = write!(text, "\n## {name}\n\n{}\n", part.section);
        }
        text
    }
}

impl Row {
    fn part(&self, stamp: &str) -> Part {
        let row = format!(
            "| {} | {} | {} | {} | {} | {} |",
            self.name,
            self.about,
            self.word(),
            minutes(self.time),
            self.figures().replace('\n', " ").replace('|', "\\|"),
            stamp.trim_end_matches('.')
        );
        let section = match &self.result {
            Ok(Outcome::Passed { command, .. }) => format!("```sh\n{command}\n```"),
            Ok(Outcome::CannotRun(error)) | Err(error) => format!("```text\n{error}\n```"),
        };
        Part { row, section }
    }

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
        let mut report = Report::new("today, commit 1.".to_owned());
        let outcome = Outcome::Passed {
            command: "cargo test".to_owned(),
            figures: "5 tests | 2 ignored".to_owned(),
        };
        let time = Duration::from_secs(75);
        report.add(&ALL[0], time, Ok(outcome));
        let absent = Outcome::CannotRun(Error::new("not installed"));
        report.add(&ALL[1], time, Ok(absent));
        report.add(&ALL[2], time, Err(Error::new("found one")));
        assert_eq!(report.failed(), 1);
        assert_eq!(report.summary(), "1 passed, 1 failed, 1 could not run");
        let text = report.markdown();
        let row = "| passed | 1:15 | 5 tests \\| 2 ignored | today, commit 1 |";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("```text\nfound one\n```"), "{text}");
    }

    // A run exchanges what it ran; what an earlier report says of the rest stays as it was, also
    // where an error quotes something that looks like a report.
    #[test]
    fn earlier_parts_are_kept() {
        let time = Duration::from_secs(1);
        let mut first = Report::new("monday".to_owned());
        let quoting = format!("it said\n| {} | x |\nand more", ALL[0].name);
        first.add(&ALL[0], time, Err(Error::new("broken")));
        first.add(&ALL[1], time, Err(Error::new(quoting)));
        let kept = parse(&first.markdown());
        assert_eq!(kept, first.parts);
        let mut second = Report::new("tuesday".to_owned());
        second.keep(kept);
        let outcome = Outcome::Passed { command: "again".to_owned(), figures: "1".to_owned() };
        second.add(&ALL[0], time, Ok(outcome));
        let text = second.markdown();
        assert!(!text.contains("broken") && text.contains("| 1 | tuesday |"), "{text}");
        assert!(text.contains("and more") && text.contains("| see below | monday |"), "{text}");
    }
}
