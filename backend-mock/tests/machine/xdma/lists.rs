//! Lists: what is fetched, what is moved, what is counted.
#![forbid(unsafe_code)]

use super::*;

// A descriptor is carried out in its own time, not in the store that starts it, both ways.
#[test]
fn bytes_travel_after_their_time() {
    let mut bench = Bench::new();
    let (_source, source_at) = bench.filled(100, 3);
    bench.write_one(source_at, 0x40, 100);
    bench.start(TO_CARD, 0, 0, NOTE);
    assert_eq!(bench.registers.get(STATUS), BUSY);
    bench.pass(900);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (BUSY, 0));
    assert!(bench.card(|card| card.memory()[0x40..0xa4].iter().all(|byte| *byte == 0)));
    bench.pass(100);
    assert_eq!(bench.registers.get(STATUS), STOPPED | TOLD);
    assert_eq!((bench.registers.get(COMPLETED), bench.registers.get(CONTROL)), (1, RUN | NOTE));

    let (target, target_at) = bench.lend(100);
    assert_eq!(bench.run_one(FROM_CARD, 0x40, target_at, 100), STOPPED | TOLD);
    assert!(target.bytes().iter().zip(0_u8..).all(|(byte, at)| *byte == at + 3));
    assert_eq!((bench.device.complaints(), bench.device.faults()), (vec![], vec![]));
}

// Bytes take their time on the link, besides the descriptor's own.
#[test]
fn the_link_has_a_speed() {
    let mut bench = Bench::new();
    let (_source, at) = bench.lend(4000);
    let card = XdmaCard::new().memory_size(4096).delay(1_000).link(500);
    bench.card(|this| *this = card);
    bench.write_one(at, 0, 4000);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(8_900);
    assert_eq!(bench.registers.get(STATUS), BUSY);
    bench.pass(200);
    assert_eq!(bench.registers.get(STATUS), STOPPED | TOLD);
}

// Status: read-to-clear clears, a written one clears its bit, and RUN clears all with the count.
#[test]
fn status_is_cleared_in_three_ways() {
    let mut bench = Bench::new();
    let (_source, at) = bench.lend(8);
    bench.write_one(at, 0, 8);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(1_100);
    assert_eq!(bench.registers.get(STATUS_READ_CLEAR), STOPPED | TOLD);
    assert_eq!(bench.registers.get(STATUS), 0);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(1_100);
    bench.registers.set(STATUS, TOLD);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (STOPPED, 1));
    // RUN that is set already is no edge.
    bench.registers.set(CONTROL_SET, RUN);
    bench.pass(2_000);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (STOPPED, 1));
    bench.start(TO_CARD, 0, 0, NOTE);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (BUSY, 0));
    // What CONTROL does not let be noted is not.
    bench.pass(1_100);
    bench.start(TO_CARD, 0, 0, STOPPED);
    bench.pass(1_100);
    assert_eq!(bench.registers.get(STATUS), STOPPED);
}

/// Three descriptors in a block and two in another, behind it in the next page.
fn five(bench: &mut Bench, at: u64) {
    for (slot, adjacent, next) in
        [(125, 1, 126), (126, 0, 127), (127, 1, 128), (128, 0, 129), (129, 0, 0)]
    {
        let last = slot == 129;
        let control = if last { END } else { MAGIC | adjacent << 8 };
        let next = if last { 0 } else { bench.at(next) };
        let destination = (slot - 125) as u64 * 16;
        bench.write(slot, Entry { control, length: 16, source: at, destination, next });
    }
}

// Adjacent descriptors are fetched in one access, the next block when the first is done.
#[test]
fn blocks_are_fetched_whole() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 9);
    five(&mut bench, at);
    bench.start(TO_CARD, 125, 2, NOTE);
    let accesses = |bench: &Bench| bench.device.counters().reads;
    bench.pass(1_000);
    assert_eq!((accesses(&bench), bench.registers.get(COMPLETED)), (2, 1), "block and data");
    bench.pass(2_000);
    assert_eq!((accesses(&bench), bench.registers.get(COMPLETED)), (4, 3));
    bench.pass(2_000);
    assert_eq!((accesses(&bench), bench.registers.get(COMPLETED)), (7, 5));
    assert_eq!(bench.registers.get(STATUS), STOPPED | TOLD);
    assert_eq!(bench.card(|card| card.memory()[64..80].to_vec()), (9..25).collect::<Vec<u8>>());
    assert_eq!(bench.device.complaints(), [""; 0]);
}

// RUN taken back: the descriptor that it is at is ended, and no other is begun.
#[test]
fn clearing_run_ends_the_current_descriptor_only() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 9);
    five(&mut bench, at);
    bench.start(TO_CARD, 125, 2, NOTE);
    bench.pass(1_500);
    bench.registers.set(CONTROL_CLEAR, RUN);
    assert_eq!(bench.registers.get(STATUS), BUSY);
    bench.pass(600);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (IDLE, 2));
    bench.pass(10_000);
    assert_eq!(bench.registers.get(COMPLETED), 2);
    // Before anything was fetched, nothing is.
    bench.start(TO_CARD, 125, 2, NOTE);
    bench.registers.set(CONTROL_CLEAR, RUN);
    bench.pass(1_100);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (IDLE, 0));
}

// The count is written back when a descriptor tells, modulo 2^24 and only if that is asked for.
#[test]
fn the_count_is_written_back_when_told() {
    let mut bench = Bench::new();
    let (word, word_at) = bench.lend(4);
    let (_source, at) = bench.filled(16, 9);
    let seen = |word: &Lent| u32::from_le_bytes(word.bytes().try_into().unwrap());
    five(&mut bench, at);
    bench.set64(WORD, word_at);
    bench.start(TO_CARD, 125, 2, NOTE | POLL_MODE);
    bench.pass(4_500);
    assert_eq!((bench.registers.get(COMPLETED), seen(&word)), (4, 0));
    bench.pass(1_000);
    assert_eq!((bench.registers.get(COMPLETED), seen(&word)), (5, 5));
    bench.start(TO_CARD, 129, 0, NOTE);
    bench.pass(1_100);
    assert_eq!((bench.registers.get(COMPLETED), seen(&word)), (1, 5), "not asked for");
    assert_eq!(bench.device.counters().writes, 1);
}

// Channels run side by side, each on a list of its own.
#[test]
fn channels_run_side_by_side() {
    let mut bench = Bench::new();
    let (_source, from) = bench.filled(64, 50);
    let (target, to) = bench.lend(64);
    bench.write(0, Entry { control: END, length: 64, source: from, destination: 0, next: 0 });
    bench.write(1, Entry { control: END, length: 64, source: 0, destination: to, next: 0 });
    bench.start(TO_CARD + 0x100, 0, 0, NOTE);
    bench.pass(50);
    bench.start(FROM_CARD + 0x100, 1, 0, NOTE);
    assert_eq!(bench.registers.get(TO_CARD + 0x100 + STATUS), BUSY);
    assert_eq!(bench.registers.get(TO_CARD + STATUS), 0, "the others are idle");
    bench.pass(1_200);
    assert_eq!(target.bytes()[..3], [50, 51, 52]);
}

// A reset ends everything and takes all registers back; what is in memory stays.
#[test]
fn a_reset_forgets_everything_but_memory() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(64, 50);
    assert_eq!(bench.run_one(TO_CARD, at, 0, 64), STOPPED | TOLD);
    bench.set64(WORD, at);
    bench.own.set(0x20, 5);
    bench.write_one(at, 100, 64);
    bench.start(TO_CARD, 0, 0, NOTE);
    let quiet = bench.device.reset().unwrap();
    bench.device.resume(quiet).unwrap();
    bench.pass(10_000);
    for register in [CONTROL, STATUS, COMPLETED, WORD, LIST + 0x80, LIST + 0x84] {
        assert_eq!(bench.registers.get(register), 0, "{register:#x}");
    }
    assert_eq!(bench.card(|card| [card.memory()[0], card.memory()[100]]), [50, 0]);
    assert_eq!(bench.registers.get(0), 0x1fc0_0006);
}
