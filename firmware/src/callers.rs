//! Bytes that are the program's own, to be mapped for a device.

use core::cell::UnsafeCell;
use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};

const PAGE: usize = 4096;

#[repr(C, align(4096))]
struct Page(UnsafeCell<[u8; PAGE]>);

/// So many pages in a `static`, handed out once each.
pub struct Callers<const PAGES: usize> {
    pages: [Page; PAGES],
    taken: AtomicUsize,
}

// SAFETY: each byte is handed out once, by `take`.
unsafe impl<const PAGES: usize> Sync for Callers<PAGES> {}

impl<const PAGES: usize> Callers<PAGES> {
    /// All of them free.
    #[must_use]
    pub const fn new() -> Self {
        let pages = [const { Page(UnsafeCell::new([0; PAGE])) }; PAGES];
        Self { pages, taken: AtomicUsize::new(0) }
    }

    /// `length` bytes that nobody else has: from the start of a page, or 13 bytes further on if
    /// not `whole`. `None` if there are no more.
    #[expect(clippy::mut_from_ref, reason = "each byte is handed out once")]
    pub fn take(&'static self, length: usize, whole: bool) -> Option<&'static mut [u8]> {
        let lead = if whole { 0 } else { 13 };
        let count = (lead + length).div_ceil(PAGE);
        let first = self.taken.fetch_add(count, Ordering::Relaxed);
        let pages = self.pages.get(first..first + count)?;
        // SAFETY: `lead` lies inside the first of these pages.
        let start = unsafe { pages.as_ptr().cast::<u8>().cast_mut().add(lead) };
        // SAFETY: the pages follow one another, hold `lead + length` bytes in cells, and the
        // counter hands them out once.
        Some(unsafe { core::slice::from_raw_parts_mut(start, length) })
    }
}

impl<const PAGES: usize> Default for Callers<PAGES> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const PAGES: usize> fmt::Debug for Callers<PAGES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callers").field("taken", &self.taken).finish_non_exhaustive()
    }
}
