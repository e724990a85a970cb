//! The one step that every way of waiting shares, and what happens after a fault.

use super::{Engine, InFlight, Job, Stage, Ticket};
use crate::{Channel, DmaBuffer, Error, ErrorKind, Failed, Operation, Quiet, Refused, Signal, To};

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Services the device once: counts what is done, feeds what waits, handles faults.
    pub(crate) fn step(&mut self) {
        self.notice_reset();
        if self.stuck.is_some() {
            return;
        }
        match self.channel.poll() {
            Ok(segments) => {
                if segments > 0 {
                    if segments > self.outstanding {
                        // More than was pushed: the device or its driver is mistaken, and nothing
                        // that it counted can be believed.
                        let detail = u32::try_from(segments).unwrap_or(u32::MAX);
                        let kind = ErrorKind::DeviceFault;
                        self.abort(Error::new(kind, Operation::Transfer, detail), None);
                        return;
                    }
                    self.outstanding -= segments;
                    self.credit(segments);
                    if self.pending == 0 {
                        self.ran_dry = self.ran_dry.wrapping_add(1);
                    }
                }
                if self.fed < self.pending {
                    self.feed();
                    self.ring();
                }
            }
            Err(error) => {
                if self.pending == 0 {
                    crate::log::log_warn!(
                        "the device reports a fault while no job is under way",
                        &error
                    );
                }
                self.abort(error, None);
            }
        }
    }

    /// A reset behind the engine's back ended everything: nothing is trusted until `recover`.
    pub(super) fn notice_reset(&mut self) {
        if self.stuck.is_none() && self.signal.epoch() != self.epoch {
            crate::log::log_debug!("the device was reset behind the engine's back");
            self.stuck = Some(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        }
    }

    /// Credits segments to the jobs, oldest first. All of them were outstanding.
    fn credit(&mut self, segments: usize) {
        let mut left = segments;
        while self.pending > 0 {
            let Some(slot) = self.order.get(self.oldest).copied() else { return };
            let Some(job) = self.jobs.at_mut(slot) else { return };
            let counted = left.min(job.outstanding);
            job.outstanding -= counted;
            left -= counted;
            if job.outstanding > 0 || job.stage != Stage::Running {
                return;
            }
            self.retire(Ok(()));
        }
    }

    /// Ends the oldest pending job: hands its memory to the CPU and remembers the result.
    fn retire(&mut self, result: Result<(), Error>) {
        if let Some(job) = self.order.get(self.oldest).and_then(|slot| self.jobs.at_mut(*slot)) {
            // What the device wrote becomes visible, and the caches clean of it, before the
            // memory is anybody else's; after a failure too.
            let whole = 0..job.buffer.length();
            job.buffer.sync(whole, To::Cpu, job.cutter.direction());
            job.stage = Stage::Ended(result);
        }
        self.oldest = self.place(1);
        self.pending -= 1;
        self.fed = self.fed.saturating_sub(1);
    }

    /// Makes the device quiet and ends every pending job: the blamed one (else the oldest) with
    /// `error`, the others as aborted. If the device does not get quiet, the engine is stuck.
    #[cold]
    #[inline(never)]
    pub(crate) fn abort(&mut self, error: Error, blamed: Option<Ticket>) {
        match self.channel.quiesce() {
            Ok(()) => self.end_pending(error, blamed),
            Err(reason) => {
                crate::log::log_warn!(
                    "the device does not stop: its memory is kept until it is reset",
                    &reason
                );
                let kind = if reason.kind() == ErrorKind::Gone {
                    ErrorKind::Gone
                } else {
                    ErrorKind::Stuck
                };
                self.stuck = Some(Error::new(kind, reason.operation(), reason.detail()));
            }
        }
    }

    /// Ends every pending job. The device is quiet.
    pub(super) fn end_pending(&mut self, error: Error, blamed: Option<Ticket>) {
        let mut blamed = blamed.map(Ticket::slot);
        let aborted = Error::new(ErrorKind::Aborted, error.operation(), 0);
        while self.pending > 0 {
            let Some(slot) = self.order.get(self.oldest).copied() else { break };
            let is_blamed = *blamed.get_or_insert(slot) == slot;
            self.retire(Err(if is_blamed { error } else { aborted }));
        }
        self.fed = 0;
        self.outstanding = 0;
        self.dirty = false;
    }

    /// The result of a job, if it has ended.
    pub(crate) fn claim(&mut self, ticket: Ticket) -> Option<Result<B, Failed<B>>> {
        let Some(job) = self.jobs.get(ticket) else {
            let error = Error::new(ErrorKind::UnknownTicket, Operation::Wait, 0);
            return Some(Err(Failed::NoSuchJob(error)));
        };
        let Stage::Ended(result) = job.stage else {
            return self.stuck.map(|error| Err(Failed::Kept(error)));
        };
        let buffer = self.jobs.take(ticket)?.buffer;
        Some(match result {
            Ok(()) => Ok(buffer),
            Err(error) => Err(Failed::Returned(Refused::new(buffer, error))),
        })
    }

    /// Ends what runs, so that every job has ended unless the engine is stuck.
    ///
    /// # Errors
    ///
    /// As [`Engine::stop`].
    pub(crate) fn halt(&mut self) -> Result<(), Error> {
        self.notice_reset();
        if self.stuck.is_none() {
            self.abort(Error::new(ErrorKind::Aborted, Operation::Stop, 0), None);
        }
        self.stuck.map_or(Ok(()), Err)
    }

    /// Ends what runs and gives every buffer back, with its ticket and how its job ended.
    ///
    /// # Errors
    ///
    /// `Stuck` or `Gone` if the device does not get quiet, `WasReset` if it was reset meanwhile:
    /// jobs that had ended came back, the others stay, until [`Engine::recover`].
    pub fn stop(
        &mut self,
        mut each: impl FnMut(Ticket, Result<B, Refused<B>>),
    ) -> Result<(), Error> {
        let halted = self.halt();
        for slot in InFlight::<Job<B>, N>::SLOTS {
            let Some(ticket) = self.jobs.ticket_at(slot) else { continue };
            match self.claim(ticket) {
                Some(Ok(buffer)) => each(ticket, Ok(buffer)),
                Some(Err(Failed::Returned(refused))) => each(ticket, Err(refused)),
                // Kept: that is what `halted` says.
                Some(Err(Failed::Kept(_) | Failed::NoSuchJob(_))) | None => {}
            }
        }
        halted
    }

    /// Takes up work again after the device was reset; jobs that were in flight end as failed,
    /// so that their tickets give the buffers back.
    ///
    /// The device stays unable to master the bus until `quiet` is given back to it; recover all
    /// of its engines before.
    ///
    /// # Errors
    ///
    /// `WasReset` if `quiet` is of another device or of an older reset; what
    /// [`Channel::restore`] says if the device is not ready yet (try again later).
    pub fn recover(&mut self, quiet: &Quiet) -> Result<(), Error> {
        if quiet.epoch() != self.signal.epoch() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Recover, 0));
        }
        if let Err(error) = self.channel.restore() {
            self.stuck.get_or_insert(error);
            return Err(error);
        }
        let cause =
            self.stuck.take().unwrap_or(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        self.end_pending(cause, None);
        self.epoch = quiet.epoch();
        Ok(())
    }
}
