//! Equal buffers to take from and put back.
//!
//! A pool belongs to one thread, as an engine does, so it needs no lock: taking and putting are
//! a handful of instructions. The buffer that was put back last is taken first, since its bytes
//! are still in the cache.
#![forbid(unsafe_code)]

use core::fmt;

use super::{Buffer, DmaBuffer, Region};
use crate::{DomainId, Error, ErrorKind, Operation, Refused};

/// At most `N` buffers of equal length in one address space.
pub struct Pool<B, const N: usize> {
    buffers: [Option<B>; N],
    /// How many are there: the first `count` entries are full.
    count: usize,
    length: usize,
    domain: DomainId,
}

impl<R: Region, const N: usize> Pool<Buffer<R>, N> {
    /// Cuts `whole` into `N` pieces of `length` bytes; what is left over is not used.
    ///
    /// # Errors
    ///
    /// `TooShort`, with the buffer, if it has fewer than `N * length` bytes; `Empty` if `length`
    /// is zero.
    pub fn cut(whole: Buffer<R>, length: usize) -> Result<Self, Refused<Buffer<R>>> {
        let enough = length.checked_mul(N).is_some_and(|needed| needed <= whole.len());
        if length == 0 || N == 0 {
            return Err(Refused::new(whole, Error::new(ErrorKind::Empty, Operation::Split, 0)));
        }
        if !enough {
            return Err(Refused::new(whole, Error::new(ErrorKind::TooShort, Operation::Split, 0)));
        }
        let mut pool =
            Self { buffers: [const { None }; N], count: 0, length, domain: whole.domain() };
        let mut rest = whole;
        for place in &mut pool.buffers {
            let (piece, others) = rest.split_at(length)?;
            *place = Some(piece);
            pool.count += 1;
            rest = others;
        }
        Ok(pool)
    }
}

impl<B: DmaBuffer, const N: usize> Pool<B, N> {
    /// A pool that is filled by [`Pool::put`], with buffers of `length` bytes of one domain.
    #[must_use]
    pub const fn empty(length: usize, domain: DomainId) -> Self {
        Self { buffers: [const { None }; N], count: 0, length, domain }
    }

    /// Takes a buffer, if there is one.
    #[inline]
    pub fn get(&mut self) -> Option<B> {
        let top = self.count.checked_sub(1)?;
        let buffer = self.buffers.get_mut(top)?.take()?;
        self.count = top;
        Some(buffer)
    }

    /// Puts a buffer back.
    ///
    /// # Errors
    ///
    /// With the buffer: `OtherDomain`; `TooShort` or `TooLong` if it is not of the pool's length;
    /// `Busy` if the pool is full.
    #[inline]
    pub fn put(&mut self, buffer: B) -> Result<(), Refused<B>> {
        let kind = if buffer.domain() != self.domain {
            ErrorKind::OtherDomain
        } else if buffer.length() != self.length {
            if buffer.length() < self.length { ErrorKind::TooShort } else { ErrorKind::TooLong }
        } else if let Some(place) = self.buffers.get_mut(self.count) {
            *place = Some(buffer);
            self.count += 1;
            return Ok(());
        } else {
            ErrorKind::Busy
        };
        Err(Refused::new(buffer, Error::new(kind, Operation::Queue, 0)))
    }

    /// How many buffers are there to take.
    #[inline]
    #[must_use]
    pub const fn available(&self) -> usize {
        self.count
    }

    /// The length of each, in bytes.
    #[inline]
    #[must_use]
    pub const fn buffer_length(&self) -> usize {
        self.length
    }
}

impl<B, const N: usize> fmt::Debug for Pool<B, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("available", &self.count)
            .field("capacity", &N)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
