//! Registers mapped into the address space of the processor.
//!
//! The one register space of all real roads: what differs between VFIO, UIO, a kernel module and
//! bare metal is only who made the mapping and what keeps it alive.
//!
//! # Examples
//!
//! Bare metal: the controller stands in the memory map for ever, so there is nothing to keep.
//!
//! ```no_run
//! use core::ptr::NonNull;
//! use dma_core::{DomainId, Mmio};
//!
//! let base = NonNull::new(core::ptr::with_exposed_provenance_mut(0x5011_0000)).unwrap();
//! // SAFETY: the DMA controller's registers are there, and it uses physical addresses.
//! let registers = unsafe { Mmio::new(base, 0x1000, DomainId::PHYSICAL, ()) };
//! # let _ = registers;
//! ```

use core::fmt;
use core::ptr::NonNull;

use crate::arch::{self, Word};
use crate::{Access, DomainId, Narrow, RegisterSpace};

/// Mapped registers. `K` keeps the mapping alive: `()` where it is for ever, a reference-counted
/// mapping on an operating system.
///
/// Each access is one plain load or store instruction of its width; 64 bits only where the
/// processor has them. Offsets that are known when compiled are part of the instruction as far
/// as it reaches.
pub struct Mmio<K = ()> {
    base: NonNull<u8>,
    size: usize,
    domain: DomainId,
    keep: K,
}

// SAFETY: the pointer is to device registers, not to Rust memory: any thread may access them, and
// each access is one of the bus. `keep` says for itself whether it may move.
unsafe impl<K: Send> Send for Mmio<K> {}
// SAFETY: as `Send`; `&Mmio` gives out nothing but accesses and `&K`.
unsafe impl<K: Sync> Sync for Mmio<K> {}

impl<K> Mmio<K> {
    /// Takes the `size` bytes of registers at `base`.
    ///
    /// # Safety
    ///
    /// 1. `base` is a multiple of 8.
    /// 2. The `size` bytes from there are one mapping of device registers, which does not wrap
    ///    and is at most `isize::MAX` long, and nothing in it is Rust memory that is also
    ///    accessed by other means.
    /// 3. That stays so for as long as `keep` or a clone of it lives.
    /// 4. The device masters the bus in `domain`.
    #[inline]
    pub const unsafe fn new(base: NonNull<u8>, size: usize, domain: DomainId, keep: K) -> Self {
        Self { base, size, domain, keep }
    }

    /// What keeps the mapping alive.
    #[inline]
    #[must_use]
    pub const fn keep(&self) -> &K {
        &self.keep
    }
}

// SAFETY: the fields never change; the barriers are those of the architecture, whose file says
// how they order.
unsafe impl<K> RegisterSpace for Mmio<K> {
    #[inline(always)]
    fn size(&self) -> usize {
        self.size
    }

    #[inline(always)]
    fn alignment(&self) -> usize {
        1 << self.base.addr().trailing_zeros()
    }

    #[inline(always)]
    fn domain(&self) -> DomainId {
        self.domain
    }

    #[inline(always)]
    fn release(&self) {
        // ORDER: descriptors and data are in memory, and recycled buffers were read, before the
        // device is told.
        arch::release();
    }

    #[inline(always)]
    fn acquire(&self) {
        // ORDER: the device's word that it has ended comes before what it has written.
        arch::acquire();
    }
}

impl<K: Clone> Narrow for Mmio<K> {
    #[inline]
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        if offset.checked_add(size)? > self.size {
            return None;
        }
        Some(Self {
            // SAFETY: `offset` is at most `size`, within one mapping, as `new` was promised.
            base: unsafe { self.base.add(offset) },
            size,
            domain: self.domain,
            keep: self.keep.clone(),
        })
    }
}

// SAFETY: each call is one instruction of this width: see the architecture's file. The
// place is valid by the promise to `new`, inside and aligned by that of the caller.
unsafe impl<K, T: Word> Access<T> for Mmio<K> {
    #[inline(always)]
    unsafe fn load(&self, offset: usize) -> T {
        // SAFETY: valid, inside and aligned, as said above.
        unsafe { T::load_item::<0, 1>(self.base.as_ptr(), offset) }
    }

    #[inline(always)]
    unsafe fn store(&self, offset: usize, value: T) {
        // SAFETY: valid, inside and aligned, as said above.
        unsafe { T::store_item::<0, 1>(self.base.as_ptr(), offset, value) }
    }

    #[inline(always)]
    unsafe fn load_at<const OFFSET: usize>(&self) -> T {
        if OFFSET > T::REACH {
            // SAFETY: the caller keeps the contract, which is the same.
            return unsafe { self.load(OFFSET) };
        }
        // SAFETY: valid, inside and aligned, as said above; the instruction reaches it.
        unsafe { T::load::<OFFSET>(self.base.as_ptr()) }
    }

    #[inline(always)]
    unsafe fn store_at<const OFFSET: usize>(&self, value: T) {
        if OFFSET > T::REACH {
            // SAFETY: the caller keeps the contract, which is the same.
            return unsafe { self.store(OFFSET, value) };
        }
        // SAFETY: valid, inside and aligned, as said above; the instruction reaches it.
        unsafe { T::store::<OFFSET>(self.base.as_ptr(), value) }
    }

    #[inline(always)]
    unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(&self, index: usize) -> T {
        // SAFETY: valid, inside and aligned, as said above.
        unsafe { T::load_item::<OFFSET, STRIDE>(self.base.as_ptr(), index) }
    }

    #[inline(always)]
    unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(&self, index: usize, value: T) {
        // SAFETY: valid, inside and aligned, as said above.
        unsafe { T::store_item::<OFFSET, STRIDE>(self.base.as_ptr(), index, value) }
    }
}

impl<K: Clone> Clone for Mmio<K> {
    fn clone(&self) -> Self {
        Self { keep: self.keep.clone(), ..*self }
    }
}

impl<K> fmt::Debug for Mmio<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mmio")
            .field("base", &self.base)
            .field("size", &self.size)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::cell::UnsafeCell;
    use std::rc::Rc;
    use std::vec::Vec;

    use super::*;
    use crate::arch::Widest;

    const SIZE: usize = 0x9000;

    /// Memory in the place of registers; only ever touched through [`Mmio`].
    type Bank = Rc<[UnsafeCell<u64>]>;

    fn bank() -> Mmio<Bank> {
        let bank: Bank = (0..SIZE / 8).map(|_| UnsafeCell::new(0)).collect();
        let base = NonNull::from(&*bank).cast();
        // SAFETY: aligned for `u64`, `SIZE` bytes, and kept alive by the counted pointer to it.
        unsafe { Mmio::new(base, SIZE, DomainId::PHYSICAL, bank) }
    }

    fn bytes(space: &Mmio<Bank>, offset: usize, length: usize) -> Vec<u8> {
        // SAFETY: a byte is always aligned; the tests stay inside.
        (offset..offset + length).map(|at| unsafe { Access::<u8>::load(space, at) }).collect()
    }

    macro_rules! each_way {
        ($word:ty, $value:expr) => {{
            let space = bank();
            let value: $word = $value;
            let width = size_of::<$word>();
            // SAFETY: all these offsets are multiples of 8 below `SIZE`, here and below.
            unsafe { space.store_at::<0x18>(value) };
            // SAFETY: as above.
            unsafe { space.store_at::<0x8ff8>(value) };
            // SAFETY: as above.
            unsafe { space.store(0x40, value) };
            // SAFETY: item 3 of a row of 8-byte strides.
            unsafe { space.store_item::<0x60, 8>(3, value) };
            // SAFETY: item 2 of a row whose stride is no power of two.
            unsafe { space.store_item::<0x100, 24>(2, value) };
            // SAFETY: item 1 of a row that begins beyond most immediates.
            unsafe { space.store_item::<0x8800, 16>(1, value) };
            for offset in [0x18, 0x8ff8, 0x40, 0x78, 0x130, 0x8810] {
                assert_eq!(bytes(&space, offset, width), value.to_le_bytes());
                assert_eq!(bytes(&space, offset - 8, 8), [0; 8], "the word before is untouched");
                // SAFETY: inside and aligned.
                assert_eq!(unsafe { Access::<$word>::load(&space, offset) }, value);
            }
            // SAFETY: as above.
            assert_eq!(unsafe { Access::<$word>::load_at::<0x18>(&space) }, value);
            // SAFETY: as above.
            assert_eq!(unsafe { Access::<$word>::load_at::<0x8ff8>(&space) }, value);
            // SAFETY: as above.
            assert_eq!(unsafe { Access::<$word>::load_item::<0x60, 8>(&space, 3) }, value);
            // SAFETY: as above.
            assert_eq!(unsafe { Access::<$word>::load_item::<0x100, 24>(&space, 2) }, value);
            // SAFETY: as above.
            assert_eq!(unsafe { Access::<$word>::load_item::<0x8800, 16>(&space, 1) }, value);
        }};
    }

    // Every width reaches the place it names by every way of naming it, near, far and in rows,
    // little-endian, and touches nothing beside it.
    #[test]
    fn every_way_of_naming_a_register_reaches_it() {
        each_way!(u8, 0xa5);
        each_way!(u16, 0xa55a);
        each_way!(u32, 0xa55a_1234);
        each_way!(Widest, Widest::MAX / 3 * 2);
    }

    // A part has its own base and size, states the alignment that its base really has, and keeps
    // the mapping alive; what is not all inside is refused.
    #[test]
    fn part_of_a_space_is_a_space_and_outlives_the_whole() {
        let space = bank();
        let part = space.narrow(0x28, 0x10).unwrap();
        assert_eq!(part.size(), 0x10);
        assert!(space.alignment() >= 8 && part.alignment() >= 8);
        assert_eq!(part.narrow(4, 4).unwrap().alignment(), 4);
        assert!(space.narrow(SIZE, 0).is_some());
        assert!(space.narrow(SIZE - 4, 8).is_none());
        assert!(space.narrow(usize::MAX, 2).is_none());
        assert!(part.narrow(8, 16).is_none(), "a part cannot grow");
        // SAFETY: inside and aligned.
        unsafe { part.store(4, 7_u32) };
        assert_eq!(bytes(&space, 0x2c, 4), [7, 0, 0, 0]);
        drop(space);
        assert_eq!(Rc::strong_count(part.keep()), 1);
        // SAFETY: inside and aligned.
        assert_eq!(unsafe { Access::<u32>::load_at::<4>(&part) }, 7);
    }
}
