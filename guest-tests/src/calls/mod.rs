//! System calls of a transfer, counted: none while one polls, one while one waits.
//!
//! This program traces itself: a second one of it opens the card, does transfers, and marks where each
//! phase begins and ends by a signal to itself; the first one stops it at every system call between
//! two marks and notes which one it is. Buffers are the same in every transfer, as in any program
//! that has come to its steady state.
#![forbid(unsafe_code)]

mod tracer;
mod transfers;

use std::collections::BTreeMap;

use guest_init::error::{Error, Result};

/// What to count.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The device: a URI
    #[arg(long)]
    device: String,
    /// How many transfers each way of waiting is counted for
    #[arg(long, default_value_t = 20)]
    transfers: u32,
    /// Is the one that is traced
    #[arg(long, hide = true)]
    traced: bool,
}

/// The phases, each between two marks.
const PHASES: [&str; 4] = ["nothing", "polled", "the first waited for", "waited for"];

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.traced {
        return transfers::run(&arguments.device, arguments.transfers);
    }
    let count = arguments.transfers;
    let transfers = format!("--transfers={count}");
    let device = format!("--device={}", arguments.device);
    let phases = tracer::trace(&["system-calls", "--traced", &device, &transfers])?;
    // The first that is waited for finds the interrupts of those that were polled.
    let [nothing, polled, _, waited] = phases.as_slice() else {
        let expected = PHASES.len();
        return Err(Error::new(format!("{} phases, not {expected}", phases.len())));
    };
    let device = &arguments.device;
    println!("{device}: {count} transfers that are polled: {}", listed(polled));
    println!("{device}: {count} transfers that are waited for: {}", listed(waited));
    expect(PHASES[0], nothing, 0)?;
    expect(PHASES[1], polled, 0)?;
    expect(PHASES[3], waited, count as usize)
}

/// How often each was called.
fn listed(calls: &[String]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for call in calls {
        *counts.entry(call).or_default() += 1;
    }
    let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    if parts.is_empty() { "no system call".to_owned() } else { parts.join(", ") }
}

fn expect(phase: &str, calls: &[String], expected: usize) -> Result<()> {
    if calls.len() == expected {
        return Ok(());
    }
    Err(Error::new(format!("{phase}: {expected} system calls were to come, not {}", listed(calls))))
}
