//! A channel that asks the board's protection controller about each transfer.
//!
//! A device notices nothing when a filter on the bus drops its accesses: it reports a transfer
//! that read zeros and wrote nowhere as done. Behind this decorator such a transfer is the typed
//! error that it should be, and the engine hands its buffer back.

use core::fmt;

use dma_core::{Channel, DomainId, Error, ErrorKind, Limits, Operation, Segment};

/// What knows of accesses that the bus refused.
pub trait Violations {
    /// The address of a refused access since the last call, if there was one.
    fn take(&mut self) -> Option<u32>;
}

/// Channel `C`, whose transfers fail if `V` saw a refused access meanwhile.
pub struct Guarded<C, V> {
    channel: C,
    violations: V,
}

impl<C: Channel, V: Violations> Guarded<C, V> {
    /// Asks `violations` whenever `channel` has counted something.
    pub const fn new(channel: C, violations: V) -> Self {
        Self { channel, violations }
    }
}

// SAFETY: every call is that of the channel inside, which keeps the contract; `poll` turns some
// of its counts into an error, after which the engine quiesces.
unsafe impl<C: Channel, V: Violations> Channel for Guarded<C, V> {
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

    /// `DeviceFault`, with the address, if the bus refused an access.
    fn poll(&mut self) -> Result<usize, Error> {
        let ended = self.channel.poll()?;
        match self.violations.take() {
            Some(address) => Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, address)),
            None => Ok(ended),
        }
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.channel.quiesce()
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.channel.restore()
    }
}

impl<C: fmt::Debug, V> fmt::Debug for Guarded<C, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("channel", &self.channel).finish_non_exhaustive()
    }
}
