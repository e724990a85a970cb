//! Clock and interrupt of a simulated device: waiting lets virtual time pass.
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::task::{Context, Poll};

use dma_core::{Epoch, Error, ErrorKind, Operation, Signal, Wake};

use crate::device::{Opened, error};
use crate::machine::State;

/// So many events without an interrupt and without a deadline are a hang.
const HANG: u32 = 10_000_000;

/// One watcher of one interrupt. It sees every interrupt since it was made, whoever else watches.
#[derive(Debug)]
pub struct MockSignal {
    opened: Arc<Opened>,
    vector: usize,
    /// The machine's number for it.
    number: u64,
    /// The count that it saw last.
    seen: u32,
}

/// How waiting stands.
enum Look {
    Over(Result<Wake, Error>),
    /// Something happened, but not that.
    GoOn,
}

impl MockSignal {
    pub(crate) fn new(opened: Arc<Opened>, vector: usize) -> Result<Self, Error> {
        let (number, seen) = opened.with(|state, slot| {
            let vectors = &state.world.slots[slot].vectors;
            let seen = vectors.get(vector).map(crate::interrupt::Vector::count);
            let unsupported = error(ErrorKind::Unsupported, Operation::Interrupt);
            let seen = seen.ok_or(unsupported)?;
            state.world.signals += 1;
            Ok::<_, Error>((state.world.signals, seen))
        })?;
        Ok(Self { opened, vector, number, seen })
    }

    /// Lets at most one thing happen, and says how waiting stands then.
    fn look(&mut self, state: &mut State, slot: usize, until: Option<u64>) -> Look {
        if self.fired(state, slot) {
            return Look::Over(Ok(Wake::Fired));
        }
        if until.is_some_and(|until| state.world.now >= until) {
            return Look::Over(Ok(Wake::Deadline));
        }
        if state.world.is_real() {
            let gone = until.is_none() && state.world.slots[slot].gone;
            return if gone {
                Look::Over(Err(error(ErrorKind::Gone, Operation::Interrupt)))
            } else {
                Look::GoOn
            };
        }
        if state.step(until.unwrap_or(u64::MAX)) {
            return if self.fired(state, slot) { Look::Over(Ok(Wake::Fired)) } else { Look::GoOn };
        }
        // Nothing more happens before `until`.
        Look::Over(match until {
            Some(until) => {
                state.world.now = until;
                Ok(Wake::Deadline)
            }
            None if state.world.slots[slot].gone => {
                Err(error(ErrorKind::Gone, Operation::Interrupt))
            }
            None => Err(error(ErrorKind::Idle, Operation::Interrupt)),
        })
    }

    fn fired(&mut self, state: &State, slot: usize) -> bool {
        let count = state.world.slots[slot].vectors[self.vector].count();
        std::mem::replace(&mut self.seen, count) != count
    }
}

impl Signal for MockSignal {
    fn now(&self) -> u64 {
        self.opened.machine.now()
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        self.opened.epoch()
    }

    fn pause(&mut self) {
        if self.opened.machine.is_real_time() {
            // Not by sleeping or yielding: on a busy host others go first then, each time, and
            // some looks would take half a second.
            self.opened.machine.take_time(|state| state.world.costs.pause);
            return;
        }
        self.opened.with(|state, _| state.pass(state.world.costs.pause));
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        self.opened.with(|state, slot| {
            let port = &mut state.world.slots[slot];
            if port.gone {
                return Err(error(ErrorKind::Gone, Operation::Interrupt));
            }
            if port.pending.forget_to_rearm {
                return Ok(false);
            }
            let (look_again, fires) = port.vectors[self.vector].rearm();
            if fires {
                // On its way it takes time: a line that nobody drops must not stop the clock.
                state.pass(state.world.costs.pause);
                state.world.fire(slot, self.vector);
            }
            Ok(look_again)
        })
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        let opened = Arc::clone(&self.opened);
        if opened.machine.is_real_time() {
            let slot = opened.slot;
            return opened.machine.sleep(|state| match self.look(state, slot, until) {
                Look::Over(result) => Ok(result),
                Look::GoOn => Err(until),
            });
        }
        for _ in 0..HANG {
            if let Look::Over(result) = opened.with(|state, slot| self.look(state, slot, until)) {
                return result;
            }
        }
        Err(error(ErrorKind::Idle, Operation::Interrupt))
    }

    /// At most one thing happens in each call; a call that returns `Pending` has already woken
    /// the task, so that time goes on when the executor comes round again. Where time is real, the
    /// task is woken by the interrupt or at `until`.
    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        let opened = Arc::clone(&self.opened);
        let waker = context.waker().clone();
        // Wakers are cloned and dropped where nothing is locked: that may run anybody's code.
        let for_alarm =
            until.filter(|_| opened.machine.is_real_time()).map(|at| (at, waker.clone()));
        let (look, _unused) = opened.with(|state, slot| {
            let look = self.look(state, slot, until);
            let alarm = state.world.take_alarm(self.number);
            let vector = &mut state.world.slots[slot].vectors[self.vector];
            let unused = match look {
                Look::Over(_) => (vector.leave(self.number), Some(waker), for_alarm),
                Look::GoOn => {
                    let before = vector.sleep(self.number, waker);
                    let world = &mut state.world;
                    world.alarmed |= for_alarm.is_some();
                    world.alarms.extend(for_alarm.map(|(at, waker)| (at, self.number, waker)));
                    (before, None, None)
                }
            };
            (look, (unused, alarm))
        });
        match look {
            Look::Over(result) => Poll::Ready(result),
            Look::GoOn => {
                if !opened.machine.is_real_time() {
                    context.waker().wake_by_ref();
                }
                Poll::Pending
            }
        }
    }
}

impl Drop for MockSignal {
    fn drop(&mut self) {
        let _wakers = self.opened.with(|state, slot| {
            let alarm = state.world.take_alarm(self.number);
            let vectors = &mut state.world.slots[slot].vectors;
            (alarm, vectors.get_mut(self.vector).and_then(|vector| vector.leave(self.number)))
        });
    }
}
