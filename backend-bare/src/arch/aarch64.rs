//! AArch64: data caches by address, to the point of coherency.
//!
//! The instructions work at every exception level (at EL0 if the system lets them), with the MMU
//! on or off, and on every core's caches.

use core::arch::asm;
use core::ptr::NonNull;

use crate::caches::Caches;

/// The data caches of the processor, for devices that do not look into them.
///
/// # Examples
///
/// ```
/// use backend_bare::{Addresses, BareMemory, StaticPool, arch::DataCache, lines};
/// static POOL: StaticPool<{ lines(4096) }> = StaticPool::new();
///
/// // SAFETY: nothing masters a bus in this example.
/// let memory = unsafe { BareMemory::new(&POOL, Addresses::Identity, DataCache::new()) };
/// # let _ = memory;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DataCache {
    /// Bytes of the smallest line of any of them, a power of two.
    line: usize,
}

impl DataCache {
    /// Asks the processor how long its lines are.
    #[must_use]
    pub fn new() -> Self {
        let kind: u64;
        // SAFETY: reading the type of the caches has no effect.
        unsafe {
            asm!("mrs {}, ctr_el0", out(reg) kind, options(nomem, nostack, preserves_flags));
        }
        // DminLine, bits 19:16: the logarithm of the length in words of four bytes.
        Self { line: 4 << (kind >> 16 & 0xf) }
    }

    /// The starts of the lines that a range touches.
    fn lines(self, range: NonNull<[u8]>) -> impl Iterator<Item = usize> {
        let start = range.cast::<u8>().addr().get();
        let first = start & !(self.line - 1);
        (first..start + range.len()).step_by(self.line)
    }
}

impl Default for DataCache {
    fn default() -> Self {
        Self::new()
    }
}

impl Caches for DataCache {
    const COHERENT: bool = false;

    fn line(&self) -> usize {
        self.line
    }

    unsafe fn clean(&self, range: NonNull<[u8]>) {
        for line in self.lines(range) {
            // SAFETY: writing a line back changes no byte that the CPU sees; the caller says that
            // the memory is valid.
            unsafe { asm!("dc cvac, {}", in(reg) line, options(nostack, preserves_flags)) };
        }
        complete();
    }

    unsafe fn clean_and_forget(&self, range: NonNull<[u8]>) {
        for line in self.lines(range) {
            // SAFETY: as above; what is forgotten was written back.
            unsafe { asm!("dc civac, {}", in(reg) line, options(nostack, preserves_flags)) };
        }
        complete();
    }
}

/// Waits until all of it has reached memory.
fn complete() {
    // SAFETY: a barrier.
    unsafe { asm!("dsb sy", options(nostack, preserves_flags)) };
}
