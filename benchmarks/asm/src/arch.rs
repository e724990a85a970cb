//! What depends on the processor: the barrier, and 64-bit accesses.

use core::arch::asm;

cfg_if::cfg_if! {
    if #[cfg(target_pointer_width = "64")] {
        #[path = "wide.rs"]
        pub mod wide;
    }
}

/// What must stand before a doorbell on this processor.
#[inline(always)]
pub(crate) fn barrier() {
    cfg_if::cfg_if! {
        if #[cfg(target_arch = "aarch64")] {
            // SAFETY: a barrier touches nothing.
            unsafe { asm!("dmb osh", options(nostack, preserves_flags)) };
        } else if #[cfg(target_arch = "arm")] {
            // SAFETY: a barrier touches nothing.
            unsafe { asm!("dmb sy", options(nostack, preserves_flags)) };
        } else {
            // SAFETY: nothing at all.
            unsafe { asm!("", options(nostack, preserves_flags)) };
        }
    }
}
