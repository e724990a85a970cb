//! Real time: the cards' thread, sleeping, alarms.
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake as Task, Waker};
use std::time::{Duration, Instant};

use backend_mock::{EduCard, Injection, Machine, MockDevice};
use dma_core::{Backend, ErrorKind, Signal, Wake};

use crate::support::Registers;

fn plug() -> MockDevice {
    let machine = Machine::builder().build_in_real_time().unwrap();
    machine.plug(EduCard::new().delay(1_000_000))
}

#[derive(Default)]
struct Bell(AtomicU32);

impl Task for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Release);
    }
}

// Time passes by itself, and costs of accesses do not add to it.
#[test]
fn real_time_passes_by_itself() {
    let device = plug();
    assert!(device.machine().is_real_time() && !Machine::new().is_real_time());
    // The machine's own time is asked for within the other's, whatever comes between two lines.
    let clock = Instant::now();
    let before = device.machine().now();
    std::thread::sleep(Duration::from_millis(3));
    let passed = device.machine().now() - before;
    let most = u64::try_from(clock.elapsed().as_nanos()).unwrap();
    assert!((3_000_000..=most).contains(&passed), "{passed} ns");
}

// A load takes at least what it costs, so that so many looks are so much time; a slow bus more.
#[test]
fn real_time_load_takes_what_it_costs() {
    let device = plug();
    let registers = Registers::of(&device);
    let thousand = || {
        let clock = Instant::now();
        (0..1_000).for_each(|_| assert_eq!(registers.get(0), 0x0100_00ed));
        clock.elapsed()
    };
    assert!(thousand() >= Duration::from_millis(1));
    device.inject(Injection::SlowBus(4));
    assert!(thousand() >= Duration::from_millis(4));
}

// A planned fault and its interrupt come while the program sleeps for them, and not before.
#[test]
fn real_time_wakes_a_sleeping_thread() {
    let device = plug();
    let mut signal = device.signal(0).unwrap();
    let begun = signal.now();
    device.inject_after(4_000_000, Injection::SpuriousInterrupt { vector: 0 });
    assert_eq!(signal.wait(Some(begun + 60_000_000_000)), Ok(Wake::Fired));
    let passed = signal.now() - begun;
    assert!((4_000_000..30_000_000_000).contains(&passed), "{passed} ns");
    assert_eq!(signal.wait(Some(signal.now() + 1_000_000)), Ok(Wake::Deadline));
    device.inject(Injection::Removal);
    assert_eq!(signal.wait(None), Ok(Wake::Fired));
    assert_eq!(signal.wait(None).unwrap_err().kind(), ErrorKind::Gone);
}

// A task is woken by the interrupt or at its time, and by nothing else.
#[test]
fn real_time_wakes_a_task_once() {
    let device = plug();
    let mut signal = device.signal(0).unwrap();
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    let woken = |times| {
        let give_up = Instant::now() + Duration::from_secs(30);
        while bell.0.load(Ordering::Acquire) < times && Instant::now() < give_up {
            std::thread::yield_now();
        }
        bell.0.load(Ordering::Acquire) == times
    };
    let until = Some(signal.now() + 3_000_000);
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Pending);
    assert!(woken(1), "at its time");
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Ready(Ok(Wake::Deadline)));
    let until = Some(signal.now() + 60_000_000_000);
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Pending);
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Pending);
    device.inject(Injection::SpuriousInterrupt { vector: 0 });
    assert!(woken(2), "by the interrupt");
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Ready(Ok(Wake::Fired)));
    assert_eq!(signal.poll_fired(&mut context, until), Poll::Pending);
    drop(signal);
    device.inject(Injection::SpuriousInterrupt { vector: 0 });
    std::thread::sleep(Duration::from_millis(2));
    assert!(woken(2), "not after the signal is gone");
}
