//! The suite `readme`: the README's table of what conforms is fresh.
//!
//! The suite runs on every rig and leaves a report of each; the table between the two marks in the
//! README is made of them. `cargo xtask readme` writes it; each suite that runs rigs compares the
//! rows of its own. Virtual time, and emulators that count instructions, make the figures the
//! same on every machine.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::firmware;
use crate::suite::Verdict;
use crate::workspace::Workspace;

const BEGIN: &str = "<!-- conformance:begin -->\n";
const END: &str = "<!-- conformance:end -->";

/// What the names of simulated rigs begin with, up to the first `/`.
const SIMULATED: &[&str] = &["bare", "mock"];

/// What is read of a rig's report; it says more.
#[derive(Deserialize, Debug, Clone)]
pub struct Report {
    /// What the rig is called, as `road/device`.
    pub rig: String,
    /// Cases that passed.
    pub passed: u32,
    /// Cases that do not apply.
    pub not_applicable: u32,
    /// Cases that failed.
    pub failed: u32,
    /// Transfers that were accepted.
    pub transfers: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Report {
    /// Its row of the table.
    fn row(&self) -> String {
        let Self { rig, passed, not_applicable, failed, transfers, bytes } = self;
        format!("| {rig} | {passed} | {not_applicable} | {failed} | {transfers} | {bytes} |")
    }
}

/// The suite `readme`: the rows of simulated rigs. Those of other roads are compared by the suites
/// that run them.
///
/// # Errors
///
/// As [`settle`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let reports = reports(workspace)?;
    settle(workspace, SIMULATED, &reports, true)?;
    Ok(Verdict::passed(format!("{} rigs as the table says", reports.len())))
}

/// Runs the conformance suite everywhere and writes the README's table, or compares it.
///
/// # Errors
///
/// As [`settle`].
pub fn run(workspace: &Workspace, check: bool) -> Result<()> {
    settle(workspace, SIMULATED, &reports(workspace)?, check)?;
    settle(workspace, firmware::ROADS, &firmware::reports(workspace)?, check)
}

/// Writes the table's rows of these roads, or compares them; rows of others stay.
///
/// # Errors
///
/// The README has no marks, a rig is of another road, or (with `check`) a row is stale.
pub fn settle(
    workspace: &Workspace,
    roads: &[&str],
    reports: &[Report],
    check: bool,
) -> Result<()> {
    if let Some(stray) = reports.iter().find(|report| !is_of(&report.rig, roads)) {
        return Err(Error::new(format!("the rig {:?} is of no road of {roads:?}", stray.rig))
            .hint("a rig's name begins with its road and a `/`"));
    }
    let path = workspace.root.join("README.md");
    let readme = fs::read_to_string(&path).context("read README.md")?;
    let fresh = with_rows(&readme, roads, reports)?;
    if fresh == readme {
        return Ok(());
    }
    if check {
        return Err(Error::new(format!(
            "the table of what conforms in README.md is stale, for {}",
            roads.join(", ")
        ))
        .hint("run `cargo xtask readme` and look at what changed"));
    }
    fs::write(&path, fresh).context("write README.md")
}

/// Whether a rig's name begins with one of these roads.
fn is_of(rig: &str, roads: &[&str]) -> bool {
    rig.split_once('/').is_some_and(|(road, _)| roads.contains(&road))
}

/// Runs the suite on all simulated rigs and reads what it left.
fn reports(workspace: &Workspace) -> Result<Vec<Report>> {
    let folder = workspace.target.join("conformance");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("clear the folder of reports")?;
    }
    fs::create_dir_all(&folder).context("make the folder of reports")?;
    Command::cargo(&workspace.root)
        .args(["test", "--quiet", "--package", "conformance", "--test", "simulated"])
        .env("CONFORMANCE_REPORTS", &folder)
        .run()?;
    let reports = read(&folder)?;
    if reports.is_empty() {
        return Err(Error::new("the conformance suite left no report")
            .hint("its tests write them where CONFORMANCE_REPORTS says"));
    }
    Ok(reports)
}

fn read(folder: &Path) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for entry in fs::read_dir(folder).context("list the reports")? {
        let path = entry.context("list the reports")?.path();
        let text = fs::read_to_string(&path).context("read a report")?;
        let report = serde_json::from_str(&text).context("understand a report")?;
        reports.push(report);
    }
    Ok(reports)
}

/// The head of the table.
const HEAD: &str = "\
    | conformance suite on | passed | not applicable | failed | transfers | bytes |\n\
    |---|---:|---:|---:|---:|---:|\n";

/// The README with these rows in the place of all rows of these roads, by the rigs' names.
fn with_rows(readme: &str, roads: &[&str], reports: &[Report]) -> Result<String> {
    let marks = || {
        Error::new("README.md has no marks for the table of what conforms")
            .hint(format!("it needs a line `{}` and a line `{END}`", BEGIN.trim_end()))
    };
    let (head, rest) = readme.split_once(BEGIN).ok_or_else(marks)?;
    let (old, tail) = rest.split_once(END).ok_or_else(marks)?;
    let rig = |row: &str| row.split('|').nth(1).unwrap_or_default().trim().to_owned();
    let others = old.lines().skip(2).filter(|row| !is_of(&rig(row), roads)).map(str::to_owned);
    let mut rows: Vec<String> = others.chain(reports.iter().map(Report::row)).collect();
    rows.sort_by_key(|row| rig(row));
    let table = rows.iter().fold(HEAD.to_owned(), |table, row| table + row + "\n");
    Ok(format!("{head}{BEGIN}{table}{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        serde_json::from_str(
            r#"{"rig":"mock/edu","passed":3,"not_applicable":1,"failed":0,"seconds":0.5,
                "transfers":9,"bytes":81,"segments":9,"cases":[]}"#,
        )
        .unwrap()
    }

    // Rows of one road are replaced, those of others stay, all by name; a second time it is the same.
    #[test]
    fn rows_of_a_road_are_replaced() {
        let rows = "| bare/x | 1 | 0 | 0 | 1 | 1 |\n| mock/old | 1 | 0 | 0 | 1 | 1 |\n";
        let readme = format!("head\n{BEGIN}{HEAD}{rows}{END}\ntail\n");
        let fresh = with_rows(&readme, &["mock"], &[report()]).unwrap();
        let rows = "| bare/x | 1 | 0 | 0 | 1 | 1 |\n| mock/edu | 3 | 1 | 0 | 9 | 81 |\n";
        assert_eq!(fresh, format!("head\n{BEGIN}{HEAD}{rows}{END}\ntail\n"));
        assert_eq!(with_rows(&fresh, &["mock"], &[report()]).unwrap(), fresh);
    }

    // A table that is not there yet is made.
    #[test]
    fn first_table_is_made() {
        let readme = format!("{BEGIN}{END}");
        let fresh = with_rows(&readme, &["mock"], &[report()]).unwrap();
        assert_eq!(fresh, format!("{BEGIN}{HEAD}| mock/edu | 3 | 1 | 0 | 9 | 81 |\n{END}"));
    }

    // Without marks there is no place for it, and the error says which.
    #[test]
    fn missing_marks_are_named() {
        let error = with_rows("nothing here", &["mock"], &[]).unwrap_err().to_string();
        assert!(error.contains("conformance:begin"), "{error}");
    }
}
