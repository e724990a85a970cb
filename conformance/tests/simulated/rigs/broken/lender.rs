//! Memory with one thing broken.
//!
//! Host memory is never freed here: however wrong a mapping is, no pointer dangles.

use std::cell::RefCell;
use std::ops::Range;
use std::ptr::NonNull;
use std::rc::Rc;

use backend_mock::{MockMemory, MockRegion, Pages};
use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova, Map,
    MemoryLimits, Operation, Region, Request, To,
};

use super::Sabotage;

pub(crate) struct BrokenLender {
    inner: MockMemory,
    sabotage: Sabotage,
}

impl BrokenLender {
    pub(crate) fn new(inner: MockMemory, sabotage: Sabotage) -> Self {
        Self { inner, sabotage }
    }
}

impl Allocate for BrokenLender {
    type Region = BrokenRegion;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        self.inner.limits()
    }

    fn allocate(&self, request: Request) -> Result<Buffer<BrokenRegion>, Error> {
        let misaligned = Error::new(ErrorKind::Misaligned, Operation::Allocate, 0);
        let ignores_alignment = self.sabotage == Sabotage::IgnoresAlignment;
        // What is wrong with a request, the machine says.
        drop(self.inner.allocate(request)?);
        if request.alignment > 4096 {
            return Err(misaligned);
        }
        let lead = if ignores_alignment { 16 } else { 0 };
        let pages = Box::leak(Box::new(Pages::holding(lead + request.length)?));
        if self.sabotage == Sabotage::NeverZeroes {
            pages.fill(0xee);
        }
        let whole = NonNull::from(&mut **pages);
        let mask = match self.sabotage {
            Sabotage::IgnoresMasks => AddressMask::ALL,
            _ => request.mask,
        };
        // SAFETY: whole pages that are never freed; this region's alone.
        let region = unsafe { self.inner.map(whole, Directions::BOTH, mask) }?;
        // SAFETY: `lead` bytes are in front, by the length asked for above.
        let start = unsafe { whole.cast::<u8>().add(lead) };
        let region = BrokenRegion {
            mapping: Rc::new(Mapping {
                cpu: NonNull::slice_from_raw_parts(start, request.length),
                iova: region.run(lead, 1).0,
                domain: region.domain(),
                region: RefCell::new(Some(region)),
            }),
            sabotage: self.sabotage,
        };
        // SAFETY: the bytes are initialised and this region's alone; the mapping is as good as
        // the sabotage lets it be, before an IOMMU that checks.
        Ok(unsafe { Buffer::new(region) })
    }
}

struct Mapping {
    /// The machine's mapping, while it lasts.
    region: RefCell<Option<MockRegion>>,
    cpu: NonNull<[u8]>,
    iova: Iova,
    domain: DomainId,
}

pub(crate) struct BrokenRegion {
    mapping: Rc<Mapping>,
    sabotage: Sabotage,
}

impl BrokenRegion {
    fn take(&self) -> Option<MockRegion> {
        self.mapping.region.take()
    }
}

impl Clone for BrokenRegion {
    fn clone(&self) -> Self {
        Self { mapping: Rc::clone(&self.mapping), sabotage: self.sabotage }
    }
}

// SAFETY: it breaks the contract on purpose, before an IOMMU that checks; host memory is kept
// for ever.
unsafe impl Region for BrokenRegion {
    fn domain(&self) -> DomainId {
        match self.sabotage {
            // SAFETY: it is not unique, on purpose.
            Sabotage::SharesDomainNames => unsafe { DomainId::new(0x5000_0000) },
            _ => self.mapping.domain,
        }
    }

    fn cpu(&self) -> NonNull<[u8]> {
        self.mapping.cpu
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let off = if self.sabotage == Sabotage::LiesByAPage { 4096 } else { 0 };
        let left = self.mapping.cpu.len().saturating_sub(at);
        (self.mapping.iova.offset(at + off), max.min(left))
    }

    unsafe fn sync(&self, _: Range<usize>, _: To, _: Direction) {}

    fn unmap(self) -> Result<(), Error> {
        if Rc::strong_count(&self.mapping) > 1 {
            return Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0));
        }
        let Some(region) = self.take() else { return Ok(()) };
        if self.sabotage == Sabotage::NeverUnmaps {
            std::mem::forget(region);
            return Ok(());
        }
        let result = region.unmap();
        if self.sabotage == Sabotage::SwallowsUnmapErrors { Ok(()) } else { result }
    }
}

impl Drop for BrokenRegion {
    fn drop(&mut self) {
        let last = Rc::strong_count(&self.mapping) == 1;
        match self.sabotage {
            Sabotage::UnmapsTooEarly => drop(self.take()),
            Sabotage::NeverUnmaps => std::mem::forget(self.take()),
            _ if last => drop(self.take()),
            _ => {}
        }
    }
}
