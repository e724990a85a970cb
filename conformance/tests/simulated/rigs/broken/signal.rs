//! Clock and interrupt with one thing broken.
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use backend_mock::MockSignal;
use dma_core::{Epoch, Error, Signal, Wake};

use super::Sabotage;

/// The signal that all engines of a device share, in the sabotage that has it so.
#[derive(Clone)]
pub(crate) struct Shared(Rc<RefCell<MockSignal>>);

impl Shared {
    pub(crate) fn of(signal: MockSignal) -> Self {
        Self(Rc::new(RefCell::new(signal)))
    }
}

pub(crate) struct BrokenSignal {
    inner: Rc<RefCell<MockSignal>>,
    sabotage: Sabotage,
    first: Epoch,
}

impl BrokenSignal {
    pub(crate) fn new(own: MockSignal, shared: &Shared, sabotage: Sabotage) -> Self {
        let first = own.epoch();
        let inner = match sabotage {
            Sabotage::EatsInterrupts => Rc::clone(&shared.0),
            _ => Rc::new(RefCell::new(own)),
        };
        Self { inner, sabotage, first }
    }
}

impl Signal for BrokenSignal {
    fn now(&self) -> u64 {
        self.inner.borrow().now()
    }

    fn epoch(&self) -> Epoch {
        match self.sabotage {
            Sabotage::HidesResets => self.first,
            _ => self.inner.borrow().epoch(),
        }
    }

    fn pause(&mut self) {
        self.inner.borrow_mut().pause();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        if matches!(self.sabotage, Sabotage::NeverLooksAgain | Sabotage::RearmsSlowly) {
            // A system call, say: time for an interrupt to come before it is let through.
            (0..3).for_each(|_| self.inner.borrow_mut().pause());
        }
        let look_again = self.inner.borrow_mut().rearm()?;
        Ok(look_again && self.sabotage != Sabotage::NeverLooksAgain)
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        let late = self.sabotage == Sabotage::SleepsPastDeadlines;
        let until = until.map(|until| if late { until.saturating_add(1 << 40) } else { until });
        let mut inner = self.inner.borrow_mut();
        let until = until
            .map(|until| if self.sabotage == Sabotage::NeverSleeps { inner.now() } else { until });
        let woken = match inner.wait(until)? {
            Wake::Deadline if self.sabotage == Sabotage::NeverSleeps => Wake::Fired,
            woken => woken,
        };
        // To be woken takes time: an interrupt that never ends must not stop the clock.
        inner.pause();
        Ok(woken)
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        let mut inner = self.inner.borrow_mut();
        match self.sabotage {
            Sabotage::LosesWakers => {
                inner.poll_fired(&mut Context::from_waker(Waker::noop()), until)
            }
            _ => inner.poll_fired(context, until),
        }
    }
}
