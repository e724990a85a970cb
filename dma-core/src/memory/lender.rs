//! Who lends memory: two traits, since not every road can map.

use core::ptr::NonNull;

use super::{Buffer, MemoryLimits, Region, Request};
use crate::{AddressMask, Directions, Error};

/// Lends memory that a device reaches.
pub trait Allocate {
    /// The mappings it makes.
    type Region: Region;
    /// What can go wrong; on an operating system richer than the core's [`Error`].
    type Error: core::error::Error + Into<Error> + 'static;

    /// What holds for all of its memory.
    fn limits(&self) -> MemoryLimits<'_>;

    /// Lends zeroed memory for both directions.
    ///
    /// The length is exactly what was asked; what lies beyond it up to the next granule belongs
    /// to the same lending, so no neighbour is exposed to the device.
    ///
    /// # Errors
    ///
    /// By their [`ErrorKind`](crate::ErrorKind): `Empty`, `TooLong`, `Misaligned` (not a power of
    /// two, or more than the lender can align to), `NoMemory`, `OutOfReach` (no window below the
    /// mask), `Scattered` (contiguous was asked, and is not to be had), `Os`.
    fn allocate(&self, request: Request) -> Result<Buffer<Self::Region>, Self::Error>;
}

/// Maps memory that the caller already has.
pub trait Map: Allocate {
    /// Makes `memory` reachable for the device. Use the constructors of
    /// [`Mapped`](crate::Mapped) instead.
    ///
    /// # Errors
    ///
    /// By their [`ErrorKind`](crate::ErrorKind): `Empty`, `NotWholePages`, `NoMemory`,
    /// `OutOfReach`, `Os`.
    ///
    /// # Safety
    ///
    /// 1. `memory` is valid for reads, and for writes if `permits` has `FROM_DEVICE`.
    /// 2. It stays so, in place, until the last clone of the region is gone or unmapped.
    /// 3. Until then, it is only touched between a `sync` to the CPU and one to the device.
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<Self::Region, Self::Error>;
}

impl<L: Allocate + ?Sized> Allocate for &L {
    type Region = L::Region;
    type Error = L::Error;

    fn limits(&self) -> MemoryLimits<'_> {
        (**self).limits()
    }

    fn allocate(&self, request: Request) -> Result<Buffer<Self::Region>, Self::Error> {
        (**self).allocate(request)
    }
}

impl<L: Map + ?Sized> Map for &L {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<Self::Region, Self::Error> {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { (**self).map(memory, permits, mask) }
    }
}
