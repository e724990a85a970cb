//! XDMA with the engine on the simulated card: bytes, streams, named faults.
#![deny(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_mock::{
    Injection, Machine, MockDevice, MockRegion, MockSignal, MockSpace, Trigger, XdmaCard,
};
use channels::xdma::{
    CardLogic, Channels, Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart,
    XdmaStatus, sample,
};
use dma_core::Direction::{self, FromDevice, ToDevice};
use dma_core::{
    Allocate, Backend, Buffer, DeviceAddress, DeviceWindow, Engine, ErrorKind, Request, Signal,
    Stream, Timeout, Wake,
};

type Memory = Buffer<MockRegion>;
type Driver = XdmaChannel<MockSpace, MockRegion>;
type Controlled<const N: usize> = Engine<Driver, MockSignal, Memory, N>;

const LIMIT: Timeout = Timeout::secs(10);
const DEPTH: usize = 16;

#[expect(unsafe_code, reason = "opening a driver is a promise")]
fn split(device: &MockDevice, vectors: Vectors) -> Channels<MockSpace> {
    // SAFETY: each test opens one driver for a device that it made.
    let xdma = unsafe { Xdma::new(device.region(0).unwrap(), vectors) };
    xdma.unwrap().split()
}

fn plug(card: XdmaCard) -> MockDevice {
    let device = Machine::new().plug(card);
    device.set_bus_mastering(true).unwrap();
    device
}

fn logic(device: &MockDevice) -> CardLogic<MockSpace> {
    CardLogic::new(device.region(2).unwrap()).unwrap()
}

/// How the count of a channel is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    Register,
    InRing,
    Apart,
}

fn open<const N: usize>(
    device: &MockDevice,
    part: Option<XdmaPart<MockSpace>>,
    count: Count,
    setup: Setup,
    vector: usize,
) -> Controlled<N> {
    let part = part.unwrap();
    let lend = |request| device.memory().allocate(request).unwrap();
    let ring = lend(part.ring_request(DEPTH, count == Count::InRing));
    let word = match count {
        Count::Register => WriteBack::Off,
        Count::InRing => WriteBack::InRing,
        Count::Apart => WriteBack::In(lend(part.write_back_request())),
    };
    let channel = part.open(ring, word, setup).unwrap();
    Engine::new(channel, device.signal(vector).unwrap()).unwrap()
}

fn lend(device: &MockDevice, length: usize) -> Memory {
    device.memory().allocate(Request::bytes(length)).unwrap()
}

fn patterned(device: &MockDevice, length: usize, seed: usize) -> Memory {
    let mut buffer = lend(device, length);
    for (at, byte) in buffer.bytes_mut().iter_mut().enumerate() {
        *byte = u8::try_from((at * 7 + at / 251 + seed) % 256).unwrap();
    }
    buffer
}

// Every channel of a card that has four each way carries bytes, with a vector of its own.
#[test]
fn every_channel_carries_bytes() {
    let device = plug(XdmaCard::new().memory_size(1 << 20).channels(4, 4));
    let channels = split(&device, Vectors::OneEach(2));
    let setup = Setup::new(logic(&device).memory());
    let mut engines = Vec::new();
    for (number, (to, from)) in channels.to_card.into_iter().zip(channels.from_card).enumerate() {
        engines.push((
            open::<2>(&device, to, Count::Register, setup, 2 + number),
            open::<2>(&device, from, Count::InRing, setup, 6 + number),
        ));
    }
    // All at once, each to its own place.
    let place = |number: usize| DeviceAddress::new(number as u64 * 0x1_0000);
    let tickets: Vec<_> = engines
        .iter_mut()
        .enumerate()
        .map(|(number, (to, _))| {
            to.submit(patterned(&device, 50_000, number), place(number), ToDevice).unwrap()
        })
        .collect();
    for (number, ((to, from), ticket)) in engines.iter_mut().zip(tickets).enumerate() {
        let sent = to.wait(ticket, LIMIT).unwrap();
        let ticket = from.submit(lend(&device, 50_000), place(number), FromDevice).unwrap();
        assert!(from.wait(ticket, LIMIT).unwrap().bytes() == sent.bytes(), "channel {number}");
    }
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// Batches of odd lengths arrive, in one list each or in several, however counts are known.
#[test]
fn batches_arrive_however_they_are_counted() {
    for (count, trigger) in [
        (Count::Register, Trigger::Edge),
        (Count::InRing, Trigger::Level),
        (Count::Apart, Trigger::Edge),
    ] {
        let machine = Machine::builder().trigger(trigger).build();
        let device = machine.plug(XdmaCard::new().memory_size(1 << 20));
        device.set_bus_mastering(true).unwrap();
        let channels = split(&device, Vectors::Shared(0));
        let setup = Setup::new(logic(&device).memory());
        let [to, ..] = channels.to_card;
        let [from, ..] = channels.from_card;
        let mut to = open::<40>(&device, to, count, setup, 0);
        let mut from = open::<40>(&device, from, count, setup, 0);
        for round in 1..30 {
            let jobs: Vec<_> = (0..round).map(|job| (job * 4096, job * 37 % 300 + 1)).collect();
            let tickets: Vec<_> = jobs
                .iter()
                .map(|(at, length)| {
                    let buffer = patterned(&device, *length, round + length);
                    to.queue(buffer, DeviceAddress::new(*at as u64), ToDevice).unwrap()
                })
                .collect();
            for ticket in tickets {
                to.wait(ticket, LIMIT).unwrap();
            }
            for (at, length) in jobs {
                let at = DeviceAddress::new(at as u64);
                let ticket = from.submit(lend(&device, length), at, FromDevice).unwrap();
                let received = from.wait(ticket, LIMIT).unwrap();
                assert!(received.bytes() == patterned(&device, length, round + length).bytes());
            }
        }
        assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
    }
}

// Whoever polled for what ended, at any moment between two looks, leaves no interrupt behind that
// keeps that of the next job from coming: a wait without a limit would never end.
#[test]
fn waits_are_woken_after_polling() {
    for count in [Count::Register, Count::InRing] {
        for delay in (0..20_000).step_by(61) {
            let device = plug(XdmaCard::new().memory_size(1 << 16).delay(delay));
            let [part, ..] = split(&device, Vectors::Shared(0)).to_card;
            let setup = Setup::new(logic(&device).memory()).fed_by(Feeding::Credits);
            let mut to = open::<4>(&device, part, count, setup, 0);
            for jobs in [2, 1] {
                let tickets: Vec<_> = (0..jobs)
                    .map(|job| {
                        let buffer = patterned(&device, 64, job);
                        to.queue(buffer, DeviceAddress::new(0), ToDevice).unwrap()
                    })
                    .collect();
                to.kick();
                for ticket in tickets {
                    to.spin(ticket, LIMIT).unwrap();
                }
                let buffer = patterned(&device, 64, jobs);
                let ticket = to.submit(buffer, DeviceAddress::new(0), ToDevice).unwrap();
                let woken = to.wait(ticket, Timeout::NEVER);
                assert!(woken.is_ok(), "delay {delay}, {jobs} polled for: {woken:?}");
            }
        }
    }
}

// Of each batch that is granted, the card fetches the first descriptor, and then blocks.
#[test]
fn credits_are_spent_on_blocks() {
    let device = plug(XdmaCard::new().memory_size(4096));
    let [to, ..] = split(&device, Vectors::Shared(0)).to_card;
    let setup = Setup::new(logic(&device).memory()).fed_by(Feeding::Credits);
    let mut engine = open::<DEPTH>(&device, to, Count::InRing, setup, 0);
    let mut fetched = Vec::new();
    for jobs in [1, 5, 2, DEPTH] {
        let reads = device.counters().reads;
        let queue = |job| {
            let buffer = patterned(&device, 64, job);
            engine.queue(buffer, DeviceAddress::new(0), ToDevice).unwrap()
        };
        let tickets: Vec<_> = (0..jobs).map(queue).collect();
        engine.kick();
        for ticket in tickets {
            engine.wait(ticket, LIMIT).unwrap();
        }
        fetched.push(device.counters().reads - reads - jobs as u64);
    }
    // The last one goes round the end of the ring, where a block ends.
    assert_eq!(fetched, [1, 2, 2, 3]);
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// A polled channel with a word costs no load of a register, however long it is waited for.
#[test]
fn a_polled_word_costs_no_loads() {
    let device = plug(XdmaCard::new().memory_size(4096).delay(3_000));
    let channels = split(&device, Vectors::Shared(0));
    let [to, ..] = channels.to_card;
    let setup = Setup::new(logic(&device).memory()).without_interrupts();
    let mut engine = open::<4>(&device, to, Count::InRing, setup, 0);
    let loads = device.counters().loads;
    for round in 0..5 {
        let buffer = patterned(&device, 256, round);
        let ticket = engine.submit(buffer, DeviceAddress::new(0), ToDevice).unwrap();
        engine.spin(ticket, LIMIT).unwrap();
    }
    assert_eq!(device.counters().loads, loads);
    assert_eq!(device.counters().interrupts, 0);
}

/// Numbers of the samples in a buffer, whose other bits are checked.
fn numbers(bytes: &[u8], seed: u32) -> impl Iterator<Item = u64> {
    bytes.as_chunks().0.iter().map(move |word| {
        let word = u64::from_le_bytes(*word);
        let number = word & 0xff_ffff_ffff;
        assert_eq!(word, sample(seed, number));
        number
    })
}

/// The card's stream into an engine of its own.
fn source(device: &MockDevice) -> (Controlled<4>, DeviceWindow) {
    let [_, from, ..] = split(device, Vectors::Shared(0)).from_card;
    let fifo = logic(device).source().unwrap().fifo();
    let setup = Setup::new(fifo).fed_by(Feeding::Credits);
    (open(device, from, Count::InRing, setup, 0), fifo)
}

// A stream that is served in time loses nothing, lap after lap.
#[test]
fn a_stream_in_time_loses_nothing() {
    let device = plug(XdmaCard::new().fifo(16 << 10));
    let (engine, fifo) = source(&device);
    let mut source = logic(&device).source().unwrap();
    source.start(200, 5);
    let stream = Stream::new(engine, fifo.start, FromDevice).unwrap();
    let mut stream = stream.with_losses(source);
    for _ in 0..4 {
        stream.queue(lend(&device, 4096)).unwrap();
    }
    stream.start();
    let mut expected = 0..;
    for _ in 0..200 {
        let buffer = stream.next(LIMIT).unwrap().unwrap();
        assert!(numbers(buffer.bytes(), 5).zip(&mut expected).all(|(seen, wanted)| seen == wanted));
        stream.put(buffer).unwrap();
    }
    assert_eq!((stream.lost(), stream.overruns()), (0, 0));
    let mut back = 0;
    stream.stop(|_| back += 1).unwrap();
    assert_eq!((back, device.complaints()), (4, vec![]));
}

// A consumer that stalls loses exactly what the card says, and the gaps in the data say so too.
#[test]
fn losses_equal_the_gaps_in_the_data() {
    let device = plug(XdmaCard::new().fifo(8 << 10));
    let (engine, fifo) = source(&device);
    let mut source = logic(&device).source().unwrap();
    source.start(100, 6);
    let mut stream = Stream::new(engine, fifo.start, FromDevice).unwrap().with_losses(source);
    for _ in 0..4 {
        stream.queue(lend(&device, 2048)).unwrap();
    }
    stream.start();
    let (mut next, mut gaps, mut stalls) = (0, 0, 0);
    for lap in 0_u64..300 {
        let buffer = stream.next(LIMIT).unwrap().unwrap();
        for number in numbers(buffer.bytes(), 6) {
            assert!(number >= next, "samples come in order");
            gaps += number - next;
            next = number + 1;
        }
        stream.put(buffer).unwrap();
        // After the last stall, enough laps follow to read past the gap.
        if lap % 37 == 36 && lap < 280 {
            // Four buffers and the FIFO hold 163 microseconds; this is longer.
            device.machine().advance(200_000 + lap * 1_001);
            stalls += 1;
        }
    }
    assert_eq!(stream.lost(), gaps);
    assert!(gaps > 0);
    assert_eq!(stream.overruns(), stalls);
    assert_eq!(device.complaints(), [""; 0]);
}

// A minute of virtual time with a consumer that stalls on purpose: what the card counts as lost is
// what is missing in the data, and is what each stall must cost, to the sample.
#[test]
fn a_minute_with_stalls_loses_what_the_stalls_cost() {
    const FIFO: usize = 8 << 10;
    const BUFFERS: usize = 4;
    const LENGTH: usize = 2048;
    const SAMPLE: usize = 8;
    const MINUTE: u64 = 60_000_000_000;
    /// Samples that buffers and FIFO hold while nobody takes any.
    const HELD: u64 = ((BUFFERS * LENGTH + FIFO) / SAMPLE) as u64;
    let device = plug(XdmaCard::new().fifo(FIFO));
    let (engine, fifo) = source(&device);
    let mut source = logic(&device).source().unwrap();
    source.start(1, 21);
    let started = device.machine().now();
    let due = |time: u64| (time - started) / 1_000 / SAMPLE as u64;
    let stream = Stream::new(engine, fifo.start, FromDevice).unwrap();
    let mut stream = stream.with_losses(source);
    for _ in 0..BUFFERS {
        stream.queue(lend(&device, LENGTH)).unwrap();
    }
    stream.start();
    let (mut next, mut gaps, mut stalls) = (0, Vec::new(), Vec::new());
    for lap in 0_u64.. {
        let buffer = stream.next(LIMIT).unwrap().unwrap();
        for number in numbers(buffer.bytes(), 21) {
            if number != next {
                gaps.push(number - next);
            }
            next = number + 1;
        }
        stream.put(buffer).unwrap();
        let now = device.machine().now();
        if now - started >= MINUTE {
            break;
        }
        // The last stall is early enough for its gap to be read.
        if lap % 1_000 == 999 && now - started < MINUTE - 1_000_000_000 {
            device.machine().advance(20_000_000 + lap * 3_001);
            stalls.push(due(device.machine().now()) - next - HELD);
        }
    }
    assert!(stalls.len() > 20, "{} stalls", stalls.len());
    assert_eq!(gaps.len(), stalls.len());
    for (gap, stall) in gaps.iter().zip(&stalls) {
        // Until the card gets its first buffer again, one more may be lost.
        assert!((0..=1).contains(&(gap - stall)), "{gap} lost in a stall of {stall}");
    }
    assert_eq!(stream.lost(), gaps.iter().sum::<u64>());
    assert_eq!(stream.overruns() as usize, stalls.len());
    assert_eq!(device.complaints(), [""; 0]);
}

// Bytes that stream to the card are consumed in order: the checksum is that of what was sent.
#[test]
fn a_stream_to_the_card_arrives_in_order() {
    let device = plug(XdmaCard::new().fifo(1 << 10));
    let mut sink = logic(&device).sink().unwrap();
    let [to, ..] = split(&device, Vectors::Shared(0)).to_card;
    let engine: Controlled<4> = open(&device, to, Count::Register, Setup::new(sink.fifo()), 0);
    sink.start(500);
    let mut stream = Stream::new(engine, sink.fifo().start, ToDevice).unwrap();
    let mut sum = 0_u32;
    let mut send = |buffer: &mut Memory, lap: usize| {
        for (at, byte) in buffer.bytes_mut().iter_mut().enumerate() {
            *byte = u8::try_from((at + lap * 11) % 256).unwrap();
            sum = sum.wrapping_mul(31).wrapping_add((*byte).into());
        }
    };
    for lap in 0..4 {
        let mut buffer = lend(&device, 3000);
        send(&mut buffer, lap);
        stream.queue(buffer).unwrap();
    }
    stream.start();
    for lap in 4..50 {
        let mut buffer = stream.next(LIMIT).unwrap().unwrap();
        send(&mut buffer, lap);
        stream.put(buffer).unwrap();
    }
    stream.drain();
    while stream.held() > 0 {
        stream.next(LIMIT).unwrap().unwrap();
    }
    device.machine().advance(1_000_000);
    assert_eq!((sink.consumed(), sink.checksum()), (150_000, sum));
}

// A stream that ended while a transfer waits for it is an error with a name, and then all is well.
#[test]
fn a_stream_that_ends_has_a_name() {
    let device = plug(XdmaCard::new());
    let (mut engine, fifo) = source(&device);
    let mut source = logic(&device).source().unwrap();
    source.start(1, 0);
    let ticket = engine.submit(lend(&device, 4096), fifo.start, FromDevice).unwrap();
    device.machine().advance(100_000);
    source.stop();
    let failed = engine.wait(ticket, LIMIT).unwrap_err();
    assert_eq!(failed.error().kind(), ErrorKind::DeviceFault);
    let status = XdmaStatus::from(failed.error()).of(FromDevice);
    assert_eq!(status.to_string(), "reading the card: slave error");
    source.start(100, 0);
    let buffer = failed.into_buffer().unwrap();
    let ticket = engine.submit(buffer, fifo.start, FromDevice).unwrap();
    let buffer = engine.wait(ticket, LIMIT).unwrap();
    assert!(numbers(buffer.bytes(), 0).eq(0..512));
}

// A waiting transfer is stopped within its descriptor: the stream ends it.
#[test]
fn a_running_stream_is_stopped_within_its_descriptor() {
    let device = plug(XdmaCard::new());
    let (mut engine, fifo) = source(&device);
    logic(&device).source().unwrap().start(10, 0);
    let ticket = engine.submit(lend(&device, 4096), fifo.start, FromDevice).unwrap();
    let failed = engine.wait(ticket, Timeout::micros(50)).unwrap_err();
    assert_eq!(failed.error().kind(), ErrorKind::TimedOut);
    assert!(failed.into_buffer().is_some(), "the descriptor ended, and the buffer came back");
}

// Errors in each place have their names.
#[test]
fn faults_have_names() {
    let device = plug(XdmaCard::new().memory_size(4096).link(1));
    let channels = split(&device, Vectors::Shared(0));
    let setup = Setup::new(logic(&device).memory());
    let [to, ..] = channels.to_card;
    let [from, ..] = channels.from_card;
    let mut to = open::<2>(&device, to, Count::Register, setup, 0);
    let mut from = open::<2>(&device, from, Count::InRing, setup, 0);
    let mut fault = |direction: Direction, after: u64| {
        let engine = if direction == ToDevice { &mut to } else { &mut from };
        let ticket = engine.submit(lend(&device, 64), DeviceAddress::new(0), direction).unwrap();
        device.machine().advance(after);
        device.inject(Injection::FailAccesses(1));
        let failed = engine.wait(ticket, LIMIT).unwrap_err();
        XdmaStatus::from(failed.error()).of(direction).to_string()
    };
    assert_eq!(fault(ToDevice, 0), "fetching a descriptor: completer abort");
    assert_eq!(fault(FromDevice, 0), "fetching a descriptor: completer abort");
    assert_eq!(fault(ToDevice, 2_000), "reading host memory: completer abort");
    assert_eq!(fault(FromDevice, 2_000), "writing host memory: slave error");
}

// A reset in the middle of a list gives everything back, and the channel is as new.
#[test]
fn a_reset_midway_is_recovered_from() {
    for count in [Count::Register, Count::InRing, Count::Apart] {
        let device = plug(XdmaCard::new().memory_size(4096));
        let [to, ..] = split(&device, Vectors::OneEach(4)).to_card;
        let setup = Setup::new(logic(&device).memory());
        let mut engine = open::<8>(&device, to, count, setup, 4);
        let at = DeviceAddress::new(0);
        let tickets: Vec<_> =
            (0..8).map(|_| engine.queue(lend(&device, 100), at, ToDevice).unwrap()).collect();
        engine.kick();
        device.machine().advance(3_500);
        let quiet = device.reset().unwrap();
        engine.recover(&quiet).unwrap();
        device.resume(quiet).unwrap();
        let mut back = 0;
        for ticket in tickets {
            back += usize::from(engine.wait(ticket, LIMIT).unwrap_err().into_buffer().is_some());
        }
        assert_eq!(back, 8);
        let ticket = engine.submit(patterned(&device, 900, 1), at, ToDevice).unwrap();
        engine.wait(ticket, LIMIT).unwrap();
        assert_eq!(device.complaints(), [""; 0]);
    }
}

// The card's own interrupts come beside those of its channels.
#[test]
fn user_interrupts_come_beside_transfers() {
    let device = plug(XdmaCard::new());
    let mut user = split(&device, Vectors::Shared(0)).user;
    let logic = logic(&device);
    assert!(user.set_vector(3, 7));
    user.enable(1 << 3);
    let mut signal = device.signal(7).unwrap();
    logic.raise(1 << 3 | 1 << 4);
    assert_eq!(signal.wait(Some(signal.now() + 1_000)), Ok(Wake::Fired));
    assert_eq!(user.pending(), Ok(1 << 3 | 1 << 4));
    logic.lower(1 << 3);
    assert_eq!(user.pending(), Ok(1 << 4));
    user.disable(1 << 3);
    logic.raise(1 << 3);
    assert_eq!(signal.wait(Some(signal.now() + 1_000)), Ok(Wake::Deadline));
    assert!(logic.holds([0, u32::MAX, 0x5555_5555, 7]));
}

// A jump behind the driver's back is found out, and nothing is taken for done.
#[test]
fn a_removed_card_is_noticed() {
    for count in [Count::Register, Count::InRing] {
        let device = plug(XdmaCard::new().memory_size(4096));
        let [to, ..] = split(&device, Vectors::Shared(0)).to_card;
        let setup = Setup::new(logic(&device).memory());
        let mut engine = open::<2>(&device, to, count, setup, 0);
        let ticket = engine.submit(lend(&device, 64), DeviceAddress::new(0), ToDevice).unwrap();
        device.inject(Injection::Removal);
        let failed = engine.spin(ticket, LIMIT).unwrap_err();
        assert_eq!(failed.error().kind(), ErrorKind::Gone);
    }
}
