//! The proof of a reset.

use dma_core::{Epoch, Quiet};
use host_linux::Resets;

/// The proof of the reset that was counted last. To be called only by what has just made it, with
/// bus mastering off and `resets` marked quiet.
pub(crate) fn quiet(resets: &Resets, epoch: Epoch) -> Quiet {
    debug_assert!(resets.is_quiet(), "a reset leaves the device marked quiet");
    // SAFETY: the only caller has just reset the device and switched bus mastering off. `resets`
    // is marked quiet, so it stays off until `resume` takes a proof of this epoch; others are
    // refused.
    unsafe { Quiet::new(epoch) }
}
