//! A register space whose answers can be forged: what does a driver do then?
//!
//! A card that vanishes answers with all ones; a flaky bus loses a store; a broken card never
//! sets its "done" bit. A [`Plan`] makes these happen at will, in front of a simulated card.

use core::cell::Cell;

use super::Word;
use crate::{Access, DomainId, Narrow, RegisterSpace};

/// What goes wrong. Offsets are those of the space that was wrapped, however it was narrowed.
pub trait Plan {
    /// What a load of `width` bytes gives, of which the device said `value`. Surplus bits are cut.
    fn load(&self, offset: usize, width: usize, value: u64) -> u64 {
        let _ = (offset, width);
        value
    }

    /// What is stored instead of `value`; `None` if the store is lost.
    fn store(&self, offset: usize, width: usize, value: u64) -> Option<u64> {
        let _ = (offset, width);
        Some(value)
    }
}

impl<P: Plan + ?Sized> Plan for &P {
    fn load(&self, offset: usize, width: usize, value: u64) -> u64 {
        (**self).load(offset, width, value)
    }

    fn store(&self, offset: usize, width: usize, value: u64) -> Option<u64> {
        (**self).store(offset, width, value)
    }
}

/// The card vanishes after so many accesses: loads give all ones, stores are lost.
#[derive(Debug)]
pub struct VanishAfter {
    left: Cell<u32>,
}

impl VanishAfter {
    /// So many accesses go well.
    #[must_use]
    pub const fn new(accesses: u32) -> Self {
        Self { left: Cell::new(accesses) }
    }

    /// Whether the card is still there for this access.
    fn is_there(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

impl Plan for VanishAfter {
    fn load(&self, _: usize, _: usize, value: u64) -> u64 {
        if self.is_there() { value } else { u64::MAX }
    }

    fn store(&self, _: usize, _: usize, value: u64) -> Option<u64> {
        self.is_there().then_some(value)
    }
}

/// A register space with a [`Plan`] in between.
///
/// # Examples
///
/// ```
/// # use core::ptr::NonNull;
/// # use dma_core::{Access, Buffer, Direction, DomainId, Error, Iova, Region, Shared, To};
/// # #[derive(Clone)]
/// # struct Ring(NonNull<[u8]>);
/// # unsafe impl Region for Ring {
/// #     fn domain(&self) -> DomainId { DomainId::PHYSICAL }
/// #     fn cpu(&self) -> NonNull<[u8]> { self.0 }
/// #     fn run(&self, at: usize, max: usize) -> (Iova, usize) { (unsafe { Iova::new(0) }, max) }
/// #     unsafe fn sync(&self, _: core::ops::Range<usize>, _: To, _: Direction) {}
/// #     fn unmap(self) -> Result<(), Error> { Ok(()) }
/// # }
/// # let words = Box::leak(Box::new([0_u64; 8]));
/// # let region = Ring(NonNull::slice_from_raw_parts(NonNull::from(words).cast(), 64));
/// # let ring = Shared::new(unsafe { Buffer::new(region) }).unwrap();
/// # let space = ring.view();
/// use dma_core::{Faulty, VanishAfter};
///
/// let plan = VanishAfter::new(1);
/// // SAFETY: `space` is plain memory, no device is behind it.
/// let space = unsafe { Faulty::new(space, &plan) };
/// // SAFETY: aligned and inside.
/// assert_eq!(unsafe { Access::<u32>::load(&space, 0) }, 0);
/// // SAFETY: aligned and inside.
/// assert_eq!(unsafe { Access::<u32>::load(&space, 0) }, u32::MAX);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Faulty<S, P> {
    space: S,
    plan: P,
    /// Where `space` begins, counted from the one that was wrapped first.
    base: usize,
}

impl<S, P: Plan> Faulty<S, P> {
    /// Wraps a space.
    ///
    /// # Safety
    ///
    /// A driver believes its registers: a forged "done" gives memory back that the device still
    /// uses, and a lost store leaves an old address in place. So either no real device is behind
    /// the space (a simulated one checks every access), or nothing that the plan does can make
    /// the device touch memory that the driver takes for free.
    pub const unsafe fn new(space: S, plan: P) -> Self {
        Self { space, plan, base: 0 }
    }

    /// The space that was wrapped.
    pub fn into_inner(self) -> S {
        self.space
    }
}

// SAFETY: everything is the wrapped space's own answer.
unsafe impl<S: RegisterSpace, P: Plan> RegisterSpace for Faulty<S, P> {
    #[inline]
    fn size(&self) -> usize {
        self.space.size()
    }

    #[inline]
    fn alignment(&self) -> usize {
        self.space.alignment()
    }

    #[inline]
    fn domain(&self) -> DomainId {
        self.space.domain()
    }

    #[inline]
    fn release(&self) {
        self.space.release();
    }

    #[inline]
    fn acquire(&self) {
        self.space.acquire();
    }
}

// SAFETY: a load makes exactly one load of the wrapped space. A store makes one or, as if the bus
// had lost it, none: who called `new` answers for that.
unsafe impl<T: Word, S: Access<T>, P: Plan> Access<T> for Faulty<S, P> {
    unsafe fn load(&self, offset: usize) -> T {
        // SAFETY: the caller keeps the contract, which is the same.
        let value = unsafe { self.space.load(offset) };
        T::cut(self.plan.load(self.base.wrapping_add(offset), size_of::<T>(), value.widen()))
    }

    unsafe fn store(&self, offset: usize, value: T) {
        let there = self.base.wrapping_add(offset);
        if let Some(value) = self.plan.store(there, size_of::<T>(), value.widen()) {
            // SAFETY: the caller keeps the contract; who called `new` answers for the value.
            unsafe { self.space.store(offset, T::cut(value)) };
        }
    }
}

impl<S: Narrow, P: Plan + Clone> Narrow for Faulty<S, P> {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        let space = self.space.narrow(offset, size)?;
        Some(Self { space, plan: self.plan.clone(), base: self.base.wrapping_add(offset) })
    }
}
