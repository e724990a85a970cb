//! The card's streams: rates, FIFOs, losses.
#![forbid(unsafe_code)]

use super::*;

const SOURCE: usize = 0x100;
const RATE: usize = 0x104;
const SEED: usize = 0x108;
const LEVEL: usize = 0x110;
const PRODUCED: usize = 0x114;
const LOST: usize = 0x118;
const SOURCE_AT: u64 = 1 << 32;

const SINK: usize = 0x140;
const SINK_RATE: usize = 0x144;
const SINK_LEVEL: usize = 0x150;
const STARVED: usize = 0x154;
const CONSUMED: usize = 0x158;
const CHECKSUM: usize = 0x16c;
const SINK_AT: u64 = 2 << 32;

/// With FIFOs of 256 bytes.
fn bench() -> Bench {
    Bench::with(XdmaCard::new().memory_size(4096).fifo(256), Trigger::Edge)
}

/// The numbers of samples, whose other bits are checked.
fn numbers(bytes: &[u8], seed: u32) -> Vec<u64> {
    let number = |sample: &[u8; 8]| {
        let sample = u64::from_le_bytes(*sample);
        let number = sample & 0xff_ffff_ffff;
        let low = u32::try_from(number).unwrap();
        let check = low.wrapping_add(seed).wrapping_mul(0x9e37_79b1) >> 8;
        assert_eq!(sample >> 40, u64::from(check));
        number
    };
    bytes.as_chunks().0.iter().map(number).collect()
}

// Samples come at their rate, and go in order into whoever reads.
#[test]
fn samples_come_at_their_rate() {
    let mut bench = bench();
    let (target, at) = bench.lend(160);
    bench.own.set(RATE, 80);
    bench.own.set(SEED, 77);
    bench.own.set(SOURCE, 1);
    bench.pass(1_000);
    assert_eq!((bench.own.get(LEVEL), bench.own.get(PRODUCED)), (80, 10));
    // Twenty samples are there only when two microseconds have passed, and the rest later.
    bench.write_one(SOURCE_AT, at, 160);
    bench.start(FROM_CARD, 0, 0, NOTE);
    bench.pass(900);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), BUSY);
    bench.pass(200);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), STOPPED | TOLD);
    assert_eq!(numbers(target.bytes(), 77), (0..20).collect::<Vec<_>>());
    assert_eq!((bench.own.get(LOST), bench.device.complaints().len()), (0, 0));
}

// What does not fit into the FIFO is lost: counted, and a gap in the numbers.
#[test]
fn losses_are_counted_exactly() {
    let mut bench = bench();
    bench.own.set(RATE, 8);
    bench.own.set(SOURCE, 1);
    // Room for 32 samples; 50 come.
    bench.pass(50_000);
    assert_eq!((bench.own.get(LEVEL), bench.own.get(PRODUCED)), (256, 50));
    assert_eq!(bench.own.get(LOST), 18);
    let (target, at) = bench.lend(256);
    assert_eq!(bench.run_one(FROM_CARD, SOURCE_AT + 0x1234, at, 256), STOPPED | TOLD);
    let first = numbers(target.bytes(), 0);
    assert_eq!(first, (0..32).collect::<Vec<_>>());
    // From then on it goes on after the gap.
    let lost = u64::from(bench.own.get(LOST));
    assert_eq!(bench.run_one(FROM_CARD, SOURCE_AT, at, 8), STOPPED | TOLD);
    assert_eq!(numbers(&target.bytes()[..8], 0), [32 + lost]);
    // Started again, it begins anew.
    bench.own.set(SOURCE, 0);
    bench.own.set(SOURCE, 1);
    assert_eq!((bench.own.get(LOST), bench.own.get(LEVEL)), (0, 0));
}

// A transfer longer than the FIFO drains it as it fills, and loses nothing.
#[test]
fn a_long_transfer_loses_nothing() {
    let mut bench = bench();
    let (target, at) = bench.lend(4096);
    bench.own.set(RATE, 100);
    bench.own.set(SOURCE, 1);
    bench.write_one(SOURCE_AT, at, 4096);
    bench.start(FROM_CARD, 0, 0, NOTE);
    bench.pass(40_000);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), BUSY);
    bench.pass(1_000);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), STOPPED | TOLD);
    assert_eq!(numbers(target.bytes(), 0), (0..512).collect::<Vec<_>>());
    assert_eq!(bench.own.get(LOST), 0);
}

// Pieces of samples are kept for the next reader.
#[test]
fn samples_may_be_read_in_pieces() {
    let mut bench = bench();
    let (target, at) = bench.lend(64);
    bench.own.set(RATE, 8);
    bench.own.set(SOURCE, 1);
    bench.pass(20_000);
    let mut place = 0;
    for length in [3, 8, 5, 1, 15] {
        bench.run_one(FROM_CARD, SOURCE_AT, at + u64::from(place), length);
        place += length;
    }
    assert_eq!(numbers(&target.bytes()[..32], 0), [0, 1, 2, 3]);
}

// A stream that is off gives what is left in its FIFO, and then an error.
#[test]
fn a_stopped_stream_fails_its_reader() {
    let mut bench = bench();
    let (_target, at) = bench.lend(64);
    let slave_error = 1 << 10;
    assert_eq!(bench.run_one(FROM_CARD, SOURCE_AT, at, 8), slave_error);
    bench.own.set(RATE, 8);
    bench.own.set(SOURCE, 1);
    bench.pass(2_000);
    bench.own.set(SOURCE, 0);
    assert_eq!(bench.run_one(FROM_CARD, SOURCE_AT, at, 16), STOPPED | TOLD);
    assert_eq!(bench.run_one(FROM_CARD, SOURCE_AT, at, 8), slave_error);
    // One that waits is told as well.
    bench.own.set(SOURCE, 1);
    bench.write_one(SOURCE_AT, at, 64);
    bench.start(FROM_CARD, 0, 0, NOTE);
    bench.pass(3_000);
    bench.own.set(SOURCE, 0);
    bench.pass(10_000);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), slave_error);
}

// Bytes to the card are summed up and consumed, at once or at a rate.
#[test]
fn the_sink_consumes_at_its_rate() {
    let mut bench = bench();
    let (source, at) = bench.filled(512, 1);
    let write_slave_error = 1 << 15;
    assert_eq!(bench.run_one(TO_CARD, at, SINK_AT, 8), write_slave_error, "it is off");
    let sum = |bytes: &[u8]| {
        bytes.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add((*byte).into()))
    };

    bench.own.set(SINK, 1);
    assert_eq!(bench.run_one(TO_CARD, at, SINK_AT + 99, 500), STOPPED | TOLD);
    assert_eq!(bench.own.get(CHECKSUM), sum(&source.bytes()[..500]));
    assert_eq!([CONSUMED, CONSUMED + 4, SINK_LEVEL].map(|at| bench.own.get(at)), [500, 0, 0]);

    bench.own.set(SINK, 0);
    bench.own.set(SINK_RATE, 64);
    bench.own.set(SINK, 1);
    assert_eq!((bench.own.get(CONSUMED), bench.own.get(CHECKSUM)), (0, 0));
    // 256 bytes fit at once; the other 256 wait until four microseconds have made room.
    bench.write_one(at, SINK_AT, 512);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(1_100);
    assert_eq!(bench.registers.get(STATUS), BUSY);
    bench.pass(4_000);
    assert_eq!(bench.registers.get(STATUS), STOPPED | TOLD);
    assert_eq!((bench.own.get(CHECKSUM), bench.own.get(STARVED)), (sum(source.bytes()), 0));
    bench.pass(10_000);
    assert_eq!((bench.own.get(CONSUMED), bench.own.get(SINK_LEVEL)), (512, 0));
    let starved = bench.own.get(STARVED);
    assert!((380..400).contains(&starved), "nothing came for six microseconds: {starved}");
}
