//! Jobs in: checking, cutting, pushing, one doorbell.

use super::cutter::Cutter;
use super::{Engine, Job, Stage, Ticket};
use crate::{
    Channel, DeviceAddress, Direction, DmaBuffer, Error, ErrorKind, Operation, Refused, Signal, To,
};

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Takes a job without telling the device yet: [`Engine::kick`], or any wait, rings the
    /// doorbell once for all that was queued.
    ///
    /// The whole buffer goes to, or comes from, the card's memory at `device`.
    ///
    /// # Errors
    ///
    /// With the buffer, and nothing started: `Busy` (take a finished job first), `Stuck` or
    /// `WasReset` (recover first), `OtherDomain`, `Empty`, `WrongDirection`, `OutOfReach` (of the
    /// channel's mask, or of the card's memory), `Misaligned`.
    pub fn queue(
        &mut self,
        mut buffer: B,
        device: DeviceAddress,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let refuse =
            |buffer, kind| Err(Refused::new(buffer, Error::new(kind, Operation::Queue, 0)));
        self.notice_reset();
        if let Some(error) = self.stuck {
            return refuse(buffer, error.kind());
        }
        if self.jobs.is_full() {
            return refuse(buffer, ErrorKind::Busy);
        }
        if buffer.domain() != self.channel.domain() {
            return refuse(buffer, ErrorKind::OtherDomain);
        }
        let cutter = Cutter::new(device, direction);
        if let Err(kind) = cutter.check(&buffer, &self.channel.limits()) {
            return refuse(buffer, kind);
        }
        buffer.sync(0..buffer.length(), To::Device, direction);
        let job = Job { buffer, cutter, outstanding: 0, stage: Stage::Feeding };
        match self.jobs.insert(job) {
            Ok(ticket) => {
                let place = self.place(self.pending);
                if let Some(entry) = self.order.get_mut(place) {
                    *entry = ticket.slot();
                }
                self.pending += 1;
                self.feed();
                Ok(ticket)
            }
            Err(job) => refuse(job.buffer, ErrorKind::Busy),
        }
    }

    /// Rings the doorbell for everything queued since the last one; nothing if there is nothing.
    pub fn kick(&mut self) {
        // A device that was reset since, or that does not stop, is not told to start.
        self.notice_reset();
        if self.stuck.is_none() {
            self.ring();
        }
    }

    pub(super) fn ring(&mut self) {
        if self.dirty {
            self.dirty = false;
            self.channel.kick();
        }
    }

    /// [`Engine::queue`] and [`Engine::kick`].
    ///
    /// # Errors
    ///
    /// As [`Engine::queue`].
    pub fn submit(
        &mut self,
        buffer: B,
        device: DeviceAddress,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let ticket = self.queue(buffer, device, direction)?;
        self.kick();
        Ok(ticket)
    }

    /// The place in `order` of the pending job number `number`, counted from the oldest.
    pub(super) const fn place(&self, number: usize) -> usize {
        let place = self.oldest + number;
        if place >= N { place - N } else { place }
    }

    /// Pushes segments while there is room.
    pub(super) fn feed(&mut self) {
        while self.fed < self.pending {
            let place = self.place(self.fed);
            let Some(job) = self.order.get(place).and_then(|slot| self.jobs.at_mut(*slot)) else {
                return;
            };
            let limits = self.channel.limits();
            while self.channel.room() > 0 {
                let Some(segment) = job.cutter.next(&job.buffer, &limits) else { return };
                // SAFETY: there is room; `queue` checked the buffer's domain, direction, mask,
                // alignment and the card's window, and the cutter keeps to the limits; the
                // engine owns the buffer until the segment is counted, or the channel quiesced
                // or restored, and leaks it with the channel otherwise.
                unsafe { self.channel.push(segment) };
                self.dirty = true;
                self.outstanding += 1;
                job.outstanding += 1;
                if segment.last {
                    job.stage = Stage::Running;
                    break;
                }
            }
            if job.stage == Stage::Feeding {
                return;
            }
            self.fed += 1;
        }
    }
}
