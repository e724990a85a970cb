//! The interrupt counter and the signals on it: nothing lost, nothing eaten.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake as Task;

use backend_bare::{BareSignal, InterruptCounter, Platform, Polling, Resets, WAITERS};
use dma_core::{ErrorKind, Signal, Wake};

/// A clock that moves as it is read, and fires an interrupt when the processor sleeps.
#[derive(Clone, Default)]
struct Board<'a> {
    clock: Cell<u64>,
    sleeps: Cell<u32>,
    /// Fires between the question and the sleep, as a real one may.
    fires: Cell<Option<&'a InterruptCounter>>,
    /// Fires just before the question.
    fires_early: Cell<Option<&'a InterruptCounter>>,
    level: Cell<bool>,
}

impl Platform for Board<'_> {
    fn now(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    fn idle(&self, until: Option<u64>, nothing_yet: impl FnOnce() -> bool) {
        if let Some(interrupt) = self.fires_early.take() {
            interrupt.fire();
        }
        if nothing_yet() {
            self.sleeps.set(self.sleeps.get() + 1);
            match self.fires.take() {
                Some(interrupt) => interrupt.fire(),
                None => self.clock.set(until.unwrap()),
            }
        }
    }

    fn rearm(&self, vector: usize) -> bool {
        assert_eq!(vector, 3);
        self.level.get()
    }
}

macro_rules! interrupt {
    () => {
        interrupt!(0)
    };
    ($start:expr) => {{
        static INTERRUPT: InterruptCounter = InterruptCounter::starting_at($start);
        static RESETS: Resets = Resets::new();
        (&INTERRUPT, &RESETS)
    }};
}

/// Counts how often a task is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Task for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

// Several signals on one interrupt each see it, once, also when the count wraps.
#[test]
fn every_signal_sees_every_interrupt() {
    let (interrupt, resets) = interrupt!(u32::MAX);
    let board = Board::default();
    let mut signals = [(); 3].map(|()| BareSignal::new(&board, interrupt, 3, resets).unwrap());
    interrupt.fire();
    assert_eq!(interrupt.count(), 0);
    for signal in &mut signals {
        assert_eq!(signal.wait(Some(0)), Ok(Wake::Fired));
        assert_eq!(signal.wait(Some(0)), Ok(Wake::Deadline));
    }
}

// A wait sleeps until the interrupt, or until its deadline.
#[test]
fn waiting_ends_by_interrupt_or_deadline() {
    let (interrupt, resets) = interrupt!();
    let board = Board::default();
    let mut signal = BareSignal::new(&board, interrupt, 3, resets).unwrap();
    board.fires.set(Some(interrupt));
    assert_eq!(signal.wait(None), Ok(Wake::Fired));
    assert_eq!(board.sleeps.get(), 1);
    assert_eq!(signal.wait(Some(5_000)), Ok(Wake::Deadline));
    assert!(signal.now() >= 5_000);
    assert_eq!(board.sleeps.get(), 2);
}

// An interrupt between the look and the sleep keeps the processor awake.
#[test]
fn an_interrupt_before_the_sleep_is_not_slept_over() {
    let (interrupt, resets) = interrupt!();
    let board = Board::default();
    let mut signal = BareSignal::new(&board, interrupt, 3, resets).unwrap();
    board.fires_early.set(Some(interrupt));
    assert_eq!(signal.wait(None), Ok(Wake::Fired));
    assert_eq!(board.sleeps.get(), 0);
}

// Re-arming asks the board, which knows its lines.
#[test]
fn rearm_is_the_boards() {
    let (interrupt, resets) = interrupt!();
    let board = Board::default();
    let mut signal = BareSignal::new(&board, interrupt, 3, resets).unwrap();
    assert_eq!(signal.rearm(), Ok(false));
    board.level.set(true);
    assert_eq!(signal.rearm(), Ok(true));
}

// Two tasks on one interrupt are both woken; neither takes the other's place.
#[test]
fn every_waiting_task_is_woken() {
    let (interrupt, resets) = interrupt!();
    let board = Board::default();
    let tasks = [(); 2].map(|()| Arc::new(Woken::default()));
    let mut signals = [(); 2].map(|()| BareSignal::new(&board, interrupt, 3, resets).unwrap());
    for (task, signal) in tasks.iter().zip(&mut signals) {
        let waker = Waker::from(Arc::clone(task));
        let polled = signal.poll_fired(&mut Context::from_waker(&waker), None);
        assert!(polled.is_pending());
    }
    interrupt.fire();
    for (task, signal) in tasks.iter().zip(&mut signals) {
        assert_eq!(task.0.load(SeqCst), 1);
        let waker = Waker::from(Arc::clone(task));
        let polled = signal.poll_fired(&mut Context::from_waker(&waker), None);
        assert_eq!(polled, Poll::Ready(Ok(Wake::Fired)));
    }
}

// A task with a deadline comes back by itself, since a stuck device never fires.
#[test]
fn a_task_with_a_deadline_is_woken_without_interrupt() {
    let (interrupt, resets) = interrupt!();
    let board = Board::default();
    let task = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&task));
    let mut context = Context::from_waker(&waker);
    let mut signal = BareSignal::new(&board, interrupt, 3, resets).unwrap();
    assert!(signal.poll_fired(&mut context, Some(100)).is_pending());
    assert_eq!(task.0.load(SeqCst), 1, "polled, as no timer queue is there");
    board.clock.set(100);
    assert_eq!(signal.poll_fired(&mut context, Some(100)), Poll::Ready(Ok(Wake::Deadline)));
}

// Places come back with their signals; one too many is refused.
#[test]
fn places_are_limited_and_come_back() {
    let (interrupt, resets) = interrupt!();
    for _ in 0..10 {
        let all: Vec<_> = (0..WAITERS)
            .map(|_| BareSignal::new(Board::default(), interrupt, 0, resets).unwrap())
            .collect();
        let refused = BareSignal::new(Board::default(), interrupt, 0, resets).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::NoMemory);
        drop(all);
    }
}

// A signal that is gone does not keep a task alive.
#[test]
fn a_dropped_signal_drops_its_waker() {
    let (interrupt, resets) = interrupt!();
    let task = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&task));
    let mut signal = BareSignal::new(Board::default(), interrupt, 0, resets).unwrap();
    let polled = signal.poll_fired(&mut Context::from_waker(&waker), None);
    assert!(polled.is_pending());
    drop((signal, waker));
    assert_eq!(Arc::strong_count(&task), 1);
}

// Without any interrupt, each wait is a look at the clock, and a task is woken at once.
#[test]
fn polling_never_sleeps_and_keeps_deadlines() {
    static RESETS: Resets = Resets::new();
    let board = Board::default();
    let mut signal = Polling::new(&board, &RESETS);
    assert_eq!(signal.wait(None), Ok(Wake::Fired));
    assert_eq!(signal.wait(Some(1_000)), Ok(Wake::Fired));
    board.clock.set(1_000);
    assert_eq!(signal.wait(Some(1_000)), Ok(Wake::Deadline));
    assert_eq!(signal.rearm(), Ok(false));

    let task = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&task));
    let mut context = Context::from_waker(&waker);
    assert!(signal.poll_fired(&mut context, None).is_pending());
    assert_eq!(task.0.load(SeqCst), 1);
    let polled = signal.poll_fired(&mut context, Some(1_000));
    assert_eq!(polled, Poll::Ready(Ok(Wake::Deadline)));
    assert_eq!(board.sleeps.get(), 0);
}

// Devices have different numbers, and every signal of a device tells the same.
#[test]
fn devices_are_told_apart() {
    let (interrupt, resets) = interrupt!();
    let (_, others) = interrupt!();
    let first = BareSignal::new(Board::default(), interrupt, 0, resets).unwrap();
    let second = Polling::new(Board::default(), resets);
    assert_eq!(first.epoch(), second.epoch());
    assert_ne!(first.epoch().device, others.epoch().device);
    assert_ne!(first.epoch().device, 0);
}
