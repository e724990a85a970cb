//! A channel of whichever card it is.

use channels::edu::EduChannel;
use channels::pl081::Pl081Channel;
use dma_core::{Channel, DomainId, Error, Limits, Narrow, Region, Segment};

use crate::card::CardSpace;

/// A channel of one of the known cards.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyChannel<S: CardSpace, R: Region> {
    /// QEMU's `edu`.
    Edu(EduChannel<S>),
    /// ARM's PL081.
    Pl081(Pl081Channel<S, R>),
}

macro_rules! each {
    ($this:expr, $channel:ident => $answer:expr) => {
        match $this {
            Self::Edu($channel) => $answer,
            Self::Pl081($channel) => $answer,
        }
    };
}

// SAFETY: every call is forwarded to the card's channel, and the variant never changes.
unsafe impl<S: CardSpace + Narrow, R: Region> Channel for AnyChannel<S, R> {
    #[inline]
    fn limits(&self) -> Limits {
        each!(self, channel => channel.limits())
    }

    #[inline]
    fn domain(&self) -> DomainId {
        each!(self, channel => channel.domain())
    }

    #[inline]
    fn room(&self) -> usize {
        each!(self, channel => channel.room())
    }

    #[inline]
    unsafe fn push(&mut self, segment: Segment) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { each!(self, channel => channel.push(segment)) }
    }

    #[inline]
    fn kick(&mut self) {
        each!(self, channel => channel.kick());
    }

    #[inline]
    fn poll(&mut self) -> Result<usize, Error> {
        each!(self, channel => channel.poll())
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        each!(self, channel => channel.quiesce())
    }

    fn restore(&mut self) -> Result<(), Error> {
        each!(self, channel => channel.restore())
    }
}
