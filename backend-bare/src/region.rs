//! A counted piece of memory with a fixed distance between CPU and device address.

use core::fmt;
use core::ops::Range;
use core::ptr::NonNull;

use dma_core::{Direction, Directions, DomainId, Error, ErrorKind, Iova, Operation, Region, To};

use crate::caches::{Caches, Coherent};
use crate::claim::Claim;

/// Lines of a pool, or mapped memory. The last clone gives it back.
pub struct BareRegion<C: Caches = Coherent> {
    cpu: NonNull<u8>,
    length: usize,
    /// Where the device has the first byte.
    iova: Iova,
    domain: DomainId,
    /// The first counts the clones; there is one.
    claims: &'static [Claim],
    permits: Directions,
    caches: C,
}

// SAFETY: it is a counted handle of memory; the counts are atomic, and the pointer gives access
// only to the one `Buffer` or `Mapped` that owns the bytes.
unsafe impl<C: Caches + Send> Send for BareRegion<C> {}
// SAFETY: as above; `&BareRegion` only tells numbers and does cache maintenance.
unsafe impl<C: Caches + Sync> Sync for BareRegion<C> {}

impl<C: Caches> BareRegion<C> {
    /// Joins memory with its counts; `None` if there is no count.
    ///
    /// # Safety
    ///
    /// The memory is valid as long as the first of `claims` is taken, which the caller did for
    /// it; devices in `domain` reach it at its CPU address plus `offset`, wrapping.
    pub(crate) unsafe fn new(
        memory: NonNull<[u8]>,
        claims: &'static [Claim],
        (domain, offset): (DomainId, u64),
        permits: Directions,
        caches: C,
    ) -> Option<Self> {
        claims.first()?;
        let cpu = memory.cast::<u8>();
        let device = (cpu.as_ptr().addr() as u64).wrapping_add(offset);
        // SAFETY: the caller promised that the device has the memory there as long as it is
        // claimed, which is as long as a clone of this lives.
        let iova = unsafe { Iova::new(device) };
        Some(Self { cpu, length: memory.len(), iova, domain, claims, permits, caches })
    }
}

// SAFETY: memory, offset and domain never change, and `new` was promised that they are true. The
// memory stays claimed until the last clone is gone; a leaked clone keeps its count.
unsafe impl<C: Caches> Region for BareRegion<C> {
    fn domain(&self) -> DomainId {
        self.domain
    }

    fn cpu(&self) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.cpu, self.length)
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let at = at.min(self.length);
        (self.iova.offset(at), max.min(self.length - at))
    }

    fn permits(&self) -> Directions {
        self.permits
    }

    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        let end = range.end.min(self.length);
        let start = range.start.min(end);
        if C::COHERENT || start == end {
            return;
        }
        // SAFETY: `start` lies within the memory, as just made sure.
        let first = unsafe { self.cpu.add(start) };
        let bytes = NonNull::slice_from_raw_parts(first, end - start);
        match (to, direction) {
            // SAFETY: the bytes are valid while the region lives.
            (To::Device, Direction::ToDevice) => unsafe { self.caches.clean(bytes) },
            // A dirty line would be written over the device's data later; one that was fetched
            // early would hide it.
            // SAFETY: as above.
            (_, Direction::FromDevice) => unsafe { self.caches.clean_and_forget(bytes) },
            (To::Cpu, Direction::ToDevice) => {}
        }
    }

    fn unmap(self) -> Result<(), Error> {
        // The count of a shared one goes down as `self` is dropped.
        if self.claims.first().is_some_and(Claim::is_sole) {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0))
        }
    }
}

impl<C: Caches> Clone for BareRegion<C> {
    fn clone(&self) -> Self {
        if let Some(owners) = self.claims.first() {
            owners.join();
        }
        Self { ..*self }
    }
}

impl<C: Caches> Drop for BareRegion<C> {
    fn drop(&mut self) {
        if let Some((owners, rest)) = self.claims.split_first()
            && owners.leave()
        {
            give_back(owners, rest);
        }
    }
}

/// Out of line: most code that can drop a region never does.
#[cold]
#[inline(never)]
fn give_back(first: &Claim, rest: &[Claim]) {
    for claim in rest {
        claim.free();
    }
    first.free();
}

impl<C: Caches> fmt::Debug for BareRegion<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BareRegion")
            .field("cpu", &self.cpu)
            .field("device", &self.iova)
            .field("length", &self.length)
            .field("permits", &self.permits)
            .finish_non_exhaustive()
    }
}
