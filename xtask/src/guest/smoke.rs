//! Every host once: does it boot, and is it what its line in the table says?

use std::time::Duration;

use guest_init::job::Step;
use guest_init::report::{Event, Outcome as Check};

use super::boot::{Outcome, Task, Testbed};
use super::host::Host;
use crate::error::{Error, Result};

/// A boot takes a few seconds; this is for machines that do much else.
const LIMIT: Duration = Duration::from_mins(3);

/// Boots each host, prints what its checks saw and a table at the end; counts passed checks.
///
/// # Errors
///
/// Something cannot be fetched or built, or a host is not what it should be.
pub fn run(testbed: &Testbed<'_>, hosts: &[&Host]) -> Result<usize> {
    // First all that takes long and may fail without a guest, so that times are those of boots.
    for host in hosts {
        testbed.prepare(host).map_err(|error| error.within(host.name))?;
    }
    let mut rows = Vec::new();
    for host in hosts {
        println!("\n== {}: {}", host.name, host.about);
        let step = Step::Check(host.expectation());
        let task =
            Task { steps: vec![step], programs: Vec::new(), extra: Vec::new(), limit: LIMIT };
        let outcome = testbed.run(host, &task, &mut |event| print(event))?;
        if let Err(error) = &outcome.verdict {
            println!("  {error}");
        }
        rows.push((*host, outcome));
    }
    println!("\n== hosts");
    for (host, outcome) in &rows {
        println!("{}", row(host, outcome));
    }
    let failed = rows.iter().filter(|(_, outcome)| outcome.verdict.is_err()).count();
    let good = rows.iter().flat_map(|(_, outcome)| outcome.transcript.events());
    let good = good.filter(|event| matches!(event, Event::Check { outcome: Check::Passed, .. }));
    match failed {
        0 => Ok(good.count()),
        _ => Err(Error::new(format!("{failed} of {} hosts failed", rows.len()))),
    }
}

/// One report, for a person.
pub(super) fn print(event: &Event) {
    match event {
        Event::Ready { kernel, uptime } => println!("  Linux {kernel}, up after {uptime:.1} s"),
        Event::Check { name, outcome, detail } => {
            println!("  {outcome:14} {name:10} {detail}");
        }
        Event::Output { text } => println!("  | {text}"),
        Event::Ended { program, how, seconds, .. } => {
            println!("  {program}: {how}, {seconds:.2} s");
        }
        Event::Kernel { text } => println!("  kernel: {text}"),
        Event::Failed { reason } => println!("  FAILED {reason}"),
        Event::End { .. } => {}
    }
}

fn row(host: &Host, outcome: &Outcome) -> String {
    let word = if outcome.verdict.is_ok() { "passed" } else { "FAILED" };
    let count = |wanted: Check| {
        let events = outcome.transcript.events().iter();
        let equal =
            |event: &&Event| matches!(event, Event::Check { outcome, .. } if *outcome == wanted);
        events.filter(equal).count()
    };
    let boot =
        outcome.boot.map_or_else(|| "-".to_owned(), |time| format!("{:.1}", time.as_secs_f64()));
    format!(
        "{word:8} {:22} boot {boot:>5} s  total {:5.1} s  {} passed, {} failed, {} not applicable",
        host.name,
        outcome.total.as_secs_f64(),
        count(Check::Passed),
        count(Check::Failed),
        count(Check::NotApplicable),
    )
}
