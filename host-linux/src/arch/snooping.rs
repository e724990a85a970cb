//! Processors whose caches user space need not, or cannot, maintain.
//!
//! On x86 devices snoop. On others there is no way from user space; a device that does not snoop
//! is refused there by whoever opens it, because [`cache_line`] says so.

use core::ptr::NonNull;

/// Whether devices always see what the CPU wrote.
pub(crate) const ALWAYS_COHERENT: bool = cfg!(any(target_arch = "x86_64", target_arch = "x86"));

/// Whether what `/dev/mem` and UIO map is memory to the processor, though the kernel has set it
/// aside, and not registers.
pub(crate) const REGIONS_ARE_MEMORY: bool = ALWAYS_COHERENT;

/// Length of a cache line in bytes; `None` if user space cannot maintain caches.
pub(crate) const fn cache_line() -> Option<usize> {
    None
}

/// # Safety
///
/// As on processors where it does something: the range is valid memory.
pub(crate) unsafe fn clean(_range: NonNull<[u8]>) {}

/// # Safety
///
/// As [`clean`].
pub(crate) unsafe fn clean_and_forget(_range: NonNull<[u8]>) {}
