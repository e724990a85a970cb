//! Wrappers around register spaces and channels.

use std::cell::Cell;

use dma_core::{
    Access, Channel, DeviceAddress, Direction, Engine, Event, Faulty, Histogram, Narrow, Observed,
    Plan, Recorder, RegisterSpace, Shared, Timeout, Traced, VanishAfter,
};

use crate::world::{TestBuffer, TestChannel, TestRegion, TestSignal, World, limits};

fn ring(world: &World) -> Shared<TestRegion> {
    Shared::new(world.buffer(&[0; 64])).unwrap()
}

fn load<T, S: Access<T>>(space: &S, offset: usize) -> T {
    assert!(offset + size_of::<T>() <= space.size());
    // SAFETY: inside, aligned by every test, and plain memory.
    unsafe { space.load(offset) }
}

fn store<T, S: Access<T>>(space: &S, offset: usize, value: T) {
    assert!(offset + size_of::<T>() <= space.size());
    // SAFETY: inside, aligned by every test, and plain memory.
    unsafe { space.store(offset, value) }
}

// Every access is told once, with its width, its value and the offset in the outermost space.
#[test]
fn traced_tells_every_access() {
    let world = World::new();
    let ring = ring(&world);
    let recorder: Recorder<16> = Recorder::new();
    let space = Traced::new(ring.view(), &recorder);
    store(&space, 8, 0x1122_3344_5566_7788_u64);
    let outer = space.narrow(8, 32).unwrap();
    let inner = outer.narrow(4, 8).unwrap();
    assert_eq!(load::<u16, _>(&inner, 2), 0x1122);
    inner.release();
    inner.acquire();
    assert!(inner.narrow(8, 1).is_none());
    let expected = [
        Event::Store { offset: 8, width: 8, value: 0x1122_3344_5566_7788 },
        Event::Load { offset: 14, width: 2, value: 0x1122 },
        Event::Release,
        Event::Acquire,
    ];
    assert_eq!(recorder.iter().collect::<Vec<_>>(), expected);
    assert_eq!((space.size(), space.alignment()), (64, ring.view().alignment()));
    assert_eq!(expected[0].to_string(), "store 0x0008 <- 0x1122334455667788");
    assert_eq!(expected[1].to_string(), "load  0x000e -> 0x1122");
}

// What orders accesses goes through every wrapper to the space that it is about.
#[test]
fn wrappers_pass_the_order_on() {
    let world = World::new();
    let ring = ring(&world);
    let told = [Event::Release, Event::Acquire];
    let order = |space: &dyn RegisterSpace| {
        space.release();
        space.acquire();
    };
    let [outer, inner]: [Recorder<4>; 2] = [Recorder::new(), Recorder::new()];
    order(&Traced::new(Traced::new(ring.view(), &inner), &outer));
    assert_eq!(outer.iter().collect::<Vec<_>>(), told);
    assert_eq!(inner.iter().collect::<Vec<_>>(), told);
    let inner: Recorder<4> = Recorder::new();
    let plan = VanishAfter::new(9);
    // SAFETY: plain memory is behind it.
    order(&unsafe { Faulty::new(Traced::new(ring.view(), &inner), &plan) });
    assert_eq!(inner.iter().collect::<Vec<_>>(), told);
    let inner: Recorder<4> = Recorder::new();
    // A borrowed space, as channels may be given one.
    order(&&Traced::new(ring.view(), &inner));
    assert_eq!(inner.iter().collect::<Vec<_>>(), told);
}

// A recorder keeps the newest events in order, and counts all.
#[test]
fn a_recorder_keeps_the_newest() {
    let recorder: Recorder<3> = Recorder::default();
    assert!(recorder.is_empty() && recorder.get(0).is_none());
    let event = |value| Event::Load { offset: 0, width: 1, value };
    for value in 0..5 {
        recorder.record(event(value));
    }
    assert_eq!(recorder.iter().collect::<Vec<_>>(), [event(2), event(3), event(4)]);
    assert_eq!((recorder.total(), recorder.len(), recorder.get(3)), (5, 3, None));
    recorder.clear();
    assert_eq!((recorder.total(), recorder.iter().count()), (0, 0));
    recorder.record(event(9));
    assert_eq!(recorder.iter().collect::<Vec<_>>(), [event(9)]);
}

struct Script {
    seen: Cell<u32>,
}

impl Plan for Script {
    fn load(&self, offset: usize, width: usize, value: u64) -> u64 {
        self.seen.set(self.seen.get() + 1);
        if (offset, width) == (20, 4) { value | 0xff00_0000_0080 } else { value }
    }

    fn store(&self, offset: usize, _width: usize, value: u64) -> Option<u64> {
        match offset {
            24 => None,
            28 => Some(value + 1),
            _ => Some(value),
        }
    }
}

// A plan forges loads, changes stores and swallows them, at the offsets of the outermost space.
#[test]
fn faulty_follows_its_plan() {
    let world = World::new();
    let ring = ring(&world);
    let plan = Script { seen: Cell::new(0) };
    // SAFETY: plain memory is behind it.
    let space = unsafe { Faulty::new(ring.view(), &plan) };
    let part = space.narrow(16, 32).unwrap();
    for offset in [0, 4, 8, 12] {
        store(&part, offset, 1_u32);
    }
    let loaded = [0, 4, 8, 12].map(|offset| load::<u32, _>(&part, offset));
    assert_eq!(loaded, [1, 0x81, 0, 2], "surplus bits are cut off");
    assert_eq!(load::<u32, _>(&ring.view(), 20), 1, "the memory has what was stored");
    assert_eq!((plan.seen.get(), part.domain()), (4, ring.domain()));
}

// A vanished card answers all ones in every width, and takes nothing any more.
#[test]
fn a_card_vanishes_after_so_many_accesses() {
    let world = World::new();
    let ring = ring(&world);
    let plan = VanishAfter::new(2);
    // SAFETY: plain memory is behind it.
    let space = unsafe { Faulty::new(ring.view(), &plan) };
    store(&space, 0, 5_u32);
    assert_eq!(load::<u32, _>(&space, 0), 5);
    store(&space, 0, 6_u32);
    assert_eq!(load::<u8, _>(&space, 0), u8::MAX);
    assert_eq!(load::<u64, _>(&space, 0), u64::MAX);
    assert_eq!(load::<u32, _>(&ring.view(), 0), 5);
}

type Watched<K, const TIMES: usize> =
    Engine<Observed<TestChannel, K, TIMES>, TestSignal, TestBuffer, 8>;

fn watched<const TIMES: usize>(world: &World) -> Watched<impl Fn() -> u64 + use<TIMES>, TIMES> {
    let clock = world.clone();
    let channel = Observed::new(world.channel(), move || clock.state().now);
    Engine::new(channel, world.signal()).unwrap()
}

// Through an engine: everything that passed is counted, and each segment's time entered.
#[test]
fn observed_counts_what_passes() {
    let world = World::with_limits(limits(4));
    let mut engine = watched::<8>(&world);
    let card = DeviceAddress::new(0);
    let tickets = [10, 20, 30]
        .map(|length| engine.queue(world.buffer(&vec![0; length]), card, Direction::ToDevice));
    engine.kick();
    assert!(engine.try_take(*tickets[0].as_ref().unwrap()).is_none());
    for ticket in tickets {
        engine.wait(ticket.unwrap(), Timeout::secs(1)).unwrap();
    }
    let seen = engine.channel().statistics();
    assert_eq!((seen.segments, seen.bytes, seen.completed), (3, 60, 3));
    assert_eq!((seen.doorbells, seen.deepest, seen.untimed), (1, 3, 0));
    assert_eq!((seen.faults, seen.quiesced), (0, 0));
    assert!(seen.polls_with_result >= 1 && seen.polls_without_result >= 1);
    // 100, 200 and 300 ns, each and a few for the polls.
    let counts = seen.service_times.counts();
    assert_eq!((counts[7], counts[8], counts[9], seen.service_times.total()), (1, 1, 1, 3));
    assert_eq!(engine.channel().inner().room(), 4);
}

// Faults and what follows are counted, and nothing of the aborted jobs is left behind.
#[test]
fn observed_counts_faults() {
    let world = World::new();
    world.state().fault_at = Some(0);
    let mut engine = watched::<8>(&world);
    let card = DeviceAddress::new(0);
    for round in 1..3 {
        let ticket = engine.submit(world.buffer(&[0; 8]), card, Direction::ToDevice).unwrap();
        assert_eq!(engine.wait(ticket, Timeout::secs(1)).is_ok(), round == 2);
    }
    let seen = engine.channel().statistics();
    assert_eq!((seen.faults, seen.quiesced, seen.completed, seen.deepest), (1, 1, 1, 1));
    assert_eq!(seen.service_times.total(), 1);
}

// With more in flight than times are kept, some are not timed, and no time is another segment's.
#[test]
fn more_segments_than_times_are_not_mixed_up() {
    let world = World::new();
    let now = Cell::new(0);
    let mut channel: Observed<_, _, 2> = Observed::new(world.channel(), || now.get());
    let buffer = world.buffer(&[0; 8]);
    let segment = dma_core::Segment {
        host: dma_core::DmaBuffer::run(&buffer, 0, 8).0,
        device: DeviceAddress::new(0),
        length: 8,
        direction: Direction::ToDevice,
        last: true,
    };
    let start = |channel: &mut Observed<_, _, 2>, time| {
        now.set(time);
        // SAFETY: there is room, and the buffer lives until the end of the test.
        unsafe { channel.push(segment) };
        channel.kick();
    };
    for time in [0, 0, 1_000] {
        start(&mut channel, time);
    }
    // The first ends; the third is still without a time, so the fourth gets none either.
    world.state().now = 1_100;
    assert_eq!(channel.poll(), Ok(1));
    start(&mut channel, 1_000_000);
    world.state().now = 10_000;
    assert_eq!(channel.poll(), Ok(3));
    start(&mut channel, 2_000_000);
    now.set(2_000_004);
    world.state().now = 20_000;
    assert_eq!(channel.poll(), Ok(1));
    let seen = channel.statistics();
    assert_eq!((seen.completed, seen.untimed, seen.service_times.total()), (5, 2, 3));
    assert_eq!(seen.service_times.counts()[3], 1, "four nanoseconds");
    assert_eq!(seen.service_times.counts()[10], 1, "a thousand");
}

// Buckets are powers of two, and the last one is open.
#[test]
fn buckets_are_powers_of_two() {
    let buckets = [0, 1, 2, 3, 4, 1023, 1024, u64::MAX].map(Histogram::bucket);
    assert_eq!(buckets, [0, 1, 2, 2, 3, 10, 11, Histogram::BUCKETS - 1]);
    for bucket in 0..Histogram::BUCKETS {
        assert_eq!(Histogram::bucket(Histogram::shortest(bucket)), bucket);
    }
}
