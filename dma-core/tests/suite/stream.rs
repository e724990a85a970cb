//! Buffers that go round.
#![forbid(unsafe_code)]

use dma_core::{DeviceAddress, Direction, ErrorKind, Failed, Losses, Refused, Stream, Timeout};

use crate::futures::block_on;
use crate::world::{TestBuffer, TestChannel, TestSignal, World};

const CARD: DeviceAddress = DeviceAddress::new(0);
const SECOND: Timeout = Timeout::secs(1);

type TestStream<const N: usize> = Stream<TestChannel, TestSignal, TestBuffer, N>;

fn stream<const N: usize>(world: &World, direction: Direction) -> TestStream<N> {
    let mut stream = Stream::new(world.engine(), CARD, direction).unwrap();
    for seed in 0..N {
        stream.queue(world.buffer(&[seed as u8; 8])).unwrap();
    }
    stream
}

fn first_byte(lap: Option<Result<TestBuffer, Failed<TestBuffer>>>) -> u8 {
    lap.unwrap().unwrap().bytes()[0]
}

// Laps come in the order in which they were put, with what the card had at that moment.
#[test]
fn laps_come_in_order_from_the_card() {
    let world = World::new();
    let mut stream: TestStream<3> = stream(&world, Direction::FromDevice);
    assert_eq!(world.state().doorbells, 0, "nothing runs before the start");
    stream.start();
    assert_eq!(world.state().doorbells, 1);
    for lap in 0..20 {
        world.state().card[..8].fill(lap);
        let buffer = stream.next(SECOND).unwrap().unwrap();
        assert_eq!(buffer.bytes(), [lap; 8]);
        stream.put(buffer).unwrap();
    }
    assert_eq!((stream.overruns(), stream.held()), (0, 3));
    assert_eq!(world.state().doorbells, 21);
}

// Towards the card, what comes back is empty and is filled again.
#[test]
fn laps_reach_the_card_in_order() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::ToDevice);
    let mut seen = Vec::new();
    for lap in 2..10 {
        let mut buffer = stream.next(SECOND).unwrap().unwrap();
        seen.push(world.state().card[0]);
        buffer.bytes_mut().fill(lap);
        stream.put(buffer).unwrap();
    }
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7]);
}

// Several buffers that are queued while it runs share one doorbell: the first is not run alone,
// which would be an overrun before the second comes.
#[test]
fn queueing_rings_no_doorbell() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::ToDevice);
    let [first, second] = [(); 2].map(|()| stream.next(SECOND).unwrap().unwrap());
    let doorbells = world.state().doorbells;
    stream.queue(first).unwrap();
    stream.queue(second).unwrap();
    assert_eq!(world.state().doorbells, doorbells);
    stream.start();
    assert_eq!(world.state().doorbells, doorbells + 1);
}

// The card that finishes and finds no buffer is an overrun, once each time it runs dry.
#[test]
fn running_dry_is_counted_once() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::FromDevice);
    let first = stream.next(SECOND).unwrap().unwrap();
    assert_eq!(stream.overruns(), 0, "one more is with the card");
    let second = stream.next(SECOND).unwrap().unwrap();
    assert_eq!(stream.overruns(), 1);
    assert!(stream.next(SECOND).is_none(), "nothing is in the stream");
    assert!(stream.try_next().is_none());
    assert_eq!(stream.overruns(), 1);
    stream.put(first).unwrap();
    stream.put(second).unwrap();
    first_byte(stream.next(SECOND));
    assert_eq!(stream.overruns(), 1);
}

// A card that ran dry while the user had a buffer is noticed before the buffer goes back, which
// would hide it: whether the user looked meanwhile or not, the count is the same.
#[test]
fn putting_a_buffer_hides_no_overrun() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::FromDevice);
    let first = stream.next(SECOND).unwrap().unwrap();
    // Long enough for the card to fill the other one too.
    world.state().now += 1_000_000;
    stream.put(first).unwrap();
    assert_eq!(stream.overruns(), 1);
    world.state().now += 1_000_000;
    let second = stream.next(SECOND).unwrap().unwrap();
    stream.drain();
    world.state().now += 1_000_000;
    let first = stream.next(SECOND).unwrap().unwrap();
    stream.put(second).unwrap();
    stream.put(first).unwrap();
    assert_eq!(stream.overruns(), 1, "as it drained it could not overrun");
    let _ = stream.next(SECOND).unwrap().unwrap();
    assert_eq!((stream.held(), stream.overruns()), (1, 1));
}

// Queueing several rings no doorbell, not even by the look for an overrun.
#[test]
fn queueing_several_rings_once() {
    let world = World::new();
    let mut stream: TestStream<3> = stream(&world, Direction::FromDevice);
    let taken: Vec<_> = (0..3).map(|_| stream.next(SECOND).unwrap().unwrap()).collect();
    let before = world.state().doorbells;
    for buffer in taken {
        stream.queue(buffer).unwrap();
    }
    assert_eq!((world.state().doorbells, stream.overruns()), (before, 1));
    stream.start();
    assert_eq!(world.state().doorbells, before + 1);
}

// Running dry on purpose is not an overrun; putting a buffer ends the draining.
#[test]
fn draining_counts_no_overrun() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::FromDevice);
    stream.start();
    stream.drain();
    let kept = stream.next(SECOND).unwrap().unwrap();
    first_byte(stream.next(SECOND));
    assert_eq!(stream.overruns(), 0);
    stream.put(kept).unwrap();
    first_byte(stream.next(SECOND));
    assert_eq!(stream.overruns(), 1);
}

// Looking finds a lap when it is done and not before, and starts a stream that was not started.
#[test]
fn looking_does_not_wait() {
    let world = World::new();
    let mut stream: TestStream<1> = stream(&world, Direction::FromDevice);
    assert!(stream.try_next().is_none());
    assert_eq!(world.state().doorbells, 1);
    world.state().now += 1_000;
    first_byte(stream.try_next());
}

// A task waits for laps as a thread does.
#[test]
fn laps_come_as_futures() {
    let world = World::new();
    let mut stream: TestStream<2> = stream(&world, Direction::ToDevice);
    assert_eq!(first_byte(block_on(stream.next_ready(SECOND)).0), 0);
    assert_eq!(first_byte(block_on(stream.next_ready(SECOND)).0), 1);
    assert!(block_on(stream.next_ready(SECOND)).0.is_none());
    assert_eq!(stream.overruns(), 1);
}

// After a fault every buffer comes back, in order, and the stream goes on with them.
#[test]
fn a_fault_loses_no_buffer() {
    let world = World::new();
    world.state().fault_at = Some(1);
    let mut stream: TestStream<3> = stream(&world, Direction::ToDevice);
    let mut buffers = vec![stream.next(SECOND).unwrap().unwrap()];
    for kind in [ErrorKind::DeviceFault, ErrorKind::Aborted] {
        let Some(Err(Failed::Returned(refused))) = stream.next(SECOND) else { panic!("returned") };
        assert_eq!(refused.error.kind(), kind);
        buffers.push(refused.buffer);
    }
    assert!(stream.next(SECOND).is_none());
    for (number, buffer) in buffers.into_iter().enumerate() {
        assert_eq!(buffer.bytes()[0], number as u8);
        stream.put(buffer).unwrap();
    }
    assert_eq!([0; 3].map(|_| first_byte(stream.next(SECOND))), [0, 1, 2]);
}

// A buffer too many comes back, and so does one of another device.
#[test]
fn what_does_not_fit_comes_back() {
    let world = World::new();
    let mut stream: TestStream<1> = stream(&world, Direction::ToDevice);
    let Refused { buffer, error } = stream.put(world.buffer(&[7; 8])).unwrap_err();
    assert_eq!((error.kind(), buffer.bytes()[0]), (ErrorKind::Busy, 7));
    first_byte(stream.next(SECOND));
    let Refused { buffer, error } = stream.put(World::new().buffer(&[8; 8])).unwrap_err();
    assert_eq!((error.kind(), buffer.bytes()[0]), (ErrorKind::OtherDomain, 8));
    assert_eq!(stream.held(), 0);
}

// Stopping returns every buffer in order, and an engine that works.
#[test]
fn stop_returns_buffers_and_engine() {
    let world = World::new();
    let mut stream: TestStream<3> = stream(&world, Direction::ToDevice);
    stream.start();
    world.state().now += 100;
    assert!(first_byte(stream.try_next()) == 0);
    let mut back = Vec::new();
    let engine = stream
        .stop(|lap| match lap {
            Ok(buffer) => back.push((buffer.bytes()[0], None)),
            Err(refused) => back.push((refused.buffer.bytes()[0], Some(refused.error.kind()))),
        })
        .unwrap();
    assert_eq!(back, [(1, Some(ErrorKind::Aborted)), (2, Some(ErrorKind::Aborted))]);
    assert_eq!((engine.held(), world.state().lent), (0, 0));
    let mut again: TestStream<3> = Stream::new(engine, CARD, Direction::ToDevice).unwrap();
    again.put(world.buffer(&[5; 8])).unwrap();
    assert_eq!(first_byte(again.next(SECOND)), 5);
}

// A card that does not stop keeps buffers and stream; after a reset both come back.
#[test]
fn a_stuck_stream_comes_back_after_a_reset() {
    let world = World::new();
    let mut stream: TestStream<3> = stream(&world, Direction::ToDevice);
    first_byte(stream.next(SECOND));
    {
        let mut state = world.state();
        state.stuck = true;
        state.latency = u64::MAX / 4;
        state.queue.iter_mut().for_each(|entry| entry.due = Some(u64::MAX / 2));
    }
    let Some(Err(Failed::Kept(_))) = stream.next(SECOND) else { panic!("kept") };
    let Refused { buffer: mut stream, error } =
        stream.stop(|_| panic!("nothing may come back")).unwrap_err();
    assert_eq!((error.kind(), stream.held()), (ErrorKind::Stuck, 2));
    let quiet = world.reset();
    stream.recover(&quiet).unwrap();
    let mut back = Vec::new();
    stream.stop(|lap| back.push(lap.unwrap_err().buffer.bytes()[0])).unwrap();
    assert_eq!(back, [1, 2]);
}

// An engine that holds jobs of its own is not taken for a stream.
#[test]
fn a_busy_engine_is_refused() {
    let world = World::new();
    let mut engine: crate::world::TestEngine<1> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let refused = Stream::new(engine, CARD, Direction::ToDevice).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Busy);
    let mut engine = refused.buffer;
    engine.wait(ticket, SECOND).unwrap();
}

// What the card counts by itself is read from the card.
#[test]
fn the_cards_own_losses_are_read() {
    struct Counter(u64);
    impl Losses for Counter {
        fn lost(&mut self) -> u64 {
            self.0 += 3;
            self.0
        }
    }
    let world = World::new();
    let plain: TestStream<1> = stream(&world, Direction::FromDevice);
    let mut counting = plain.with_losses(Counter(4));
    assert_eq!((counting.lost(), counting.lost()), (7, 10));
    first_byte(counting.next(SECOND));
    let mut counter = Counter(0);
    let mut borrowed = stream::<1>(&world, Direction::FromDevice).with_losses(&mut counter);
    assert_eq!(borrowed.lost(), 3);
    let mut plain = stream::<1>(&world, Direction::FromDevice);
    assert_eq!(plain.lost(), 0);
}
