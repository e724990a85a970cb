//! What a case got done, counted; and what its channels did wrong.
#![forbid(unsafe_code)]

use core::cell::Cell;

use crate::verdict::{Failure, Halt};

/// What was accepted and ended well.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Tally {
    /// Jobs.
    pub transfers: u32,
    /// Their bytes.
    pub bytes: u64,
    /// Segments that channels were given.
    pub segments: u64,
}

/// Counts for one case; shared by its engines.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    transfers: Cell<u32>,
    bytes: Cell<u64>,
    segments: Cell<u64>,
    breach: Cell<Option<Failure>>,
}

impl Ledger {
    /// A job that was accepted ended well.
    pub(crate) fn accept(&self, bytes: usize) {
        self.transfers.set(self.transfers.get() + 1);
        self.bytes.set(self.bytes.get() + bytes as u64);
    }

    /// A segment was given to a channel.
    pub(crate) fn segment(&self) {
        self.segments.set(self.segments.get() + 1);
    }

    /// A channel, or the engine with it, broke a contract. The first breach counts.
    pub(crate) fn breach(&self, halt: Halt) {
        if let (Halt::Failed(failure), None) = (halt, self.breach.get()) {
            self.breach.set(Some(failure));
        }
    }

    /// The first breach.
    pub(crate) fn first_breach(&self) -> Option<Failure> {
        self.breach.get()
    }

    /// All counts.
    pub(crate) fn tally(&self) -> Tally {
        Tally {
            transfers: self.transfers.get(),
            bytes: self.bytes.get(),
            segments: self.segments.get(),
        }
    }
}
