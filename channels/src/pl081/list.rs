//! The linked list in ring memory: which slots run, and what comes next.
//!
//! The first item of a chain goes straight into the channel's registers and never through
//! memory; its slot is kept free, so that slots and segments are one to one.

use dma_core::{
    Buffer, DeviceAddress, Error, ErrorKind, LowIova, Narrow, Operation, Region, Shared, SharedView,
};
use register_map::pl081::linked_list_item::{self as item_map, LinkedListItem};
use register_map::{Block, Readable, Window, Writeable};

use super::target::{INTERRUPT, Item, MASK};

/// Bytes of one item.
pub(super) const ITEM: usize = LinkedListItem::SIZE;

/// The slots: from `oldest` on `running` ones, then `pending` ones, going round.
pub(super) struct List<R: Region> {
    ring: Shared<R>,
    base: LowIova,
    depth: usize,
    oldest: usize,
    /// What the channel was told about and has not been counted.
    running: usize,
    /// What was pushed since.
    pending: usize,
    /// The first pending item.
    first: Option<Item>,
}

impl<R: Region> List<R> {
    /// An empty list in `ring`; how many slots it has is what fits.
    pub(super) fn new(ring: Shared<R>) -> Result<Self, (Shared<R>, ErrorKind)> {
        let depth = ring.size() / ITEM;
        let kind = match ring.iova(0) {
            Some(base) if depth > 0 => match base.low() {
                Some(base) if base.get().trailing_zeros() < ITEM.trailing_zeros() => {
                    ErrorKind::Misaligned
                }
                Some(base) if MASK.reaches(base.iova(), ring.size()) => {
                    let (oldest, running, pending, first) = (0, 0, 0, None);
                    return Ok(Self { ring, base, depth, oldest, running, pending, first });
                }
                _ => ErrorKind::OutOfReach,
            },
            _ => ErrorKind::TooShort,
        };
        Err((ring, kind))
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn room(&self) -> usize {
        self.depth - self.running - self.pending
    }

    pub(super) fn running(&self) -> usize {
        self.running
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running + self.pending == 0
    }

    /// Appends an item to what is pending. There is room.
    ///
    /// # Safety
    ///
    /// The item's ranges stay mapped, and nobody else touches them, until it is retired.
    pub(super) unsafe fn push(&mut self, item: Item) -> Result<(), Error> {
        let Some(first) = &mut self.first else {
            self.first = Some(item);
            self.pending = 1;
            return Ok(());
        };
        let slot = wrap(self.oldest + self.running + self.pending, self.depth);
        let here = self.base.offset(slot * ITEM);
        let words = window(&self.ring, slot)?;
        // SAFETY: the caller keeps the range; the channel fetches the item only once the chain
        // is started.
        unsafe { words.reg(item_map::SRC_ADDR).steer(item.source) }?;
        // SAFETY: as above.
        unsafe { words.reg(item_map::DEST_ADDR).steer(item.destination) }?;
        // SAFETY: zero ends the list.
        unsafe { words.reg(item_map::LLI).steer(DeviceAddress::new(0)) }?;
        words.reg(item_map::CONTROL).set(item.control);
        if self.pending == 1 {
            first.next = Some(here);
        } else {
            let before = window(&self.ring, wrap(slot + self.depth - 1, self.depth))?;
            // SAFETY: an item of this list, complete, in memory that the channel owns.
            unsafe { before.reg(item_map::LLI).steer(here) }?;
        }
        self.pending += 1;
        Ok(())
    }

    /// Makes a chain of what is pending: the last item interrupts, the items are visible to the
    /// device. Gives the first item, for the registers; `None` if nothing is pending.
    pub(super) fn start(&mut self) -> Result<Option<Item>, Error> {
        let Some(mut first) = self.first else { return Ok(None) };
        if self.pending == 1 {
            first.control |= INTERRUPT;
        } else {
            let second = wrap(self.oldest + 1, self.depth);
            let last = wrap(self.oldest + self.pending - 1, self.depth);
            let words = window(&self.ring, last)?;
            let control = words.reg(item_map::CONTROL);
            control.set(control.get() | INTERRUPT);
            if second <= last {
                self.ring.publish(second * ITEM..(last + 1) * ITEM);
            } else {
                self.ring.publish(second * ITEM..self.depth * ITEM);
                self.ring.publish(0..(last + 1) * ITEM);
            }
        }
        self.first = None;
        self.running = self.pending;
        self.pending = 0;
        Ok(Some(first))
    }

    /// How many running items ended, when the channel's next item is at `next` (0: none).
    pub(super) fn ended_before(&self, next: u32) -> Result<usize, Error> {
        if next == 0 {
            // The last one runs.
            return Ok(self.running.saturating_sub(1));
        }
        let mistake = Error::new(ErrorKind::DeviceFault, Operation::Transfer, next);
        let offset = usize::try_from(next.wrapping_sub(self.base.get())).map_err(|_| mistake)?;
        let slot = offset / ITEM;
        if slot >= self.depth || !offset.is_multiple_of(ITEM) {
            return Err(mistake);
        }
        // The item before `next` runs, so `next` is at least the second of those that run.
        let ahead = wrap(slot + self.depth - self.oldest, self.depth);
        if ahead == 0 || ahead >= self.running {
            return Err(mistake);
        }
        Ok(ahead - 1)
    }

    /// Forgets the oldest `count` running items.
    pub(super) fn retire(&mut self, count: usize) {
        self.oldest = wrap(self.oldest + count, self.depth);
        self.running -= count;
    }

    /// Forgets all items. The channel is quiet.
    pub(super) fn clear(&mut self) {
        self.running = 0;
        self.pending = 0;
        self.first = None;
    }

    pub(super) fn into_buffer(self) -> Buffer<R> {
        self.ring.into_buffer()
    }
}

/// The words of one slot.
fn window<R: Region>(
    ring: &Shared<R>,
    slot: usize,
) -> Result<Window<SharedView<'_>, LinkedListItem>, Error> {
    let outside = Error::new(ErrorKind::TooShort, Operation::Transfer, 0);
    let view = ring.view().narrow(slot * ITEM, ITEM).ok_or(outside)?;
    // SAFETY: the controller alone reads this memory, slot by slot, as linked-list items.
    unsafe { Window::new(view) }.map_err(|refused| refused.error)
}

/// A slot that may have gone round once.
fn wrap(slot: usize, depth: usize) -> usize {
    if slot < depth { slot } else { slot - depth }
}
