//! Engines of one card on threads of their own, while the card works on its own.
//!
//! Nothing here repeats exactly: what must hold, must hold in any order. Under `ThreadSanitizer`
//! (`cargo xtask soak tsan`) it shows that bytes and words change hands without a race.
#![deny(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use backend_mock::{
    Injection, Machine, MachineBuilder, MockDevice, MockRegion, MockSignal, MockSpace, Trigger,
    XdmaCard,
};
use channels::xdma::{
    CardLogic, Channels, Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart, sample,
};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{
    Allocate, Backend, Buffer, DeviceAddress, Engine, ErrorKind, Failed, Request, Signal, Stream,
    Ticket, Timeout,
};

type Memory = Buffer<MockRegion>;
type Driver = XdmaChannel<MockSpace, MockRegion>;
type Controlled = Engine<Driver, MockSignal, Memory, 4>;

/// A host under load takes its time.
const LIMIT: Timeout = Timeout::secs(60);
/// Bytes that each pair of engines has on the card.
const SHARE: u64 = 0x1_0000;
const LENGTH: usize = 20_000;

#[expect(unsafe_code, reason = "opening a driver is a promise")]
fn split(device: &MockDevice) -> Channels<MockSpace> {
    // SAFETY: each test opens one driver for a device that it made.
    let xdma = unsafe { Xdma::new(device.region(0).unwrap(), Vectors::OneEach(0)) };
    xdma.unwrap().split()
}

fn plug(machine: MachineBuilder, card: XdmaCard) -> MockDevice {
    let device = machine.build_in_real_time().unwrap().plug(card);
    device.set_bus_mastering(true).unwrap();
    device
}

fn logic(device: &MockDevice) -> CardLogic<MockSpace> {
    CardLogic::new(device.region(2).unwrap()).unwrap()
}

fn open(device: &MockDevice, part: XdmaPart<MockSpace>, setup: Setup, vector: usize) -> Controlled {
    let lend = |request| device.memory().allocate(request).unwrap();
    let (depth, word) = (8, part.number().is_multiple_of(2));
    let ring = lend(part.ring_request(depth, word));
    let word = if word { WriteBack::InRing } else { WriteBack::Off };
    let channel = part.open(ring, word, setup).unwrap();
    Engine::new(channel, device.signal(vector).unwrap()).unwrap()
}

fn lend(device: &MockDevice, length: usize) -> Memory {
    device.memory().allocate(Request::bytes(length)).unwrap()
}

fn byte(at: usize, seed: usize) -> u8 {
    ((at * 7 + at / 251 + seed * 13) % 256).to_le_bytes()[0]
}

fn patterned(device: &MockDevice, seed: usize) -> Memory {
    let mut buffer = lend(device, LENGTH);
    buffer.bytes_mut().iter_mut().enumerate().for_each(|(at, place)| *place = byte(at, seed));
    buffer
}

/// Sleeps until it is woken.
struct Sleeper(thread::Thread);

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits as a task, on an executor that does nothing unless it is woken.
fn task(engine: &mut Controlled, ticket: Ticket) -> Result<Memory, Failed<Memory>> {
    let waker = Waker::from(Arc::new(Sleeper(thread::current())));
    let mut future = pin!(engine.completion(ticket, LIMIT));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => return result,
            Poll::Pending => thread::park(),
        }
    }
}

fn wait(engine: &mut Controlled, ticket: Ticket, round: usize) -> Result<Memory, Failed<Memory>> {
    match round % 3 {
        0 => engine.wait(ticket, LIMIT),
        1 => engine.spin(ticket, LIMIT),
        _ => task(engine, ticket),
    }
}

/// There and back, again and again, in every way of waiting.
fn rounds(device: &MockDevice, to: &mut Controlled, from: &mut Controlled, pair: usize) {
    let at = DeviceAddress::new(pair as u64 * SHARE);
    for round in 0..24 {
        let seed = pair * 100 + round;
        let ticket = to.submit(patterned(device, seed), at, ToDevice).unwrap();
        let sent = wait(to, ticket, round).unwrap();
        let ticket = from.submit(lend(device, LENGTH), at, FromDevice).unwrap();
        let received = wait(from, ticket, round + 1).unwrap();
        assert!(received.bytes() == sent.bytes(), "pair {pair}, round {round}");
    }
}

/// All eight channels of a card, in pairs.
fn pairs(device: &MockDevice, feeding: impl Fn(usize) -> Feeding) -> Vec<[Controlled; 2]> {
    let channels = split(device);
    let window = logic(device).memory();
    let parts = channels.to_card.into_iter().zip(channels.from_card).enumerate();
    let open = |number: usize, part: Option<XdmaPart<MockSpace>>, vector| {
        open(device, part.unwrap(), Setup::new(window).fed_by(feeding(number)), vector)
    };
    parts.map(|(at, (to, from))| [open(at, to, at), open(at, from, 4 + at)]).collect()
}

// Four pairs of engines of one card, each pair on a thread of its own, with caches that the card
// sees into and with caches apart: every byte arrives, and nothing is refused on the bus.
#[test]
fn engines_of_one_card_run_on_threads_of_their_own() {
    for machine in [Machine::builder(), Machine::builder().incoherent()] {
        let card = XdmaCard::new().memory_size(1 << 20).channels(4, 4).delay(2_000);
        let device = plug(machine, card);
        let feeding = |number| if number < 2 { Feeding::Lists } else { Feeding::Credits };
        let pairs = pairs(&device, feeding);
        thread::scope(|scope| {
            for (number, [mut to, mut from]) in pairs.into_iter().enumerate() {
                let device = &device;
                scope.spawn(move || rounds(device, &mut to, &mut from, number));
            }
        });
        assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
    }
}

// Interrupts that are lost, late or never sent cost time and nothing else, whatever thread they
// were for.
#[test]
fn lost_interrupts_cost_nothing_but_time() {
    let card = XdmaCard::new().memory_size(1 << 20).channels(4, 4);
    let device = plug(Machine::builder().trigger(Trigger::Edge), card);
    let mut pairs = pairs(&device, |_| Feeding::Lists);
    for engine in pairs.iter_mut().flatten() {
        engine.look_at_least_every(Timeout::millis(2));
    }
    let (over, done) = (AtomicBool::new(false), AtomicU32::new(0));
    thread::scope(|scope| {
        for (number, [mut to, mut from]) in pairs.into_iter().enumerate() {
            let (device, over, done) = (&device, &over, &done);
            scope.spawn(move || {
                rounds(device, &mut to, &mut from, number);
                if done.fetch_add(1, Ordering::Relaxed) == 3 {
                    over.store(true, Ordering::Relaxed);
                }
            });
        }
        while !over.load(Ordering::Relaxed) {
            device.inject(Injection::LoseInterrupts(2));
            device.inject(Injection::SpuriousInterrupt { vector: 3 });
            device.inject(Injection::DelayInterrupts { count: 1, nanoseconds: 300_000 });
            thread::sleep(std::time::Duration::from_micros(500));
            // A test that failed in a thread ends, too.
            if device.counters().interrupts > 1_000_000 {
                break;
            }
        }
    });
    assert!(device.counters().lost_interrupts > 0);
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// A card that is pulled out while four threads wait for it: each is told so, and each gets its
// buffer back or knows that the engine keeps it. Put back and reset, all of it works again.
#[test]
fn removal_and_reset_reach_every_thread() {
    let card = XdmaCard::new().memory_size(1 << 20).channels(4, 4).delay(50_000);
    let device = plug(Machine::builder(), card);
    let mut pairs = pairs(&device, |_| Feeding::Lists);
    for engine in pairs.iter_mut().flatten() {
        engine.look_at_least_every(Timeout::millis(5));
    }
    let ready = std::sync::Barrier::new(5);
    let mut engines = thread::scope(|scope| {
        let threads: Vec<_> = pairs
            .into_iter()
            .enumerate()
            .map(|(number, [mut to, from])| {
                let (device, ready) = (&device, &ready);
                scope.spawn(move || {
                    let at = DeviceAddress::new(number as u64 * SHARE);
                    ready.wait();
                    loop {
                        let ticket = match to.submit(patterned(device, number), at, ToDevice) {
                            Ok(ticket) => ticket,
                            Err(refused) => break assert_gone(refused.error.kind()),
                        };
                        if let Err(failed) = to.wait(ticket, LIMIT) {
                            break assert_gone(failed.error().kind());
                        }
                    }
                    [to, from]
                })
            })
            .collect();
        ready.wait();
        thread::sleep(std::time::Duration::from_millis(20));
        device.inject(Injection::Removal);
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    device.replug();
    let quiet = device.reset().unwrap();
    for engine in engines.iter_mut().flatten() {
        engine.recover(&quiet).unwrap();
    }
    device.resume(quiet).unwrap();
    for (number, [to, from]) in engines.iter_mut().enumerate() {
        to.stop(|_, _| ()).unwrap();
        rounds(&device, to, from, number);
    }
    drop(engines);
    let machine = device.machine().clone();
    drop(device);
    assert!(machine.leaks().is_empty(), "{}", machine.leaks());
}

fn assert_gone(kind: ErrorKind) {
    assert!(matches!(kind, ErrorKind::Gone | ErrorKind::WasReset | ErrorKind::Stuck), "{kind}");
}

// A stream is served by one thread while others transfer, and the consumer stalls now and then:
// what the card counts as lost is what is missing in the data.
#[test]
fn a_stream_beside_transfers_counts_its_losses() {
    let card = XdmaCard::new().memory_size(1 << 20).channels(1, 2).fifo(32 << 10);
    let device = plug(Machine::builder(), card);
    let channels = split(&device);
    let window = logic(&device).memory();
    let [to, ..] = channels.to_card;
    let [from, of_stream, ..] = channels.from_card;
    let mut to = open(&device, to.unwrap(), Setup::new(window), 0);
    let mut from = open(&device, from.unwrap(), Setup::new(window), 1);
    let mut source = logic(&device).source().unwrap();
    let fifo = source.fifo();
    let setup = Setup::new(fifo).fed_by(Feeding::Credits);
    let engine = open(&device, of_stream.unwrap(), setup, 2);
    source.start(20, 9);
    thread::scope(|scope| {
        let device = &device;
        scope.spawn(move || rounds(device, &mut to, &mut from, 0));
        scope.spawn(move || {
            let stream = Stream::new(engine, fifo.start, FromDevice).unwrap();
            let mut stream = stream.with_losses(source);
            for _ in 0..4 {
                stream.queue(lend(device, 4096)).unwrap();
            }
            let (mut next, mut gaps) = (0, 0);
            let mut lap = |stream: &mut Stream<_, _, _, 4, _>| {
                let buffer: Memory = stream.next(LIMIT).unwrap().unwrap();
                for word in buffer.bytes().as_chunks().0 {
                    let word = u64::from_le_bytes(*word);
                    let number = word & 0xff_ffff_ffff;
                    assert_eq!(word, sample(9, number));
                    assert!(number >= next, "samples come in order");
                    gaps += number - next;
                    next = number + 1;
                }
                stream.put(buffer).unwrap();
                (gaps, next)
            };
            for number in 0..60 {
                lap(&mut stream);
                if number % 20 == 10 {
                    thread::sleep(std::time::Duration::from_millis(8));
                }
            }
            // What was lost by now is seen in the data once the samples after it arrive.
            let lost = stream.lost();
            assert!(lost > 0);
            loop {
                let (gaps, _) = lap(&mut stream);
                if gaps >= lost {
                    break;
                }
            }
            let mut back = 0;
            stream.stop(|_| back += 1).unwrap();
            assert_eq!(back, 4);
        });
    });
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// Two threads wait on one vector: each sees its interrupts, and the user's interrupts beside.
#[test]
fn user_interrupts_reach_a_thread_beside_transfers() {
    let card = XdmaCard::new().memory_size(1 << 20).channels(1, 1);
    let device = plug(Machine::builder(), card);
    let channels = split(&device);
    let window = logic(&device).memory();
    let mut user = channels.user;
    let [to, ..] = channels.to_card;
    let [from, ..] = channels.from_card;
    let mut to = open(&device, to.unwrap(), Setup::new(window), 0);
    let mut from = open(&device, from.unwrap(), Setup::new(window), 1);
    assert!(user.set_vector(3, 9));
    user.enable(1 << 3);
    let mut signal = device.signal(9).unwrap();
    let heard = AtomicU32::new(0);
    thread::scope(|scope| {
        let (device, heard) = (&device, &heard);
        scope.spawn(move || rounds(device, &mut to, &mut from, 0));
        scope.spawn(move || {
            for number in 1..=50 {
                signal.wait(None).unwrap();
                heard.store(number, Ordering::Release);
            }
        });
        let logic = logic(device);
        for number in 1..=50 {
            logic.raise(1 << 3);
            logic.lower(1 << 3);
            while heard.load(Ordering::Acquire) < number {
                thread::yield_now();
            }
        }
    });
    assert_eq!(heard.into_inner(), 50);
}
