//! Hands out ranges of device addresses, and takes them back with a delay.
//!
//! Every road that maps memory itself needs this: a range inside the windows that the IOMMU lets
//! devices use, below the highest address that the device can put on the bus, aligned, apart from
//! all others. A freed range is not handed out again at once: a device that still uses a stale
//! address then hits nothing, and its fault can be explained, instead of another's buffer.
//!
//! ```text
//!  windows ∩ granule ─► free ──allocate, reserve──► used
//!                        ▲                           │
//!                        └──── quarantine ◄── free ──┘
//! ```
//!
//! One allocator serves one address space, which devices of different masks may share: the mask
//! comes with each request. Only numbers are kept here; whoever maps turns them into an `Iova`
//! once the IOMMU has been told.
//!
//! # For backend authors
//!
//! 1. Make it from the windows that the kernel tells: they leave out what is reserved, as for
//!    message interrupts.
//! 2. [`allocate`](IovaAllocator::allocate), then map. If mapping fails, give the range back with
//!    [`free`](IovaAllocator::free).
//! 3. Unmap, then `free`. If unmapping fails, do not: a range that the IOMMU may still translate
//!    stays out of use for good.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod policy;

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use dma_core::{AddressMask, Error, ErrorKind, IovaWindow, Operation};

pub use self::policy::{End, Fit, Policy};

/// Ranges of device addresses, in granules.
///
/// # Examples
///
/// ```
/// use iova_allocator::{IovaAllocator, Policy};
/// use dma_core::{AddressMask, IovaWindow};
/// let windows = [IovaWindow { first: 0x1000, last: 0xffff }];
/// let mut iovas = IovaAllocator::new(&windows, 4096, Policy::default());
/// let first = iovas.allocate(100, 1, AddressMask::bits(32))?;
/// assert_eq!(first, 0x1000);
/// assert_eq!(iovas.free(first), Some(4096));
/// assert_ne!(iovas.allocate(100, 1, AddressMask::bits(32))?, first); // it rests
/// # Ok::<(), dma_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IovaAllocator {
    granule: u64,
    policy: Policy,
    /// First to last address, both inclusive; apart, and never adjacent.
    free: BTreeMap<u64, u64>,
    /// First address of what was handed out, to its last, guard included, and to its length.
    used: BTreeMap<u64, (u64, u64)>,
    /// Oldest first. The rest of the first [`READY`] beyond the policy's number is over.
    quarantine: VecDeque<(u64, u64)>,
    /// What it was made of, in whole granules.
    windows: Vec<IovaWindow>,
}

/// So many ranges whose rest is over wait to be handed out again as they are: programs ask for the
/// same lengths over and over, and this spares them the way through the free ones.
const READY: usize = 8;

/// A place found in the free range that begins at `from`.
struct Found {
    from: u64,
    first: u64,
    /// Guard included.
    last: u64,
}

impl IovaAllocator {
    /// All addresses of `windows`, cut to whole granules; `granule` is a power of two.
    ///
    /// Windows may come in any order and may overlap.
    #[must_use]
    pub fn new(windows: &[IovaWindow], granule: u64, policy: Policy) -> Self {
        let granule = granule.next_power_of_two();
        let mut allocator = Self {
            granule,
            policy,
            free: BTreeMap::new(),
            used: BTreeMap::new(),
            quarantine: VecDeque::new(),
            windows: Vec::new(),
        };
        for window in windows {
            let Some(first) = window.first.checked_next_multiple_of(granule) else {
                continue;
            };
            // One past the last whole granule, minus one, without leaving 64 bits.
            let last = match window.last.checked_add(1) {
                Some(end) => (end & !(granule - 1)).checked_sub(1),
                None => Some(u64::MAX),
            };
            if let Some(last) = last
                && first < last
            {
                allocator.windows.push(IovaWindow { first, last });
                allocator.give_back(first, last);
            }
        }
        allocator
    }

    /// The unit of every range, in bytes.
    #[must_use]
    pub const fn granule(&self) -> u64 {
        self.granule
    }

    /// A range of at least `length` bytes, aligned to `alignment` and the granule, all of it
    /// within `mask`.
    ///
    /// Resting ranges are taken only when nothing else fits, the oldest first.
    ///
    /// # Errors
    ///
    /// `Empty`; `Misaligned` if `alignment` is not a power of two; `OutOfReach` if no window has
    /// an address that low; `NoMemory` if no free range is large enough.
    pub fn allocate(
        &mut self,
        length: u64,
        alignment: u64,
        mask: AddressMask,
    ) -> Result<u64, Error> {
        let refused = |kind| Err(Error::new(kind, Operation::Map, 0));
        if length == 0 {
            return refused(ErrorKind::Empty);
        }
        if !alignment.is_power_of_two() {
            return refused(ErrorKind::Misaligned);
        }
        let alignment = alignment.max(self.granule);
        let Some(whole) = length.checked_next_multiple_of(self.granule) else {
            return refused(ErrorKind::NoMemory);
        };
        let reach = |window: &IovaWindow| window.first + (self.granule - 1) <= mask.highest();
        if !self.windows.iter().any(reach) {
            return refused(ErrorKind::OutOfReach);
        }
        if let Some(first) = self.again(whole, alignment, mask) {
            return Ok(first);
        }
        self.settle(0);
        loop {
            if let Some(found) = self.find(whole, alignment, mask) {
                self.take(&found, whole);
                return Ok(found.first);
            }
            let Some((first, last)) = self.quarantine.pop_front() else {
                return refused(ErrorKind::NoMemory);
            };
            self.give_back(first, last);
        }
    }

    /// Takes back the range that begins at `first`, and says how long it was, guard not counted.
    ///
    /// `None` if no range that is in use begins there; nothing changes then.
    pub fn free(&mut self, first: u64) -> Option<u64> {
        let (last, length) = self.used.remove(&first)?;
        self.quarantine.push_back((first, last));
        self.settle(READY);
        Some(length)
    }

    /// How many of the oldest have rested long enough.
    fn rested(&self) -> usize {
        self.quarantine.len().saturating_sub(self.policy.quarantine)
    }

    /// Puts what has rested long enough among the free ones, but for some.
    fn settle(&mut self, ready: usize) {
        while self.rested() > ready {
            let Some((first, last)) = self.quarantine.pop_front() else { return };
            self.give_back(first, last);
        }
    }

    /// The oldest range, if it has rested and is just what is asked for: no range fits better.
    fn again(&mut self, whole: u64, alignment: u64, mask: AddressMask) -> Option<u64> {
        if self.rested() == 0 || self.policy.fit != Fit::Best {
            return None;
        }
        let &(first, last) = self.quarantine.front()?;
        let length = whole.checked_add(self.guard_bytes())?;
        let fits = last - first == length - 1
            && first.is_multiple_of(alignment)
            && first + (whole - 1) <= mask.highest();
        if !fits {
            return None;
        }
        self.quarantine.pop_front();
        self.used.insert(first, (last, whole));
        Some(first)
    }

    /// Reserves a range at a fixed place, for instance what firmware already uses.
    ///
    /// # Errors
    ///
    /// `NoMemory` if not all of it is free.
    pub fn reserve(&mut self, first: u64, length: u64) -> Result<(), Error> {
        self.settle(0);
        let refused = Error::new(ErrorKind::NoMemory, Operation::Map, 0);
        let start = first & !(self.granule - 1);
        let last = first.checked_add(length.checked_sub(1).ok_or(refused)?).ok_or(refused)?
            | (self.granule - 1);
        let (&from, &end) = self.free.range(..=start).next_back().ok_or(refused)?;
        if end < last {
            return Err(refused);
        }
        self.take(&Found { from, first: start, last }, (last - start).saturating_add(1));
        Ok(())
    }

    /// Whether `iova` lies in a range that was freed and still rests.
    #[must_use]
    pub fn rests(&self, iova: u64) -> bool {
        let mut resting = self.quarantine.iter().skip(self.rested());
        resting.any(|&(first, last)| first <= iova && iova <= last)
    }

    /// Whether any address from `first` to `last` is one that this allocator hands out.
    #[must_use]
    pub fn overlaps(&self, first: u64, last: u64) -> bool {
        self.windows.iter().any(|window| window.first <= last && first <= window.last)
    }

    /// How many ranges are handed out.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.used.len()
    }

    /// Bytes that are free now; what rests is not counted. Saturates.
    #[must_use]
    pub fn free_bytes(&self) -> u64 {
        let free = self.free.iter().map(|(&first, &last)| (first, last));
        let ready = self.quarantine.iter().take(self.rested()).copied();
        free.chain(ready)
            .fold(0_u64, |sum, (first, last)| sum.saturating_add((last - first).saturating_add(1)))
    }

    /// Ends the rest of everything that was freed.
    pub fn drain_quarantine(&mut self) {
        while let Some((first, last)) = self.quarantine.pop_front() {
            self.give_back(first, last);
        }
    }

    const fn guard_bytes(&self) -> u64 {
        self.policy.guard.saturating_mul(self.granule)
    }

    /// The place for `whole` bytes and their guard. The guard may lie beyond the mask: nothing
    /// is ever put there.
    fn find(&self, whole: u64, alignment: u64, mask: AddressMask) -> Option<Found> {
        let length = whole.checked_add(self.guard_bytes())?;
        let mut best: Option<Found> = None;
        let mut smallest = u64::MAX;
        let mut consider = |from: u64, end: u64| {
            let place = match self.policy.end {
                End::Low => lowest_place(from, end, whole, length, alignment, mask),
                End::High => highest_place(from, end, whole, length, alignment, mask),
            };
            if let Some(first) = place
                && (end - from < smallest || best.is_none())
            {
                smallest = end - from;
                best = Some(Found { from, first, last: first + (length - 1) });
            }
            best.is_some() && self.policy.fit == Fit::First
        };
        match self.policy.end {
            End::Low => {
                let _ = self.free.iter().any(|(&from, &end)| consider(from, end));
            }
            End::High => {
                let _ = self.free.iter().rev().any(|(&from, &end)| consider(from, end));
            }
        }
        best
    }

    fn take(&mut self, found: &Found, length: u64) {
        if let Some(end) = self.free.remove(&found.from) {
            if found.from < found.first {
                self.free.insert(found.from, found.first - 1);
            }
            if found.last < end {
                self.free.insert(found.last + 1, end);
            }
        }
        self.used.insert(found.first, (found.last, length));
    }

    /// Puts a range among the free ones and joins it with its neighbours.
    fn give_back(&mut self, mut first: u64, mut last: u64) {
        while let Some((&start, &end)) = self.free.range(..=last).next_back() {
            if end.saturating_add(1) < first {
                break;
            }
            self.free.remove(&start);
            first = first.min(start);
            last = last.max(end);
        }
        if let Some(next) = last.checked_add(1)
            && let Some(end) = self.free.remove(&next)
        {
            last = end;
        }
        self.free.insert(first, last);
    }
}

fn lowest_place(
    from: u64,
    end: u64,
    whole: u64,
    length: u64,
    alignment: u64,
    mask: AddressMask,
) -> Option<u64> {
    let first = from.checked_next_multiple_of(alignment)?;
    let fits = first.checked_add(length - 1)? <= end && first + (whole - 1) <= mask.highest();
    fits.then_some(first)
}

fn highest_place(
    from: u64,
    end: u64,
    whole: u64,
    length: u64,
    alignment: u64,
    mask: AddressMask,
) -> Option<u64> {
    let by_range = end.checked_sub(length - 1)?;
    let by_mask = mask.highest().checked_sub(whole - 1)?;
    let first = by_range.min(by_mask) & !(alignment - 1);
    (first >= from).then_some(first)
}
