//! A channel with a witness: the contract, checked on every call.
//!
//! A decorator. It counts segments, and writes a breach into the ledger when the engine pushes
//! without room or beyond the limits, or when the channel counts more than it was given, changes
//! its limits, or is not empty after it was made quiet.

use dma_core::{Channel, DomainId, Error, Limits, Segment};

use crate::ledger::Ledger;
use crate::verdict::{Halt, check};

/// A channel, watched.
#[derive(Debug)]
pub(crate) struct Witness<'l, C> {
    channel: C,
    ledger: &'l Ledger,
    limits: Limits,
    /// Pushed and not counted.
    pending: usize,
}

impl<'l, C: Channel> Witness<'l, C> {
    /// Watches `channel`.
    pub(crate) fn new(channel: C, ledger: &'l Ledger) -> Self {
        let limits = channel.limits();
        Self { channel, ledger, limits, pending: 0 }
    }

    fn note(&self, result: Result<(), Halt>) {
        if let Err(halt) = result {
            self.ledger.breach(halt);
        }
    }

    /// Whether a segment keeps to the limits.
    fn fits(&self, segment: &Segment) -> Result<(), Halt> {
        let limits = &self.limits;
        let length = segment.length as u64;
        check(segment.length >= 1, "a segment has bytes")?;
        check(segment.length <= limits.max_segment, "a segment keeps to the longest")?;
        check(limits.mask.reaches(segment.host, segment.length), "a segment keeps to the mask")?;
        check(limits.directions.contains(segment.direction.set()), "a direction is permitted")?;
        let left = limits.device_window.left(segment.device);
        check(left.is_some_and(|left| length <= left), "a segment keeps to the card's window")?;
        let below = limits.alignment as u64 - 1;
        let aligned =
            segment.host.get() | segment.device.get() | if segment.last { 0 } else { length };
        check(aligned & below == 0, "a segment is aligned")?;
        let crosses = limits.boundary != 0
            && segment.host.get() / limits.boundary
                != (segment.host.get() + length - 1) / limits.boundary;
        check(!crosses, "a segment does not cross a boundary")
    }

    /// After the channel said that it is quiet.
    fn emptied(&mut self) {
        self.pending = 0;
        self.note(check(
            self.channel.room() == self.limits.depth,
            "a quiet channel has all its room",
        ));
    }
}

// SAFETY: every call is forwarded, unchanged, to the channel that keeps the contract; what the
// witness adds only looks and counts.
unsafe impl<C: Channel> Channel for Witness<'_, C> {
    fn limits(&self) -> Limits {
        let limits = self.channel.limits();
        self.note(check(limits == self.limits, "a channel's limits never change"));
        limits
    }

    fn domain(&self) -> DomainId {
        self.channel.domain()
    }

    fn room(&self) -> usize {
        let room = self.channel.room();
        self.note(check(room <= self.limits.depth, "room is at most the depth"));
        room
    }

    unsafe fn push(&mut self, segment: Segment) {
        self.note(check(self.channel.room() > 0, "a segment is pushed only when there is room"));
        self.note(self.fits(&segment));
        self.ledger.segment();
        self.pending += 1;
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.channel.push(segment) };
    }

    fn kick(&mut self) {
        self.channel.kick();
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let counted = self.channel.poll()?;
        self.note(check(counted <= self.pending, "no more segments are counted than were pushed"));
        self.pending = self.pending.saturating_sub(counted);
        if self.pending == 0 {
            let room = self.channel.room();
            self.note(check(room == self.limits.depth, "an idle channel has all its room"));
        }
        Ok(counted)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.channel.quiesce()?;
        self.emptied();
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.channel.restore()?;
        self.emptied();
        Ok(())
    }
}
