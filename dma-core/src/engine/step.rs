//! The one step that every way of waiting shares, and what happens after a fault.
#![forbid(unsafe_code)]

use super::{Engine, InFlight, Job, Stage, Ticket};
use crate::{Channel, DmaBuffer, Error, ErrorKind, Failed, Operation, Quiet, Refused, Signal, To};

/// How a job is over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    Ended,
    /// The engine is stuck: the device may still touch the buffer.
    Kept,
    NoSuchJob,
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Services the device once: rings for what was queued, counts what is done, feeds what
    /// waits, handles faults.
    #[inline(never)]
    pub(crate) fn step(&mut self) {
        if !self.is_ready() {
            return;
        }
        self.ring();
        let polled = self.channel.poll();
        let outstanding = self.pushed.wrapping_sub(self.counted);
        let fault = match polled {
            Ok(0) => None,
            Ok(segments) => {
                let counted = u32::try_from(segments).unwrap_or(u32::MAX);
                if counted <= outstanding {
                    self.counted = self.counted.wrapping_add(counted);
                    self.retire_counted();
                    if self.pending == 0 {
                        self.ran_dry = self.ran_dry.wrapping_add(1);
                    }
                    None
                } else {
                    // More than was pushed: the device or its driver is mistaken, and nothing
                    // that it counted can be believed.
                    Some(Error::new(ErrorKind::DeviceFault, Operation::Transfer, counted))
                }
            }
            Err(error) => Some(error),
        };
        match fault {
            None => {
                self.feed();
                self.ring();
            }
            Some(error) => {
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

    /// Whether the device may be used. A reset behind the engine's back ended everything: nothing
    /// is trusted from then on, until `recover`.
    #[inline(never)]
    pub(super) fn is_ready(&mut self) -> bool {
        if self.stuck.is_some() {
            return false;
        }
        if self.signal.epoch().resets == self.epoch.resets {
            return true;
        }
        crate::log::log_debug!("the device was reset behind the engine's back");
        self.stuck = Some(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        false
    }

    /// Ends the jobs whose last segment was counted, oldest first.
    fn retire_counted(&mut self) {
        let counted = self.counted;
        while self.pending > 0 {
            match self.pending_at(0) {
                // The count has reached it: as long as it has not, the difference is negative,
                // which is more than half of all numbers.
                Some((_, Job { stage: Stage::Running(last), .. }))
                    if counted.wrapping_sub(*last) <= u32::MAX / 2 => {}
                _ => return,
            }
            self.retire(Ok(()));
        }
    }

    /// Ends the oldest pending job: hands its memory to the CPU and remembers the result.
    fn retire(&mut self, result: Result<(), Error>) {
        if let Some((_, job)) = self.pending_at(0) {
            // What the device wrote becomes visible, and the caches clean of it, before the
            // memory is anybody else's; after a failure too.
            let whole = 0..job.buffer.length();
            job.buffer.sync(whole, To::Cpu, job.cutter.direction());
            job.stage = Stage::Ended(result);
        }
        if N == 1 {
            (self.pending, self.fed) = (0, 0);
            return;
        }
        self.oldest = if self.oldest + 1 >= N { 0 } else { self.oldest + 1 };
        self.pending -= 1;
        // Wraps for a job that was not fed yet: `end_pending` puts it right.
        self.fed = self.fed.wrapping_sub(1);
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
            let Some((slot, _)) = self.pending_at(0) else { break };
            let is_blamed = N == 1 || *blamed.get_or_insert(slot) == slot;
            self.retire(Err(if is_blamed { error } else { aborted }));
        }
        self.fed = 0;
        self.counted = self.pushed;
        self.dirty = false;
    }

    /// How a job is over: it has ended, it is none, or the engine is stuck. `None` while waiting
    /// for it may change something.
    #[inline]
    pub(super) fn over(&self, ticket: Ticket) -> Option<Over> {
        match self.jobs.get(ticket) {
            Some(Job { stage: Stage::Ended(_), .. }) => Some(Over::Ended),
            Some(_) if self.stuck.is_none() => None,
            Some(_) => Some(Over::Kept),
            None => Some(Over::NoSuchJob),
        }
    }

    /// The result of a job that is over.
    pub(super) fn claim(&mut self, ticket: Ticket, over: Over) -> Result<B, Failed<B>> {
        match over {
            Over::Ended => match self.jobs.take(ticket) {
                Some(Job { buffer, stage: Stage::Ended(Err(error)), .. }) => {
                    return Err(Failed::Returned(Refused::new(buffer, error)));
                }
                Some(job) => return Ok(job.buffer),
                None => {}
            },
            Over::Kept => {
                if let Some(error) = self.stuck {
                    return Err(Failed::Kept(error));
                }
            }
            Over::NoSuchJob => {}
        }
        Err(Failed::NoSuchJob(Error::new(ErrorKind::UnknownTicket, Operation::Wait, 0)))
    }

    /// The result of a job if it is over.
    pub(crate) fn claim_over(&mut self, ticket: Ticket) -> Option<Result<B, Failed<B>>> {
        let over = self.over(ticket)?;
        Some(self.claim(ticket, over))
    }

    /// Ends what runs, so that every job has ended unless the engine is stuck.
    ///
    /// # Errors
    ///
    /// As [`Engine::stop`].
    pub(crate) fn halt(&mut self) -> Result<(), Error> {
        if self.is_ready() {
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
            match self.claim_over(ticket) {
                Some(Ok(buffer)) => each(ticket, Ok(buffer)),
                Some(Err(Failed::Returned(refused))) => each(ticket, Err(refused)),
                // Kept: that is what `halted` says.
                _ => {}
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
