//! XDMA register by register; here, what its tests share.

mod card;
mod counts;
mod credits;
mod endings;
mod lists;
mod opening;
mod walk;

use channels::xdma::{Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{Channel, DeviceAddress, DeviceWindow, ErrorKind, Operation, Refused, Segment};

use crate::memory::{Place, TestRegion, another_domain, memory, placed, segment, word};
use crate::space::{Event, Space};

/// Registers of channel 0 to the card.
pub(crate) const IDENTIFIER: usize = 0x00;
pub(crate) const CONTROL: usize = 0x04;
pub(crate) const CONTROL_CLEAR: usize = 0x0c;
pub(crate) const STATUS: usize = 0x40;
pub(crate) const STATUS_READ_CLEAR: usize = 0x44;
pub(crate) const COMPLETED: usize = 0x48;
pub(crate) const ALIGNMENTS: usize = 0x4c;
pub(crate) const WORD_LOW: usize = 0x88;
pub(crate) const WORD_HIGH: usize = 0x8c;
pub(crate) const INTERRUPT_ENABLE: usize = 0x90;
pub(crate) const DESCRIPTOR_LOW: usize = 0x4080;
pub(crate) const DESCRIPTOR_HIGH: usize = 0x4084;
pub(crate) const ADJACENT: usize = 0x4088;
pub(crate) const CREDITS: usize = 0x408c;
/// Registers that all channels share.
pub(crate) const CHANNEL_ENABLE_SET: usize = 0x2014;
pub(crate) const CHANNEL_ENABLE_CLEAR: usize = 0x2018;
pub(crate) const CHANNEL_VECTORS: usize = 0x20a0;
pub(crate) const PACKETS: usize = 0x301c;
pub(crate) const CREDIT_MODE_SET: usize = 0x6024;
pub(crate) const CREDIT_MODE_CLEAR: usize = 0x6028;

pub(crate) const BUSY: u64 = 1;
pub(crate) const DONE: u64 = 1 << 2;
pub(crate) const RUN: u64 = 1;
/// Everything that the driver wants noted.
pub(crate) const NOTED: u64 = 0x00ff_fe3c;
pub(crate) const POLL_MODE: u64 = 1 << 26;

/// Bits of a descriptor's control word.
pub(crate) const MAGIC: u32 = 0xad4b_0000;
pub(crate) const STOP: u32 = 1 << 0;
pub(crate) const TOLD: u32 = 1 << 1;
pub(crate) const PACKET: u32 = 1 << 4;

pub(crate) const RING: u64 = 0x12_3456_7000;
pub(crate) const CARD: DeviceWindow =
    DeviceWindow { start: DeviceAddress::new(0), length: 0x10_0000 };

pub(crate) type Driver = XdmaChannel<Space, TestRegion>;

/// A subsystem with channel 0 each way.
pub(crate) fn subsystem() -> Space {
    let space = Space::new(0x1_0000);
    for block in [0, 1, 2, 3, 4, 5, 6] {
        space.recorder.set(block << 12, 0x1fc0_0006 | (block as u64) << 16);
    }
    for channel in [0, 0x1000] {
        space.recorder.set(channel + ALIGNMENTS, 0x01_0140);
    }
    space
}

/// Takes over the subsystem.
pub(crate) fn open(space: Space, vectors: Vectors) -> Result<Xdma<Space>, Refused<Space>> {
    // SAFETY: no device stands behind the registers.
    unsafe { Xdma::new(space, vectors) }
}

/// Channel 0 to the card.
pub(crate) fn part(space: &Space) -> XdmaPart<Space> {
    let [part, ..] = open(space.clone(), Vectors::Shared(0)).unwrap().split().to_card;
    part.unwrap()
}

/// Channel 0 to the card with a ring of `depth`, and its beginnings forgotten.
pub(crate) fn channel(space: &Space, depth: usize) -> Driver {
    let ring = memory(space, RING, depth * 32);
    let channel = part(space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap();
    space.recorder.take();
    channel
}

/// As [`channel`] with four descriptors and a write-back word, which is at byte 128 of the region.
pub(crate) fn with_word(space: &Space, setup: Setup) -> (Driver, TestRegion) {
    let ring = memory(space, RING, 256);
    let region = ring.region().clone();
    let channel = part(space).open(ring, WriteBack::InRing, setup).unwrap();
    space.recorder.take();
    (channel, region)
}

pub(crate) fn push(channel: &mut impl Channel, segment: Segment) {
    assert!(channel.room() > 0);
    // SAFETY: no device stands behind the registers.
    unsafe { channel.push(segment) };
}

/// Pushes `count` segments of 4 bytes, of which only the last ends a job.
pub(crate) fn push_many(channel: &mut Driver, count: u64) {
    for at in 0..count {
        let last = at + 1 == count;
        push(channel, Segment { last, ..segment(ToDevice, 0x1000 + at * 4, at * 4, 4) });
    }
}

/// The eight words of a descriptor.
pub(crate) fn descriptor(ring: &TestRegion, slot: usize) -> [u32; 8] {
    std::array::from_fn(|at| word(ring, slot * 32 + at * 4))
}

/// Lets the hardware be done with `count` descriptors, and idle.
pub(crate) fn done(space: &Space, count: u64) {
    space.recorder.set(STATUS, 0);
    space.recorder.set(STATUS_READ_CLEAR, DONE);
    space.recorder.set(COMPLETED, count);
}
