//! Arm of version 7 and later, 32 bit: 12-bit offsets, and `dmb sy`.
//!
//! For microcontrollers (Thumb-2) and application processors (either instruction set). A 64-bit
//! access is two on the bus here, so there is none.

use core::arch::asm;

use super::arm_word::word;
use super::one_instruction::one_instruction;
use super::{Word, immediate, reaches};

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
