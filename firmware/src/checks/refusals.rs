//! Mistakes, each with its typed error, and with what was given coming back.
#![forbid(unsafe_code)]

use conformance::Halt;
use dma_core::{
    Access, AddressMask, Direction, Engine, Error, ErrorKind, Map, Mapped, Narrow, Signal,
};

use super::bench::{
    Bench, DEPTH, Jobs, List, PATIENCE, Single, TARGET, any, at, comes_back, done, engine, equal,
    failed, refused,
};
use super::words::{WORD, Words};

/// Memory beyond 32 address bits: the lender, the channel and the engine refuse it.
pub(super) fn beyond_reach<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let kind = ErrorKind::OutOfReach;
    let within = List::<S, L>::target_request(64);
    refused(&bench.far().allocate(within), kind, "memory within 32 bits")?;
    let lend = |length| {
        let lent = bench.far().allocate(any(length).aligned(16));
        lent.map_err(|error| failed("memory anywhere", error))
    };
    let (ring, target, buffer) = (lend(16 * DEPTH)?, lend(64)?, lend(64)?);
    let (first, _) = bench.parts()?;
    let parts = first.open(bench.lend(16 * DEPTH)?, target);
    let (first, _, _) = comes_back(parts, kind, "a target beyond 32 bits")?;
    let (first, _, _) =
        comes_back(first.open(ring, bench.lend(64)?), kind, "a ring beyond 32 bits")?;
    drop(first);
    let mut jobs: Jobs<'_, List<S, L>, L, G, 1> = engine(bench.with_list()?)?;
    let submitted = jobs.submit(buffer, at(0), Direction::ToDevice);
    let buffer = comes_back(submitted, kind, "a job beyond 32 bits")?;
    equal(buffer.len(), 64, "the buffer comes back whole")
}

/// On a channel of whole words: an odd address of the buffer, an odd place on the card.
pub(super) fn unaligned<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let kind = ErrorKind::Misaligned;
    let split = bench.lend(WORD * 8)?.split_at(WORD + 1);
    let (_, odd) = split.map_err(|refused| failed("splitting a buffer", refused.error))?;
    let even = bench.lend(WORD * 4)?;
    let (channel, signal) = bench.with_list()?;
    let mut jobs: Jobs<'_, Words<List<S, L>>, L, G, 1> = engine((Words(channel), signal))?;
    let submitted = jobs.submit(odd, at(0), Direction::ToDevice);
    comes_back(submitted, kind, "a job at an odd address")?;
    let submitted = jobs.submit(even, at(2), Direction::ToDevice);
    let even = comes_back(submitted, kind, "a job at an odd place")?;
    let ticket = jobs.submit(even, at(4), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("whole words", refused.error))?;
    done(jobs.spin(ticket, PATIENCE), "whole words").map(drop)
}

/// A ring that is not aligned to its items comes back with everything else.
pub(super) fn unaligned_ring<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let whole = bench.lend(16 * DEPTH + 4)?;
    let (_, ring) =
        whole.split_at(4).map_err(|refused| failed("splitting a buffer", refused.error))?;
    let (first, _) = bench.parts()?;
    let opened = first.open(ring, bench.lend(64)?);
    let (first, ring, target) = comes_back(opened, ErrorKind::Misaligned, "an unaligned ring")?;
    equal((ring.len(), target.len()) == (16 * DEPTH, 64), true, "all of it comes back")?;
    let request = List::<S, L>::ring_request(DEPTH);
    let ring = bench.memory().allocate(request).map_err(|error| failed("a ring", error))?;
    let opened = first.open(ring, target);
    opened.map(drop).map_err(|refused| failed("an aligned ring", refused.error))
}

/// More bytes than a buffer or the pool has, and a place beyond the card's memory.
pub(super) fn too_long<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let request = any(usize::MAX);
    refused(&bench.memory().allocate(request), ErrorKind::NoMemory, "all memory there is")?;
    let mut buffer = bench.lend(64)?;
    refused(&buffer.copy_in(&[1; 65]), ErrorKind::TooLong, "more bytes than the buffer has")?;
    let mut jobs: Jobs<'_, List<S, L>, L, G, 1> = engine(bench.with_list()?)?;
    let submitted = jobs.submit(buffer, at(TARGET as u64), Direction::FromDevice);
    comes_back(submitted, ErrorKind::OutOfReach, "a job beyond the card's memory").map(drop)
}

/// A channel that has all the jobs it takes refuses one more, and cannot be taken apart.
pub(super) fn in_use<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    let (one, two) = (bench.lend(64)?, bench.lend(64)?);
    let mut jobs: Jobs<'_, Single<S, L>, L, G, 1> = engine(bench.with_single()?)?;
    let ticket = jobs.queue(one, at(0), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("the first job", refused.error))?;
    let queued = jobs.queue(two, at(0), Direction::ToDevice);
    let two = comes_back(queued, ErrorKind::Busy, "a second job")?;
    let mut jobs = comes_back(jobs.into_parts(), ErrorKind::Busy, "an engine with a job")?;
    done(jobs.wait(ticket, PATIENCE), "the first job")?;
    let ticket = jobs.queue(two, at(0), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("the second job, later", refused.error))?;
    done(jobs.wait(ticket, PATIENCE), "the second job, later").map(drop)
}

/// A pool that is used up says so, and has everything again when it came back.
pub(super) fn exhausted<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    const PIECE: usize = 64 * 1024;
    let take_all = || {
        let mut held = [const { None }; 64];
        for (count, place) in held.iter_mut().enumerate() {
            match bench.memory().allocate(any(PIECE)) {
                Ok(buffer) => *place = Some(buffer),
                Err(error) => return Ok((count, error.kind())),
            }
        }
        Err(Halt::failed("the end of the pool", ErrorKind::NoMemory, "success"))
    };
    let (count, kind) = take_all()?;
    equal(kind, ErrorKind::NoMemory, "one piece more than there is")?;
    equal(count > 0, true, "some pieces were there")?;
    let (again, _) = take_all()?;
    equal(again, count, "pieces that are there again")
}

/// Memory that is mapped for the device to read is not written.
pub(super) fn wrong_direction<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Map<Error = Error>,
    G: Signal,
{
    static WORDS: [u8; 64] = [0x5a; 64];
    let mask = AddressMask::bits(32);
    let mapped = Mapped::to_device(bench.memory(), &WORDS, mask);
    let mapped = mapped.map_err(|refused| failed("mapping", refused.error))?;
    let (channel, signal) = bench.with_list()?;
    let mut jobs: Engine<_, _, _, 1> = engine((channel, signal))?;
    let submitted = jobs.submit(mapped, at(0), Direction::FromDevice);
    let mapped = comes_back(submitted, ErrorKind::WrongDirection, "a job into constant memory")?;
    let words = mapped.into_inner().map_err(|error| failed("unmapping", error))?;
    equal(core::ptr::eq(words, &raw const WORDS), true, "the memory comes back")
}
