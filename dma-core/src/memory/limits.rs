//! What a road offers, and what a caller asks for.
#![forbid(unsafe_code)]

use crate::AddressMask;

/// A range of addresses that the IOMMU, or the bus, lets devices use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IovaWindow {
    /// The first address.
    pub first: u64,
    /// The last address, inclusive.
    pub last: u64,
}

/// What holds for all memory of one lender.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct MemoryLimits<'a> {
    /// The usable device addresses, ascending and apart; empty means: not translated, memory has
    /// the addresses it has.
    pub windows: &'a [IovaWindow],
    /// The smallest unit of a mapping, in bytes: a page, or 1 where nothing is translated.
    pub granule: usize,
    /// The unit in which CPU and device share memory without disturbing neighbours, in bytes;
    /// 1 where caches do not matter.
    pub cache_line: usize,
    /// Whether the device sees what the CPU wrote without cache maintenance.
    pub coherent: bool,
}

/// What is asked for: so many bytes, so aligned, so low.
///
/// # Examples
///
/// ```
/// use dma_core::{AddressMask, Request};
/// let ring = Request::bytes(512).aligned(32).within(AddressMask::bits(32)).contiguous();
/// assert_eq!((ring.length, ring.alignment), (512, 32));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use]
pub struct Request {
    /// Length in bytes.
    pub length: usize,
    /// Alignment of the first byte, for the CPU and for the device; a power of two.
    pub alignment: usize,
    /// The highest device address that may be used.
    pub mask: AddressMask,
    /// Whether the device must see one run.
    pub contiguous: bool,
}

impl Request {
    /// So many bytes, without any other wish.
    #[inline]
    pub const fn bytes(length: usize) -> Self {
        Self { length, alignment: 1, mask: AddressMask::ALL, contiguous: false }
    }

    /// Aligned to `alignment` bytes. Anything but a power of two is refused by the lender.
    #[inline]
    pub const fn aligned(mut self, alignment: usize) -> Self {
        self.alignment = alignment;
        self
    }

    /// Within what a device can reach.
    #[inline]
    pub const fn within(mut self, mask: AddressMask) -> Self {
        self.mask = self.mask.and(mask);
        self
    }

    /// As one run of device addresses.
    #[inline]
    pub const fn contiguous(mut self) -> Self {
        self.contiguous = true;
        self
    }
}
