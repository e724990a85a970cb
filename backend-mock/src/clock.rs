//! Virtual time: what things cost, and one queue of what is to happen.
//!
//! Time does not pass by itself. Register accesses and looks at shared memory cost fixed times,
//! waiting lets it pass, and everything that cards planned happens in the order of its time, ties
//! in the order of planning. So the same program gives the same run.
#![forbid(unsafe_code)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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

/// Something that a card planned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Event {
    /// When, in nanoseconds.
    pub(crate) time: u64,
    sequence: u64,
    pub(crate) slot: usize,
    pub(crate) token: u64,
}

/// What is to happen, the next first.
#[derive(Debug, Default)]
pub(crate) struct Events {
    heap: BinaryHeap<Reverse<Event>>,
    sequence: u64,
}

impl Events {
    pub(crate) fn plan(&mut self, time: u64, slot: usize, token: u64) {
        self.heap.push(Reverse(Event { time, sequence: self.sequence, slot, token }));
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

    /// Forgets what a card planned.
    pub(crate) fn forget(&mut self, slot: usize) {
        self.heap.retain(|Reverse(event)| event.slot != slot);
    }

    pub(crate) fn len(&self) -> usize {
        self.heap.len()
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
            events.plan(time, 0, token);
        }
        let order: Vec<_> = std::iter::from_fn(|| events.take(5)).map(|e| e.token).collect();
        assert_eq!(order, [1, 3, 0, 2]);
        assert_eq!(events.next_time(), Some(9));
    }

    // What one card planned can be forgotten without touching another's.
    #[test]
    fn forgetting_one_card_keeps_the_others() {
        let mut events = Events::default();
        events.plan(1, 0, 0);
        events.plan(2, 1, 7);
        events.forget(0);
        assert_eq!((events.len(), events.take(9).map(|e| e.token)), (1, Some(7)));
    }
}
