//! A signal that sleeps until a handler counts.
#![forbid(unsafe_code)]

use core::fmt;
use core::task::{Context, Poll};

use dma_core::{Epoch, Error, ErrorKind, Operation, Signal, Wake};

use crate::interrupt::InterruptCounter;
use crate::platform::Platform;
use crate::resets::Resets;

/// Clock and interrupt of one engine.
pub struct BareSignal<P> {
    platform: P,
    resets: &'static Resets,
    device: u32,
    interrupt: &'static InterruptCounter,
    /// This signal's place among those that wait for the interrupt.
    place: usize,
    /// The count at the last look.
    seen: u32,
    /// What the platform calls the interrupt.
    vector: usize,
}

impl<P: Platform> BareSignal<P> {
    /// Waits for `interrupt`, which the platform knows as `vector`.
    ///
    /// # Errors
    ///
    /// `NoMemory` if [`WAITERS`](crate::WAITERS) signals wait for it already.
    pub fn new(
        platform: P,
        interrupt: &'static InterruptCounter,
        vector: usize,
        resets: &'static Resets,
    ) -> Result<Self, Error> {
        let Some(place) = interrupt.join() else {
            let waiters = u32::try_from(crate::WAITERS).unwrap_or(u32::MAX);
            return Err(Error::new(ErrorKind::NoMemory, Operation::Interrupt, waiters));
        };
        Ok(Self {
            platform,
            resets,
            device: resets.device(),
            interrupt,
            place,
            seen: interrupt.count(),
            vector,
        })
    }

    /// Whether it fired since the last look, or time is up.
    fn look(&mut self, until: Option<u64>) -> Option<Wake> {
        let count = self.interrupt.count();
        if count != self.seen {
            self.seen = count;
            return Some(Wake::Fired);
        }
        match until {
            Some(until) if self.platform.now() >= until => Some(Wake::Deadline),
            _ => None,
        }
    }
}

impl<P: Platform> Signal for BareSignal<P> {
    fn now(&self) -> u64 {
        self.platform.now()
    }

    fn epoch(&self) -> Epoch {
        Epoch { device: self.device, resets: self.resets.count() }
    }

    fn pause(&mut self) {
        self.platform.pause();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        Ok(self.platform.rearm(self.vector))
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        loop {
            if let Some(wake) = self.look(until) {
                return Ok(wake);
            }
            let (interrupt, seen) = (self.interrupt, self.seen);
            self.platform.idle(until, || interrupt.count() == seen);
        }
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        // First the waker, then the look: an interrupt in between is seen or wakes.
        self.interrupt.register(self.place, context.waker());
        if let Some(wake) = self.look(until) {
            return Poll::Ready(Ok(wake));
        }
        if let Some(until) = until {
            self.platform.wake_at(until, context.waker());
        }
        Poll::Pending
    }
}

impl<P> Drop for BareSignal<P> {
    fn drop(&mut self) {
        self.interrupt.leave(self.place);
    }
}

impl<P> fmt::Debug for BareSignal<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BareSignal")
            .field("vector", &self.vector)
            .field("seen", &self.seen)
            .field("epoch", &self.resets.epoch())
            .finish_non_exhaustive()
    }
}
