//! Runs the cases on a rig and judges them.
//!
//! A case passes if its function did, if it got at least its minimum of transfers accepted, if no
//! channel broke its contract on the way, and if afterwards the rig counts no mapping and no
//! fault that was not there before. A case that does not apply must be on the rig's own list of
//! such cases; one that is on the list and applies after all fails too, so that the list stays
//! true.
#![forbid(unsafe_code)]

use core::fmt;

use crate::case::Case;
use crate::cases;
use crate::ledger::{Ledger, Tally};
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Failure, Halt, Reason, Value, check, equal};

/// A case that is known not to apply to a rig, and why: an entry of the rig's reviewed list.
pub type Exception = (&'static str, Reason);

/// How a case ended.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum State {
    /// It did what it must, with so much accepted.
    Passed(Tally),
    /// The rig has no such thing, as its list says.
    NotApplicable(Reason),
    /// It did not.
    Failed(Failure),
}

/// A case that ran.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// What it is about.
    pub noun: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it proves.
    pub proves: &'static str,
    /// How it ended.
    pub state: State,
}

/// What all cases of a rig came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// Cases that passed.
    pub passed: u32,
    /// Cases that do not apply.
    pub not_applicable: u32,
    /// Cases that failed, exceptions of no case among them.
    pub failed: u32,
    /// What the passed ones got accepted.
    pub accepted: Tally,
}

impl Totals {
    /// Whether the rig conforms: something passed, and nothing failed.
    #[must_use]
    pub const fn conforms(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// Counts one more case.
    pub const fn add(&mut self, state: &State) {
        match state {
            State::Passed(tally) => {
                self.passed += 1;
                self.accepted.transfers += tally.transfers;
                self.accepted.bytes += tally.bytes;
                self.accepted.segments += tally.segments;
            }
            State::NotApplicable(_) => self.not_applicable += 1,
            State::Failed(_) => self.failed += 1,
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, not_applicable, failed, accepted } = self;
        write!(f, "{passed} passed, {not_applicable} not applicable, {failed} failed; ")?;
        let Tally { transfers, bytes, segments } = accepted;
        write!(f, "accepted {transfers} transfers, {bytes} bytes, {segments} segments")
    }
}

/// Is told of each case as it begins and ends.
pub trait Observer {
    /// A case begins.
    fn begins(&mut self, name: &'static str) {
        let _ = name;
    }

    /// A case ended.
    fn ended(&mut self, outcome: &Outcome);
}

impl<F: FnMut(&Outcome)> Observer for F {
    fn ended(&mut self, outcome: &Outcome) {
        self(outcome);
    }
}

/// Runs every case on `rig`. `exceptions` is the rig's own list of cases that do not apply.
pub fn run<R: Rig>(rig: &mut R, exceptions: &[Exception], observer: &mut impl Observer) -> Totals {
    run_some(rig, exceptions, |_| true, observer)
}

/// Runs the cases whose names `wanted` accepts.
pub fn run_some<R: Rig>(
    rig: &mut R,
    exceptions: &[Exception],
    wanted: impl Fn(&str) -> bool,
    observer: &mut impl Observer,
) -> Totals {
    let mut totals = Totals::default();
    let judge = |result, name: &str| judge(result, name, exceptions);
    run_judged(rig, wanted, judge, observer, &mut totals);
    for (name, _) in exceptions.iter().filter(|(name, _)| !exists::<R>(name)) {
        let Err(Halt::Failed(failure)) =
            check(false, "an exception in the rig's list names a case")
        else {
            continue;
        };
        let state = State::Failed(failure);
        totals.add(&state);
        let proves = "The rig's list of exceptions is true.";
        observer.ended(&Outcome { noun: "exceptions", name, proves, state });
    }
    totals
}

/// As [`run_some`], for a rig that nobody has a list for: a tool on a host that it has not seen
/// before. What the rig says it cannot do does not apply, and the reason stands in the outcome.
///
/// For the test of a driver or a backend this is too little: a rig that can no longer do
/// something would go unnoticed.
pub fn run_unlisted<R: Rig>(
    rig: &mut R,
    wanted: impl Fn(&str) -> bool,
    observer: &mut impl Observer,
) -> Totals {
    let mut totals = Totals::default();
    let judge = |result, _: &str| match result {
        Ok(tally) => State::Passed(tally),
        Err(Halt::NotApplicable(reason)) => State::NotApplicable(reason),
        Err(Halt::Failed(failure)) => State::Failed(failure),
    };
    run_judged(rig, wanted, judge, observer, &mut totals);
    totals
}

fn run_judged<R: Rig>(
    rig: &mut R,
    wanted: impl Fn(&str) -> bool,
    judge: impl Fn(Result<Tally, Halt>, &str) -> State,
    observer: &mut impl Observer,
    totals: &mut Totals,
) {
    for group in cases::groups::<R>() {
        for case in group.cases.iter().filter(|case| wanted(case.name)) {
            observer.begins(case.name);
            let state = judge(run_case(rig, case), case.name);
            totals.add(&state);
            let Case { name, proves, .. } = *case;
            observer.ended(&Outcome { noun: group.noun, name, proves, state });
        }
    }
}

/// Whether a case of this name exists.
fn exists<R: Rig>(name: &str) -> bool {
    let mut cases = cases::groups::<R>().iter().flat_map(|group| group.cases);
    cases.any(|case| case.name == name)
}

/// How many cases there are.
#[must_use]
pub fn count<R: Rig>() -> usize {
    cases::groups::<R>().iter().map(|group| group.cases.len()).sum()
}

/// Runs one case, and looks at what it left behind.
fn run_case<R: Rig>(rig: &mut R, case: &Case<R>) -> Result<Tally, Halt> {
    rig.begin();
    let ledger = Ledger::default();
    let before = (rig.mappings().ok(), rig.lent().ok());
    // What an earlier case provoked is not this one's.
    let _ = rig.faults();
    let pace = rig.pace();
    let mut scope = Scope { rig, ledger: &ledger, pace, leaks: false };
    let result = (case.run)(&mut scope);
    let leaks = scope.leaks;
    // A breach explains more than what followed from it.
    if let Some(failure) = ledger.first_breach() {
        return Err(Halt::Failed(failure));
    }
    result?;
    if !leaks {
        if let (Some(before), Ok(after)) = (before.0, rig.mappings()) {
            equal(after, before, "mappings alive after the case")?;
        }
        if let (Some(before), Ok(after)) = (before.1, rig.lent()) {
            equal(after, before, "bytes lent after the case")?;
        }
    }
    if let Ok(faults) = rig.faults() {
        equal(faults.count, 0, "accesses that the IOMMU refused")?;
    }
    let tally = ledger.tally();
    // A slow rig made what it can bear, which whole rounds need not fill.
    let bearable = if case.at_least <= pace.transfers { case.at_least } else { pace.transfers / 2 };
    let least = bearable.max(1);
    if tally.transfers < least {
        let seen = Value::Number(u64::from(tally.transfers));
        return Err(Halt::failed("transfers that were accepted, at least", least, seen));
    }
    Ok(tally)
}

/// Compares with the rig's list.
fn judge(result: Result<Tally, Halt>, name: &str, exceptions: &[Exception]) -> State {
    let listed = exceptions.iter().find(|(case, _)| *case == name).map(|(_, reason)| *reason);
    let mismatch = |expected: Value, seen: Value| match Halt::failed(
        "whether the case applies, as in the rig's list",
        expected,
        seen,
    ) {
        Halt::Failed(failure) => State::Failed(failure),
        Halt::NotApplicable(reason) => State::NotApplicable(reason),
    };
    match (result, listed) {
        (Ok(tally), None) => State::Passed(tally),
        (Ok(_), Some(reason)) => mismatch(Value::Text(reason), Value::Text("it applies")),
        (Err(Halt::Failed(failure)), _) => State::Failed(failure),
        (Err(Halt::NotApplicable(reason)), Some(listed)) if listed == reason => {
            State::NotApplicable(reason)
        }
        (Err(Halt::NotApplicable(reason)), listed) => {
            mismatch(Value::Text(listed.unwrap_or("it applies")), Value::Text(reason))
        }
    }
}
