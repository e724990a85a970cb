//! A register space that writes down what is done to it, and answers as told.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use dma_core::{Access, DomainId, Narrow, RegisterSpace};

/// One thing that a driver did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Event {
    Load(usize),
    Store(usize, u64),
    Release,
    Acquire,
    /// Ring memory was handed to the device.
    Publish(usize, usize),
    /// Memory that the device writes was looked at.
    Observe(usize, usize),
}

/// What registers, ring and test share.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) events: RefCell<Vec<Event>>,
    registers: RefCell<HashMap<usize, u64>>,
    /// What a register reads next, before it reads what it holds.
    answers: RefCell<HashMap<usize, VecDeque<u64>>>,
}

impl Recorder {
    /// Lets a register read so from now on.
    pub(crate) fn set(&self, offset: usize, value: u64) {
        self.registers.borrow_mut().insert(offset, value);
    }

    /// What a register holds.
    pub(crate) fn get(&self, offset: usize) -> u64 {
        self.registers.borrow().get(&offset).copied().unwrap_or(0)
    }

    /// Lets a register's next reads give these values.
    pub(crate) fn answer(&self, offset: usize, values: &[u64]) {
        self.answers.borrow_mut().entry(offset).or_default().extend(values);
    }

    /// What was done since the last call.
    pub(crate) fn take(&self) -> Vec<Event> {
        self.events.take()
    }

    /// What was stored since the last call, as offsets and values.
    pub(crate) fn stores(&self) -> Vec<(usize, u64)> {
        let stored = |event| match event {
            Event::Store(offset, value) => Some((offset, value)),
            _ => None,
        };
        self.take().into_iter().filter_map(stored).collect()
    }

    pub(crate) fn note(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }
}

/// Registers that remember.
#[derive(Clone)]
pub(crate) struct Space {
    pub(crate) recorder: Rc<Recorder>,
    start: usize,
    size: usize,
    pub(crate) domain: DomainId,
}

impl Space {
    pub(crate) fn new(size: usize) -> Self {
        Self { recorder: Rc::default(), start: 0, size, domain: DomainId::PHYSICAL }
    }

    fn load_any(&self, offset: usize, width: usize) -> u64 {
        assert!(offset.is_multiple_of(width) && offset + width <= self.size);
        let offset = self.start + offset;
        self.recorder.note(Event::Load(offset));
        let answer =
            self.recorder.answers.borrow_mut().get_mut(&offset).and_then(VecDeque::pop_front);
        answer
            .unwrap_or_else(|| self.recorder.registers.borrow().get(&offset).copied().unwrap_or(0))
    }

    fn store_any(&self, offset: usize, width: usize, value: u64) {
        assert!(offset.is_multiple_of(width) && offset + width <= self.size);
        let offset = self.start + offset;
        self.recorder.note(Event::Store(offset, value));
        self.recorder.set(offset, value);
    }
}

// SAFETY: no bus and no device stand behind it, so there is nothing to order.
unsafe impl RegisterSpace for Space {
    fn size(&self) -> usize {
        self.size
    }

    fn alignment(&self) -> usize {
        4096
    }

    fn domain(&self) -> DomainId {
        self.domain
    }

    fn release(&self) {
        self.recorder.note(Event::Release);
    }

    fn acquire(&self) {
        self.recorder.note(Event::Acquire);
    }
}

// SAFETY: each call is one entry of the record.
unsafe impl Access<u32> for Space {
    unsafe fn load(&self, offset: usize) -> u32 {
        let value = self.load_any(offset, 4);
        u32::try_from(value).expect("the test gives this register 32 bits")
    }

    unsafe fn store(&self, offset: usize, value: u32) {
        self.store_any(offset, 4, value.into());
    }
}

// SAFETY: each call is one entry of the record.
unsafe impl Access<u64> for Space {
    unsafe fn load(&self, offset: usize) -> u64 {
        self.load_any(offset, 8)
    }

    unsafe fn store(&self, offset: usize, value: u64) {
        self.store_any(offset, 8, value);
    }
}

impl Narrow for Space {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        let inside = offset.checked_add(size)? <= self.size;
        inside.then(|| Self { start: self.start + offset, size, ..self.clone() })
    }
}
