//! A channel of whichever card it is.

use core::fmt;
use std::sync::Arc;

use channels::edu::EduChannel;
use channels::pl081::Pl081Channel;
use channels::xdma::XdmaChannel;
use dma_core::{Channel, DomainId, Error, Limits, Region, Segment};

use crate::card::CardSpace;
use crate::claim::Claim;

/// A channel of one of the known cards, with its share of the right to drive the device.
pub struct AnyChannel<S: CardSpace, R: Region> {
    kind: Kind<S, R>,
    claim: Arc<Claim>,
}

/// The card's own channel.
pub(crate) enum Kind<S: CardSpace, R: Region> {
    Edu(EduChannel<S>),
    Pl081(Pl081Channel<S, R>),
    Xdma(XdmaChannel<S, R>),
}

impl<S: CardSpace, R: Region> AnyChannel<S, R> {
    pub(crate) fn new(kind: Kind<S, R>, claim: Arc<Claim>) -> Self {
        Self { kind, claim }
    }
}

macro_rules! each {
    ($this:expr, $channel:ident => $answer:expr) => {
        match $this.kind {
            Kind::Edu(ref $channel) => $answer,
            Kind::Pl081(ref $channel) => $answer,
            Kind::Xdma(ref $channel) => $answer,
        }
    };
    (mut $this:expr, $channel:ident => $answer:expr) => {
        match $this.kind {
            Kind::Edu(ref mut $channel) => $answer,
            Kind::Pl081(ref mut $channel) => $answer,
            Kind::Xdma(ref mut $channel) => $answer,
        }
    };
}

// SAFETY: every call is forwarded to the card's channel, and the variant never changes.
unsafe impl<S: CardSpace, R: Region> Channel for AnyChannel<S, R> {
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
        unsafe { each!(mut self, channel => channel.push(segment)) }
    }

    #[inline]
    fn kick(&mut self) {
        each!(mut self, channel => channel.kick());
    }

    #[inline]
    fn poll(&mut self) -> Result<usize, Error> {
        each!(mut self, channel => channel.poll())
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        each!(mut self, channel => channel.quiesce())
    }

    fn restore(&mut self) -> Result<(), Error> {
        each!(mut self, channel => channel.restore())
    }
}

impl<S: CardSpace, R: Region> fmt::Debug for AnyChannel<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.kind {
            Kind::Edu(_) => "edu",
            Kind::Pl081(_) => "pl081",
            Kind::Xdma(_) => "xdma",
        };
        f.debug_struct("AnyChannel")
            .field("card", &name)
            .field("claim", &self.claim)
            .field("limits", &self.limits())
            .finish_non_exhaustive()
    }
}
