//! Jobs in: checking, cutting, pushing, one doorbell.

use super::cutter::Cutter;
use super::{Engine, Job, Stage, Ticket};
use crate::{
    Channel, DeviceAddress, Direction, DmaBuffer, Error, ErrorKind, Operation, Refused, Signal, To,
};

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Takes a job without telling the device yet: [`Engine::kick`], or any wait for a job that has
    /// not ended, rings the doorbell once for all that was queued.
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
        buffer: B,
        device: DeviceAddress,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        self.queue_here(buffer, device, direction)
    }

    /// [`Engine::queue`] at the place of the call, for streams: a buffer that comes out of some
    /// list goes straight to its slot, where a processor would wait for what it stored just before
    /// in pieces of another size.
    #[inline(always)]
    pub(crate) fn queue_here(
        &mut self,
        mut buffer: B,
        device: DeviceAddress,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let cutter = Cutter::new(device, direction);
        let kind = match self.examine(&buffer, &cutter) {
            Err(kind) => kind,
            Ok(()) => match self.jobs.vacancy() {
                None => ErrorKind::Busy,
                Some(vacancy) => {
                    buffer.sync(0..buffer.length(), To::Device, direction);
                    let ticket = vacancy.fill(Job { buffer, cutter, stage: Stage::Feeding });
                    self.line_up(ticket);
                    return Ok(ticket);
                }
            },
        };
        Err(Refused::new(buffer, Error::new(kind, Operation::Queue, 0)))
    }

    /// Rings the doorbell for everything queued since the last one; nothing if there is nothing.
    pub fn kick(&mut self) {
        // A device that was reset since, or that does not stop, is not told to start.
        if self.is_ready() {
            self.ring();
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
        self.ring();
        Ok(ticket)
    }

    /// Whether a job can be taken, as far as the buffer is concerned.
    #[inline(always)]
    fn examine(&mut self, buffer: &B, cutter: &Cutter) -> Result<(), ErrorKind> {
        if !self.is_ready()
            && let Some(error) = self.stuck
        {
            return Err(error.kind());
        }
        if buffer.domain() != self.channel.domain() {
            return Err(ErrorKind::OtherDomain);
        }
        cutter.check(buffer, &self.channel.limits())
    }

    /// The youngest job in the line, and on to the channel if there is room.
    fn line_up(&mut self, ticket: Ticket) {
        if N > 1 {
            let place = self.place(self.pending);
            if let Some(entry) = self.order.get_mut(place) {
                *entry = ticket.slot();
            }
        }
        self.pending += 1;
        self.feed();
    }

    /// The doorbell, if segments were pushed since the last one.
    #[inline(never)]
    pub(super) fn ring(&mut self) {
        if self.dirty {
            self.dirty = false;
            self.channel.kick();
        }
    }

    /// The place in `order` of the pending job number `number`, counted from the oldest.
    const fn place(&self, number: usize) -> usize {
        let place = self.oldest + number;
        if place >= N { place - N } else { place }
    }

    /// The pending job number `number`, counted from the oldest.
    pub(super) fn pending_at(&mut self, number: usize) -> Option<(u16, &mut Job<B>)> {
        let slot = self.slot_at(number)?;
        self.jobs.at_mut(slot).map(|job| (slot, job))
    }

    /// The slot of the pending job number `number`, counted from the oldest.
    fn slot_at(&self, number: usize) -> Option<u16> {
        // With one slot there is no question which; the compiler leaves out all the rest.
        if N == 1 { Some(0) } else { self.order.get(self.place(number)).copied() }
    }

    /// Pushes segments while there is room.
    #[inline]
    pub(super) fn feed(&mut self) {
        while self.fed < self.pending && self.feed_one() {}
    }

    /// Pushes the next segment of the oldest job that is not fed, which there is, if there is room.
    fn feed_one(&mut self) -> bool {
        if self.channel.room() == 0 {
            return false;
        }
        let limits = self.channel.limits();
        let number = self.pushed.wrapping_add(1);
        let job = self.slot_at(self.fed).and_then(|slot| self.jobs.at_mut(slot));
        let Some(job) = job else { return false };
        let Some(segment) = job.cutter.next(&job.buffer, &limits) else { return false };
        if segment.last {
            job.stage = Stage::Running(number);
            self.fed += 1;
        }
        self.pushed = number;
        self.dirty = true;
        // SAFETY: there is room; `queue` checked the buffer's domain, direction, mask, alignment
        // and the card's window, and the cutter keeps to the limits; the engine owns the buffer
        // until the segment is counted, or the channel quiesced or restored, and leaks it with
        // the channel otherwise.
        unsafe { self.channel.push(segment) };
        true
    }
}
