//! An address space: which addresses are free, what is mapped, who holds it.
#![forbid(unsafe_code)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dma_core::{AddressMask, Directions, DomainId, Error, IovaWindow};
use host_linux::{Mapping, MappingBook, MappingState, Mappings};
use iova_allocator::{End, Fit, IovaAllocator, Policy};

use crate::counters::{Counters, Counting};
use crate::sys::Road;
use crate::windows::Evidence;

/// Behind each range a page stays free: what runs past the end of one buffer hits nothing, where it
/// would hit the next one.
const POLICY: Policy = Policy { fit: Fit::Best, end: End::Low, quarantine: 64, guard: 1 };

/// One container or IOAS, and all that is mapped in it.
#[derive(Debug)]
pub(crate) struct AddressSpace {
    id: DomainId,
    road: Road,
    windows: Vec<IovaWindow>,
    evidence: Evidence,
    granule: usize,
    state: Mutex<State>,
    counting: Counting,
}

#[derive(Debug)]
struct State {
    iovas: IovaAllocator,
    book: MappingBook,
}

impl AddressSpace {
    pub(crate) fn new(
        road: Road,
        windows: Vec<IovaWindow>,
        evidence: Evidence,
        granule: usize,
    ) -> Self {
        // What nothing translates is the one physical address space.
        let id = if road.is_translated() { DomainId::unique() } else { DomainId::PHYSICAL };
        let iovas = IovaAllocator::new(&windows, granule as u64, POLICY);
        let state = Mutex::new(State { iovas, book: MappingBook::default() });
        let counting = Counting::default();
        Self { id, road, windows, evidence, granule, state, counting }
    }

    pub(crate) const fn id(&self) -> DomainId {
        self.id
    }

    pub(crate) const fn road(&self) -> &Road {
        &self.road
    }

    pub(crate) fn windows(&self) -> &[IovaWindow] {
        &self.windows
    }

    pub(crate) const fn evidence(&self) -> Evidence {
        self.evidence
    }

    pub(crate) const fn granule(&self) -> usize {
        self.granule
    }

    pub(crate) fn counters(&self) -> Counters {
        self.counting.read()
    }

    /// How many mappings there are.
    pub(crate) fn live(&self) -> usize {
        self.state().iovas.in_use()
    }

    pub(crate) fn mappings(&self, device: String) -> Mappings {
        self.state().book.read(device)
    }

    /// Addresses for `length` bytes.
    pub(crate) fn reserve(
        &self,
        length: u64,
        alignment: u64,
        mask: AddressMask,
    ) -> Result<u64, Error> {
        self.state().iovas.allocate(length, alignment, mask)
    }

    /// The addresses were not used after all.
    pub(crate) fn cancel(&self, iova: u64) {
        self.state().iovas.free(iova);
    }

    /// The kernel has mapped them.
    pub(crate) fn mapped(&self, iova: u64, length: u64, permits: Directions, label: &Arc<str>) {
        self.counting.mapped(length);
        let (label, state) = (Arc::clone(label), MappingState::Live);
        self.state().book.enter(Mapping { iova, length, permits, label, state });
    }

    /// The kernel has taken them away.
    pub(crate) fn unmapped(&self, iova: u64, length: u64) {
        self.counting.unmapped(length);
        let mut state = self.state();
        state.book.strike(iova);
        state.iovas.free(iova);
    }

    /// The kernel has not: nobody gets these addresses again.
    pub(crate) fn stuck(&self, iova: u64) {
        self.counting.refused();
        self.state().book.leak(iova);
    }

    /// What is in there is whole between any two of the calls above, whatever panicked meanwhile.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
