//! The signal: virtual time, and an interrupt when a segment is done.
#![forbid(unsafe_code)]

use std::task::{Context, Poll};

use dma_core::{Epoch, Error, ErrorKind, Operation, Signal, Wake};

use super::World;

/// The machine's clock and interrupt.
#[derive(Debug)]
pub struct TestSignal {
    world: World,
    seen: u64,
    /// Whether the last turn of a future was put off.
    put_off: bool,
}

impl TestSignal {
    pub fn new(world: World) -> Self {
        Self { world, seen: 0, put_off: false }
    }
}

impl Signal for TestSignal {
    fn now(&self) -> u64 {
        self.world.state().now
    }

    fn epoch(&self) -> Epoch {
        self.world.state().epoch
    }

    fn pause(&mut self) {
        let mut state = self.world.state();
        let now = state.now + 10;
        state.advance_to(now);
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        let mut state = self.world.state();
        let now = state.now + state.rearm_takes;
        state.advance_to(now);
        let fired = state.interrupts;
        drop(state);
        let again = fired != self.seen;
        self.seen = fired;
        Ok(again)
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        let mut state = self.world.state();
        let event = if state.interrupts_lost { None } else { state.next_due() };
        match (event, until) {
            (Some(event), until) if until.is_none_or(|until| event <= until) => {
                state.advance_to(event);
                Ok(Wake::Fired)
            }
            (_, Some(until)) => {
                state.advance_to(until);
                Ok(Wake::Deadline)
            }
            (_, None) => Err(Error::new(ErrorKind::Idle, Operation::Interrupt, 0)),
        }
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        // Every other turn is put off, so that a future has to be polled again.
        self.put_off = !self.put_off;
        if self.put_off {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.wait(until))
    }
}
