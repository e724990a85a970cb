//! The caches between CPU and device, from user space.
//!
//! Needed only for devices that do not snoop; see [`Coherency`](crate::Coherency).

use core::ptr::NonNull;

use crate::arch;

/// Length of a cache line in bytes; `None` if user space cannot maintain caches on this processor.
#[must_use]
pub fn line() -> Option<usize> {
    arch::cache_line()
}

/// Writes dirty lines of the range back to memory, and waits until that is done: what the CPU
/// wrote becomes visible to devices.
///
/// # Safety
///
/// The range is valid memory.
pub unsafe fn clean(range: NonNull<[u8]>) {
    // SAFETY: the caller keeps the contract, which is the same.
    unsafe { arch::clean(range) }
}

/// As [`clean`], and forgets the lines: what a device wrote becomes visible.
///
/// # Safety
///
/// The range is valid memory.
pub unsafe fn clean_and_forget(range: NonNull<[u8]>) {
    // SAFETY: the caller keeps the contract, which is the same.
    unsafe { arch::clean_and_forget(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Maintenance leaves the bytes as they are, at any start and length.
    #[test]
    fn maintenance_leaves_the_bytes() {
        let mut bytes: Vec<u8> = (0..=255).collect();
        for (start, length) in [(0, 256), (3, 100), (255, 1), (7, 0)] {
            let range = NonNull::from(&mut bytes[start..start + length]);
            // SAFETY: the vector's own bytes.
            unsafe { clean(range) };
            // SAFETY: as above.
            unsafe { clean_and_forget(range) };
        }
        assert!(bytes.iter().copied().eq(0..=255));
    }

    // Where there are lines, their length is a power of two that makes sense.
    #[test]
    fn line_is_a_power_of_two() {
        assert!(line().is_none_or(|line| line.is_power_of_two() && (16..=2048).contains(&line)));
    }
}
