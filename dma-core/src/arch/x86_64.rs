//! x86-64: `mov` with a 32-bit displacement; the processor keeps the order by itself.
//!
//! Loads are not reordered with loads nor with later stores, and stores not with stores, between
//! ordinary memory and uncached registers. So a barrier only has to hold the compiler.

use core::arch::asm;

use super::{Word, immediate};

macro_rules! word {
    ($word:ty, $class:ident, $load:literal, $value:ident: $loaded:ty => $answer:expr, $store:literal) => {
        impl Word for $word {
            const REACH: usize = i32::MAX as usize;

            #[inline(always)]
            unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        $load,
                        value = lateout(reg) $value,
                        base = in(reg) base,
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
                $answer
            }

            #[inline(always)]
            unsafe fn store<const OFFSET: usize>(base: *mut u8, value: Self) {
                // SAFETY: one store to a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        $store,
                        value = in($class) value,
                        base = in(reg) base,
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
            }
        }
    };
}

word!(
    u8,
    reg_byte,
    "movzx {value:e}, byte ptr [{base} + {offset}]",
    value: u32 => value.to_le_bytes()[0],
    "mov byte ptr [{base} + {offset}], {value}"
);
word!(
    u16,
    reg,
    "movzx {value:e}, word ptr [{base} + {offset}]",
    value: u16 => value,
    "mov word ptr [{base} + {offset}], {value:x}"
);
word!(
    u32,
    reg,
    "mov {value:e}, dword ptr [{base} + {offset}]",
    value: u32 => value,
    "mov dword ptr [{base} + {offset}], {value:e}"
);
word!(
    u64,
    reg,
    "mov {value:r}, qword ptr [{base} + {offset}]",
    value: u64 => value,
    "mov qword ptr [{base} + {offset}], {value:r}"
);

/// A barrier for the compiler alone.
#[inline(always)]
fn compiler_barrier() {
    // SAFETY: no instruction. Without `nomem` the compiler must assume that memory changes here.
    unsafe { asm!("", options(nostack, preserves_flags)) };
}

#[inline(always)]
pub(crate) fn release() {
    // ORDER: memory before the doorbell: kept by the processor, held here against the compiler.
    compiler_barrier();
}

#[inline(always)]
pub(crate) fn acquire() {
    // ORDER: status before the data: kept by the processor, held here against the compiler.
    compiler_barrier();
}
