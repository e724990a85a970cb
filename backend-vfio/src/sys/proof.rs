//! Names of address spaces, and the proof of a reset.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use dma_core::{DomainId, Epoch, Quiet};

use crate::reset::Resets;

/// A number for an address space that no other has.
pub(crate) fn new_domain() -> DomainId {
    // Apart from the small numbers of kernels, and from those of other roads.
    static NEXT: AtomicU32 = AtomicU32::new(0x5600_0000);
    // SAFETY: the counter gives each number once (2^32 address spaces are out of reach), and an
    // address space is one container or IOAS, whichever of its devices uses it.
    unsafe { DomainId::new(NEXT.fetch_add(1, Relaxed)) }
}

/// The proof of the reset that was counted last. To be called only by what has just made it, with
/// bus mastering off and `resets` marked quiet.
pub(crate) fn quiet(resets: &Resets, epoch: Epoch) -> Quiet {
    debug_assert!(resets.is_quiet(), "a reset leaves the device marked quiet");
    // SAFETY: the only caller has just reset the device and switched bus mastering off. `resets`
    // is marked quiet, so it stays off until `resume` takes a proof of this epoch; others are
    // refused.
    unsafe { Quiet::new(epoch) }
}
