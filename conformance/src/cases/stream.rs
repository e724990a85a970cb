//! Streams: buffers that go round for ever, counted overruns, a clean stop.

use dma_core::{Direction, DmaBuffer, ErrorKind, Stream, Timeout};

use crate::case::{Case, Group};
use crate::pattern;
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "stream",
        cases: const {
            &[
                Case::new(
                    "stream_laps_in_order",
                    25,
                    "Buffers come back full, in the order in which they were put, lap after lap.",
                    laps,
                ),
                Case::new(
                    "stream_counts_overruns",
                    4,
                    "A card that found no empty buffer is counted, and none is counted in vain.",
                    overruns,
                ),
                Case::new(
                    "stream_stops_cleanly",
                    3,
                    "A stopped stream gives back each buffer and an engine that works.",
                    stops,
                ),
            ]
        },
    }
}

const LENGTH: usize = 80;

fn laps<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<4>()?;
    let source = link.lend_filled(LENGTH, 1300)?;
    let _source = link.send(source, 0)?;
    let place = link.address(0);
    let patience = link.patience;
    let mut buffers = [const { None }; 4];
    for (number, buffer) in buffers.iter_mut().enumerate() {
        // Different lengths tell them apart.
        *buffer = Some(link.lend_blank(LENGTH - number, 1300)?);
    }
    let ledger = link.ledger();
    let (first, second, device) = link.into_parts();
    let from = Direction::FromDevice;
    let engine = match second {
        Some(second) if !first.limits().directions.contains(from.set()) => second,
        _ => first,
    };
    let mut stream = Stream::new(engine, place, from).or_fail("making a stream")?;
    for buffer in buffers.into_iter().flatten() {
        stream.queue(buffer).or_fail("queueing a buffer")?;
    }
    stream.start();
    for lap in scope.sample(24, 1) {
        let next = stream.next(patience).or_fail("a buffer is in the stream")?;
        let mut buffer = next.or_fail("a lap ends well")?;
        ledger.accept(buffer.len());
        pattern::verify(buffer.bytes(), 1300, 0, "a lap is full")?;
        let _ = lap;
        for (at, byte) in buffer.bytes_mut().iter_mut().enumerate() {
            *byte = !pattern::byte(1300, at);
        }
        stream.put(buffer).or_fail("putting a buffer back")?;
    }
    equal(stream.held(), 4, "buffers in the stream")?;
    let mut back = 0_usize;
    let engine = stream.stop(|_| back += 1).or_fail("stopping the stream")?;
    equal(back, 4, "buffers that came back")?;
    equal(engine.held(), 0, "jobs that the engine holds")?;
    drop(engine);
    drop(device);
    Ok(())
}

fn overruns<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let link = scope.link::<4>()?;
    let place = link.address(0);
    let patience = link.patience;
    let buffers = [link.lend_filled(LENGTH, 1310)?, link.lend_filled(LENGTH, 1311)?];
    let ledger = link.ledger();
    let (first, _second, device) = link.into_parts();
    let mut stream = Stream::new(first, place, to).or_fail("making a stream")?;
    for buffer in buffers {
        stream.queue(buffer).or_fail("queueing a buffer")?;
    }
    equal(stream.overruns(), 0, "overruns before the start")?;
    stream.start();
    // The card runs out of both: an overrun, once.
    scope.pass(&device, nanos_of(patience) / 4)?;
    let one = stream.next(patience).or_fail("a buffer")?.or_fail("a lap ends well")?;
    let two = stream.next(patience).or_fail("a buffer")?.or_fail("a lap ends well")?;
    ledger.accept(one.len());
    ledger.accept(two.len());
    check(stream.next(patience).is_none(), "an empty stream has nothing to wait for")?;
    equal(stream.overruns(), 1, "overruns of a card that ran dry")?;
    // On purpose, it is none.
    stream.queue(one).or_fail("queueing a buffer")?;
    stream.queue(two).or_fail("queueing a buffer")?;
    stream.drain();
    for _ in 0..2 {
        let buffer = stream.next(patience).or_fail("a buffer")?.or_fail("a lap ends well")?;
        ledger.accept(buffer.len());
    }
    equal(stream.overruns(), 1, "overruns of a stream that was drained")?;
    let stopped = stream.stop(|_| {}).or_fail("stopping the stream")?;
    drop(stopped);
    Ok(())
}

fn nanos_of(timeout: Timeout) -> u64 {
    crate::scope::nanos(timeout)
}

fn stops<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let link = scope.link::<4>()?;
    let place = link.address(0);
    let patience = link.patience;
    let mut buffers = [const { None }; 4];
    for buffer in &mut buffers {
        *buffer = Some(link.lend_filled(LENGTH, 1320)?);
    }
    let ledger = link.ledger();
    let (first, second, device) = link.into_parts();
    let mut stream = Stream::new(first, place, to).or_fail("making a stream")?;
    for buffer in buffers.into_iter().flatten() {
        stream.queue(buffer).or_fail("queueing a buffer")?;
    }
    stream.start();
    let first = stream.next(patience).or_fail("a buffer")?.or_fail("a lap ends well")?;
    ledger.accept(first.len());
    let (mut back, mut wrong) = (0_usize, 0_usize);
    let stopped = stream.stop(|result| {
        back += 1;
        let buffer = match result {
            Ok(buffer) => buffer,
            Err(refused) => {
                wrong += usize::from(refused.error.kind() != ErrorKind::Aborted);
                refused.buffer
            }
        };
        wrong += usize::from(buffer.length() != LENGTH);
    });
    let mut engine = stopped.or_fail("stopping the stream")?;
    equal(back, 3, "buffers that came back")?;
    equal(wrong, 0, "buffers that came back wrong")?;
    // The engine takes jobs as before.
    let ticket = engine.submit(first, place, to).or_fail("a job is accepted")?;
    let buffer = engine.wait(ticket, patience).or_fail("the job ends well")?;
    ledger.accept(buffer.len());
    pattern::verify(buffer.bytes(), 1320, 0, "what was sent is unchanged")?;
    let again = engine.wait(ticket, patience);
    again.refused_as(&[ErrorKind::UnknownTicket], "a ticket that was used")?;
    drop((engine, buffer, second, device));
    scope.link::<2>()?.proves_alive(1321)
}
