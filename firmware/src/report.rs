//! What is told through the log, in the form that the host reads.
//!
//! A line `report {…}` is the sum of a run of the conformance suite, as JSON; a line `test …` is
//! the end of one test of the board's own. Everything else is for people.
#![forbid(unsafe_code)]

use conformance::{Exception, Halt, Observer, Outcome, Rig, State, Totals, suite};

/// Tells of each case as it ends.
#[derive(Debug)]
struct Teller;

impl Observer for Teller {
    fn begins(&mut self, name: &'static str) {
        defmt::debug!("case {=str}", name);
    }

    fn ended(&mut self, outcome: &Outcome) {
        match &outcome.state {
            State::Passed(tally) => {
                defmt::info!("passed {=str}: {=u32} transfers", outcome.name, tally.transfers);
            }
            State::NotApplicable(reason) => {
                defmt::info!("not applicable {=str}: {=str}", outcome.name, reason);
            }
            State::Failed(failure) => {
                defmt::error!("FAILED {=str}: {}", outcome.name, failure);
            }
        }
    }
}

/// Runs the conformance suite on a rig, the cases whose names `wanted` accepts; tells of each
/// case and of the sum, and says whether the rig conforms.
#[must_use]
pub fn conforms<R: Rig>(
    name: &str,
    rig: &mut R,
    exceptions: &[Exception],
    wanted: impl Fn(&str) -> bool,
) -> bool {
    let totals = suite::run_some(rig, exceptions, wanted, &mut Teller);
    let Totals { passed, not_applicable, failed, accepted } = totals;
    defmt::println!(
        "report {{\"rig\":\"{=str}\",\"passed\":{=u32},\"not_applicable\":{=u32},\"failed\":{=u32},\"transfers\":{=u32},\"bytes\":{=u64}}}",
        name,
        passed,
        not_applicable,
        failed,
        accepted.transfers,
        accepted.bytes
    );
    totals.conforms()
}

/// Tells how one test ended, and says whether it did well.
#[must_use]
pub fn test(name: &str, result: Result<(), Halt>) -> bool {
    match result {
        Ok(()) => {
            defmt::println!("test {=str} ... ok", name);
            true
        }
        Err(halt) => {
            defmt::println!("test {=str} ... FAILED: {}", name, halt);
            false
        }
    }
}

/// Tells that everything ran; the host insists on this line.
pub fn end(tests: u32) {
    defmt::println!("end after {=u32} tests", tests);
}
