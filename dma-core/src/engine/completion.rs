//! The end of a job, as a future.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Engine, Ticket};
use crate::{Channel, DmaBuffer, Failed, Signal, Timeout};

/// Becomes ready when the job has ended; see [`Engine::completion`].
#[must_use = "a future does nothing until it is polled"]
pub struct Completion<'e, C: Channel, S: Signal, B: DmaBuffer, const N: usize> {
    engine: &'e mut Engine<C, S, B, N>,
    ticket: Ticket,
    deadline: Option<u64>,
}

impl<'e, C: Channel, S: Signal, B: DmaBuffer, const N: usize> Completion<'e, C, S, B, N> {
    pub(super) fn new(engine: &'e mut Engine<C, S, B, N>, ticket: Ticket, limit: Timeout) -> Self {
        let deadline = limit.deadline(engine.signal.now());
        Self { engine, ticket, deadline }
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Future for Completion<'_, C, S, B, N> {
    type Output = Result<B, Failed<B>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (ticket, deadline) = (self.ticket, self.deadline);
        let engine = &mut *self.engine;
        engine.kick();
        loop {
            engine.step();
            if let Some(result) = engine.claim(ticket) {
                return Poll::Ready(result);
            }
            if engine.expired(deadline) {
                engine.time_out(ticket);
                continue;
            }
            // ORDER: as in `wait`: re-arm, look once more, only then sleep.
            match engine.signal.rearm() {
                Ok(false) => {}
                Ok(true) => {
                    engine.step();
                    if let Some(result) = engine.claim(ticket) {
                        return Poll::Ready(result);
                    }
                }
                Err(error) => {
                    engine.abort(error, Some(ticket));
                    continue;
                }
            }
            let until = engine.next_look(deadline);
            match engine.signal.poll_fired(context, until) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(error)) => engine.abort(error, Some(ticket)),
            }
        }
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> fmt::Debug
    for Completion<'_, C, S, B, N>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion")
            .field("ticket", &self.ticket)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
