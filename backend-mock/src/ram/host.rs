//! Host memory: pages, pointers into them, and copying as a device does.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::fmt;
use std::ops::{Deref, DerefMut, Range};
use std::ptr::NonNull;
use std::sync::atomic::Ordering::{Relaxed, Release};
use std::sync::atomic::{AtomicU8, AtomicU32};

use dma_core::{Error, ErrorKind, Operation};

use super::PAGE_BYTES;

/// Up to this many bytes, an aligned access of a device is made word by word, each at once.
const WORD_WISE: usize = 64;

/// Zeroed whole pages of the host, freed on drop.
pub(crate) struct HostMemory {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: it owns plain bytes, as a `Vec<u8>` does.
unsafe impl Send for HostMemory {}
// SAFETY: `&HostMemory` gives out a pointer, which only unsafe code follows.
unsafe impl Sync for HostMemory {}

impl HostMemory {
    /// At least `length` bytes, in whole pages, aligned to `alignment` and a page. `None` if the
    /// host has not that much, or no such alignment.
    pub(crate) fn zeroed(length: usize, alignment: usize) -> Option<Self> {
        let whole = length.max(1).checked_next_multiple_of(PAGE_BYTES)?;
        let layout = Layout::from_size_align(whole, alignment.max(PAGE_BYTES)).ok()?;
        // SAFETY: the size is not zero.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) })?;
        // The simulated device will use the pointer, so it is reachable from outside.
        let _ = start.as_ptr().expose_provenance();
        Some(Self { start, layout })
    }

    /// As [`HostMemory::zeroed`] of whole pages; where there is no memory the process ends, as
    /// with a `Vec`.
    pub(super) fn zeroed_or_abort(length: usize) -> Self {
        match Self::zeroed(length, PAGE_BYTES) {
            Some(memory) => memory,
            None => std::alloc::handle_alloc_error(Layout::new::<[u8; PAGE_BYTES]>()),
        }
    }

    pub(crate) const fn start(&self) -> NonNull<u8> {
        self.start
    }

    /// Whether all bytes of the last page from `at` on are still as they were allocated.
    pub(crate) fn is_untouched_from(&self, at: usize) -> bool {
        let length = self.length().saturating_sub(at).min(PAGE_BYTES);
        // SAFETY: `at` was cut to the length, so the pointer is inside or just past the end.
        let start = unsafe { self.start.add(self.length() - length) };
        // SAFETY: so many bytes from there to the end, initialised as they were allocated.
        let tail = unsafe { std::slice::from_raw_parts(start.as_ptr(), length) };
        tail == &[0; PAGE_BYTES][..length]
    }

    /// Length in bytes: whole pages.
    pub(crate) const fn length(&self) -> usize {
        self.layout.size()
    }
}

impl Drop for HostMemory {
    fn drop(&mut self) {
        // SAFETY: allocated by `zeroed` with this layout, and freed once.
        unsafe { dealloc(self.start.as_ptr(), self.layout) }
    }
}

impl fmt::Debug for HostMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostMemory").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// Whole pages of bytes: memory of one's own that may be mapped for a device.
///
/// An IOMMU maps pages, so [`Mapped`](dma_core::Mapped) refuses memory that begins or ends within
/// one. A `Vec` mostly does; this never.
///
/// # Examples
///
/// ```
/// use backend_mock::Pages;
/// let mut pages = Pages::holding(5000)?;
/// assert_eq!(pages.len(), 8192);
/// pages[4999] = 7;
/// # Ok::<(), dma_core::Error>(())
/// ```
pub struct Pages {
    memory: HostMemory,
}

impl Pages {
    /// Zeroed pages for at least `length` bytes, and at least one.
    ///
    /// # Errors
    ///
    /// `NoMemory`.
    pub fn holding(length: usize) -> Result<Self, Error> {
        match HostMemory::zeroed(length, PAGE_BYTES) {
            Some(memory) => Ok(Self { memory }),
            None => Err(Error::new(ErrorKind::NoMemory, Operation::Allocate, 0)),
        }
    }

    /// As [`Pages::holding`]; where there is no memory the process ends, as with a `Vec`.
    pub(crate) fn holding_or_abort(length: usize) -> Self {
        Self { memory: HostMemory::zeroed_or_abort(length) }
    }
}

impl Deref for Pages {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: so many initialised bytes that this value owns; `&self` keeps writers away.
        unsafe { std::slice::from_raw_parts(self.memory.start.as_ptr(), self.memory.length()) }
    }
}

impl DerefMut for Pages {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as `deref`, and `&mut self` makes the access exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.memory.start.as_ptr(), self.memory.length()) }
    }
}

// SAFETY: the bytes lie on the heap, at the same place for as long as the value lives.
unsafe impl stable_deref_trait::StableDeref for Pages {}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("length", &self.len()).finish_non_exhaustive()
    }
}

/// Memory that some frames lead to: where it begins for the CPU, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostRange {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: a pointer and a length, followed only by `Ram`, which has its own rules.
unsafe impl Send for HostRange {}
// SAFETY: as above.
unsafe impl Sync for HostRange {}

impl HostRange {
    pub(crate) const fn new(start: NonNull<u8>, length: usize) -> Self {
        Self { start, length }
    }

    pub(crate) const fn bytes(&self) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.start, self.length)
    }

    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// With the rest of its last page.
    pub(crate) const fn whole_pages(self) -> Self {
        Self { length: self.length.next_multiple_of(PAGE_BYTES), ..self }
    }

    /// The bytes of `range`, as far as they are inside.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let end = range.end.min(self.length);
        let at = range.start.min(end);
        // SAFETY: inside or just past the end of what is one piece of memory, as just cut.
        Self { start: unsafe { self.start.add(at) }, length: end - at }
    }

    /// Where byte `at` is, if so many bytes from there on are inside.
    #[inline]
    pub(crate) fn part(&self, at: usize, length: usize) -> Option<NonNull<u8>> {
        if at.checked_add(length)? > self.length {
            return None;
        }
        // SAFETY: inside, as just checked, of what is one piece of memory.
        Some(unsafe { self.start.add(at) })
    }

    /// The memory from byte `at` on, if that is inside.
    #[inline]
    pub(crate) fn rest(&self, at: usize) -> Option<Self> {
        if at >= self.length {
            return None;
        }
        // SAFETY: inside, as just checked, of what is one piece of memory.
        Some(Self { start: unsafe { self.start.add(at) }, length: self.length - at })
    }

    /// Whether the other begins where this ends.
    pub(crate) fn ends_at(&self, other: &Self) -> bool {
        self.address().checked_add(self.length) == Some(other.address())
    }

    pub(super) fn address(&self) -> usize {
        self.start.as_ptr().addr()
    }
}

/// Copies from host memory. Short aligned pieces go word by word: a device fetches a
/// descriptor that the CPU may be writing, and must not see half a word.
///
/// # Safety
///
/// `host` is valid for reads of as many bytes as `bytes` has.
#[inline]
pub(super) unsafe fn copy_from_host(host: NonNull<u8>, bytes: &mut [u8]) {
    if !word_wise(host, bytes.len()) {
        // SAFETY: valid by this function's contract; `copy` allows the two to overlap.
        unsafe { std::ptr::copy(host.as_ptr(), bytes.as_mut_ptr(), bytes.len()) };
        return;
    }
    let words = bytes.as_chunks_mut::<4>().0;
    // Descriptors and commands have these lengths, which then need no loop.
    match words.len() {
        // SAFETY: valid by this function's contract, and aligned as `word_wise` checked.
        8 => unsafe { load_words(host, &mut words[..8]) },
        // SAFETY: as above.
        16 => unsafe { load_words(host, &mut words[..16]) },
        // SAFETY: as above.
        _ => unsafe { load_words(host, words) },
    }
}

/// # Safety
///
/// `host` is valid for reads of so many words, and aligned to them.
#[inline(always)]
unsafe fn load_words(host: NonNull<u8>, words: &mut [[u8; 4]]) {
    let load = |index: usize| {
        // SAFETY: `index` counts the words.
        let host = unsafe { host.cast::<AtomicU32>().add(index) };
        // SAFETY: valid and aligned by this function's contract.
        unsafe { host.as_ref() }.load(Relaxed).to_le()
    };
    // Stored in pairs: whoever reads both words at once, as an address, would wait for two stores.
    let (pairs, last) = words.as_chunks_mut::<2>();
    for (number, pair) in pairs.iter_mut().enumerate() {
        let both = u64::from(load(2 * number)) | u64::from(load(2 * number + 1)) << 32;
        pair.as_flattened_mut().copy_from_slice(&both.to_le_bytes());
    }
    for word in last {
        *word = load(2 * pairs.len()).to_le_bytes();
    }
}

/// Copies to host memory; see [`copy_from_host`].
///
/// # Safety
///
/// `host` is valid for writes of as many bytes as `bytes` has.
#[inline]
pub(super) unsafe fn copy_to_host(bytes: &[u8], host: NonNull<u8>) {
    if !word_wise(host, bytes.len()) {
        // SAFETY: valid by this function's contract; `copy` allows the two to overlap.
        unsafe { std::ptr::copy(bytes.as_ptr(), host.as_ptr(), bytes.len()) };
        return;
    }
    let words = bytes.as_chunks::<4>().0;
    match words.len() {
        // SAFETY: valid by this function's contract, and aligned as `word_wise` checked.
        1 => unsafe { store_words(&words[..1], host) },
        // SAFETY: as above.
        16 => unsafe { store_words(&words[..16], host) },
        // SAFETY: as above.
        _ => unsafe { store_words(words, host) },
    }
}

/// # Safety
///
/// `host` is valid for writes of so many words, and aligned to them.
#[inline(always)]
unsafe fn store_words(words: &[[u8; 4]], host: NonNull<u8>) {
    for (index, word) in words.iter().enumerate() {
        // SAFETY: `index` counts the words.
        let host = unsafe { host.cast::<AtomicU32>().add(index) };
        // ORDER: what the device wrote before is seen by who sees this word: rings rely on it.
        // SAFETY: valid and aligned by this function's contract.
        unsafe { host.as_ref() }.store(u32::from_ne_bytes(*word), Release);
    }
}

#[inline]
fn word_wise(host: NonNull<u8>, length: usize) -> bool {
    length <= WORD_WISE && length.is_multiple_of(4) && host.cast::<u32>().is_aligned()
}

/// Copies from the CPU's view, each word or byte at once: somebody may be storing to others.
///
/// # Safety
///
/// `view` is valid for reads of as many bytes as `bytes` has, which nobody writes meanwhile but
/// through atomics.
pub(super) unsafe fn load(view: NonNull<u8>, bytes: &mut [u8]) {
    if word_wise(view, bytes.len()) {
        // SAFETY: valid by this function's contract.
        unsafe { copy_from_host(view, bytes) };
        return;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        // SAFETY: `at` counts the bytes.
        let view = unsafe { view.cast::<AtomicU8>().add(at) };
        // SAFETY: valid by this function's contract.
        *byte = unsafe { view.as_ref() }.load(Relaxed);
    }
}

/// Copies to the CPU's view, each word or byte at once.
///
/// # Safety
///
/// As [`load`], and valid for writes.
pub(super) unsafe fn store(bytes: &[u8], view: NonNull<u8>) {
    if word_wise(view, bytes.len()) {
        // SAFETY: valid by this function's contract.
        unsafe { copy_to_host(bytes, view) };
        return;
    }
    for (at, byte) in bytes.iter().enumerate() {
        // SAFETY: `at` counts the bytes.
        let view = unsafe { view.cast::<AtomicU8>().add(at) };
        // SAFETY: valid by this function's contract.
        unsafe { view.as_ref() }.store(*byte, Relaxed);
    }
}
