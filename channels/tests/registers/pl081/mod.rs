//! PL081 register by register; here, what its tests share.

mod answers;
mod chain;
mod opening;
mod ring;
mod single;

use channels::pl081::{Pl081, Pl081Channel, Pl081Single};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{AddressMask, Buffer, Channel, DomainId, ErrorKind, Operation, Refused, Segment};

use crate::memory::{Place, TestRegion, another_domain, memory, placed, segment};
use crate::space::{Event, Space};

pub(crate) const TC_CLEAR: usize = 0x08;
pub(crate) const ERROR_CLEAR: usize = 0x10;
pub(crate) const RAW_ERROR: usize = 0x18;
pub(crate) const CONTROLLER: usize = 0x30;
pub(crate) const SOURCE: usize = 0x100;
pub(crate) const DESTINATION: usize = 0x104;
pub(crate) const NEXT: usize = 0x108;
pub(crate) const CONTROL: usize = 0x10c;
pub(crate) const CONFIGURATION: usize = 0x110;
/// From a register of channel 0 to that of channel 1.
pub(crate) const STRIDE: usize = 0x20;

pub(crate) const RING: u64 = 0x8000_0100;
pub(crate) const TARGET: u64 = 0x9000_0000;
pub(crate) const ENABLED: u64 = 1;
/// Interrupts are let through: what a started channel's configuration keeps.
pub(crate) const ARMED: u64 = 0xc000;
pub(crate) const RUNS: u64 = ARMED | ENABLED;
pub(crate) const ACTIVE: u64 = 1 << 17;
pub(crate) const HALT: u64 = 1 << 18;
pub(crate) const INTERRUPT: u64 = 1 << 31;
/// Both addresses go up, bursts of 4, privileged.
pub(crate) const COPY: u64 = 0x1c00_9000;
pub(crate) const WORDS: u64 = 0x48_0000;
pub(crate) const HALF_WORDS: u64 = 0x24_0000;

pub(crate) type Driver = Pl081Channel<Space, TestRegion>;

pub(crate) fn controller() -> Space {
    let space = Space::new(0x1000);
    for (at, id) in [0x81, 0x10, 0x04, 0x0a, 0x0d, 0xf0, 0x05, 0xb1].into_iter().enumerate() {
        space.recorder.set(0xfe0 + 4 * at, id);
    }
    space
}

pub(crate) fn open(space: Space) -> Result<Pl081<Space>, Refused<Space>> {
    // SAFETY: no device stands behind the registers.
    unsafe { Pl081::new(space) }
}

/// Channel 0 with a ring of `depth`, and its beginnings forgotten.
pub(crate) fn channel(space: &Space, depth: usize) -> Driver {
    let (part, _) = open(space.clone()).unwrap().split();
    let channel = part.open(memory(space, RING, depth * 16), memory(space, TARGET, 8192)).unwrap();
    space.recorder.take();
    channel
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

/// The four words of an item.
pub(crate) fn item(ring: &Buffer<TestRegion>, slot: usize) -> [u64; 4] {
    let word = |at: usize| {
        let bytes = ring.bytes()[slot * 16 + at * 4..][..4].try_into().unwrap();
        u64::from(u32::from_le_bytes(bytes))
    };
    [word(0), word(1), word(2), word(3)]
}

/// Ends the running chain, and gives the ring.
pub(crate) fn ring_of(space: &Space, mut channel: Driver) -> Buffer<TestRegion> {
    space.recorder.set(CONFIGURATION, ARMED);
    channel.poll().unwrap();
    channel.into_parts().unwrap().1
}
