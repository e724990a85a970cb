//! RAM: host memory under simulated physical addresses; follows the pointers.
//!
//! A physical address here is a number of the simulated machine. It equals no CPU address and
//! no device address, so that a driver that confuses them cannot work by luck. Frames of one
//! page lead from those numbers to host memory; a device gets there only through
//! [`Ram::read`] and [`Ram::write`].
//!
//! All pointers that the machine follows are followed in this file. They stay good because
//! whoever adds memory takes it out again before it is freed, or leaks it.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{Relaxed, Release};

use dma_core::{Error, ErrorKind, IovaWindow, Operation};

use crate::iommu::{PAGE, PageTable, READ, WRITE};
use crate::placement::{Place, Placement};
use crate::shortcuts::{Shortcuts, Tag};

/// Bytes of a page, as a length.
pub(crate) const PAGE_BYTES: usize = 4096;
/// Up to this many bytes, an aligned access of a device is made word by word, each at once.
const WORD_WISE: usize = 64;
/// Physical addresses have at most so many bits.
const PHYSICAL_BITS: u32 = 48;

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

    /// Where byte `at` is, if so many bytes from there on are inside.
    #[inline]
    fn part(&self, at: usize, length: usize) -> Option<NonNull<u8>> {
        if at.checked_add(length)? > self.length {
            return None;
        }
        // SAFETY: inside, as just checked, of what is one piece of memory.
        Some(unsafe { self.start.add(at) })
    }

    fn address(&self) -> usize {
        self.start.as_ptr().addr()
    }
}

/// One page of physical addresses, or the part of it where there is memory.
#[derive(Debug)]
struct Frame {
    /// The first byte that there is.
    host: HostRange,
    /// Its address.
    physical: u64,
    /// How many lendings use it.
    users: usize,
    /// How many of them let a device write.
    writers: usize,
    /// The run of physical addresses that it was placed in.
    run: u64,
}

impl Frame {
    /// Where the byte at `physical` is, and how many of `max` bytes the frame has from there on;
    /// at least one.
    #[inline]
    fn part(&self, physical: u64, max: usize) -> Option<(NonNull<u8>, usize)> {
        let at = usize::try_from(physical.checked_sub(self.physical)?).ok()?;
        let length = self.host.length.checked_sub(at)?.min(max);
        if length == 0 {
            return None;
        }
        Some((self.host.part(at, length)?, length))
    }
}

/// Nothing answers at this physical address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NothingThere(pub(crate) u64);

/// The memory of the machine.
#[derive(Debug)]
pub(crate) struct Ram {
    /// From page addresses to numbers of frames.
    table: PageTable,
    frames: Vec<Option<Frame>>,
    spare: Vec<usize>,
    /// From CPU addresses of first bytes to numbers of frames.
    by_cpu: BTreeMap<usize, usize>,
    placement: Placement,
    shortcuts: Shortcuts,
}

impl Ram {
    /// Memory in the given banks of physical addresses; `scattered`: no two pages side by side.
    pub(crate) fn new(banks: &[IovaWindow], scattered: bool) -> Self {
        Self {
            table: PageTable::new(PHYSICAL_BITS),
            frames: Vec::new(),
            spare: Vec::new(),
            by_cpu: BTreeMap::new(),
            placement: Placement::new(banks, scattered),
            shortcuts: Shortcuts::new(),
        }
    }

    /// Gives whole pages of host memory physical addresses, and says which: one a page.
    ///
    /// Pages that have one already keep it, if the whole page has.
    ///
    /// # Safety
    ///
    /// The memory is valid for reads, and for writes if the place is writable, until `remove` was
    /// called for it as often, and as writable, as `add`.
    pub(crate) unsafe fn add(
        &mut self,
        memory: HostRange,
        place: Place,
    ) -> Result<Vec<u64>, Error> {
        let count = memory.length.div_ceil(PAGE_BYTES);
        let mut pages = Vec::with_capacity(count);
        let known =
            (0..count).any(|page| self.frame_of(memory.address() + page * PAGE_BYTES).is_some());
        let run = if known { None } else { self.placement.run(count as u64, place)? };
        if let Some(run) = run {
            for page in 0..count {
                let physical = run + (page * PAGE_BYTES) as u64;
                self.insert(memory, page, physical, run, place.writable);
                pages.push(physical);
            }
            return Ok(pages);
        }
        for page in 0..count {
            match self.add_page(memory, page, place) {
                Ok(physical) => pages.push(physical),
                Err(error) => {
                    let added = HostRange { length: page * PAGE_BYTES, ..memory };
                    self.remove(added, place.writable);
                    return Err(error);
                }
            }
        }
        Ok(pages)
    }

    fn add_page(&mut self, memory: HostRange, page: usize, place: Place) -> Result<u64, Error> {
        if let Some(known) = self.frame_of(memory.address() + page * PAGE_BYTES)
            && let Some(Some(frame)) = self.frames.get_mut(known)
        {
            let refused = |kind| Err(Error::new(kind, Operation::Map, 0));
            if frame.host.length < PAGE_BYTES {
                return refused(ErrorKind::Busy);
            }
            if frame.physical + (PAGE - 1) > place.mask.highest() {
                return refused(ErrorKind::OutOfReach);
            }
            frame.users += 1;
            frame.writers += usize::from(place.writable);
            return Ok(frame.physical);
        }
        let alignment = if page == 0 { place.alignment } else { PAGE };
        let physical = self.placement.page(alignment, place.mask)?;
        self.insert(memory, page, physical, physical, place.writable);
        Ok(physical)
    }

    /// Adds host memory at a chosen physical address, of any length and alignment.
    ///
    /// # Errors
    ///
    /// `Empty`; `OutOfReach` if the addresses have too many bits; `Busy` if there is memory.
    ///
    /// # Safety
    ///
    /// As [`Ram::add`], until `remove_at` was called.
    pub(crate) unsafe fn add_at(&mut self, physical: u64, memory: HostRange) -> Result<(), Error> {
        let refused = |kind| Err(Error::new(kind, Operation::Map, 0));
        let Some(length) = (memory.length as u64).checked_sub(1) else {
            return refused(ErrorKind::Empty);
        };
        let Some(last) = physical.checked_add(length).filter(|last| last >> PHYSICAL_BITS == 0)
        else {
            return refused(ErrorKind::OutOfReach);
        };
        let pages = (physical / PAGE..=last / PAGE).map(|page| page * PAGE);
        if pages.clone().any(|page| self.table.lookup(page).is_ok())
            || self.placement.overlaps(physical, last)
        {
            return refused(ErrorKind::Busy);
        }
        let mut at = 0;
        for page in pages {
            let first = page.max(physical);
            let length = usize::try_from((page + (PAGE - 1)).min(last) - first + 1).unwrap_or(0);
            // SAFETY: `at` bytes of the memory lie before this page, so it is inside.
            let start = unsafe { memory.start.add(at) };
            self.put(Frame {
                host: HostRange { start, length },
                physical: first,
                users: 1,
                writers: 1,
                run: first,
            });
            at += length;
        }
        Ok(())
    }

    /// Takes out what [`Ram::add_at`] added.
    pub(crate) fn remove_at(&mut self, physical: u64, length: usize) {
        let last = physical.saturating_add(length as u64).saturating_sub(1);
        for page in physical / PAGE..=last / PAGE {
            self.take_out(page * PAGE);
        }
    }

    /// Takes out what [`Ram::add`] added.
    pub(crate) fn remove(&mut self, memory: HostRange, writable: bool) {
        self.shortcuts.forget();
        for page in 0..memory.length.div_ceil(PAGE_BYTES) {
            let Some(number) = self.frame_of(memory.address() + page * PAGE_BYTES) else {
                continue;
            };
            let Some(Some(frame)) = self.frames.get_mut(number) else { continue };
            frame.users -= 1;
            frame.writers -= usize::from(writable);
            if frame.users == 0 {
                let (physical, run) = (frame.physical, frame.run);
                self.take_out(physical);
                self.placement.leave(run);
            }
        }
    }

    /// The physical address of the byte at a CPU address, if it is memory of this machine.
    pub(crate) fn physical_of(&self, cpu: usize) -> Option<u64> {
        let (start, number) = self.by_cpu.range(..=cpu).next_back()?;
        let frame = self.frames.get(*number)?.as_ref()?;
        let at = cpu - start;
        (at < frame.host.length).then_some(frame.physical + at as u64)
    }

    /// Whether there is memory at a physical address.
    pub(crate) fn has(&self, physical: u64) -> bool {
        self.find(physical, 1).is_some()
    }

    /// Bytes that are not in use.
    pub(crate) fn free_bytes(&self) -> u64 {
        self.placement.free_bytes()
    }

    /// Pages in use.
    pub(crate) fn pages(&self) -> usize {
        self.frames.len() - self.spare.len()
    }

    /// As [`Ram::read`] without looking the page up, if the short way is known; else `false`.
    #[inline]
    pub(crate) fn read_shortly(&self, tag: Tag, at: usize, bytes: &mut [u8]) -> bool {
        let Some(page) = self.shortcuts.find(tag) else { return false };
        let Some(host) = page.part(at, bytes.len()) else { return false };
        // SAFETY: so many bytes of a frame that is still there: taking one out forgets them all.
        unsafe { copy_from_host(host, bytes) };
        true
    }

    /// As [`Ram::write`] without looking the page up, if the short way is known; else `false`.
    #[inline]
    pub(crate) fn write_shortly(&mut self, tag: Tag, at: usize, bytes: &[u8]) -> bool {
        let Some(page) = self.shortcuts.find(tag) else { return false };
        let Some(host) = page.part(at, bytes.len()) else { return false };
        // SAFETY: so many bytes of a frame that is still there: taking one out forgets them all.
        // The way was learnt from a write, and is forgotten when whoever lets write leaves.
        unsafe { copy_to_host(bytes, host) };
        true
    }

    /// Remembers that accesses with this tag lead to the page of `physical`.
    pub(crate) fn remember(&mut self, tag: Tag, physical: u64) {
        if let Some((start, PAGE_BYTES)) = self.find(physical & !(PAGE - 1), PAGE_BYTES) {
            self.shortcuts.add(tag, HostRange::new(start, PAGE_BYTES));
        }
    }

    /// Forgets all short ways: to be called when a page is no longer mapped.
    pub(crate) fn forget_shortcuts(&mut self) {
        self.shortcuts.forget();
    }

    /// Copies memory to `bytes`, as a device reads it.
    #[inline]
    pub(crate) fn read(&self, mut physical: u64, mut bytes: &mut [u8]) -> Result<(), NothingThere> {
        while !bytes.is_empty() {
            let (host, length) = self.find(physical, bytes.len()).ok_or(NothingThere(physical))?;
            let (piece, rest) = bytes.split_at_mut(length);
            // SAFETY: `find` gave `length` bytes of a frame, valid for reads by `add`'s contract.
            unsafe { copy_from_host(host, piece) };
            physical += length as u64;
            bytes = rest;
        }
        Ok(())
    }

    /// Copies `bytes` to memory, as a device writes it. Memory that was only added for reading
    /// does not answer.
    #[inline]
    pub(crate) fn write(
        &mut self,
        mut physical: u64,
        mut bytes: &[u8],
    ) -> Result<(), NothingThere> {
        while !bytes.is_empty() {
            let (host, length) = self
                .frame_at(physical)
                .filter(|frame| frame.writers > 0)
                .and_then(|frame| frame.part(physical, bytes.len()))
                .ok_or(NothingThere(physical))?;
            let (piece, rest) = bytes.split_at(length);
            // SAFETY: `part` gave `length` bytes of a frame, valid for writes by `add`'s contract,
            // since somebody added it for that.
            unsafe { copy_to_host(piece, host) };
            physical += length as u64;
            bytes = rest;
        }
        Ok(())
    }

    /// Host memory at `physical`: up to the end of its frame, at most `max` bytes.
    #[inline]
    fn find(&self, physical: u64, max: usize) -> Option<(NonNull<u8>, usize)> {
        self.frame_at(physical)?.part(physical, max)
    }

    #[inline]
    fn frame_at(&self, physical: u64) -> Option<&Frame> {
        let number = self.table.lookup(physical).ok()?.target(0) / PAGE;
        self.frames.get(usize::try_from(number).ok()?)?.as_ref()
    }

    fn frame_of(&self, cpu: usize) -> Option<usize> {
        self.by_cpu.get(&cpu).copied()
    }

    fn insert(&mut self, memory: HostRange, page: usize, physical: u64, run: u64, writable: bool) {
        // SAFETY: every caller counts pages within the memory.
        let start = unsafe { memory.start.add(page * PAGE_BYTES) };
        let host = HostRange { start, length: PAGE_BYTES };
        self.put(Frame { host, physical, users: 1, writers: usize::from(writable), run });
    }

    fn put(&mut self, frame: Frame) {
        let (physical, cpu) = (frame.physical, frame.host.address());
        let number = if let Some(number) = self.spare.pop() {
            self.frames[number] = Some(frame);
            number
        } else {
            self.frames.push(Some(frame));
            self.frames.len() - 1
        };
        self.by_cpu.insert(cpu, number);
        self.table.set(physical & !(PAGE - 1), PAGE, number as u64 * PAGE, READ | WRITE);
    }

    fn take_out(&mut self, physical: u64) {
        let Ok(entry) = self.table.lookup(physical) else { return };
        self.table.clear(physical);
        self.shortcuts.forget();
        let Ok(number) = usize::try_from(entry.target(0) / PAGE) else { return };
        if let Some(frame) = self.frames.get_mut(number).and_then(Option::take) {
            self.by_cpu.remove(&frame.host.address());
            self.spare.push(number);
        }
    }
}

/// Copies from host memory. Short aligned pieces go word by word: a device fetches a
/// descriptor that the CPU may be writing, and must not see half a word.
///
/// # Safety
///
/// `host` is valid for reads of as many bytes as `bytes` has.
#[inline]
unsafe fn copy_from_host(host: NonNull<u8>, bytes: &mut [u8]) {
    if !word_wise(host, bytes.len()) {
        // SAFETY: valid by this function's contract; `copy` allows the two to overlap.
        unsafe { std::ptr::copy(host.as_ptr(), bytes.as_mut_ptr(), bytes.len()) };
        return;
    }
    for (index, word) in bytes.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        // SAFETY: `index` counts whole words of the bytes.
        let host = unsafe { host.cast::<AtomicU32>().add(index) };
        // SAFETY: valid, and aligned as `word_wise` checked.
        *word = unsafe { host.as_ref() }.load(Relaxed).to_ne_bytes();
    }
}

/// Copies to host memory; see [`copy_from_host`].
///
/// # Safety
///
/// `host` is valid for writes of as many bytes as `bytes` has.
#[inline]
unsafe fn copy_to_host(bytes: &[u8], host: NonNull<u8>) {
    if !word_wise(host, bytes.len()) {
        // SAFETY: valid by this function's contract; `copy` allows the two to overlap.
        unsafe { std::ptr::copy(bytes.as_ptr(), host.as_ptr(), bytes.len()) };
        return;
    }
    for (index, word) in bytes.as_chunks::<4>().0.iter().enumerate() {
        // SAFETY: `index` counts whole words of the bytes.
        let host = unsafe { host.cast::<AtomicU32>().add(index) };
        // ORDER: what the device wrote before is seen by who sees this word: rings rely on it.
        // SAFETY: valid, and aligned as `word_wise` checked.
        unsafe { host.as_ref() }.store(u32::from_ne_bytes(*word), Release);
    }
}

#[inline]
fn word_wise(host: NonNull<u8>, length: usize) -> bool {
    length <= WORD_WISE && length.is_multiple_of(4) && host.cast::<u32>().is_aligned()
}
