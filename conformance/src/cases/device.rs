//! The device: what it is, what it can carry, when it may master the bus.

use dma_core::{Backend, Channel, Direction, DmaBuffer, ErrorKind, RegisterSpace, Timeout};

use crate::case::{Case, Group};
use crate::link::{Link, Wait};
use crate::pattern;
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "device",
        cases: const {
            &[
                Case::new(
                    "device_names_itself",
                    2,
                    "The backend opens the card that it was asked for.",
                    names_itself,
                ),
                Case::new(
                    "channel_carries_what_the_data_sheet_says",
                    2,
                    "The channel promises neither more nor less than the hardware can.",
                    keeps_to_data_sheet,
                ),
                Case::new(
                    "registers_channels_and_memory_share_a_domain",
                    2,
                    "Everything taken from one device names one address space.",
                    shares_a_domain,
                ),
                Case::new(
                    "missing_regions_and_vectors_are_refused",
                    2,
                    "Asking for what the device does not have is an error and harms nothing.",
                    refuses_what_is_missing,
                ),
                Case::new(
                    "device_masters_the_bus_only_when_allowed",
                    2,
                    "With bus mastering off, a started transfer touches no memory.",
                    masters_only_when_allowed,
                ),
            ]
        },
    }
}

fn names_itself<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    check(link.device.identity() == scope.rig.identity(), "the identity is the card's")?;
    link.proves_alive(1)
}

fn keeps_to_data_sheet<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let expected = scope.rig.expected_limits();
    let device = scope.open()?;
    for channel in scope.rig.channels(&device).or_fail("making the channels")?.iter().flatten() {
        let limits = channel.limits();
        check(limits.mask == expected.mask, "the mask is the data sheet's")?;
        check(
            limits.max_segment == expected.max_segment,
            "the longest segment is the data sheet's",
        )?;
        check(limits.alignment == expected.alignment, "the alignment is the data sheet's")?;
        check(limits.boundary == expected.boundary, "the boundary is the data sheet's")?;
        check(limits.device_window == expected.device_window, "the window is the data sheet's")?;
        check(expected.directions.contains(limits.directions), "the directions are possible")?;
        check(limits.depth == expected.depth, "the depth is as built")?;
        check(channel.room() == limits.depth, "a new channel has all its room")?;
    }
    Link::<R, 2>::open(scope.rig, scope.ledger, device, 0)?.proves_alive(2)
}

fn shares_a_domain<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    let space = device.region(0).or_fail("the first register region")?;
    check(space.size() > 0, "the register region has bytes")?;
    check(space.alignment() >= 4, "the register region is aligned for words")?;
    let mut link = Link::<R, 2>::open(scope.rig, scope.ledger, device, 0)?;
    let buffer = link.lend(16)?;
    let channel = link.engine(Direction::ToDevice).channel().domain();
    check(buffer.domain() == channel, "memory and channel share a domain")?;
    check(space.domain() == channel, "registers and channel share a domain")?;
    link.proves_alive(3)
}

fn refuses_what_is_missing<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let lacks = [ErrorKind::Unsupported];
    link.device.region(usize::MAX).refused_as(&lacks, "a region that does not exist")?;
    link.device.signal(usize::MAX).refused_as(&lacks, "a vector that does not exist")?;
    link.proves_alive(4)
}

fn masters_only_when_allowed<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    scope.rig.forbids_mastering()?;
    let mut link = scope.link::<2>()?;
    let buffer = link.lend_filled(64, 5)?;
    let _sent = link.send(buffer, 0)?;

    link.device.set_bus_mastering(false).or_fail("forbidding bus mastering")?;
    let blank = link.lend_blank(64, 5)?;
    let from = Direction::FromDevice;
    let ticket = link.submit(blank, 0, from).or_fail("the job is accepted")?;
    // Some devices notice, some do not, and none writes a byte.
    let limit = Timeout::nanos(scope.patience() / 8);
    let buffer = match link.engine(from).wait(ticket, limit) {
        Ok(buffer) => buffer,
        Err(failed) => failed.into_buffer().or_fail("the device stops")?,
    };
    let untouched = |at| !pattern::byte(5, at);
    pattern::verify_with(buffer.bytes(), untouched, "no byte was written without mastering")?;

    link.device.set_bus_mastering(true).or_fail("allowing bus mastering")?;
    let buffer = link.carry(buffer, 0, from, Wait::Blocking)?;
    pattern::verify(buffer.bytes(), 5, 0, "bytes are written with mastering")
}
