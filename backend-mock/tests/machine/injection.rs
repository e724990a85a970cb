//! Bad days: each injected fault does what it says, and nothing else.
#![forbid(unsafe_code)]

use backend_mock::{BusFault, Costs, Injection, Machine, Pages, ProbeCard};
use dma_core::{
    AddressMask, Allocate, Backend, DmaBuffer, ErrorKind, Mapped, Request, Signal, Wake,
};

use crate::support::{Registers, probe, read, write};

fn start(registers: &Registers) {
    registers.set(probe::ENABLE, !0);
    registers.set(probe::COMMAND, 1);
}

// A stuck card does nothing until it is healed; then it goes on.
#[test]
fn stuck_cards_stay_busy_until_healed() {
    let device = probe();
    let registers = Registers::of(&device);
    device.inject(Injection::Stuck { survives_reset: false });
    start(&registers);
    device.machine().advance(1_000_000_000);
    assert_eq!((registers.get(probe::STATE), registers.get(probe::DONE)), (1, 0));
    device.heal();
    device.machine().advance(1);
    assert_eq!((registers.get(probe::STATE), registers.get(probe::DONE)), (0, 1));
}

// So many interrupts get lost, and the next one arrives.
#[test]
fn lost_interrupts_are_counted() {
    let device = probe();
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    device.inject(Injection::LoseInterrupts(2));
    for arrives in [false, false, true] {
        start(&registers);
        let wake = signal.wait(Some(signal.now() + 10_000)).unwrap();
        assert_eq!(wake == Wake::Fired, arrives);
        registers.set(probe::STATUS, 1);
    }
    let counters = device.counters();
    assert_eq!((counters.lost_interrupts, counters.interrupts), (2, 1));
}

// An interrupt without a cause wakes who waits; the card knows nothing of it.
#[test]
fn spurious_interrupts_wake() {
    let device = probe();
    let mut signal = device.signal(0).unwrap();
    device.inject(Injection::SpuriousInterrupt { vector: 0 });
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(Registers::of(&device).get(probe::STATUS), 0);
}

// A short transfer moves what it says once, and the card believes that all went well.
#[test]
fn short_transfers_are_silent() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(100)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    device.inject(Injection::ShortTransfer { bytes: 10 });
    assert_eq!(write(&device, iova, &[1; 100]), Ok(()));
    assert_eq!(buffer.bytes()[9..11], [1, 0]);
    assert_eq!(write(&device, iova, &[2; 100]), Ok(()));
    assert_eq!(buffer.bytes()[99], 2);
}

// A failing bus is reported to the card so many times, and is no fault of the IOMMU.
#[test]
fn failing_accesses_reach_the_card() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(100)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    device.inject(Injection::FailAccesses(1));
    assert_eq!(read(&device, iova, &mut [0; 8]), Err(BusFault::Failed));
    assert_eq!(read(&device, iova, &mut [0; 8]), Ok(()));
    assert!(device.faults().is_empty());
}

// A removed card reads as all ones, swallows stores, masters nothing, finishes nothing, cannot be
// reset, and says so to those who wait; memory can still be given back.
#[test]
fn removed_cards_are_gone() {
    let device = probe();
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    let buffer = device.allocate(Request::bytes(100)).unwrap();
    start(&registers);
    device.inject(Injection::Removal);
    assert_eq!(registers.get(probe::STATE), u32::MAX);
    assert_eq!(registers.get64(probe::HOST), u64::MAX);
    registers.set(4, 5);
    assert_eq!(write(&device, buffer.run(0, 1).0.get(), &[1]), Err(BusFault::Failed));
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired); // somebody must look
    assert_eq!(signal.wait(None).unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(signal.rearm().unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(signal.wait(Some(signal.now() + 10)).unwrap(), Wake::Deadline);
    assert_eq!(device.reset().unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(device.region(0).unwrap_err().kind(), ErrorKind::Gone);
    buffer.unmap().unwrap();
    device.heal();
    assert_eq!(registers.get(4), u32::MAX);
    device.replug();
    assert_eq!((registers.get(4), registers.get(probe::DONE)), (0, 0));
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::WasReset);
    let epoch = signal.epoch();
    device.replug();
    assert_eq!(signal.epoch(), epoch);
    let quiet = device.reset().unwrap();
    device.resume(quiet).unwrap();
    start(&registers);
    device.machine().advance(20_000);
    assert_eq!(registers.get(probe::DONE), 1);
}

// On a slow bus registers take longer, and nothing else does.
#[test]
fn slow_buses_cost_time() {
    let costs = Costs { load: 10, store: 1, pause: 3, observe: 0 };
    let machine = Machine::builder().costs(costs).build();
    let device = machine.plug(ProbeCard::new());
    device.inject(Injection::SlowBus(7));
    Registers::of(&device).get(0);
    Registers::of(&device).set(4, 0);
    device.signal(0).unwrap().pause();
    assert_eq!(machine.now(), 80);
}

// The chosen allocation fails, and only that.
#[test]
fn the_nth_allocation_fails() {
    let device = probe();
    device.inject(Injection::FailAllocation { nth: 2 });
    let results = [0; 4].map(|_| device.allocate(Request::bytes(1)).is_ok());
    assert_eq!(results, [true, false, true, true]);
    assert_eq!(device.counters().allocations, 3);
}

// A refused unmapping leaves mapping and memory where they are, for ever, also on a plain drop.
#[test]
fn refused_unmapping_keeps_everything() {
    let machine = Machine::new();
    let device = machine.plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let buffers = [0; 3].map(|_| device.allocate(Request::bytes(100)).unwrap());
    let iovas = buffers.each_ref().map(|buffer| buffer.run(0, 1).0.get());
    device.inject(Injection::FailUnmaps(2));
    let [first, second, third] = buffers;
    let error = first.unmap().unwrap_err();
    assert_eq!((error.kind(), error.detail()), (ErrorKind::Os, 5));
    drop(second);
    third.unmap().unwrap();
    let mapped = iovas.map(|iova| write(&device, iova, &[1]).is_ok());
    assert_eq!(mapped, [true, true, false]);
    drop(device);
    let leaks = machine.leaks();
    assert_eq!((leaks.devices, leaks.mappings, leaks.pages), (1, 2, 2));
}

// A card that hiccups does nothing for so long, and then goes on by itself; one that is stuck for
// good does not, whatever came before.
#[test]
fn hiccups_end_by_themselves() {
    let device = probe();
    let registers = Registers::of(&device);
    start(&registers);
    device.inject(Injection::Hiccup { nanoseconds: 50_000 });
    device.machine().advance(45_000);
    assert_eq!(registers.get(probe::DONE), 0);
    device.machine().advance(10_000);
    assert_eq!(registers.get(probe::DONE), 1);

    device.inject(Injection::Hiccup { nanoseconds: 50_000 });
    device.inject(Injection::Stuck { survives_reset: false });
    device.inject(Injection::Hiccup { nanoseconds: 1_000 });
    start(&registers);
    device.machine().advance(1_000_000);
    assert_eq!(registers.get(probe::DONE), 1);
}

// A reset ends a hiccup, and what was to end it then does not end a later one.
#[test]
fn a_later_hiccup_is_not_cut_short() {
    let device = probe();
    let registers = Registers::of(&device);
    device.inject(Injection::Hiccup { nanoseconds: 50_000 });
    let quiet = device.reset().unwrap();
    device.resume(quiet).unwrap();
    device.machine().advance(20_000);
    device.inject(Injection::Hiccup { nanoseconds: 100_000 });
    start(&registers);
    device.machine().advance(60_000);
    assert_eq!(registers.get(probe::DONE), 0);
    device.machine().advance(60_000);
    assert_eq!(registers.get(probe::DONE), 1);
}

// A slow card takes so many times as long, from the next work on.
#[test]
fn slow_cards_take_longer() {
    let device = probe();
    let registers = Registers::of(&device);
    device.inject(Injection::SlowWork(5));
    start(&registers);
    device.machine().advance(40_000);
    assert_eq!(registers.get(probe::DONE), 0);
    device.machine().advance(10_000);
    assert_eq!(registers.get(probe::DONE), 1);
}

// A delayed interrupt arrives, later than the work that it tells of, and the next one in time.
#[test]
fn delayed_interrupts_arrive_late() {
    let device = probe();
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    device.inject(Injection::DelayInterrupts { count: 1, nanoseconds: 30_000 });
    for late in [30_000, 0] {
        start(&registers);
        let begun = signal.now();
        assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
        assert_eq!(signal.now() - begun, 10_000 + late);
    }
    assert_eq!((device.counters().delayed_interrupts, device.counters().interrupts), (1, 2));
}

// Loads that fail give all ones, and do not reach the card.
#[test]
fn failing_loads_give_all_ones() {
    let device = probe();
    let registers = Registers::of(&device);
    registers.set(4, 77);
    device.inject(Injection::FailLoads(2));
    assert_eq!((registers.get(4), registers.get64(probe::HOST)), (u32::MAX, u64::MAX));
    assert_eq!(registers.get(4), 77);
    assert_eq!(device.counters().failed_loads, 2);
}

// The chosen mapping of the caller's memory fails, which comes back, and no allocation does.
#[test]
fn the_nth_mapping_fails() {
    let device = probe();
    device.inject(Injection::FailMapping { nth: 2 });
    let results = [0; 3].map(|_| {
        assert!(device.allocate(Request::bytes(1)).is_ok());
        let pages = Pages::holding(4096).unwrap();
        Mapped::to_device(&device, pages, AddressMask::ALL).map_err(|refused| refused.error.kind())
    });
    let kinds = results.map(|result| result.map(drop));
    assert_eq!(kinds, [Ok(()), Err(ErrorKind::NoMemory), Ok(())]);
}

// Faults happen at the time that they were planned for, in the midst of whatever goes on, whether
// the card was reset or not; and the machine tells when.
#[test]
fn planned_faults_happen_in_time() {
    let device = probe();
    let mut signal = device.signal(0).unwrap();
    device.inject_after(5_000, Injection::SpuriousInterrupt { vector: 0 });
    device.inject_after(20_000, Injection::Removal);
    let quiet = device.reset().unwrap();
    device.resume(quiet).unwrap();
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(signal.now(), 5_000);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(signal.wait(None).unwrap_err().kind(), ErrorKind::Gone);
    let times: Vec<_> = device.machine().injections().iter().map(|(time, ..)| *time).collect();
    assert_eq!(times, [5_000, 20_000]);
    assert_eq!(device.machine().planned(), 0);
}

// What faults there were is counted, so that a test can tell what they explain.
#[test]
fn faults_are_counted_as_they_happen() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(100)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    device.inject(Injection::ShortTransfer { bytes: 8 });
    write(&device, iova, &[1; 8]).unwrap();
    assert_eq!(device.counters().short_transfers, 0);
    device.inject(Injection::ShortTransfer { bytes: 7 });
    write(&device, iova, &[1; 8]).unwrap();
    device.inject(Injection::FailAccesses(1));
    assert!(write(&device, iova, &[1; 8]).is_err());
    device.inject(Injection::FailUnmaps(1));
    drop(buffer);
    let counters = device.counters();
    assert_eq!((counters.short_transfers, counters.failed_accesses), (1, 1));
    assert_eq!(counters.refused_unmaps, 1);
}
