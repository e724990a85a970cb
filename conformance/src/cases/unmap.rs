//! Unmapping: what the device may still reach never returns to an allocator.

use dma_core::{Direction, DmaBuffer, ErrorKind, Mapped};

use crate::case::{Case, Group};
use crate::link::{Link, Wait};
use crate::pattern;
use crate::rig::{Provocation, RegionOf, Rig, Way};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "unmapping",
        cases: const {
            &[
                Case::new(
                    "unmapping_gives_everything_back",
                    2,
                    "A buffer that is unmapped, or dropped, leaves no mapping behind.",
                    gives_back,
                ),
                Case::new(
                    "shared_mapping_is_not_unmapped",
                    4,
                    "A part of a buffer does not unmap what another part still uses.",
                    shared,
                ),
                Case::new(
                    "failing_unmap_keeps_a_buffers_memory",
                    2,
                    "When the system refuses to unmap, the memory is kept for ever.",
                    failing_buffer,
                ),
                Case::new(
                    "failing_unmap_leaks_the_callers_memory",
                    3,
                    "When the system refuses to unmap, the caller's memory is never freed.",
                    failing_owner,
                ),
            ]
        },
    }
}

fn gives_back<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let before = scope.rig.mappings()?;
    let (one, two) = (link.lend(100)?, link.lend(5000)?);
    check(scope.rig.mappings()? > before, "lent memory is mapped")?;
    one.unmap().or_fail("unmapping a buffer")?;
    drop(two);
    equal(scope.rig.mappings()?, before, "mappings after unmapping")?;
    link.proves_alive(1600)?;
    equal(scope.rig.mappings()?, before, "mappings after an exchange")
}

fn shared<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let before = scope.rig.mappings().ok();
    let whole = link.lend_filled(128, 1610)?;
    let (one, two) = whole.split_at(64).or_fail("splitting a buffer")?;
    one.unmap().refused_as(&[ErrorKind::Shared], "unmapping a part")?;
    let mut two = link.send(two, 0)?;
    two.bytes_mut().fill(pattern::CANARY);
    let two = link.receive(two, 0)?;
    pattern::verify(two.bytes(), 1610, 64, "the other part works on")?;
    drop(two);
    link.proves_alive(1611)?;
    check(scope.rig.mappings().ok() == before, "the last part takes the mapping with it")
}

fn failing_buffer<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let before = scope.rig.mappings()?;
    let lent = scope.rig.lent().ok();
    scope.leaves_memory();
    for unmapping in [true, false] {
        let buffer = link.lend_filled(64, 1620)?;
        let alive = scope.rig.mappings()?;
        scope.rig.provoke(&link.device, Provocation::FailUnmap(true))?;
        if unmapping {
            buffer.unmap().refused_as(&[ErrorKind::Os], "unmapping against the system's will")?;
        } else {
            drop(buffer);
        }
        scope.rig.provoke(&link.device, Provocation::FailUnmap(false))?;
        equal(scope.rig.mappings()?, alive, "mappings after a failed unmap")?;
    }
    check(scope.rig.mappings()? >= before + 2, "both mappings are kept for ever")?;
    if let (Some(before), Ok(after)) = (lent, scope.rig.lent()) {
        check(after > before, "the memory is kept with its mapping")?;
    }
    link.proves_alive(1621)
}

fn failing_owner<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTH: usize = 4096;
    let device = scope.open()?;
    let mut link =
        Link::<R, 2, Mapped<R::Caller, RegionOf<R>>>::open(scope.rig, scope.ledger, device, 0)?;
    let owners = scope.rig.owners()?;
    scope.leaves_memory();
    for (number, inner) in [true, false].into_iter().enumerate() {
        let mut owner = scope.rig.caller(LENGTH, true)?;
        pattern::fill(owner.as_mut(), 1630, 0);
        let mapped = scope.rig.map(&link.device, owner, link.limits.mask, Way::ToDevice)?;
        let mapped = mapped.or_fail("mapping the caller's memory")?;
        let mapped = link.carry(mapped, 0, Direction::ToDevice, Wait::Blocking)?;
        check(mapped.length() == LENGTH, "bytes mapped")?;
        let alive = scope.rig.mappings()?;
        scope.rig.provoke(&link.device, Provocation::FailUnmap(true))?;
        if inner {
            mapped
                .into_inner()
                .refused_as(&[ErrorKind::Os], "unmapping against the system's will")?;
        } else {
            drop(mapped);
        }
        scope.rig.provoke(&link.device, Provocation::FailUnmap(false))?;
        equal(scope.rig.mappings()?, alive, "mappings after a failed unmap")?;
        equal(scope.rig.owners()?, owners + number + 1, "owners that were leaked")?;
    }
    // One that can be unmapped is freed as ever.
    let owner = scope.rig.caller(LENGTH, true)?;
    let mapped = scope.rig.map(&link.device, owner, link.limits.mask, Way::ToDevice)?;
    let mapped = mapped.or_fail("mapping the caller's memory")?;
    let mapped = link.carry(mapped, 0, Direction::ToDevice, Wait::Blocking)?;
    drop(mapped.into_inner().or_fail("unmapping the caller's memory")?);
    equal(scope.rig.owners()?, owners + 2, "owners that were leaked")
}
