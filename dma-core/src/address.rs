//! Three kinds of address that never turn into one another.
//!
//! A device behind an IOMMU sees numbers of its own address space. Handing it a CPU pointer or a
//! physical address is the classic mistake, and it works by luck until an IOMMU stands in
//! between. So an address that a device may be given has a type, and only a mapping makes one:
//!
//! * [`Iova`]: host memory as the device sees it, made by backends from a live mapping;
//! * [`DeviceAddress`]: the card's own memory, a plain number of the card's data sheet;
//! * CPU pointers: no address register takes one.
//!
//! # Examples
//!
//! ```
//! use dma_core::{AddressMask, DeviceAddress};
//! let edu_memory = DeviceAddress::new(0x4_0000);
//! assert_eq!(edu_memory.get(), 0x4_0000);
//! assert_eq!(AddressMask::bits(28).highest(), 0x0fff_ffff);
//! ```

use core::fmt;
use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::Relaxed;

/// An I/O virtual address: what a device puts on the bus to reach host memory.
///
/// It has no lifetime, because the device keeps the number after any borrow ends. What keeps it
/// valid is the [`Region`](crate::Region) it came from, and the engine keeps that alive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Iova(u64);

impl Iova {
    /// Makes an address out of what a mapping returned. For backends.
    ///
    /// # Safety
    ///
    /// `value` was given out, for the domain it will be used in, by a mapping that lives at least
    /// as long as the device may use the number.
    #[inline]
    #[must_use]
    pub const unsafe fn new(value: u64) -> Self {
        Self(value)
    }

    /// The number, for printing and for arithmetic of backends.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The address `bytes` further on. Wraps; the caller stays within one run of a region.
    #[inline]
    #[must_use]
    pub const fn offset(self, bytes: usize) -> Self {
        Self(self.0.wrapping_add(bytes as u64))
    }

    /// The same address for a device with 32 address lines; `None` if it lies above them.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "what is cut off is compared")]
    pub const fn low(self) -> Option<LowIova> {
        let low = self.0 as u32;
        if low as u64 == self.0 { Some(LowIova(low)) } else { None }
    }
}

/// An [`Iova`] below 4 GiB, for devices that drive 32 address lines: narrow arithmetic where that
/// is all that a processor has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
pub struct LowIova(u32);

impl LowIova {
    /// The same address.
    #[inline]
    #[must_use]
    pub const fn iova(self) -> Iova {
        Iova(self.0 as u64)
    }

    /// The number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The address `bytes` further on. Wraps; the caller stays within one run of a region.
    #[inline]
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "wraps, as it says")]
    pub const fn offset(self, bytes: usize) -> Self {
        Self(self.0.wrapping_add(bytes as u32))
    }
}

impl fmt::Debug for Iova {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iova({:#x})", self.0)
    }
}

impl fmt::Display for Iova {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Iova {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Iova({=u64:#x})", self.0);
    }
}

/// An address in the card's own memory, as its data sheet counts.
///
/// It is no secret and no capability: an engine checks it against the window that the channel
/// states ([`Limits::device_window`](crate::Limits)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
pub struct DeviceAddress(u64);

impl DeviceAddress {
    /// The address with this number.
    #[inline]
    #[must_use]
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// The number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The address `bytes` further on. Wraps.
    #[inline]
    #[must_use]
    pub const fn offset(self, bytes: usize) -> Self {
        Self(self.0.wrapping_add(bytes as u64))
    }
}

impl fmt::Debug for DeviceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceAddress({:#x})", self.0)
    }
}

impl fmt::Display for DeviceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Iova {}
    impl Sealed for super::LowIova {}
    impl Sealed for super::DeviceAddress {}
}

/// What a steering register may be given: an [`Iova`] or a [`DeviceAddress`].
///
/// On many engines the same register holds either, depending on the direction, so the register
/// cannot name one of them. The trait is sealed: integers and pointers stay out.
pub trait BusValue: Copy + sealed::Sealed {
    /// The number that goes into the register.
    fn bus_value(self) -> u64;
}

impl BusValue for Iova {
    #[inline(always)]
    fn bus_value(self) -> u64 {
        self.0
    }
}

impl BusValue for LowIova {
    #[inline(always)]
    fn bus_value(self) -> u64 {
        self.0.into()
    }
}

impl BusValue for DeviceAddress {
    #[inline(always)]
    fn bus_value(self) -> u64 {
        self.0
    }
}

/// The name of an address space: a VFIO container, an IOAS, a kernel DMA domain, "physical".
///
/// Register spaces, buffers and channels carry it, and the engine compares: per-device allocators
/// hand out the same numbers, so without the comparison one device's buffer could be written by
/// another device, from safe code. Two devices in one domain share buffers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DomainId(u32);

impl DomainId {
    /// The physical address space: no translation between device and memory.
    pub const PHYSICAL: Self = Self(0);

    /// Names a new address space, as nothing else is named in this process. For backends; the one
    /// source of names, so that those of different roads are different.
    ///
    /// There are 2<sup>32</sup> - 1 of them. Whoever asks for one more waits for ever, since to
    /// give one out twice would let a device write into another's memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use dma_core::DomainId;
    /// let (one, other) = (DomainId::unique(), DomainId::unique());
    /// assert!(one != other && one != DomainId::PHYSICAL);
    /// ```
    #[must_use]
    pub fn unique() -> Self {
        static GIVEN: AtomicU32 = AtomicU32::new(DomainId::PHYSICAL.0);
        loop {
            let next = GIVEN.fetch_update(Relaxed, Relaxed, |given| given.checked_add(1));
            match next {
                Ok(given) => return Self(given + 1),
                Err(_) => core::hint::spin_loop(),
            }
        }
    }

    /// The address space of this name, which [`DomainId::unique`] gave out before, or which is
    /// never used together with one of those.
    ///
    /// # Safety
    ///
    /// The number is unique in the process among address spaces that differ: an [`Iova`] of one
    /// carrier of this id means the same memory to every other carrier.
    #[inline]
    #[must_use]
    pub const unsafe fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number, for printing.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// The highest address that a device can put on the bus: its DMA mask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AddressMask(u64);

impl AddressMask {
    /// All 64 bits.
    pub const ALL: Self = Self(u64::MAX);

    /// The mask of a device that decodes `bits` address bits; 64 and more mean all of them.
    #[inline]
    #[must_use]
    pub const fn bits(bits: u32) -> Self {
        if bits >= 64 { Self::ALL } else { Self((1 << bits) - 1) }
    }

    /// The highest address, inclusive.
    #[inline]
    #[must_use]
    pub const fn highest(self) -> u64 {
        self.0
    }

    /// The narrower of two masks.
    #[inline]
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        if self.0 < other.0 { self } else { other }
    }

    /// Whether the whole run of `length` bytes at `iova` can be reached. An empty run can.
    #[inline]
    #[must_use]
    pub const fn reaches(self, iova: Iova, length: usize) -> bool {
        // Turned round so that nothing overflows: a run that wraps does not fit below any mask.
        match (length as u64).checked_sub(1) {
            None => true,
            Some(behind) => behind <= self.0 && iova.0 <= self.0 - behind,
        }
    }
}

/// Which way the bytes go, as the device sees it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Direction {
    /// The device reads host memory.
    ToDevice,
    /// The device writes host memory.
    FromDevice,
}

impl Direction {
    /// The set with this one direction.
    #[inline]
    #[must_use]
    pub const fn set(self) -> Directions {
        match self {
            Self::ToDevice => Directions::TO_DEVICE,
            Self::FromDevice => Directions::FROM_DEVICE,
        }
    }
}

bitflags::bitflags! {
    /// A set of directions: what a mapping permits, what a channel can do.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct Directions: u8 {
        /// The device may read host memory.
        const TO_DEVICE = 1 << 0;
        /// The device may write host memory.
        const FROM_DEVICE = 1 << 1;
        /// Both.
        const BOTH = Self::TO_DEVICE.bits() | Self::FROM_DEVICE.bits();
    }
}

impl From<Direction> for Directions {
    #[inline]
    fn from(direction: Direction) -> Self {
        direction.set()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Directions {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Directions({=u8:#b})", self.bits());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A mask is inclusive, and a run that wraps past 2^64 is never reachable.
    #[test]
    fn mask_reaches_up_to_its_last_byte() {
        // SAFETY: these numbers are only compared, no device gets them.
        let at = |value| unsafe { Iova::new(value) };
        let mask = AddressMask::bits(28);
        assert!(mask.reaches(at(0x0fff_f000), 0x1000));
        assert!(!mask.reaches(at(0x0fff_f000), 0x1001));
        assert!(mask.reaches(at(0x1000_0000), 0));
        assert!(!AddressMask::ALL.reaches(at(u64::MAX), 2));
        assert!(AddressMask::ALL.reaches(at(u64::MAX), 1));
        assert_eq!(AddressMask::bits(64), AddressMask::ALL);
        assert_eq!(AddressMask::bits(28).and(AddressMask::bits(32)), AddressMask::bits(28));
    }
}
