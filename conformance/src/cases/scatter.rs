//! Memory in pieces: one job over many runs of device addresses.

use dma_core::{Direction, DmaBuffer};

use crate::case::{Case, Group};
use crate::link::Wait;
use crate::pattern;
use crate::rig::Rig;
use crate::scope::{Scope, lap};
use crate::verdict::{Halt, OrFail, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "scatter-gather",
        cases: const {
            &[
                Case::new(
                    "one_piece",
                    2,
                    "A job over one run of addresses arrives whole.",
                    |scope| scattered(scope, 1),
                ),
                Case::new(
                    "two_pieces",
                    2,
                    "A job over two runs of addresses arrives whole.",
                    |scope| scattered(scope, 2),
                ),
                Case::new(
                    "two_hundred_and_fifty_six_pieces",
                    2,
                    "A job over 256 runs of addresses arrives whole.",
                    |scope| scattered(scope, 256),
                ),
                Case::new(
                    "part_of_scattered_memory",
                    2,
                    "A job that begins and ends within a run takes no byte of its neighbours.",
                    part,
                ),
            ]
        },
    }
}

/// How many runs a buffer has.
fn runs(buffer: &impl DmaBuffer) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < buffer.length() {
        let run = buffer.run(at, buffer.length() - at).1;
        if run == 0 {
            break;
        }
        at += run;
        count += 1;
    }
    count
}

fn scattered<R: Rig>(scope: &mut Scope<'_, R>, pieces: usize) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let length = pieces.max(64);
    let mut out = scope.rig.scattered(&link.device, length, pieces)?;
    let mut back = scope.rig.scattered(&link.device, length, pieces)?;
    let length = out.len();
    check(
        length as u64 <= scope.rig.target().length
            || lap(&link.limits, scope.rig.target()).is_some(),
        "the rig's scattered memory fits on the card",
    )?;
    equal(runs(&out), pieces, "runs of the scattered memory")?;
    let seed = u32::try_from(pieces).unwrap_or(0);
    let window = link.limits.device_window.length;
    pattern::fill(out.bytes_mut(), seed, 0);
    let segments = scope.ledger.tally().segments;
    let out = link.send(out, 0)?;
    let pushed = scope.ledger.tally().segments - segments;
    check(pushed >= pieces as u64, "each run is at least one segment")?;
    pattern::verify(out.bytes(), seed, 0, "what was sent is unchanged")?;
    let comes = |at: usize| pattern::byte(seed, pattern::last_lap(at, length, window));
    for (at, byte) in back.bytes_mut().iter_mut().enumerate() {
        *byte = !comes(at);
    }
    let back = link.receive(back, 0)?;
    pattern::verify_with(back.bytes(), comes, "what was sent comes back")
}

fn part<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let unit = link.limits.alignment;
    let mut whole = scope.rig.scattered(&link.device, 256, 4)?;
    let (lead, tail) = (5 * unit, 9 * unit);
    whole.bytes_mut().fill(pattern::CANARY);
    let length = whole.len() - lead - tail;
    let (before, rest) = whole.split_at(lead).or_fail("splitting a buffer")?;
    let (middle, after) = rest.split_at(length).or_fail("splitting a buffer")?;
    let window = link.limits.device_window.length;
    let out = link.lend_filled(length, 900)?;
    let _out = link.send(out, 0)?;
    let middle = link.carry(middle, 0, Direction::FromDevice, Wait::Blocking)?;
    let comes = |at: usize| pattern::byte(900, pattern::last_lap(at, length, window));
    pattern::verify_with(middle.bytes(), comes, "the part is written")?;
    pattern::intact(before.bytes(), "the run's bytes in front are untouched")?;
    pattern::intact(after.bytes(), "the run's bytes behind are untouched")
}
