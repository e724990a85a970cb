//! XDMA, register by register; here, what its tests share.
#![forbid(unsafe_code)]

mod credits;
mod interrupts;
mod lists;
mod streams;
mod troubles;

use backend_mock::{Costs, Machine, MockDevice, MockRegion, Trigger, XdmaCard};
use dma_core::{Allocate, Backend, Buffer, DmaBuffer, Request};

use crate::support::Registers;

/// Of a channel.
pub(crate) const CONTROL: usize = 0x04;
pub(crate) const CONTROL_SET: usize = 0x08;
pub(crate) const CONTROL_CLEAR: usize = 0x0c;
pub(crate) const STATUS: usize = 0x40;
pub(crate) const STATUS_READ_CLEAR: usize = 0x44;
pub(crate) const COMPLETED: usize = 0x48;
pub(crate) const WORD: usize = 0x88;
pub(crate) const INTERRUPT_ENABLE: usize = 0x90;
/// Of a channel's list, from the channel on.
pub(crate) const LIST: usize = 0x4000;

pub(crate) const RUN: u32 = 1;
/// Notes everything.
pub(crate) const NOTE: u32 = 0x00ff_fe7e;
pub(crate) const POLL_MODE: u32 = 1 << 26;

pub(crate) const BUSY: u32 = 1 << 0;
pub(crate) const STOPPED: u32 = 1 << 1;
pub(crate) const TOLD: u32 = 1 << 2;
pub(crate) const IDLE: u32 = 1 << 6;

/// The first channel of each direction.
pub(crate) const TO_CARD: usize = 0x0000;
pub(crate) const FROM_CARD: usize = 0x1000;

/// Of a descriptor's control word.
pub(crate) const MAGIC: u32 = 0xad4b_0000;
pub(crate) const STOP: u32 = 1 << 0;
pub(crate) const TELL: u32 = 1 << 1;
pub(crate) const END: u32 = MAGIC | STOP | TELL;

pub(crate) type Lent = Buffer<MockRegion>;

/// A card, its registers, and a page for descriptors.
pub(crate) struct Bench {
    pub(crate) device: MockDevice,
    pub(crate) registers: Registers,
    pub(crate) own: Registers,
    pub(crate) list: Lent,
    pub(crate) list_at: u64,
}

/// A descriptor to be written.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) control: u32,
    pub(crate) length: u32,
    pub(crate) source: u64,
    pub(crate) destination: u64,
    pub(crate) next: u64,
}

impl Bench {
    /// A microsecond a descriptor, bytes in no time, registers in one nanosecond.
    pub(crate) fn new() -> Self {
        Self::with(XdmaCard::new().memory_size(64 << 10), Trigger::Edge)
    }

    pub(crate) fn with(card: XdmaCard, trigger: Trigger) -> Self {
        let costs = Costs { load: 1, store: 1, pause: 1, observe: 1 };
        let machine = Machine::builder().trigger(trigger).costs(costs).build();
        let device = machine.plug(card.delay(1_000).link(0));
        device.set_bus_mastering(true).unwrap();
        let registers = Registers::of(&device);
        let own = Registers(device.region(2).unwrap());
        let list = device.allocate(Request::bytes(8192).aligned(4096).contiguous()).unwrap();
        let list_at = list.run(0, 1).0.get();
        Self { device, registers, own, list, list_at }
    }

    pub(crate) fn lend(&self, length: usize) -> (Lent, u64) {
        let buffer = self.device.allocate(Request::bytes(length).contiguous()).unwrap();
        let iova = buffer.run(0, 1).0.get();
        (buffer, iova)
    }

    pub(crate) fn filled(&self, length: usize, seed: u8) -> (Lent, u64) {
        let (mut buffer, iova) = self.lend(length);
        for (byte, at) in buffer.bytes_mut().iter_mut().zip(0_usize..) {
            *byte = seed.wrapping_add(u8::try_from(at % 251).unwrap());
        }
        (buffer, iova)
    }

    /// Where descriptor number `slot` is.
    pub(crate) fn at(&self, slot: usize) -> u64 {
        self.list_at + slot as u64 * 32
    }

    pub(crate) fn write(&mut self, slot: usize, entry: Entry) {
        let Entry { control, length, source, destination, next } = entry;
        let bytes = &mut self.list.bytes_mut()[slot * 32..][..32];
        bytes[..4].copy_from_slice(&control.to_le_bytes());
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
        for (place, address) in
            bytes[8..].as_chunks_mut::<8>().0.iter_mut().zip([source, destination, next])
        {
            *place = address.to_le_bytes();
        }
    }

    /// One descriptor in slot 0 that ends its list.
    pub(crate) fn write_one(&mut self, source: u64, destination: u64, length: u32) {
        self.write(0, Entry { control: END, length, source, destination, next: 0 });
    }

    /// Starts a channel on the descriptors from `slot` on, with so many besides the first.
    pub(crate) fn start(&self, channel: usize, slot: usize, extra: u32, flags: u32) {
        self.registers.set(channel + CONTROL_CLEAR, RUN);
        self.set64(channel + LIST + 0x80, self.at(slot));
        self.registers.set(channel + LIST + 0x88, extra);
        self.registers.set(channel + CONTROL, RUN | flags);
    }

    /// Starts one descriptor and lets it end; gives the status.
    pub(crate) fn run_one(&mut self, channel: usize, source: u64, to: u64, length: u32) -> u32 {
        self.write_one(source, to, length);
        self.start(channel, 0, 0, NOTE);
        self.pass(1_100);
        self.registers.get(channel + STATUS_READ_CLEAR)
    }

    pub(crate) fn set64(&self, offset: usize, value: u64) {
        self.registers.set(offset, u32::try_from(value & 0xffff_ffff).unwrap());
        self.registers.set(offset + 4, u32::try_from(value >> 32).unwrap());
    }

    pub(crate) fn pass(&self, nanoseconds: u64) {
        self.device.machine().advance(nanoseconds);
    }

    pub(crate) fn card<T>(&self, act: impl FnOnce(&mut XdmaCard) -> T) -> T {
        self.device.with_card(act).unwrap()
    }
}

// Each channel that was built says who it is; the others say nothing.
#[test]
fn channels_say_who_they_are() {
    let bench = Bench::with(XdmaCard::new().channels(3, 1), Trigger::Edge);
    for (offset, identifier) in [
        (0x0000, 0x1fc0_0006),
        (0x0200, 0x1fc0_0206),
        (0x0300, 0),
        (0x1000, 0x1fc1_0006),
        (0x1100, 0),
        (0x2000, 0x1fc2_0006),
        (0x3000, 0x1fc3_0006),
        (0x4200, 0x1fc4_0206),
        (0x5000, 0x1fc5_0006),
        (0x5100, 0),
        (0x6000, 0x1fc6_0006),
    ] {
        assert_eq!(bench.registers.get(offset), identifier, "{offset:#x}");
    }
    assert_eq!(bench.registers.get(0x4c), 0x0001_0140);
    assert!(bench.device.region(1).is_err());
    assert_eq!(bench.device.complaints(), [""; 0]);
    // What is not there, and what is read-only, takes no store.
    bench.registers.set(0x304, 1);
    bench.registers.set(COMPLETED, 1);
    bench.registers.set64(0x80, 1);
    assert_eq!(bench.device.complaints().len(), 3);
}

// The card's own registers: memory, scratch, what is read-only.
#[test]
fn the_card_tells_of_itself() {
    let bench = Bench::new();
    assert_eq!((bench.own.get(0), bench.own.get(4)), (0x6e79_6461, 0x1_0000));
    assert_eq!((bench.own.get(8), bench.own.get(12)), (64 << 10, 0));
    bench.own.set(0x1c, 0x1234_5678);
    assert_eq!(bench.own.get(0x1c), 0x1234_5678);
    bench.own.set(0, 1);
    assert_eq!((bench.own.get(0), bench.device.complaints().len()), (0x6e79_6461, 1));
    // The rest of the region is empty.
    assert_eq!(bench.own.get(0x3_fffc), 0);
}
