//! Descriptors, as the engine fetches them: in blocks, each pointing to the next.
#![forbid(unsafe_code)]

use register_map::Block as _;
use register_map::xdma::descriptor::{self as map, Descriptor as Layout};

use crate::card::{Bus, BusFault};

/// Bytes of one.
pub(super) const DESCRIPTOR: usize = Layout::SIZE;

const MAGIC: u32 = 0xad4b;
const STOP: u32 = 1 << 0;
const COMPLETED: u32 = 1 << 1;
/// A block does not cross a multiple of this.
const PAGE: u64 = 4096;
const LONGEST_BLOCK: usize = 64;

/// What a descriptor says: its bytes, as they were fetched. A field is read where it is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Descriptor<'a>(&'a [u8; DESCRIPTOR]);

impl Descriptor<'_> {
    #[inline]
    const fn word(self, at: usize) -> u32 {
        let bytes = self.0;
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
    }

    #[inline]
    const fn pair(self, (low, high): (usize, usize)) -> u64 {
        self.word(low) as u64 | (self.word(high) as u64) << 32
    }

    #[inline]
    const fn control(self) -> u32 {
        self.word(map::CONTROL.offset())
    }

    pub(super) const fn length(self) -> u32 {
        self.word(map::LENGTH.offset()) & 0x0fff_ffff
    }

    pub(super) const fn source(self) -> u64 {
        self.pair(map::SOURCE.offsets())
    }

    pub(super) const fn destination(self) -> u64 {
        self.pair(map::DESTINATION.offsets())
    }

    const fn next(self) -> u64 {
        self.pair(map::NEXT.offsets())
    }

    pub(super) const fn has_magic(self) -> bool {
        self.control() >> 16 == MAGIC
    }

    /// Whether its completion is to be told.
    pub(super) const fn tells(self) -> bool {
        self.control() & COMPLETED != 0
    }

    pub(super) const fn stops(self) -> bool {
        self.control() & STOP != 0
    }

    /// How many more follow the one that it points to.
    const fn adjacent(self) -> u32 {
        self.control() >> 8 & 0x3f
    }
}

/// A block of descriptors side by side, and which of them is current.
#[derive(Debug)]
pub(super) struct Block {
    /// As it was fetched.
    bytes: Box<[[u8; DESCRIPTOR]; LONGEST_BLOCK]>,
    /// Where it is.
    address: u64,
    count: usize,
    index: usize,
}

impl Block {
    pub(super) fn new() -> Self {
        let bytes = Box::new([[0xff; DESCRIPTOR]; LONGEST_BLOCK]);
        Self { bytes, address: 0, count: 0, index: 0 }
    }

    /// The next block is at `address`, with so many descriptors besides its first.
    pub(super) fn point(&mut self, address: u64, extra: u32) {
        self.address = address;
        self.count = extra as usize + 1;
        self.index = 0;
    }

    /// How many descriptors it has.
    #[inline]
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.count).unwrap_or(u32::MAX)
    }

    /// Why a block cannot be there.
    pub(super) fn misplaced(&self) -> Option<String> {
        let (address, bytes) = (self.address, (self.count * DESCRIPTOR) as u64);
        if !address.is_multiple_of(DESCRIPTOR as u64) {
            Some(format!("descriptor at {address:#x}, not aligned to its size"))
        } else if address % PAGE + bytes > PAGE {
            Some(format!("{} adjacent descriptors at {address:#x} cross a page", self.count))
        } else {
            None
        }
    }

    /// Fetches it.
    pub(super) fn fetch(&mut self, bus: &mut dyn Bus) -> Result<(), BusFault> {
        // What is left out of it is all ones, and no address of an earlier block.
        if self.count == 1 {
            // Of a known length, which needs no call to be filled.
            let bytes = &mut self.bytes[0];
            *bytes = [0xff; DESCRIPTOR];
            return bus.read(self.address, bytes);
        }
        let bytes = self.bytes[..self.count].as_flattened_mut();
        bytes.fill(0xff);
        bus.read(self.address, bytes)
    }

    /// What is wrong with how the descriptors of the block tell of one another.
    pub(super) fn inconsistent(&self) -> Option<String> {
        for index in 0..self.count - 1 {
            let descriptor = self.at(index);
            let next = self.address + ((index + 1) * DESCRIPTOR) as u64;
            let left = self.count - index - 2;
            if !descriptor.has_magic() {
                return None;
            }
            let number = |what| format!("descriptor {index} of {}: {what}", self.count);
            if descriptor.stops() {
                return Some(number("stop bit before the end of its block"));
            }
            if descriptor.next() != next {
                return Some(number("does not point to the one beside it"));
            }
            if descriptor.adjacent() as usize != left {
                return Some(number("miscounts those that follow"));
            }
        }
        None
    }

    #[inline]
    pub(super) const fn current(&self) -> Descriptor<'_> {
        self.at(self.index)
    }

    /// Whether the current descriptor is its first.
    #[inline]
    pub(super) const fn is_at_first(&self) -> bool {
        self.index == 0
    }

    /// Goes on to the next descriptor. `false`: it must be fetched first.
    pub(super) fn advance(&mut self) -> bool {
        self.index += 1;
        if self.index < self.count {
            return true;
        }
        let last = self.at(self.index - 1);
        let (next, extra) = (last.next(), last.adjacent());
        self.point(next, extra);
        false
    }

    const fn at(&self, index: usize) -> Descriptor<'_> {
        Descriptor(&self.bytes[index])
    }
}
