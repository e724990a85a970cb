//! Caches of a processor that devices do not see into.
//!
//! On such a machine memory is there twice: as the CPU sees it, which is the memory that buffers'
//! slices and rings' words touch, and as it is in RAM, a copy that devices read and write.
//! Nothing moves between the two but by `sync`, in whole lines, as cache instructions do:
//!
//! ```text
//!   CPU's view ── clean: lines that the CPU changed ──────► RAM ◄── device
//!              ◄─ invalidate: what is in RAM, after a clean ─┘
//! ```
//!
//! A line is dirty if the CPU's bytes differ from what they were when they were last handed over;
//! no store needs a hook for that. A line that is written back is written as a whole, its
//! neighbours' bytes as they were last known, so it destroys what a device put there meanwhile.
//! Of the CPU's view only those bytes are touched that the caller hands over, or that a device
//! accesses at this moment: nobody else has a reference to those.
//!
//! What is stricter than hardware: no line is ever fetched or written back by luck, unless
//! [`Evictions`] are wished for; and memory that was never handed over is not even zero in RAM.

use std::ops::Range;
use std::ptr::NonNull;

use dma_core::{Direction, To};

use super::host::{HostMemory, HostRange, load, store};
use super::{PAGE_BYTES, Ram};
use crate::schedule::Dice;

/// Bytes of a line.
pub(crate) const LINE: usize = 64;
/// What is in RAM where nothing was ever written back.
const NEVER_WRITTEN: u8 = 0xa5;

/// Lines that come and go by chance, at accesses of devices.
#[derive(Clone, Debug)]
pub(crate) struct Evictions {
    dice: Dice,
}

impl Evictions {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed) }
    }
}

/// What happens to the memory of an access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    /// A device is about to read it.
    Read,
    /// A device has just written it.
    Written,
}

/// One page of RAM behind the caches, and what the CPU saw of it last.
#[derive(Debug)]
pub(super) struct Backing {
    ram: HostMemory,
    /// What each line held when it was last handed over: where the CPU's bytes differ, they are
    /// dirty.
    known: Box<[u8; PAGE_BYTES]>,
}

impl Backing {
    pub(super) fn new() -> Self {
        let ram = HostMemory::zeroed_or_abort(PAGE_BYTES);
        let mut backing = Self { ram, known: Box::new([NEVER_WRITTEN; PAGE_BYTES]) };
        backing.bytes_mut().fill(NEVER_WRITTEN);
        backing
    }

    /// Where its first byte is, for devices.
    pub(super) const fn start(&self) -> NonNull<u8> {
        self.ram.start()
    }

    /// Whether nothing was ever written to it from byte `at` on.
    pub(super) fn is_untouched_from(&self, at: usize) -> bool {
        self.bytes()[at..].iter().all(|byte| *byte == NEVER_WRITTEN)
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: a page of initialised bytes that this value owns. Devices write it only through
        // `Ram`, which this belongs to, and so not while it is borrowed.
        unsafe { std::slice::from_raw_parts(self.ram.start().as_ptr(), PAGE_BYTES) }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as `bytes`, and `&mut self` makes the access exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.ram.start().as_ptr(), PAGE_BYTES) }
    }

    /// Writes the lines of `part` back that the CPU changed. Whether there were any.
    ///
    /// # Safety
    ///
    /// `cpu` is the CPU's view of the part, valid for reads, which nobody writes meanwhile but
    /// through atomics.
    unsafe fn clean(&mut self, cpu: NonNull<u8>, part: Range<usize>) -> bool {
        let mut any = false;
        for piece in lines(part.clone()) {
            // SAFETY: the piece lies within the part.
            let here = unsafe { cpu.add(piece.start - part.start) };
            let mut now = [0; LINE];
            let now = &mut now[..piece.len()];
            // SAFETY: valid by this function's contract.
            unsafe { load(here, now) };
            if self.known[piece.clone()] == *now {
                continue;
            }
            self.known[piece.clone()].copy_from_slice(now);
            let line = piece.start / LINE * LINE..(piece.start / LINE + 1) * LINE;
            let mut whole = [0; LINE];
            whole.copy_from_slice(&self.known[line.clone()]);
            self.bytes_mut()[line].copy_from_slice(&whole);
            any = true;
        }
        any
    }

    /// What was just cleaned is in RAM now, also where the CPU stored what had been there before:
    /// such a store makes a line dirty, and does not show.
    fn settle(&mut self, part: Range<usize>) {
        let mut known = [0; PAGE_BYTES];
        let known = &mut known[part.clone()];
        known.copy_from_slice(&self.known[part.clone()]);
        self.bytes_mut()[part].copy_from_slice(known);
    }

    /// Shows the CPU what is in RAM.
    ///
    /// # Safety
    ///
    /// As [`Backing::clean`], and the view is valid for writes, and nobody reads it meanwhile but
    /// through atomics.
    unsafe fn fetch(&mut self, cpu: NonNull<u8>, part: Range<usize>) {
        for piece in lines(part.clone()) {
            // SAFETY: the piece lies within the part.
            let here = unsafe { cpu.add(piece.start - part.start) };
            let mut fresh = [0; LINE];
            let fresh = &mut fresh[..piece.len()];
            fresh.copy_from_slice(&self.bytes()[piece.clone()]);
            if self.known[piece.clone()] == *fresh {
                continue;
            }
            self.known[piece].copy_from_slice(fresh);
            // SAFETY: valid by this function's contract.
            unsafe { store(fresh, here) };
        }
    }

    /// Lets lines of an access come and go.
    ///
    /// # Safety
    ///
    /// As [`Backing::clean`]; if `writable`, as [`Backing::fetch`].
    pub(super) unsafe fn stir(
        &mut self,
        evictions: &mut Evictions,
        access: Access,
        cpu: NonNull<u8>,
        part: Range<usize>,
        writable: bool,
    ) {
        for piece in lines(part.clone()) {
            if !evictions.dice.chance(1, 2) {
                continue;
            }
            // SAFETY: the piece lies within the part.
            let here = unsafe { cpu.add(piece.start - part.start) };
            // SAFETY: the caller keeps the contract.
            let dirty = unsafe { self.clean(here, piece.clone()) };
            if !dirty && writable && access == Access::Written {
                // SAFETY: the caller keeps the contract, for what is writable.
                unsafe { self.fetch(here, piece) };
            }
        }
    }
}

impl Ram {
    /// Hands memory over, as cache instructions do; nothing where the caches are coherent.
    ///
    /// # Safety
    ///
    /// The memory was added. It is valid for writes if `writable`, and nobody else accesses it
    /// meanwhile but through atomics.
    pub(crate) unsafe fn sync(
        &mut self,
        memory: HostRange,
        to: To,
        direction: Direction,
        writable: bool,
    ) {
        if self.is_coherent() {
            return;
        }
        let mut at = 0;
        while at < memory.length() {
            let left = memory.length() - at;
            let Some((cpu, first, backing)) = self.backing_of(&memory, at) else { return };
            let length = left.min(PAGE_BYTES - first);
            let part = first..first + length;
            // Back to the CPU, too: without privileges there is no way to drop a line but to write
            // it back first.
            if to == To::Device || direction == Direction::FromDevice {
                // SAFETY: part of memory that the caller answers for.
                unsafe { backing.clean(cpu, part.clone()) };
            }
            if to == To::Device {
                backing.settle(part);
            } else if direction == Direction::FromDevice && writable {
                // SAFETY: as above, and it is writable.
                unsafe { backing.fetch(cpu, part) };
            }
            at += length;
        }
    }
}

/// A part of a page, cut at lines.
fn lines(part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = part.end;
    let mut at = part.start;
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let next = ((at / LINE + 1) * LINE).min(end);
        Some(std::mem::replace(&mut at, next)..next)
    })
}
