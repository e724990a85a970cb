//! Interrupts of channels and of the card: enables, vectors, lines.
#![forbid(unsafe_code)]

use dma_core::{Signal, Wake};

use super::*;

const USER_ENABLE: usize = 0x2004;
const CHANNEL_ENABLE: usize = 0x2010;
const USER_REQUEST: usize = 0x2040;
const CHANNEL_REQUEST: usize = 0x2044;
const USER_PENDING: usize = 0x2048;
const CHANNEL_PENDING: usize = 0x204c;
const USER_VECTORS: usize = 0x2080;
const CHANNEL_VECTORS: usize = 0x20a0;

fn fired(bench: &Bench, signal: &mut impl Signal) -> bool {
    signal.wait(Some(bench.device.machine().now())) == Ok(Wake::Fired)
}

// Noted, let through by the channel, let through by the block: all three or no interrupt.
#[test]
fn every_enable_is_needed() {
    for (note, channel, block, expected) in [
        (NOTE, NOTE, 0b1111, true),
        (0, NOTE, 0b1111, false),
        (NOTE, NOTE & !(STOPPED | TOLD), 0b1111, false),
        (NOTE, NOTE, 0b1110, false),
    ] {
        let mut bench = Bench::new();
        let (_source, at) = bench.lend(8);
        let mut signal = bench.device.signal(0).unwrap();
        bench.registers.set(INTERRUPT_ENABLE, channel);
        bench.registers.set(CHANNEL_ENABLE, block);
        bench.write_one(at, 0, 8);
        bench.start(TO_CARD, 0, 0, note);
        bench.pass(1_100);
        assert_eq!(fired(&bench, &mut signal), expected);
        let up = u32::from(note & channel & TOLD != 0);
        assert_eq!(bench.registers.get(CHANNEL_PENDING), up);
        assert_eq!(bench.registers.get(CHANNEL_REQUEST), up & block);
        bench.registers.get(STATUS_READ_CLEAR);
        assert_eq!(bench.registers.get(CHANNEL_PENDING), 0, "down with its cause");
    }
}

// What came while it was not let through interrupts when it is.
#[test]
fn a_late_enable_interrupts() {
    let mut bench = Bench::new();
    let (_source, at) = bench.lend(8);
    let mut signal = bench.device.signal(0).unwrap();
    bench.registers.set(INTERRUPT_ENABLE, NOTE);
    assert_eq!(bench.run_one(TO_CARD, at, 0, 8), STOPPED | TOLD);
    bench.write_one(at, 0, 8);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(1_100);
    assert!(!fired(&bench, &mut signal));
    bench.registers.set(CHANNEL_ENABLE + 4, 1);
    assert!(fired(&bench, &mut signal));
    bench.registers.set(CHANNEL_ENABLE + 8, 1);
    bench.registers.set(CHANNEL_ENABLE + 4, 1);
    assert!(fired(&bench, &mut signal), "again, with each rise");
}

// Channels are numbered through: those to the card, then those from it.
#[test]
fn each_channel_has_its_vector() {
    let mut bench = Bench::new();
    let (_source, at) = bench.lend(8);
    bench.registers.set(CHANNEL_ENABLE, 0b1111);
    bench.registers.set(CHANNEL_VECTORS, 0x1f03_0201);
    for (channel, vector) in
        [(TO_CARD, 1), (TO_CARD + 0x100, 2), (FROM_CARD, 3), (FROM_CARD + 0x100, 31)]
    {
        let mut signals = [0, 1, 2, 3, 31].map(|vector| bench.device.signal(vector).unwrap());
        bench.registers.set(channel + INTERRUPT_ENABLE, TOLD);
        let (source, to) = if channel < FROM_CARD { (at, 0) } else { (0, at) };
        bench.run_one(channel, source, to, 8);
        let fired: Vec<_> = [0, 1, 2, 3, 31]
            .into_iter()
            .zip(&mut signals)
            .filter_map(|(number, signal)| fired(&bench, signal).then_some(number))
            .collect();
        assert_eq!(fired, [vector]);
    }
}

// A line stays up until every channel on it is served.
#[test]
fn a_shared_line_is_up_until_all_are_served() {
    let card = XdmaCard::new().memory_size(4096);
    let mut bench = Bench::with(card, Trigger::Level);
    let (_source, at) = bench.lend(8);
    let mut signal = bench.device.signal(0).unwrap();
    bench.registers.set(CHANNEL_ENABLE, 0b11);
    bench.write_one(at, 0, 8);
    for channel in [TO_CARD, TO_CARD + 0x100] {
        bench.registers.set(channel + INTERRUPT_ENABLE, TOLD);
        bench.start(channel, 0, 0, NOTE);
    }
    bench.pass(1_100);
    assert!(fired(&bench, &mut signal));
    bench.registers.get(STATUS_READ_CLEAR);
    assert_eq!(signal.rearm(), Ok(true));
    assert!(fired(&bench, &mut signal), "the second channel holds it up");
    bench.registers.get(0x100 + STATUS_READ_CLEAR);
    signal.rearm().unwrap();
    assert!(!fired(&bench, &mut signal));
}

// The card raises its own interrupts, which go their own way.
#[test]
fn user_interrupts_pass_through() {
    let bench = Bench::new();
    let mut signals = [0, 9].map(|vector| bench.device.signal(vector).unwrap());
    bench.own.set(0x24, 0x8001);
    assert_eq!((bench.own.get(0x20), bench.registers.get(USER_PENDING)), (0x8001, 0x8001));
    assert!(!signals.iter_mut().any(|signal| fired(&bench, signal)));
    bench.registers.set(USER_VECTORS + 12, 9 << 24);
    bench.registers.set(USER_ENABLE, 0x8000);
    assert_eq!(bench.registers.get(USER_REQUEST), 0x8000);
    assert_eq!(signals.each_mut().map(|signal| fired(&bench, signal)), [false, true]);
    bench.registers.set(USER_ENABLE + 4, 0x0001);
    assert_eq!(signals.each_mut().map(|signal| fired(&bench, signal)), [true, false]);
    bench.own.set(0x28, 0xffff);
    assert_eq!((bench.own.get(0x20), bench.registers.get(USER_PENDING)), (0, 0));
}
