//! RISC-V: loads and stores with a 12-bit signed offset, and fences that name devices.
//!
//! The fences of the language order memory alone: `fence` names device input and output apart.

use core::arch::asm;

use super::{Word, immediate};

macro_rules! word {
    ($word:ty, $load:literal, $store:literal) => {
        impl Word for $word {
            const REACH: usize = 2047;

            #[inline(always)]
            unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
                let value: Self;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, " {value}, {offset}({base})"),
                        value = lateout(reg) value,
                        base = in(reg) base,
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
                value
            }

            #[inline(always)]
            unsafe fn store<const OFFSET: usize>(base: *mut u8, value: Self) {
                // SAFETY: one store to a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($store, " {value}, {offset}({base})"),
                        value = in(reg) value,
                        base = in(reg) base,
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
            }
        }
    };
}

word!(u8, "lbu", "sb");
word!(u16, "lhu", "sh");
word!(u32, "lw", "sw");
#[cfg(target_arch = "riscv64")]
word!(u64, "ld", "sd");

#[inline(always)]
pub(crate) fn release() {
    // ORDER: memory before stores to the device (`o`), and before stores to a ring (`w`).
    // SAFETY: a fence touches no memory and no register.
    unsafe { asm!("fence rw, ow", options(nostack, preserves_flags)) };
}

#[inline(always)]
pub(crate) fn acquire() {
    // ORDER: loads from the device (`i`) or a ring (`r`) before memory, which may be written
    // next.
    // SAFETY: a fence touches no memory and no register.
    unsafe { asm!("fence ir, rw", options(nostack, preserves_flags)) };
}
