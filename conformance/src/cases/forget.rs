//! Dropping and forgetting: nothing that a device may touch is freed.
//!
//! The only cases that look at memory whose owner is gone; see [`Leaked`].

use core::mem::ManuallyDrop;
use core::pin::pin;

use dma_core::{Direction, DmaBuffer, ErrorKind, Timeout};

use crate::below::Leaked;
use crate::case::{Case, Group};
use crate::executor;
use crate::link::{Link, Wait};
use crate::pattern;
use crate::rig::{Provocation, Rig};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "forgetting",
        cases: const {
            &[
                Case::new(
                    "forgotten_ticket_loses_nothing",
                    3,
                    "A job whose ticket was forgotten runs to its end and is found by a stop.",
                    ticket,
                ),
                Case::new(
                    "forgotten_completion_loses_nothing",
                    2,
                    "A future that was forgotten leaves its job to be waited for by its ticket.",
                    completion,
                ),
                Case::new(
                    "forgotten_engine_frees_nothing",
                    3,
                    "Memory of a forgotten engine stays mapped, and its jobs land in it.",
                    engine,
                ),
                Case::new(
                    "dropped_engine_leaves_a_quiet_device",
                    3,
                    "After an engine is dropped midway its device touches nothing of it any more.",
                    dropped,
                ),
                Case::new(
                    "dropped_engine_of_a_hanging_device_frees_nothing",
                    2,
                    "A device that does not stop keeps its memory, ring and all, past the engine.",
                    dropped_stuck,
                ),
            ]
        },
    }
}

fn ticket<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    let one = link.lend_filled(33, 2100)?;
    let two = link.lend_filled(34, 2101)?;
    let _ = link.submit(one, 0, to).or_fail("the job is accepted")?;
    let second = link.submit(two, 64, to).or_fail("the job is accepted")?;
    let _two = link.finish(second, to, Wait::Blocking)?;
    let mut found = 0;
    let stopped = link.engine(to).stop(|_, result| {
        if let Ok(buffer) = result
            && buffer.len() == 33
        {
            found += 1;
        }
    });
    stopped.or_fail("stopping the engine")?;
    equal(found, 1_u32, "buffers of the forgotten ticket")?;
    link.accept(33);
    let blank = link.lend_blank(33, 2100)?;
    let back = link.receive(blank, 0)?;
    pattern::verify(back.bytes(), 2100, 0, "the forgotten job arrived")
}

fn completion<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    let buffer = link.lend_filled(64, 2110)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let patience = link.patience;
    // Never dropped, whatever its drop may come to do.
    let mut future = ManuallyDrop::new(link.engine(to).completion(ticket, patience));
    let early = executor::poll_once(pin!(&mut *future));
    match early {
        core::task::Poll::Ready(result) => {
            link.accept(result.or_fail("the job ends well")?.length());
        }
        core::task::Poll::Pending => drop(link.finish(ticket, to, Wait::Blocking)?),
    }
    let blank = link.lend_blank(64, 2110)?;
    let back = link.receive(blank, 0)?;
    pattern::verify(back.bytes(), 2110, 0, "the job arrived")
}

fn engine<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTH: usize = 128;
    let mut link = scope.link::<2>()?;
    let source = link.lend_filled(LENGTH, 2120)?;
    let source = link.send(source, 0)?;
    drop(source);
    let mut buffer = link.lend(LENGTH)?;
    buffer.bytes_mut().fill(pattern::CANARY);
    let alive = scope.rig.mappings().ok();
    scope.leaves_memory();
    let (leaked, device) = Leaked::midway(link, buffer, 0, Direction::FromDevice)?;
    if let (Some(alive), Ok(now)) = (alive, scope.rig.mappings()) {
        equal(now, alive, "mappings after the engine was forgotten")?;
    }
    let patience = scope.patience();
    scope.pass(&device, patience)?;
    leaked.take_back();
    for at in 0..LENGTH {
        let byte = leaked.byte(at).or_fail("a byte of the leaked buffer")?;
        equal(u32::from(byte), u32::from(pattern::byte(2120, at)), "a byte that landed")?;
    }
    // The channel is free again: whoever makes it anew finds it idle.
    Link::<R, 2>::open(scope.rig, scope.ledger, device, 0)?.proves_alive(2121)
}

fn dropped<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let from = Direction::FromDevice;
    let mut link = scope.link::<4>()?;
    let source = link.lend_filled(64, 2130)?;
    let source = link.send(source, 0)?;
    drop(source);
    let before = scope.rig.mappings().ok();
    for length in [64, 32, 16] {
        let buffer = link.lend(length)?;
        let _ = link.submit(buffer, 0, from).or_fail("a job is accepted")?;
    }
    let (first, second, device) = link.into_parts();
    drop((first, second));
    if let (Some(before), Ok(now)) = (before, scope.rig.mappings()) {
        check(now <= before, "a dropped engine frees its buffers")?;
    }
    // Whatever the device still did would fault now, which the suite looks for.
    let patience = scope.patience();
    scope.pass(&device, patience)?;
    if let Ok(faults) = scope.rig.faults() {
        equal(faults.count, 0, "accesses after the engine was dropped")?;
    }
    Link::<R, 2>::open(scope.rig, scope.ledger, device, 0)?.proves_alive(2131)
}

fn dropped_stuck<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    link.proves_alive(2140)?;
    // An idle engine frees its memory whatever its device does.
    link.drop_second();
    scope.rig.provoke(&link.device, Provocation::Wedge)?;
    let buffer = link.lend_filled(64, 2141)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let limit = Timeout::nanos(scope.patience() / 4);
    let failed = link.finish_within(ticket, to, Wait::Blocking, limit)?;
    failed.refused_as(&[ErrorKind::Stuck], "a job of a hanging device")?;
    let alive = scope.rig.mappings().ok();
    scope.leaves_memory();
    let (first, second, device) = link.into_parts();
    drop((first, second));
    if let (Some(alive), Ok(now)) = (alive, scope.rig.mappings()) {
        equal(now, alive, "mappings after a stuck engine was dropped")?;
    }
    let patience = scope.patience();
    scope.pass(&device, patience)?;
    drop(device);
    Ok(())
}
