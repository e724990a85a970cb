//! Refusals: what an engine can see is wrong never reaches the device.

use dma_core::{Direction, DmaBuffer, ErrorKind, Mapped, Refused};

use crate::case::{Case, Group};
use crate::link::Link;
use crate::pattern;
use crate::rig::{BufferOf, RegionOf, Rig, Way};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "refusals",
        cases: const {
            &[
                Case::new(
                    "empty_job_is_refused",
                    2,
                    "A buffer without bytes comes back as empty.",
                    empty,
                ),
                Case::new(
                    "place_beyond_the_cards_memory_is_refused",
                    2,
                    "A job that begins outside the card's memory comes back, unchanged.",
                    beyond_window,
                ),
                Case::new(
                    "misaligned_job_is_refused",
                    2,
                    "A job that is not aligned as the channel needs comes back, unchanged.",
                    misaligned,
                ),
                Case::new(
                    "memory_beyond_the_mask_is_refused",
                    2,
                    "Memory that the device cannot address comes back, unchanged.",
                    beyond_mask,
                ),
                Case::new(
                    "direction_that_is_not_mapped_is_refused",
                    2,
                    "Memory mapped for one direction is not taken for the other.",
                    wrong_direction,
                ),
            ]
        },
    }
}

/// The refused buffer is as it was, nothing reached the channel, and the engine goes on.
fn harmless<R: Rig>(
    scope: &Scope<'_, R>,
    link: &mut Link<'_, R, 2>,
    refused: &Refused<BufferOf<R>>,
    segments: u64,
) -> Result<(), Halt> {
    pattern::verify(refused.buffer.bytes(), 900, 0, "the refused buffer is unchanged")?;
    equal(scope.ledger.tally().segments, segments, "segments that reached the channel")?;
    equal(link.engine(Direction::ToDevice).held(), 0, "jobs that the engine holds")?;
    link.proves_alive(901)
}

fn empty<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let segments = scope.ledger.tally().segments;
    let whole = link.lend_filled(64, 900)?;
    let (nothing, rest) = whole.split_at(0).or_fail("splitting a buffer")?;
    equal(nothing.len(), 0, "bytes of the empty part")?;
    let refused = link.submit(nothing, 0, Direction::ToDevice);
    let refused = refused.refused_as(&[ErrorKind::Empty], "a job without bytes")?;
    equal(refused.buffer.len(), 0, "bytes of the refused buffer")?;
    let refused = Refused::new(rest, refused.error);
    harmless(scope, &mut link, &refused, segments)
}

fn beyond_window<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let window = link.limits.device_window;
    if window.length == u64::MAX {
        return Err("the channel's addresses are not limited to a window".into());
    }
    // Offsets are counted from the target's start, which lies in the window.
    let start = window.start.get().wrapping_sub(scope.rig.target().start.get());
    let unit = link.limits.alignment as u64;
    let outside = [start.wrapping_add(window.length), start.wrapping_sub(unit)];
    let mut buffer = link.lend_filled(64, 900)?;
    for at in outside {
        let segments = scope.ledger.tally().segments;
        let refused = link.submit(buffer, at, Direction::ToDevice);
        let refused = refused.refused_as(&[ErrorKind::OutOfReach], "a place outside the window")?;
        harmless(scope, &mut link, &refused, segments)?;
        buffer = refused.buffer;
    }
    Ok(())
}

fn misaligned<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    if link.limits.alignment == 1 {
        return Err("the channel takes any alignment".into());
    }
    let kinds = [ErrorKind::Misaligned];
    let segments = scope.ledger.tally().segments;
    let buffer = link.lend_filled(65, 900)?;
    let refused = link.submit(buffer, 1, Direction::ToDevice);
    let refused = refused.refused_as(&kinds, "a misaligned place on the card")?;
    let (first, rest) = refused.buffer.split_at(1).or_fail("splitting a buffer")?;
    let refused = link.submit(rest, 0, Direction::ToDevice);
    let refused = refused.refused_as(&kinds, "a misaligned buffer")?;
    pattern::verify(refused.buffer.bytes(), 900, 1, "the refused buffer is unchanged")?;
    harmless(scope, &mut link, &Refused::new(first, refused.error), segments)
}

fn beyond_mask<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let request = dma_core::Request::bytes(64).aligned(link.limits.alignment);
    let mut buffer = scope.rig.beyond_reach(&link.device, request)?;
    pattern::fill(buffer.bytes_mut(), 900, 0);
    let segments = scope.ledger.tally().segments;
    let refused = link.submit(buffer, 0, Direction::ToDevice);
    let refused = refused.refused_as(&[ErrorKind::OutOfReach], "memory beyond the mask")?;
    harmless(scope, &mut link, &refused, segments)
}

fn wrong_direction<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    let owners = [(Way::ToDevice, Direction::FromDevice), (Way::FromDevice, Direction::ToDevice)];
    let mut link =
        Link::<R, 2, Mapped<R::Caller, RegionOf<R>>>::open(scope.rig, scope.ledger, device, 0)?;
    for (way, wrong) in owners {
        let mut owner = scope.rig.caller(4096, true)?;
        pattern::fill(owner.as_mut(), 900, 0);
        let mapped = scope.rig.map(&link.device, owner, link.limits.mask, way)?;
        let mapped = mapped.or_fail("mapping the caller's memory")?;
        let refused = link.submit(mapped, 0, wrong);
        let refused = refused.refused_as(&[ErrorKind::WrongDirection], "the other direction")?;
        equal(refused.buffer.length(), 4096, "bytes of the refused memory")?;
        // The direction that it is mapped for is taken.
        let right = if way == Way::ToDevice { Direction::ToDevice } else { Direction::FromDevice };
        let mapped = link.carry(refused.buffer, 0, right, crate::link::Wait::Blocking)?;
        let owner = mapped.into_inner().or_fail("unmapping the caller's memory")?;
        pattern::verify(owner.as_ref(), 900, 0, "the caller's memory holds what it should")?;
    }
    Ok(())
}
