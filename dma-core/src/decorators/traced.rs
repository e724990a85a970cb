//! A register space that tells about every access.
//!
//! For finding out what a driver really does, and for comparing it with a data sheet: wrap the
//! space before the channel gets it. Offsets are those of the outermost space that was wrapped,
//! however the driver narrows it.

use core::cell::Cell;
use core::fmt;

use super::Word;
use crate::{Access, DomainId, Narrow, RegisterSpace};

/// One access, or a barrier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Event {
    /// A load, after it was made.
    Load {
        /// In bytes, from the start of the space that was wrapped.
        offset: usize,
        /// In bytes.
        width: usize,
        /// What it gave.
        value: u64,
    },
    /// A store, before it is made.
    Store {
        /// In bytes, from the start of the space that was wrapped.
        offset: usize,
        /// In bytes.
        width: usize,
        /// What is stored.
        value: u64,
    },
    /// A [`RegisterSpace::release`].
    Release,
    /// A [`RegisterSpace::acquire`].
    Acquire,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load { offset, width, value } => {
                write!(f, "load  {offset:#06x} -> {value:#0digits$x}", digits = 2 + 2 * width)
            }
            Self::Store { offset, width, value } => {
                write!(f, "store {offset:#06x} <- {value:#0digits$x}", digits = 2 + 2 * width)
            }
            Self::Release => f.write_str("release"),
            Self::Acquire => f.write_str("acquire"),
        }
    }
}

/// Takes what a [`Traced`] tells. Any `Fn(Event)` is one.
pub trait Sink {
    /// Takes one event. Called in the middle of a driver's work: be quick.
    fn take(&self, event: Event);
}

impl<F: Fn(Event)> Sink for F {
    #[inline]
    fn take(&self, event: Event) {
        self(event);
    }
}

/// A register space that tells a [`Sink`] about every access.
///
/// # Examples
///
/// ```
/// # use core::ptr::NonNull;
/// # use dma_core::{Access, Buffer, Direction, DomainId, Error, Iova, Region, Shared, To};
/// # #[derive(Clone)]
/// # struct Ring(NonNull<[u8]>);
/// # unsafe impl Region for Ring {
/// #     fn domain(&self) -> DomainId { DomainId::PHYSICAL }
/// #     fn cpu(&self) -> NonNull<[u8]> { self.0 }
/// #     fn run(&self, at: usize, max: usize) -> (Iova, usize) { (unsafe { Iova::new(0) }, max) }
/// #     unsafe fn sync(&self, _: core::ops::Range<usize>, _: To, _: Direction) {}
/// #     fn unmap(self) -> Result<(), Error> { Ok(()) }
/// # }
/// # let words = Box::leak(Box::new([0_u64; 8]));
/// # let region = Ring(NonNull::slice_from_raw_parts(NonNull::from(words).cast(), 64));
/// # let ring = Shared::new(unsafe { Buffer::new(region) }).unwrap();
/// # let space = ring.view();
/// use dma_core::{Event, Narrow, Recorder, Traced};
///
/// let recorder: Recorder<16> = Recorder::new();
/// let space = Traced::new(space, |event| recorder.record(event));
/// let part = space.narrow(0x20, 0x10).unwrap();
/// // SAFETY: aligned and inside, and this memory has no side effects.
/// unsafe { Access::<u32>::store(&part, 4, 0xbeef) };
///
/// assert_eq!(recorder.total(), 1);
/// assert_eq!(recorder.get(0).unwrap().to_string(), "store 0x0024 <- 0x0000beef");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Traced<S, K> {
    space: S,
    sink: K,
    /// Where `space` begins, counted from the one that was wrapped first.
    base: usize,
}

impl<S, K: Sink> Traced<S, K> {
    /// Wraps a space.
    pub const fn new(space: S, sink: K) -> Self {
        Self { space, sink, base: 0 }
    }

    /// The space that was wrapped.
    pub fn into_inner(self) -> S {
        self.space
    }
}

// SAFETY: everything is the wrapped space's own answer; the sink gets copies.
unsafe impl<S: RegisterSpace, K: Sink> RegisterSpace for Traced<S, K> {
    #[inline]
    fn size(&self) -> usize {
        self.space.size()
    }

    #[inline]
    fn alignment(&self) -> usize {
        self.space.alignment()
    }

    #[inline]
    fn domain(&self) -> DomainId {
        self.space.domain()
    }

    #[inline]
    fn release(&self) {
        self.sink.take(Event::Release);
        self.space.release();
    }

    #[inline]
    fn acquire(&self) {
        self.space.acquire();
        self.sink.take(Event::Acquire);
    }
}

// SAFETY: each call makes exactly one call of the wrapped space, with the same arguments.
unsafe impl<T: Word, S: Access<T>, K: Sink> Access<T> for Traced<S, K> {
    #[inline]
    unsafe fn load(&self, offset: usize) -> T {
        // SAFETY: the caller keeps the contract, which is the same.
        let value = unsafe { self.space.load(offset) };
        let (offset, width) = (self.base.wrapping_add(offset), size_of::<T>());
        self.sink.take(Event::Load { offset, width, value: value.widen() });
        value
    }

    #[inline]
    unsafe fn store(&self, offset: usize, value: T) {
        let (there, width) = (self.base.wrapping_add(offset), size_of::<T>());
        self.sink.take(Event::Store { offset: there, width, value: value.widen() });
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.space.store(offset, value) };
    }
}

impl<S: Narrow, K: Sink + Clone> Narrow for Traced<S, K> {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        let space = self.space.narrow(offset, size)?;
        Some(Self { space, sink: self.sink.clone(), base: self.base.wrapping_add(offset) })
    }
}

/// Keeps the last `N` events, and counts all of them. Without an allocation; for one thread.
#[derive(Debug)]
pub struct Recorder<const N: usize> {
    events: [Cell<Option<Event>>; N],
    total: Cell<usize>,
    /// Where the next one goes.
    next: Cell<usize>,
}

impl<const N: usize> Recorder<N> {
    /// Keeps nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { events: [const { Cell::new(None) }; N], total: Cell::new(0), next: Cell::new(0) }
    }

    /// Keeps an event; the oldest one goes if there is no room.
    pub fn record(&self, event: Event) {
        self.total.set(self.total.get().wrapping_add(1));
        let next = self.next.get();
        if let Some(place) = self.events.get(next) {
            place.set(Some(event));
        }
        self.next.set(if next + 1 >= N { 0 } else { next + 1 });
    }

    /// How many there were, also those not kept. Wraps.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total.get()
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.iter().filter(|place| place.get().is_some()).count()
    }

    /// Whether nothing happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event number `number` of those kept, counted from the oldest.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<Event> {
        let kept = self.len();
        if number >= kept {
            return None;
        }
        let oldest = if kept < N { 0 } else { self.next.get() };
        let place = oldest + number;
        self.events.get(if place >= N { place - N } else { place })?.get()
    }

    /// Those kept, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = Event> + '_ {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.events.iter().for_each(|place| place.set(None));
        self.total.set(0);
        self.next.set(0);
    }
}

impl<const N: usize> Default for Recorder<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Sink for &Recorder<N> {
    #[inline]
    fn take(&self, event: Event) {
        self.record(event);
    }
}
