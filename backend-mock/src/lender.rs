//! Lending and mapping memory: from host pages to runs of device addresses.
//!
//! ```text
//!   host pages ──Ram::add──► physical pages ──DomainState::map──► runs of device addresses
//! ```
#![forbid(unsafe_code)]

use std::sync::Arc;

use dma_core::{
    AddressMask, Directions, DomainId, Error, ErrorKind, IovaWindow, Operation, Request,
};

use crate::device::{Opened, error, os};
use crate::injection::use_up;
use crate::iommu::{PAGE, Wish};
use crate::machine::{PHYSICAL, State};
use crate::placement::Place;
use crate::ram::{HostMemory, HostRange, PAGE_BYTES};

/// The largest alignment that memory can have.
const LARGEST_ALIGNMENT: usize = 2 << 20;

/// Who lends memory of a device; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct MockMemory {
    opened: Arc<Opened>,
    windows: Arc<[IovaWindow]>,
}

/// A run of device addresses within a lending.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Bytes of the lending before it.
    pub(crate) at: usize,
    pub(crate) iova: u64,
    pub(crate) length: usize,
}

/// Memory that is lent or mapped, and all its runs. Ends as it is dropped.
#[derive(Debug)]
pub(crate) struct Lending {
    opened: Arc<Opened>,
    domain: DomainId,
    memory: HostRange,
    runs: Vec<Run>,
    permits: Directions,
    /// Memory that the machine allocated; none if it is the caller's.
    owned: Option<HostMemory>,
    ended: bool,
}

/// What is wanted of device addresses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) alignment: usize,
    pub(crate) mask: AddressMask,
    pub(crate) contiguous: bool,
    pub(crate) permits: Directions,
    pub(crate) operation: Operation,
}

impl MockMemory {
    pub(crate) fn new(opened: Arc<Opened>) -> Self {
        let number = opened.domain.number();
        let windows = opened.with(|state, _| {
            state.world.domains[number].as_ref().map_or(Arc::default(), |d| d.windows().into())
        });
        Self { opened, windows }
    }

    pub(crate) fn windows(&self) -> &[IovaWindow] {
        &self.windows
    }

    pub(crate) fn opened(&self) -> &Arc<Opened> {
        &self.opened
    }

    /// From now on gives scattered memory: runs of at most `bytes`, none next to another. `None`
    /// gives one run again.
    ///
    /// Requests for contiguous memory still get it, see [`MockMemory::refuse_contiguous`].
    /// Without an IOMMU memory is as scattered as the machine's RAM.
    pub fn set_pieces(&self, bytes: Option<usize>) {
        self.opened.with(|state, slot| state.world.slots[slot].pieces = bytes);
    }

    /// Refuses requests for contiguous memory, as a host without a contiguous pool does.
    pub fn refuse_contiguous(&self, refuse: bool) {
        self.opened.with(|state, slot| state.world.slots[slot].refuse_contiguous = refuse);
    }

    /// Whether mapping the caller's memory is to fail now.
    pub(crate) fn mapping_fails(&self) -> bool {
        self.opened.with(|state, slot| {
            let pending = &mut state.world.slots[slot].pending;
            let due = pending.fail_mapping == 1;
            pending.fail_mapping = pending.fail_mapping.saturating_sub(1);
            due
        })
    }

    /// Host memory for a request, or why there is none.
    pub(crate) fn host_memory(&self, request: Request) -> Result<HostMemory, Error> {
        let refused = |kind| Err(error(kind, Operation::Allocate));
        if request.length == 0 {
            return refused(ErrorKind::Empty);
        }
        if !request.alignment.is_power_of_two() || request.alignment > LARGEST_ALIGNMENT {
            return refused(ErrorKind::Misaligned);
        }
        if request.length > isize::MAX.cast_unsigned() - PAGE_BYTES {
            return refused(ErrorKind::TooLong);
        }
        let (fails, free) = self.opened.with(|state, slot| {
            let slot = &mut state.world.slots[slot];
            let due = slot.pending.fail_allocation == 1;
            slot.pending.fail_allocation = slot.pending.fail_allocation.saturating_sub(1);
            let in_pieces = request.contiguous && slot.refuse_contiguous;
            let fails = match (due, in_pieces) {
                (true, _) => Some(ErrorKind::NoMemory),
                (_, true) => Some(ErrorKind::Scattered),
                _ => None,
            };
            (fails, state.world.ram.free_bytes())
        });
        if let Some(kind) = fails {
            return refused(kind);
        }
        if request.length as u64 > free {
            return refused(ErrorKind::NoMemory);
        }
        HostMemory::zeroed(request.length, request.alignment)
            .ok_or(error(ErrorKind::NoMemory, Operation::Allocate))
    }
}

impl Wanted {
    pub(crate) const fn of(request: Request) -> Self {
        Self {
            alignment: request.alignment,
            mask: request.mask,
            contiguous: request.contiguous,
            permits: Directions::BOTH,
            operation: Operation::Allocate,
        }
    }

    /// Where the pages may be: anywhere behind an IOMMU, else where the device wants its memory.
    ///
    /// Behind one, too, memory is taken below the device's mask while there is some, as kernels
    /// do: a physical address then looks as good as any.
    pub(crate) fn places(&self, translated: bool) -> [Place; 2] {
        if translated {
            let anywhere = Place {
                alignment: PAGE,
                mask: AddressMask::ALL,
                contiguous: false,
                writable: self.permits.contains(Directions::FROM_DEVICE),
            };
            [Place { mask: self.mask, ..anywhere }, anywhere]
        } else {
            let alignment = self.alignment as u64;
            let writable = self.permits.contains(Directions::FROM_DEVICE);
            [Place { alignment, mask: self.mask, contiguous: self.contiguous, writable }; 2]
        }
    }
}

/// Lets the device reach `memory`, whose pages have these physical addresses.
///
/// If it fails, nothing is mapped.
pub(crate) fn map_pages(
    state: &mut State,
    slot: usize,
    memory: HostRange,
    pages: &[u64],
    wanted: &Wanted,
) -> Result<Vec<Run>, Error> {
    let mut runs = Vec::new();
    let result = map_runs(state, slot, memory.length(), pages, wanted, &mut runs);
    let port = &mut state.world.slots[slot];
    port.counters.maps += runs.len() as u64;
    let scattered = wanted.contiguous && runs.len() > 1;
    match result {
        Ok(()) if !scattered => Ok(runs),
        result => {
            let failed = result.err().unwrap_or(error(ErrorKind::Scattered, wanted.operation));
            unmap_runs(state, slot, &runs);
            Err(Error::new(failed.kind(), wanted.operation, failed.detail()))
        }
    }
}

fn map_runs(
    state: &mut State,
    slot: usize,
    length: usize,
    pages: &[u64],
    wanted: &Wanted,
    runs: &mut Vec<Run>,
) -> Result<(), Error> {
    let port = &state.world.slots[slot];
    let number = port.domain;
    let piece =
        if wanted.contiguous { usize::MAX } else { port.pieces.unwrap_or(usize::MAX).max(1) };
    let Some(Some(domain)) = state.world.domains.get_mut(number) else {
        return Err(error(ErrorKind::Gone, wanted.operation));
    };
    let mut at = 0;
    while at < length {
        let longest = if domain.is_translating() { piece } else { in_a_row(pages, at) };
        let length = longest.min(length - at);
        let last = (at + length - 1) / PAGE_BYTES;
        let wish = Wish {
            pages: pages.get(at / PAGE_BYTES..=last).unwrap_or(&[]),
            start: (at % PAGE_BYTES) as u64,
            length: length as u64,
            alignment: if at == 0 { wanted.alignment as u64 } else { PAGE },
            permits: wanted.permits,
            mask: wanted.mask,
        };
        let iova = domain.map(&wish)?;
        runs.push(Run { at, iova, length });
        at += length;
    }
    Ok(())
}

/// Bytes from `at` on to the end of its run of physical pages.
fn in_a_row(pages: &[u64], at: usize) -> usize {
    let rest = pages.get(at / PAGE_BYTES..).unwrap_or(&[]);
    let row = 1 + rest.windows(2).take_while(|pair| pair[0] + PAGE == pair[1]).count();
    row * PAGE_BYTES - at % PAGE_BYTES
}

fn unmap_runs(state: &mut State, slot: usize, runs: &[Run]) {
    let now = state.world.now;
    let number = state.world.slots[slot].domain;
    if let Some(Some(domain)) = state.world.domains.get_mut(number) {
        for run in runs {
            domain.unmap(run.iova, now);
        }
    }
    state.world.ram.forget_shortcuts();
    state.world.slots[slot].counters.unmaps += runs.len() as u64;
}

impl Lending {
    /// Memory whose runs were just mapped.
    pub(crate) fn new(
        opened: Arc<Opened>,
        memory: HostRange,
        owned: Option<HostMemory>,
        runs: Vec<Run>,
        permits: Directions,
    ) -> Self {
        let domain = opened.domain.id();
        if owned.is_some() {
            opened.with(|state, slot| state.world.slots[slot].counters.allocations += 1);
        }
        Self { opened, domain, memory, runs, permits, owned, ended: false }
    }

    #[inline]
    pub(crate) const fn domain(&self) -> DomainId {
        self.domain
    }

    #[inline]
    pub(crate) const fn memory(&self) -> HostRange {
        self.memory
    }

    #[inline]
    pub(crate) const fn permits(&self) -> Directions {
        self.permits
    }

    #[inline]
    pub(crate) fn opened(&self) -> &Arc<Opened> {
        &self.opened
    }

    /// The run that holds byte `at`; none past the end.
    #[inline]
    pub(crate) fn run_at(&self, at: usize) -> Option<&Run> {
        if at >= self.memory.length() {
            return None;
        }
        if let [all] = &*self.runs { Some(all) } else { self.one_of_many(at) }
    }

    /// As [`Lending::run_at`], for a byte of several runs.
    fn one_of_many(&self, at: usize) -> Option<&Run> {
        // Mostly they are of one length.
        let average = self.memory.length().div_ceil(self.runs.len().max(1)).max(1);
        if let Some([run, next]) = self.runs.get(at / average..).and_then(<[_]>::first_chunk)
            && (run.at..next.at).contains(&at)
        {
            return Some(run);
        }
        self.runs.get(self.runs.partition_point(|run| run.at <= at).checked_sub(1)?)
    }

    /// Ends all runs and takes the memory out of the machine. If that is refused, everything
    /// stays for ever, the device open with it.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(());
        }
        let memory = self.memory.whole_pages();
        let length = self.memory.length();
        // Whether the device left the rest of the last page alone, if that is known already.
        let untouched = self.opened.with(|state, slot| {
            if use_up(&mut state.world.slots[slot].pending.fail_unmaps) {
                state.world.slots[slot].counters.refused_unmaps += 1;
                return Err(os(Operation::Unmap));
            }
            unmap_runs(state, slot, &self.runs);
            let untouched = state.world.ram.is_untouched_from(&memory, length);
            state.world.ram.remove(memory, self.permits.contains(Directions::FROM_DEVICE));
            Ok(untouched)
        });
        let untouched = match untouched {
            Ok(untouched) => untouched,
            Err(error) => {
                std::mem::forget(self.owned.take());
                std::mem::forget(Arc::clone(&self.opened));
                return Err(error);
            }
        };
        // No longer mapped: the device cannot write there while we look.
        if let Some(owned) = self.owned.as_ref()
            && !untouched.unwrap_or_else(|| owned.is_untouched_from(length))
        {
            self.opened.with(|state, slot| {
                let iova = self.runs.first().map_or(0, |run| run.iova);
                state.world.complain(slot, format!(
                    "somebody wrote past the end of the {length} bytes at {iova:#x}, in their last page"
                ));
            });
        }
        Ok(())
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        // Refused: the memory was leaked and stays mapped, which is all that can be done here.
        let _ = self.end();
    }
}

/// Whether devices in this domain are translated.
pub(crate) fn is_translated(opened: &Opened) -> bool {
    opened.domain.number() != PHYSICAL
}
