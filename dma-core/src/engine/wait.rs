//! Jobs out: looking, waiting, polling.
#![forbid(unsafe_code)]

use core::task::{Context, Poll};

use super::step::Over;
use super::{Completion, Engine, Ticket};
use crate::{Channel, DmaBuffer, Error, ErrorKind, Failed, Operation, Signal, Timeout};

/// What to do next for a job that is not over. Before each the job is looked at once more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Service the device.
    Look,
    /// Let the next interrupt through, and look at what came before that.
    Arm,
    /// Nothing is left to do.
    Sleep,
}

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
        if self.over(ticket).is_none() {
            self.step();
        }
        self.claim_over(ticket)
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
        // Mostly one look found a whole batch.
        let over = match self.over(ticket) {
            Some(over) => over,
            None => self.sleep(ticket, limit),
        };
        self.claim(ticket, over)
    }

    /// Sleeps until a job is over that was not when it was looked at last.
    #[inline(never)]
    fn sleep(&mut self, ticket: Ticket, limit: Timeout) -> Over {
        // Clocks cost: only who waits asks for the time.
        let mut limited = None;
        let mut turn = Turn::Look;
        loop {
            let deadline = if let Some(deadline) = limited {
                deadline
            } else {
                self.signal.begin();
                *limited.insert(self.deadline(limit))
            };
            turn = match turn {
                Turn::Sleep => {
                    let until = self.next_look(deadline);
                    self.signal.wait(until).map(|_| Turn::Look)
                }
                turn => self.turn(turn, ticket, deadline),
            }
            .unwrap_or_else(|error| {
                self.abort(error, Some(ticket));
                Turn::Look
            });
            if let Some(over) = self.over(ticket) {
                return over;
            }
        }
    }

    /// Polls until the job has ended, without any interrupt.
    ///
    /// # Errors
    ///
    /// As [`Engine::wait`].
    pub fn spin(&mut self, ticket: Ticket, limit: Timeout) -> Result<B, Failed<B>> {
        let mut limited = None;
        let over = loop {
            if let Some(over) = self.over(ticket) {
                break over;
            }
            match limited {
                None => limited = Some(self.deadline(limit)),
                // That ended the job, or the engine is stuck.
                Some(deadline) if self.gives_up(ticket, deadline) => continue,
                Some(_) => self.signal.pause(),
            }
            self.step();
        };
        self.claim(ticket, over)
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
        let mut turn = Turn::Look;
        let over = loop {
            if let Some(over) = self.over(ticket) {
                break over;
            }
            turn = match turn {
                Turn::Sleep => {
                    let until = self.next_look(deadline);
                    match self.signal.poll_fired(context, until) {
                        Poll::Pending => return Poll::Pending,
                        Poll::Ready(woken) => woken.map(|_| Turn::Look),
                    }
                }
                turn => self.turn(turn, ticket, deadline),
            }
            .unwrap_or_else(|error| {
                self.abort(error, Some(ticket));
                Turn::Look
            });
        };
        Poll::Ready(self.claim(ticket, over))
    }

    /// When a wait that begins now must end.
    pub(crate) fn deadline(&self, limit: Timeout) -> Option<u64> {
        limit.deadline(self.signal.now())
    }

    /// What comes before a sleep, and what next.
    fn turn(&mut self, turn: Turn, ticket: Ticket, deadline: Option<u64>) -> Result<Turn, Error> {
        if turn == Turn::Look {
            self.step();
            return Ok(Turn::Arm);
        }
        if self.gives_up(ticket, deadline) {
            return Ok(Turn::Look);
        }
        // ORDER: re-arm before the last look: an interrupt after the look finds the line open.
        if self.signal.rearm()? {
            self.step();
        }
        Ok(Turn::Sleep)
    }

    /// Ends the job if its time is over: after this it has ended, or the engine is stuck.
    fn gives_up(&mut self, ticket: Ticket, deadline: Option<u64>) -> bool {
        let expired = deadline.is_some_and(|deadline| self.signal.now() >= deadline);
        if expired {
            self.abort(Error::new(ErrorKind::TimedOut, Operation::Wait, 0), Some(ticket));
        }
        expired
    }

    /// When to wake up at the latest: at the deadline, or for a look without an interrupt.
    fn next_look(&self, deadline: Option<u64>) -> Option<u64> {
        match (deadline, self.look_again.deadline(self.signal.now())) {
            (Some(deadline), Some(look)) => Some(deadline.min(look)),
            (deadline, look) => deadline.or(look),
        }
    }
}
