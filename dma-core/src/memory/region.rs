//! One mapping: memory, and what the device calls it.
//!
//! For backend authors. A region is a handle (an `Arc`, or on a microcontroller a `Copy` pointer)
//! whose clones share one mapping; the mapping ends with the last clone.

use core::ops::Range;
use core::ptr::NonNull;

use crate::{Direction, Directions, DomainId, Error, Iova};

/// Whom the bytes are handed to by a `sync`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum To {
    /// The device: what the CPU wrote becomes visible to it.
    Device,
    /// The CPU: what the device wrote becomes visible to it.
    Cpu,
}

/// A piece of memory mapped for a device.
///
/// # Implementation safety
///
/// While any clone lives: the memory is valid for reads and writes (for reads, where
/// [`Region::permits`] has no `FROM_DEVICE`), does not move, and the device reaches it, and only
/// it, at the addresses that [`Region::run`] gives. `domain`, `cpu` and `run` never change their
/// answers. A clone that is leaked keeps memory and mapping for ever.
pub unsafe trait Region: Clone + 'static {
    /// The address space that the memory is mapped in.
    fn domain(&self) -> DomainId;

    /// The memory as the CPU sees it.
    fn cpu(&self) -> NonNull<[u8]>;

    /// The longest piece at byte `at` that is contiguous for the device, at most `max` bytes.
    ///
    /// Scatter-gather lists come out of repeated calls, without an allocation. Past the end the
    /// length is 0.
    fn run(&self, at: usize, max: usize) -> (Iova, usize);

    /// What the device may do with it.
    fn permits(&self) -> Directions {
        Directions::BOTH
    }

    /// Hands `range` over, to the device before it starts or to the CPU after it ended: cache
    /// maintenance where the host is not coherent, nothing where it is.
    ///
    /// # Safety
    ///
    /// No reference to these bytes is alive, and nobody accesses them meanwhile but through
    /// atomics: the CPU's view of them may change.
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction);

    /// Takes the mapping away, and says if that went wrong.
    ///
    /// # Errors
    ///
    /// `Shared` if other clones live; `Os` if the system refused. The mapping then stays for
    /// ever: nothing that the device can still reach returns to an allocator.
    fn unmap(self) -> Result<(), Error>;
}
