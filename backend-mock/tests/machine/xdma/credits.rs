//! Rings without an end, of which the engine fetches what it has credits for.
#![forbid(unsafe_code)]

use super::*;

const CREDITS: usize = LIST + 0x8c;
const CREDIT_MODE: usize = 0x6020;
const CREDIT_MODE_SET: usize = 0x6024;
const CREDIT_MODE_CLEAR: usize = 0x6028;

/// A ring of four descriptors, each of which tells.
fn ring(bench: &mut Bench, at: u64) {
    for slot in 0..4 {
        let next = bench.at((slot + 1) % 4);
        let destination = slot as u64 * 16;
        let control = MAGIC | TELL;
        bench.write(slot, Entry { control, length: 16, source: at, destination, next });
    }
}

// An engine that is out of credits waits, busy, and goes on with the next ones.
#[test]
fn no_descriptor_is_fetched_without_a_credit() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 1);
    ring(&mut bench, at);
    bench.registers.set(CREDIT_MODE_SET, 1);
    assert_eq!(bench.registers.get(CREDIT_MODE), 1);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(10_000);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (BUSY, 0));
    assert_eq!(bench.device.counters().reads, 0);
    bench.registers.set(CREDITS, 2);
    assert_eq!(bench.registers.get(CREDITS), 2);
    bench.pass(10_000);
    assert_eq!((bench.registers.get(CREDITS), bench.registers.get(COMPLETED)), (0, 2));
    // More come while it works: it goes round without a stop.
    bench.registers.set(CREDITS, 1);
    bench.pass(500);
    bench.registers.set(CREDITS, 6);
    bench.pass(10_000);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (BUSY | TOLD, 9));
    assert_eq!(bench.device.complaints(), [""; 0]);
}

// Taking the run bit back ends the waiting, and the credits with it.
#[test]
fn credits_end_with_the_run() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 1);
    ring(&mut bench, at);
    bench.registers.set(CREDIT_MODE_SET, 1);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(2_000);
    bench.registers.set(CONTROL_CLEAR, RUN);
    assert_eq!(bench.registers.get(STATUS), IDLE);
    bench.registers.set(CREDITS, 3);
    bench.pass(10_000);
    assert_eq!(bench.registers.get(COMPLETED), 0, "it does not run");
    bench.registers.set(CONTROL_SET, RUN);
    bench.registers.set(CREDITS, 5);
    bench.pass(1_500);
    bench.registers.set(CONTROL_CLEAR, RUN);
    assert_eq!(bench.registers.get(CREDITS), 0);
    bench.pass(5_000);
    assert_eq!(bench.registers.get(COMPLETED), 1, "what was not fetched is not begun");
}

// Credits are a channel's own, and mean nothing where they are not asked for.
#[test]
fn credits_are_a_channels_own() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 1);
    bench.registers.set(CREDITS, 1);
    assert_eq!((bench.registers.get(CREDITS), bench.device.complaints().len()), (0, 1));
    bench.registers.set(CREDIT_MODE, 0x3_0002);
    assert_eq!(bench.run_one(TO_CARD, at, 0, 8), STOPPED | TOLD);
    bench.write_one(0, at, 8);
    bench.start(FROM_CARD, 0, 0, NOTE);
    bench.pass(2_000);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), BUSY);
    bench.registers.set(FROM_CARD + CREDITS, 1);
    bench.pass(2_000);
    assert_eq!(bench.registers.get(FROM_CARD + STATUS), STOPPED | TOLD);
    bench.registers.set(CREDIT_MODE_CLEAR, 0x1_0002);
    assert_eq!(bench.registers.get(CREDIT_MODE), 0x2_0000);
}

// What nobody knows the hardware's answer to is complained of.
#[test]
fn doubtful_uses_are_complained_of() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(16, 1);
    ring(&mut bench, at);
    bench.registers.set(CREDIT_MODE_SET, 1);
    bench.start(TO_CARD, 0, 3, NOTE);
    bench.pass(2_000);
    bench.registers.set(CREDITS, 2);
    assert!(bench.device.complaints()[0].contains("4 adjacent descriptors for 2 credits"));
    bench.registers.set(CREDITS, 1023);
    assert!(bench.device.complaints()[1].contains("more credits than their counter holds"));
    bench.registers.set(CREDIT_MODE_CLEAR, 1);
    assert!(bench.device.complaints()[2].contains("changed while an engine is busy"));
    bench.registers.set(0x6010, 1);
    assert!(bench.device.complaints()[3].contains("not simulated"));
}
