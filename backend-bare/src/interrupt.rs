//! An interrupt as a count, in a `static` that handler and signals share.
//!
//! A flag would be eaten by whoever looks first; a count is compared with the value seen last,
//! so that every signal sees every interrupt.
#![forbid(unsafe_code)]

use core::task::Waker;

use crate::between::{Count, Task};
use crate::claim::Claim;

/// How many signals one interrupt serves at a time.
pub const WAITERS: usize = 8;

/// How often an interrupt came, and which tasks wait for it.
///
/// # Examples
///
/// ```
/// use backend_bare::InterruptCounter;
/// static DMA: InterruptCounter = InterruptCounter::new();
///
/// // In the vector table. Drop a level line at its source or mask it, or it fires again at once.
/// extern "C" fn dma_handler() {
///     DMA.fire();
/// }
/// # dma_handler();
/// # assert_eq!(DMA.count(), 1);
/// ```
#[derive(Debug)]
pub struct InterruptCounter {
    count: Count,
    waiters: [Waiter; WAITERS],
}

/// The place of one signal.
#[derive(Debug)]
struct Waiter {
    owner: Claim,
    task: Task,
}

impl InterruptCounter {
    /// A counter at zero, without waiters.
    #[must_use]
    pub const fn new() -> Self {
        Self::starting_at(0)
    }

    /// A counter that begins elsewhere, to see it wrap.
    #[must_use]
    pub const fn starting_at(count: u32) -> Self {
        Self {
            count: Count::new(count),
            waiters: [const { Waiter { owner: Claim::new(), task: Task::new() } }; WAITERS],
        }
    }

    /// For the handler: one interrupt more. Wakes every task that waits.
    pub fn fire(&self) {
        self.count.increase();
        for waiter in &self.waiters {
            waiter.task.wake();
        }
    }

    /// How often it fired so far; wraps.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    /// A place for one more signal, which only it uses.
    pub(crate) fn join(&self) -> Option<usize> {
        (self.waiters.iter()).position(|waiter| waiter.owner.take())
    }

    /// Wakes this task at the next interrupt.
    pub(crate) fn register(&self, place: usize, task: &Waker) {
        if let Some(waiter) = self.waiters.get(place) {
            waiter.task.register(task);
        }
    }

    /// The signal is gone.
    pub(crate) fn leave(&self, place: usize) {
        if let Some(waiter) = self.waiters.get(place) {
            waiter.task.forget();
            waiter.owner.free();
        }
    }
}

impl Default for InterruptCounter {
    fn default() -> Self {
        Self::new()
    }
}
