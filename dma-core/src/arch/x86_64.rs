//! x86-64: 32-bit offsets; the processor keeps the order by itself.
//!
//! Loads are not reordered with loads nor with later stores, and stores not with stores, between
//! ordinary memory and uncached registers. So a barrier only has to hold the compiler.

use core::arch::asm;

use super::{Word, immediate, reaches};

/// What the address computation multiplies an index by: the stride if it can, else 1.
const fn scale<T: Word>(offset: usize, stride: usize) -> usize {
    match stride {
        1 | 2 | 4 | 8 if reaches::<T>(offset) => stride,
        _ => 1,
    }
}

/// What to give the address computation as its index.
#[inline(always)]
const fn scaled<T: Word>(offset: usize, stride: usize, index: usize) -> usize {
    if scale::<T>(offset, stride) == stride && reaches::<T>(offset) {
        index
    } else {
        offset - immediate::<T>(offset) + stride * index
    }
}

macro_rules! word {
    (
        $word:ty as $class:ident,
        load $load:literal, $place:literal,
        $value:ident: $loaded:ty => $answer:expr,
        store $store:literal
    ) => {
        impl Word for $word {
            const REACH: usize = i32::MAX as usize;

            #[inline(always)]
            unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, ", ", $place, " ptr [{base} + {offset}]"),
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
                        concat!("mov ", $place, " ptr [{base} + {offset}], ", $store),
                        value = in($class) value,
                        base = in(reg) base,
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
            }

            #[inline(always)]
            unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(
                base: *const u8,
                index: usize,
            ) -> Self {
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, ", ", $place, " ptr [{base} + {scale}*{index} + {offset}]"),
                        value = lateout(reg) $value,
                        base = in(reg) base,
                        index = in(reg) scaled::<Self>(OFFSET, STRIDE, index),
                        scale = const scale::<Self>(OFFSET, STRIDE),
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
                $answer
            }

            #[inline(always)]
            unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(
                base: *mut u8,
                index: usize,
                value: Self,
            ) {
                // SAFETY: one store to a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!("mov ", $place, " ptr [{base} + {scale}*{index} + {offset}], ", $store),
                        value = in($class) value,
                        base = in(reg) base,
                        index = in(reg) scaled::<Self>(OFFSET, STRIDE, index),
                        scale = const scale::<Self>(OFFSET, STRIDE),
                        offset = const immediate::<Self>(OFFSET),
                        options(nostack, preserves_flags)
                    );
                }
            }
        }
    };
}

word!(
    u8 as reg_byte,
    load "movzx {value:e}", "byte",
    // SAFETY: `movzx` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() },
    store "{value}"
);
word!(
    u16 as reg,
    load "movzx {value:e}", "word",
    // SAFETY: `movzx` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() },
    store "{value:x}"
);
word!(
    u32 as reg,
    load "mov {value:e}", "dword",
    // SAFETY: a `mov` to a 32-bit register clears the upper half of the whole one.
    value: u64 => unsafe { Self::try_from(value).unwrap_unchecked() },
    store "{value:e}"
);
word!(
    u64 as reg,
    load "mov {value:r}", "qword",
    value: u64 => value,
    store "{value:r}"
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
