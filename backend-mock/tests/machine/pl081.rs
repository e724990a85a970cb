//! The PL081, register by register.
#![forbid(unsafe_code)]

use backend_mock::{Costs, Injection, Machine, MockDevice, Pl081Card, Trigger};
use dma_core::{AddressMask, Allocate, Backend, Buffer, DmaBuffer, Request, Signal, Wake};

use crate::support::Registers;

const SOURCE: usize = 0x0;
const DESTINATION: usize = 0x4;
const ITEM: usize = 0x8;
const CONTROL: usize = 0xc;
const CONFIGURATION: usize = 0x10;

const COUNT_STATUS: usize = 0x004;
const COUNT_CLEAR: usize = 0x008;
const ERROR_STATUS: usize = 0x00c;
const ERROR_CLEAR: usize = 0x010;

/// Enabled, both interrupts let through.
const GO: u32 = 1 | 1 << 14 | 1 << 15;
const ACTIVE: u32 = 1 << 17;
const HALT: u32 = 1 << 18;
/// Bytes, both addresses count up, interrupt at the end.
const BYTES: u32 = 1 << 26 | 1 << 27 | 1 << 31;

/// The same without an interrupt.
const QUIET: u32 = BYTES & !(1 << 31);

type Lent = Buffer<backend_mock::MockRegion>;

struct Bench {
    device: MockDevice,
    registers: Registers,
    channels: [Registers; 2],
}

impl Bench {
    fn new() -> Self {
        let costs = Costs { load: 1, store: 1, pause: 1, observe: 1 };
        let machine = Machine::builder().trigger(Trigger::Level).costs(costs).build();
        Self::on(machine.plug(Pl081Card::new().delay(1_000)))
    }

    fn on(device: MockDevice) -> Self {
        device.set_bus_mastering(true).unwrap();
        let registers = Registers::of(&device);
        registers.set(0x030, 1);
        let channels = [0x100, 0x120].map(|offset| registers.part(offset, 0x14));
        Self { device, registers, channels }
    }

    fn lend(&self, length: usize) -> (Lent, u32) {
        let request = Request::bytes(length).within(AddressMask::bits(32)).contiguous();
        let buffer = self.device.allocate(request).unwrap();
        let iova = u32::try_from(buffer.run(0, 1).0.get()).unwrap();
        (buffer, iova)
    }

    fn filled(&self, length: usize) -> (Lent, u32) {
        let (mut buffer, iova) = self.lend(length);
        for (byte, value) in buffer.bytes_mut().iter_mut().zip((1..254).cycle()) {
            *byte = value;
        }
        (buffer, iova)
    }

    fn start(&self, channel: usize, source: u32, destination: u32, control: u32) {
        let channel = &self.channels[channel];
        channel.set(SOURCE, source);
        channel.set(DESTINATION, destination);
        channel.set(ITEM, 0);
        channel.set(CONTROL, control);
        channel.set(CONFIGURATION, GO);
    }

    fn run(&self) {
        self.device.machine().advance(1_000_000);
    }
}

// One item moves its bytes, counts down, disables its channel and tells so by interrupt.
#[test]
fn one_item_moves_and_ends() {
    let bench = Bench::new();
    let mut signal = bench.device.signal(0).unwrap();
    let (source, from) = bench.filled(4095);
    let (destination, to) = bench.lend(4096);
    bench.start(0, from, to, BYTES | 4095);
    assert_eq!(bench.channels[0].get(CONFIGURATION), GO | ACTIVE);
    assert_eq!(bench.registers.get(0x01c), 0b01);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(&destination.bytes()[..4095], source.bytes());
    assert_eq!(destination.bytes()[4095], 0);
    assert_eq!(bench.channels[0].get(CONFIGURATION), GO & !1);
    assert_eq!(bench.channels[0].get(CONTROL), BYTES);
    assert_eq!(bench.channels[0].get(SOURCE), from + 4095);
    assert_eq!((bench.registers.get(0), bench.registers.get(COUNT_STATUS)), (1, 1));
    bench.registers.set(COUNT_CLEAR, 1);
    assert_eq!((bench.registers.get(COUNT_STATUS), bench.registers.get(0x014)), (0, 0));
}

// The size counts units of the source's width, whatever the destination's is.
#[test]
fn widths_scale_the_size() {
    let bench = Bench::new();
    let (source, from) = bench.filled(64);
    for (source_width, destination_width) in [(0, 0), (0, 2), (1, 1), (2, 0), (2, 2), (1, 2)] {
        let (destination, to) = bench.lend(64);
        let units = 32_u32 >> source_width;
        let widths = source_width << 18 | destination_width << 21;
        bench.start(1, from, to, BYTES | widths | units);
        bench.run();
        assert_eq!(destination.bytes()[..32], source.bytes()[..32]);
        assert_eq!(destination.bytes()[32..], [0; 32]);
    }
}

// An address that does not count up is read, or written, over and over.
#[test]
fn fixed_addresses_repeat() {
    let bench = Bench::new();
    let (source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    let words = 2 << 18 | 2 << 21;
    bench.start(0, from, to, 1 << 27 | words | 4);
    bench.run();
    let first: Vec<u8> = source.bytes()[..4].repeat(4);
    assert_eq!(destination.bytes(), first);
    bench.start(0, from, to, 1 << 26 | words | 4);
    bench.run();
    assert_eq!(destination.bytes()[..4], source.bytes()[12..]);
    assert_eq!(bench.channels[0].get(DESTINATION), to);
    assert_eq!(bench.registers.get(COUNT_STATUS), 0); // not asked for
}

// A chain of items is walked through memory, each with its own interrupt or none.
#[test]
fn linked_items_are_walked() {
    let bench = Bench::new();
    let (source, from) = bench.filled(300);
    let (destination, to) = bench.lend(300);
    let (mut list, items) = bench.lend(32);
    let words =
        [[from + 100, to + 100, items + 16, QUIET | 0x64], [from + 200, to + 200, 0, BYTES | 0x64]];
    for (bytes, word) in list.bytes_mut().chunks_mut(4).zip(words.as_flattened()) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    let channel = &bench.channels[0];
    channel.set(SOURCE, from);
    channel.set(DESTINATION, to);
    channel.set(ITEM, items | 1);
    channel.set(CONTROL, QUIET | 0x64);
    assert_eq!(channel.get(ITEM), items);
    channel.set(CONFIGURATION, GO);
    let mut signal = bench.device.signal(0).unwrap();
    let begun = bench.device.machine().now();
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(bench.device.machine().now() - begun, 3_000);
    assert_eq!(destination.bytes(), source.bytes());
    assert_eq!((channel.get(ITEM), channel.get(CONFIGURATION) & 1), (0, 0));
    assert_eq!(bench.device.counters().interrupts, 1);
}

// A refused access ends the chain with an error, also when it was the next item's.
#[test]
fn errors_stop_the_channel() {
    let bench = Bench::new();
    let (_source, from) = bench.filled(16);
    let (_destination, to) = bench.lend(16);
    bench.start(1, from, 0x5000, BYTES | 16);
    bench.run();
    assert_eq!((bench.registers.get(ERROR_STATUS), bench.registers.get(COUNT_STATUS)), (2, 0));
    assert_eq!((bench.registers.get(0), bench.channels[1].get(CONFIGURATION) & 1), (2, 0));
    assert_eq!(bench.device.faults().len(), 1);
    bench.registers.set(ERROR_CLEAR, 2);
    assert_eq!(bench.registers.get(ERROR_STATUS), 0);

    let channel = &bench.channels[0];
    channel.set(SOURCE, from);
    channel.set(DESTINATION, to);
    channel.set(ITEM, 0x6000);
    channel.set(CONTROL, BYTES | 16);
    channel.set(CONFIGURATION, GO);
    bench.run();
    assert_eq!((bench.registers.get(ERROR_STATUS), bench.registers.get(COUNT_STATUS)), (1, 1));
    bench.registers.set(ERROR_CLEAR, !0);
    bench.registers.set(COUNT_CLEAR, !0);

    bench.device.inject(Injection::FailAccesses(1));
    bench.start(0, from, to, BYTES | 16);
    bench.run();
    assert_eq!(bench.registers.get(ERROR_STATUS), 1);
}

// What the manual forbids is an error with a complaint, and moves nothing.
#[test]
fn forbidden_programs_are_errors() {
    let bench = Bench::new();
    let (_source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    for (from, to, control) in [
        (from + 1, to, 2 << 18 | 2 << 21 | 2),
        (from, to + 2, 2 << 18 | 2 << 21 | 2),
        (from, to, 2 << 21 | 3),
        (from, to, 3 << 18 | 1),
    ] {
        bench.start(0, from, to, BYTES | control);
        bench.run();
        assert_eq!(bench.registers.get(ERROR_STATUS), 1);
        bench.registers.set(ERROR_CLEAR, 1);
    }
    assert_eq!(bench.device.complaints().len(), 4);
    assert_eq!(destination.bytes(), [0; 16]);
}

// Masks hide the status and hold the interrupt back; letting it through later lets it fire.
#[test]
fn masks_hold_interrupts_back() {
    let bench = Bench::new();
    let mut signal = bench.device.signal(0).unwrap();
    let (_source, from) = bench.filled(16);
    let (_destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    bench.channels[0].set(CONFIGURATION, 1);
    bench.run();
    assert_eq!((bench.registers.get(COUNT_STATUS), bench.registers.get(0x014)), (0, 1));
    assert_eq!(signal.wait(Some(signal.now() + 5)).unwrap(), Wake::Deadline);
    bench.channels[0].set(CONFIGURATION, 1 << 15);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(bench.registers.get(COUNT_STATUS), 1);
}

// A halted channel drains, moves nothing, and goes on when let; a disabled one forgets.
#[test]
fn halting_and_disabling_stop_a_channel() {
    let bench = Bench::new();
    let (source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    let channel = &bench.channels[0];
    channel.set(CONFIGURATION, GO | HALT);
    assert_eq!(channel.get(CONFIGURATION) & ACTIVE, ACTIVE);
    bench.run();
    assert_eq!(channel.get(CONFIGURATION), GO | HALT);
    assert_eq!(destination.bytes(), [0; 16]);
    channel.set(CONFIGURATION, GO);
    bench.run();
    assert_eq!(destination.bytes(), source.bytes());

    let (destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    channel.set(CONFIGURATION, GO & !1);
    assert_eq!(channel.get(CONFIGURATION) & ACTIVE, 0);
    bench.run();
    assert_eq!(destination.bytes(), [0; 16]);
    assert_eq!(channel.get(CONTROL) & 0xfff, 16);
}

// A disabled controller moves nothing, and goes on where it was when enabled.
#[test]
fn the_controller_gates_its_channels() {
    let bench = Bench::new();
    bench.registers.set(0x030, 0);
    let (source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    bench.run();
    assert_eq!(destination.bytes(), [0; 16]);
    bench.registers.set(0x030, 1);
    bench.run();
    assert_eq!(destination.bytes(), source.bytes());
}

// Two channels work side by side, share the interrupt, and are told apart by their bits.
#[test]
fn channels_are_apart() {
    for trigger in [Trigger::Edge, Trigger::Level] {
        let machine = Machine::builder().trigger(trigger).build();
        let bench = Bench::on(machine.plug(Pl081Card::new()));
        let mut signal = bench.device.signal(0).unwrap();
        let (source, from) = bench.filled(32);
        let (destination, to) = bench.lend(32);
        bench.start(0, from, to, BYTES | 16);
        bench.start(1, from + 16, to + 16, BYTES | 16);
        assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
        assert_eq!(bench.registers.get(COUNT_STATUS) & 1, 1);
        bench.registers.set(COUNT_CLEAR, 1);
        signal.rearm().unwrap();
        assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
        assert_eq!(bench.registers.get(COUNT_STATUS), 2);
        assert_eq!(destination.bytes(), source.bytes());
    }
}

// A peripheral's request never comes, so such a channel waits.
#[test]
fn peripheral_flow_waits_for_ever() {
    let bench = Bench::new();
    let (_source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    bench.channels[0].set(CONFIGURATION, GO | 1 << 11);
    bench.run();
    assert_eq!(destination.bytes(), [0; 16]);
    assert_eq!(bench.channels[0].get(CONFIGURATION) & 1, 1);
}

// The identification says what it is, and a reset makes it as new.
#[test]
fn identification_and_reset() {
    let bench = Bench::new();
    let id: Vec<u32> = (0..8).map(|word| bench.registers.get(0xfe0 + 4 * word)).collect();
    assert_eq!(id, [0x81, 0x10, 0x04, 0x0a, 0x0d, 0xf0, 0x05, 0xb1]);
    let (_source, from) = bench.filled(16);
    let (destination, to) = bench.lend(16);
    bench.start(0, from, to, BYTES | 16);
    let quiet = bench.device.reset().unwrap();
    bench.device.resume(quiet).unwrap();
    bench.run();
    assert_eq!(destination.bytes(), [0; 16]);
    assert_eq!((bench.registers.get(0x030), bench.channels[0].get(CONFIGURATION)), (0, 0));
}
