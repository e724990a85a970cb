//! The `edu` card, register by register.
#![forbid(unsafe_code)]

use backend_mock::{EduCard, Machine, MockDevice};
use dma_core::{AddressMask, Allocate, Backend, DmaBuffer, Request, Signal, Wake};

use crate::support::Registers;

const SOURCE: usize = 0x80;
const DESTINATION: usize = 0x88;
const COUNT: usize = 0x90;
const COMMAND: usize = 0x98;
const MEMORY: u64 = 0x4_0000;

fn edu() -> (MockDevice, Registers) {
    let device = backend_mock::edu();
    device.set_bus_mastering(true).unwrap();
    let registers = Registers::of(&device);
    (device, registers)
}

fn start(registers: &Registers, source: u64, destination: u64, count: u64, command: u64) {
    registers.set64(SOURCE, source);
    registers.set64(DESTINATION, destination);
    registers.set64(COUNT, count);
    registers.set64(COMMAND, command);
}

fn lend(device: &MockDevice, length: usize) -> dma_core::Buffer<backend_mock::MockRegion> {
    device.allocate(Request::bytes(length).within(AddressMask::bits(28))).unwrap()
}

// The simple registers answer as the card's documentation says.
#[test]
fn simple_registers_answer() {
    let (device, registers) = edu();
    assert_eq!(registers.get(0x00), 0x0100_00ed);
    registers.set(0x04, 0x1234_5678);
    assert_eq!(registers.get(0x04), !0x1234_5678);
    registers.set(0x08, 10);
    assert_eq!(registers.get(0x20), 1);
    registers.set(0x08, 3); // ignored while it computes
    device.machine().advance(10_000);
    assert_eq!(registers.get(0x08), 3_628_800);
    assert_eq!(registers.get(0x20), 0);
    assert_eq!(registers.get(0x70), u32::MAX);
}

// Widths that a register does not take give all ones and do nothing.
#[test]
fn wrong_widths_do_nothing() {
    let (device, registers) = edu();
    assert_eq!(registers.get64(0x00), u64::MAX);
    registers.set64(0x00, 1);
    registers.set64(0x60, 1);
    assert_eq!(registers.get(0x24), 0);
    assert_eq!(device.complaints().len(), 2);
    registers.set64(SOURCE, 0x1_2345_6789);
    assert_eq!(registers.get(SOURCE), 0x2345_6789);
    registers.set(SOURCE, 7); // one store of 32 bits clears the upper half
    assert_eq!(registers.get64(SOURCE), 7);
}

// Interrupts are raised and acknowledged by bit, and tell that a factorial is done if asked.
#[test]
fn interrupts_by_bit() {
    let (device, registers) = edu();
    let mut signal = device.signal(0).unwrap();
    registers.set(0x60, 0b110);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    registers.set(0x64, 0b010);
    assert_eq!(registers.get(0x24), 0b100);
    registers.set(0x64, !0);
    registers.set(0x20, 0x80);
    registers.set(0x08, 5);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!((registers.get(0x24), registers.get(0x08), registers.get(0x20)), (1, 120, 0x80));
}

// Data goes to the card and comes back, after 100 ms each, with an interrupt if asked.
#[test]
fn data_goes_both_ways_in_its_time() {
    let (device, registers) = edu();
    let mut signal = device.signal(0).unwrap();
    let mut buffer = lend(&device, 4096);
    for (byte, value) in buffer.bytes_mut().iter_mut().zip((0..251).cycle()) {
        *byte = value;
    }
    let iova = buffer.run(0, 1).0.get();
    start(&registers, iova, MEMORY, 4096, 0b101);
    let begun = device.machine().now();
    assert_eq!(registers.get(COMMAND) & 1, 1);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(device.machine().now() - begun, 100_000_000);
    assert_eq!((registers.get(COMMAND), registers.get(0x24)), (0b100, 0x100));
    let same = device.with_card(|card: &mut EduCard| card.memory() == buffer.bytes());
    assert_eq!(same, Some(true));

    let back = lend(&device, 100);
    start(&registers, MEMORY + 3, back.run(0, 1).0.get(), 100, 0b011);
    device.machine().advance(100_000_000);
    assert_eq!(back.bytes(), &buffer.bytes()[3..103]);
    assert_eq!(registers.get(COMMAND), 0b010);
    assert_eq!(device.counters().interrupts, 1);
}

// While a transfer runs nothing of it can be changed, nor a second one started.
#[test]
fn a_running_transfer_cannot_be_changed() {
    let (device, registers) = edu();
    let buffer = lend(&device, 8);
    let iova = buffer.run(0, 1).0.get();
    start(&registers, iova, MEMORY, 8, 1);
    start(&registers, 1, 2, 3, 3);
    assert_eq!(registers.get64(SOURCE), iova);
    assert_eq!((registers.get64(COUNT), registers.get(COMMAND)), (8, 1));
    assert_eq!(device.complaints().len(), 4);
    device.machine().advance(100_000_000);
    assert_eq!(registers.get(COMMAND), 0);
    assert_eq!(device.counters().reads, 1);
}

// Addresses above the card's mask are cut off, which is what really happens to them.
#[test]
fn addresses_are_cut_to_the_mask() {
    let (device, registers) = edu();
    let buffer = lend(&device, 8);
    let iova = buffer.run(0, 1).0.get();
    start(&registers, iova | 1 << 28, MEMORY, 8, 1);
    device.machine().advance(100_000_000);
    assert!(device.faults().is_empty());
    assert_eq!(device.counters().read_bytes, 8);
    assert!(device.complaints()[0].contains("cut off"));
}

// A transfer that leaves the card's memory moves nothing, and ends all the same.
#[test]
fn bounds_of_the_cards_memory_are_kept() {
    let (device, registers) = edu();
    let buffer = lend(&device, 8192);
    let iova = buffer.run(0, 1).0.get();
    for (card, count) in
        [(MEMORY - 1, 1), (MEMORY + 4096, 1), (MEMORY, 4097), (MEMORY + 4095, 2), (0, 1)]
    {
        start(&registers, iova, card, count, 1);
        device.machine().advance(100_000_000);
        assert_eq!(registers.get(COMMAND), 0);
    }
    assert_eq!((device.counters().reads, device.complaints().len()), (0, 5));
    start(&registers, iova, MEMORY + 4095, 1, 1);
    device.machine().advance(100_000_000);
    assert_eq!(device.counters().reads, 1);
}

// A reset does not stop a transfer: it fires when its time has come, harmless only because bus
// mastering is off; enabled too early, it writes.
#[test]
fn a_transfer_survives_the_reset() {
    for resume_early in [false, true] {
        let (device, registers) = edu();
        device.with_card(|card: &mut EduCard| card.memory_mut().fill(9));
        let buffer = lend(&device, 8);
        start(&registers, MEMORY, buffer.run(0, 1).0.get(), 8, 3);
        let quiet = device.reset().unwrap();
        assert_eq!(registers.get(COMMAND) & 1, 1);
        if resume_early {
            device.resume(quiet).unwrap();
        }
        device.machine().advance(100_000_000);
        assert_eq!(registers.get(COMMAND) & 1, 0);
        assert_eq!(buffer.bytes() == [9; 8], resume_early);
    }
}

// What the IOMMU refuses the card does not notice: completion proves nothing.
#[test]
fn the_card_does_not_notice_a_fault() {
    let (device, registers) = edu();
    start(&registers, 0x123_4000, MEMORY, 8, 0b101);
    device.machine().advance(100_000_000);
    assert_eq!((registers.get(COMMAND), registers.get(0x24)), (0b100, 0x100));
    assert_eq!(device.faults().len(), 1);
}

// Delay and mask are options of the card.
#[test]
fn delay_and_mask_can_be_chosen() {
    let card = EduCard::new().delay(50).mask(AddressMask::ALL);
    let device = Machine::new().plug(card);
    device.set_bus_mastering(true).unwrap();
    let registers = Registers::of(&device);
    let buffer = device.allocate(Request::bytes(8)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    assert!(iova > u64::from(u32::MAX));
    start(&registers, iova, MEMORY, 8, 1);
    device.machine().advance(50);
    assert_eq!(registers.get(COMMAND), 0);
    assert!(device.faults().is_empty());
}

// A card that is pulled out in the midst of a transfer comes back as new: nothing goes on.
#[test]
fn a_pulled_card_comes_back_as_new() {
    let (device, registers) = edu();
    device.with_card(|card: &mut EduCard| card.memory_mut().fill(9));
    let buffer = lend(&device, 8);
    start(&registers, MEMORY, buffer.run(0, 1).0.get(), 8, 3);
    device.inject(backend_mock::Injection::Removal);
    device.replug();
    assert_eq!(registers.get(COMMAND), 0);
    let quiet = device.reset().unwrap();
    device.resume(quiet).unwrap();
    device.machine().advance(200_000_000);
    assert_eq!(buffer.bytes(), [0; 8]);
    assert_eq!(device.with_card(|card: &mut EduCard| card.memory()[0]), Some(0));
}
