//! Several jobs at a time: order, doorbells, room, a ring that is too short.

use dma_core::{Direction, DmaBuffer, ErrorKind, Ticket};

use crate::case::{Case, Group};
use crate::link::{Link, Shape, Wait};
use crate::pattern;
use crate::rig::{BufferOf, Rig};
use crate::scope::{Scope, lap};
use crate::verdict::{Halt, OrFail, Refusal, at_most, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "queue",
        cases: const {
            &[
                Case::new(
                    "jobs_in_flight_keep_their_order",
                    8,
                    "Jobs that overlap on the card take effect in the order they were given.",
                    keeps_order,
                ),
                Case::new(
                    "batch_costs_one_doorbell",
                    2,
                    "However many jobs are queued, one doorbell starts them, and none before.",
                    one_doorbell,
                ),
                Case::new(
                    "no_doorbell_is_lost_while_the_device_runs",
                    9,
                    "Jobs that are queued while others run are started without a further call.",
                    none_lost,
                ),
                Case::new(
                    "waiting_rings_for_what_was_queued",
                    3,
                    "A job that was queued without a doorbell is started by waiting for it.",
                    wait_rings,
                ),
                Case::new(
                    "job_longer_than_the_ring_is_fed_piece_by_piece",
                    2,
                    "A job of more segments than the channel holds arrives whole.",
                    longer_than_ring,
                ),
                Case::new(
                    "full_engine_says_busy_and_goes_on",
                    4,
                    "A job too many comes back as it was; taking one makes room.",
                    busy_when_full,
                ),
                Case::new(
                    "stop_returns_every_buffer",
                    2,
                    "A full queue that is stopped gives back each buffer, once, and goes on.",
                    stop_returns_all,
                ),
                Case::new(
                    "one_slot_is_enough",
                    6,
                    "An engine for one job at a time works as any other.",
                    single_slot,
                ),
                Case::new(
                    "ended_jobs_wait_to_be_taken",
                    4,
                    "Results may be taken in any order, long after the jobs ended.",
                    any_order,
                ),
            ]
        },
    }
}

fn keeps_order<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    use Direction::{FromDevice, ToDevice};
    const LENGTH: usize = 96;
    let mut link = scope.link::<4>()?;
    let both_ways = link.pair().is_none();
    for round in scope.sample(3, 4) {
        let seed = 500 + 2 * u32::try_from(round).unwrap_or(0);
        if both_ways {
            // Write, read, write, read, all at one place: each read sees the write before it.
            let mut tickets = [None; 4];
            for (place, ticket) in tickets.iter_mut().enumerate() {
                let seed = seed + u32::from(place >= 2);
                let (buffer, direction) = if place % 2 == 0 {
                    (link.lend_filled(LENGTH, seed)?, ToDevice)
                } else {
                    (link.lend_blank(LENGTH, seed)?, FromDevice)
                };
                *ticket = Some(link.queue(buffer, 0, direction).or_fail("a job is accepted")?);
            }
            for (place, ticket) in tickets.into_iter().enumerate() {
                let ticket = ticket.or_fail("a ticket")?;
                let direction = if place % 2 == 0 { ToDevice } else { FromDevice };
                let buffer = link.finish(ticket, direction, Wait::Blocking)?;
                let seed = seed + u32::from(place >= 2);
                pattern::verify(buffer.bytes(), seed, 0, "a read sees the write before it")?;
            }
        } else {
            // Four writes at one place: the last one stays.
            let mut tickets = [None; 4];
            for (ticket, seed) in tickets.iter_mut().zip(seed..) {
                let buffer = link.lend_filled(LENGTH, seed)?;
                *ticket = Some(link.queue(buffer, 0, ToDevice).or_fail("a job is accepted")?);
            }
            for ticket in tickets.into_iter().flatten() {
                let _sent = link.finish(ticket, ToDevice, Wait::Blocking)?;
            }
            let blank = link.lend_blank(LENGTH, seed + 3)?;
            let back = link.receive(blank, 0)?;
            pattern::verify(back.bytes(), seed + 3, 0, "the last write stays")?;
        }
    }
    Ok(())
}

/// Queues `count` jobs of 32 bytes beside one another.
fn queue_small<R: Rig, const N: usize>(
    link: &mut Link<'_, R, N>,
    tickets: &mut [Option<Ticket>; N],
    count: usize,
) -> Result<(), Halt> {
    for (place, ticket) in tickets.iter_mut().take(count).enumerate() {
        let buffer = link.lend_filled(32, 510)?;
        let at = 32 * place as u64;
        *ticket = Some(link.queue(buffer, at, Direction::ToDevice).or_fail("a job is accepted")?);
    }
    Ok(())
}

fn one_doorbell<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<8>()?;
    let mut tickets = [None; 8];
    let count = link.limits.depth.min(8).min(usize::try_from(scope.pace.transfers).unwrap_or(8));
    let before = scope.rig.doorbells(&link.device)?;
    queue_small(&mut link, &mut tickets, count)?;
    equal(scope.rig.doorbells(&link.device)? - before, 0, "doorbells before the kick")?;
    link.engine(Direction::ToDevice).kick();
    equal(scope.rig.doorbells(&link.device)? - before, 1, "doorbells of the kick")?;
    link.engine(Direction::ToDevice).kick();
    equal(scope.rig.doorbells(&link.device)? - before, 1, "doorbells after a second kick")?;
    for ticket in tickets.into_iter().flatten() {
        let _sent = link.finish(ticket, Direction::ToDevice, Wait::Blocking)?;
    }
    equal(scope.rig.doorbells(&link.device)? - before, 1, "doorbells of the whole batch")?;
    // Nothing to tell, nothing told.
    link.engine(Direction::ToDevice).kick();
    equal(scope.rig.doorbells(&link.device)? - before, 1, "doorbells with nothing queued")?;
    link.exchange(Shape { at: 0, lead: 0, length: 32, seed: 511 }, Wait::Blocking)
}

fn none_lost<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<8>()?;
    // Too late, while it runs: after 0 to 3 looks at the first job.
    for looks in scope.sample(4, 9) {
        let doorbells = scope.rig.doorbells(&link.device).ok();
        let mut tickets = [None; 8];
        let first = link.lend_filled(32, 520)?;
        let ticket = link.submit(first, 0, to).or_fail("the first job is accepted")?;
        let mut first = Some(ticket);
        for _ in 0..looks {
            if let Some(result) = first.and_then(|ticket| link.engine(to).try_take(ticket)) {
                link.accept(result.or_fail("the first job ends well")?.length());
                first = None;
            }
        }
        queue_small(&mut link, &mut tickets, 7)?;
        link.engine(to).kick();
        for ticket in first.into_iter().chain(tickets.into_iter().flatten()) {
            let buffer = link.finish(ticket, to, Wait::Blocking)?;
            pattern::verify(buffer.bytes(), buffer_seed(ticket, first), 0, "a sent buffer")?;
        }
        if let (Some(before), Ok(after)) = (doorbells, scope.rig.doorbells(&link.device)) {
            at_most(after - before, 8, "doorbells for eight jobs")?;
        }
        let blank = link.lend_blank(7 * 32, 520)?;
        let back = link.receive(blank, 0)?;
        for piece in back.bytes().chunks(32) {
            pattern::verify(piece, 510, 0, "every job that was queued late arrived")?;
        }
    }
    Ok(())
}

/// Which pattern the buffer of a ticket has.
fn buffer_seed(ticket: Ticket, first: Option<Ticket>) -> u32 {
    if Some(ticket) == first { 520 } else { 510 }
}

fn wait_rings<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    for (wait, seed) in crate::link::WAITS.into_iter().zip(530..) {
        let buffer = link.lend_filled(40, seed)?;
        let ticket = link.queue(buffer, 0, Direction::ToDevice).or_fail("the job is accepted")?;
        let buffer = link.finish(ticket, Direction::ToDevice, wait)?;
        pattern::verify(buffer.bytes(), seed, 0, "what was sent is unchanged")?;
    }
    let blank = link.lend_blank(40, 532)?;
    let back = link.receive(blank, 0)?;
    pattern::verify(back.bytes(), 532, 0, "the last job arrived")
}

fn longer_than_ring<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let depth = link.limits.depth;
    let target = usize::try_from(scope.rig.target().length).unwrap_or(usize::MAX);
    let laps = lap(&link.limits, scope.rig.target()).is_some();
    // One segment is at most this long; a lap of the card's memory ends one too.
    let segment = if laps { link.limits.max_segment.min(target) } else { link.limits.max_segment };
    let length = depth.saturating_add(2).saturating_mul(segment).saturating_add(7);
    let segments = scope.ledger.tally().segments;
    if length <= scope.pace.longest && (laps || length <= target) {
        link.exchange(Shape { at: 0, lead: 0, length, seed: 540 }, Wait::Blocking)?;
    } else {
        let buffer = scope.rig.scattered(&link.device, depth + 3, depth + 3)?;
        let length = buffer.len();
        round_trip(&mut link, buffer, 541)?;
        check(laps || length <= target, "the rig's scattered memory fits on the card")?;
    }
    let pushed = scope.ledger.tally().segments - segments;
    check(pushed > depth as u64, "the job had more segments than the ring")
}

/// Sends a buffer and has it written again.
fn round_trip<R: Rig>(
    link: &mut Link<'_, R, 2>,
    mut buffer: BufferOf<R>,
    seed: u32,
) -> Result<(), Halt> {
    let length = buffer.len();
    let window = link.limits.device_window.length;
    pattern::fill(buffer.bytes_mut(), seed, 0);
    let mut buffer = link.send(buffer, 0)?;
    buffer.bytes_mut().fill(pattern::CANARY);
    let buffer = link.receive(buffer, 0)?;
    let comes = |at: usize| pattern::byte(seed, pattern::last_lap(at, length, window));
    pattern::verify_with(buffer.bytes(), comes, "what was sent comes back")
}

fn busy_when_full<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    let mut tickets = [None; 4];
    queue_small(&mut link, &mut tickets, 4)?;
    equal(link.engine(to).held(), 4, "jobs held by a full engine")?;
    let extra = link.lend_filled(32, 550)?;
    let refused = link.queue(extra, 128, to).refused_as(&[ErrorKind::Busy], "a job too many")?;
    pattern::verify(refused.buffer.bytes(), 550, 0, "the refused buffer is unchanged")?;
    let first = tickets.first_mut().and_then(Option::take).or_fail("a ticket")?;
    let _first = link.finish(first, to, Wait::Blocking)?;
    let late = link.submit(refused.buffer, 128, to).or_fail("there is room again")?;
    for ticket in tickets.into_iter().flatten().chain([late]) {
        let _sent = link.finish(ticket, to, Wait::Blocking)?;
    }
    equal(link.engine(to).held(), 0, "jobs held by an empty engine")?;
    let blank = link.lend_blank(32, 550)?;
    let back = link.receive(blank, 128)?;
    pattern::verify(back.bytes(), 550, 0, "the late job arrived")
}

fn stop_returns_all<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<8>()?;
    let mut tickets = [None; 8];
    queue_small(&mut link, &mut tickets, 8)?;
    link.engine(to).kick();
    let mut seen = [0_u32; 8];
    let mut wrong = 0_u32;
    let stopped = link.engine(to).stop(|ticket, result| {
        let place = tickets.iter().position(|known| *known == Some(ticket));
        match place.and_then(|place| seen.get_mut(place)) {
            Some(count) => *count += 1,
            None => wrong += 1,
        }
        let (buffer, kind) = match result {
            Ok(buffer) => (buffer, None),
            Err(refused) => (refused.buffer, Some(refused.error.kind())),
        };
        let kept = pattern::verify(buffer.bytes(), 510, 0, "a returned buffer").is_ok();
        if !kept || !matches!(kind, None | Some(ErrorKind::Aborted)) {
            wrong += 1;
        }
    });
    stopped.or_fail("stopping a running engine")?;
    equal(wrong, 0, "results of a stop that make no sense")?;
    check(seen.iter().all(|count| *count == 1), "each buffer comes back exactly once")?;
    equal(link.engine(to).held(), 0, "jobs held by a stopped engine")?;
    link.proves_alive(560)
}

fn single_slot<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<1>()?;
    for (wait, seed) in crate::link::WAITS.into_iter().zip(570..) {
        link.exchange(Shape { at: 0, lead: 0, length: 77, seed }, wait)?;
    }
    Ok(())
}

fn any_order<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    let mut tickets = [None; 4];
    for (place, ticket) in tickets.iter_mut().enumerate() {
        let buffer = link.lend_filled(20 + place, 580)?;
        *ticket = Some(link.submit(buffer, 0, to).or_fail("a job is accepted")?);
    }
    for place in [2, 3, 0, 1] {
        let ticket = tickets.get(place).copied().flatten().or_fail("a ticket")?;
        let buffer = link.finish(ticket, to, Wait::Blocking)?;
        equal(buffer.len(), 20 + place, "the length of the ticket's own buffer")?;
        pattern::verify(buffer.bytes(), 580, 0, "the ticket's own buffer")?;
    }
    Ok(())
}
