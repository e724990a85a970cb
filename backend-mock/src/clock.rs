//! Virtual time: what things cost, and one queue of what is to happen.
//!
//! Time does not pass by itself. Register accesses and looks at shared memory cost fixed times,
//! waiting lets it pass, and everything that cards planned happens in the order of its time, ties
//! in the order of planning. So the same program gives the same run.
#![forbid(unsafe_code)]

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::injection::Injection;

/// What things cost, in nanoseconds of virtual time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Costs {
    /// A load from a register: there and back.
    pub load: u64,
    /// A store to a register: posted.
    pub store: u64,
    /// One turn of a polling loop.
    pub pause: u64,
    /// Taking memory back from the device, or a look at what it wrote.
    pub observe: u64,
}

impl Default for Costs {
    /// Those of a card in a PCIe slot.
    fn default() -> Self {
        Self { load: 1_000, store: 100, pause: 100, observe: 50 }
    }
}

/// What is to happen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// Work that the card planned, by its token.
    Work(u64),
    /// An interrupt arrives that was delayed on its way.
    Interrupt(usize),
    /// A fault that was planned.
    Fault(Injection),
    /// A card that was stuck for a while goes on.
    GoesOn,
}

/// Something that is to happen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// When, in nanoseconds.
    pub(crate) time: u64,
    sequence: u64,
    pub(crate) slot: usize,
    pub(crate) what: What,
}

impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.time, self.sequence).cmp(&(other.time, other.sequence))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

/// What is to happen, the next first.
#[derive(Debug, Default)]
pub(crate) struct Events {
    heap: BinaryHeap<Reverse<Event>>,
    sequence: u64,
}

impl Events {
    pub(crate) fn plan(&mut self, time: u64, slot: usize, what: What) {
        self.heap.push(Reverse(Event { time, sequence: self.sequence, slot, what }));
        self.sequence += 1;
    }

    /// When the next happens.
    #[inline]
    pub(crate) fn next_time(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse(event)| event.time)
    }

    /// The next that happens at `until` or before.
    #[inline]
    pub(crate) fn take(&mut self, until: u64) -> Option<Event> {
        if self.next_time()? > until {
            return None;
        }
        self.heap.pop().map(|Reverse(event)| event)
    }

    /// Forgets what a card planned, and its interrupts that are under way; not what is planned for
    /// it.
    pub(crate) fn forget(&mut self, slot: usize) {
        self.heap.retain(|Reverse(event)| {
            event.slot != slot || matches!(event.what, What::Fault(_) | What::GoesOn)
        });
    }

    /// How many things cards planned.
    pub(crate) fn planned(&self) -> usize {
        let works = |event: &&Reverse<Event>| matches!(event.0.what, What::Work(_));
        self.heap.iter().filter(works).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Equal times keep the order of planning; later times wait.
    #[test]
    fn events_come_by_time_and_then_by_planning() {
        let mut events = Events::default();
        for (time, token) in [(5, 0), (3, 1), (5, 2), (3, 3), (9, 4)] {
            events.plan(time, 0, What::Work(token));
        }
        let token = |event: Event| match event.what {
            What::Work(token) => token,
            what => panic!("{what:?}"),
        };
        let order: Vec<_> = std::iter::from_fn(|| events.take(5)).map(token).collect();
        assert_eq!(order, [1, 3, 0, 2]);
        assert_eq!(events.next_time(), Some(9));
    }

    // What one card planned can be forgotten without touching another's, or what is planned for it.
    #[test]
    fn forgetting_one_card_keeps_the_others() {
        let mut events = Events::default();
        events.plan(1, 0, What::Work(0));
        events.plan(2, 1, What::Work(7));
        events.plan(3, 0, What::Interrupt(0));
        events.plan(4, 0, What::Fault(Injection::Removal));
        events.forget(0);
        assert_eq!(events.planned(), 1);
        let left: Vec<_> =
            std::iter::from_fn(|| events.take(9)).map(|e| (e.time, e.slot)).collect();
        assert_eq!(left, [(2, 1), (4, 0)]);
    }
}
