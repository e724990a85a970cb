//! The ring of descriptors: which slots the engine runs through, in which blocks.
//!
//! The engine fetches descriptors in *blocks*: descriptors that lie side by side, within one page of
//! 4096 bytes. Whoever points to a block says how many it has, so the numbers can be written only
//! when it is known where a list ends: when it is started.
//!
//! ```text
//!   slot:        5        6        7   │    8        9     (a page ends)
//!             ┌────────┬────────┬──────┴─┬────────┬────────┐
//!   next:     │   6    │   7    │   8    │   9    │   –    │
//!   adjacent: │   1    │   0    │   1    │   0    │ 0, stop│    first block: 5 and 2 extra
//!             └────────┴────────┴────────┴────────┴────────┘
//! ```
//!
//! A ring that is fed by credits has no end. What is granted at a time is a block of one, since the
//! descriptor before it was fetched when nobody knew what would follow, and then blocks as above.

use dma_core::{
    Buffer, Direction, Error, ErrorKind, Iova, Narrow, Region, RegisterSpace, Segment, Shared,
    SharedView,
};
use register_map::xdma::descriptor::{self as map, Descriptor};
use register_map::{Block, Readable, Window, Writeable};

use super::word::LINE;
use super::{Feeding, outside};

/// Bytes of one descriptor.
pub(super) const DESCRIPTOR: usize = Descriptor::SIZE;

/// A block lies within one page of this many bytes.
const PAGE: u64 = 4096;
/// The six bits of a count of extra descriptors hold no more.
const LONGEST_BLOCK: usize = 64;
/// More than this, and the count in the write-back word would wrap within a list.
const DEEPEST: usize = (1 << 24) - 1;
/// The ten bits of credits hold no more.
const MOST_CREDITS: usize = (1 << 10) - 1;

/// The slots: from `oldest` on `running` ones, then `pending` ones, going round.
pub(super) struct Ring<R: Region> {
    memory: Shared<R>,
    base: Iova,
    depth: usize,
    feeding: Feeding,
    oldest: usize,
    /// What the engine was told about and has not been counted.
    running: usize,
    /// What was pushed since.
    pending: usize,
}

/// Where a list begins, or goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub(super) descriptor: Iova,
    /// How many more are in its block.
    pub(super) extra: u32,
    /// How many there are.
    pub(super) count: u32,
}

impl<R: Region> Ring<R> {
    /// An empty ring in `memory`; it has as many slots as fit, before the write-back line if
    /// there is one.
    pub(super) fn new(
        memory: Shared<R>,
        with_line: bool,
        feeding: Feeding,
    ) -> Result<Self, (Shared<R>, ErrorKind)> {
        let room = if with_line { memory.size().saturating_sub(LINE) } else { memory.size() };
        let deepest = if feeding == Feeding::Credits { MOST_CREDITS } else { DEEPEST };
        let depth = (room / DESCRIPTOR).min(deepest);
        let aligned = if with_line { LINE } else { DESCRIPTOR };
        let kind = match memory.iova(0) {
            Some(base) if depth > 0 => {
                let ends = if with_line { memory.size() } else { 0 };
                let cpu = memory.view().alignment();
                if (base.get() | ends as u64).is_multiple_of(aligned as u64) && cpu >= aligned {
                    let (oldest, running, pending) = (0, 0, 0);
                    return Ok(Self { memory, base, depth, feeding, oldest, running, pending });
                }
                ErrorKind::Misaligned
            }
            _ => ErrorKind::TooShort,
        };
        Err((memory, kind))
    }

    pub(super) fn memory(&self) -> &Shared<R> {
        &self.memory
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

    /// Writes a segment into the next slot. There is room.
    ///
    /// # Safety
    ///
    /// The segment's host range stays mapped, and nobody else touches it, until it is retired or
    /// the ring is cleared.
    #[inline]
    pub(super) unsafe fn push(&mut self, segment: Segment) -> Result<(), Error> {
        let too_long = Error::new(ErrorKind::TooLong, dma_core::Operation::Transfer, 0);
        let length = u32::try_from(segment.length).map_err(|_| too_long)?;
        let slot = wrap(self.oldest + self.running + self.pending, self.depth);
        let next = self.address(wrap(slot + 1, self.depth));
        let words = self.window(slot)?;
        let (source, destination) = (words.pair(map::SOURCE), words.pair(map::DESTINATION));
        match segment.direction {
            Direction::ToDevice => {
                // SAFETY: the caller keeps the range; the engine fetches the descriptor only
                // once the list is started.
                unsafe { source.steer(segment.host) };
                // SAFETY: an address of the card's own memory, within the channel's window.
                unsafe { destination.steer(segment.device) };
            }
            Direction::FromDevice => {
                // SAFETY: an address of the card's own memory, within the channel's window.
                unsafe { source.steer(segment.device) };
                // SAFETY: as above, for the host's range.
                unsafe { destination.steer(segment.host) };
            }
        }
        // SAFETY: a slot of this ring, which the engine gets to only if the list goes on there.
        unsafe { words.pair(map::NEXT).steer(next) };
        words.reg(map::LENGTH).write(map::LENGTH::BYTES.val(length));
        let magic = map::CONTROL::MAGIC::Valid;
        // A list longer than half the ring tells when it is half done, so that it is fed on.
        let told = segment.last || (slot + 1).is_multiple_of(self.depth.div_ceil(2));
        let flags = if segment.last {
            magic + map::CONTROL::COMPLETED::SET + map::CONTROL::END_OF_PACKET::SET
        } else if told {
            magic + map::CONTROL::COMPLETED::SET
        } else {
            magic
        };
        words.reg(map::CONTROL).write(flags);
        self.pending += 1;
        Ok(())
    }

    /// Makes what is pending ready for the engine, and publishes it. `None` if nothing is.
    pub(super) fn start(&mut self) -> Result<Option<First>, Error> {
        if self.pending == 0 {
            return Ok(None);
        }
        let first = wrap(self.oldest + self.running, self.depth);
        let extra = self.make_blocks(first)?;
        let end = first + self.pending;
        self.memory.publish(first * DESCRIPTOR..end.min(self.depth) * DESCRIPTOR);
        if end > self.depth {
            self.memory.publish(0..(end - self.depth) * DESCRIPTOR);
        }
        let (extra, count) = (count(extra)?, count(self.pending)?);
        self.running += self.pending;
        self.pending = 0;
        Ok(Some(First { descriptor: self.address(first), extra, count }))
    }

    /// Makes blocks of what is pending. Gives how many more the first block has.
    fn make_blocks(&self, first: usize) -> Result<usize, Error> {
        let (mut slot, mut left) = (first, self.pending);
        // The last one tells, or nobody would know of the end of a batch within a job.
        let told = map::CONTROL::COMPLETED::SET;
        let (last, mut size) = match self.feeding {
            Feeding::Lists => (told + map::CONTROL::STOP::SET, self.block(slot, left)),
            Feeding::Credits => (told, 1),
        };
        let extra = size - 1;
        while size > 0 {
            let after = wrap(slot + size, self.depth);
            let next_size = self.block(after, left - size);
            // Each says how many of a block lie behind the one that it points to: within its own,
            // and of the next one from the last on.
            let (end, mut behind) = (slot + size - 1, count(size - 1)?);
            for slot in slot..end {
                behind -= 1;
                self.finish(slot, behind, 0)?;
            }
            let flags = if left == size { last.value } else { 0 };
            self.finish(end, count(next_size.saturating_sub(1))?, flags)?;
            (slot, left, size) = (after, left - size, next_size);
        }
        Ok(extra)
    }

    /// Forgets the oldest `count` running descriptors.
    pub(super) fn retire(&mut self, count: usize) {
        self.oldest = wrap(self.oldest + count, self.depth);
        self.running -= count;
    }

    /// Forgets all descriptors. The engine is quiet.
    pub(super) fn clear(&mut self) {
        self.running = 0;
        self.pending = 0;
    }

    pub(super) fn into_buffer(self) -> Buffer<R> {
        self.memory.into_buffer()
    }

    /// How many descriptors from `slot` on make up a block, if `left` are to come.
    fn block(&self, slot: usize, left: usize) -> usize {
        let in_page = PAGE - (self.address(slot).get() & (PAGE - 1));
        // At most 128, so it is a length everywhere.
        let in_page = usize::try_from(in_page / DESCRIPTOR as u64).unwrap_or(1);
        left.min(self.depth - slot).min(in_page).min(LONGEST_BLOCK)
    }

    /// Completes the control word of a descriptor that begins to count.
    fn finish(&self, slot: usize, adjacent: u32, flags: u32) -> Result<(), Error> {
        let words = self.window(slot)?;
        let control = words.reg(map::CONTROL);
        control.set(control.get() | map::CONTROL::NEXT_ADJACENT.val(adjacent).value | flags);
        Ok(())
    }

    fn address(&self, slot: usize) -> Iova {
        self.base.offset(slot * DESCRIPTOR)
    }

    /// The words of one slot.
    fn window(&self, slot: usize) -> Result<Window<SharedView<'_>, Descriptor>, Error> {
        let view = self.memory.view().narrow(slot * DESCRIPTOR, DESCRIPTOR).ok_or(outside())?;
        // SAFETY: the engine alone reads this memory, slot by slot, as descriptors.
        unsafe { Window::new(view) }.map_err(|refused| refused.error)
    }
}

/// A number of descriptors, as registers and descriptors have it.
fn count(descriptors: usize) -> Result<u32, Error> {
    u32::try_from(descriptors).map_err(|_| outside())
}

/// A slot that may have gone round once.
fn wrap(slot: usize, depth: usize) -> usize {
    if slot < depth { slot } else { slot - depth }
}
