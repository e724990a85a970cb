//! Who lends memory on bare metal: a pool, and a rule for addresses.

use core::fmt;
use core::ptr::NonNull;

use dma_core::{
    AddressMask, Allocate, Buffer, Directions, DomainId, Error, ErrorKind, Iova, Map, MemoryLimits,
    Operation, Request,
};

use crate::caches::{Caches, Coherent};
use crate::claim::Claim;
use crate::pool::{LINE, PoolView, StaticPool, detail};
use crate::region::BareRegion;

/// Where a device sees the byte that the CPU sees at some address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Addresses {
    /// At the same address.
    #[default]
    Identity,
    /// So many bytes further on; negative if further down.
    Offset(i64),
}

impl Addresses {
    const fn offset(self) -> u64 {
        match self {
            Self::Identity => 0,
            Self::Offset(bytes) => bytes.cast_unsigned(),
        }
    }
}

/// Lends memory of a [`StaticPool`], and maps memory that the caller has.
#[derive(Clone, Copy)]
pub struct BareMemory<C: Caches = Coherent> {
    pool: PoolView,
    addresses: Addresses,
    domain: DomainId,
    caches: C,
}

impl<C: Caches> BareMemory<C> {
    /// Lends from `pool`.
    ///
    /// # Safety
    ///
    /// 1. Devices reach the pool, and all memory that will be mapped, at the addresses that
    ///    `addresses` says, without translation by an IOMMU: every device whose registers are in
    ///    [`DomainId::PHYSICAL`], unless it is put [into another domain](Self::in_domain).
    /// 2. `caches` does what its trait says for that memory.
    #[must_use]
    pub unsafe fn new<const LINES: usize>(
        pool: &'static StaticPool<LINES>,
        addresses: Addresses,
        caches: C,
    ) -> Self {
        Self { pool: pool.view(), addresses, domain: DomainId::PHYSICAL, caches }
    }

    /// The same memory as devices in `domain` see it: for a board on which not every device sees
    /// memory at the same addresses. Take a [`DomainId::unique`] for each view, and give it to the
    /// registers of the devices that have it.
    ///
    /// # Safety
    ///
    /// As `new`, for every device whose registers are in `domain`.
    #[must_use]
    pub const unsafe fn in_domain(self, domain: DomainId) -> Self {
        Self { domain, ..self }
    }

    /// What the device calls the byte at `cpu`.
    fn device(&self, cpu: usize) -> Iova {
        // SAFETY: `new` was promised that the rule holds. The number is compared with a mask;
        // what is given out comes from the region.
        unsafe { Iova::new((cpu as u64).wrapping_add(self.addresses.offset())) }
    }

    fn region(
        &self,
        memory: NonNull<[u8]>,
        claims: &'static [Claim],
        permits: Directions,
        operation: Operation,
    ) -> Result<BareRegion<C>, Error> {
        let view = (self.domain, self.addresses.offset());
        // SAFETY: both callers took the claims for this memory, and `new` or `in_domain` was
        // promised that devices in that domain have it at that offset.
        let region = unsafe { BareRegion::new(memory, claims, view, permits, self.caches) };
        region.ok_or(Error::new(ErrorKind::NoMemory, operation, 0))
    }
}

impl<C: Caches> Allocate for BareMemory<C> {
    type Region = BareRegion<C>;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        MemoryLimits {
            windows: &[],
            granule: 1,
            cache_line: self.caches.line(),
            coherent: C::COHERENT,
        }
    }

    /// Lends zeroed memory. It is always one run, and shares no 64-byte line with another.
    fn allocate(&self, request: Request) -> Result<Buffer<BareRegion<C>>, Error> {
        let length = request.length;
        let refused = |kind| Err(Error::new(kind, Operation::Allocate, detail(length)));
        if length == 0 {
            return refused(ErrorKind::Empty);
        }
        // Where cache lines are longer than the pool's, a piece takes whole ones.
        let line = self.caches.line().max(1);
        let Some(whole) = length.checked_next_multiple_of(line) else {
            return refused(ErrorKind::TooLong);
        };
        let alignment = request.alignment;
        let below = alignment.wrapping_sub(1) as u64;
        if !alignment.is_power_of_two() || self.addresses.offset() & below != 0 {
            return refused(ErrorKind::Misaligned);
        }
        let unit = alignment.max(line).max(LINE);
        let mask = request.mask;
        let lent = self.pool.lend(whole, unit, |cpu| mask.reaches(self.device(cpu), length))?;
        let memory = NonNull::slice_from_raw_parts(lent.start, length);
        let region = self.region(memory, lent.claims, Directions::BOTH, Operation::Allocate)?;
        // SAFETY: the lines were free and are zeroed; this is the first owner of the region, and
        // the bytes of other regions are in other lines.
        Ok(unsafe { Buffer::new(region) })
    }
}

impl<C: Caches> Map for BareMemory<C> {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<BareRegion<C>, Error> {
        let refused = |kind| Err(Error::new(kind, Operation::Map, detail(memory.len())));
        if memory.is_empty() {
            return refused(ErrorKind::Empty);
        }
        // The device will use the number, so the memory is reachable from outside.
        let cpu = memory.cast::<u8>().as_ptr().expose_provenance();
        // Only what the device writes must not share a cache line with what the CPU writes.
        let line = self.caches.line().max(1);
        let whole = cpu.is_multiple_of(line) && memory.len().is_multiple_of(line);
        if !C::COHERENT && permits.contains(Directions::FROM_DEVICE) && !whole {
            return refused(ErrorKind::NotWholePages);
        }
        if !mask.reaches(self.device(cpu), memory.len()) {
            return refused(ErrorKind::OutOfReach);
        }
        let Some(claims) = self.pool.mapping() else {
            return refused(ErrorKind::NoMemory);
        };
        self.region(memory, claims, permits, Operation::Map)
    }
}

impl<C: Caches> fmt::Debug for BareMemory<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BareMemory")
            .field("addresses", &self.addresses)
            .field("coherent", &C::COHERENT)
            .finish_non_exhaustive()
    }
}
