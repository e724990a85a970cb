//! What a source lends, and the trait of sources.
#![forbid(unsafe_code)]

use core::fmt;
use std::ptr::NonNull;
use std::sync::Arc;

use dma_core::{Error, Operation, Request};
use rustix::io::Errno;

use super::arena::Arena;
use super::{PhysicalRun, physical_runs};
use crate::{Backing, HostError, HostMemory, MemoryError, os};

/// Who has memory whose physical address is known.
pub trait PhysicalSource: fmt::Debug + Send + Sync + 'static {
    /// Lends memory: zeroed, aligned for CPU and device alike, below the request's mask.
    ///
    /// # Errors
    ///
    /// By their [`ErrorKind`](dma_core::ErrorKind): `Misaligned`, `NoMemory`, `OutOfReach`,
    /// `Scattered`, `Os`; each with what to type.
    fn lend(&self, request: Request) -> Result<PhysicalMemory, MemoryError>;
}

/// Memory that lies where it says; given back as it is dropped.
#[derive(Debug)]
pub struct PhysicalMemory {
    cpu: NonNull<[u8]>,
    runs: Vec<PhysicalRun>,
    holder: Holder,
}

/// Whose it is.
#[derive(Debug)]
enum Holder {
    /// A part of what is lent in pieces.
    Part { arena: Arc<Arena>, first: u64 },
    /// All of it.
    Whole(HostMemory),
}

impl PhysicalMemory {
    pub(super) fn part(arena: Arc<Arena>, cpu: NonNull<[u8]>, run: PhysicalRun) -> Self {
        let first = run.physical;
        Self { cpu, runs: vec![run], holder: Holder::Part { arena, first } }
    }

    pub(crate) fn whole(memory: HostMemory, length: usize, runs: Vec<PhysicalRun>) -> Self {
        let cpu = NonNull::slice_from_raw_parts(memory.bytes().cast(), length);
        Self { cpu, runs, holder: Holder::Whole(memory) }
    }

    /// The bytes that were asked for.
    #[must_use]
    pub const fn cpu(&self) -> NonNull<[u8]> {
        self.cpu
    }

    /// Where they lie, in order; the last run may be longer than what was asked for.
    #[must_use]
    pub fn runs(&self) -> &[PhysicalRun] {
        &self.runs
    }

    /// The physical address of byte `at`, and how many bytes follow it there.
    #[must_use]
    pub fn run(&self, at: usize) -> (u64, usize) {
        let index = self.runs.partition_point(|run| run.at <= at);
        match index.checked_sub(1).and_then(|index| self.runs.get(index)) {
            Some(run) => (run.physical + (at - run.at) as u64, run.at + run.length - at),
            None => (0, 0),
        }
    }

    /// Which pages it has.
    #[must_use]
    pub fn backing(&self) -> Backing {
        match &self.holder {
            Holder::Part { arena, .. } => arena.backing(),
            Holder::Whole(memory) => memory.backing(),
        }
    }

    /// Looks whether it still lies where it says.
    ///
    /// # Errors
    ///
    /// The kernel has moved pages, or does not tell any more.
    pub fn look_again(&self) -> Result<(), MemoryError> {
        match &self.holder {
            Holder::Part { arena, .. } => arena.look_again(),
            Holder::Whole(memory) => same(memory, &self.runs),
        }
    }
}

impl Drop for PhysicalMemory {
    fn drop(&mut self) {
        if let Holder::Part { arena, first } = &self.holder {
            arena.give_back(*first);
        }
    }
}

/// Whether memory still lies where it lay.
pub(super) fn same(memory: &HostMemory, runs: &[PhysicalRun]) -> Result<(), MemoryError> {
    let now = physical_runs(memory.bytes()).map_err(|error| unknown(&error))?;
    if now == runs {
        return Ok(());
    }
    Err(MemoryError::new(
        os(Operation::Allocate, Errno::FAULT),
        "the kernel has moved pages that a device has the address of: stop the device, and keep \
         the host from moving memory (no hot-unplug, no `/proc/sys/vm/compact_memory`, no CMA), or \
         use a region that was set aside (`memory=BASE+SIZE`)",
    ))
}

/// Where memory lies cannot be found out.
pub(super) fn unknown(error: &HostError) -> MemoryError {
    let number = error.number().map_or(Errno::PERM, Errno::from_raw_os_error);
    MemoryError::new(os(Operation::Allocate, number), error.to_string())
}

/// A refusal with what to do.
pub(super) fn refused(kind: dma_core::ErrorKind, text: impl Into<String>) -> MemoryError {
    MemoryError::new(Error::new(kind, Operation::Allocate, 0), text)
}
