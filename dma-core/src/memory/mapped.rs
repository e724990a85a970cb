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
    reach: ManuallyDrop<Reach<R>>,
    /// `MaybeUninit`, because the pointer in `bytes` must outlive moves of the owner: no reference
    /// to it is asserted unique by a move.
    owner: MaybeUninit<T>,
    bytes: Bytes,
    permits: Directions,
}

// SAFETY: it owns the memory through `T`, and the mapping through `R`; the pointer is into `T`.
unsafe impl<T: Send, R: Region + Send> Send for Mapped<T, R> {}
// SAFETY: `&Mapped` gives out `&[u8]` of the memory and what `&R` allows.
unsafe impl<T: Sync, R: Region + Sync> Sync for Mapped<T, R> {}

/// How the device reaches the bytes.
enum Reach<R> {
    /// Themselves: the region is exactly the caller's memory.
    Directly(R),
    /// By a copy, in a buffer that is at least as long.
    Bounced(Buffer<R>),
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Road {
    Direct,
    Bounce,
}

/// The caller's bytes, as `embedded-dma` tells them.
#[derive(Clone, Copy)]
struct Bytes {
    start: NonNull<u8>,
    length: usize,
}

impl Bytes {
    /// `None` if there are more of them than an address space has.
    fn new<W>(start: *const W, words: usize) -> Option<Self> {
        let start = NonNull::new(start.cast::<u8>().cast_mut())?;
        Some(Self { start, length: words.checked_mul(size_of::<W>())? })
    }

    /// # Safety
    ///
    /// `owner` is initialised and is kept, in a `MaybeUninit`, for as long as the bytes are used.
    unsafe fn to_read<T: ReadBuffer>(owner: &MaybeUninit<T>) -> Option<Self> {
        // SAFETY: initialised, as the caller says.
        let owner = unsafe { owner.assume_init_ref() };
        // SAFETY: the bytes are used while the owner is kept, as embedded-dma demands.
        let (start, words) = unsafe { owner.read_buffer() };
        Self::new(start, words)
    }

    /// # Safety
    ///
    /// As [`Bytes::to_read`].
    unsafe fn to_write<T: WriteBuffer>(owner: &mut MaybeUninit<T>) -> Option<Self> {
        // SAFETY: initialised, as the caller says.
        let owner = unsafe { owner.assume_init_mut() };
        // SAFETY: the bytes are used while the owner is kept, as embedded-dma demands.
        let (start, words) = unsafe { owner.write_buffer() };
        Self::new(start, words)
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
        let owner = MaybeUninit::new(owner);
        // SAFETY: initialised on the line above, and moved into the new value with the bytes.
        let bytes = unsafe { Bytes::to_read(&owner) };
        Self::open(lender, owner, bytes, Directions::TO_DEVICE, mask, Road::Direct)
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
        let owner = MaybeUninit::new(owner);
        // SAFETY: initialised on the line above, and moved into the new value with the bytes.
        let bytes = unsafe { Bytes::to_read(&owner) };
        Self::open(lender, owner, bytes, Directions::TO_DEVICE, mask, Road::Bounce)
    }

    /// The bytes, as the CPU sees them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: a `ReadBuffer` has initialised bytes, that many, and this value owns them;
        // whatever changes them takes `&mut self` or the value.
        unsafe { core::slice::from_raw_parts(self.bytes.start.as_ptr(), self.bytes.length) }
    }
}

impl<T: WriteBuffer, R: Region> Mapped<T, R> {
    /// Maps memory that the device will write.
    ///
    /// # Errors
    ///
    /// With the memory: the lender's, by their kinds `Empty`, `NotWholePages`, `NoMemory`,
    /// `OutOfReach`, `Os`.
    pub fn from_device<L>(lender: &L, owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        let mut owner = MaybeUninit::new(owner);
        // SAFETY: initialised on the line above, and moved into the new value with the bytes.
        let bytes = unsafe { Bytes::to_write(&mut owner) };
        Self::open(lender, owner, bytes, Directions::FROM_DEVICE, mask, Road::Direct)
    }

    /// As [`Mapped::from_device`] through a bounce buffer: any alignment, one copy.
    ///
    /// # Errors
    ///
    /// As [`Mapped::from_device`], without `NotWholePages`.
    pub fn from_device_bounced<L>(
        lender: &L,
        owner: T,
        mask: AddressMask,
    ) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        let mut owner = MaybeUninit::new(owner);
        // SAFETY: initialised on the line above, and moved into the new value with the bytes.
        let bytes = unsafe { Bytes::to_write(&mut owner) };
        Self::open(lender, owner, bytes, Directions::FROM_DEVICE, mask, Road::Bounce)
    }
}

impl<T: ReadBuffer + WriteBuffer, R: Region> Mapped<T, R> {
    /// Maps memory that the device will read and write.
    ///
    /// # Errors
    ///
    /// As [`Mapped::to_device`].
    pub fn both_ways<L>(lender: &L, owner: T, mask: AddressMask) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        let mut owner = MaybeUninit::new(owner);
        // SAFETY: initialised on the line above, and moved into the new value with the bytes.
        let bytes = unsafe { Bytes::to_write(&mut owner) };
        Self::open(lender, owner, bytes, Directions::BOTH, mask, Road::Direct)
    }
}

impl<T: 'static, R: Region> Mapped<T, R> {
    /// `owner` is initialised, and `bytes` are its own.
    fn open<L>(
        lender: &L,
        owner: MaybeUninit<T>,
        bytes: Option<Bytes>,
        permits: Directions,
        mask: AddressMask,
        road: Road,
    ) -> Result<Self, Refused<T>>
    where
        L: Map<Region = R>,
    {
        let reached = match bytes {
            None => Err(Error::new(ErrorKind::TooLong, Operation::Map, 0)),
            Some(Bytes { length: 0, .. }) => Err(Error::new(ErrorKind::Empty, Operation::Map, 0)),
            Some(bytes) => match road {
                Road::Direct => Self::map(lender, bytes, permits, mask),
                Road::Bounce => Self::allocate(lender, bytes, mask),
            }
            .map(|reach| (reach, bytes)),
        };
        match reached {
            Ok((reach, bytes)) => {
                Ok(Self { reach: ManuallyDrop::new(reach), owner, bytes, permits })
            }
            Err(error) => {
                // SAFETY: every caller initialised it, and nothing of it stayed mapped.
                Err(Refused::new(unsafe { owner.assume_init() }, error))
            }
        }
    }

    fn map<L>(
        lender: &L,
        bytes: Bytes,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<Reach<R>, Error>
    where
        L: Map<Region = R>,
    {
        let memory = NonNull::slice_from_raw_parts(bytes.start, bytes.length);
        // SAFETY: the memory is the owner's, which this value keeps in place, untouched but
        // through `sync`ed accesses, until the region is unmapped or for ever.
        let region = unsafe { lender.map(memory, permits, mask) }.map_err(Into::into)?;
        // A lender is safe code: were this another region, another owner's memory would be
        // given to the device, so its word is not enough.
        if core::ptr::eq(region.cpu().as_ptr(), memory.as_ptr()) {
            Ok(Reach::Directly(region))
        } else {
            region.unmap()?;
            Err(Error::new(ErrorKind::Unsupported, Operation::Map, 0))
        }
    }

    fn allocate<L>(lender: &L, bytes: Bytes, mask: AddressMask) -> Result<Reach<R>, Error>
    where
        L: Map<Region = R>,
    {
        let request = Request::bytes(bytes.length).within(mask);
        let buffer = lender.allocate(request).map_err(Into::into)?;
        if buffer.len() < bytes.length {
            return Err(Error::new(ErrorKind::TooShort, Operation::Map, 0));
        }
        Ok(Reach::Bounced(buffer))
    }

    /// Takes the mapping away and gives the memory back.
    ///
    /// # Errors
    ///
    /// As [`Region::unmap`]. The memory is leaked then: the device can still reach it. With a
    /// bounce buffer it never could, so the memory comes back and only the bounce buffer is lost.
    pub fn into_inner(self) -> Result<T, Error> {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is never dropped, so nobody takes it again.
        unsafe { ManuallyDrop::take(&mut this.reach) }.end()?;
        // SAFETY: `open` got it initialised; `this` is never dropped, so it is read once.
        Ok(unsafe { this.owner.assume_init_read() })
    }

    /// Whether the device works on a copy.
    #[must_use]
    pub fn is_bounced(&self) -> bool {
        matches!(&*self.reach, Reach::Bounced(_))
    }
}

impl<R: Region> Reach<R> {
    /// Ends it; after `Ok` the device does not reach the caller's bytes.
    fn end(self) -> Result<(), Error> {
        match self {
            Self::Directly(region) => region.unmap(),
            Self::Bounced(buffer) => {
                if let Err(error) = buffer.unmap() {
                    crate::log::log_warn!("a bounce buffer stays mapped and is leaked", &error);
                }
                Ok(())
            }
        }
    }
}

// SAFETY: the region, or the bounce buffer, keeps the contract for its bytes, and this value owns
// all of them. `length` is at most theirs: `map` and `allocate` checked it.
unsafe impl<T: 'static, R: Region> DmaBuffer for Mapped<T, R> {
    fn domain(&self) -> DomainId {
        match &*self.reach {
            Reach::Directly(region) => region.domain(),
            Reach::Bounced(buffer) => buffer.domain(),
        }
    }

    fn length(&self) -> usize {
        self.bytes.length
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let at = at.min(self.bytes.length);
        let max = max.min(self.bytes.length - at);
        match &*self.reach {
            Reach::Directly(region) => region.run(at, max),
            Reach::Bounced(buffer) => buffer.run(at, max),
        }
    }

    fn permits(&self) -> Directions {
        self.permits
    }

    fn sync(&mut self, range: Range<usize>, to: To, direction: Direction) {
        let end = range.end.min(self.bytes.length);
        let start = range.start.min(end);
        let permitted = self.permits.contains(direction.set());
        match &mut *self.reach {
            // SAFETY: the bytes are the owner's, which this value has, and `&mut self` shows that
            // no reference to them is alive.
            Reach::Directly(region) => unsafe { region.sync(start..end, to, direction) },
            Reach::Bounced(buffer) => {
                // SAFETY: `start` is within the bytes behind the pointer.
                let caller = unsafe { self.bytes.start.add(start) }.as_ptr();
                if to == To::Device
                    && direction == Direction::ToDevice
                    && permitted
                    && let Some(copy) = buffer.bytes_mut().get_mut(start..end)
                {
                    // SAFETY: the caller's bytes can be read: a bounced value that permits this
                    // direction was made of a `ReadBuffer`. Two different allocations.
                    unsafe { caller.copy_to_nonoverlapping(copy.as_mut_ptr(), copy.len()) };
                }
                buffer.sync(start..end, to, direction);
                if to == To::Cpu
                    && direction == Direction::FromDevice
                    && permitted
                    && let Some(copy) = buffer.bytes().get(start..end)
                {
                    // SAFETY: the caller's bytes can be written: a bounced value that permits
                    // this direction was made of a `WriteBuffer`. `&mut self` shows that no
                    // reference to them is alive. Two different allocations.
                    unsafe { caller.copy_from_nonoverlapping(copy.as_ptr(), copy.len()) };
                }
            }
        }
    }
}

impl<T: 'static, R: Region> Drop for Mapped<T, R> {
    fn drop(&mut self) {
        // SAFETY: dropped once, and `into_inner` does not drop.
        if unsafe { ManuallyDrop::take(&mut self.reach) }.end().is_ok() {
            // SAFETY: `open` got it initialised, and nobody took it.
            unsafe { self.owner.assume_init_drop() };
        }
    }
}

impl<T: 'static, R: Region> fmt::Debug for Mapped<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapped")
            .field("iova", &self.run(0, 1).0)
            .field("length", &self.bytes.length)
            .field("permits", &self.permits)
            .field("bounced", &self.is_bounced())
            .finish_non_exhaustive()
    }
}
