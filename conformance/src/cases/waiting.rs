//! Ways to wait: asleep, polling, as a task, or by looking now and then.

use core::pin::pin;
use core::task::Poll;

use dma_core::{Backend, Direction, DmaBuffer, Failed, Signal, Timeout};

use crate::case::{Case, Group};
use crate::executor;
use crate::link::{Shape, Wait};
use crate::pattern;
use crate::rig::{Provocation, Rig};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, at_most, check};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "waiting",
        cases: const {
            &[
                Case::new(
                    "blocking_wait",
                    16,
                    "A thread that sleeps until the interrupt gets its data, again and again.",
                    |scope| rounds(scope, Wait::Blocking),
                ),
                Case::new(
                    "polling_wait",
                    16,
                    "Without any interrupt, polling gets the data.",
                    |scope| rounds(scope, Wait::Polling),
                ),
                Case::new(
                    "async_wait",
                    16,
                    "A task is woken when its job ends, and is not polled meanwhile.",
                    |scope| rounds(scope, Wait::Async),
                ),
                Case::new(
                    "ways_of_waiting_mix",
                    18,
                    "One engine may be waited for in every way, one after the other.",
                    mixed,
                ),
                Case::new(
                    "looking_without_waiting",
                    2,
                    "Looking now and then sees a job under way, and then its end.",
                    looking,
                ),
                Case::new(
                    "dropped_completion_only_stops_the_waiting",
                    3,
                    "A future dropped midway, as by a select, leaves its job running to its end.",
                    dropped_completion,
                ),
                Case::new(
                    "healthy_job_ends_before_its_limit",
                    4,
                    "A wait ends with the job, not with its time limit.",
                    before_limit,
                ),
            ]
        },
    }
}

/// Nanoseconds of a segment that is waited for asleep.
const SLOW: u64 = 20_000;

fn rounds<R: Rig>(scope: &mut Scope<'_, R>, wait: Wait) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    for round in scope.sample(8, 2) {
        let seed = 600 + u32::try_from(round).unwrap_or(0);
        link.exchange(Shape { at: 0, lead: 0, length: 50 + 7 * round, seed }, wait)?;
    }
    // Many segments, whose ends need not interrupt; slow enough to fall asleep in between.
    let _ = scope.rig.provoke(&link.device, Provocation::Latency(SLOW));
    link.exchange(Shape { at: 0, lead: 0, length: scope.longest(), seed: 610 }, wait)
}

fn mixed<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    use Wait::{Async, Blocking, Polling};
    const ORDER: [Wait; 9] =
        [Blocking, Async, Polling, Blocking, Polling, Async, Blocking, Blocking, Async];
    let mut link = scope.link::<2>()?;
    for round in scope.sample(ORDER.len(), 2) {
        let wait = *ORDER.get(round).or_fail("a way to wait")?;
        link.exchange(Shape { at: 0, lead: 0, length: 33, seed: 620 }, wait)?;
    }
    Ok(())
}

fn looking<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    let mut clock = link.device.signal(scope.rig.vector(0)).or_fail("taking a signal")?;
    let give_up = clock.now().saturating_add(scope.patience());
    let mut last = None;
    for direction in [to, Direction::FromDevice] {
        let buffer =
            if direction == to { link.lend_filled(64, 630) } else { link.lend_blank(64, 630) }?;
        let ticket = link.submit(buffer, 0, direction).or_fail("the job is accepted")?;
        let buffer = loop {
            if let Some(result) = link.engine(direction).try_take(ticket) {
                break result.or_fail("the job ends well")?;
            }
            check(clock.now() < give_up, "looking sees the job's end in time")?;
            clock.pause();
        };
        link.accept(buffer.length());
        last = Some(buffer);
    }
    pattern::verify(last.or_fail("a buffer")?.bytes(), 630, 0, "what was sent comes back")
}

fn dropped_completion<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    for polls in scope.sample(3, 1) {
        let seed = 640 + u32::try_from(polls).unwrap_or(0);
        let buffer = link.lend_filled(90, seed)?;
        let ticket = link.queue(buffer, 0, to).or_fail("the job is accepted")?;
        let patience = link.patience;
        let early = {
            let mut future = pin!(link.engine(to).completion(ticket, patience));
            let mut early = None;
            for _ in 0..polls {
                if let Poll::Ready(result) = executor::poll_once(future.as_mut()) {
                    early = Some(result);
                    break;
                }
            }
            early
        };
        // Never polled, it has not even rung the doorbell; polled, the job may be done already.
        match early {
            Some(result) => link.accept(result.or_fail("the job ends well")?.length()),
            None => drop(link.finish(ticket, to, Wait::Blocking)?),
        }
        let again = link.engine(to).try_take(ticket);
        check(matches!(again, Some(Err(Failed::NoSuchJob(_)))), "the result was taken once")?;
        let blank = link.lend_blank(90, seed)?;
        let back = link.receive(blank, 0)?;
        pattern::verify(back.bytes(), seed, 0, "the job whose future was dropped arrived")?;
    }
    Ok(())
}

fn before_limit<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let limit = Timeout::nanos(scope.patience().saturating_mul(4));
    for wait in crate::link::WAITS.into_iter().chain([Wait::Blocking]) {
        let buffer = link.lend_filled(16, 650)?;
        let began = link.now();
        let ticket = link.submit(buffer, 0, Direction::ToDevice).or_fail("the job is accepted")?;
        let result = link.finish_within(ticket, Direction::ToDevice, wait, limit)?;
        drop(result.or_fail("the job ends well")?);
        at_most(link.now() - began, scope.patience(), "nanoseconds of a healthy job")?;
    }
    Ok(())
}
