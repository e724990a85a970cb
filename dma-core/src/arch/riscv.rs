//! RISC-V: 12-bit signed offsets, and fences that name devices.
//!
//! The fences of the language order memory alone: `fence` names device input and output apart.

use core::arch::asm;

use super::one_instruction::one_instruction;
use super::{Word, immediate};

macro_rules! word {
    ($word:ty, $load:literal, $store:literal, $value:ident: $loaded:ty => $answer:expr) => {
        impl Word for $word {
            const REACH: usize = 2047;

            one_instruction!("{offset}({base})", $load, $store, $value: $loaded => $answer);

            #[inline(always)]
            unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(
                base: *const u8,
                index: usize,
            ) -> Self {
                let rest = OFFSET - immediate::<Self>(OFFSET);
                // SAFETY: the caller says that everything up to the place is valid.
                let item = unsafe { base.add(rest + STRIDE * index) };
                // SAFETY: the caller keeps the contract; what is left the instruction reaches.
                unsafe { Self::load::<OFFSET>(item) }
            }

            #[inline(always)]
            unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(
                base: *mut u8,
                index: usize,
                value: Self,
            ) {
                let rest = OFFSET - immediate::<Self>(OFFSET);
                // SAFETY: the caller says that everything up to the place is valid.
                let item = unsafe { base.add(rest + STRIDE * index) };
                // SAFETY: the caller keeps the contract; what is left the instruction reaches.
                unsafe { Self::store::<OFFSET>(item, value) };
            }
        }
    };
}

word!(
    u8, "lbu {value}", "sb {value}",
    // SAFETY: `lbu` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(
    u16, "lhu {value}", "sh {value}",
    // SAFETY: `lhu` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(u32, "lw {value}", "sw {value}", value: u32 => value);
#[cfg(target_arch = "riscv64")]
word!(u64, "ld {value}", "sd {value}", value: u64 => value);

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
