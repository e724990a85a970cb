//! The caches between CPU and device, from user space.
//!
//! Needed only for devices that do not snoop; see [`Coherency`](crate::Coherency).

use core::ops::Range;
use core::ptr::NonNull;

use dma_core::{Direction, To};

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

/// Hands a range of `memory` over, to the device or to the CPU: what [`Region::sync`] does where
/// the device does not snoop. What lies outside is left out.
///
/// [`Region::sync`]: dma_core::Region::sync
///
/// # Safety
///
/// `memory` is valid.
pub unsafe fn hand_over(memory: NonNull<[u8]>, range: Range<usize>, to: To, direction: Direction) {
    let end = range.end.min(memory.len());
    let start = range.start.min(end);
    // SAFETY: `start` lies within the memory, as just made sure.
    let first = unsafe { memory.cast::<u8>().add(start) };
    let bytes = NonNull::slice_from_raw_parts(first, end - start);
    match (to, direction) {
        // SAFETY: the bytes are valid, as the caller promises.
        (To::Device, Direction::ToDevice) => unsafe { clean(bytes) },
        // A dirty line would be written over the device's data later; one that was fetched early
        // would hide it.
        // SAFETY: as above.
        (_, Direction::FromDevice) => unsafe { clean_and_forget(bytes) },
        (To::Cpu, Direction::ToDevice) => {}
    }
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
