//! Removal: the card vanishes while it works.

use dma_core::{Backend, Direction, ErrorKind, Failed, Timeout};

use crate::case::{Case, Group};
use crate::link::Wait;
use crate::rig::{Provocation, Rig};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, at_most, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "removal",
        cases: const {
            &[
                Case::new(
                    "removed_card_ends_a_wait_and_keeps_its_memory",
                    2,
                    "A wait for a card that vanished ends with that, and nothing is freed.",
                    |scope| removed(scope, Wait::Blocking),
                ),
                Case::new(
                    "removed_card_ends_a_task",
                    2,
                    "A task that waits for a card that vanished is told so.",
                    |scope| removed(scope, Wait::Async),
                ),
                Case::new(
                    "removed_card_ends_polling_at_once",
                    2,
                    "Polling a card that vanished ends long before its time limit.",
                    |scope| removed(scope, Wait::Polling),
                ),
            ]
        },
    }
}

fn removed<R: Rig>(scope: &mut Scope<'_, R>, wait: Wait) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let gone = [ErrorKind::Gone];
    let mut link = scope.link::<4>()?;
    link.proves_alive(1700)?;
    // An idle engine frees its memory whatever became of the card.
    link.drop_second();
    let buffer = link.lend_filled(64, 1701)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let alive = scope.rig.mappings().ok();
    scope.rig.provoke(&link.device, Provocation::Remove)?;
    scope.leaves_memory();

    let limit = scope.patience() / 4;
    let began = link.now();
    let failed = link.finish_within(ticket, to, wait, Timeout::nanos(limit))?;
    if wait == Wait::Polling {
        at_most(link.now() - began, limit / 2, "nanoseconds until polling noticed")?;
    }
    let failed = failed.refused_as(&gone, "waiting for a card that vanished")?;
    check(matches!(failed, Failed::Kept(_)), "a buffer that the card had is kept")?;
    check(link.engine(to).stuck().is_some(), "the engine knows that it is stuck")?;
    let more = link.lend(64);
    if let Ok(more) = more {
        let refused = link.submit(more, 0, to);
        refused.refused_as(&gone, "a job for a card that vanished")?;
    }
    link.device.reset().refused_as(&gone, "resetting a card that vanished")?;
    link.engine(to).stop(|_, _| ()).refused_as(&gone, "stopping a card that vanished")?;
    drop(link);
    if let (Some(alive), Ok(kept)) = (alive, scope.rig.mappings()) {
        equal(kept, alive, "mappings that stay, as the card had them")?;
    }
    if let Ok(faults) = scope.rig.faults() {
        equal(faults.count, 0, "accesses that were refused")?;
    }
    Ok(())
}
