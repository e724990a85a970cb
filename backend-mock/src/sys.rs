//! The unsafe contracts of `dma-core`, and what this crate asks of callers.
//!
//! Each `unsafe impl` says why the machine keeps the promise. Pointers are followed in `ram/`.

use std::ops::Range;
use std::ptr::NonNull;
use std::sync::Arc;

use dma_core::{
    Access, AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova,
    Map, MemoryLimits, Narrow, Operation, Quiet, Region, RegisterSpace, Request, To,
};

use crate::card::{BusFault, Card, Place};
use crate::cards::{EduCard, NvmeCard, Pl081Card, ProbeCard, XdmaCard};
use crate::device::{MockDevice, Opened, error};
use crate::iommu::PAGE;
use crate::lender::{Lending, MockMemory, Wanted, is_translated, map_pages};
use crate::machine::{Machine, MachineBuilder, Slot};
use crate::ram::{HostRange, LINE, PAGE_BYTES};

/// A card model that may be plugged into a machine: it touches memory as a driver told it to.
///
/// # Implementation safety
///
/// The card reads and writes memory only at addresses that were stored to its registers, or that
/// it read from memory which such an address leads to, and only as its documentation says. So
/// what a driver promises of those addresses holds for all that the card does.
///
/// # Examples
///
/// ```
/// # use backend_mock::card::{Board, Bus, Card, Place};
/// # use dma_core::Identity;
/// # #[derive(Debug)] struct Scratch;
/// # impl Card for Scratch {
/// #     fn identity(&self) -> Identity { Identity::Pci { vendor: 0x1234, device: 1 } }
/// #     fn regions(&self) -> &[usize] { &[4096] }
/// #     fn load(&mut self, _: &mut dyn Board, _: Place) -> u64 { 7 }
/// #     fn store(&mut self, _: &mut dyn Board, _: Place, _: u64) {}
/// #     fn run(&mut self, _: &mut dyn Bus, _: u64) {}
/// # }
/// // SAFETY: it never touches memory.
/// unsafe impl backend_mock::TrustedCard for Scratch {}
/// let device = backend_mock::Machine::new().plug(Scratch);
/// # let _ = device;
/// ```
pub unsafe trait TrustedCard: Card {}

// SAFETY: it moves bytes only between its own memory and the address in its source or
// destination register, as many as its count says, when the command register starts it.
unsafe impl TrustedCard for EduCard {}

// SAFETY: it moves bytes only between the addresses in a channel's registers, and in the items
// that its linked-list register leads to.
unsafe impl TrustedCard for Pl081Card {}

// SAFETY: it moves bytes only between its own memory and the address in its host register.
unsafe impl TrustedCard for ProbeCard {}

// SAFETY: it reads its queues where their registers and its admin commands say, and what commands
// in them name; it writes completions, and the data of reads.
unsafe impl TrustedCard for NvmeCard {}

// SAFETY: a channel that was started moves bytes only between the card and the addresses in its
// descriptors, which it finds through its list registers and through one another, and writes its
// count to the write-back address.
unsafe impl TrustedCard for XdmaCard {}

/// The proof of the reset that a slot counted last. To be called only by what has just made it.
pub(crate) fn quiet(slot: &Slot) -> Quiet {
    debug_assert!(slot.quiet && !slot.mastering, "a reset leaves the slot quiet");
    // SAFETY: the only caller has just counted this reset and switched bus mastering off. The
    // slot is marked quiet, so it stays off until `resume` takes a proof of this epoch; other
    // proofs are refused.
    unsafe { Quiet::new(slot.epoch) }
}

impl MachineBuilder {
    /// With the IOMMU off, and devices in the process's physical address space,
    /// [`DomainId::PHYSICAL`], beside memory that does not come from this machine.
    ///
    /// # Safety
    ///
    /// No engine gets a buffer of another machine's, or of real hardware's, physical address
    /// space together with a device of this one.
    pub unsafe fn in_physical_domain(self) -> Self {
        self.physical(DomainId::PHYSICAL).iommu_off()
    }
}

/// Memory that was added to a machine at a chosen physical address; dropping it takes it out.
#[derive(Debug)]
pub struct ForeignMemory {
    machine: Machine,
    physical: u64,
    length: usize,
}

impl Drop for ForeignMemory {
    fn drop(&mut self) {
        self.machine.with(|state| state.world.ram.remove_at(self.physical, self.length));
    }
}

impl Machine {
    /// Adds memory that the machine did not allocate, such as a static pool, at a physical
    /// address of one's choice.
    ///
    /// # Errors
    ///
    /// `Empty`; `OutOfReach` for addresses of more than 48 bits; `Busy` if the machine has, or
    /// may come to have, memory in one of those pages.
    ///
    /// # Safety
    ///
    /// 1. The memory is valid for reads and writes until the result is dropped; for ever if that
    ///    is leaked.
    /// 2. Whatever a driver tells a card to do there is allowed to happen.
    pub unsafe fn add_memory(
        &self,
        physical: u64,
        memory: NonNull<[u8]>,
    ) -> Result<ForeignMemory, Error> {
        let length = memory.len();
        let _ = memory.cast::<u8>().as_ptr().expose_provenance();
        let range = HostRange::new(memory.cast(), length);
        // SAFETY: valid by this function's contract; `ForeignMemory` takes it out first.
        self.with(|state| unsafe { state.world.ram.add_at(physical, range) })?;
        Ok(ForeignMemory { machine: self.clone(), physical, length })
    }
}

impl MockDevice {
    /// Reads memory as the card would.
    ///
    /// # Errors
    ///
    /// Why the access came to nothing; faults are logged as the card's.
    ///
    /// # Safety
    ///
    /// While it runs, nobody writes the memory that `iova` leads to, or has a reference to write it.
    pub unsafe fn dma_read(&self, iova: u64, bytes: &mut [u8]) -> Result<(), BusFault> {
        self.shared().with(|state, slot| state.world.read(slot, iova, bytes))
    }

    /// Writes memory as the card would.
    ///
    /// # Errors
    ///
    /// Why the access came to nothing; faults are logged as the card's.
    ///
    /// # Safety
    ///
    /// While it runs, nobody else accesses the memory that `iova` leads to, or has a reference to it.
    pub unsafe fn dma_write(&self, iova: u64, bytes: &[u8]) -> Result<(), BusFault> {
        self.shared().with(|state, slot| state.world.write(slot, iova, bytes))
    }
}

/// Registers of a card, or a part of them.
#[derive(Clone, Debug)]
pub struct MockSpace {
    opened: Arc<Opened>,
    domain: DomainId,
    region: usize,
    /// Bytes from the start of the region.
    start: usize,
    size: usize,
}

impl MockSpace {
    pub(crate) fn new(opened: Arc<Opened>, region: usize, size: usize) -> Self {
        let domain = opened.domain.id();
        Self { opened, domain, region, start: 0, size }
    }

    fn place(&self, offset: usize, width: usize) -> Place {
        Place { region: self.region, offset: self.start + offset, width }
    }
}

// SAFETY: all fields are set once. `release` and `acquire`: see there.
unsafe impl RegisterSpace for MockSpace {
    fn size(&self) -> usize {
        self.size
    }

    fn alignment(&self) -> usize {
        // A region begins at a page.
        1 << (self.start | PAGE_BYTES).trailing_zeros()
    }

    fn domain(&self) -> DomainId {
        self.domain
    }

    fn release(&self) {
        // ORDER: the store takes the machine's lock, under which all work of cards happens.
    }

    fn acquire(&self) {
        // ORDER: the load took the machine's lock after the work that it tells of.
    }
}

impl Narrow for MockSpace {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        if offset.checked_add(size)? > self.size {
            return None;
        }
        Some(Self { start: self.start + offset, size, ..self.clone() })
    }
}

macro_rules! accesses {
    ($($word:ty)*) => { $(
        // SAFETY: each call is one call of the card's, of this width.
        unsafe impl Access<$word> for MockSpace {
            unsafe fn load(&self, offset: usize) -> $word {
                let place = self.place(offset, size_of::<$word>());
                if self.opened.machine.is_real_time() {
                    self.opened.cross_bus();
                }
                let value = self.opened.with(|state, slot| state.load(slot, place));
                // The low bytes, as many as the width has.
                let bytes = value.to_le_bytes();
                <$word>::from_le_bytes(std::array::from_fn(|index| bytes[index]))
            }

            unsafe fn store(&self, offset: usize, value: $word) {
                let place = self.place(offset, size_of::<$word>());
                self.opened.with(|state, slot| state.store(slot, place, u64::from(value)));
            }
        }
    )* };
}

accesses!(u8 u16 u32 u64);

/// Memory that a simulated device reaches.
#[derive(Clone, Debug)]
pub struct MockRegion {
    lending: Arc<Lending>,
}

// SAFETY: the lending holds the host memory (or the caller promised it to `map`) and its
// mappings, and lets go of the mappings before the memory; refused, it leaks both. Nothing in it
// changes while a clone lives. A leaked clone leaks the lending.
unsafe impl Region for MockRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        self.lending.domain()
    }

    fn cpu(&self) -> NonNull<[u8]> {
        self.lending.memory().bytes()
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let (iova, length) = match self.lending.run_at(at) {
            Some(run) => (run.iova + (at - run.at) as u64, (run.at + run.length - at).min(max)),
            None => (0, 0),
        };
        // SAFETY: an address of a run that is mapped as long as the lending lives; of length 0
        // past the end.
        (unsafe { Iova::new(iova) }, length)
    }

    #[inline]
    fn permits(&self) -> Directions {
        self.lending.permits()
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        if !self.lending.opened().hands_over(to) {
            // SAFETY: the caller keeps the contract, which is the same.
            unsafe { self.sync_apart(range, to, direction) };
        }
    }

    fn unmap(self) -> Result<(), Error> {
        match Arc::try_unwrap(self.lending) {
            Ok(mut lending) => lending.end(),
            Err(_) => Err(error(ErrorKind::Shared, Operation::Unmap)),
        }
    }
}

impl MockRegion {
    /// [`Region::sync`] where caches are apart from what devices see.
    ///
    /// # Safety
    ///
    /// As [`Region::sync`].
    #[inline(never)]
    unsafe fn sync_apart(&self, range: Range<usize>, to: To, direction: Direction) {
        let memory = self.lending.memory().slice(range);
        let writable = self.permits().contains(Directions::FROM_DEVICE);
        self.lending.opened().with(|state, slot| {
            if state.hand_over(slot, to) {
                // SAFETY: part of the lending's memory, which was added; writable where the device
                // may write. The caller keeps everybody else away.
                unsafe { state.world.ram.sync(memory, to, direction, writable) };
            }
        });
    }
}

impl MockMemory {
    /// # Safety
    ///
    /// As [`crate::ram::Ram::add`], for the whole pages that hold `memory`, until the result is
    /// dropped. `owned` is that memory, if the machine is to free it.
    unsafe fn lend(
        &self,
        memory: HostRange,
        wanted: &Wanted,
    ) -> Result<Vec<crate::lender::Run>, Error> {
        let opened = self.opened();
        let whole = memory.whole_pages();
        let [place, otherwise] = wanted.places(is_translated(opened));
        opened.with(|state, slot| {
            // SAFETY: valid by this function's contract. Taken out below, or by the lending.
            let pages = match unsafe { state.world.ram.add(whole, place) } {
                Ok(pages) => Ok(pages),
                // SAFETY: as above.
                Err(_) => unsafe { state.world.ram.add(whole, otherwise) },
            }
            .map_err(|failed| Error::new(failed.kind(), wanted.operation, 0))?;
            let runs = map_pages(state, slot, memory, &pages, wanted);
            if runs.is_err() {
                state.world.ram.remove(whole, place.writable);
            }
            runs
        })
    }
}

impl Allocate for MockMemory {
    type Region = MockRegion;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        let coherent = self.opened().machine.is_coherent();
        let cache_line = if coherent { 1 } else { LINE };
        MemoryLimits { windows: self.windows(), granule: PAGE_BYTES, cache_line, coherent }
    }

    fn allocate(&self, request: Request) -> Result<Buffer<MockRegion>, Error> {
        let owned = self.host_memory(request)?;
        let memory = HostRange::new(owned.start(), request.length);
        let wanted = Wanted::of(request);
        // SAFETY: freshly allocated whole pages, which the lending keeps until it has ended.
        let runs = unsafe { self.lend(memory, &wanted) }?;
        let opened = Arc::clone(self.opened());
        let lending = Arc::new(Lending::new(opened, memory, Some(owned), runs, wanted.permits));
        // SAFETY: mapped for both directions, zeroed, and this is its only region.
        Ok(unsafe { Buffer::new(MockRegion { lending }) })
    }
}

impl Map for MockMemory {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<MockRegion, Error> {
        let refused = |kind| Err(error(kind, Operation::Map));
        let length = memory.len();
        if length == 0 {
            return refused(ErrorKind::Empty);
        }
        // The simulated device will use the pointer, so it is reachable from outside.
        let cpu = memory.cast::<u8>().as_ptr().expose_provenance();
        if !cpu.is_multiple_of(PAGE_BYTES) || !length.is_multiple_of(PAGE_BYTES) {
            return refused(ErrorKind::NotWholePages);
        }
        if self.mapping_fails() {
            return refused(ErrorKind::NoMemory);
        }
        let memory = HostRange::new(memory.cast(), length);
        let wanted = Wanted {
            alignment: usize::try_from(PAGE).unwrap_or(PAGE_BYTES),
            mask,
            contiguous: false,
            permits,
            operation: Operation::Map,
        };
        // SAFETY: whole pages that the caller keeps valid until the last region is gone; `permits`
        // decides what the mapping lets through.
        let runs = unsafe { self.lend(memory, &wanted) }?;
        let opened = Arc::clone(self.opened());
        let lending = Arc::new(Lending::new(opened, memory, None, runs, permits));
        Ok(MockRegion { lending })
    }
}

/// A device lends memory by itself, for `device.allocate(…)`.
impl Allocate for MockDevice {
    type Region = MockRegion;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        self.lender().limits()
    }

    fn allocate(&self, request: Request) -> Result<Buffer<MockRegion>, Error> {
        self.lender().allocate(request)
    }
}

impl Map for MockDevice {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<MockRegion, Error> {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.lender().map(memory, permits, mask) }
    }
}
