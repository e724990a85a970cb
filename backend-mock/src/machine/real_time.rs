//! Real time: the cards' own thread, and who sleeps until something happens.
//!
//! The same state and the same steps as in virtual time. What differs is who takes them: a thread
//! that sleeps until the next thing is due, so that cards move bytes while the program does
//! something else.
#![forbid(unsafe_code)]

use std::sync::{Arc, Condvar, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use dma_core::{Error, ErrorKind, Operation};

use super::{Machine, Shared, State};

/// So often the thread looks whether its machine is still there, and may end.
const LOOK: Duration = Duration::from_millis(10);

/// Threads that sleep: the cards' until something is due, others until an interrupt.
#[derive(Debug, Default)]
pub(super) struct Sleepers {
    due: Condvar,
    interrupt: Condvar,
}

impl Sleepers {
    /// Lets the state go, and wakes who is to be woken.
    #[inline]
    pub(super) fn settle(&self, state: MutexGuard<'_, State>) {
        if state.world.is_real() || !state.world.woken.is_empty() {
            self.wake(state);
        }
    }

    fn wake(&self, mut state: MutexGuard<'_, State>) {
        let fired = std::mem::replace(&mut state.world.fired, false);
        if state.world.is_real() {
            if fired {
                self.interrupt.notify_all();
            }
            if state.world.events.hurried() | std::mem::take(&mut state.world.alarmed) {
                // The thread sleeps for something later.
                self.due.notify_one();
            }
        }
        let woken = std::mem::take(&mut state.world.woken);
        // Wakers run and are dropped with nothing locked: either may come back here.
        drop(state);
        for waker in woken {
            waker.wake();
        }
    }
}

impl Machine {
    /// Starts the cards' thread.
    pub(super) fn start_cards(&self) -> Result<(), Error> {
        let shared = Arc::downgrade(&self.shared);
        let cards = std::thread::Builder::new().name("cards".to_owned());
        match cards.spawn(move || work(&shared)) {
            Ok(_) => Ok(()),
            Err(error) => {
                let number = error.raw_os_error().unwrap_or(0).unsigned_abs();
                Err(Error::new(ErrorKind::Os, Operation::Open, number))
            }
        }
    }

    /// Whether its time is real, as [`build_in_real_time`] makes it.
    ///
    /// [`build_in_real_time`]: super::MachineBuilder::build_in_real_time
    #[must_use]
    pub fn is_real_time(&self) -> bool {
        self.shared.settings.real_time
    }

    /// Takes the time that something costs, where time is real, as a load does on a bus: who has
    /// no clock and counts looks counts on that. Nothing is locked meanwhile.
    #[cold]
    pub(crate) fn take_time(&self, cost: impl FnOnce(&State) -> u64) {
        let begun = Instant::now();
        let cost = self.with(|state| cost(state));
        while begun.elapsed() < Duration::from_nanos(cost) {
            std::hint::spin_loop();
        }
    }

    /// Sleeps until `look` has something to say, which it is asked at each interrupt and, at the
    /// latest, at the time that it names.
    pub(crate) fn sleep<T>(&self, mut look: impl FnMut(&mut State) -> Result<T, Option<u64>>) -> T {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            state.world.tick();
            let until = match look(&mut state) {
                Ok(result) => {
                    self.shared.sleepers.settle(state);
                    return result;
                }
                Err(until) => until,
            };
            let left = until.map_or(LOOK, |until| left(&state, until));
            let slept = self.shared.sleepers.interrupt.wait_timeout(state, left);
            state = slept.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// What the cards' thread does, until its machine is gone.
fn work(shared: &Weak<Shared>) {
    while let Some(shared) = shared.upgrade() {
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.world.tick();
        let now = state.world.now;
        // One thing at a time: between two, others get at the state.
        let happened = state.step(now);
        ring_alarms(&mut state);
        let pause = match state.world.events.next_time().into_iter().chain(next_alarm(&state)).min()
        {
            _ if happened => Duration::ZERO,
            Some(next) => left(&state, next).min(LOOK),
            None => LOOK,
        };
        if pause.is_zero() || !state.world.woken.is_empty() {
            shared.sleepers.settle(state);
        } else {
            let slept = shared.sleepers.due.wait_timeout(state, pause);
            drop(slept.unwrap_or_else(PoisonError::into_inner));
        }
    }
}

fn left(state: &State, until: u64) -> Duration {
    Duration::from_nanos(until.saturating_sub(state.world.now))
}

fn next_alarm(state: &State) -> Option<u64> {
    state.world.alarms.iter().map(|(at, ..)| *at).min()
}

/// Tasks whose time is up are to be woken.
fn ring_alarms(state: &mut State) {
    let world = &mut state.world;
    let due = world.alarms.extract_if(.., |(at, ..)| *at <= world.now);
    world.woken.extend(due.map(|(.., waker)| waker));
}
