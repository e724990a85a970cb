//! The board's memory: a pool that devices reach, and the program's own bytes.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicUsize, Ordering};

use backend_bare::{StaticPool, lines};

/// Bytes of the pool: the longest buffers, targets and rings of a case, and what the cases about
/// leaks leave behind.
const POOL: usize = 2 << 20;

/// What devices are lent.
pub(crate) static SRAM: StaticPool<{ lines(POOL) }> = StaticPool::new();

const PAGE: usize = 4096;
const PAGES: usize = 128;

#[repr(C, align(4096))]
struct Page(UnsafeCell<[u8; PAGE]>);

/// Bytes that are the caller's own, to be mapped.
struct Callers {
    pages: [Page; PAGES],
    taken: AtomicUsize,
}

// SAFETY: each byte is handed out once, by `take`.
unsafe impl Sync for Callers {}

static CALLERS: Callers = Callers {
    pages: [const { Page(UnsafeCell::new([0; PAGE])) }; PAGES],
    taken: AtomicUsize::new(0),
};

/// `length` bytes that nobody else has: whole pages' beginning, or 13 bytes further on if not
/// `whole`. `None` if all are taken.
pub(crate) fn take(length: usize, whole: bool) -> Option<&'static mut [u8]> {
    let lead = if whole { 0 } else { 13 };
    let count = (lead + length).div_ceil(PAGE);
    let first = CALLERS.taken.fetch_add(count, Ordering::Relaxed);
    let pages = CALLERS.pages.get(first..first + count)?;
    // SAFETY: `lead` lies inside the first of these pages.
    let start = unsafe { pages.as_ptr().cast::<u8>().cast_mut().add(lead) };
    // SAFETY: the pages follow one another, hold `lead + length` bytes in cells, and the counter
    // hands them out once.
    Some(unsafe { core::slice::from_raw_parts_mut(start, length) })
}
