//! RAM: host memory under simulated physical addresses; follows the pointers.
//!
//! A physical address here is a number of the simulated machine. It equals no CPU address and
//! no device address, so that a driver that confuses them cannot work by luck. Frames of one
//! page lead from those numbers to host memory; a device gets there only through
//! [`Ram::read`] and [`Ram::write`].
//!
//! All pointers that the machine follows are followed in this folder. They stay good because
//! whoever adds memory takes it out again before it is freed, or leaks it.

mod caches;
mod host;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ptr::NonNull;

use dma_core::{Error, ErrorKind, IovaWindow, Operation};

use crate::iommu::{PAGE, PageTable, READ, WRITE};
use crate::placement::{Place, Placement};
use crate::shortcuts::{Reach, Shortcuts, Stretch};

use caches::{Access, Backing};
pub(crate) use caches::{Evictions, LINE};
pub use host::Pages;
pub(crate) use host::{HostMemory, HostRange};
use host::{copy_from_host, copy_to_host};

/// Bytes of a page, as a length.
pub(crate) const PAGE_BYTES: usize = 4096;
/// Physical addresses have at most so many bits.
const PHYSICAL_BITS: u32 = 48;

/// One page of physical addresses, or the part of it where there is memory.
#[derive(Debug)]
struct Frame {
    /// The first byte that there is, as devices reach it.
    host: HostRange,
    /// The same as the CPU sees it; the same memory where caches are coherent.
    cpu: HostRange,
    /// RAM behind the caches, where they are not.
    backing: Option<Backing>,
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
        let length = self.host.length().checked_sub(at)?.min(max);
        if length == 0 {
            return None;
        }
        Some((self.host.part(at, length)?, length))
    }
}

/// Nothing answers at this physical address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NothingThere(pub(crate) u64);

/// What the processor's caches are like.
#[derive(Clone, Debug)]
pub(crate) enum Caches {
    /// Devices see into them.
    Coherent,
    /// Devices see RAM alone; lines may come and go by chance.
    Apart(Option<Evictions>),
}

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
    caches: Caches,
}

/// Host memory that a device reaches right away, as long as the machine's memory stays as it is.
pub(crate) struct ShortWay<'r> {
    memory: HostRange,
    /// Of which it was learnt.
    right: u64,
    ram: PhantomData<&'r mut Ram>,
}

impl ShortWay<'_> {
    /// How many bytes lie there.
    #[inline]
    pub(crate) const fn length(&self) -> usize {
        self.memory.length()
    }

    /// As [`Ram::read`], for as many bytes as there are. Gives how many.
    #[inline]
    pub(crate) fn read(self, bytes: &mut [u8]) -> usize {
        let length = self.length().min(bytes.len());
        // SAFETY: so many bytes of frames that are still there: taking one out forgets the way, and
        // takes the machine's memory, which this borrows.
        unsafe { copy_from_host(self.memory.bytes().cast(), &mut bytes[..length]) };
        length
    }

    /// As [`ShortWay::read`], the other way. None, if it is a way to read.
    #[inline]
    pub(crate) fn write(self, bytes: &[u8]) -> usize {
        if self.right != WRITE {
            return 0;
        }
        let length = self.length().min(bytes.len());
        // SAFETY: so many bytes of frames that are still there, as above. The way was learnt for
        // writing, as just checked, and is forgotten when whoever lets write leaves.
        unsafe { copy_to_host(&bytes[..length], self.memory.bytes().cast()) };
        length
    }
}

impl Ram {
    /// Memory in the given banks of physical addresses; `scattered`: no two pages side by side.
    pub(crate) fn new(banks: &[IovaWindow], scattered: bool, caches: Caches) -> Self {
        Self {
            table: PageTable::new(PHYSICAL_BITS),
            frames: Vec::new(),
            spare: Vec::new(),
            by_cpu: BTreeMap::new(),
            placement: Placement::new(banks, scattered),
            shortcuts: Shortcuts::new(),
            caches,
        }
    }

    /// Whether devices see what the CPU wrote without further ado.
    pub(crate) const fn is_coherent(&self) -> bool {
        matches!(self.caches, Caches::Coherent)
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
        let count = memory.length().div_ceil(PAGE_BYTES);
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
                    let added = memory.slice(0..page * PAGE_BYTES);
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
            if frame.host.length() < PAGE_BYTES {
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
        let Some(length) = (memory.length() as u64).checked_sub(1) else {
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
            self.put(memory.slice(at..at + length), first, true, first);
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
        for page in 0..memory.length().div_ceil(PAGE_BYTES) {
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
        (at < frame.host.length()).then_some(frame.physical + at as u64)
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

    /// The short way to a byte, if one is known: to it and what lies behind it, without looking
    /// pages up.
    #[inline]
    pub(crate) fn short_way(&mut self, reach: Reach) -> Option<ShortWay<'_>> {
        let memory = self.shortcuts.find(reach)?;
        Some(ShortWay { memory, right: reach.right, ram: PhantomData })
    }

    /// As [`Ram::short_way`], if it was learnt recently.
    #[inline]
    pub(crate) fn recent_way(&mut self, reach: Reach) -> Option<ShortWay<'_>> {
        let memory = self.shortcuts.find_recent(reach)?;
        Some(ShortWay { memory, right: reach.right, ram: PhantomData })
    }

    /// Remembers that a byte leads to the first of the pages `from`, and its neighbours to as many
    /// after it, and to as many of those `before` it, as lie side by side in host memory.
    pub(crate) fn remember(
        &mut self,
        reach: Reach,
        before: impl Iterator<Item = u64>,
        mut from: impl Iterator<Item = u64>,
    ) {
        if self.stirs() {
            return;
        }
        let whole = |physical| {
            let frame = self.frame_at(physical)?;
            let fits = frame.writers > 0 || reach.right != WRITE;
            (frame.host.length() == PAGE_BYTES && fits).then_some(frame)
        };
        let Some(page) = from.next().and_then(whole) else { return };
        // Pages of one run are of one piece of memory, unless each has a backing of its own.
        let beside = |physical, place: usize| {
            let frame = if self.is_coherent() { whole(physical)? } else { return None };
            (frame.run == page.run && frame.host.address() == place).then_some(frame)
        };
        let (mut first, mut start, mut length) = (page, reach.address & !(PAGE - 1), PAGE_BYTES);
        for physical in from {
            let Some(_) = beside(physical, page.host.address() + length) else { break };
            length += PAGE_BYTES;
        }
        for physical in before {
            let place = first.host.address().wrapping_sub(PAGE_BYTES);
            let Some(frame) = beside(physical, place) else { break };
            (first, start, length) = (frame, start - PAGE, length + PAGE_BYTES);
        }
        let memory = HostRange::new(first.host.bytes().cast(), length);
        // A page with a backing of its own is a piece of its own.
        let piece = if self.is_coherent() { first.run } else { first.physical };
        self.shortcuts.add(reach, Stretch { first: start, memory, piece });
    }

    /// Forgets all short ways: to be called when a page is no longer mapped.
    pub(crate) fn forget_shortcuts(&mut self) {
        self.shortcuts.forget();
    }

    /// Copies memory to `bytes`, as a device reads it.
    #[inline]
    pub(crate) fn read(
        &mut self,
        mut physical: u64,
        mut bytes: &mut [u8],
    ) -> Result<(), NothingThere> {
        while !bytes.is_empty() {
            let (host, length) = self.find(physical, bytes.len()).ok_or(NothingThere(physical))?;
            if self.stirs() {
                self.stir(physical, length, Access::Read);
            }
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
            if self.stirs() {
                self.stir(physical, length, Access::Written);
            }
            physical += length as u64;
            bytes = rest;
        }
        Ok(())
    }

    /// Whether lines come and go by chance.
    #[inline]
    const fn stirs(&self) -> bool {
        matches!(self.caches, Caches::Apart(Some(_)))
    }

    /// Lets lines of an access come and go by chance.
    #[cold]
    fn stir(&mut self, physical: u64, length: usize, access: Access) {
        let Caches::Apart(Some(evictions)) = &mut self.caches else { return };
        let Ok(entry) = self.table.lookup(physical) else { return };
        let number = usize::try_from(entry.target(0) / PAGE).unwrap_or(usize::MAX);
        let Some(Some(frame)) = self.frames.get_mut(number) else { return };
        let Ok(at) = usize::try_from(physical - frame.physical) else { return };
        let first = within_page(physical);
        let (Some(cpu), Some(backing)) = (frame.cpu.part(at, length), &mut frame.backing) else {
            return;
        };
        let writable = frame.writers > 0;
        // SAFETY: a frame's memory is valid by the contract of who added it, for writes if anybody
        // added it so. It is what a device accesses right now, so the driver keeps others away.
        unsafe { backing.stir(evictions, access, cpu, first..first + length, writable) };
    }

    /// RAM behind the caches for byte `at` of added memory: where that byte is for the CPU, where
    /// it lies in its page, and the page.
    fn backing_of(
        &mut self,
        memory: &HostRange,
        at: usize,
    ) -> Option<(NonNull<u8>, usize, &mut Backing)> {
        let cpu = memory.part(at, 1)?;
        let (start, number) = self.by_cpu.range(..=cpu.as_ptr().addr()).next_back()?;
        let frame = self.frames.get_mut(*number)?.as_mut()?;
        let at = cpu.as_ptr().addr() - start;
        if at >= frame.cpu.length() {
            return None;
        }
        Some((cpu, within_page(frame.physical) + at, frame.backing.as_mut()?))
    }

    /// Whether no device wrote behind byte `at` of added whole pages, in the page of that byte.
    /// `None`: memory and RAM are one, so the memory itself shows it.
    pub(crate) fn is_untouched_from(&mut self, memory: &HostRange, at: usize) -> Option<bool> {
        if at.is_multiple_of(PAGE_BYTES) {
            return (!self.is_coherent()).then_some(true);
        }
        let (_, first, backing) = self.backing_of(memory, at)?;
        Some(backing.is_untouched_from(first))
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
        let page = page * PAGE_BYTES;
        self.put(memory.slice(page..page + PAGE_BYTES), physical, writable, run);
    }

    fn put(&mut self, cpu: HostRange, physical: u64, writable: bool, run: u64) {
        let backing = (!self.is_coherent()).then(Backing::new);
        let host = match &backing {
            None => cpu,
            Some(backing) => {
                let at = within_page(physical);
                HostRange::new(backing.start(), PAGE_BYTES).slice(at..at + cpu.length())
            }
        };
        let writers = usize::from(writable);
        let frame = Frame { host, cpu, backing, physical, users: 1, writers, run };
        let number = if let Some(number) = self.spare.pop() {
            self.frames[number] = Some(frame);
            number
        } else {
            self.frames.push(Some(frame));
            self.frames.len() - 1
        };
        self.by_cpu.insert(cpu.address(), number);
        self.table.set(physical & !(PAGE - 1), PAGE, number as u64 * PAGE, READ | WRITE);
    }

    fn take_out(&mut self, physical: u64) {
        let Ok(entry) = self.table.lookup(physical) else { return };
        self.table.clear(physical);
        self.shortcuts.forget();
        let Ok(number) = usize::try_from(entry.target(0) / PAGE) else { return };
        if let Some(frame) = self.frames.get_mut(number).and_then(Option::take) {
            self.by_cpu.remove(&frame.cpu.address());
            self.spare.push(number);
        }
    }
}

/// Where an address lies in its page.
fn within_page(physical: u64) -> usize {
    usize::try_from(physical % PAGE).unwrap_or(0)
}
