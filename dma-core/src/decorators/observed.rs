//! A channel that counts what goes through it and times it.
//!
//! Wrap a channel before the engine gets it, and read the numbers through
//! [`Engine::channel`](crate::Engine::channel). Nothing is allocated; without the wrapper there
//! is no cost at all.

use core::fmt;

use crate::{Channel, DomainId, Error, Limits, Segment};

/// Tells the time. Any `Fn() -> u64` is one.
pub trait Clock {
    /// Nanoseconds, or any unit that the histogram then has; never goes back.
    fn now(&self) -> u64;
}

impl<F: Fn() -> u64> Clock for F {
    #[inline]
    fn now(&self) -> u64 {
        self()
    }
}

/// How often something took how long, in powers of two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Histogram {
    counts: [u32; Self::BUCKETS],
}

impl Histogram {
    /// How many buckets there are: the last one holds everything longer, from 2^38 on (in
    /// nanoseconds, four and a half minutes).
    pub const BUCKETS: usize = 40;

    /// Without any entry.
    pub const EMPTY: Self = Self { counts: [0; Self::BUCKETS] };

    /// Which bucket `time` falls into: 0 for 0, else one more than its binary logarithm.
    #[must_use]
    pub const fn bucket(time: u64) -> usize {
        let bucket = (u64::BITS - time.leading_zeros()) as usize;
        if bucket < Self::BUCKETS { bucket } else { Self::BUCKETS - 1 }
    }

    /// The shortest time of a bucket.
    #[must_use]
    pub const fn shortest(bucket: usize) -> u64 {
        match bucket {
            0 => 0,
            1..=64 => 1 << (bucket - 1),
            _ => u64::MAX,
        }
    }

    /// Enters a time. Counts stay at their highest.
    pub fn enter(&mut self, time: u64) {
        if let Some(count) = self.counts.get_mut(Self::bucket(time)) {
            *count = count.saturating_add(1);
        }
    }

    /// The counts, by bucket.
    #[must_use]
    pub const fn counts(&self) -> &[u32; Self::BUCKETS] {
        &self.counts
    }

    /// How many were entered.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }
}

/// What went through a channel so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Statistics {
    /// Segments pushed.
    pub segments: u64,
    /// Bytes of segments pushed.
    pub bytes: u64,
    /// Segments counted as done.
    pub completed: u64,
    /// Kicks with something pushed: at most so many doorbells were rung.
    pub doorbells: u64,
    /// Polls that found something done.
    pub polls_with_result: u64,
    /// Polls that found nothing.
    pub polls_without_result: u64,
    /// Polls that found a fault.
    pub faults: u64,
    /// How often it was made quiet, or started over.
    pub quiesced: u64,
    /// The most segments that were in it at a time.
    pub deepest: usize,
    /// How long segments took, from their doorbell to their being counted.
    pub service_times: Histogram,
    /// Segments not timed, since more were in flight than times are kept.
    pub untimed: u64,
}

impl Statistics {
    const NONE: Self = Self {
        segments: 0,
        bytes: 0,
        completed: 0,
        doorbells: 0,
        polls_with_result: 0,
        polls_without_result: 0,
        faults: 0,
        quiesced: 0,
        deepest: 0,
        service_times: Histogram::EMPTY,
        untimed: 0,
    };
}

/// A channel that counts and times; at most `TIMES` segments in flight are timed.
///
/// # Examples
///
/// ```
/// use core::cell::Cell;
/// use dma_core::{Channel, Observed};
/// # use dma_core::*;
/// # struct Copier(usize, usize);
/// # unsafe impl Channel for Copier {
/// #     fn limits(&self) -> Limits {
/// #         Limits { mask: AddressMask::ALL, max_segment: 64, alignment: 1, boundary: 0,
/// #             device_window: DeviceWindow::ALL, directions: Directions::BOTH, depth: 8 }
/// #     }
/// #     fn domain(&self) -> DomainId { DomainId::PHYSICAL }
/// #     fn room(&self) -> usize { 8 - self.0 }
/// #     unsafe fn push(&mut self, _: Segment) { self.0 += 1 }
/// #     fn kick(&mut self) { self.1 = self.0 }
/// #     fn poll(&mut self) -> Result<usize, Error> { self.0 -= self.1; Ok(core::mem::take(&mut self.1)) }
/// #     fn quiesce(&mut self) -> Result<(), Error> { Ok(()) }
/// # }
/// # let channel = Copier(0, 0);
/// # let segment = Segment { host: unsafe { Iova::new(0) }, device: DeviceAddress::new(0),
/// #     length: 64, direction: Direction::ToDevice, last: true };
/// let time = Cell::new(0_u64);
/// let mut channel: Observed<_, _> = Observed::new(channel, || time.get());
/// // SAFETY: this channel only counts.
/// unsafe { channel.push(segment) };
/// channel.kick();
/// time.set(700);
/// assert_eq!(channel.poll(), Ok(1));
///
/// let seen = channel.statistics();
/// assert_eq!((seen.segments, seen.bytes, seen.doorbells, seen.deepest), (1, 64, 1, 1));
/// // Between 512 and 1023 nanoseconds.
/// assert_eq!(seen.service_times.counts()[10], 1);
/// ```
pub struct Observed<C, K, const TIMES: usize = 32> {
    channel: C,
    clock: K,
    statistics: Statistics,
    /// When the doorbell of each segment in flight rang, oldest first, from `oldest` on, going
    /// round.
    times: [u64; TIMES],
    oldest: usize,
    timed: usize,
    /// Segments in flight that found no room there; all of them are newer than those that did.
    not_timed: usize,
    /// Segments in flight.
    depth: usize,
    /// Of those, how many wait for their doorbell.
    waiting: usize,
}

impl<C: Channel, K: Clock, const TIMES: usize> Observed<C, K, TIMES> {
    /// Wraps a channel that is idle.
    pub fn new(channel: C, clock: K) -> Self {
        Self {
            channel,
            clock,
            statistics: Statistics::NONE,
            times: [0; TIMES],
            oldest: 0,
            timed: 0,
            not_timed: 0,
            depth: 0,
            waiting: 0,
        }
    }

    /// What went through so far.
    #[must_use]
    pub const fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// The channel that was wrapped, to look at.
    #[must_use]
    pub const fn inner(&self) -> &C {
        &self.channel
    }

    /// The channel that was wrapped.
    pub fn into_inner(self) -> C {
        self.channel
    }

    const fn place(&self, number: usize) -> usize {
        let place = self.oldest + number;
        if place >= TIMES { place - TIMES } else { place }
    }

    /// Books segments that are done.
    fn done(&mut self, segments: usize) {
        let now = self.clock.now();
        let timed = segments.min(self.timed);
        for _ in 0..timed {
            if let Some(then) = self.times.get(self.oldest) {
                self.statistics.service_times.enter(now.saturating_sub(*then));
            }
            self.oldest = self.place(1);
            self.timed -= 1;
        }
        self.not_timed = self.not_timed.saturating_sub(segments - timed);
        self.statistics.completed += segments as u64;
        self.depth = self.depth.saturating_sub(segments);
    }

    fn forget(&mut self) {
        self.statistics.quiesced += 1;
        self.timed = 0;
        self.not_timed = 0;
        self.depth = 0;
        self.waiting = 0;
    }
}

// SAFETY: every call is one call of the wrapped channel, with the same arguments and the same
// answer; what is counted on the way changes neither.
unsafe impl<C: Channel, K: Clock, const TIMES: usize> Channel for Observed<C, K, TIMES> {
    #[inline]
    fn limits(&self) -> Limits {
        self.channel.limits()
    }

    #[inline]
    fn domain(&self) -> DomainId {
        self.channel.domain()
    }

    #[inline]
    fn room(&self) -> usize {
        self.channel.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        self.statistics.segments += 1;
        self.statistics.bytes += segment.length as u64;
        self.depth += 1;
        self.waiting += 1;
        self.statistics.deepest = self.statistics.deepest.max(self.depth);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.channel.push(segment) };
    }

    fn kick(&mut self) {
        self.channel.kick();
        if self.waiting == 0 {
            return;
        }
        self.statistics.doorbells += 1;
        let now = self.clock.now();
        for _ in 0..core::mem::take(&mut self.waiting) {
            let place = self.place(self.timed);
            let room = self.not_timed == 0 && self.timed < TIMES;
            match self.times.get_mut(place) {
                Some(time) if room => {
                    *time = now;
                    self.timed += 1;
                }
                _ => {
                    self.not_timed += 1;
                    self.statistics.untimed += 1;
                }
            }
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let result = self.channel.poll();
        match result {
            Ok(0) => self.statistics.polls_without_result += 1,
            Ok(segments) => {
                self.statistics.polls_with_result += 1;
                self.done(segments);
            }
            Err(_) => self.statistics.faults += 1,
        }
        result
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.channel.quiesce()?;
        self.forget();
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.channel.restore()?;
        self.forget();
        Ok(())
    }
}

impl<C, K, const TIMES: usize> fmt::Debug for Observed<C, K, TIMES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observed").field("statistics", &self.statistics).finish_non_exhaustive()
    }
}
