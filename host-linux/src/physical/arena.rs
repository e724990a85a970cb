//! One physically contiguous stretch of memory, lent in pieces.
//!
//! All of it is in the hands of one allocator, by its physical addresses; what is free there is
//! nobody's, and is zeroed before it is lent again.

use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dma_core::{AddressMask, ErrorKind, IovaWindow, Request};
use iova_allocator::{End, Fit, IovaAllocator, Policy};

use super::memory::{refused, same};
use super::{PhysicalMemory, PhysicalRun};
use crate::sys::Mapping;
use crate::{Backing, HostMemory, MemoryError, page_size};

/// What was given back rests for a while: a device that still writes there hits nobody's buffer.
const POLICY: Policy = Policy { fit: Fit::Best, end: End::Low, quarantine: 16, guard: 0 };

/// A stretch of memory: where it is for the CPU and for devices, and what of it is free.
#[derive(Debug)]
pub(super) struct Arena {
    memory: Held,
    physical: u64,
    free: Mutex<IovaAllocator>,
}

/// What it is made of.
#[derive(Debug)]
pub(super) enum Held {
    /// Huge pages, which the kernel might move.
    Huge(HostMemory),
    /// What the kernel leaves alone.
    Region(Mapping),
}

impl Held {
    fn bytes(&self) -> NonNull<[u8]> {
        match self {
            Self::Huge(memory) => memory.bytes(),
            Self::Region(map) => NonNull::slice_from_raw_parts(map.start(), map.length()),
        }
    }
}

impl Arena {
    /// All of `memory`, which lies at `physical`.
    pub(super) fn new(memory: Held, physical: u64) -> Self {
        let last = physical + (memory.bytes().len() as u64 - 1);
        let windows = [IovaWindow { first: physical, last }];
        let free = Mutex::new(IovaAllocator::new(&windows, page_size() as u64, POLICY));
        Self { memory, physical, free }
    }

    /// In bytes.
    pub(super) fn length(&self) -> usize {
        self.memory.bytes().len()
    }

    pub(super) const fn backing(&self) -> Backing {
        match self.memory {
            Held::Huge(_) => Backing::Reserved,
            Held::Region(_) => Backing::SetAside,
        }
    }

    /// Whether a device that reaches so far reaches any of it.
    pub(super) fn is_within(&self, mask: AddressMask) -> bool {
        self.physical <= mask.highest()
    }

    /// Lends a piece; `None` if there is no room.
    ///
    /// # Errors
    ///
    /// `Misaligned`, `OutOfReach`; it does not lie where it lay.
    pub(super) fn lend(
        self: &Arc<Self>,
        request: Request,
    ) -> Result<Option<PhysicalMemory>, MemoryError> {
        self.look_again()?;
        let alignment = request.alignment as u64;
        let cpu = self.memory.bytes().cast::<u8>();
        // CPU and device see the same alignment as far as the two addresses of the stretch agree.
        if !(cpu.as_ptr().addr() as u64).abs_diff(self.physical).is_multiple_of(alignment) {
            return Err(refused(
                ErrorKind::Misaligned,
                "no more than 2 MiB of alignment can be had for CPU and device alike",
            ));
        }
        let first = match self.free().allocate(request.length as u64, alignment, request.mask) {
            Ok(first) => first,
            Err(error) if error.kind() == ErrorKind::NoMemory => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // Within the stretch, as the allocator was told where it is.
        let at = usize::try_from(first - self.physical).unwrap_or(0);
        // SAFETY: `at` and what follows lie within the memory, which this value holds.
        let piece = unsafe { cpu.add(at) };
        // SAFETY: as above; whoever had this piece before has given it back, and nobody has it now.
        unsafe { piece.write_bytes(0, request.length) };
        let piece = NonNull::slice_from_raw_parts(piece, request.length);
        let run = PhysicalRun { at: 0, physical: first, length: request.length };
        Ok(Some(PhysicalMemory::part(Arc::clone(self), piece, run)))
    }

    /// Takes a piece back.
    pub(super) fn give_back(&self, first: u64) {
        self.free().free(first);
    }

    /// Whether it lies where it lay.
    ///
    /// # Errors
    ///
    /// As [`PhysicalMemory::look_again`].
    pub(super) fn look_again(&self) -> Result<(), MemoryError> {
        match &self.memory {
            Held::Huge(memory) => {
                let (at, physical, length) = (0, self.physical, self.length());
                same(memory, &[PhysicalRun { at, physical, length }])
            }
            Held::Region(_) => Ok(()),
        }
    }

    fn free(&self) -> MutexGuard<'_, IovaAllocator> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
