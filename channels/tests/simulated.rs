//! Channels with the engine on simulated cards: bytes arrive, faults are survived.
#![deny(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_mock::{EduCard, Injection, Machine, MockDevice, MockRegion, MockSignal, MockSpace};
use backend_mock::{Pl081Card, Trigger};
use channels::edu::{EduChannel, EduUnit};
use channels::pl081::{Pl081, Pl081Channel, Pl081Single};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{
    AddressMask, Allocate, Backend, Buffer, Channel, DeviceAddress, Engine, ErrorKind, Refused,
    Request, Timeout,
};

type Memory = Buffer<MockRegion>;
type Controlled<const N: usize> =
    Engine<Pl081Channel<MockSpace, MockRegion>, MockSignal, Memory, N>;

const LIMIT: Timeout = Timeout::secs(10);

#[expect(unsafe_code, reason = "opening a driver is a promise")]
fn open_edu(space: MockSpace) -> Result<EduChannel<MockSpace>, Refused<MockSpace>> {
    // SAFETY: each test opens one driver for a device that it made.
    unsafe { EduChannel::new(space) }
}

#[expect(unsafe_code, reason = "opening a driver is a promise")]
fn open_pl081(space: MockSpace) -> Result<Pl081<MockSpace>, Refused<MockSpace>> {
    // SAFETY: each test opens one driver for a device that it made.
    unsafe { Pl081::new(space) }
}

fn lend(device: &MockDevice, length: usize) -> Memory {
    let request = Request::bytes(length).within(AddressMask::bits(28));
    device.memory().allocate(request).unwrap()
}

fn patterned(device: &MockDevice, length: usize, seed: usize) -> Memory {
    let mut buffer = lend(device, length);
    for (at, byte) in buffer.bytes_mut().iter_mut().enumerate() {
        *byte = u8::try_from((at * 7 + at / 251 + seed) % 256).unwrap();
    }
    buffer
}

fn edu() -> (MockDevice, Engine<EduChannel<MockSpace>, MockSignal, Memory, 4>) {
    let device = Machine::new().plug(EduCard::new());
    device.set_bus_mastering(true).unwrap();
    let channel = open_edu(device.region(0).unwrap()).unwrap();
    let engine = Engine::new(channel, device.signal(0).unwrap()).unwrap();
    (device, engine)
}

/// A controller, and an engine of 32 jobs for its first channel with a ring of `depth`.
fn controlled(machine: &Machine, depth: usize) -> (MockDevice, Controlled<32>) {
    let device = machine.plug(Pl081Card::new());
    device.set_bus_mastering(true).unwrap();
    let (part, _) = open_pl081(device.region(0).unwrap()).unwrap().split();
    let ring = Pl081Channel::<MockSpace, MockRegion>::ring_request(depth);
    let ring = device.memory().allocate(ring).unwrap();
    let channel = part.open(ring, lend(&device, 32 * 1024)).unwrap();
    let engine = Engine::new(channel, device.signal(0).unwrap()).unwrap();
    (device, engine)
}

/// Sends a pattern to the card at `at` and fetches it back.
fn round_trip<C: Channel, const N: usize>(
    device: &MockDevice,
    engine: &mut Engine<C, MockSignal, Memory, N>,
    length: usize,
    at: u64,
) {
    let at = DeviceAddress::new(at);
    let sent = patterned(device, length, length);
    let expected = sent.bytes().to_vec();
    let ticket = engine.submit(sent, at, ToDevice).unwrap();
    engine.wait(ticket, LIMIT).unwrap();
    let ticket = engine.submit(lend(device, length), at, FromDevice).unwrap();
    let received = engine.wait(ticket, LIMIT).unwrap();
    assert!(received.bytes() == expected, "{length} bytes at {at}");
}

// Every length and offset that fits, odd ones included, comes back as it went.
#[test]
fn edu_brings_bytes_there_and_back() {
    let (device, mut engine) = edu();
    for (length, at) in [(1, 0x4_0000), (4096, 0x4_0000), (77, 0x4_0003), (1, 0x4_0fff)] {
        round_trip(&device, &mut engine, length, at);
    }
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// One doorbell a transfer, never one that the busy card would overlook.
#[test]
fn edu_is_rung_once_a_transfer() {
    let (device, mut engine) = edu();
    let at = DeviceAddress::new(0x4_0000);
    let jobs =
        [10, 20, 30].map(|length| engine.queue(lend(&device, length), at, ToDevice).unwrap());
    engine.kick();
    for job in jobs {
        engine.wait(job, LIMIT).unwrap();
    }
    assert_eq!(device.stores_to(0, 0x98), 3);
}

// A reset leaves edu's transfer running: nothing comes back before it has ended.
#[test]
fn edu_is_waited_for_after_a_reset() {
    let (device, mut engine) = edu();
    let at = DeviceAddress::new(0x4_0000);
    let job = engine.submit(lend(&device, 64), at, FromDevice).unwrap();
    let quiet = device.reset().unwrap();
    let before = device.machine().now();
    engine.recover(&quiet).unwrap();
    assert!(device.machine().now() >= before + 90_000_000, "a transfer takes 100 ms");
    device.resume(quiet).unwrap();
    let failed = engine.wait(job, LIMIT).unwrap_err();
    assert_eq!(failed.error().kind(), ErrorKind::WasReset);
    assert_eq!(failed.into_buffer().unwrap().bytes(), [0; 64], "nothing was written");
    round_trip(&device, &mut engine, 100, 0x4_0000);
}

// The part of edu without DMA, on a card that computes.
#[test]
fn edu_shows_signs_of_life() {
    let (device, _engine) = edu();
    let unit = EduUnit::new(device.region(0).unwrap()).unwrap();
    assert_eq!(unit.version(), (1, 0));
    assert!(unit.is_alive(0x1234_5678));
    assert_eq!(unit.factorial(10, 1_000), Ok(3_628_800));
}

// Each channel refuses the other's card.
#[test]
fn cards_are_not_mistaken_for_one_another() {
    let edu = backend_mock::edu();
    let refused = open_pl081(edu.region(0).unwrap()).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Gone, "edu answers with ones where it has nothing");
    let refused = open_edu(backend_mock::pl081().region(0).unwrap()).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Unsupported);
}

// Jobs shorter and longer than the ring, of every alignment, in memory of scattered pages.
#[test]
fn pl081_brings_bytes_there_and_back() {
    for trigger in [Trigger::Edge, Trigger::Level] {
        for depth in [1, 2, 5, 64] {
            let machine = Machine::builder().scattered().trigger(trigger).build();
            let (device, mut engine) = controlled(&machine, depth);
            for (length, at) in [(1, 0), (3, 1), (4096, 2), (20_001, 4_097), (32 * 1024, 0)] {
                round_trip(&device, &mut engine, length, at);
            }
            assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
        }
    }
}

// Many jobs queued at once end in order, with one doorbell if the ring holds them all, and never
// with more doorbells than segments.
#[test]
fn pl081_runs_batches_in_order() {
    for depth in (1..20).chain([32]) {
        let (device, mut engine) = controlled(&Machine::new(), depth);
        let jobs: Vec<_> = (0..32)
            .map(|job| {
                let at = DeviceAddress::new(job * 1000);
                let seed = usize::try_from(job).unwrap();
                engine.queue(patterned(&device, 900 + seed, seed), at, ToDevice).unwrap()
            })
            .collect();
        engine.kick();
        // The last one first: all others have ended by then.
        let last = *jobs.last().unwrap();
        engine.wait(last, LIMIT).unwrap();
        for job in &jobs[..31] {
            engine.try_take(*job).unwrap().unwrap();
        }
        let doorbells = device.stores_to(0, 0x110) - 1;
        assert!(doorbells <= if depth < 32 { 32 } else { 1 }, "{doorbells} for depth {depth}");

        let (channel, _) = engine.into_parts().unwrap();
        let (_, _, target) = channel.into_parts().unwrap();
        for (job, bytes) in target.bytes().chunks(1000).take(31).enumerate() {
            assert!(bytes[..900] == patterned(&device, 900, job).bytes()[..], "job {job}");
        }
    }
}

// What stands in the memory behind a PL081 is handed over with it, both ways: a device that does
// not see into caches reads what the CPU wrote there, and the CPU gets what the device wrote.
#[test]
fn pl081_takes_its_target_as_it_is() {
    for machine in [Machine::new(), Machine::builder().incoherent().build()] {
        let device = machine.plug(Pl081Card::new());
        device.set_bus_mastering(true).unwrap();
        let (first, second) = open_pl081(device.region(0).unwrap()).unwrap().split();
        let ring = Pl081Channel::<MockSpace, MockRegion>::ring_request(4);
        let ring = device.memory().allocate(ring).unwrap();
        let many = first.open(ring, patterned(&device, 8192, 3)).unwrap();
        let one: Pl081Single<_, _> = second.open_single(patterned(&device, 4096, 4)).unwrap();
        let mut many: Engine<_, _, Memory, 1> =
            Engine::new(many, device.signal(0).unwrap()).unwrap();
        let mut one: Engine<_, _, Memory, 1> = Engine::new(one, device.signal(0).unwrap()).unwrap();
        let start = DeviceAddress::new(0);

        let ticket = many.submit(lend(&device, 8192), start, FromDevice).unwrap();
        let read = many.wait(ticket, LIMIT).unwrap();
        assert!(read.bytes() == patterned(&device, 8192, 3).bytes());
        let ticket = one.submit(lend(&device, 4096), start, FromDevice).unwrap();
        let read = one.wait(ticket, LIMIT).unwrap();
        assert!(read.bytes() == patterned(&device, 4096, 4).bytes());

        let ticket = many.submit(patterned(&device, 8192, 5), start, ToDevice).unwrap();
        many.wait(ticket, LIMIT).unwrap();
        let (channel, _) = many.into_parts().unwrap();
        let (_, _, target) = channel.into_parts().unwrap();
        assert!(target.bytes() == patterned(&device, 8192, 5).bytes());
        assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
    }
}

// Both channels at once, on one interrupt line, with and without a ring.
#[test]
fn pl081_runs_both_channels() {
    let device = Machine::builder().trigger(Trigger::Level).build().plug(Pl081Card::new());
    device.set_bus_mastering(true).unwrap();
    let (first, second) = open_pl081(device.region(0).unwrap()).unwrap().split();
    let ring = Pl081Channel::<MockSpace, MockRegion>::ring_request(4);
    let ring = device.memory().allocate(ring).unwrap();
    let many = first.open(ring, lend(&device, 8192)).unwrap();
    let one: Pl081Single<_, _> = second.open_single(lend(&device, 8192)).unwrap();
    let mut many: Engine<_, _, Memory, 4> = Engine::new(many, device.signal(0).unwrap()).unwrap();
    let mut one: Engine<_, _, Memory, 1> = Engine::new(one, device.signal(0).unwrap()).unwrap();
    let start = DeviceAddress::new(0);
    for round in 0..20 {
        let long = many.submit(patterned(&device, 8000, round), start, ToDevice).unwrap();
        let short = one.submit(patterned(&device, 5000, round), start, ToDevice).unwrap();
        one.wait(short, LIMIT).unwrap();
        many.wait(long, LIMIT).unwrap();
        round_trip(&device, &mut one, 5001, 0);
        round_trip(&device, &mut many, 8001, 0);
    }
    assert_eq!((device.faults(), device.complaints()), (vec![], vec![]));
}

// A bus error fails the job with the device's word, and the channel works on.
#[test]
fn pl081_survives_a_bus_error() {
    let (device, mut engine) = controlled(&Machine::new(), 8);
    for segment in 1..4 {
        let job = engine.queue(lend(&device, 16_000), DeviceAddress::new(0), ToDevice).unwrap();
        let next = engine.queue(lend(&device, 100), DeviceAddress::new(0), ToDevice).unwrap();
        engine.kick();
        device.machine().advance(segment * 1_000 - 500);
        device.inject(Injection::FailAccesses(1));
        let failed = engine.wait(job, LIMIT).unwrap_err();
        assert_eq!(failed.error().kind(), ErrorKind::DeviceFault);
        assert_eq!(failed.into_buffer().unwrap().len(), 16_000);
        let aborted = engine.wait(next, LIMIT).unwrap_err();
        assert_eq!(aborted.error().kind(), ErrorKind::Aborted);
        round_trip(&device, &mut engine, 10_000, 5);
    }
}

// A job that is stopped half way leaves the controller quiet, and ready for the next one.
#[test]
fn pl081_stops_within_a_list() {
    let (device, mut engine) = controlled(&Machine::new(), 8);
    let job = engine.submit(lend(&device, 32_000), DeviceAddress::new(0), FromDevice).unwrap();
    let failed = engine.wait(job, Timeout::micros(3)).unwrap_err();
    assert_eq!(failed.error().kind(), ErrorKind::TimedOut);
    drop(failed.into_buffer().unwrap());
    let before = device.counters();
    device.machine().advance(1_000_000);
    assert_eq!(device.counters(), before, "nothing is under way any more");
    assert_eq!(device.faults(), []);
    round_trip(&device, &mut engine, 32_000, 0);
}

// A stuck controller keeps everything until a reset; then all of it comes back.
#[test]
fn pl081_recovers_by_reset() {
    let machine = Machine::new();
    let (device, mut engine) = controlled(&machine, 8);
    device.inject(Injection::Stuck { survives_reset: false });
    let job = engine.submit(lend(&device, 10_000), DeviceAddress::new(0), FromDevice).unwrap();
    let kept = engine.wait(job, Timeout::millis(1)).unwrap_err();
    assert_eq!(kept.error().kind(), ErrorKind::Stuck);
    let quiet = device.reset().unwrap();
    engine.recover(&quiet).unwrap();
    device.resume(quiet).unwrap();
    assert!(engine.wait(job, LIMIT).unwrap_err().into_buffer().is_some());
    round_trip(&device, &mut engine, 10_000, 0);
    drop((engine, device));
    assert!(machine.leaks().is_empty(), "{}", machine.leaks());
}
