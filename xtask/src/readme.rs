//! The suite `readme`: the README's table of what conforms is fresh.
//!
//! The suite runs on every simulated rig and leaves a report of each; the table between the two
//! marks in the README is made of them. `cargo xtask readme` writes it, the suite compares.
//! Virtual time makes the figures the same on every machine.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

const BEGIN: &str = "<!-- conformance:begin -->\n";
const END: &str = "<!-- conformance:end -->";

/// What is read of a rig's report; it says more.
#[derive(Deserialize, Debug)]
struct Report {
    rig: String,
    passed: u32,
    not_applicable: u32,
    failed: u32,
    transfers: u64,
    bytes: u64,
}

/// The suite `readme`.
///
/// # Errors
///
/// As [`run`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    run(workspace, true).map(|rigs| Verdict::passed(format!("{rigs} rigs as the table says")))
}

/// Runs the conformance suite and writes the README's table, or compares it; how many rigs ran.
///
/// # Errors
///
/// A rig does not conform, there is no report, the README has no marks, or (with `check`) its
/// table is stale.
pub fn run(workspace: &Workspace, check: bool) -> Result<usize> {
    let reports = reports(workspace)?;
    let path = workspace.root.join("README.md");
    let readme = fs::read_to_string(&path).context("read README.md")?;
    let fresh = with_table(&readme, &table(&reports))?;
    if fresh != readme {
        if check {
            return Err(Error::new("the table of what conforms in README.md is stale")
                .hint("run `cargo xtask readme` and look at what changed"));
        }
        fs::write(&path, fresh).context("write README.md")?;
    }
    Ok(reports.len())
}

/// Runs the suite on all simulated rigs and reads what it left, by the rigs' names.
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
    let mut reports = read(&folder)?;
    reports.sort_by(|one, other| one.rig.cmp(&other.rig));
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

/// The table, for people: a line a rig.
fn table(reports: &[Report]) -> String {
    let mut table = "\
        | conformance suite on | passed | not applicable | failed | transfers | bytes |\n\
        |---|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for Report { rig, passed, not_applicable, failed, transfers, bytes } in reports {
        let _ = writeln!(
            table,
            "| {rig} | {passed} | {not_applicable} | {failed} | {transfers} | {bytes} |"
        );
    }
    table
}

/// The README with this table between its marks.
fn with_table(readme: &str, table: &str) -> Result<String> {
    let marks = || {
        Error::new("README.md has no marks for the table of what conforms")
            .hint(format!("it needs a line `{}` and a line `{END}`", BEGIN.trim_end()))
    };
    let (head, rest) = readme.split_once(BEGIN).ok_or_else(marks)?;
    let (_, tail) = rest.split_once(END).ok_or_else(marks)?;
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

    // The table replaces what is between the marks and nothing else, and does so once.
    #[test]
    fn table_replaces_what_is_between_the_marks() {
        let readme = format!("head\n{BEGIN}old\n{END}\ntail\n");
        let fresh = with_table(&readme, &table(&[report()])).unwrap();
        assert!(fresh.starts_with("head\n") && fresh.ends_with("\ntail\n"));
        assert!(fresh.contains("| mock/edu | 3 | 1 | 0 | 9 | 81 |\n") && !fresh.contains("old"));
        assert_eq!(with_table(&fresh, &table(&[report()])).unwrap(), fresh);
    }

    // Without marks there is no place for it, and the error says which.
    #[test]
    fn missing_marks_are_named() {
        let error = with_table("nothing here", "").unwrap_err().to_string();
        assert!(error.contains("conformance:begin"), "{error}");
    }
}
