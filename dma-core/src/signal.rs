//! Time and interrupts: how an engine waits.
//!
//! One trait covers an eventfd, an interrupt counter on a microcontroller, virtual time in a
//! simulated machine, and no interrupt at all. Several engines may share one interrupt: each
//! has its own `Signal`, which remembers the count that it saw last, so that none eats
//! another's wake-up.
//!
//! For engine authors, the order that loses nothing: service the device; [`Signal::rearm`];
//! if it says so, service once more; only then [`Signal::wait`].
#![forbid(unsafe_code)]

use core::task::{Context, Poll};
use core::time::Duration;

use crate::{Epoch, Error};

/// Why a wait ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Wake {
    /// An interrupt, or anything else that is worth a look at the device.
    Fired,
    /// The deadline passed.
    Deadline,
}

/// A length of time in nanoseconds, or for ever.
///
/// Not a [`Duration`], whose arithmetic costs a microcontroller a kilobyte; one converts.
///
/// # Examples
///
/// ```
/// use core::time::Duration;
/// use dma_core::Timeout;
/// assert_eq!(Timeout::millis(3), Timeout::from(Duration::from_millis(3)));
/// assert_eq!(Timeout::NEVER.deadline(5), None);
/// assert_eq!(Timeout::micros(1).deadline(5), Some(1_005));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Timeout(u64);

impl Timeout {
    /// No limit.
    pub const NEVER: Self = Self(u64::MAX);

    /// So many nanoseconds.
    #[inline]
    #[must_use]
    pub const fn nanos(nanoseconds: u64) -> Self {
        Self(nanoseconds)
    }

    /// So many microseconds.
    #[inline]
    #[must_use]
    pub const fn micros(microseconds: u64) -> Self {
        Self(microseconds.saturating_mul(1_000))
    }

    /// So many milliseconds.
    #[inline]
    #[must_use]
    pub const fn millis(milliseconds: u64) -> Self {
        Self(milliseconds.saturating_mul(1_000_000))
    }

    /// So many seconds.
    #[inline]
    #[must_use]
    pub const fn secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// When this much time has passed after `now` (ns); `None` if never.
    #[inline]
    #[must_use]
    pub const fn deadline(self, now: u64) -> Option<u64> {
        if self.0 == u64::MAX { None } else { now.checked_add(self.0) }
    }
}

impl From<Duration> for Timeout {
    fn from(duration: Duration) -> Self {
        Self(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
    }
}

/// A clock and an interrupt.
pub trait Signal {
    /// Nanoseconds since some fixed moment; never goes back.
    fn now(&self) -> u64;

    /// The device and its resets so far.
    fn epoch(&self) -> Epoch;

    /// Called once by whoever waits, before the first look: a new wait begins. Nothing, as provided.
    #[inline]
    fn begin(&mut self) {}

    /// Called once per turn of every polling loop: a spin hint, a tick of virtual time.
    fn pause(&mut self);

    /// Lets the next interrupt through, after the device was served.
    ///
    /// `true`: look at the device once more before sleeping. Level-triggered lines need it: one
    /// that rose again while it was masked does not fire by itself.
    ///
    /// # Errors
    ///
    /// `Os` if the system refuses; `Gone` if the device went.
    fn rearm(&mut self) -> Result<bool, Error>;

    /// Sleeps until an interrupt came since the last look, or until `until` (ns, as [`Signal::now`]).
    ///
    /// May also return [`Wake::Fired`] without cause.
    ///
    /// # Errors
    ///
    /// `Idle` if there is no deadline and nothing that could ever fire; `Os`; `Gone`.
    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error>;

    /// As [`Signal::wait`] for a task: registers its waker and returns `Pending`, or says why it
    /// may go on. It must also wake the task at `until`, since a stuck device never fires.
    ///
    /// # Errors
    ///
    /// As [`Signal::wait`].
    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>>;
}

impl<S: Signal + ?Sized> Signal for &mut S {
    #[inline]
    fn now(&self) -> u64 {
        (**self).now()
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        (**self).epoch()
    }

    #[inline]
    fn begin(&mut self) {
        (**self).begin();
    }

    #[inline]
    fn pause(&mut self) {
        (**self).pause();
    }

    #[inline]
    fn rearm(&mut self) -> Result<bool, Error> {
        (**self).rearm()
    }

    #[inline]
    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        (**self).wait(until)
    }

    #[inline]
    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        (**self).poll_fired(context, until)
    }
}
