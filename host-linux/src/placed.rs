//! Memory that a device reaches where nothing translates: at its physical address.
//!
//! The lender of UIO, and of VFIO without an IOMMU. The caller's own memory cannot be mapped, since
//! nobody can say where it will lie; it is bounced.

use core::fmt;
use core::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova, Map,
    MemoryLimits, Operation, Region, Request, To,
};

use crate::{
    Backing, Mapping, MappingBook, MappingState, Mappings, MemoryError, PhysicalMemory,
    PhysicalSource, caches,
};

/// The largest alignment that can be asked for.
const LARGEST_ALIGNMENT: usize = 1 << 30;

/// Who lends memory with the addresses that it has; clones are handles to the same source.
#[derive(Clone, Debug)]
pub struct PlacedMemory {
    lender: Arc<Lender>,
    label: Arc<str>,
}

#[derive(Debug)]
struct Lender {
    source: Arc<dyn PhysicalSource>,
    coherent: bool,
    book: Mutex<MappingBook>,
}

/// Memory where it lies; given back as the last clone is dropped.
struct Lending {
    lender: Arc<Lender>,
    memory: PhysicalMemory,
}

// SAFETY: it is a handle of memory: the pointer is followed only by the one `Buffer` that owns the
// bytes, and by cache maintenance.
unsafe impl Send for Lending {}
// SAFETY: as `Send`; `&Lending` tells numbers only.
unsafe impl Sync for Lending {}

/// Memory at its physical address; clones share it.
#[derive(Clone)]
pub struct PlacedRegion {
    lending: Arc<Lending>,
}

impl PlacedMemory {
    /// Lends what `source` has, to a device that snoops caches or does not. For backends.
    ///
    /// # Safety
    ///
    /// A device of [`DomainId::PHYSICAL`] reaches memory at its physical address: nothing
    /// translates for it, or what stands in between lets everything through.
    #[must_use]
    pub unsafe fn new(source: Arc<dyn PhysicalSource>, coherent: bool) -> Self {
        let book = Mutex::default();
        Self { lender: Arc::new(Lender { source, coherent, book }), label: "".into() }
    }

    /// The same, with a name for what it lends from now on, to find it again in the list of
    /// mappings.
    #[must_use]
    pub fn labelled(&self, label: &str) -> Self {
        Self { label: label.into(), ..self.clone() }
    }

    /// What `device` can reach now, and could a moment ago.
    #[must_use]
    pub fn mappings(&self, device: String) -> Mappings {
        self.lender.book().read(device)
    }
}

impl Lender {
    /// What is in there is whole between any two calls, whatever panicked meanwhile.
    fn book(&self) -> MutexGuard<'_, MappingBook> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        for run in self.memory.runs() {
            self.lender.book().strike(run.physical);
        }
    }
}

impl PlacedRegion {
    /// Which pages it has.
    #[must_use]
    pub fn backing(&self) -> Backing {
        self.lending.memory.backing()
    }

    /// Looks whether it still lies where the device was told. For programs that run for long; it
    /// is done whenever memory is lent.
    ///
    /// # Errors
    ///
    /// `Os`: the kernel has moved pages, or does not tell any more.
    pub fn look_again(&self) -> Result<(), MemoryError> {
        self.lending.memory.look_again()
    }
}

// SAFETY: the lending holds the memory, which the kernel is asked to keep in its place, and which
// the device reaches at the addresses that were found out, as was promised to `PlacedMemory::new`.
// Nothing in it changes while a clone lives. A leaked clone leaks the lending.
unsafe impl Region for PlacedRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        DomainId::PHYSICAL
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        self.lending.memory.cpu()
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let length = self.lending.memory.cpu().len();
        let at = at.min(length);
        let (physical, run) = self.lending.memory.run(at);
        // SAFETY: the memory lies there as long as the lending lives; of length 0 past the end.
        (unsafe { Iova::new(physical) }, max.min(length - at).min(run))
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        if !self.lending.lender.coherent {
            // SAFETY: the memory is valid while the region lives.
            unsafe { caches::hand_over(self.lending.memory.cpu(), range, to, direction) };
        }
    }

    fn unmap(self) -> Result<(), Error> {
        match Arc::try_unwrap(self.lending) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0)),
        }
    }
}

impl Allocate for PlacedMemory {
    type Region = PlacedRegion;
    type Error = MemoryError;

    fn limits(&self) -> MemoryLimits<'_> {
        let coherent = self.lender.coherent;
        let line = if coherent { None } else { caches::line() };
        MemoryLimits { windows: &[], granule: 1, cache_line: line.unwrap_or(1), coherent }
    }

    fn allocate(&self, request: Request) -> Result<Buffer<PlacedRegion>, MemoryError> {
        let operation = Operation::Allocate;
        if request.length == 0 {
            return Err(MemoryError::plain(ErrorKind::Empty, operation));
        }
        if !request.alignment.is_power_of_two() || request.alignment > LARGEST_ALIGNMENT {
            return Err(MemoryError::plain(ErrorKind::Misaligned, operation));
        }
        if request.length > isize::MAX.cast_unsigned() - LARGEST_ALIGNMENT {
            return Err(MemoryError::plain(ErrorKind::TooLong, operation));
        }
        let memory = self.lender.source.lend(request)?;
        for run in memory.runs() {
            self.lender.book().enter(Mapping {
                iova: run.physical,
                length: run.length as u64,
                permits: Directions::BOTH,
                label: Arc::clone(&self.label),
                state: MappingState::Live,
            });
        }
        let lending = Arc::new(Lending { lender: Arc::clone(&self.lender), memory });
        // SAFETY: a device reaches this memory at these addresses for both directions; it is
        // zeroed, and this is its only region.
        Ok(unsafe { Buffer::new(PlacedRegion { lending }) })
    }
}

impl Map for PlacedMemory {
    unsafe fn map(
        &self,
        _: NonNull<[u8]>,
        _: Directions,
        _: AddressMask,
    ) -> Result<PlacedRegion, MemoryError> {
        Err(MemoryError::new(
            Error::new(ErrorKind::Unsupported, Operation::Map, 0),
            "without an IOMMU nothing can be mapped; use a bounce buffer",
        ))
    }
}

impl fmt::Debug for PlacedRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlacedRegion").field("memory", &self.lending.memory).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use dma_core::{DmaBuffer as _, Mapped};

    use super::*;
    use crate::{HostMemory, HugePages, PhysicalRun};

    /// Memory of two runs that it says lie apart.
    #[derive(Debug)]
    struct Scattered;

    impl PhysicalSource for Scattered {
        fn lend(&self, request: Request) -> Result<PhysicalMemory, MemoryError> {
            let memory =
                HostMemory::zeroed(request.length, 1, HugePages::Never).map_err(|error| {
                    MemoryError::new(
                        MemoryError::plain(ErrorKind::NoMemory, Operation::Allocate).error(),
                        error.to_string(),
                    )
                })?;
            let run = |at, physical| PhysicalRun { at, physical, length: 4096 };
            Ok(PhysicalMemory::whole(
                memory,
                request.length,
                vec![run(0, 0x7000), run(4096, 0x2000)],
            ))
        }
    }

    fn lender() -> PlacedMemory {
        // SAFETY: no device is told of these addresses.
        unsafe { PlacedMemory::new(Arc::new(Scattered), true) }
    }

    // Each run is told with its own address, also from its middle on, and nothing past the end.
    #[test]
    fn runs_are_told_apart() {
        let buffer = lender().allocate(Request::bytes(6000)).unwrap();
        let run = |at, max| {
            let (iova, length) = buffer.run(at, max);
            (iova.get(), length)
        };
        assert_eq!(run(0, 6000), (0x7000, 4096));
        assert_eq!(run(4000, 6000), (0x7fa0, 96));
        assert_eq!(run(4096, 6000), (0x2000, 1904));
        assert_eq!(run(5000, 10), (0x2388, 10));
        assert_eq!(run(6000, 10).1, 0);
        assert_eq!(buffer.domain(), DomainId::PHYSICAL);
    }

    // What a device can reach is listed while it can, and remembered after.
    #[test]
    fn mappings_are_listed() {
        let lender = lender().labelled("ring");
        let buffer = lender.allocate(Request::bytes(6000)).unwrap();
        let list = lender.mappings("it".to_owned());
        let live = list.at(0x2fff).unwrap();
        assert_eq!((&*live.label, live.state), ("ring", MappingState::Live));
        drop(buffer);
        let list = lender.mappings("it".to_owned());
        assert_eq!(list.at(0x7000).unwrap().state, MappingState::Freed);
    }

    // The caller's own memory has no address that one could promise: it is bounced.
    #[test]
    fn callers_memory_is_bounced() {
        let mask = AddressMask::ALL;
        let refused = Mapped::to_device(&lender(), vec![1_u8; 4096], mask).unwrap_err();
        assert_eq!(refused.error.kind(), ErrorKind::Unsupported);
        assert!(Mapped::to_device_bounced(&lender(), refused.buffer, mask).unwrap().is_bounced());
        assert_eq!(lender().allocate(Request::bytes(0)).unwrap_err().kind(), ErrorKind::Empty);
    }
}
