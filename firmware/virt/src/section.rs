//! Critical sections of one core: interrupts are masked.

use aarch64_cpu::registers::{DAIF, Readable};
use critical_section::{Impl, RawRestoreState, set_impl};

struct Masked;
set_impl!(Masked);

// SAFETY: there is one core, on which nothing runs while its interrupts are masked; `release`
// leaves them masked if the section around it has them so.
unsafe impl Impl for Masked {
    unsafe fn acquire() -> RawRestoreState {
        let open = !DAIF.is_set(DAIF::I);
        arm_gic::irq_disable();
        open
    }

    unsafe fn release(open: RawRestoreState) {
        if open {
            arm_gic::irq_enable();
        }
    }
}
