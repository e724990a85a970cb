//! Jobs that must arrive: direct, by list, on both channels, streamed, unaligned.
#![forbid(unsafe_code)]

use conformance::Halt;
use dma_core::{Access, Direction, Error, Map, Narrow, Signal, Stream};

use super::bench::{
    Bench, DEPTH, Jobs, List, PATIENCE, Single, WAYS, at, done, engine, equal, failed, fill, holds,
};

/// One job each way from registers alone, polled.
pub(super) fn direct<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let mut buffer = bench.lend(1000)?;
    fill(buffer.bytes_mut(), 1);
    let mut jobs: Jobs<'_, Single<S, L>, L, G, 1> = engine(bench.with_single()?)?;
    for direction in WAYS {
        let ticket = jobs.submit(buffer, at(16), direction);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        buffer = done(jobs.spin(ticket, PATIENCE), "a direct job")?;
        holds(buffer.bytes(), 1, "bytes after a direct job")?;
        if direction == Direction::ToDevice {
            fill(buffer.bytes_mut(), 0);
        }
    }
    Ok(())
}

/// More jobs than the list has items, each longer than one item can be, waited for asleep.
pub(super) fn linked<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    const COUNT: usize = DEPTH + 2;
    const LENGTH: usize = 256;
    let mut lent = [const { None }; COUNT];
    for (number, place) in (0_u8..).zip(&mut lent) {
        let mut buffer = bench.lend(LENGTH)?;
        fill(buffer.bytes_mut(), number);
        *place = Some(buffer);
    }
    let mut jobs: Jobs<'_, List<S, L>, L, G, COUNT> = engine(bench.with_list()?)?;
    let mut tickets = [None; COUNT];
    for direction in WAYS {
        let places = lent.iter_mut().zip(&mut tickets);
        for (number, (buffer, ticket)) in (0_u64..).zip(places) {
            let Some(buffer) = buffer.take() else { continue };
            let queued = jobs.queue(buffer, at(number * LENGTH as u64), direction);
            *ticket = Some(queued.map_err(|refused| failed("queueing", refused.error))?);
        }
        jobs.kick();
        for (number, (place, ticket)) in (0_u8..).zip(lent.iter_mut().zip(&mut tickets)) {
            let Some(ticket) = ticket.take() else { continue };
            let mut buffer = done(jobs.wait(ticket, PATIENCE), "a job of a list")?;
            holds(buffer.bytes(), number, "bytes after a job of a list")?;
            if direction == Direction::ToDevice {
                fill(buffer.bytes_mut(), 0xff);
            }
            *place = Some(buffer);
        }
    }
    equal(jobs.held(), 0, "jobs that are left")
}

/// Both channels have a job at the same time, and neither sees the other's bytes.
pub(super) fn side_by_side<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let (mut one, mut two) = (bench.lend(700)?, bench.lend(700)?);
    fill(one.bytes_mut(), 1);
    fill(two.bytes_mut(), 2);
    let [first, second] = bench.with_both()?;
    let mut here: Jobs<'_, List<S, L>, L, G, 1> = engine(first)?;
    let mut there: Jobs<'_, List<S, L>, L, G, 1> = engine(second)?;
    for direction in WAYS {
        let first = here.queue(one, at(0), direction);
        let first = first.map_err(|refused| failed("queueing on one channel", refused.error))?;
        let second = there.queue(two, at(0), direction);
        let second = second.map_err(|refused| failed("queueing on the other", refused.error))?;
        here.kick();
        there.kick();
        two = done(there.wait(second, PATIENCE), "the other channel's job")?;
        one = done(here.wait(first, PATIENCE), "one channel's job")?;
        holds(one.bytes(), 1, "bytes of one channel")?;
        holds(two.bytes(), 2, "bytes of the other")?;
        if direction == Direction::ToDevice {
            fill(one.bytes_mut(), 7);
            fill(two.bytes_mut(), 8);
        }
    }
    Ok(())
}

/// Three buffers go round many times, and each lap has the card's bytes.
pub(super) fn stream<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    const LAPS: usize = 24;
    let mut source = bench.lend(512)?;
    fill(source.bytes_mut(), 9);
    let empty = [bench.lend(512)?, bench.lend(512)?, bench.lend(512)?];
    let mut jobs: Jobs<'_, List<S, L>, L, G, 4> = engine(bench.with_list()?)?;
    let ticket = jobs.submit(source, at(0), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("filling the card", refused.error))?;
    done(jobs.wait(ticket, PATIENCE), "filling the card")?;

    let stream = Stream::new(jobs, at(0), Direction::FromDevice);
    let mut stream = stream.map_err(|refused| failed("making a stream", refused.error))?;
    for buffer in empty {
        stream.queue(buffer).map_err(|refused| failed("queueing a lap", refused.error))?;
    }
    stream.start();
    for _ in 0..LAPS {
        let Some(lap) = stream.next(PATIENCE) else {
            return Err(Halt::failed("the next lap", "a buffer", "nothing"));
        };
        let mut buffer = done(lap, "a lap")?;
        holds(buffer.bytes(), 9, "bytes of a lap")?;
        fill(buffer.bytes_mut(), 0);
        stream.put(buffer).map_err(|refused| failed("putting a lap back", refused.error))?;
    }
    let mut back = 0;
    let stopped = stream.stop(|_| back += 1);
    stopped.map_err(|refused| failed("stopping the stream", refused.error))?;
    equal(back, 3_usize, "buffers that came back")
}

/// The caller's own bytes at an odd address, an odd number of them, arrive byte by byte.
pub(super) fn unaligned<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let mut whole = bench.lend(64)?;
    fill(whole.bytes_mut(), 3);
    let split = |buffer: dma_core::Buffer<L::Region>, middle| {
        buffer.split_at(middle).map_err(|refused| failed("splitting a buffer", refused.error))
    };
    let (before, rest) = split(whole, 3)?;
    let (odd, after) = split(rest, 29)?;
    let copy = odd.bytes().first().copied();
    let mut jobs: Jobs<'_, List<S, L>, L, G, 1> = engine(bench.with_list()?)?;
    let mut buffer = odd;
    for direction in WAYS {
        let ticket = jobs.submit(buffer, at(5), direction);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        buffer = done(jobs.wait(ticket, PATIENCE), "an unaligned job")?;
        if direction == Direction::ToDevice {
            buffer.bytes_mut().fill(0);
        }
    }
    equal(buffer.bytes().first() == copy.as_ref(), true, "the first byte came back")?;
    // The neighbours in the same words were left alone.
    holds(before.bytes(), 3, "bytes before")?;
    let last = after.bytes().last().copied();
    equal(last.is_some_and(|byte| byte != 0), true, "bytes after were left alone")
}
