//! What the board's data cache needs, so that device and CPU see the same bytes.
//!
//! Most microcontrollers have no data cache, and then [`Coherent`] is the answer and costs
//! nothing. Where there is one (Cortex-M7, bare aarch64), two operations on a range are supplied,
//! and every `sync` of a buffer calls the right one. For processors whose architecture defines
//! them they are in [`arch`](crate::arch); else they are the board's.

use core::ptr::NonNull;

/// Cache maintenance by address.
///
/// Two operations are enough. A plain invalidation is not among them, since it would throw away
/// what the CPU wrote to a neighbour in the same line.
pub trait Caches: Copy + 'static {
    /// Whether devices see what the CPU wrote without any of this.
    const COHERENT: bool;

    /// Length of a cache line in bytes, a power of two; 1 where caches do not matter.
    fn line(&self) -> usize;

    /// Writes dirty lines of the range back to memory, and waits until that is done: what the
    /// CPU wrote becomes visible to devices.
    ///
    /// # Safety
    ///
    /// The range is valid memory.
    unsafe fn clean(&self, range: NonNull<[u8]>);

    /// As [`Caches::clean`], and forgets the lines: what a device wrote becomes visible.
    ///
    /// # Safety
    ///
    /// The range is valid memory.
    unsafe fn clean_and_forget(&self, range: NonNull<[u8]>);
}

/// No cache between CPU and device, or one that the devices snoop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coherent;

impl Caches for Coherent {
    const COHERENT: bool = true;

    fn line(&self) -> usize {
        1
    }

    unsafe fn clean(&self, _range: NonNull<[u8]>) {}

    unsafe fn clean_and_forget(&self, _range: NonNull<[u8]>) {}
}
