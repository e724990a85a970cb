//! The processor's data caches, and a count of what was asked of them.
//!
//! An emulator has no caches, so that a missing call shows nothing wrong in memory; that it is
//! made, on which bytes, is what can be seen.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};

use backend_bare::Caches;
use backend_bare::arch::DataCache;

/// What was asked so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Asked {
    /// Calls that write back.
    pub(crate) cleaned: u32,
    /// Calls that write back and forget.
    pub(crate) forgotten: u32,
    /// The first byte of the last one, and how many.
    pub(crate) last: (usize, usize),
}

static CLEANED: AtomicU32 = AtomicU32::new(0);
static FORGOTTEN: AtomicU32 = AtomicU32::new(0);
static START: AtomicUsize = AtomicUsize::new(0);
static LENGTH: AtomicUsize = AtomicUsize::new(0);

/// What was asked so far.
pub(crate) fn asked() -> Asked {
    let last = (START.load(Relaxed), LENGTH.load(Relaxed));
    Asked { cleaned: CLEANED.load(Relaxed), forgotten: FORGOTTEN.load(Relaxed), last }
}

/// The processor's caches; every call counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted(DataCache);

impl Counted {
    pub(crate) fn new() -> Self {
        Self(DataCache::new())
    }
}

fn note(count: &AtomicU32, range: NonNull<[u8]>) {
    count.fetch_add(1, Relaxed);
    START.store(range.cast::<u8>().addr().get(), Relaxed);
    LENGTH.store(range.len(), Relaxed);
}

impl Caches for Counted {
    const COHERENT: bool = DataCache::COHERENT;

    fn line(&self) -> usize {
        self.0.line()
    }

    unsafe fn clean(&self, range: NonNull<[u8]>) {
        note(&CLEANED, range);
        // SAFETY: the caller says that the memory is valid.
        unsafe { self.0.clean(range) };
    }

    unsafe fn clean_and_forget(&self, range: NonNull<[u8]>) {
        note(&FORGOTTEN, range);
        // SAFETY: the caller says that the memory is valid.
        unsafe { self.0.clean_and_forget(range) };
    }
}
