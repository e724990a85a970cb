//! A signal that looks for a while before it sleeps.
#![forbid(unsafe_code)]

use core::task::{Context, Poll};

use crate::{Epoch, Error, Signal, Timeout, Wake};

/// Turns between two looks at the clock, which may cost more than a look at the device.
const TURNS: u32 = 16;

/// A signal whose waits begin by polling, and sleep until the interrupt only if that took too
/// long.
///
/// Polling is quicker while the device is, sleeping leaves the processor to others: this gives the
/// one for short jobs and the other for long ones. A good time to poll is what an interrupt costs,
/// some ten microseconds: then a wait costs at most twice what the better way does.
///
/// Futures do not poll: they would keep other tasks waiting.
///
/// # Examples
///
/// ```
/// # use core::task::{Context, Poll};
/// # use dma_core::{Epoch, Error};
/// # struct Interrupt;
/// # impl Signal for Interrupt {
/// #     fn now(&self) -> u64 { 0 }
/// #     fn epoch(&self) -> Epoch { Epoch::default() }
/// #     fn pause(&mut self) {}
/// #     fn rearm(&mut self) -> Result<bool, Error> { Ok(true) }
/// #     fn wait(&mut self, _: Option<u64>) -> Result<Wake, Error> { Ok(Wake::Deadline) }
/// #     fn poll_fired(
/// #         &mut self,
/// #         _: &mut Context<'_>,
/// #         _: Option<u64>,
/// #     ) -> Poll<Result<Wake, Error>> { Poll::Pending }
/// # }
/// # let interrupt = Interrupt;
/// use dma_core::{Signal, SpinFirst, Timeout, Wake};
///
/// let mut signal = SpinFirst::new(interrupt, Timeout::micros(10));
/// signal.begin();
/// // Time to look at the device, and nobody slept.
/// assert!(!signal.rearm()?);
/// assert_eq!(signal.wait(None)?, Wake::Fired);
/// # Ok::<(), dma_core::Error>(())
/// ```
#[derive(Debug)]
pub struct SpinFirst<S> {
    inner: S,
    spin: Timeout,
    /// When the clock was first looked at in this wait, if it was.
    since: Option<u64>,
    turns: u32,
    spins: bool,
}

impl<S: Signal> SpinFirst<S> {
    /// With so much polling at the beginning of each wait.
    pub const fn new(inner: S, spin: Timeout) -> Self {
        Self { inner, spin, since: None, turns: 0, spins: false }
    }

    /// The signal inside.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S: Signal> Signal for SpinFirst<S> {
    #[inline]
    fn now(&self) -> u64 {
        self.inner.now()
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        self.inner.epoch()
    }

    fn begin(&mut self) {
        self.inner.begin();
        (self.since, self.turns, self.spins) = (None, 0, self.spin > Timeout::nanos(0));
    }

    #[inline]
    fn pause(&mut self) {
        self.inner.pause();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        if self.spins {
            self.turns = self.turns.wrapping_add(1);
            if self.turns.is_multiple_of(TURNS) {
                let now = self.inner.now();
                let end = self.spin.deadline(*self.since.get_or_insert(now));
                self.spins = end.is_none_or(|end| now < end);
            }
        }
        // Whoever goes on polling needs no interrupt.
        if self.spins { Ok(false) } else { self.inner.rearm() }
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        if self.spins {
            self.inner.pause();
            return Ok(Wake::Fired);
        }
        self.inner.wait(until)
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        self.inner.poll_fired(context, until)
    }
}
