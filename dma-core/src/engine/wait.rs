//! Jobs out: looking, waiting, polling.

use core::task::{Context, Poll};

use super::{Completion, Engine, Ticket};
use crate::{Channel, DmaBuffer, Error, ErrorKind, Failed, Operation, Signal, Timeout};

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Looks once: the result of the job, or `None` if it is still under way.
    ///
    /// A job that has ended is taken without a look at the device, here and in every other way of
    /// waiting: one look finds a whole batch.
    ///
    /// # Errors
    ///
    /// [`Failed::Returned`] with the buffer if the job failed; [`Failed::Kept`] if the engine is
    /// stuck; [`Failed::NoSuchJob`] if the ticket is stale or of another engine.
    pub fn try_take(&mut self, ticket: Ticket) -> Option<Result<B, Failed<B>>> {
        if !self.is_over(ticket) {
            self.step();
            if !self.is_over(ticket) {
                return None;
            }
        }
        Some(self.claim(ticket))
    }

    /// Sleeps until the job has ended.
    ///
    /// After `limit` the device is made quiet: this job ends with `TimedOut`, the others with
    /// `Aborted`.
    ///
    /// # Errors
    ///
    /// As [`Engine::try_take`]; `Idle` if there is no limit and nothing that could ever fire.
    pub fn wait(&mut self, ticket: Ticket, limit: Timeout) -> Result<B, Failed<B>> {
        if !self.is_over(ticket) {
            let deadline = self.deadline(limit);
            while self.prepare_to_sleep(ticket, deadline) {
                let until = self.next_look(deadline);
                if let Err(error) = self.signal.wait(until) {
                    self.abort(error, Some(ticket));
                    break;
                }
            }
        }
        self.claim(ticket)
    }

    /// Polls until the job has ended, without any interrupt.
    ///
    /// # Errors
    ///
    /// As [`Engine::wait`].
    pub fn spin(&mut self, ticket: Ticket, limit: Timeout) -> Result<B, Failed<B>> {
        if !self.is_over(ticket) {
            let deadline = self.deadline(limit);
            while self.look(ticket, deadline) {
                self.signal.pause();
            }
        }
        self.claim(ticket)
    }

    /// A future of the job's end. Dropping it only stops the waiting: the job goes on.
    ///
    /// After `limit`, as with [`Engine::wait`].
    #[inline]
    pub fn completion(&mut self, ticket: Ticket, limit: Timeout) -> Completion<'_, C, S, B, N> {
        Completion::new(self, ticket, limit)
    }

    /// One turn of a future that waits for the job.
    pub(crate) fn poll_end(
        &mut self,
        ticket: Ticket,
        deadline: Option<u64>,
        context: &mut Context<'_>,
    ) -> Poll<Result<B, Failed<B>>> {
        if !self.is_over(ticket) {
            while self.prepare_to_sleep(ticket, deadline) {
                let until = self.next_look(deadline);
                match self.signal.poll_fired(context, until) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(_)) => {}
                    Poll::Ready(Err(error)) => {
                        self.abort(error, Some(ticket));
                        break;
                    }
                }
            }
        }
        Poll::Ready(self.claim(ticket))
    }

    /// When a wait that begins now must end.
    pub(crate) fn deadline(&self, limit: Timeout) -> Option<u64> {
        limit.deadline(self.signal.now())
    }

    /// Services the device, and lets the next interrupt through. Whether the job still has to be
    /// waited for.
    fn prepare_to_sleep(&mut self, ticket: Ticket, deadline: Option<u64>) -> bool {
        while self.look(ticket, deadline) {
            // ORDER: re-arm before the last look: an interrupt after the look finds the line open.
            match self.signal.rearm() {
                Ok(false) => return true,
                Ok(true) => {
                    self.step();
                    return !self.is_over(ticket);
                }
                Err(error) => self.abort(error, Some(ticket)),
            }
        }
        false
    }

    /// Services the device, and gives up at the deadline. Whether the job is still under way.
    fn look(&mut self, ticket: Ticket, deadline: Option<u64>) -> bool {
        self.step();
        if self.is_over(ticket) {
            return false;
        }
        let expired = deadline.is_some_and(|deadline| self.signal.now() >= deadline);
        if expired {
            // Either the job has ended then, or the engine is stuck.
            self.abort(Error::new(ErrorKind::TimedOut, Operation::Wait, 0), Some(ticket));
        }
        !expired
    }

    /// When to wake up at the latest: at the deadline, or for a look without an interrupt.
    fn next_look(&self, deadline: Option<u64>) -> Option<u64> {
        match (deadline, self.look_again.deadline(self.signal.now())) {
            (Some(deadline), Some(look)) => Some(deadline.min(look)),
            (deadline, look) => deadline.or(look),
        }
    }
}
