//! Words that CPU and device share: rings, descriptors, mailboxes.
//!
//! [`Shared`] is a register space over a buffer, so descriptors are described like registers and
//! read and written with the same verbs. Every word is a relaxed atomic: the same instruction as
//! a plain one, and no data race with the device or another thread. Two calls carry the
//! rest: [`Shared::publish`] hands a range to the device, [`Shared::observe`] takes a look at
//! what the device wrote. On coherent hosts they cost nothing and still must be there: elsewhere
//! they are cache maintenance, and on the mock the tick of virtual time.
//!
//! Words that the CPU writes and words that the device writes never share a cache line.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::Ordering::Relaxed;
use core::sync::atomic::{AtomicU8, AtomicU16, AtomicU32};

use super::{Buffer, DmaBuffer, Region, To};
use crate::{
    Access, Direction, DomainId, Error, ErrorKind, Iova, Narrow, Operation, Refused, RegisterSpace,
};

/// A buffer seen as words that the device sees too.
pub struct Shared<R: Region> {
    buffer: Buffer<R>,
}

/// A borrowed part of a [`Shared`]; small and `Copy`.
#[derive(Clone, Copy)]
pub struct SharedView<'a> {
    cpu: NonNull<u8>,
    size: usize,
    domain: DomainId,
    owner: PhantomData<&'a [AtomicU8]>,
}

// SAFETY: a view is `&[AtomicU8]` in all but name, which is `Send`.
unsafe impl Send for SharedView<'_> {}
// SAFETY: a view is `&[AtomicU8]` in all but name, which is `Sync`.
unsafe impl Sync for SharedView<'_> {}

impl<R: Region> Shared<R> {
    /// Shares a buffer with its device.
    ///
    /// # Errors
    ///
    /// `Misaligned`, with the buffer, if it does not begin at a multiple of 8 bytes;
    /// `Scattered` if the device sees more than one run.
    pub fn new(buffer: Buffer<R>) -> Result<Self, Refused<Buffer<R>>> {
        let refused = if !buffer.cpu().cast::<u64>().is_aligned() {
            ErrorKind::Misaligned
        } else if buffer.run(0, buffer.len()).1 < buffer.len() {
            ErrorKind::Scattered
        } else {
            return Ok(Self { buffer });
        };
        Err(Refused::new(buffer, Error::new(refused, Operation::Open, 0)))
    }

    /// Length in bytes.
    #[inline]
    #[must_use]
    pub fn size(&self) -> usize {
        self.buffer.len()
    }

    /// The address space that the memory is mapped in.
    #[inline]
    #[must_use]
    pub fn domain(&self) -> DomainId {
        self.buffer.domain()
    }

    /// What the device calls byte `at`; `None` past the end.
    #[inline]
    #[must_use]
    pub fn iova(&self, at: usize) -> Option<Iova> {
        if at < self.size() { Some(self.buffer.run(at, 1).0) } else { None }
    }

    /// All of it, as a register space.
    #[inline]
    #[must_use]
    pub fn view(&self) -> SharedView<'_> {
        SharedView {
            cpu: self.buffer.cpu(),
            size: self.buffer.len(),
            domain: self.buffer.domain(),
            owner: PhantomData,
        }
    }

    /// Hands `range` to the device: what was stored there is visible to it before anything that
    /// a later [`RegisterSpace::release`] lets through.
    #[inline]
    pub fn publish(&self, range: Range<usize>) {
        // SAFETY: the bytes of a `Shared` are only ever reached through atomics.
        unsafe { self.buffer.hand_over(range, To::Device, Direction::ToDevice) };
    }

    /// Takes `range` back: later loads see what the device wrote there.
    #[inline]
    pub fn observe(&self, range: Range<usize>) {
        // SAFETY: the bytes of a `Shared` are only ever reached through atomics.
        unsafe { self.buffer.hand_over(range, To::Cpu, Direction::FromDevice) };
    }

    /// Ends the sharing.
    #[must_use]
    pub fn into_buffer(self) -> Buffer<R> {
        self.buffer
    }
}

impl<R: Region> fmt::Debug for Shared<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("buffer", &self.buffer).finish()
    }
}

impl fmt::Debug for SharedView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedView")
            .field("cpu", &self.cpu)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

// SAFETY: `size`, the pointer and `domain` are the buffer's and never change. `release` and
// `acquire` order against this very memory: see their comments.
unsafe impl RegisterSpace for SharedView<'_> {
    #[inline(always)]
    fn size(&self) -> usize {
        self.size
    }

    #[inline(always)]
    fn alignment(&self) -> usize {
        1 << self.cpu.as_ptr().addr().trailing_zeros()
    }

    #[inline(always)]
    fn domain(&self) -> DomainId {
        self.domain
    }

    #[inline(always)]
    fn release(&self) {
        // ORDER: words become visible to the device in order: the "owned by device" flag last.
        crate::arch::release();
    }

    #[inline(always)]
    fn acquire(&self) {
        // ORDER: a flag that the device set is read before the words that it covers.
        crate::arch::acquire();
    }
}

impl Narrow for SharedView<'_> {
    #[inline]
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        if offset.checked_add(size)? > self.size {
            return None;
        }
        // SAFETY: `offset` lies within the bytes behind the pointer, as just checked.
        Some(Self { cpu: unsafe { self.cpu.add(offset) }, size, ..*self })
    }
}

macro_rules! words {
    ($($word:ty => $atomic:ty),*) => { $(
        // SAFETY: one relaxed atomic access of this width is one access of memory.
        unsafe impl Access<$word> for SharedView<'_> {
            #[inline(always)]
            unsafe fn load(&self, offset: usize) -> $word {
                // SAFETY: the caller promised that the word lies inside.
                let word = unsafe { self.cpu.add(offset) }.cast::<$atomic>();
                // SAFETY: aligned by the caller's promise, valid while the buffer is borrowed,
                // and only ever accessed through atomics while it is shared.
                <$word>::from_le(unsafe { word.as_ref() }.load(Relaxed))
            }

            #[inline(always)]
            unsafe fn store(&self, offset: usize, value: $word) {
                // SAFETY: the caller promised that the word lies inside.
                let word = unsafe { self.cpu.add(offset) }.cast::<$atomic>();
                // SAFETY: as in `load`.
                unsafe { word.as_ref() }.store(value.to_le(), Relaxed);
            }
        }
    )* };
}

words!(u8 => AtomicU8, u16 => AtomicU16, u32 => AtomicU32);

crate::arch::with_atomic_u64! {
    words!(u64 => core::sync::atomic::AtomicU64);
}
