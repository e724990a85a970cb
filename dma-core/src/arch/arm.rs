//! Arm of version 7 and later, 32 bit: 12-bit offsets, and `dmb sy`.
//!
//! For microcontrollers (Thumb-2) and application processors (either instruction set). A 64-bit
//! access is two on the bus here, so there is none.

use core::arch::asm;

use super::{Word, immediate, reaches};

macro_rules! word {
    ($word:ty, $reach:literal, $load:literal, $store:literal, $value:ident: $loaded:ty => $answer:expr) => {
        impl Word for $word {
            const REACH: usize = $reach;

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
    u8, 4095, "ldrb {value}", "strb {value}",
    // SAFETY: `ldrb` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
// The A32 form of `ldrh` has 8 bits.
word!(
    u16, 255, "ldrh {value}", "strh {value}",
    // SAFETY: `ldrh` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(u32, 4095, "ldr {value}", "str {value}", value: u32 => value);

/// Everything before it, before everything after it, for every observer.
#[inline(always)]
fn barrier() {
    // SAFETY: a barrier touches no memory and no register.
    unsafe { asm!("dmb sy", options(nostack, preserves_flags)) };
}

#[inline(always)]
pub(crate) fn release() {
    // ORDER: memory before the doorbell.
    barrier();
}

#[inline(always)]
pub(crate) fn acquire() {
    // ORDER: the load that said "done" before the data; there is no barrier for loads alone.
    barrier();
}
