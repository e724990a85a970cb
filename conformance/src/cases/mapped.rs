//! The caller's own memory, mapped: both directions, and through a bounce buffer.

use dma_core::{Direction, DmaBuffer, ErrorKind, Mapped};

use crate::case::{Case, Group};
use crate::link::{Link, Wait};
use crate::pattern::{self, CANARY};
use crate::rig::{RegionOf, Rig, Way};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "mapped memory",
        cases: const {
            &[
                Case::new(
                    "callers_memory_travels_both_ways",
                    4,
                    "Memory of the caller's is read and written by the device, and comes back.",
                    direct,
                ),
                Case::new(
                    "callers_crooked_memory_is_bounced",
                    4,
                    "Memory of any alignment travels through a bounce buffer, and only it.",
                    bounced,
                ),
                Case::new(
                    "memory_that_is_not_whole_pages_is_refused",
                    2,
                    "Memory whose neighbours would be exposed to the device comes back unmapped.",
                    partial_pages,
                ),
            ]
        },
    }
}

type MappedLink<'l, R, const N: usize> =
    Link<'l, R, N, Mapped<<R as crate::rig::Memory>::Caller, RegionOf<R>>>;

/// An engine for the caller's memory.
fn open<'r, R: Rig>(scope: &mut Scope<'r, R>) -> Result<MappedLink<'r, R, 2>, Halt> {
    let device = scope.open()?;
    Link::open(scope.rig, scope.ledger, device, 0)
}

/// Maps memory of the caller's, filled by `fill`.
fn map<R: Rig>(
    scope: &mut Scope<'_, R>,
    link: &MappedLink<'_, R, 2>,
    (length, whole): (usize, bool),
    way: Way,
    fill: impl Fn(&mut [u8]),
) -> Result<Mapped<R::Caller, RegionOf<R>>, Halt> {
    let mut owner = scope.rig.caller(length, whole)?;
    fill(owner.as_mut());
    let mapped = scope.rig.map(&link.device, owner, link.limits.mask, way)?;
    mapped.or_fail("mapping the caller's memory")
}

fn direct<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTH: usize = 4096;
    let mut link = open(scope)?;
    let ways = [(Way::ToDevice, Way::FromDevice), (Way::BothWays, Way::BothWays)];
    for ((there, back), seed) in ways.into_iter().zip(1100..) {
        let out = map(scope, &link, (LENGTH, true), there, |bytes| pattern::fill(bytes, seed, 0))?;
        equal(out.length(), LENGTH, "bytes mapped")?;
        let out = link.carry(out, 0, Direction::ToDevice, Wait::Blocking)?;
        let out = out.into_inner().or_fail("unmapping the caller's memory")?;
        pattern::verify(out.as_ref(), seed, 0, "what was sent is unchanged")?;
        let into = map(scope, &link, (LENGTH, true), back, |bytes| bytes.fill(CANARY))?;
        let into = link.carry(into, 0, Direction::FromDevice, Wait::Async)?;
        let into = into.into_inner().or_fail("unmapping the caller's memory")?;
        pattern::verify(into.as_ref(), seed, 0, "what was sent comes back")?;
    }
    Ok(())
}

fn bounced<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = open(scope)?;
    for (length, seed) in [(1, 1110), (1001, 1111)] {
        let fill = |bytes: &mut [u8]| pattern::fill(bytes, seed, 0);
        let out = map(scope, &link, (length, false), Way::ToDeviceBounced, fill)?;
        equal(out.length(), length, "bytes mapped")?;
        let out = link.carry(out, 0, Direction::ToDevice, Wait::Blocking)?;
        let out = out.into_inner().or_fail("unmapping the caller's memory")?;
        pattern::verify(out.as_ref(), seed, 0, "what was sent is unchanged")?;
        let fill = |bytes: &mut [u8]| bytes.fill(CANARY);
        let into = map(scope, &link, (length, false), Way::FromDeviceBounced, fill)?;
        let into = link.carry(into, 0, Direction::FromDevice, Wait::Blocking)?;
        let into = into.into_inner().or_fail("unmapping the caller's memory")?;
        pattern::verify(into.as_ref(), seed, 0, "what was sent comes back")?;
    }
    Ok(())
}

fn partial_pages<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    use dma_core::{Allocate, Backend};

    let mut link = scope.link::<2>()?;
    let limits = link.device.memory().limits();
    if limits.granule == 1 && (limits.coherent || limits.cache_line == 1) {
        return Err("nothing is exposed: memory is neither mapped in pages nor cached".into());
    }
    let mut owner = scope.rig.caller(100, false)?;
    owner.as_mut().fill(CANARY);
    let mappings = scope.rig.mappings().ok();
    let mapped = scope.rig.map(&link.device, owner, link.limits.mask, Way::FromDevice)?;
    let refused = mapped.refused_as(&[ErrorKind::NotWholePages], "memory amid a page")?;
    pattern::intact(refused.buffer.as_ref(), "the caller's memory is unchanged")?;
    check(scope.rig.mappings().ok() == mappings, "nothing was mapped")?;
    link.proves_alive(1120)
}
