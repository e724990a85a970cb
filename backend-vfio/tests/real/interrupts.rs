//! Interrupts of every kind, for sleepers, tasks and files.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::os::fd::AsFd;
use std::sync::Arc;
use std::task::{Context, Poll, Wake as Woken, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use backend_vfio::{InterruptKind, VfioSignal};
use dma_core::{Backend, Signal, Wake};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::card::{BEHIND_PORT, Edu};

const SECOND: u64 = 1_000_000_000;

/// A deadline that a guest on a busy machine keeps.
fn soon(signal: &VfioSignal) -> u64 {
    signal.now() + 20 * SECOND
}

/// Nothing is left of what was there before.
fn quiet(card: &Edu, signal: &mut VfioSignal) {
    card.acknowledge();
    signal.rearm().unwrap();
    while signal.take_fired().unwrap() {}
}

// An interrupt ends a wait, by message and by line, and again after it was served and re-armed.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn every_kind_of_interrupt_ends_a_wait() {
    for (options, kind) in
        [("interrupts=msi", InterruptKind::Msi), ("interrupts=intx", InterruptKind::Intx)]
    {
        let card = Edu::open(BEHIND_PORT, options);
        assert_eq!(card.device.interrupts(), kind);
        card.device.set_bus_mastering(true).unwrap();
        let mut signal = card.device.signal(0).unwrap();
        quiet(&card, &mut signal);
        for _ in 0..3 {
            let until = Some(signal.now() + SECOND / 100);
            assert_eq!(signal.wait(until).unwrap(), Wake::Deadline, "{kind}: nothing was raised");
            card.raise();
            assert_eq!(signal.wait(Some(soon(&signal))).unwrap(), Wake::Fired, "{kind}");
            card.acknowledge();
            assert_eq!(signal.rearm().unwrap(), kind == InterruptKind::Intx);
        }
        assert!(card.device.signal(1_000).is_err(), "it has no such vector");
    }
}

// A line that was not dropped fires again as soon as it is re-armed, and not before.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn line_is_held_back_until_it_is_rearmed() {
    let card = Edu::open(BEHIND_PORT, "interrupts=intx");
    let mut signal = card.device.signal(0).unwrap();
    quiet(&card, &mut signal);
    card.raise();
    assert_eq!(signal.wait(Some(soon(&signal))).unwrap(), Wake::Fired);
    let until = Some(signal.now() + SECOND / 10);
    assert_eq!(signal.wait(until).unwrap(), Wake::Deadline, "it is held back");
    assert!(signal.rearm().unwrap());
    assert_eq!(signal.wait(Some(soon(&signal))).unwrap(), Wake::Fired, "it is still pulled");
    card.acknowledge();
    signal.rearm().unwrap();
    // Held back by hand, it does not fire.
    quiet(&card, &mut signal);
    assert!(signal.mask().unwrap());
    card.raise();
    let until = Some(signal.now() + SECOND / 10);
    assert_eq!(signal.wait(until).unwrap(), Wake::Deadline);
    card.acknowledge();
}

// Two signals of one vector both see an interrupt, whoever wakes up first.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn signals_of_one_vector_do_not_eat_each_other() {
    let card = Edu::open(BEHIND_PORT, "interrupts=msi");
    card.device.set_bus_mastering(true).unwrap();
    let signals = [(); 3].map(|()| card.device.signal(0).unwrap());
    let threads = signals.map(|mut signal| {
        thread::spawn(move || {
            while signal.take_fired().unwrap() {}
            (0..5).map(|_| signal.wait(Some(soon(&signal))).unwrap()).collect::<Vec<_>>()
        })
    });
    // Each round is raised until everybody has had it: a message needs an edge.
    while !threads.iter().all(thread::JoinHandle::is_finished) {
        card.raise();
        thread::sleep(Duration::from_millis(20));
        card.acknowledge();
    }
    for thread in threads {
        assert_eq!(thread.join().unwrap(), [Wake::Fired; 5]);
    }
}

struct Unpark(Thread);

impl Woken for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls until ready, parked in between.
fn block_on(signal: &mut VfioSignal, until: Option<u64>) -> Wake {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match signal.poll_fired(&mut Context::from_waker(&waker), until) {
            Poll::Ready(wake) => return wake.unwrap(),
            Poll::Pending => thread::park(),
        }
    }
}

// A task is woken by an interrupt and by its deadline, without any reactor of the program's.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn tasks_are_woken_by_interrupt_and_deadline() {
    for options in ["interrupts=msi", "interrupts=intx"] {
        let card = Edu::open(BEHIND_PORT, options);
        card.device.set_bus_mastering(true).unwrap();
        let mut signal = card.device.signal(0).unwrap();
        quiet(&card, &mut signal);
        let until = Some(signal.now() + SECOND / 20);
        assert_eq!(block_on(&mut signal, until), Wake::Deadline);
        for _ in 0..2 {
            thread::scope(|scope| {
                scope.spawn(|| {
                    thread::sleep(Duration::from_millis(30));
                    card.raise();
                });
                let until = Some(soon(&signal));
                assert_eq!(block_on(&mut signal, until), Wake::Fired, "{options}");
            });
            card.acknowledge();
            signal.rearm().unwrap();
        }
    }
}

// A signal is a file that anybody's reactor can wait for; looking empties it.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn signal_is_a_file_to_wait_for() {
    let card = Edu::open(BEHIND_PORT, "interrupts=msi");
    card.device.set_bus_mastering(true).unwrap();
    let mut signal = card.device.signal(0).unwrap();
    quiet(&card, &mut signal);
    let readable = |signal: &VfioSignal, seconds| {
        let file = signal.as_fd();
        let time = Timespec { tv_sec: seconds, tv_nsec: 0 };
        poll(&mut [PollFd::new(&file, PollFlags::IN)], Some(&time)).unwrap() > 0
    };
    assert!(!readable(&signal, 0));
    card.raise();
    assert!(readable(&signal, 20));
    assert!(signal.take_fired().unwrap());
    assert!(!readable(&signal, 0));
    assert!(!signal.take_fired().unwrap());
    card.acknowledge();
}

// Without interrupts, waits end by themselves now and then, so that the device is looked at; and
// at their deadline.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn polled_device_is_looked_at_now_and_then() {
    let card = Edu::open(BEHIND_PORT, "interrupts=polling");
    assert_eq!(card.device.interrupts(), InterruptKind::Polling);
    let mut signal = card.device.signal(3).unwrap();
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(signal.wait(Some(signal.now())).unwrap(), Wake::Deadline);
    assert_eq!(block_on(&mut signal, None), Wake::Fired);
    assert!(!signal.rearm().unwrap());
    card.there_and_back(0x33);
}

// A clock without an interrupt wakes who sleeps with it after a nap, on a device that has some.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn nap_ends_without_an_interrupt() {
    let card = Edu::open(BEHIND_PORT, "interrupts=msi");
    let mut signal = card.device.napping().unwrap();
    for _ in 0..3 {
        let until = soon(&signal);
        assert_eq!(signal.wait(Some(until)).unwrap(), Wake::Fired);
        assert!(signal.now() < until);
    }
}
