//! The suite `readme`: the tables of what conforms are fresh.
//!
//! The suite runs on every rig and leaves a report of each; the table between the two marks in
//! `docs/conformance.md` is made of them, and the README has the sums of each device. `cargo xtask
//! readme` writes both; each suite that runs rigs compares the rows of its own. Virtual time, and
//! emulators that count instructions, make the figures the same on every machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::firmware;
use crate::marks::Marks;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// Where the table of all rigs stands.
const ALL: &str = "docs/conformance.md";

/// The marks of both tables.
fn marks() -> Marks {
    Marks::new("conformance", "the table of what conforms")
}

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
    #[must_use]
    pub fn row(&self) -> String {
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

/// Runs the conformance suite everywhere but in guests, which take longer and have a command and
/// tables of their own, and writes the README's table, or compares it.
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
/// A document has no marks, a rig is of another road, or (with `check`) a row is stale.
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
    let (all, readme) = (workspace.root.join(ALL), workspace.root.join("README.md"));
    let old = [&all, &readme].map(|path| fs::read_to_string(path).context(path.display()));
    let [old_all, old_readme] = old;
    let (old_all, old_readme) = (old_all?, old_readme?);
    let fresh_all = with_rows(&old_all, roads, reports).map_err(|error| error.within(ALL))?;
    let sums = sums(marks().split(&fresh_all)?[1]);
    let fresh_readme = marks().with(&old_readme, &sums);
    let fresh_readme = fresh_readme.map_err(|error| error.within("README.md"))?;
    if (&fresh_all, &fresh_readme) == (&old_all, &old_readme) {
        return Ok(());
    }
    if check {
        return Err(Error::new(format!(
            "the table of what conforms in {ALL}, or its sums in README.md, are stale, for {}",
            roads.join(", ")
        ))
        .hint("run `cargo xtask readme` and look at what changed"));
    }
    fs::write(&all, fresh_all).context("write the table")?;
    fs::write(&readme, fresh_readme).context("write README.md")
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
        // They leave no report: in real time figures are not the same twice.
        .args(["--", "--skip", "real_time::"])
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
pub const HEAD: &str = "\
    | conformance suite on | passed | not applicable | failed | transfers | bytes |\n\
    |---|---:|---:|---:|---:|---:|\n";

/// The document with these rows in the place of all rows of these roads, by the rigs' names.
fn with_rows(document: &str, roads: &[&str], reports: &[Report]) -> Result<String> {
    let [head, old, tail] = marks().split(document)?;
    let rig = |row: &str| cell(row, 0).to_owned();
    let others = old.lines().skip(2).filter(|row| !is_of(&rig(row), roads)).map(str::to_owned);
    let mut rows: Vec<String> = others.chain(reports.iter().map(Report::row)).collect();
    rows.sort_by_key(|row| rig(row));
    let table = rows.iter().fold(HEAD.to_owned(), |table, row| table + row + "\n");
    Ok(format!("{head}{table}{tail}"))
}

/// A cell of a row, by its number.
fn cell(row: &str, number: usize) -> &str {
    row.split('|').nth(number + 1).unwrap_or_default().trim()
}

/// The sums of a table's rows, a line for each device on each road: what is before a rig's comma.
fn sums(table: &str) -> String {
    let mut devices: BTreeMap<&str, (u64, [u64; 5])> = BTreeMap::new();
    for row in table.lines().skip(2) {
        let device = cell(row, 0).split(',').next().unwrap_or_default();
        let (rigs, sums) = devices.entry(device).or_default();
        *rigs += 1;
        for (number, sum) in (1..).zip(sums) {
            *sum += cell(row, number).parse::<u64>().unwrap_or(0);
        }
    }
    let mut table = "\
        | road/device | rigs | cases passed | not applicable | failed | transfers | bytes |\n\
        |---|---:|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for (device, (rigs, [passed, not_applicable, failed, transfers, bytes])) in devices {
        let _ = writeln!(
            table,
            "| {device} | {rigs} | {passed} | {not_applicable} | {failed} | {transfers} | {bytes} |"
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<!-- conformance:begin -->\n";
    const END: &str = "<!-- conformance:end -->";

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

    // The sums have a line for each device on each road, over all of its rigs.
    #[test]
    fn sums_are_those_of_a_devices_rigs() {
        let rows = "| mock/edu, a | 1 | 2 | 0 | 3 | 4 |\n| mock/edu, b | 10 | 20 | 1 | 30 | 40 |\n\
                    | mock/xdma, a | 5 | 0 | 0 | 6 | 7 |\n";
        let sums = sums(&format!("{HEAD}{rows}"));
        let lines: Vec<&str> = sums.lines().skip(2).collect();
        assert_eq!(
            lines,
            ["| mock/edu | 2 | 11 | 22 | 1 | 33 | 44 |", "| mock/xdma | 1 | 5 | 0 | 0 | 6 | 7 |"]
        );
    }

    // Without marks there is no place for it, and the error says which.
    #[test]
    fn missing_marks_are_named() {
        let error = with_rows("nothing here", &["mock"], &[]).unwrap_err().to_string();
        assert!(error.contains("conformance:begin"), "{error}");
    }
}
