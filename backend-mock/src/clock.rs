//! Virtual time: what things cost, and one queue of what is to happen.
//!
//! Time does not pass by itself. Register accesses and looks at shared memory cost fixed times,
//! waiting lets it pass, and everything that cards planned happens in the order of its time, ties
//! in the order of planning. So the same program gives the same run.
#![forbid(unsafe_code)]

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
    pub(crate) slot: usize,
    pub(crate) what: What,
}

/// What is to happen.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// The next one last. There are few: a card plans a step or two ahead.
    list: Vec<Event>,
    /// Something is due before all that was, since [`Events::hurried`] was asked.
    hurried: bool,
}

impl Events {
    pub(crate) fn plan(&mut self, time: u64, slot: usize, what: What) {
        let event = Event { time, slot, what };
        // Mostly it is the next. After those of the same time, which were planned before.
        let at = match self.list.last() {
            Some(next) if next.time <= time => self.list.partition_point(|e| e.time > time),
            _ => {
                self.hurried = true;
                self.list.len()
            }
        };
        self.list.insert(at, event);
    }

    /// Whether something was planned, since this was asked last, that is due before all else.
    pub(crate) fn hurried(&mut self) -> bool {
        std::mem::take(&mut self.hurried)
    }

    /// When the next happens.
    #[inline]
    pub(crate) fn next_time(&self) -> Option<u64> {
        self.list.last().map(|event| event.time)
    }

    /// The next that happens at `until` or before.
    #[inline]
    pub(crate) fn take(&mut self, until: u64) -> Option<Event> {
        self.list.pop_if(|event| event.time <= until)
    }

    /// Forgets what a card planned, and its interrupts that are under way; not what is planned for
    /// it.
    pub(crate) fn forget(&mut self, slot: usize) {
        self.list.retain(|event| {
            event.slot != slot || matches!(event.what, What::Fault(_) | What::GoesOn)
        });
    }

    /// How many things cards planned.
    pub(crate) fn planned(&self) -> usize {
        self.list.iter().filter(|event| matches!(event.what, What::Work(_))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Equal times keep the order of planning; later times wait. What is due first is told of.
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
        assert!(events.hurried() && !events.hurried());
        events.plan(10, 0, What::Work(5));
        assert!(!events.hurried());
        events.plan(8, 0, What::Work(6));
        assert!(events.hurried());
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
