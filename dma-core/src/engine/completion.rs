//! The end of a job, as a future.
#![forbid(unsafe_code)]

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
        let deadline = engine.deadline(limit);
        Self { engine, ticket, deadline }
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Future for Completion<'_, C, S, B, N> {
    type Output = Result<B, Failed<B>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (ticket, deadline) = (self.ticket, self.deadline);
        self.engine.poll_end(ticket, deadline, context)
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
