//! What a board does for waiting: a clock, and sleep.
#![forbid(unsafe_code)]

use core::task::Waker;

/// The board's clock and its way to sleep.
///
/// A board needs [`Platform::now`]; everything else is provided as polling, and gets better with
/// each method that it overrides.
pub trait Platform {
    /// Nanoseconds since some fixed moment; never goes back. A timer of 32 bits has to be
    /// extended, for instance by its overflow interrupt.
    fn now(&self) -> u64;

    /// Called once per turn of every polling loop.
    fn pause(&self) {
        core::hint::spin_loop();
    }

    /// Sleeps until some interrupt or until `until` (ns), unless `nothing_yet` says `false`. May
    /// return early for any reason; the caller looks and comes back.
    ///
    /// The interrupt must not slip in between the question and the sleep. Two ways:
    ///
    /// 1. Mask interrupts (PRIMASK on Cortex-M, `mstatus.MIE` on RISC-V); if `nothing_yet()`, arm
    ///    a timer for `until` and execute WFI, which ends also for a pending interrupt that is
    ///    masked; unmask, and the handler runs.
    /// 2. On Arm, without masking: if `nothing_yet()`, execute WFE. A handler that ran after the
    ///    question has set the event register on its return, so WFE does not sleep.
    ///
    /// As provided it does not sleep.
    fn idle(&self, until: Option<u64>, nothing_yet: impl FnOnce() -> bool)
    where
        Self: Sized,
    {
        let _ = until;
        if nothing_yet() {
            self.pause();
        }
    }

    /// Wakes a task at `until` (ns), or earlier. A later call for the same task replaces it.
    ///
    /// As provided it wakes it at once, which is polling. A board with a timer queue hands the
    /// waker over to it.
    fn wake_at(&self, until: u64, waker: &Waker) {
        let _ = until;
        waker.wake_by_ref();
    }

    /// Lets interrupt `vector` through again, where its handler masked it because a level line
    /// was still up. `true`: look at the device once more, since a line that rose while it was
    /// masked does not fire by itself on this interrupt controller.
    fn rearm(&self, vector: usize) -> bool {
        let _ = vector;
        false
    }
}

impl<P: Platform> Platform for &P {
    fn now(&self) -> u64 {
        (**self).now()
    }

    fn pause(&self) {
        (**self).pause();
    }

    fn idle(&self, until: Option<u64>, nothing_yet: impl FnOnce() -> bool) {
        (**self).idle(until, nothing_yet);
    }

    fn wake_at(&self, until: u64, waker: &Waker) {
        (**self).wake_at(until, waker);
    }

    fn rearm(&self, vector: usize) -> bool {
        (**self).rearm(vector)
    }
}
