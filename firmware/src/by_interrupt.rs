//! A channel that looks at its device only after an interrupt.
//!
//! Where a transfer is over by the time that the doorbell returns, as on an emulated controller,
//! an engine finds it at its first look and never sleeps. Behind this decorator nothing has ended
//! until the interrupt handler has counted, so whoever waits is woken by an interrupt or not at
//! all.

use core::fmt;

use backend_bare::InterruptCounter;
use dma_core::{Channel, DomainId, Error, Limits, Segment};

/// Channel `C`, serviced only when an interrupt came since the last time.
pub struct ByInterrupt<C> {
    channel: C,
    counter: &'static InterruptCounter,
    /// The count at the last look, or before the last doorbell.
    seen: u32,
}

impl<C> ByInterrupt<C> {
    /// Services `channel` when `counter` counts.
    pub fn new(channel: C, counter: &'static InterruptCounter) -> Self {
        Self { channel, counter, seen: counter.count() }
    }
}

// SAFETY: every call that reaches the device is that of the channel inside, which keeps the
// contract; `poll` says less than it would, and never more.
unsafe impl<C: Channel> Channel for ByInterrupt<C> {
    fn limits(&self) -> Limits {
        self.channel.limits()
    }

    fn domain(&self) -> DomainId {
        self.channel.domain()
    }

    fn room(&self) -> usize {
        self.channel.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.channel.push(segment) };
    }

    fn kick(&mut self) {
        self.channel.kick();
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let count = self.counter.count();
        if count == self.seen {
            return Ok(0);
        }
        self.seen = count;
        self.channel.poll()
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.channel.quiesce()
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.channel.restore()
    }
}

impl<C: fmt::Debug> fmt::Debug for ByInterrupt<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByInterrupt").field("channel", &self.channel).finish_non_exhaustive()
    }
}
