//! Memory that a device reaches through the IOMMU.

use core::fmt;
use core::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova, Map,
    MemoryLimits, Operation, Region, Request, To,
};
use host_linux::{
    Backing, HostMemory, HugePages, KernelVersion, PhysicalRun, caches, page_size, physical_runs,
    shared_with_children,
};
use rustix::io::Errno;

use crate::error::{MemoryError, os};
use crate::limits::explain;
use crate::space::AddressSpace;

/// The largest alignment that memory can have.
const LARGEST_ALIGNMENT: usize = 1 << 30;

/// Who lends memory of a device; clones are handles to the same address space.
#[derive(Clone, Debug)]
pub struct VfioMemory {
    space: Arc<AddressSpace>,
    coherent: bool,
    huge: HugePages,
    label: Arc<str>,
}

/// Memory that is mapped. The mapping ends as this is dropped.
struct Lending {
    space: Arc<AddressSpace>,
    /// What was asked for.
    cpu: NonNull<[u8]>,
    reach: Reach,
    permits: Directions,
    coherent: bool,
    /// Memory of ours; none if it is the caller's.
    owned: Option<HostMemory>,
    ended: bool,
}

// SAFETY: it is a handle of memory: the pointer is followed only by the one `Buffer` or `Mapped`
// that owns the bytes, and by cache maintenance.
unsafe impl Send for Lending {}
// SAFETY: as `Send`; `&Lending` tells numbers only.
unsafe impl Sync for Lending {}

/// What the device calls the memory.
#[derive(Debug)]
enum Reach {
    /// One run, mapped by the IOMMU.
    Mapped {
        iova: u64,
        /// Bytes that are mapped, whole pages.
        length: u64,
    },
    /// The addresses that it has, where nothing translates.
    Placed(Vec<PhysicalRun>),
}

impl Reach {
    /// The run that holds byte `at`: its address there, and how many bytes follow.
    fn at(&self, at: usize) -> (u64, usize) {
        match self {
            Self::Mapped { iova, .. } => (*iova + at as u64, usize::MAX),
            Self::Placed(runs) => {
                let index = runs.partition_point(|run| run.at <= at);
                match index.checked_sub(1).and_then(|index| runs.get(index)) {
                    Some(run) => (run.physical + (at - run.at) as u64, run.at + run.length - at),
                    None => (0, 0),
                }
            }
        }
    }
}

/// Memory mapped for a device; clones share the mapping.
#[derive(Clone, Debug)]
pub struct VfioRegion {
    lending: Arc<Lending>,
}

impl VfioMemory {
    pub(crate) fn new(space: Arc<AddressSpace>, coherent: bool, huge: HugePages) -> Self {
        Self { space, coherent, huge, label: "".into() }
    }

    /// The same, with a name for what it lends from now on, to find it again in
    /// [`VfioDevice::mappings`](crate::VfioDevice::mappings).
    #[must_use]
    pub fn labelled(&self, label: &str) -> Self {
        Self { label: label.into(), ..self.clone() }
    }

    /// The same, with other pages for what it lends from now on.
    #[must_use]
    pub fn with_pages(&self, huge: HugePages) -> Self {
        Self { huge, ..self.clone() }
    }

    /// Maps whole pages.
    ///
    /// # Safety
    ///
    /// As [`Road::map`](super::Road::map), until the result is dropped or ended.
    unsafe fn lend(
        &self,
        pages: NonNull<[u8]>,
        alignment: u64,
        mask: AddressMask,
        permits: Directions,
        operation: Operation,
    ) -> Result<u64, MemoryError> {
        let length = pages.len() as u64;
        let iova = self
            .space
            .reserve(length, alignment, mask)
            .map_err(|error| Error::new(error.kind(), operation, error.detail()))?;
        // SAFETY: the caller keeps the contract, which is the same.
        match unsafe { self.space.road().map(pages, iova, permits) } {
            Ok(()) => {
                self.space.mapped(iova, length, permits, &self.label);
                Ok(iova)
            }
            Err(error) => {
                self.space.cancel(iova);
                Err(explain(&self.space, operation, length, error))
            }
        }
    }
}

/// Whether writing after a fork may move this process's pages away from a device. Since 5.12 the
/// child gets copies of what is pinned at once, huge pages too (Linux commits 70e806e4e645 and
/// 4eae4efa2c29), and the caller's memory need not be kept from children.
fn fork_moves_pages() -> bool {
    static MOVES: OnceLock<bool> = OnceLock::new();
    *MOVES.get_or_init(|| {
        KernelVersion::current().is_none_or(|version| version < KernelVersion::new(5, 12))
    })
}

impl Lending {
    /// Ends the mapping. If that is refused, everything stays for ever.
    fn end(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(());
        }
        let (iova, length) = match &self.reach {
            Reach::Mapped { iova, length } => (*iova, *length),
            Reach::Placed(runs) => {
                self.space.removed(runs);
                return Ok(());
            }
        };
        match self.space.road().unmap(iova, length) {
            Ok(()) => {
                self.space.unmapped(iova, length);
                if self.owned.is_none() && fork_moves_pages() {
                    // Memory that has gone meanwhile need not be shared either.
                    let _ = shared_with_children(self.cpu, true);
                }
                Ok(())
            }
            Err(error) => {
                self.space.stuck(iova);
                std::mem::forget(self.owned.take());
                std::mem::forget(Arc::clone(&self.space));
                Err(os(Operation::Unmap, error))
            }
        }
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        // Refused: the memory was leaked and stays mapped, which is all that can be done here; the
        // counters and the list of mappings tell.
        let _ = self.end();
    }
}

impl fmt::Debug for Lending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lending")
            .field("cpu", &self.cpu)
            .field("reach", &self.reach)
            .field("permits", &self.permits)
            .field("owned", &self.owned.as_ref().map(HostMemory::backing))
            .finish_non_exhaustive()
    }
}

impl VfioRegion {
    /// Which pages it has; `None` if they are the caller's.
    #[must_use]
    pub fn backing(&self) -> Option<Backing> {
        self.lending.owned.as_ref().map(HostMemory::backing)
    }
}

// SAFETY: the lending holds the memory (or the caller promised it to `map`) and its mapping, and
// lets go of the mapping before the memory; refused, it leaks both. Nothing in it changes while a
// clone lives. A leaked clone leaks the lending.
unsafe impl Region for VfioRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        self.lending.space.id()
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        self.lending.cpu
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let length = self.lending.cpu.len();
        let at = at.min(length);
        let (iova, run) = self.lending.reach.at(at);
        // SAFETY: mapped there by the IOMMU, or placed there, as long as the lending lives; of
        // length 0 past the end.
        (unsafe { Iova::new(iova) }, max.min(length - at).min(run))
    }

    #[inline]
    fn permits(&self) -> Directions {
        self.lending.permits
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        if self.lending.coherent {
            return;
        }
        let end = range.end.min(self.lending.cpu.len());
        let start = range.start.min(end);
        // SAFETY: `start` lies within the memory, as just made sure.
        let first = unsafe { self.lending.cpu.cast::<u8>().add(start) };
        let bytes = NonNull::slice_from_raw_parts(first, end - start);
        match (to, direction) {
            // SAFETY: the bytes are valid while the region lives.
            (To::Device, Direction::ToDevice) => unsafe { caches::clean(bytes) },
            // A dirty line would be written over the device's data later; one that was fetched
            // early would hide it.
            // SAFETY: as above.
            (_, Direction::FromDevice) => unsafe { caches::clean_and_forget(bytes) },
            (To::Cpu, Direction::ToDevice) => {}
        }
    }

    fn unmap(self) -> Result<(), Error> {
        match Arc::try_unwrap(self.lending) {
            Ok(mut lending) => lending.end(),
            Err(_) => Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0)),
        }
    }
}

impl Allocate for VfioMemory {
    type Region = VfioRegion;
    type Error = MemoryError;

    fn limits(&self) -> MemoryLimits<'_> {
        let line = if self.coherent { None } else { caches::line() };
        MemoryLimits {
            windows: self.space.windows(),
            granule: self.space.granule(),
            cache_line: line.unwrap_or(1),
            coherent: self.coherent,
        }
    }

    fn allocate(&self, request: Request) -> Result<Buffer<VfioRegion>, MemoryError> {
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
        if !self.space.road().is_translated() {
            return self.place(request);
        }
        let granule = self.space.granule();
        let owned = HostMemory::zeroed(request.length, request.alignment.max(granule), self.huge)
            .map_err(|error| {
            MemoryError::new(Error::new(ErrorKind::NoMemory, operation, 0), error.to_string())
        })?;
        let pages = owned.bytes();
        let permits = Directions::BOTH;
        let lend = |alignment| {
            // SAFETY: fresh memory of whole pages, which the lending keeps until it has ended.
            unsafe { self.lend(pages, alignment, request.mask, permits, operation) }
        };
        // A huge page is one step for the IOMMU, too, if its address fits.
        let iova = match owned.backing() {
            Backing::Small => lend(request.alignment as u64),
            Backing::Reserved | Backing::Transparent => {
                let huge = (request.alignment as u64).max(2 << 20);
                match lend(huge) {
                    Err(error) if error.kind() != ErrorKind::Os => lend(request.alignment as u64),
                    other => other,
                }
            }
        }?;
        let cpu = NonNull::slice_from_raw_parts(pages.cast(), request.length);
        let reach = Reach::Mapped { iova, length: pages.len() as u64 };
        let region = self.region(cpu, reach, permits, Some(owned));
        // SAFETY: mapped for both directions, zeroed, and this is its only region.
        Ok(unsafe { Buffer::new(region) })
    }
}

impl VfioMemory {
    /// Memory with the addresses that it has, where nothing translates.
    fn place(&self, request: Request) -> Result<Buffer<VfioRegion>, MemoryError> {
        let operation = Operation::Allocate;
        let refused = |kind| Err(MemoryError::plain(kind, operation));
        let owned = HostMemory::zeroed(request.length, request.alignment, HugePages::Reserved)
            .map_err(|error| {
                MemoryError::new(
                    Error::new(ErrorKind::NoMemory, operation, 0),
                    format!(
                        "{error}; without an IOMMU only reserved huge pages will do: reserve some: \
                         `echo 16 > /proc/sys/vm/nr_hugepages`"
                    ),
                )
            })?;
        let runs = physical_runs(&owned).map_err(|error| {
            let number = error.number().map_or(Errno::PERM, Errno::from_raw_os_error);
            MemoryError::new(os(operation, number), error.to_string())
        })?;
        let aligned =
            runs.first().is_some_and(|run| run.physical.is_multiple_of(request.alignment as u64));
        if !aligned {
            return refused(ErrorKind::Misaligned);
        }
        let highest = request.mask.highest();
        if runs.iter().any(|run| run.physical + (run.length as u64 - 1) > highest) {
            return refused(ErrorKind::OutOfReach);
        }
        let first = runs.first().map_or(0, |run| run.length);
        if request.contiguous && first < request.length {
            return refused(ErrorKind::Scattered);
        }
        self.space.placed(&runs, &self.label);
        let cpu = NonNull::slice_from_raw_parts(owned.bytes().cast(), request.length);
        let region = self.region(cpu, Reach::Placed(runs), Directions::BOTH, Some(owned));
        // SAFETY: the device has this memory at these addresses, it is zeroed, and this is its
        // only region.
        Ok(unsafe { Buffer::new(region) })
    }

    fn region(
        &self,
        cpu: NonNull<[u8]>,
        reach: Reach,
        permits: Directions,
        owned: Option<HostMemory>,
    ) -> VfioRegion {
        let (space, coherent) = (Arc::clone(&self.space), self.coherent);
        let ended = false;
        let lending = Lending { space, cpu, reach, permits, coherent, owned, ended };
        VfioRegion { lending: Arc::new(lending) }
    }
}

impl Map for VfioMemory {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<VfioRegion, MemoryError> {
        let operation = Operation::Map;
        if !self.space.road().is_translated() {
            return Err(MemoryError::new(
                Error::new(ErrorKind::Unsupported, operation, 0),
                "without an IOMMU nothing can be mapped; use a bounce buffer",
            ));
        }
        let granule = self.space.granule().max(page_size());
        if memory.is_empty() {
            return Err(MemoryError::plain(ErrorKind::Empty, operation));
        }
        let start = memory.cast::<u8>().as_ptr().addr();
        if !start.is_multiple_of(granule) || !memory.len().is_multiple_of(granule) {
            return Err(MemoryError::plain(ErrorKind::NotWholePages, operation));
        }
        if fork_moves_pages() {
            shared_with_children(memory, false).map_err(|error| {
                let errno = error.number().map_or(Errno::INVAL, Errno::from_raw_os_error);
                MemoryError::new(os(operation, errno), error.to_string())
            })?;
        }
        // SAFETY: whole pages that the caller keeps valid until the last region is gone; `permits`
        // decides what the mapping lets through.
        let lent = unsafe { self.lend(memory, granule as u64, mask, permits, operation) };
        match lent {
            Ok(iova) => {
                let reach = Reach::Mapped { iova, length: memory.len() as u64 };
                Ok(self.region(memory, reach, permits, None))
            }
            Err(error) => {
                if fork_moves_pages() {
                    // As it was before.
                    let _ = shared_with_children(memory, true);
                }
                Err(error)
            }
        }
    }
}
