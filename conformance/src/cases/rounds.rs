//! Many rounds: open, transfer, close, and nothing is left behind.

use dma_core::Direction;

use crate::case::{Case, Group};
use crate::link::{Shape, Wait};
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "rounds",
        cases: const {
            &[
                Case::new(
                    "opening_and_closing_leaves_nothing_behind",
                    600,
                    "Hundreds of rounds of open, transfer, close end with what they began with.",
                    open_and_close,
                ),
                Case::new(
                    "closing_midway_leaves_nothing_behind",
                    50,
                    "Rounds that are closed while a job is under way end so too.",
                    close_midway,
                ),
                Case::new(
                    "one_engine_runs_for_long",
                    600,
                    "One engine carries hundreds of jobs, and holds no more than at first.",
                    long_run,
                ),
            ]
        },
    }
}

fn open_and_close<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let before = (scope.rig.mappings().ok(), scope.rig.lent().ok());
    for round in scope.sample(300, 2) {
        let seed = 1800 + u32::try_from(round).unwrap_or(0);
        let mut link = scope.link::<2>()?;
        let length = 16 + round % 50;
        link.exchange(Shape { at: 0, lead: 0, length, seed }, Wait::Blocking)?;
        drop(link);
        equal_counts(scope, before)?;
    }
    Ok(())
}

fn equal_counts<R: Rig>(
    scope: &Scope<'_, R>,
    before: (Option<usize>, Option<usize>),
) -> Result<(), Halt> {
    if let (Some(before), Ok(after)) = (before.0, scope.rig.mappings()) {
        equal(after, before, "mappings alive after closing")?;
    }
    if let (Some(before), Ok(after)) = (before.1, scope.rig.lent()) {
        equal(after, before, "bytes lent after closing")?;
    }
    Ok(())
}

fn close_midway<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let before = (scope.rig.mappings().ok(), scope.rig.lent().ok());
    for round in scope.sample(25, 2) {
        let seed = 1850 + u32::try_from(round).unwrap_or(0);
        let mut link = scope.link::<4>()?;
        link.proves_alive(seed)?;
        for _ in 0..=round % 3 {
            let buffer = link.lend_filled(64, seed)?;
            let _ = link.submit(buffer, 0, Direction::ToDevice).or_fail("a job is accepted")?;
        }
        drop(link);
        equal_counts(scope, before)?;
    }
    Ok(())
}

fn long_run<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    link.proves_alive(1900)?;
    let before = (scope.rig.mappings().ok(), scope.rig.lent().ok());
    for round in scope.sample(300, 2) {
        let seed = 1900 + u32::try_from(round).unwrap_or(0);
        link.exchange(Shape { at: 0, lead: 0, length: 16 + round % 50, seed }, Wait::Blocking)?;
    }
    equal_counts(scope, before)
}
