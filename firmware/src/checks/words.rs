//! A channel of a peripheral that takes whole words only.

use dma_core::{Channel, DomainId, Error, Limits, Segment};

/// Bytes of a word.
pub(super) const WORD: usize = 4;

/// Channel `C` with whole words on both sides.
pub(super) struct Words<C>(pub(super) C);

// SAFETY: every call is that of the channel inside, which keeps the contract; the limits are
// stricter than its own.
unsafe impl<C: Channel> Channel for Words<C> {
    fn limits(&self) -> Limits {
        Limits { alignment: WORD, ..self.0.limits() }
    }

    fn domain(&self) -> DomainId {
        self.0.domain()
    }

    fn room(&self) -> usize {
        self.0.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.0.push(segment) };
    }

    fn kick(&mut self) {
        self.0.kick();
    }

    fn poll(&mut self) -> Result<usize, Error> {
        self.0.poll()
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.0.quiesce()
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.0.restore()
    }
}
