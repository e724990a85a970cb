//! Between an interrupt handler and the program: a count and waiting tasks.
//!
//! Two ways that do the same. By atomic instructions, which no handler ever waits for; or, with
//! the feature `critical-section`, by the section that the firmware's runtime provides, as the
//! rest of such a program does it: a count and its tasks then change in one step, also where a
//! core's own instructions cannot exchange a word.
#![forbid(unsafe_code)]

cfg_if::cfg_if! {
    if #[cfg(feature = "critical-section")] {
        mod section;
        pub(crate) use section::{Count, Task};
    } else {
        mod atomic;
        pub(crate) use atomic::{Count, Task};
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use core::task::Waker;
    use std::sync::Arc;
    use std::task::Wake;

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    // A count goes round at the top, as an interrupt that has come four billion times.
    #[test]
    fn a_count_goes_round() {
        let count = Count::new(u32::MAX);
        count.increase();
        assert_eq!(count.get(), 0);
    }

    // A task is woken once for each time that it was put there, and the last one put there is it.
    #[test]
    fn the_task_that_was_put_last_is_woken_once() {
        let (first, last) = (Arc::new(Woken::default()), Arc::new(Woken::default()));
        let task = Task::new();
        task.register(&Waker::from(first.clone()));
        task.register(&Waker::from(last.clone()));
        task.wake();
        task.wake();
        assert_eq!((first.0.load(SeqCst), last.0.load(SeqCst)), (0, 1));
    }

    // A task that left is not woken, and nothing of it is kept.
    #[test]
    fn a_task_that_left_is_not_kept() {
        let woken = Arc::new(Woken::default());
        let task = Task::new();
        task.register(&Waker::from(woken.clone()));
        task.forget();
        task.wake();
        assert_eq!(woken.0.load(SeqCst), 0);
        assert_eq!(Arc::strong_count(&woken), 1);
    }
}
