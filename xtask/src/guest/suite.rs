//! All that the hosts have to show: `cargo xtask guest test`.

use guest_init::job::Step;
use guest_init::report::{CONFORMANCE, Event};

use super::architecture::Architecture;
use super::boot::{Task, Testbed};
use super::host::Host;
use super::trial::Programs;
use super::{host, quoted, round, table, trial};
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::readme::Report;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// What to do with the tables of real kernels.
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
pub(super) fn missing() -> Option<Error> {
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
/// tables of real kernels say otherwise.
pub fn run(workspace: &Workspace, hosts: &[&Host], rows: Rows) -> Result<String> {
    let testbed = Testbed::open(workspace)?;
    let mut programs: Vec<(Architecture, Programs)> = Vec::new();
    for host in hosts {
        if !programs.iter().any(|(it, _)| *it == host.architecture) {
            programs.push((host.architecture, Programs::build(&testbed, host.architecture)?));
        }
    }
    let mut tasks = Vec::new();
    for host in hosts {
        for (architecture, programs) in &programs {
            if *architecture == host.architecture {
                let all = trial::whole(host, programs)?;
                tasks.extend(all.into_iter().map(|task| (*host, task)));
            }
        }
    }
    // The longest first, so that none is left alone in the end.
    tasks.sort_by_key(|(_, task)| std::cmp::Reverse(length(task)));
    let round = round::run(&testbed, tasks)?;
    let good = round.verdict()?;
    let mut reports = Vec::new();
    let (mut tests, mut quoted) = (0, 0);
    for row in &round.rows {
        let events = row.outcome.transcript.events();
        reports.extend(conforming(events)?);
        for passed in output(events).filter_map(trial::passed_tests) {
            if passed == 0 {
                return Err(Error::new("of a program of tests none ran").within(row.host.name));
            }
            tests += passed;
        }
    }
    for host in hosts {
        let rows = round.rows.iter().filter(|row| row.host.name == host.name);
        let lines: Vec<&str> =
            rows.flat_map(|row| output(row.outcome.transcript.events())).collect();
        quoted += quoted::check(workspace, host.name, &lines)?;
    }
    if rows != Rows::Leave {
        table::settle(workspace, hosts, &reports, rows == Rows::Check)?;
    }
    let (hosts, conform) = (hosts.len(), reports.len());
    let frozen = match round.frozen() {
        0 => String::new(),
        frozen => format!("; {frozen} boots FROZE and were done once more"),
    };
    Ok(format!(
        "{hosts} hosts, {good} checks and programs, {conform} rigs conform, {tests} tests of \
         VFIO, {quoted} quoted lines seen{frozen}"
    ))
}

/// About how long a task takes, by what its programs may take.
fn length(task: &Task) -> u64 {
    let limit = |step: &Step| match step {
        Step::Run(program) => program.limit_seconds,
        _ => 0,
    };
    task.steps.iter().map(limit).sum()
}

/// What programs of a guest wrote.
fn output(events: &[Event]) -> impl Iterator<Item = &str> {
    events.iter().filter_map(|event| match event {
        Event::Output { text } => Some(text.as_str()),
        _ => None,
    })
}

/// The reports of the conformance suite among what a guest said.
fn conforming(events: &[Event]) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for text in output(events) {
        if let Some(json) = text.strip_prefix(CONFORMANCE) {
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
