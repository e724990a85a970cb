//! The transfer engine on the simulated machine, through a small channel.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod channel;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use backend_mock::{Injection, Machine, MockDevice, MockRegion, MockSignal, ProbeCard, Trigger};
use dma_core::{
    AddressMask, Allocate, Backend, Buffer, DeviceAddress, Direction, DmaBuffer, Engine, ErrorKind,
    Failed, Request, Timeout,
};

use crate::channel::ProbeChannel;

type Probe<const N: usize> = Engine<ProbeChannel, MockSignal, Buffer<MockRegion>, N>;

const START: DeviceAddress = DeviceAddress::new(0);

fn plug(machine: &Machine) -> (MockDevice, Probe<4>) {
    let device = machine.plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let engine = engine(&device);
    (device, engine)
}

fn engine(device: &MockDevice) -> Probe<4> {
    let channel = ProbeChannel::new(device.region(0).unwrap());
    Engine::new(channel, device.signal(0).unwrap()).unwrap()
}

fn filled(device: &MockDevice, length: usize) -> Buffer<MockRegion> {
    let mut buffer = device.allocate(Request::bytes(length)).unwrap();
    for (byte, value) in buffer.bytes_mut().iter_mut().zip((1..=250).cycle()) {
        *byte = value;
    }
    buffer
}

// Bytes reach the card and come back whole, in one piece or scattered, behind an IOMMU or not,
// with messages or lines, and nobody faults.
#[test]
fn bytes_go_there_and_back() {
    for trigger in [Trigger::Edge, Trigger::Level, Trigger::LevelOnce] {
        for pieces in [None, Some(1000), Some(4096)] {
            for off in [false, true] {
                let builder = Machine::builder().trigger(trigger).scattered();
                let machine = if off { builder.iommu_off() } else { builder }.build();
                let (device, mut engine) = plug(&machine);
                device.lender().set_pieces(pieces);
                let there = filled(&device, 20_000);
                let back = device.allocate(Request::bytes(20_000)).unwrap();
                let first = engine.submit(there, START, Direction::ToDevice).unwrap();
                let second = engine.submit(back, START, Direction::FromDevice).unwrap();
                let there = engine.wait(first, Timeout::NEVER).unwrap();
                let back = engine.wait(second, Timeout::NEVER).unwrap();
                assert_eq!(there.bytes(), back.bytes());
                assert!(machine.faults().is_empty());
            }
        }
    }
}

// A buffer of another device's domain is refused before anything is touched.
#[test]
fn foreign_buffers_are_refused() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    let (other, _) = plug(&machine);
    let before = device.counters();
    let refused = engine.submit(filled(&other, 100), START, Direction::ToDevice).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::OtherDomain);
    assert_eq!(device.counters(), before);
}

// The device's view of a job is checked by the IOMMU as well: a wrong direction in the channel
// would be caught. Here the card's own error status arrives as the job's error.
#[test]
fn errors_of_the_card_fail_the_job() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    device.inject(Injection::FailAccesses(1));
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    let failed = engine.wait(ticket, Timeout::NEVER).unwrap_err();
    assert_eq!(failed.error().kind(), ErrorKind::DeviceFault);
    assert!(failed.into_buffer().is_some());
}

// A card that never finishes makes the engine stuck, at its deadline and not before; after a
// reset the buffers come back, and the engine works again.
#[test]
fn stuck_cards_are_recovered_by_a_reset() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    device.inject(Injection::Stuck { survives_reset: false });
    let begun = machine.now();
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    let failed = engine.wait(ticket, Timeout::millis(5)).unwrap_err();
    assert!(matches!(failed, Failed::Kept(_)));
    assert!(machine.now() - begun >= 5_000_000);
    assert_eq!(engine.stuck().unwrap().kind(), ErrorKind::Stuck);

    let quiet = device.reset().unwrap();
    engine.recover(&quiet).unwrap();
    device.resume(quiet).unwrap();
    let returned = engine.try_take(ticket).unwrap().unwrap_err().into_buffer().unwrap();
    let ticket = engine.submit(returned, START, Direction::ToDevice).unwrap();
    assert!(engine.wait(ticket, Timeout::NEVER).is_ok());
}

// A lost interrupt costs time and nothing else; without a deadline, and with nothing left that
// could happen, it is an error and not a hang.
#[test]
fn lost_interrupts_cost_time_only() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    device.inject(Injection::LoseInterrupts(1));
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    assert!(engine.wait(ticket, Timeout::millis(1)).is_ok());
    assert!(machine.now() >= 1_000_000);
    engine.look_at_least_every(Timeout::micros(50));
    device.inject(Injection::LoseInterrupts(1));
    let begun = machine.now();
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    assert!(engine.wait(ticket, Timeout::NEVER).is_ok());
    assert!(machine.now() - begun < 200_000);
}

// A card that is pulled out while it works keeps the buffers mapped: it cannot be asked, so it
// cannot be known to be quiet.
#[test]
fn removal_keeps_the_buffers() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    device.inject(Injection::Removal);
    let failed = engine.wait(ticket, Timeout::NEVER).unwrap_err();
    assert!(matches!(failed, Failed::Kept(_)));
    drop(engine);
    assert_eq!(device.mappings().len(), 1);
}

/// Polls a future until it is done; how often that was.
fn block_on<F: Future>(future: F) -> (F::Output, u32) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return (output, polls);
        }
        assert!(polls < 1_000, "a future that never ends");
    }
}

// Futures end as blocking waits do, also when the card is stuck, after few polls.
#[test]
fn futures_end_in_few_polls() {
    let machine = Machine::new();
    let (device, mut engine) = plug(&machine);
    let ticket = engine.submit(filled(&device, 9_000), START, Direction::ToDevice).unwrap();
    let (result, polls) = block_on(engine.completion(ticket, Timeout::NEVER));
    assert!(result.is_ok() && polls < 20, "{polls}");
    device.inject(Injection::Stuck { survives_reset: false });
    let ticket = engine.submit(filled(&device, 100), START, Direction::ToDevice).unwrap();
    let (result, polls) = block_on(engine.completion(ticket, Timeout::millis(1)));
    assert!(matches!(result, Err(Failed::Kept(_))) && polls < 20, "{polls}");
}

// Two engines of one machine on two threads: each does its work, whoever lets time pass.
#[test]
fn engines_on_two_threads() {
    let machine = Machine::new();
    let threads: Vec<_> = (0..2)
        .map(|_| plug(&machine))
        .map(|(device, mut engine)| {
            std::thread::spawn(move || {
                for length in 1..200 {
                    let buffer = filled(&device, length);
                    let ticket = engine.submit(buffer, START, Direction::ToDevice).unwrap();
                    engine.wait(ticket, Timeout::secs(10)).unwrap();
                    let buffer = device.allocate(Request::bytes(length)).unwrap();
                    let ticket = engine.submit(buffer, START, Direction::FromDevice).unwrap();
                    let back = engine.wait(ticket, Timeout::secs(10)).unwrap();
                    assert_eq!(back.bytes(), filled(&device, length).bytes());
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert!(machine.faults().is_empty());
    assert!(machine.leaks().is_empty(), "{}", machine.leaks());
}

// The whole run of engine and machine repeats exactly.
#[test]
fn engine_runs_repeat_exactly() {
    let run = || {
        let machine = Machine::builder().journal().build();
        let (device, mut engine) = plug(&machine);
        let (other, mut second) = plug(&machine);
        device.lender().set_pieces(Some(700));
        for length in [1, 5_000, 64] {
            let mask = AddressMask::bits(32);
            let buffer = device.allocate(Request::bytes(length).within(mask)).unwrap();
            assert!(buffer.length() == length);
            let first = engine.submit(buffer, START, Direction::ToDevice).unwrap();
            let buffer = filled(&other, length);
            let last = second.submit(buffer, START, Direction::FromDevice).unwrap();
            second.wait(last, Timeout::NEVER).unwrap();
            engine.wait(first, Timeout::NEVER).unwrap();
        }
        machine.journal()
    };
    assert_eq!(run(), run());
}
