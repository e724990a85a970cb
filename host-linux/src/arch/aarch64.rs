//! Cache maintenance by address, which Linux lets user space do.
//!
//! Source: Arm Architecture Reference Manual, `DC CVAC`, `DC CIVAC`, `CTR_EL0`; the kernel sets
//! `SCTLR_EL1.UCI` and `UCT`. `DC IVAC`, which would throw away what the CPU wrote, is not allowed.

use core::arch::asm;
use core::ptr::NonNull;

/// Whether devices always see what the CPU wrote.
pub(crate) const ALWAYS_COHERENT: bool = false;

/// Whether what `/dev/mem` and UIO map is memory to the processor, though the kernel has set it
/// aside, and not registers.
pub(crate) const REGIONS_ARE_MEMORY: bool = false;

/// Length of the smallest data cache line in bytes.
#[expect(clippy::unnecessary_wraps, reason = "on other processors there is no answer")]
pub(crate) fn cache_line() -> Option<usize> {
    let register: u64;
    // SAFETY: reads a register that the kernel lets user space read, or reads in its place.
    unsafe { asm!("mrs {}, ctr_el0", out(reg) register, options(nomem, nostack, preserves_flags)) };
    // DminLine, bits 19:16: log2 of words.
    Some(4 << (register >> 16 & 0xf))
}

/// Each line of the range, by its first byte.
fn lines(range: NonNull<[u8]>) -> impl Iterator<Item = usize> {
    let line = cache_line().unwrap_or(4);
    let start = range.cast::<u8>().as_ptr().addr();
    let first = start & !(line - 1);
    (first..start.saturating_add(range.len())).step_by(line)
}

/// Waits until all maintenance so far is done, for devices too.
fn finish() {
    // SAFETY: a barrier; without `nomem`, so that the compiler moves no access across it.
    unsafe { asm!("dsb sy", options(nostack, preserves_flags)) };
}

/// Writes dirty lines back: what the CPU wrote becomes visible to devices.
///
/// # Safety
///
/// The range is valid memory.
pub(crate) unsafe fn clean(range: NonNull<[u8]>) {
    for line in lines(range) {
        // SAFETY: a line of valid memory; its content does not change.
        unsafe { asm!("dc cvac, {}", in(reg) line, options(nostack, preserves_flags)) };
    }
    finish();
}

/// As [`clean`], and forgets the lines: what a device wrote becomes visible.
///
/// # Safety
///
/// The range is valid memory.
pub(crate) unsafe fn clean_and_forget(range: NonNull<[u8]>) {
    for line in lines(range) {
        // SAFETY: a line of valid memory; what is dirty is written back first.
        unsafe { asm!("dc civac, {}", in(reg) line, options(nostack, preserves_flags)) };
    }
    finish();
}
