//! Recovery: time-outs, a device that hangs, resets, and work that goes on.

use dma_core::{
    Backend, Channel, Direction, DmaBuffer, Engine, ErrorKind, Failed, Quiet, Signal, Timeout,
};

use crate::case::{Case, Group};
use crate::link::{Link, Wait};
use crate::pattern;
use crate::rig::{Provocation, Rig};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "recovery",
        cases: const {
            &[
                Case::new(
                    "stalled_job_ends_at_its_limit",
                    2,
                    "A job that never ends is over at its time limit, and the engine goes on.",
                    |scope| stalled(scope, Wait::Blocking),
                ),
                Case::new(
                    "stalled_job_ends_a_task_at_its_limit",
                    2,
                    "A task that waits for a job that never ends is woken at its time limit.",
                    |scope| stalled(scope, Wait::Async),
                ),
                Case::new(
                    "hanging_device_keeps_buffers_until_it_is_reset",
                    3,
                    "What a device that does not stop may touch is kept, and comes back by a reset.",
                    hanging,
                ),
                Case::new(
                    "error_of_the_device_is_reported",
                    4,
                    "A job that the device fails comes back with its status, and others go on.",
                    device_error,
                ),
                Case::new(
                    "reset_is_noticed_by_every_engine",
                    2,
                    "Engines take no job after a reset until they are recovered.",
                    idle_reset,
                ),
                Case::new(
                    "reset_midway_gives_buffers_back",
                    2,
                    "Jobs that a reset cut off come back as failed once the engine is recovered.",
                    reset_midway,
                ),
                Case::new(
                    "proof_of_an_older_reset_is_refused",
                    2,
                    "An engine is recovered only with the proof of the newest reset.",
                    old_proof,
                ),
            ]
        },
    }
}

/// Resets the device, or says that it cannot be reset.
fn reset<D: Backend>(device: &D) -> Result<Quiet, Halt> {
    match device.reset() {
        Ok(quiet) => Ok(quiet),
        Err(error) if error.kind() == ErrorKind::Unsupported => {
            Err("the device cannot be reset".into())
        }
        Err(error) => {
            Err(Halt::failed("resetting", "success", crate::verdict::Value::Error(error)))
        }
    }
}

/// Recovers an engine; a device that a reset does not stop gets the time to end.
fn recover<R, C, S, B, const N: usize>(
    scope: &mut Scope<'_, R>,
    device: &R::Device,
    engine: &mut Engine<C, S, B, N>,
    quiet: &Quiet,
) -> Result<(), Halt>
where
    R: Rig,
    C: Channel,
    S: Signal,
    B: DmaBuffer,
{
    let step = scope.patience() / 16;
    for _ in 0..64 {
        match engine.recover(quiet) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::Stuck => scope.pass(device, step)?,
            error => return error.or_fail("recovering an engine"),
        }
    }
    Err(Halt::failed("recovering an engine", "success in time", "still stuck"))
}

/// Brings a link back after its device hung.
fn revive<R: Rig, const N: usize>(
    scope: &mut Scope<'_, R>,
    link: &mut Link<'_, R, N>,
) -> Result<(), Halt> {
    let quiet = reset(&link.device)?;
    recover_all(scope, link, &quiet)?;
    link.device.resume(quiet).or_fail("ending the quiet time after a reset")
}

/// Recovers the engines of a link.
fn recover_all<R: Rig, const N: usize>(
    scope: &mut Scope<'_, R>,
    link: &mut Link<'_, R, N>,
    quiet: &Quiet,
) -> Result<(), Halt> {
    let (device, first, second) = link.parts();
    recover(scope, device, first, quiet)?;
    match second {
        Some(second) => recover(scope, device, second, quiet),
        None => Ok(()),
    }
}

fn stalled<R: Rig>(scope: &mut Scope<'_, R>, wait: Wait) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    scope.rig.provoke(&link.device, Provocation::Stall(true))?;
    let buffer = link.lend_filled(64, 2000)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let limit = scope.patience() / 4;
    let began = link.now();
    let result = link.finish_within(ticket, to, wait, Timeout::nanos(limit))?;
    check(link.now() - began >= limit, "a wait lasts at least to its limit")?;
    scope.rig.provoke(&link.device, Provocation::Stall(false))?;
    let kinds = [ErrorKind::TimedOut, ErrorKind::Stuck];
    let failed = result.refused_as(&kinds, "a job that never ends")?;
    let buffer = match failed {
        Failed::Returned(refused) => {
            equal(refused.error.kind(), ErrorKind::TimedOut, "why the job ended")?;
            refused.buffer
        }
        Failed::Kept(error) => {
            equal(error.kind(), ErrorKind::Stuck, "why the buffer is kept")?;
            revive(scope, &mut link)?;
            let failed = link.finish_within(ticket, to, wait, Timeout::nanos(limit))?;
            let failed = failed.refused_as(&kinds, "the job after the reset")?;
            failed.into_buffer().or_fail("the buffer comes back after the reset")?
        }
        Failed::NoSuchJob(_) => return Err(Halt::failed("the ticket", "known", "unknown")),
    };
    equal(buffer.len(), 64, "bytes of the buffer that came back")?;
    drop(buffer);
    link.proves_alive(2001)
}

fn hanging<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    // One job ends well and is not taken before the device hangs: it is not lost with the rest.
    let done = link.lend_filled(40, 2010)?;
    let done = link.submit(done, 0, to).or_fail("the job is accepted")?;
    let last = link.lend_filled(41, 2011)?;
    let last = link.submit(last, 0, to).or_fail("the job is accepted")?;
    let _last = link.finish(last, to, Wait::Blocking)?;

    scope.rig.provoke(&link.device, Provocation::Wedge)?;
    let mut tickets = [None; 3];
    for (place, ticket) in tickets.iter_mut().enumerate() {
        let buffer = link.lend_filled(50 + place, 2012)?;
        *ticket = Some(link.queue(buffer, 0, to).or_fail("a job is accepted")?);
    }
    let alive = scope.rig.mappings().ok();
    let first = tickets.first().copied().flatten().or_fail("a ticket")?;
    let limit = Timeout::nanos(scope.patience() / 4);
    let failed = link.finish_within(first, to, Wait::Blocking, limit)?;
    let failed = failed.refused_as(&[ErrorKind::Stuck], "a job of a hanging device")?;
    check(matches!(failed, Failed::Kept(_)), "the buffer is kept")?;
    check(link.engine(to).stuck().is_some(), "the engine says that it is stuck")?;
    equal(link.engine(to).in_flight(), 3, "jobs in flight on a stuck engine")?;
    let more = link.lend_filled(16, 2013)?;
    let refused = link.submit(more, 0, to);
    let refused = refused.refused_as(&[ErrorKind::Stuck], "a job for a stuck engine")?;
    pattern::verify(refused.buffer.bytes(), 2013, 0, "the refused buffer is unchanged")?;
    drop(refused);
    check(scope.rig.mappings().ok() == alive, "what the device may touch stays mapped")?;
    let done = link.finish(done, to, Wait::Blocking)?;
    pattern::verify(done.bytes(), 2010, 0, "the job that had ended is taken")?;

    revive(scope, &mut link)?;
    check(link.engine(to).stuck().is_none(), "the engine is not stuck any more")?;
    for (place, ticket) in tickets.into_iter().enumerate() {
        let ticket = ticket.or_fail("a ticket")?;
        let failed = link.finish_within(ticket, to, Wait::Blocking, limit)?;
        let kinds = [ErrorKind::Stuck, ErrorKind::Aborted, ErrorKind::TimedOut];
        let failed = failed.refused_as(&kinds, "a job that the reset ended")?;
        let buffer = failed.into_buffer().or_fail("its buffer comes back")?;
        equal(buffer.len(), 50 + place, "bytes of the ticket's own buffer")?;
    }
    equal(link.engine(to).held(), 0, "jobs held after recovery")?;
    link.proves_alive(2014)
}

fn device_error<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    link.proves_alive(2020)?;
    scope.rig.provoke(&link.device, Provocation::DeviceError)?;
    let buffer = link.lend_filled(64, 2021)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let patience = link.patience;
    let failed = link.finish_within(ticket, to, Wait::Blocking, patience)?;
    let failed = failed.refused_as(&[ErrorKind::DeviceFault], "a job that the device failed")?;
    check(failed.error().detail() != 0, "the error has the device's status")?;
    let buffer = failed.into_buffer().or_fail("the buffer comes back")?;
    pattern::verify(buffer.bytes(), 2021, 0, "the buffer is unchanged")?;
    // An injected error may be in the IOMMU's log, or not: it is no fault of the case.
    let _ = scope.rig.faults();
    link.proves_alive(2022)
}

fn idle_reset<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let device = scope.open()?;
    let mut link = Link::<R, 2>::open_with(scope.rig, scope.ledger, device, 0, true)?;
    let quiet = reset(&link.device)?;
    let buffers = [link.lend(16)?, link.lend(16)?];
    let place = link.address(0);
    let (_, first, second) = link.parts();
    let [one, two] = buffers;
    let was_reset = [ErrorKind::WasReset];
    let way = if first.limits().directions.contains(to.set()) { to } else { Direction::FromDevice };
    first.submit(one, place, way).refused_as(&was_reset, "a job after a reset")?;
    if let Some(second) = second {
        let limits = second.limits();
        let way = if limits.directions.contains(to.set()) { to } else { Direction::FromDevice };
        second.submit(two, place, way).refused_as(&was_reset, "a job after a reset")?;
    }
    recover_all(scope, &mut link, &quiet)?;
    link.device.resume(quiet).or_fail("ending the quiet time after a reset")?;
    link.proves_alive(2030)
}

fn reset_midway<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    let mut tickets = [None; 3];
    for (place, ticket) in tickets.iter_mut().enumerate() {
        let buffer = link.lend_filled(50 + place, 2040)?;
        *ticket = Some(link.queue(buffer, 0, to).or_fail("a job is accepted")?);
    }
    link.engine(to).kick();
    let alive = scope.rig.mappings().ok();
    let quiet = reset(&link.device)?;
    let first = tickets.first().copied().flatten().or_fail("a ticket")?;
    let limit = Timeout::nanos(scope.patience() / 4);
    let failed = link.finish_within(first, to, Wait::Blocking, limit)?;
    let failed = failed.refused_as(&[ErrorKind::WasReset], "a job that a reset cut off")?;
    check(matches!(failed, Failed::Kept(_)), "the buffer is kept until recovery")?;
    check(scope.rig.mappings().ok() == alive, "what the device may touch stays mapped")?;
    recover_all(scope, &mut link, &quiet)?;
    for (place, ticket) in tickets.into_iter().enumerate() {
        let ticket = ticket.or_fail("a ticket")?;
        let failed = link.finish_within(ticket, to, Wait::Blocking, limit)?;
        let kinds = [ErrorKind::WasReset, ErrorKind::Aborted];
        let failed = failed.refused_as(&kinds, "a job that a reset cut off")?;
        let buffer = failed.into_buffer().or_fail("its buffer comes back")?;
        equal(buffer.len(), 50 + place, "bytes of the ticket's own buffer")?;
    }
    link.device.resume(quiet).or_fail("ending the quiet time after a reset")?;
    link.proves_alive(2041)
}

fn old_proof<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let was_reset = [ErrorKind::WasReset];
    let mut link = scope.link::<2>()?;
    let old = reset(&link.device)?;
    let new = reset(&link.device)?;
    let first = link.engine(Direction::ToDevice);
    first.recover(&old).refused_as(&was_reset, "recovering with an older proof")?;
    link.device.resume(old).refused_as(&was_reset, "resuming with an older proof")?;
    recover_all(scope, &mut link, &new)?;
    link.device.resume(new).or_fail("ending the quiet time after a reset")?;
    link.proves_alive(2050)
}
