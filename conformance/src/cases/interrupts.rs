//! Interrupts: none lost at any latency, none eaten by another, none too many.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll};

use dma_core::{Backend, Direction, Directions, DmaBuffer, Signal, Timeout, Wake};

use crate::case::{Case, Group};
use crate::executor::{self, Turn};
use crate::link::{Link, Shape, Wait};
use crate::pattern;
use crate::rig::{Provocation, Rig};
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, at_most, check};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "interrupts",
        cases: const {
            &[
                Case::new(
                    "no_interrupt_is_lost_at_any_latency",
                    96,
                    "Wherever the end of a job falls between looking and sleeping, it wakes.",
                    |scope| sweep(scope, Wait::Blocking),
                ),
                Case::new(
                    "no_task_is_left_asleep_at_any_latency",
                    96,
                    "Wherever the end of a job falls between looking and returning, it wakes.",
                    |scope| sweep(scope, Wait::Async),
                ),
                Case::new(
                    "batches_wake_at_any_latency",
                    96,
                    "Jobs that end while others are being served wake their waiter too.",
                    sweep_batches,
                ),
                Case::new(
                    "idle_device_leaves_its_interrupt_alone",
                    48,
                    "Once its jobs are counted, a device holds no line and sends nothing.",
                    quiet_when_idle,
                ),
                Case::new(
                    "spurious_interrupts_do_no_harm",
                    8,
                    "Interrupts without cause neither end a job early nor stop later ones.",
                    spurious,
                ),
                Case::new(
                    "lost_interrupt_is_made_up_for_by_looking",
                    4,
                    "With a look every so often, a lost interrupt costs no more than that.",
                    lost_with_looks,
                ),
                Case::new(
                    "lost_interrupt_costs_time_and_no_data",
                    2,
                    "Without such looks, a job whose interrupt was lost ends well at its limit.",
                    lost_without_looks,
                ),
                Case::new(
                    "interrupt_counter_wraps",
                    12,
                    "Waits go on working while the count of interrupts wraps around.",
                    counter_wraps,
                ),
                Case::new(
                    "two_engines_share_one_vector",
                    32,
                    "Two channels of one card wait for one interrupt, and none eats the other's.",
                    two_engines,
                ),
                Case::new(
                    "two_tasks_share_one_vector",
                    16,
                    "Two tasks that wait for one interrupt are both woken.",
                    two_tasks,
                ),
            ]
        },
    }
}

/// Latencies in nanoseconds: dense where a job ends during the calls around it, then doubling.
fn latency(number: usize) -> u64 {
    let number = number as u64;
    if number < 40 { 50 + number * 137 } else { 6_000 << (number - 40) }
}

/// How many latencies a sweep has.
const LATENCIES: usize = 48;

/// A latency that is surely waited for asleep.
const SLOW: u64 = 20_000;

fn sweep<R: Rig>(scope: &mut Scope<'_, R>, wait: Wait) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    let late = scope.late();
    for number in scope.sample(LATENCIES, 2) {
        // The first one is waited for asleep and uses up every interrupt so far, so that the
        // second one's own is needed.
        for nanoseconds in [SLOW, latency(number)] {
            scope.rig.provoke(&link.device, Provocation::Latency(nanoseconds))?;
            let buffer = link.lend_filled(32, 800)?;
            let began = link.now();
            let _sent = link.carry(buffer, 0, to, wait)?;
            at_most(link.now() - began, late, "nanoseconds until the interrupt woke")?;
        }
    }
    Ok(())
}

fn sweep_batches<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    let late = scope.late();
    for number in scope.sample(LATENCIES, 2) {
        scope.rig.provoke(&link.device, Provocation::Latency(latency(number)))?;
        let mut tickets = [None; 2];
        let began = link.now();
        for ticket in &mut tickets {
            let buffer = link.lend_filled(32, 801)?;
            *ticket = Some(link.submit(buffer, 0, to).or_fail("a job is accepted")?);
        }
        for ticket in tickets.into_iter().flatten() {
            let _sent = link.finish(ticket, to, Wait::Blocking)?;
        }
        at_most(link.now() - began, late, "nanoseconds until the interrupts woke")?;
    }
    Ok(())
}

fn quiet_when_idle<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    for number in scope.sample(LATENCIES, 1) {
        // Where it cannot be set, the device's own latency will do.
        let _ = scope.rig.provoke(&link.device, Provocation::Latency(latency(number)));
        let wait = if number % 2 == 0 { Wait::Polling } else { Wait::Blocking };
        let buffer = link.lend_filled(32, 805)?;
        let _sent = link.carry(buffer, 0, to, wait)?;
        let mut signal = link.device.signal(scope.rig.vector(0)).or_fail("taking a signal")?;
        // A wait may be woken without cause now and then, but not each time.
        let mut idle = false;
        for _ in 0..4 {
            let _ = signal.rearm().or_fail("re-arming the interrupt")?;
            let until = signal.now().saturating_add(SLOW);
            idle |= signal.wait(Some(until)).or_fail("waiting")? == Wake::Deadline;
        }
        check(idle, "an idle device's interrupt is quiet")?;
    }
    Ok(())
}

fn spurious<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    for round in scope.sample(4, 2) {
        let count = 1 + u32::try_from(round).unwrap_or(0);
        let seed = 810 + count;
        scope.rig.provoke(&link.device, Provocation::SpuriousInterrupts(count))?;
        let buffer = link.lend_filled(70, seed)?;
        let ticket = link.submit(buffer, 0, Direction::ToDevice).or_fail("the job is accepted")?;
        scope.rig.provoke(&link.device, Provocation::SpuriousInterrupts(count))?;
        let _sent = link.finish(ticket, Direction::ToDevice, Wait::Blocking)?;
        let blank = link.lend_blank(70, seed)?;
        let back = link.receive(blank, 0)?;
        pattern::verify(back.bytes(), seed, 0, "the job ended no earlier than its data")?;
    }
    Ok(())
}

fn lost_with_looks<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    let interval = scope.patience() / 16;
    link.engine(to).look_at_least_every(Timeout::nanos(interval));
    for wait in [Wait::Blocking, Wait::Async] {
        scope.rig.provoke(&link.device, Provocation::LoseInterrupts(1))?;
        let buffer = link.lend_filled(32, 820)?;
        let began = link.now();
        let _sent = link.carry(buffer, 0, to, wait)?;
        at_most(link.now() - began, scope.late(), "nanoseconds until a look found it")?;
        scope.rig.provoke(&link.device, Provocation::LoseInterrupts(0))?;
    }
    link.proves_alive(821)
}

fn lost_without_looks<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    scope.rig.provoke(&link.device, Provocation::LoseInterrupts(1))?;
    let buffer = link.lend_filled(32, 830)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let began = link.now();
    let limit = Timeout::nanos(scope.patience() / 2);
    let result = link.finish_within(ticket, to, Wait::Blocking, limit)?;
    drop(result.or_fail("the job ends well at its limit")?);
    at_most(link.now() - began, scope.patience(), "nanoseconds until the limit")?;
    scope.rig.provoke(&link.device, Provocation::LoseInterrupts(0))?;
    let blank = link.lend_blank(32, 830)?;
    let back = link.receive(blank, 0)?;
    pattern::verify(back.bytes(), 830, 0, "the job arrived")
}

fn counter_wraps<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    scope.rig.provoke(&device, Provocation::WrapInterrupts)?;
    let mut link = scope.link_to::<2>(device, 0)?;
    for round in scope.sample(6, 2) {
        let seed = 840 + u32::try_from(round).unwrap_or(0);
        let wait = if round % 2 == 0 { Wait::Blocking } else { Wait::Async };
        let began = link.now();
        link.exchange(Shape { at: 0, lead: 0, length: 40, seed }, wait)?;
        at_most(link.now() - began, scope.patience(), "nanoseconds of an exchange")?;
    }
    Ok(())
}

/// A direction that each of two engines serves.
fn directions<R: Rig, const N: usize>(link: &mut Link<'_, R, N>) -> Result<[Direction; 2], Halt> {
    let Some((first, second)) = link.pair() else {
        return Err("the device has one channel only".into());
    };
    let serves = |limits: dma_core::Limits| {
        let to = Direction::ToDevice;
        if limits.directions.contains(to.set()) { to } else { Direction::FromDevice }
    };
    Ok([serves(first.limits()), serves(second.limits())])
}

fn two_engines<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    let mut link = Link::<R, 2>::open_with(scope.rig, scope.ledger, device, 0, true)?;
    let ways = directions(&mut link)?;
    let late = scope.late();
    for round in scope.sample(16, 2) {
        // The longer one first or last, and waited for first or last.
        let (long, short) = if round % 2 == 0 { (500, 20) } else { (20, 500) };
        let limit = link.patience;
        let buffers = [link.lend_filled(long, 850)?, link.lend_filled(short, 851)?];
        let places = [link.address(0), link.address(512)];
        let began = link.now();
        let (first, second) = link.pair().or_fail("two engines")?;
        let [one, two] = buffers;
        let one = first.submit(one, places[0], ways[0]).or_fail("the first job is accepted")?;
        let two = second.submit(two, places[1], ways[1]).or_fail("the second job is accepted")?;
        let (one, two) = if round % 4 < 2 {
            let one = first.wait(one, limit);
            (one, second.wait(two, limit))
        } else {
            let two = second.wait(two, limit);
            (first.wait(one, limit), two)
        };
        let one = one.or_fail("the first job ends well")?;
        let two = two.or_fail("the second job ends well")?;
        at_most(link.now() - began, late, "nanoseconds until both were woken")?;
        for (buffer, direction, seed) in [(one, ways[0], 850), (two, ways[1], 851)] {
            link.accept(buffer.length());
            if direction == Direction::ToDevice {
                pattern::verify(buffer.bytes(), seed, 0, "a sent buffer is its own")?;
            }
        }
    }
    // What arrived, as each engine that goes both ways sees it on its own side.
    let places = [link.address(0), link.address(512)];
    let limit = link.patience;
    let blanks = [link.lend_blank(20, 850)?, link.lend_blank(20, 851)?];
    let (first, second) = link.pair().or_fail("two engines")?;
    for (((engine, blank), place), seed) in
        [first, second].into_iter().zip(blanks).zip(places).zip([850, 851])
    {
        if engine.limits().directions.contains(Directions::BOTH) {
            let ticket = engine.submit(blank, place, Direction::FromDevice);
            let ticket = ticket.or_fail("reading back is accepted")?;
            let back = engine.wait(ticket, limit).or_fail("reading back ends well")?;
            pattern::verify(back.bytes(), seed, 0, "an engine's job arrived on its side")?;
        }
    }
    Ok(())
}

fn two_tasks<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    let mut link = Link::<R, 2>::open_with(scope.rig, scope.ledger, device, 0, true)?;
    let ways = directions(&mut link)?;
    let late = scope.late();
    let wakes = scope.rig.wakes().is_ok();
    let mut clock = link.device.signal(scope.rig.vector(0)).or_fail("taking a signal")?;
    for round in scope.sample(8, 2) {
        let (long, short) = if round % 2 == 0 { (500, 20) } else { (20, 500) };
        let limit = link.patience;
        let buffers = [link.lend_filled(long, 860)?, link.lend_filled(short, 861)?];
        let places = [link.address(0), link.address(512)];
        let began = link.now();
        let give_up = clock.now().saturating_add(scope.patience().saturating_mul(2));
        let (first, second) = link.pair().or_fail("two engines")?;
        let [one, two] = buffers;
        let one = first.submit(one, places[0], ways[0]).or_fail("the first job is accepted")?;
        let two = second.submit(two, places[1], ways[1]).or_fail("the second job is accepted")?;
        let mut first = pin!(first.completion(one, limit));
        let mut second = pin!(second.completion(two, limit));
        let (mut one, mut two) = (None, None);
        // A join: each is polled until it is ready.
        let both = pin!(poll_fn(|context: &mut Context<'_>| {
            if one.is_none()
                && let Poll::Ready(result) = first.as_mut().poll(context)
            {
                one = Some(result);
            }
            if two.is_none()
                && let Poll::Ready(result) = second.as_mut().poll(context)
            {
                two = Some(result);
            }
            match (one.take(), two.take()) {
                (Some(first), Some(second)) => Poll::Ready([first, second]),
                (first, second) => {
                    (one, two) = (first, second);
                    Poll::Pending
                }
            }
        }));
        let idle = || {
            clock.pause();
            match (wakes, clock.now() >= give_up) {
                (_, true) => Turn::GiveUp,
                (true, false) => Turn::Wait,
                (false, false) => Turn::Poll,
            }
        };
        let ended = executor::run(both, idle).or_fail("both tasks are woken")?;
        at_most(link.now() - began, late, "nanoseconds until both were woken")?;
        for result in ended {
            let buffer = result.or_fail("a job ends well")?;
            check(buffer.length() == long || buffer.length() == short, "a buffer of this round")?;
            link.accept(buffer.length());
        }
    }
    Ok(())
}
