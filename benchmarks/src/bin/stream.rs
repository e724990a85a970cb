//! A stream through the simulated XDMA card, beside plain copies of the same bytes.
//!
//! Each lap is one copy, by the card, between the buffer and the card's memory; the rest is what
//! stream, engine, channel, IOMMU and simulation cost. The stream holds up to 64 buffers; half of
//! them are taken and put back at a time, with one doorbell. A ratio of 0.95 means that the stream
//! moves 95 bytes while the copy moves 100.
//!
//! The two are of one kind: the plain copies go between the very same places, the card's memory and
//! the stream's own buffers, in the same order, and go on in the ring of buffers where the stream
//! stopped. Before a turn of theirs the stream gives all its buffers out, and gets them back before
//! its own; neither is part of a turn.
//!
//! Twice: with only those 64 buffers, whose bytes stay in caches as far as they fit, which is as
//! hard for the stream as can be; and with as many as a recording has, whose bytes come from memory.
//! Beside them stands how fast a copy is whose both sides never change: no stream has that, whose
//! next buffer is another one.
#![forbid(unsafe_code)]

use std::cell::{Cell, RefCell};

use benchmarks::round::Round;
use benchmarks::turns::{self, Times};
use benchmarks::xdma::{BATCH, LAPS};
use dma_core::{Direction, Error};

const SIZES: [usize; 5] = [4 << 10, 16 << 10, 64 << 10, 256 << 10, 4 << 20];

/// Bytes of all buffers of a recording: more than a cache holds.
const RECORDING: usize = 128 << 20;

/// Turns of each: many, since memory is slower now and then whoever uses it.
const ROUNDS: usize = 501;

/// Bytes of one turn, at least, where the bytes stay in caches.
const TURN: usize = 1 << 20;

/// And where they come from memory: more than a cache near the processor could still have to write
/// back of the turn before.
const TURN_OF_RECORDING: usize = 8 << 20;

fn main() -> Result<(), Error> {
    println!(
        "| bytes of a lap | buffers | direction | copy in one place | copy | stream | \
         ratio of the shortest | ratio of the quartiles |"
    );
    println!("|---:|---:|---|---:|---:|---:|---:|---:|");
    let near = SIZES.iter().take(4).map(|length| (*length, LAPS));
    let far = SIZES.iter().map(|length| (*length, RECORDING / length));
    for (length, buffers) in near.chain(far) {
        row(length, buffers, Direction::FromDevice, "from the card")?;
        row(length, buffers, Direction::ToDevice, "to the card")?;
    }
    println!(
        "\nGigabytes a second, in the shortest turns; the ratio is of the stream to the copy, which \
         goes between the same places in the same order. Of a recording the bytes come from memory, \
         or go there; those of 64 short buffers stay in caches, where a copy of 4096 bytes takes less \
         time than a lap of stream, engine, channel, IOMMU and card around it."
    );
    Ok(())
}

fn row(length: usize, count: usize, direction: Direction, name: &str) -> Result<(), Error> {
    let round = RefCell::new(Round::new(length, count, direction)?);
    let turn = if count == LAPS { TURN } else { TURN_OF_RECORDING };
    let laps = (turn / length).max(BATCH).next_multiple_of(BATCH);
    let operations = u32::try_from(laps).unwrap_or(u32::MAX);
    let failed = Cell::new(None);
    let turn = |turn: &dyn Fn(&mut Round) -> Result<_, Error>| match turn(&mut round.borrow_mut()) {
        Ok(took) => (operations, took),
        Err(error) => {
            failed.set(Some(error));
            (0, std::time::Duration::MAX)
        }
    };
    let times = turns::run_timed(
        ROUNDS,
        &mut [
            ("copy in one place", &mut || turn(&|round| round.copy_in_one_place(laps))),
            ("copy", &mut || turn(&|round| round.copy(laps))),
            ("stream", &mut || turn(&|round| round.stream(laps))),
        ],
    );
    if let Some(error) = failed.take() {
        return Err(error);
    }
    let faults = round.borrow().device().faults().len();
    if faults > 0 {
        eprintln!("{faults} faults of the simulated IOMMU: the figures are worth nothing");
        std::process::exit(1);
    }
    let [place, copy, stream] = [&times[0], &times[1], &times[2]];
    let rate = |times: &Times| f64::from(u32::try_from(length).unwrap_or(0)) / times.shortest;
    println!(
        "| {length} | {count} | {name} | {:.2} | {:.2} | {:.2} | **{:.2}** | {:.2} |",
        rate(place),
        rate(copy),
        rate(stream),
        copy.shortest / stream.shortest,
        copy.quartile / stream.quartile,
    );
    Ok(())
}
