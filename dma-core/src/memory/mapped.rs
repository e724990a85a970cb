//! The caller's own memory, mapped for a device.
//!
//! What may be mapped is said by `embedded-dma`: a `ReadBuffer` the device may read, a
//! `WriteBuffer` it may write. The memory is moved in and comes back with
//! [`Mapped::into_inner`]; it cannot be borrowed memory, since the device knows no lifetimes.
//!
//! An IOMMU maps whole pages, so memory that is not whole pages would expose its neighbours to
//! the device. Such memory is refused, unless one asks for a bounce buffer, which costs a copy.

use core::fmt;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ops::Range;
use core::ptr::NonNull;

use embedded_dma::{ReadBuffer, WriteBuffer};

use super::{Buffer, DmaBuffer, Map, Region, Request, To};
use crate::{
    AddressMask, Direction, Directions, DomainId, Error, ErrorKind, Iova, Operation, Refused,
};

/// Memory of the caller, with its mapping.
///
/// Dropping it unmaps and drops the memory; if unmapping fails, the memory is leaked, since the
/// device can still reach it.
pub struct Mapped<T: 'static, R: Region> {
    region: ManuallyDrop<R>,
    /// `MaybeUninit`, because the device's pointer must outlive moves of the owner: no reference
    /// to it is asserted unique by a move.
    owner: MaybeUninit<T>,
    permits: Directions,
    /// With a bounce buffer: the caller's bytes, of the region's length.
    bounced: Option<NonNull<u8>>,
}

// SAFETY: it owns the memory through `T`, and the mapping through `R`; the pointer is into `T`.
unsafe impl<T: Send, R: Region + Send> Send for Mapped<T, R> {}
// SAFETY: `&Mapped` gives out `&[u8]` of the memory and what `&R` allows.
unsafe impl<T: Sync, R: Region + Sync> Sync for Mapped<T, R> {}

/// How the memory reaches the device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Road {
    Directly,
    Bounced,
}

/// The bytes of an owner, as `embedded-dma` tells them.
struct Bytes {
    start: NonNull<u8>,
    length: usize,
}

impl Bytes {
    fn new<W>(start: *const W, words: usize) -> Option<Self> {
        let start = NonNull::new(start.cast::<u8>().cast_mut())?;
        Some(Self { start, length: words.checked_mul(size_of::<W>())? })
    }
}

impl<T: ReadBuffer, R: Region> Mapped<T, R> {
    /// Maps memory that the device will read.
    ///
    /// # Errors
    ///
    /// With the memory: the lender's, by their kinds `Empty`, `NotWholePages`, `NoMemory`,
    /// `OutOfReach`, `Os`.
    pub fn to_device<L>(lender: &L, owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        // SAFETY: the pointer is used while this value owns `owner`, as embedded-dma demands.
        let (start, words) = unsafe { owner.read_buffer() };
        Self::open(
            lender,
            owner,
            Bytes::new(start, words),
            Directions::TO_DEVICE,
            mask,
            Road::Directly,
        )
    }

    /// As [`Mapped::to_device`] through a bounce buffer: any alignment, one copy.
    ///
    /// # Errors
    ///
    /// As [`Mapped::to_device`], without `NotWholePages`.
    pub fn to_device_bounced<L>(lender: &L, owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        // SAFETY: the pointer is used while this value owns `owner`, as embedded-dma demands.
        let (start, words) = unsafe { owner.read_buffer() };
        Self::open(
            lender,
            owner,
            Bytes::new(start, words),
            Directions::TO_DEVICE,
            mask,
            Road::Bounced,
        )
    }

    /// The bytes, as the CPU sees them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        let memory = self.region.cpu();
        let start = self.bounced.unwrap_or(memory.cast());
        // SAFETY: a `ReadBuffer` has initialised bytes, that many, and this value owns them.
        unsafe { core::slice::from_raw_parts(start.as_ptr(), memory.len()) }
    }
}

impl<T: WriteBuffer, R: Region> Mapped<T, R> {
    /// Maps memory that the device will write.
    ///
    /// # Errors
    ///
    /// With the memory: the lender's, by their kinds `Empty`, `NotWholePages`, `NoMemory`,
    /// `OutOfReach`, `Os`.
    pub fn from_device<L>(lender: &L, mut owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        // SAFETY: the pointer is used while this value owns `owner`, as embedded-dma demands.
        let (start, words) = unsafe { owner.write_buffer() };
        Self::open(
            lender,
            owner,
            Bytes::new(start, words),
            Directions::FROM_DEVICE,
            mask,
            Road::Directly,
        )
    }

    /// As [`Mapped::from_device`] through a bounce buffer: any alignment, one copy.
    ///
    /// # Errors
    ///
    /// As [`Mapped::from_device`], without `NotWholePages`.
    pub fn from_device_bounced<L>(
        lender: &L,
        mut owner: T,
        mask: AddressMask,
    ) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        // SAFETY: the pointer is used while this value owns `owner`, as embedded-dma demands.
        let (start, words) = unsafe { owner.write_buffer() };
        Self::open(
            lender,
            owner,
            Bytes::new(start, words),
            Directions::FROM_DEVICE,
            mask,
            Road::Bounced,
        )
    }
}

impl<T: ReadBuffer + WriteBuffer, R: Region> Mapped<T, R> {
    /// Maps memory that the device will read and write.
    ///
    /// # Errors
    ///
    /// As [`Mapped::to_device`].
    pub fn both_ways<L>(lender: &L, mut owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        // SAFETY: the pointer is used while this value owns `owner`, as embedded-dma demands.
        let (start, words) = unsafe { owner.write_buffer() };
        Self::open(lender, owner, Bytes::new(start, words), Directions::BOTH, mask, Road::Directly)
    }
}

impl<T: 'static, R: Region> Mapped<T, R> {
    fn open<L>(
        lender: &L,
        owner: T,
        bytes: Option<Bytes>,
        permits: Directions,
        mask: AddressMask,
        road: Road,
    ) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        let refuse = |owner, kind| Err(Refused::new(owner, Error::new(kind, Operation::Map, 0)));
        let Some(bytes) = bytes else {
            return refuse(owner, ErrorKind::TooLong);
        };
        if bytes.length == 0 {
            return refuse(owner, ErrorKind::Empty);
        }
        let (region, bounced) = match road {
            Road::Bounced => match lender.allocate(Request::bytes(bytes.length).within(mask)) {
                Ok(buffer) => (Ok(Buffer::into_region(buffer)), Some(bytes.start)),
                Err(error) => (Err(error), None),
            },
            Road::Directly => {
                let memory = NonNull::slice_from_raw_parts(bytes.start, bytes.length);
                // SAFETY: the memory is `owner`'s, which this value keeps in place, untouched but
                // through `sync`ed accesses, until the region is unmapped or for ever.
                (unsafe { lender.map(memory, permits, mask) }, None)
            }
        };
        match region {
            Ok(region) => Ok(Self {
                region: ManuallyDrop::new(region),
                owner: MaybeUninit::new(owner),
                permits,
                bounced,
            }),
            Err(error) => Err(Refused::new(owner, error.into())),
        }
    }

    /// Takes the mapping away and gives the memory back.
    ///
    /// # Errors
    ///
    /// As [`Region::unmap`]. The memory is leaked then: the device can still reach it.
    pub fn into_inner(self) -> Result<T, Error> {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is never dropped, so nobody takes the region again.
        let region = unsafe { ManuallyDrop::take(&mut this.region) };
        region.unmap()?;
        // SAFETY: `open` initialised the owner; `this` is never dropped, so it is read once.
        Ok(unsafe { this.owner.assume_init_read() })
    }

    /// Copies between the caller's bytes and the bounce buffer.
    fn bounce(&self, range: Range<usize>, to: To) {
        let Some(caller) = self.bounced else { return };
        let memory = self.region.cpu();
        let end = range.end.min(memory.len());
        let start = range.start.min(end);
        // SAFETY: both pieces are `memory.len()` bytes long and `start` is inside.
        let mine = unsafe { memory.cast::<u8>().add(start) }.as_ptr();
        // SAFETY: as above.
        let theirs = unsafe { caller.add(start) }.as_ptr();
        let (from, into) = if to == To::Device { (theirs, mine) } else { (mine, theirs) };
        // SAFETY: two different allocations; both owned by this value; `to` is the CPU only for
        // jobs that `permits` allowed to write, so the caller's bytes are a `WriteBuffer`'s.
        unsafe { core::ptr::copy_nonoverlapping(from, into, end - start) };
    }
}

// SAFETY: `region` keeps the contract for its bytes, and this value owns all of them.
unsafe impl<T: 'static, R: Region> DmaBuffer for Mapped<T, R> {
    fn domain(&self) -> DomainId {
        self.region.domain()
    }

    fn length(&self) -> usize {
        self.region.cpu().len()
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        self.region.run(at, max)
    }

    fn permits(&self) -> Directions {
        self.permits
    }

    fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        let copies = self.permits.contains(direction.set());
        if to == To::Device {
            if copies && direction == Direction::ToDevice {
                self.bounce(range.clone(), to);
            }
            self.region.sync(range, to, direction);
        } else {
            self.region.sync(range.clone(), to, direction);
            if copies && direction == Direction::FromDevice {
                self.bounce(range, to);
            }
        }
    }
}

impl<T: 'static, R: Region> Drop for Mapped<T, R> {
    fn drop(&mut self) {
        // SAFETY: dropped once, and `into_inner` does not drop.
        let region = unsafe { ManuallyDrop::take(&mut self.region) };
        if region.unmap().is_ok() {
            // SAFETY: `open` initialised it, and nobody took it.
            unsafe { self.owner.assume_init_drop() };
        }
    }
}

impl<T: 'static, R: Region> fmt::Debug for Mapped<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapped")
            .field("iova", &self.run(0, 1).0)
            .field("length", &self.length())
            .field("permits", &self.permits)
            .field("bounced", &self.bounced.is_some())
            .finish_non_exhaustive()
    }
}
