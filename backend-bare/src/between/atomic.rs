//! By atomic instructions: nobody waits, whoever interrupts whom.
#![forbid(unsafe_code)]

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Release};
use core::task::Waker;

use atomic_waker::AtomicWaker;

/// How often something happened; wraps.
#[derive(Debug)]
pub(crate) struct Count(AtomicU32);

impl Count {
    pub(crate) const fn new(start: u32) -> Self {
        Self(AtomicU32::new(start))
    }

    pub(crate) fn increase(&self) {
        // ORDER: what the handler did comes before the count that tells of it.
        self.0.fetch_add(1, Release);
    }

    pub(crate) fn get(&self) -> u32 {
        self.0.load(Acquire)
    }
}

/// The place of one waiting task.
#[derive(Debug)]
pub(crate) struct Task(AtomicWaker);

impl Task {
    pub(crate) const fn new() -> Self {
        Self(AtomicWaker::new())
    }

    /// Puts a task there, in the place of any other.
    pub(crate) fn register(&self, task: &Waker) {
        self.0.register(task);
    }

    /// Wakes the task, which then is no longer there.
    pub(crate) fn wake(&self) {
        self.0.wake();
    }

    /// The task does not wait any more.
    pub(crate) fn forget(&self) {
        drop(self.0.take());
    }
}
