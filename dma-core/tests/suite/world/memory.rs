//! Memory: lent or the caller's, in as many runs as a test wants.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::Arc;

use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova, Map,
    MemoryLimits, Operation, Region, Request, To,
};

use super::{Mapping, World};

/// Pages of the test's IOMMU: what mapping the caller's memory is a multiple of.
pub const PAGE: usize = 64;

/// Lends and maps memory of one world.
#[derive(Debug)]
pub struct TestLender {
    world: World,
    run: usize,
    /// Answers `map` with this instead: a lender that lies.
    pub lie: Option<TestRegion>,
}

impl TestLender {
    pub fn new(world: World, run: usize) -> Self {
        Self { world, run, lie: None }
    }

    /// Enters memory into the device's table, run by run.
    fn enter(&self, cpu: NonNull<u8>, length: usize, permits: Directions) -> Vec<(u64, usize)> {
        let mut state = self.world.state();
        let mut runs = Vec::new();
        let mut at = 0;
        while at < length {
            let run = self.run.min(length - at);
            let iova = state.next_iova;
            // A hole after each run, so that running over an end is noticed.
            state.next_iova += (run as u64).next_multiple_of(4096) + 4096;
            let cpu = cpu.as_ptr().expose_provenance() + at;
            state.mappings.push(Mapping { iova, cpu, length: run, permits });
            runs.push((iova, run));
            at += run;
        }
        runs
    }
}

impl Allocate for TestLender {
    type Region = TestRegion;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        MemoryLimits { windows: &[], granule: PAGE, cache_line: 1, coherent: true }
    }

    fn allocate(&self, request: Request) -> Result<Buffer<TestRegion>, Error> {
        let refuse = |kind| Err(Error::new(kind, Operation::Allocate, 0));
        if request.length == 0 {
            return refuse(ErrorKind::Empty);
        }
        let Ok(layout) = Layout::from_size_align(request.length, request.alignment.max(PAGE))
        else {
            return refuse(ErrorKind::Misaligned);
        };
        // SAFETY: the length is not zero.
        let Some(cpu) = NonNull::new(unsafe { alloc_zeroed(layout) }) else {
            return refuse(ErrorKind::NoMemory);
        };
        self.world.state().lent += 1;
        let runs = self.enter(cpu, request.length, Directions::BOTH);
        let world = self.world.clone();
        let cpu = NonNull::slice_from_raw_parts(cpu, request.length);
        let inner = Inner { world, cpu, runs, layout: Some(layout), permits: Directions::BOTH };
        // SAFETY: zeroed, entered for both directions, and nobody else has it.
        Ok(unsafe { Buffer::new(TestRegion(Arc::new(inner))) })
    }
}

impl Map for TestLender {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<TestRegion, Error> {
        let refuse = |kind| Err(Error::new(kind, Operation::Map, 0));
        if let Some(lie) = &self.lie {
            return Ok(lie.clone());
        }
        if !memory.len().is_multiple_of(PAGE) {
            return refuse(ErrorKind::NotWholePages);
        }
        if mask < AddressMask::bits(24) {
            return refuse(ErrorKind::OutOfReach);
        }
        let runs = self.enter(memory.cast(), memory.len(), permits);
        let world = self.world.clone();
        Ok(TestRegion(Arc::new(Inner { world, cpu: memory, runs, layout: None, permits })))
    }
}

/// One mapping.
#[derive(Clone, Debug)]
pub struct TestRegion(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    world: World,
    cpu: NonNull<[u8]>,
    /// Device address and length of each run.
    runs: Vec<(u64, usize)>,
    /// Of memory that was lent.
    layout: Option<Layout>,
    permits: Directions,
}

// SAFETY: the pointer is to memory that the region has for itself.
unsafe impl Send for Inner {}
// SAFETY: nothing is reached through `&Inner` but plain numbers.
unsafe impl Sync for Inner {}

impl Inner {
    fn withdraw(&self) {
        let mut state = self.world.state();
        state.mappings.retain(|mapping| self.runs.iter().all(|(iova, _)| *iova != mapping.iova));
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.withdraw();
        if let Some(layout) = self.layout {
            self.world.state().lent -= 1;
            // SAFETY: allocated with this layout; the last clone is gone.
            unsafe { dealloc(self.cpu.cast::<u8>().as_ptr(), layout) };
        }
    }
}

// SAFETY: the table of the device has exactly these runs while a clone lives.
unsafe impl Region for TestRegion {
    fn domain(&self) -> DomainId {
        self.0.world.state().domain
    }

    fn cpu(&self) -> NonNull<[u8]> {
        self.0.cpu
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let mut start = 0;
        for (iova, length) in &self.0.runs {
            if at < start + length {
                let inside = at - start;
                // SAFETY: in the table of this world's device while the region lives.
                let iova = unsafe { Iova::new(*iova) }.offset(inside);
                return (iova, max.min(length - inside));
            }
            start += length;
        }
        // SAFETY: no length goes with it.
        (unsafe { Iova::new(0) }, 0)
    }

    fn permits(&self) -> Directions {
        self.0.permits
    }

    unsafe fn sync(&self, range: Range<usize>, to: To, _direction: Direction) {
        assert!(range.end <= self.0.cpu.len());
        let mut state = self.0.world.state();
        match to {
            To::Device => state.syncs_to_device += 1,
            To::Cpu => state.syncs_to_cpu += 1,
        }
    }

    fn unmap(self) -> Result<(), Error> {
        let fails = self.0.world.state().unmap_fails;
        if fails {
            std::mem::forget(self);
            return Err(Error::new(ErrorKind::Os, Operation::Unmap, 16));
        }
        if Arc::strong_count(&self.0) > 1 {
            return Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0));
        }
        self.0.withdraw();
        Ok(())
    }
}
