//! AArch64: scaled 12-bit offsets, and barriers of the outer domain.
//!
//! Devices are observers of the outer shareable domain; the fences of the language stop at the
//! inner one. Addressing with write-back is never used: an access to a trapped page tells the
//! hypervisor nothing about the base register.

use core::arch::asm;

use super::arm_word::word;
use super::one_instruction::one_instruction;
use super::{Word, immediate, reaches};

word!(
    u8, 4095, "ldrb {value:w}", "strb {value:w}",
    // SAFETY: `ldrb` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(
    u16, 2 * 4095, "ldrh {value:w}", "strh {value:w}",
    // SAFETY: `ldrh` clears the upper bits.
    value: u32 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(
    u32, 4 * 4095, "ldr {value:w}", "str {value:w}",
    // SAFETY: a 32-bit `ldr` clears the upper half.
    value: u64 => unsafe { Self::try_from(value).unwrap_unchecked() }
);
word!(u64, 8 * 4095, "ldr {value:x}", "str {value:x}", value: u64 => value);

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
