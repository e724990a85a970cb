//! Owned bytes that a device can reach.
//!
//! A [`Buffer`] owns a part of a [`Region`]; splitting gives two buffers that own their halves
//! and share the mapping. While the CPU owns the buffer it reads and writes plain slices; given
//! to an engine, the buffer is the engine's until the job has ended.

use core::fmt;
use core::ops::Range;
use core::ptr::NonNull;

use super::{DmaBuffer, Region, To};
use crate::{Direction, Directions, DomainId, Error, ErrorKind, Iova, Operation, Refused};

/// Owned bytes within a region.
pub struct Buffer<R> {
    region: R,
    /// First byte within the region.
    start: usize,
    length: usize,
    /// CPU address of the first byte, from the region: saves asking it on every access.
    cpu: NonNull<u8>,
}

// SAFETY: the pointer is the region's, which says by its own `Send` whether another thread may
// have it; the bytes are owned by this buffer alone.
unsafe impl<R: Send> Send for Buffer<R> {}
// SAFETY: `&Buffer` only gives out `&[u8]` and what `&R` allows.
unsafe impl<R: Sync> Sync for Buffer<R> {}

impl<R: Region> Buffer<R> {
    /// Owns all of a region. For backends.
    ///
    /// # Safety
    ///
    /// The region is mapped for both directions, its bytes are initialised, and no other buffer
    /// and nobody else owns any of them.
    #[must_use]
    pub unsafe fn new(region: R) -> Self {
        let memory = region.cpu();
        Self { start: 0, length: memory.len(), cpu: memory.cast(), region }
    }

    /// Length in bytes.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether it has no bytes, as a half of a split may.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The bytes.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `new` promised valid, initialised bytes that this buffer owns alone.
        unsafe { core::slice::from_raw_parts(self.cpu.as_ptr(), self.length) }
    }

    /// The bytes, to change.
    #[inline]
    #[must_use]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as `bytes`, and `&mut self` makes the access exclusive.
        unsafe { core::slice::from_raw_parts_mut(self.cpu.as_ptr(), self.length) }
    }

    /// Copies `source` to the start of the buffer.
    ///
    /// # Errors
    ///
    /// `TooLong` if it does not fit; nothing is copied then.
    pub fn copy_in(&mut self, source: &[u8]) -> Result<(), Error> {
        match self.bytes_mut().get_mut(..source.len()) {
            Some(bytes) => {
                bytes.copy_from_slice(source);
                Ok(())
            }
            None => Err(Error::new(ErrorKind::TooLong, Operation::Transfer, 0)),
        }
    }

    /// Copies the start of the buffer to `target`, as many bytes as that has.
    ///
    /// # Errors
    ///
    /// `TooShort` if the buffer has fewer; nothing is copied then.
    pub fn copy_out(&self, target: &mut [u8]) -> Result<(), Error> {
        match self.bytes().get(..target.len()) {
            Some(bytes) => {
                target.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(Error::new(ErrorKind::TooShort, Operation::Transfer, 0)),
        }
    }

    /// Cuts it in two: the first `middle` bytes, and the rest.
    ///
    /// On hosts that are not coherent, cut at multiples of the cache line
    /// ([`MemoryLimits::cache_line`](crate::MemoryLimits)), or two jobs may disturb one another.
    ///
    /// # Errors
    ///
    /// `TooShort`, with the buffer, if it has fewer than `middle` bytes.
    pub fn split_at(self, middle: usize) -> Result<(Self, Self), Refused<Self>> {
        if middle > self.length {
            return Err(Refused::new(self, Error::new(ErrorKind::TooShort, Operation::Split, 0)));
        }
        let second = Self {
            region: self.region.clone(),
            start: self.start + middle,
            length: self.length - middle,
            // SAFETY: `middle` is at most the length of the bytes behind the pointer.
            cpu: unsafe { self.cpu.add(middle) },
        };
        let first = Self { length: middle, ..self };
        Ok((first, second))
    }

    /// Puts the region into a wrapper, for instance the variant of an enum over backends.
    ///
    /// # Safety
    ///
    /// What `wrap` returns answers every call as the region that it was given.
    #[must_use]
    pub unsafe fn map_region<Q: Region>(self, wrap: impl FnOnce(R) -> Q) -> Buffer<Q> {
        Buffer { region: wrap(self.region), start: self.start, length: self.length, cpu: self.cpu }
    }

    /// The region that it is a part of, to look at.
    #[inline]
    #[must_use]
    pub fn region(&self) -> &R {
        &self.region
    }

    /// The CPU address of the first byte, for words shared with a device.
    pub(super) fn cpu(&self) -> NonNull<u8> {
        self.cpu
    }

    /// Hands a range of this buffer's bytes over.
    ///
    /// # Safety
    ///
    /// As [`Region::sync`].
    #[inline]
    pub(super) unsafe fn hand_over(&self, range: Range<usize>, to: To, direction: Direction) {
        let end = range.end.min(self.length);
        let start = range.start.min(end);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.region.sync(self.start + start..self.start + end, to, direction) };
    }

    /// Gives the memory back to its lender, and says if that went wrong.
    ///
    /// # Errors
    ///
    /// As [`Region::unmap`]; the memory then stays mapped for ever.
    pub fn unmap(self) -> Result<(), Error> {
        self.region.unmap()
    }
}

// SAFETY: the region keeps the contract for all of its bytes, and this buffer owns its part.
unsafe impl<R: Region> DmaBuffer for Buffer<R> {
    #[inline]
    fn domain(&self) -> DomainId {
        self.region.domain()
    }

    #[inline]
    fn length(&self) -> usize {
        self.length
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let left = self.length.saturating_sub(at);
        // Past the end this may be any place; there are no bytes in it then.
        self.region.run(self.start.wrapping_add(at), max.min(left))
    }

    #[inline]
    fn permits(&self) -> Directions {
        self.region.permits()
    }

    #[inline]
    fn sync(&mut self, range: Range<usize>, to: To, direction: Direction) {
        // SAFETY: the bytes are owned by this buffer alone, and `&mut self` shows that no
        // reference to them is alive.
        unsafe { self.hand_over(range, to, direction) }
    }
}

// SAFETY: the bytes stay in place and valid for as long as the region lives, which the buffer
// holds; `&self` keeps writers away.
unsafe impl<R: Region> embedded_dma::ReadBuffer for Buffer<R> {
    type Word = u8;

    unsafe fn read_buffer(&self) -> (*const u8, usize) {
        (self.cpu.as_ptr(), self.length)
    }
}

// SAFETY: as `ReadBuffer`; the bytes are owned by this buffer alone.
unsafe impl<R: Region> embedded_dma::WriteBuffer for Buffer<R> {
    type Word = u8;

    unsafe fn write_buffer(&mut self) -> (*mut u8, usize) {
        (self.cpu.as_ptr(), self.length)
    }
}

impl<R: Region> fmt::Debug for Buffer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer")
            .field("cpu", &self.cpu)
            .field("iova", &self.run(0, 1).0)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
