//! Memory for benchmarks: addresses as they are, nothing to look up.
//!
//! So that what is measured is the engine and not a lender.

use std::ops::Range;
use std::ptr::NonNull;

use dma_core::{Buffer, Direction, DomainId, Error, Iova, Region, To};

/// Memory that is never given back.
#[derive(Clone, Debug)]
pub struct Plain {
    memory: NonNull<[u8]>,
}

impl Plain {
    /// A buffer of `length` zeros.
    #[must_use]
    pub fn buffer(length: usize) -> Buffer<Self> {
        let memory = NonNull::from(Box::leak(vec![0; length].into_boxed_slice()));
        // SAFETY: initialised, leaked, and nobody else has it.
        unsafe { Buffer::new(Self { memory }) }
    }
}

// SAFETY: leaked memory is valid for ever, where it is; the only device is `Copier`, for which an
// address is a pointer.
unsafe impl Region for Plain {
    #[inline]
    fn domain(&self) -> DomainId {
        DomainId::PHYSICAL
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        self.memory
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let at = at.min(self.memory.len());
        let start = self.memory.cast::<u8>().as_ptr().expose_provenance() + at;
        // SAFETY: for ever valid at this place.
        (unsafe { Iova::new(start as u64) }, max.min(self.memory.len() - at))
    }

    #[inline]
    unsafe fn sync(&self, _: Range<usize>, _: To, _: Direction) {}

    fn unmap(self) -> Result<(), Error> {
        Ok(())
    }
}
