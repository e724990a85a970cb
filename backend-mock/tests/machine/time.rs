//! Virtual time, interrupts, waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, Wake as TaskWake, Waker};

use backend_mock::{
    Costs, Happened, Injection, Machine, MockDevice, MockSignal, ProbeCard, Trigger,
};
use dma_core::{Allocate, Backend, DmaBuffer, ErrorKind, Region, Request, Signal, To, Wake};

use crate::support::{Registers, probe};

/// Starts a transfer of nothing, which ends after `delay` with interrupt `vector`.
fn start(registers: &Registers, delay: u32, vector: u32) {
    registers.set(probe::ENABLE, !0);
    registers.set(probe::DELAY, delay);
    registers.set(probe::COMMAND, 1 | vector << 8);
}

fn device(trigger: Trigger) -> (MockDevice, Registers) {
    let device = Machine::builder().trigger(trigger).build().plug(ProbeCard::new().vectors(2));
    device.set_bus_mastering(true).unwrap();
    let registers = Registers::of(&device);
    (device, registers)
}

// Register accesses, pauses and looks at memory cost what the machine says; nothing else does.
#[test]
fn only_what_costs_time_lets_it_pass() {
    let costs = Costs { load: 7, store: 11, pause: 13, observe: 17 };
    let machine = Machine::builder().costs(costs).build();
    let device = machine.plug(ProbeCard::new());
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    registers.get(0);
    registers.set(4, 1);
    assert_eq!(machine.now(), 18);
    signal.pause();
    assert_eq!((signal.now(), machine.now()), (31, 31));
    let buffer = device.allocate(Request::bytes(100)).unwrap();
    let region = buffer.region();
    // SAFETY: no reference to the bytes is alive.
    unsafe { region.sync(0..100, To::Cpu, dma_core::Direction::FromDevice) };
    assert_eq!(machine.now(), 48);
    // SAFETY: as above.
    unsafe { region.sync(0..100, To::Device, dma_core::Direction::ToDevice) };
    drop(buffer);
    assert_eq!((machine.now(), device.counters().syncs_to_device), (48, 1));
}

// Blocking waits run what is due and stop at the interrupt, at the deadline, or where nothing can
// happen any more.
#[test]
fn waiting_runs_time() {
    let (device, registers) = device(Trigger::Edge);
    let mut signal = device.signal(0).unwrap();
    start(&registers, 5_000, 0);
    let begun = signal.now();
    assert_eq!(signal.wait(Some(begun + 100)).unwrap(), Wake::Deadline);
    assert_eq!(signal.now(), begun + 100);
    assert_eq!(registers.get(probe::DONE), 0);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(signal.now(), begun + 5_000);
    assert_eq!(registers.get(probe::DONE), 1);
    let until = signal.now() + 42;
    assert_eq!(signal.wait(Some(until)).unwrap(), Wake::Deadline);
    assert_eq!(signal.now(), until);
    assert_eq!(signal.wait(None).unwrap_err().kind(), ErrorKind::Idle);
    assert_eq!(signal.wait(Some(0)).unwrap(), Wake::Deadline);
    assert_eq!(signal.now(), until);
}

// An interrupt that came before anybody waited is not lost.
#[test]
fn interrupts_before_the_wait_count() {
    let (device, registers) = device(Trigger::Edge);
    let mut signal = device.signal(0).unwrap();
    start(&registers, 10, 0);
    device.machine().advance(1_000);
    let now = signal.now();
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    assert_eq!(signal.now(), now);
    assert!(!signal.rearm().unwrap());
}

// Each signal of one vector sees every interrupt; one of another vector sees none.
#[test]
fn signals_share_a_vector_without_eating_wakes() {
    let (device, registers) = device(Trigger::Edge);
    let mut first = device.signal(0).unwrap();
    let mut second = device.signal(0).unwrap();
    let mut other = device.signal(1).unwrap();
    assert_eq!(device.signal(2).unwrap_err().kind(), ErrorKind::Unsupported);
    start(&registers, 10, 0);
    assert_eq!(first.wait(None).unwrap(), Wake::Fired);
    assert_eq!(second.wait(None).unwrap(), Wake::Fired);
    assert_eq!(other.wait(None).unwrap_err().kind(), ErrorKind::Idle);
    assert_eq!(first.wait(None).unwrap_err().kind(), ErrorKind::Idle);
    let mut late = device.signal(0).unwrap();
    assert_eq!(late.wait(None).unwrap_err().kind(), ErrorKind::Idle);
}

// Counters wrap without a missed or an invented interrupt.
#[test]
fn interrupt_counters_wrap() {
    let machine = Machine::builder().interrupts_from(u32::MAX - 1).build();
    let device = machine.plug(ProbeCard::new());
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    for _ in 0..4 {
        start(&registers, 10, 0);
        assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
        assert_eq!(signal.wait(Some(signal.now() + 5)).unwrap(), Wake::Deadline);
    }
}

/// Whether a second interrupt arrives if the line stayed up while the signal was re-armed.
fn second_fires(trigger: Trigger, forget: bool) -> bool {
    let (device, registers) = device(trigger);
    let mut signal = device.signal(0).unwrap();
    if forget {
        device.inject(Injection::ForgetToRearm);
    }
    start(&registers, 10, 0);
    assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
    // Not acknowledged: the line is still up as it is re-armed.
    assert_eq!(signal.rearm().unwrap(), trigger != Trigger::Edge && !forget);
    let again = signal.wait(Some(signal.now() + 100)).unwrap() == Wake::Fired;
    // Acknowledged and re-armed, the next always comes, unless re-arming was forgotten.
    registers.set(probe::STATUS, 1);
    signal.rearm().unwrap();
    start(&registers, 10, 0);
    let next = signal.wait(Some(signal.now() + 1_000)).unwrap() == Wake::Fired;
    assert_eq!(next, !forget);
    again
}

// A line that stays up fires again as it is re-armed, a message does not, and a line that only
// fires as it rises leaves it to the driver to look again.
#[test]
fn lines_and_messages_differ_after_rearming() {
    assert!(!second_fires(Trigger::Edge, false));
    assert!(second_fires(Trigger::Level, false));
    assert!(!second_fires(Trigger::LevelOnce, false));
}

// A backend that forgets to re-arm loses every interrupt after the first.
#[test]
fn forgotten_rearming_is_visible() {
    assert!(!second_fires(Trigger::Level, true));
    assert!(!second_fires(Trigger::LevelOnce, true));
}

/// Counts how often a task is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl TaskWake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

fn poll(signal: &mut MockSignal, woken: &Arc<Woken>, until: Option<u64>) -> Poll<Wake> {
    let waker = Waker::from(Arc::clone(woken));
    signal.poll_fired(&mut Context::from_waker(&waker), until).map(Result::unwrap)
}

// A poll runs at most one event, wakes its own task while time may go on, and another's task when
// its interrupt fires.
#[test]
fn polling_runs_one_event_at_a_time() {
    let machine = Machine::new();
    let devices = [0, 1].map(|_| machine.plug(ProbeCard::new()));
    let mut signals = [0, 1].map(|i: usize| devices[i].signal(0).unwrap());
    let tasks = [Arc::new(Woken::default()), Arc::new(Woken::default())];
    start(&Registers::of(&devices[0]), 10_000, 0);
    start(&Registers::of(&devices[1]), 20_000, 0);
    let done = |index: usize| Registers::of(&devices[index]).get(probe::DONE);

    // The second task runs the first one's event: nothing for it, but the first is woken.
    assert_eq!(poll(&mut signals[1], &tasks[1], None), Poll::Pending);
    assert_eq!((tasks[0].0.load(Relaxed), tasks[1].0.load(Relaxed)), (0, 1));
    assert_eq!((done(0), done(1)), (1, 0));
    assert_eq!(poll(&mut signals[0], &tasks[0], None), Poll::Ready(Wake::Fired));
    assert_eq!(poll(&mut signals[1], &tasks[1], None), Poll::Ready(Wake::Fired));
}

// A task that sleeps is woken by an interrupt that somebody else's waiting brought about.
#[test]
fn sleeping_tasks_are_woken_by_others() {
    let (device, registers) = device(Trigger::Edge);
    let mut sleeping = [device.signal(0).unwrap(), device.signal(0).unwrap()];
    let mut waiting = device.signal(0).unwrap();
    let tasks = [Arc::new(Woken::default()), Arc::new(Woken::default())];
    // Something of no concern to them, so that they go to sleep.
    start(&registers, 10, 1);
    assert_eq!(poll(&mut sleeping[0], &tasks[0], None), Poll::Pending);
    start(&registers, 10, 1);
    assert_eq!(poll(&mut sleeping[1], &tasks[1], None), Poll::Pending);
    let before = tasks.each_ref().map(|task| task.0.load(Relaxed));
    start(&registers, 10, 0);
    assert_eq!(waiting.wait(None).unwrap(), Wake::Fired);
    let after = tasks.each_ref().map(|task| task.0.load(Relaxed));
    assert_eq!(after, before.map(|count| count + 1));
    for (signal, task) in sleeping.iter_mut().zip(&tasks) {
        assert_eq!(poll(signal, task, None), Poll::Ready(Wake::Fired));
    }
}

// With a deadline, polling ends after finitely many turns, at the deadline, even if the card
// never does anything; without one and without anything planned it is an error.
#[test]
fn polling_ends_at_the_deadline() {
    let (device, registers) = device(Trigger::Edge);
    let mut signal = device.signal(0).unwrap();
    let task = Arc::new(Woken::default());
    let until = Some(signal.now() + 50_000);
    assert_eq!(poll(&mut signal, &task, until), Poll::Ready(Wake::Deadline));
    assert_eq!(Some(signal.now()), until);
    // Many events of another vector, and then the deadline.
    device.inject(Injection::Stuck { survives_reset: true });
    start(&registers, 10, 1);
    let until = Some(signal.now() + 50_000);
    let turns = (0..10).take_while(|_| poll(&mut signal, &task, until).is_pending()).count();
    assert!(turns < 3);
    assert_eq!(Some(signal.now()), until);
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Err(error)) = signal.poll_fired(&mut context, None) else { unreachable!() };
    assert_eq!(error.kind(), ErrorKind::Idle);
}

/// A waker that comes back to the machine when it is woken, and when it is dropped.
struct Meddler(MockDevice);

impl TaskWake for Meddler {
    fn wake(self: Arc<Self>) {
        let _ = self.0.machine().now();
    }
}

impl Drop for Meddler {
    fn drop(&mut self) {
        let _ = self.0.machine().now();
    }
}

// Wakers may come back to the machine, also as they are dropped.
#[test]
fn wakers_may_come_back() {
    let (device, registers) = device(Trigger::Edge);
    let mut signal = device.signal(0).unwrap();
    for vector in [1, 1, 0] {
        start(&registers, 10, vector);
        let waker = Waker::from(Arc::new(Meddler(device.clone())));
        let _ = signal.poll_fired(&mut Context::from_waker(&waker), None);
        registers.set(probe::STATUS, !0);
    }
    start(&registers, 10, 1);
    let waker = Waker::from(Arc::new(Meddler(device.clone())));
    assert!(signal.poll_fired(&mut Context::from_waker(&waker), None).is_pending());
    drop(waker);
    drop(signal);
}

/// Two cards at work on one machine, in some order of accesses; everything that happened.
fn history() -> Vec<String> {
    let machine = Machine::builder().journal().scattered().build();
    let devices = [0, 1, 2].map(|_| machine.plug(ProbeCard::new()));
    let mut signals = devices.each_ref().map(|device| device.signal(0).unwrap());
    let buffers = devices.each_ref().map(|d| d.allocate(Request::bytes(10_000)).unwrap());
    for round in 0..10_u32 {
        for (index, device) in devices.iter().enumerate() {
            device.set_bus_mastering(true).unwrap();
            let registers = Registers::of(device);
            registers.set64(probe::HOST, buffers[index].run(0, 1).0.get());
            registers.set(probe::LENGTH, 5_000);
            start(&registers, 300 * (3 - u32::try_from(index).unwrap()) + round, 0);
        }
        for signal in &mut signals {
            signal.wait(None).unwrap();
        }
    }
    machine.journal().iter().map(ToString::to_string).collect()
}

// The same program gives the same run, to the last access.
#[test]
fn runs_repeat_exactly() {
    let first = history();
    assert!(first.len() > 100);
    assert_eq!(first, history());
}

// The journal tells what happened, in the order of its time.
#[test]
fn journal_is_in_order() {
    let machine = Machine::builder().journal().build();
    let device = machine.plug(ProbeCard::new());
    let registers = Registers::of(&device);
    start(&registers, 100, 0);
    machine.advance(1_000);
    let journal = machine.journal();
    assert!(journal.is_sorted_by_key(|record| record.time));
    let last = journal.last().unwrap();
    assert_eq!(last.what, Happened::Interrupt { vector: 0 });
    assert_eq!(last.to_string(), "         400 card 0: interrupt 0");
    assert!(journal[0].to_string().contains("store32 0:0xc := 0xffffffff"));
}

// A look happens in passing while nothing is due, and lets happen what is: at its time, as any
// other passing of time does.
#[test]
fn looks_let_happen_what_is_due() {
    let costs = Costs { observe: 30, ..Costs::default() };
    let device = Machine::builder().costs(costs).build().plug(ProbeCard::new());
    let registers = Registers::of(&device);
    let mut signal = device.signal(0).unwrap();
    let buffer = device.allocate(Request::bytes(64)).unwrap();
    let look = || {
        // SAFETY: no reference to the bytes is alive.
        unsafe { buffer.region().sync(0..64, To::Cpu, dma_core::Direction::FromDevice) };
    };
    start(&registers, 100, 0);
    let begun = signal.now();
    (0..3).for_each(|_| look());
    assert_eq!(signal.wait(Some(begun)).unwrap(), Wake::Deadline);
    assert_eq!((signal.now(), device.counters().interrupts), (begun + 90, 0));
    (0..2).for_each(|_| look());
    assert_eq!(signal.wait(Some(begun)).unwrap(), Wake::Fired);
    assert_eq!((signal.now(), device.counters().syncs_to_cpu), (begun + 150, 5));
}

// Looks of several threads and what one of them does meanwhile are all counted, and all take their
// time, which never goes back.
#[test]
fn looks_of_threads_add_up() {
    let costs = Costs { load: 7, observe: 3, ..Costs::default() };
    let machine = Machine::builder().costs(costs).build();
    let device = machine.plug(ProbeCard::new());
    let registers = Registers::of(&device);
    let count = 2_000;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let buffer = device.allocate(Request::bytes(64)).unwrap();
                let mut before = 0;
                for _ in 0..count {
                    let direction = dma_core::Direction::FromDevice;
                    // SAFETY: no reference to the bytes is alive.
                    unsafe { buffer.region().sync(0..64, To::Cpu, direction) };
                    let now = machine.now();
                    assert!(now > before);
                    before = now;
                }
            });
        }
        (0..count).for_each(|_| _ = registers.get(probe::DONE));
    });
    assert_eq!(device.counters().syncs_to_cpu, 2 * count);
    assert_eq!(machine.now(), 2 * 3 * count + 7 * count);
}

// A device that works stays usable from two threads at once.
#[test]
fn threads_may_share_a_machine() {
    let machine = Machine::new();
    let threads: Vec<_> = (0..2)
        .map(|_| machine.plug(ProbeCard::new()))
        .map(|device| {
            std::thread::spawn(move || {
                let registers = Registers::of(&device);
                let mut signal = device.signal(0).unwrap();
                for _ in 0..500 {
                    start(&registers, 50, 0);
                    while registers.get(probe::STATE) & 1 != 0 {
                        signal.pause();
                    }
                }
                registers.get(probe::DONE)
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 500);
    }
}
