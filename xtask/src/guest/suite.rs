//! All that the hosts have to show: `cargo xtask guest test`.

use guest_init::report::{CONFORMANCE, Event};

use super::architecture::Architecture;
use super::boot::Testbed;
use super::host::Host;
use super::trial::Programs;
use super::{host, round, trial};
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::readme::{self, Report};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// What the names of rigs on real kernels begin with, up to the first `/`.
const ROADS: &[&str] = &["vfio"];

/// What to do with the README's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Write what came of it.
    Write,
    /// Compare.
    Check,
    /// Nothing: these are not all hosts.
    Leave,
}

/// What the host needs besides what the Debian packages bring.
const TOOLS: &[&str] = &["apt-get", "dpkg-deb", "timeout", "nice", "make", "tar", "cc"];

/// Every host boots, is what its line in the table says, and shows what it has to.
///
/// # Errors
///
/// As [`run`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    if let Some(missing) = missing() {
        return Ok(Verdict::CannotRun(missing));
    }
    run(workspace, &host::select(&[])?, Rows::Check).map(Verdict::passed)
}

/// Why guests cannot run on this machine.
fn missing() -> Option<Error> {
    let here = (std::env::consts::OS, std::env::consts::ARCH);
    if here != ("linux", "x86_64") {
        return Some(Error::new(format!("guests need Linux on x86-64, and this is {here:?}")));
    }
    let lacks =
        |tool: &&&str| Command::new("sh").args(["-c", "command -v \"$0\"", tool]).read().is_err();
    let missing: Vec<&str> = TOOLS.iter().filter(lacks).copied().collect();
    if missing.is_empty() {
        return None;
    }
    let missing = missing.join(", ");
    Some(
        Error::new(format!("guests need a Debian-like host with {missing}"))
            .hint("install the packages apt, dpkg, coreutils, make, tar, gcc and libc6-dev"),
    )
}

/// Boots these hosts with all their tests; what there is to say of it.
///
/// # Errors
///
/// Something cannot be fetched or built, a host is not what it should be or fails a test, or the
/// README's table says otherwise.
pub fn run(workspace: &Workspace, hosts: &[&Host], rows: Rows) -> Result<String> {
    let testbed = Testbed::open(workspace)?;
    let mut programs: Vec<(Architecture, Programs)> = Vec::new();
    for host in hosts {
        if !host.roads().is_empty() && !programs.iter().any(|(it, _)| *it == host.architecture) {
            programs.push((host.architecture, Programs::build(&testbed, host.architecture)?));
        }
    }
    let mut tasks = Vec::new();
    for host in hosts {
        let built = programs.iter().find(|(architecture, _)| *architecture == host.architecture);
        let all = match built {
            Some((_, programs)) => trial::whole(host, programs)?,
            None => vec![trial::smoke(host)],
        };
        tasks.extend(all.into_iter().enumerate().map(|(number, task)| (number, *host, task)));
    }
    // Boots of one host wait for one another: further ones come when all had their first.
    tasks.sort_by_key(|(number, ..)| *number);
    let tasks = tasks.into_iter().map(|(_, host, task)| (host, task)).collect();
    let round = round::run(&testbed, tasks)?;
    let good = round.verdict()?;
    let mut reports = Vec::new();
    for row in &round.rows {
        reports.extend(conforming(row.outcome.transcript.events())?);
    }
    if rows != Rows::Leave {
        readme::settle(workspace, ROADS, &reports, rows == Rows::Check).map_err(|error| {
            error.hint("run `cargo xtask guest test --write` and look at what changed")
        })?;
    }
    let conform = reports.len();
    Ok(format!("{} hosts, {good} checks and programs, {conform} rigs conform", hosts.len()))
}

/// The reports of the conformance suite among what a guest said.
fn conforming(events: &[Event]) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for event in events {
        if let Event::Output { text } = event
            && let Some(json) = text.strip_prefix(CONFORMANCE)
        {
            reports.push(serde_json::from_str(json).context("understand a report of a guest")?);
        }
    }
    Ok(reports)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Reports are found among other things that a guest says; a damaged one is an error.
    #[test]
    fn reports_are_found() {
        let output = |text: &str| Event::Output { text: text.to_owned() };
        let good = r#"@conformance {"rig":"x","passed":1,"not_applicable":0,"failed":0,"transfers":1,"bytes":1}"#;
        let events = [output("hello"), output(good), Event::End { passed: true }];
        assert_eq!(conforming(&events).unwrap().len(), 1);
        assert!(conforming(&[output("@conformance {")]).is_err());
    }
}
