//! By critical sections, which the firmware's runtime provides.
#![forbid(unsafe_code)]

use core::cell::Cell;
use core::fmt;
use core::task::Waker;

use critical_section::{Mutex, with};

/// How often something happened; wraps.
#[derive(Debug)]
pub(crate) struct Count(Mutex<Cell<u32>>);

impl Count {
    pub(crate) const fn new(start: u32) -> Self {
        Self(Mutex::new(Cell::new(start)))
    }

    pub(crate) fn increase(&self) {
        with(|section| {
            let count = self.0.borrow(section);
            count.set(count.get().wrapping_add(1));
        });
    }

    pub(crate) fn get(&self) -> u32 {
        with(|section| self.0.borrow(section).get())
    }
}

/// The place of one waiting task.
pub(crate) struct Task(Mutex<Cell<Option<Waker>>>);

impl Task {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Cell::new(None)))
    }

    /// Puts another task there, or none. What was there is the caller's, so that what a task does
    /// when it is cloned, woken or dropped is done outside of the section.
    fn replace(&self, task: Option<Waker>) -> Option<Waker> {
        with(|section| self.0.borrow(section).replace(task))
    }

    /// Puts a task there, in the place of any other.
    pub(crate) fn register(&self, task: &Waker) {
        drop(self.replace(Some(task.clone())));
    }

    /// Wakes the task, which then is no longer there.
    pub(crate) fn wake(&self) {
        if let Some(task) = self.replace(None) {
            task.wake();
        }
    }

    /// The task does not wait any more.
    pub(crate) fn forget(&self) {
        drop(self.replace(None));
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Task").finish_non_exhaustive()
    }
}
