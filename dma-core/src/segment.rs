//! Cutting a job into what a channel can carry, without an allocation.
//!
//! A job is one buffer; a segment is one entry of the channel: contiguous for the device, no
//! longer than the channel's limit, within one boundary, and within the card's memory.
#![forbid(unsafe_code)]

use crate::{AddressMask, DeviceAddress, Direction, Directions, Iova, Request};

/// A range of the card's own memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DeviceWindow {
    /// Where it begins.
    pub start: DeviceAddress,
    /// How many bytes it has.
    pub length: u64,
}

impl DeviceWindow {
    /// All 64 bits: cards that check by themselves, or have no addresses (streams).
    pub const ALL: Self = Self { start: DeviceAddress::new(0), length: u64::MAX };

    /// Bytes from `address` to the end of the window; `None` if it lies outside.
    #[inline]
    #[must_use]
    pub const fn left(&self, address: DeviceAddress) -> Option<u64> {
        match address.get().checked_sub(self.start.get()) {
            Some(at) if at < self.length => Some(self.length - at),
            _ => None,
        }
    }

    /// `address` moved on by `bytes`, at most to the end of the window, where it goes on from the
    /// start.
    #[inline]
    #[must_use]
    pub const fn lap(&self, address: DeviceAddress, bytes: usize) -> DeviceAddress {
        let at = address.get().wrapping_sub(self.start.get()).wrapping_add(bytes as u64);
        let at = if at < self.length { at } else { at - self.length };
        DeviceAddress::new(self.start.get().wrapping_add(at))
    }
}

/// What a channel can carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Limits {
    /// The highest device address of host memory that it can use.
    pub mask: AddressMask,
    /// The longest segment in bytes; at least 1.
    pub max_segment: usize,
    /// What a segment's two addresses, and every segment's length but a job's last, are a multiple
    /// of, in bytes; a power of two. 1 means any.
    pub alignment: usize,
    /// A segment does not cross a multiple of this many bytes; a power of two, 0 means any.
    pub boundary: u64,
    /// The card's own memory, aligned as above. A job that is longer goes round it, as with a FIFO
    /// or a ring.
    pub device_window: DeviceWindow,
    /// Which ways it can go.
    pub directions: Directions,
    /// How many segments it holds; [`Channel::room`](crate::Channel::room) of an idle channel.
    pub depth: usize,
}

impl Limits {
    /// A request for `length` bytes of memory that this channel can use.
    #[inline]
    pub const fn request(&self, length: usize) -> Request {
        Request::bytes(length).aligned(self.alignment).within(self.mask)
    }
}

/// One entry of a channel: what the device does in one go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Segment {
    /// Where host memory is, for the device.
    pub host: Iova,
    /// Where the card's memory is.
    pub device: DeviceAddress,
    /// Length in bytes; at least 1.
    pub length: usize,
    /// Which way.
    pub direction: Direction,
    /// Whether it ends a job: a good place for an interrupt.
    pub last: bool,
}
