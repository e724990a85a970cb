//! A stream through the simulated XDMA card, beside plain copies of as many bytes.
//!
//! Each lap is one copy, by the card, between the buffer and the card's memory; the rest is what
//! stream, engine, channel, IOMMU and simulation cost. The stream holds up to 64 buffers; 16 are taken
//! and put back at a time, with one doorbell. The plain copies are as many, of the same length,
//! between one block and as many buffers of page-aligned memory, in the same order. A ratio of 0.95
//! means that the stream moves 95 bytes while the copy moves 100.
//!
//! Twice: with only those 64 buffers, whose bytes stay in caches as far as they fit, which is as
//! hard for the stream as can be; and with as many as a recording has, whose bytes come from memory.
#![forbid(unsafe_code)]

use std::cell::Cell;
use std::hint::black_box;

use backend_mock::Pages;
use benchmarks::turns::{self, Times};
use benchmarks::xdma::{self, BATCH, LAPS};
use dma_core::{Direction, Error};

const SIZES: [usize; 5] = [4 << 10, 16 << 10, 64 << 10, 256 << 10, 4 << 20];

/// Bytes of all buffers of a recording: more than a cache holds.
const RECORDING: usize = 128 << 20;

/// Bytes of one turn, at least.
const TURN: usize = 1 << 20;

fn main() -> Result<(), Error> {
    println!(
        "| bytes of a lap | buffers | direction | copy | stream | ratio of the shortest | ratio of the quartiles |"
    );
    println!("|---:|---:|---|---:|---:|---:|---:|");
    let near = SIZES.iter().take(4).map(|length| (*length, LAPS));
    let far = SIZES.iter().map(|length| (*length, RECORDING / length));
    for (length, buffers) in near.chain(far) {
        row(length, buffers, Direction::FromDevice, "from the card")?;
        row(length, buffers, Direction::ToDevice, "to the card")?;
    }
    println!("\nGigabytes a second, in the shortest turns.");
    Ok(())
}

fn row(length: usize, count: usize, direction: Direction, name: &str) -> Result<(), Error> {
    let (device, mut stream, mut others) = xdma::stream(length, count, direction)?;
    let laps = (TURN / length).max(BATCH).next_multiple_of(BATCH);
    let operations = u32::try_from(laps).unwrap_or(u32::MAX);
    let failed = Cell::new(None);
    let mut streamed = || match xdma::laps(&mut stream, &mut others, laps) {
        Ok(()) => operations,
        Err(error) => {
            failed.set(Some(error));
            0
        }
    };
    let mut card = vec![0x5a_u8; length];
    let mut memory = Pages::holding(length * count)?;
    memory.fill(0x5a);
    let mut at = 0;
    let mut copied = || {
        for _ in 0..laps {
            at = (at + 1) % count;
            let buffer = &mut memory[at * length..][..length];
            match direction {
                Direction::FromDevice => buffer.copy_from_slice(black_box(&card)),
                Direction::ToDevice => card.copy_from_slice(black_box(buffer)),
            }
            black_box((&mut card, buffer));
        }
        operations
    };
    let times = turns::run(&mut [("copy", &mut copied), ("stream", &mut streamed)]);
    if let Some(error) = failed.take() {
        return Err(error);
    }
    let faults = device.faults().len();
    if faults > 0 {
        eprintln!("{faults} faults of the simulated IOMMU: the figures are worth nothing");
        std::process::exit(1);
    }
    let [copy, stream] = [&times[0], &times[1]];
    let rate = |times: &Times| f64::from(u32::try_from(length).unwrap_or(0)) / times.shortest;
    println!(
        "| {length} | {count} | {name} | {:.2} | {:.2} | **{:.2}** | {:.2} |",
        rate(copy),
        rate(stream),
        copy.shortest / stream.shortest,
        copy.quartile / stream.quartile,
    );
    Ok(())
}
