//! AArch64: scaled 12-bit offsets, and barriers of the outer domain.
//!
//! Devices are observers of the outer shareable domain; the fences of the language stop at the
//! inner one. Addressing with write-back is never used: an access to a trapped page tells the
//! hypervisor nothing about the base register.

use core::arch::asm;

use super::{Word, immediate, reaches};

macro_rules! word {
    ($word:ty, $load:literal, $store:literal, $value:ident: $loaded:ty => $answer:expr) => {
        impl Word for $word {
            const REACH: usize = 4095 * size_of::<Self>();

            #[inline(always)]
            unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, ", [{base}, #{offset}]"),
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
                        concat!($store, ", [{base}, #{offset}]"),
                        value = in(reg) value,
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
                if OFFSET > 0 && reaches::<Self>(OFFSET) {
                    // SAFETY: the caller says that everything up to the place is valid.
                    let item = unsafe { base.add(STRIDE * index) };
                    // SAFETY: the caller keeps the contract; the instruction reaches the place.
                    return unsafe { Self::load::<OFFSET>(item) };
                }
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, ", [{base}, {offset}]"),
                        value = lateout(reg) $value,
                        base = in(reg) base,
                        offset = in(reg) OFFSET + STRIDE * index,
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
                if OFFSET > 0 && reaches::<Self>(OFFSET) {
                    // SAFETY: the caller says that everything up to the place is valid.
                    let item = unsafe { base.add(STRIDE * index) };
                    // SAFETY: the caller keeps the contract; the instruction reaches the place.
                    return unsafe { Self::store::<OFFSET>(item, value) };
                }
                // SAFETY: one store to a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($store, ", [{base}, {offset}]"),
                        value = in(reg) value,
                        base = in(reg) base,
                        offset = in(reg) OFFSET + STRIDE * index,
                        options(nostack, preserves_flags)
                    );
                }
            }
        }
    };
}

word!(
    u8, "ldrb {value:w}", "strb {value:w}",
    // SAFETY: `ldrb` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(
    u16, "ldrh {value:w}", "strh {value:w}",
    // SAFETY: `ldrh` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(
    u32, "ldr {value:w}", "str {value:w}",
    // SAFETY: a 32-bit `ldr` clears the upper half.
    value: u64 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(u64, "ldr {value:x}", "str {value:x}", value: u64 => value);

#[inline(always)]
pub(crate) fn release() {
    // ORDER: everything before the doorbell, loads from a buffer that is recycled included, so
    // not `oshst`, which orders stores alone.
    // SAFETY: a barrier touches no memory and no register.
    unsafe { asm!("dmb osh", options(nostack, preserves_flags)) };
}

#[inline(always)]
pub(crate) fn acquire() {
    // ORDER: the load that said "done" before everything after it.
    // SAFETY: a barrier touches no memory and no register.
    unsafe { asm!("dmb oshld", options(nostack, preserves_flags)) };
}
