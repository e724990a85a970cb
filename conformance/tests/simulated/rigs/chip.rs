//! A microcontroller around a simulated card: clock, interrupts, sleep.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::Waker;

use backend_bare::{Board, InterruptCounter, Platform};
use backend_mock::{MockDevice, MockSignal};
use dma_core::{Backend, Error, Quiet, Signal, Wake};

/// The chip. Its interrupt handler runs whenever time passed.
#[derive(Clone)]
pub(crate) struct Chip(Rc<Parts>);

struct Parts {
    device: MockDevice,
    /// The interrupt controller's own view of the card's interrupt.
    line: RefCell<MockSignal>,
    counter: &'static InterruptCounter,
    /// The proof of the last reset, until bus mastering is allowed again.
    quiet: RefCell<Option<Quiet>>,
    alarms: RefCell<Vec<(u64, Waker)>>,
}

impl Chip {
    pub(crate) fn around(
        device: MockDevice,
        counter: &'static InterruptCounter,
    ) -> Result<Self, Error> {
        let line = RefCell::new(device.signal(0)?);
        let (quiet, alarms) = (RefCell::default(), RefCell::default());
        Ok(Self(Rc::new(Parts { device, line, counter, quiet, alarms })))
    }

    pub(crate) fn device(&self) -> &MockDevice {
        &self.0.device
    }

    /// Runs the handler if the interrupt came, and rings the alarms that are due.
    pub(crate) fn handle(&self) {
        let now = self.now();
        let fired = self.0.line.borrow_mut().wait(Some(now));
        if let Ok(Wake::Fired) = fired {
            self.0.counter.fire();
        }
        let alarms = std::mem::take(&mut *self.0.alarms.borrow_mut());
        let (due, later): (Vec<_>, Vec<_>) = alarms.into_iter().partition(|(at, _)| *at <= now);
        self.0.alarms.borrow_mut().extend(later);
        for (_, waker) in due {
            waker.wake();
        }
    }
}

impl Platform for Chip {
    fn now(&self) -> u64 {
        self.0.device.machine().now()
    }

    fn pause(&self) {
        self.0.line.borrow_mut().pause();
        self.handle();
    }

    fn idle(&self, until: Option<u64>, nothing_yet: impl FnOnce() -> bool) {
        self.handle();
        if nothing_yet() {
            // An error means that the chip would sleep for ever.
            let woken = self.0.line.borrow_mut().wait(until).unwrap();
            if woken == Wake::Fired {
                self.0.counter.fire();
            }
        }
    }

    fn wake_at(&self, until: u64, waker: &Waker) {
        let mut alarms = self.0.alarms.borrow_mut();
        alarms.retain(|(_, other)| !other.will_wake(waker));
        alarms.push((until, waker.clone()));
    }

    fn rearm(&self, _: usize) -> bool {
        self.0.line.borrow_mut().rearm().unwrap_or(true)
    }
}

// SAFETY: the simulated machine drops every access while bus mastering is off, and a reset
// switches it off.
unsafe impl Board for Chip {
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        match self.0.quiet.take() {
            Some(quiet) if on => self.0.device.resume(quiet),
            quiet => {
                *self.0.quiet.borrow_mut() = quiet;
                self.0.device.set_bus_mastering(on)
            }
        }
    }

    fn reset(&self) -> Result<(), Error> {
        *self.0.quiet.borrow_mut() = Some(self.0.device.reset()?);
        Ok(())
    }
}
