//! Register spaces: something with registers at offsets, on a bus or simulated.
//!
//! A driver is generic over [`Access`] and never knows whether a store leaves the processor
//! (`Mmio`), reaches a card model (the mock), or lands in memory that it shares with the device
//! ([`Shared`](crate::Shared)). Offsets are in bytes from the start of the space.
//!
//! For driver authors: use the typed registers of the `register-map` crate, which check offsets
//! at compile time, and do not call [`Access`] by hand.
//!
//! For backend authors: implement [`RegisterSpace`], [`Access`] for each width that the bus
//! carries in one access, and [`Narrow`].

use crate::DomainId;

/// A range of registers that belongs to one device.
///
/// # Implementation safety
///
/// `size`, `alignment` and `domain` never change. `release` and `acquire` order as their text says.
pub unsafe trait RegisterSpace {
    /// Length in bytes.
    fn size(&self) -> usize;

    /// What the address of its first byte is a multiple of, in bytes; a power of two.
    fn alignment(&self) -> usize;

    /// The address space in which this device masters the bus.
    fn domain(&self) -> DomainId;

    /// Orders every earlier access to memory, loads included, before every later store to this
    /// space. Called before a doorbell.
    ///
    /// Loads count: a buffer that was read and is now recycled must have been read before the
    /// device is told that it may write there.
    fn release(&self);

    /// Orders every earlier load from this space before every later access to memory. Called
    /// after a load that said "done", before the data is looked at.
    fn acquire(&self);
}

/// Loads and stores of one width, each exactly one access of the bus.
///
/// # Implementation safety
///
/// Each call makes exactly one access of `size_of::<T>()` bytes: none is split, merged, repeated
/// or left out. A value in a register is little-endian on the bus and native in `T`.
pub unsafe trait Access<T>: RegisterSpace {
    /// Loads from `offset`.
    ///
    /// # Safety
    ///
    /// `self.alignment()` and `offset` are multiples of `size_of::<T>()`, and
    /// `offset + size_of::<T>() <= self.size()`.
    /// If the load has side effects on the device, the caller answers for them.
    unsafe fn load(&self, offset: usize) -> T;

    /// Stores to `offset`.
    ///
    /// # Safety
    ///
    /// `self.alignment()` and `offset` are multiples of `size_of::<T>()`, and
    /// `offset + size_of::<T>() <= self.size()`.
    /// If the store makes the device master the bus, every address that it will use is a live
    /// mapping of [`RegisterSpace::domain`] that nobody else owns.
    unsafe fn store(&self, offset: usize, value: T);

    /// Loads from an offset known at compile time: one instruction with an immediate offset
    /// where the architecture has it.
    ///
    /// # Safety
    ///
    /// As [`Access::load`].
    #[inline(always)]
    unsafe fn load_at<const OFFSET: usize>(&self) -> T
    where
        Self: Sized,
    {
        // SAFETY: the caller keeps the contract of `load` for OFFSET.
        unsafe { self.load(OFFSET) }
    }

    /// Stores to an offset known at compile time.
    ///
    /// # Safety
    ///
    /// As [`Access::store`].
    #[inline(always)]
    unsafe fn store_at<const OFFSET: usize>(&self, value: T)
    where
        Self: Sized,
    {
        // SAFETY: the caller keeps the contract of `store` for OFFSET.
        unsafe { self.store(OFFSET, value) }
    }

    /// Loads item `index` of a row that begins at `OFFSET` and has one every `STRIDE` bytes.
    ///
    /// # Safety
    ///
    /// As [`Access::load`] for `OFFSET + STRIDE * index`.
    #[inline(always)]
    unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(&self, index: usize) -> T
    where
        Self: Sized,
    {
        // SAFETY: the caller keeps the contract of `load` for this offset.
        unsafe { self.load(OFFSET + STRIDE * index) }
    }

    /// Stores item `index` of a row that begins at `OFFSET` and has one every `STRIDE` bytes.
    ///
    /// # Safety
    ///
    /// As [`Access::store`] for `OFFSET + STRIDE * index`.
    #[inline(always)]
    unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(&self, index: usize, value: T)
    where
        Self: Sized,
    {
        // SAFETY: the caller keeps the contract of `store` for this offset.
        unsafe { self.store(OFFSET + STRIDE * index, value) }
    }
}

/// A space that can be cut down to a part of itself.
///
/// Clusters of registers and single channels of a controller live in such parts, with the part's
/// start as their own base, so that offsets stay small enough for immediates.
pub trait Narrow: RegisterSpace + Sized {
    /// The `size` bytes at `offset`, or `None` if they are not all inside.
    #[must_use]
    fn narrow(&self, offset: usize, size: usize) -> Option<Self>;
}

// SAFETY: everything is forwarded to the space that was borrowed.
unsafe impl<S: RegisterSpace + ?Sized> RegisterSpace for &S {
    #[inline(always)]
    fn size(&self) -> usize {
        (**self).size()
    }

    #[inline(always)]
    fn alignment(&self) -> usize {
        (**self).alignment()
    }

    #[inline(always)]
    fn domain(&self) -> DomainId {
        (**self).domain()
    }

    #[inline(always)]
    fn release(&self) {
        (**self).release();
    }

    #[inline(always)]
    fn acquire(&self) {
        (**self).acquire();
    }
}

// SAFETY: each call is exactly one call of the space that was borrowed.
unsafe impl<T, S: Access<T> + ?Sized> Access<T> for &S {
    #[inline(always)]
    unsafe fn load(&self, offset: usize) -> T {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { (**self).load(offset) }
    }

    #[inline(always)]
    unsafe fn store(&self, offset: usize, value: T) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { (**self).store(offset, value) }
    }
}
