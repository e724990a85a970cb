//! What conforms on real kernels, as tables in `docs/` and in the README.
//!
//! A rig is called `ROAD/DEVICE, HOST, WAY, PLACE`. The document has a row for each; the README a
//! row for each host, and a column for each road, device and way.

use std::fmt::Write as _;
use std::fs;

use super::host::Host;
use crate::error::{Context, Error, Result};
use crate::marks::Marks;
use crate::readme::{HEAD, Report};
use crate::workspace::Workspace;

/// Where the table of all rigs stands.
const ALL: &str = "docs/conformance.md";
/// Where the one of hosts and roads stands.
const README: &str = "README.md";

/// Hosts that no guest can be, with what was tried instead.
const UNPROVEN: &str = "Arm, cards that do not see the CPU's caches (TX2): **unproven on hardware**. Instead: `incoherent` \
     rigs above, and maintenance from user space on `arm-smmu`";

/// Writes both tables, or compares them.
///
/// # Errors
///
/// A rig's name is not made as said above, a document has no marks, or (with `check`) a table is
/// stale.
pub fn settle(
    workspace: &Workspace,
    hosts: &[&Host],
    reports: &[Report],
    check: bool,
) -> Result<()> {
    let marks = Marks::new("guests", "the table of real kernels");
    for (file, table) in [(ALL, rows(reports)), (README, crossed(hosts, reports)?)] {
        let path = workspace.root.join(file);
        let old = fs::read_to_string(&path).context(path.display())?;
        let fresh = marks.with(&old, &table).map_err(|error| error.within(file))?;
        if fresh == old {
            continue;
        }
        if check {
            let old = marks.split(&old)?[1];
            let changed = table.lines().find(|line| !old.lines().any(|other| other == *line));
            let changed = changed.unwrap_or("a row is no longer there");
            return Err(Error::new(format!(
                "the table of real kernels in {file} is stale: {changed}"
            ))
            .hint("run `cargo xtask guest test --write` and look at what changed"));
        }
        fs::write(&path, fresh).context(format_args!("write {file}"))?;
    }
    Ok(())
}

/// A row for each rig, by name.
fn rows(reports: &[Report]) -> String {
    let mut reports: Vec<&Report> = reports.iter().collect();
    reports.sort_by(|one, other| one.rig.cmp(&other.rig));
    reports.iter().fold(HEAD.to_owned(), |table, report| table + &report.row() + "\n")
}

/// What a rig's name says.
#[derive(Debug, PartialEq, Eq)]
struct Rig<'n> {
    road: &'n str,
    host: &'n str,
    way: &'n str,
}

impl<'n> Rig<'n> {
    fn parse(name: &'n str) -> Result<Self> {
        match name.split(", ").collect::<Vec<_>>().as_slice() {
            [road, host, way, _place] if road.contains('/') => Ok(Self { road, host, way }),
            _ => Err(Error::new(format!("a guest's rig is called {name:?}"))
                .hint("a rig on a real kernel is called `ROAD/DEVICE, HOST, WAY, PLACE`")),
        }
    }

    fn column(&self) -> String {
        format!("{}, {}", self.road, self.way)
    }
}

/// Hosts crossed with roads: the cases that passed, of each rig.
fn crossed(hosts: &[&Host], reports: &[Report]) -> Result<String> {
    let rigs = reports.iter().map(|report| Ok((Rig::parse(&report.rig)?, report)));
    let rigs: Vec<(Rig<'_>, &Report)> = rigs.collect::<Result<_>>()?;
    if let Some((rig, _)) = rigs.iter().find(|(rig, _)| hosts.iter().all(|it| it.name != rig.host))
    {
        return Err(Error::new(format!("there is no host {:?}", rig.host)));
    }
    let mut columns: Vec<String> = rigs.iter().map(|(rig, _)| rig.column()).collect();
    columns.sort();
    columns.dedup();
    let mut table = format!("| host | {} |\n|---|", columns.join(" | "));
    table += &"---:|".repeat(columns.len());
    table.push('\n');
    for host in hosts {
        let cell = |column: &String| {
            let here = rigs.iter().filter(|(rig, _)| rig.host == host.name);
            let passed = here.filter(|(rig, _)| rig.column() == *column);
            let mut passed: Vec<String> = passed.map(|(_, report)| outcome(report)).collect();
            // More cases first: a device that can be reset before one that cannot.
            passed.sort_by(|one, other| other.cmp(one));
            if passed.is_empty() { "–".to_owned() } else { passed.join(" + ") }
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        if cells.iter().any(|cell| cell != "–") {
            let _ = writeln!(table, "| `{}`: {} | {} |", host.name, host.about, cells.join(" | "));
        }
    }
    let _ = writeln!(table, "| {UNPROVEN} |{}", " – |".repeat(columns.len()));
    Ok(table)
}

fn outcome(report: &Report) -> String {
    match report.failed {
        0 => report.passed.to_string(),
        failed => format!("{} ({failed} FAILED)", report.passed),
    }
}

#[cfg(test)]
mod tests {
    use super::super::host;
    use super::*;

    fn report(rig: &str, passed: u32) -> Report {
        let rig = rig.to_owned();
        Report { rig, passed, not_applicable: 2, failed: 0, transfers: 3, bytes: 4 }
    }

    // Each host has a row and each way a column; both places of a device stand in one cell.
    #[test]
    fn hosts_are_crossed_with_roads() {
        let reports = [
            report("vfio/edu, arm-smmu, type 1, root bus", 60),
            report("vfio/edu, arm-smmu, type 1, root port", 63),
            report("vfio/edu, x86-vtd-own, iommufd, root port", 66),
        ];
        let hosts = host::select(&[]).unwrap();
        let table = crossed(&hosts, &reports).unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "| host | vfio/edu, iommufd | vfio/edu, type 1 |");
        assert!(lines[2].starts_with("| `x86-vtd-own`: ") && lines[2].ends_with(" | 66 | – |"));
        assert!(lines[3].starts_with("| `arm-smmu`: ") && lines[3].ends_with(" | – | 63 + 60 |"));
        assert!(lines[4].contains("unproven on hardware"));
        assert_eq!(lines.len(), 5);
    }

    // The document's table has each rig by name.
    #[test]
    fn rigs_have_their_rows() {
        let table = rows(&[report("b/x, h, w, p", 1), report("a/x, h, w, p", 1)]);
        let lines: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            lines,
            ["| a/x, h, w, p | 1 | 2 | 0 | 3 | 4 |", "| b/x, h, w, p | 1 | 2 | 0 | 3 | 4 |"]
        );
    }

    // A rig that is called otherwise, or of a host that is none, has no place in it.
    #[test]
    fn strange_names_are_refused() {
        let hosts = host::select(&[]).unwrap();
        for rig in ["vfio/edu", "vfio/edu, nowhere, type 1, root port"] {
            let error = crossed(&hosts, &[report(rig, 1)]).unwrap_err().to_string();
            assert!(error.contains("vfio/edu") || error.contains("nowhere"), "{error}");
        }
    }
}
