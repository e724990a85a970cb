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
    Backing, HostMemory, HugePages, KernelVersion, Mappings, MemoryError, PhysicalSource,
    PlacedMemory, PlacedRegion, caches, os, page_size, shared_with_children,
};
use rustix::io::Errno;

use crate::limits::{explain, no_addresses};
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
    /// Where nothing translates, who lends memory instead.
    placed: Option<PlacedMemory>,
}

/// Memory that is mapped. The mapping ends as this is dropped.
struct Lending {
    space: Arc<AddressSpace>,
    /// What was asked for.
    cpu: NonNull<[u8]>,
    iova: u64,
    /// Bytes that are mapped, whole pages.
    mapped: u64,
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

/// Memory mapped for a device; clones share the mapping.
#[derive(Clone, Debug)]
pub struct VfioRegion {
    reach: Reach,
}

/// How a device reaches it.
#[derive(Clone, Debug)]
enum Reach {
    /// Through the IOMMU.
    Mapped(Arc<Lending>),
    /// At its physical address.
    Placed(PlacedRegion),
}

impl VfioMemory {
    /// Memory comes from `source` where nothing translates, and only there.
    pub(crate) fn new(
        space: Arc<AddressSpace>,
        coherent: bool,
        huge: HugePages,
        source: Arc<dyn PhysicalSource>,
    ) -> Self {
        let placed = (!space.road().is_translated()).then(|| {
            // SAFETY: nothing translates for the devices of this address space.
            unsafe { PlacedMemory::new(source, coherent) }
        });
        Self { space, coherent, huge, label: "".into(), placed }
    }

    /// What the device can reach.
    pub(crate) fn mappings(&self, device: String) -> Mappings {
        match &self.placed {
            Some(placed) => placed.mappings(device),
            None => self.space.mappings(device),
        }
    }

    /// The same, with a name for what it lends from now on, to find it again in
    /// [`VfioDevice::mappings`](crate::VfioDevice::mappings).
    #[must_use]
    pub fn labelled(&self, label: &str) -> Self {
        let placed = self.placed.as_ref().map(|placed| placed.labelled(label));
        Self { label: label.into(), placed, ..self.clone() }
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
            .map_err(|error| no_addresses(&self.space, operation, length, mask, error))?;
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
        let (iova, length) = (self.iova, self.mapped);
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
            .field("iova", &self.iova)
            .field("permits", &self.permits)
            .field("owned", &self.owned.as_ref().map(HostMemory::backing))
            .finish_non_exhaustive()
    }
}

impl VfioRegion {
    /// Which pages it has; `None` if they are the caller's.
    #[must_use]
    pub fn backing(&self) -> Option<Backing> {
        match &self.reach {
            Reach::Mapped(lending) => lending.owned.as_ref().map(HostMemory::backing),
            Reach::Placed(placed) => Some(placed.backing()),
        }
    }

    const fn placed(placed: PlacedRegion) -> Self {
        Self { reach: Reach::Placed(placed) }
    }
}

// SAFETY: the lending holds the memory (or the caller promised it to `map`) and its mapping, and
// lets go of the mapping before the memory; refused, it leaks both. Nothing in it changes while a
// clone lives. A leaked clone leaks the lending. What is placed forwards to a region of its own.
unsafe impl Region for VfioRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        match &self.reach {
            Reach::Mapped(lending) => lending.space.id(),
            Reach::Placed(placed) => placed.domain(),
        }
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        match &self.reach {
            Reach::Mapped(lending) => lending.cpu,
            Reach::Placed(placed) => placed.cpu(),
        }
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        match &self.reach {
            Reach::Mapped(lending) => {
                let length = lending.cpu.len();
                let at = at.min(length);
                // SAFETY: mapped there by the IOMMU as long as the lending lives; of length 0 past
                // the end.
                (unsafe { Iova::new(lending.iova + at as u64) }, max.min(length - at))
            }
            Reach::Placed(placed) => placed.run(at, max),
        }
    }

    #[inline]
    fn permits(&self) -> Directions {
        match &self.reach {
            Reach::Mapped(lending) => lending.permits,
            Reach::Placed(placed) => placed.permits(),
        }
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        match &self.reach {
            Reach::Mapped(lending) if lending.coherent => {}
            // SAFETY: the memory is valid while the region lives.
            Reach::Mapped(lending) => unsafe {
                caches::hand_over(lending.cpu, range, to, direction);
            },
            // SAFETY: the caller keeps the contract, which is the same.
            Reach::Placed(placed) => unsafe { placed.sync(range, to, direction) },
        }
    }

    fn unmap(self) -> Result<(), Error> {
        match self.reach {
            Reach::Mapped(lending) => match Arc::try_unwrap(lending) {
                Ok(mut lending) => lending.end(),
                Err(_) => Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0)),
            },
            Reach::Placed(placed) => placed.unmap(),
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
        if let Some(placed) = &self.placed {
            // SAFETY: every call is forwarded to the region that is wrapped.
            return Ok(unsafe { placed.allocate(request)?.map_region(VfioRegion::placed) });
        }
        if request.length == 0 {
            return Err(MemoryError::plain(ErrorKind::Empty, operation));
        }
        if !request.alignment.is_power_of_two() || request.alignment > LARGEST_ALIGNMENT {
            return Err(MemoryError::plain(ErrorKind::Misaligned, operation));
        }
        if request.length > isize::MAX.cast_unsigned() - LARGEST_ALIGNMENT {
            return Err(MemoryError::plain(ErrorKind::TooLong, operation));
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
            Backing::Small | Backing::SetAside => lend(request.alignment as u64),
            Backing::Reserved | Backing::Transparent => {
                let huge = (request.alignment as u64).max(2 << 20);
                match lend(huge) {
                    Err(error) if error.kind() != ErrorKind::Os => lend(request.alignment as u64),
                    other => other,
                }
            }
        }?;
        let cpu = NonNull::slice_from_raw_parts(pages.cast(), request.length);
        let region = self.region(cpu, (iova, pages.len()), permits, Some(owned));
        // SAFETY: mapped for both directions, zeroed, and this is its only region.
        Ok(unsafe { Buffer::new(region) })
    }
}

impl VfioMemory {
    fn region(
        &self,
        cpu: NonNull<[u8]>,
        (iova, mapped): (u64, usize),
        permits: Directions,
        owned: Option<HostMemory>,
    ) -> VfioRegion {
        let (space, coherent) = (Arc::clone(&self.space), self.coherent);
        let (mapped, ended) = (mapped as u64, false);
        let lending = Lending { space, cpu, iova, mapped, permits, coherent, owned, ended };
        VfioRegion { reach: Reach::Mapped(Arc::new(lending)) }
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
        if let Some(placed) = &self.placed {
            // SAFETY: the caller keeps the contract, which is the same.
            return unsafe { placed.map(memory, permits, mask) }.map(VfioRegion::placed);
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
            Ok(iova) => Ok(self.region(memory, (iova, memory.len()), permits, None)),
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
