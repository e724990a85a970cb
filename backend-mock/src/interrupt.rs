//! Interrupts: messages that are counted, and lines that a kernel masks.
//!
//! A vector counts how often it fired, and each signal remembers the count that it saw: so
//! several engines share one vector and none eats another's wake-up.
#![forbid(unsafe_code)]

use std::task::Waker;

/// What the card's interrupts are on their way to the processor.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Trigger {
    /// Messages (MSI): each fires once, whatever comes before or after.
    #[default]
    Edge,
    /// A line (`INTx`): while it is up and not masked it fires, and firing masks it until it is
    /// re-armed. If it is still up then, it fires at once.
    Level,
    /// A line that fires only as it rises: one that rose while it was masked is lost, unless the
    /// driver looks once more after re-arming. The strictest road for an engine; with several
    /// engines on one vector it loses wake-ups by nature.
    LevelOnce,
}

/// One interrupt of one card.
#[derive(Debug)]
pub(crate) struct Vector {
    trigger: Trigger,
    /// How often it fired; wraps.
    count: u32,
    up: bool,
    masked: bool,
    /// Tasks that sleep until it fires, by the number of their signal.
    sleepers: Vec<(u64, Waker)>,
}

impl Vector {
    pub(crate) const fn new(trigger: Trigger, count: u32) -> Self {
        Self { trigger, count, up: false, masked: false, sleepers: Vec::new() }
    }

    pub(crate) fn set_trigger(&mut self, trigger: Trigger) {
        self.trigger = trigger;
        self.masked &= trigger != Trigger::Edge;
    }

    #[inline]
    pub(crate) const fn count(&self) -> u32 {
        self.count
    }

    /// The card asserts it. Whether it fires.
    pub(crate) fn raise(&mut self) -> bool {
        let rose = !self.up;
        self.up = true;
        match self.trigger {
            Trigger::Edge => true,
            Trigger::Level => !self.masked,
            Trigger::LevelOnce => rose && !self.masked,
        }
    }

    /// The card drops the line.
    pub(crate) fn lower(&mut self) {
        self.up = false;
    }

    /// It fires: it is counted, a line is masked, and who slept is handed out to be woken.
    pub(crate) fn fire(&mut self, woken: &mut Vec<Waker>) {
        self.count = self.count.wrapping_add(1);
        self.masked = self.trigger != Trigger::Edge;
        woken.extend(self.sleepers.drain(..).map(|(_, waker)| waker));
    }

    /// Lets the next one through. Whether the driver must look once more, and whether it fires
    /// again at once.
    pub(crate) fn rearm(&mut self) -> (bool, bool) {
        let was_masked = std::mem::replace(&mut self.masked, false);
        (was_masked, was_masked && self.up && self.trigger == Trigger::Level)
    }

    /// Remembers whom to wake. An earlier waker of the same signal is handed out: it is dropped
    /// where nothing is locked.
    pub(crate) fn sleep(&mut self, signal: u64, waker: Waker) -> Option<Waker> {
        if let Some((_, known)) = self.sleepers.iter_mut().find(|(number, _)| *number == signal) {
            return Some(std::mem::replace(known, waker));
        }
        self.sleepers.push((signal, waker));
        None
    }

    /// Forgets whom to wake.
    pub(crate) fn leave(&mut self, signal: u64) -> Option<Waker> {
        let at = self.sleepers.iter().position(|(number, _)| *number == signal)?;
        Some(self.sleepers.swap_remove(at).1)
    }

    /// As after power-on, but for the count, which belongs to those who watch it.
    pub(crate) fn reset(&mut self) {
        self.up = false;
        self.masked = false;
    }
}
