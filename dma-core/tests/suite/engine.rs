//! The engine where everything goes well, and where jobs are refused.
#![forbid(unsafe_code)]

use dma_core::{
    AddressMask, Allocate, DeviceAddress, Direction, ErrorKind, Failed, Limits, Request, Timeout,
};

use crate::world::{TestBuffer, TestEngine, World, limits};

const SECOND: Timeout = Timeout::secs(1);
const CARD: DeviceAddress = DeviceAddress::new(0);

fn pattern(length: usize, seed: u8) -> Vec<u8> {
    (0..length).map(|number| (number as u8).wrapping_mul(7).wrapping_add(seed)).collect()
}

fn refused(result: Result<dma_core::Ticket, dma_core::Refused<TestBuffer>>) -> ErrorKind {
    result.unwrap_err().error.kind()
}

// Bytes go to the card and come back, in memory that the device sees in many pieces.
#[test]
fn scattered_memory_goes_round_trip() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let bytes = pattern(1000, 3);
    let lender = world.lender(64);
    let mut out = lender.allocate(Request::bytes(1000)).unwrap();
    out.copy_in(&bytes).unwrap();
    let back = lender.allocate(Request::bytes(1000)).unwrap();

    let ticket = engine.submit(out, CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, SECOND).unwrap();
    let ticket = engine.submit(back, CARD, Direction::FromDevice).unwrap();
    let back = engine.spin(ticket, SECOND).unwrap();

    assert_eq!(back.bytes(), bytes);
    let state = world.state();
    assert_eq!(state.log.len(), 32, "sixteen runs each way");
    assert_eq!((state.violations, state.syncs_to_device, state.syncs_to_cpu), (0, 2, 2));
}

// Jobs that are queued share one doorbell, and run in the order in which they were queued.
#[test]
fn a_batch_rings_once_and_keeps_its_order() {
    let world = World::new();
    let mut engine: TestEngine<4> = world.engine();
    let tickets = [1_u8, 2, 3, 4]
        .map(|seed| engine.queue(world.buffer(&[seed; 16]), CARD, Direction::ToDevice).unwrap());
    assert_eq!(world.state().doorbells, 0);
    engine.kick();
    engine.kick();
    assert_eq!(world.state().doorbells, 1);
    // Taken in another order than queued.
    for (ticket, seed) in tickets.into_iter().zip(1_u8..=4).rev() {
        assert_eq!(engine.wait(ticket, SECOND).unwrap().bytes(), [seed; 16]);
    }
    let state = world.state();
    assert_eq!(state.card[..16], [4; 16], "the last one wrote last");
    assert!(state.log.iter().all(|segment| segment.last));
    assert_eq!((state.doorbells, engine.ran_dry()), (1, 1));
}

// A job with more pieces than the ring has room for is fed piece by piece.
#[test]
fn a_job_longer_than_the_ring_is_fed() {
    for depth in 1..5 {
        let world = World::with_limits(limits(depth));
        let mut engine: TestEngine<2> = world.engine();
        let mut buffer = world.lender(16).allocate(Request::bytes(1000)).unwrap();
        buffer.copy_in(&pattern(1000, 9)).unwrap();
        let first = engine.queue(buffer, CARD, Direction::ToDevice).unwrap();
        let second = engine.queue(world.buffer(&[5; 8]), CARD, Direction::ToDevice).unwrap();
        engine.wait(second, SECOND).unwrap();
        engine.try_take(first).unwrap().unwrap();
        let state = world.state();
        assert_eq!(state.card[..8], [5; 8], "depth {depth}");
        assert_eq!(state.card[8..1000], pattern(1000, 9)[8..], "depth {depth}");
        assert_eq!(state.violations, 0);
    }
}

// What cannot work is refused with its reason, and the buffer comes back untouched.
#[test]
fn what_cannot_work_is_refused_with_the_buffer() {
    let world = World::new();
    let other = World::new();
    let mut engine: TestEngine<1> = world.engine();
    let refusal = engine.queue(other.buffer(&[7; 8]), CARD, Direction::ToDevice).unwrap_err();
    assert_eq!(refusal.error.kind(), ErrorKind::OtherDomain);
    assert_eq!(refusal.buffer.bytes(), [7; 8]);

    let (empty, whole) = world.buffer(&[1; 8]).split_at(0).unwrap();
    assert_eq!(refused(engine.queue(empty, CARD, Direction::ToDevice)), ErrorKind::Empty);
    let outside = DeviceAddress::new(4096);
    assert_eq!(refused(engine.queue(whole, outside, Direction::ToDevice)), ErrorKind::OutOfReach);

    let kept = engine.queue(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let refusal = engine.queue(world.buffer(&[1; 8]), CARD, Direction::ToDevice);
    assert_eq!(refused(refusal), ErrorKind::Busy);
    engine.wait(kept, SECOND).unwrap();
    assert_eq!(other.state().lent, 1, "the refused one lives");
    drop(engine);
    assert_eq!(world.state().lent, 0);
}

// Mask, direction and alignment of the channel are checked against every run of the buffer.
#[test]
fn limits_of_the_channel_are_checked() {
    let aligned = Limits { alignment: 8, ..limits(4) };
    let world = World::with_limits(aligned);
    let mut engine: TestEngine<4> = world.engine();
    let (_, odd) = world.buffer(&[0; 32]).split_at(4).unwrap();
    assert_eq!(refused(engine.queue(odd, CARD, Direction::ToDevice)), ErrorKind::Misaligned);
    let at = DeviceAddress::new(4);
    let even = world.buffer(&[0; 32]);
    assert_eq!(refused(engine.queue(even, at, Direction::ToDevice)), ErrorKind::Misaligned);
    // An odd length is fine in one run: only the job's last piece is odd.
    let ticket = engine.submit(world.buffer(&[0; 13]), CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, SECOND).unwrap();

    let narrow = Limits { mask: AddressMask::bits(20), ..limits(4) };
    let world = World::with_limits(narrow);
    let mut engine: TestEngine<4> = world.engine();
    let high = world.buffer(&[0; 32]);
    assert_eq!(refused(engine.queue(high, CARD, Direction::ToDevice)), ErrorKind::OutOfReach);

    let one_way = Limits { directions: Direction::ToDevice.into(), ..limits(4) };
    let world = World::with_limits(one_way);
    let mut engine: TestEngine<4> = world.engine();
    let buffer = world.buffer(&[0; 32]);
    let refusal = engine.queue(buffer, CARD, Direction::FromDevice);
    assert_eq!(refused(refusal), ErrorKind::WrongDirection);
}

// Limits that contradict themselves are found before anything runs, and the parts come back.
#[test]
fn nonsense_limits_are_refused() {
    let nonsense = [
        Limits { alignment: 3, ..limits(4) },
        Limits { alignment: 0, ..limits(4) },
        Limits { max_segment: 0, ..limits(4) },
        Limits { alignment: 16, max_segment: 8, ..limits(4) },
        Limits { boundary: 48, ..limits(4) },
        Limits { alignment: 16, boundary: 8, ..limits(4) },
        limits(0),
    ];
    for limits in nonsense {
        let world = World::with_limits(limits);
        let made: Result<TestEngine<1>, _> = dma_core::Engine::new(world.channel(), world.signal());
        assert_eq!(made.unwrap_err().error.kind(), ErrorKind::Unsupported, "{limits:?}");
    }
}

// A ticket opens one job once; stale, swapped and foreign ones are told apart.
#[test]
fn tickets_open_only_their_own_job() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let mut twin: TestEngine<2> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    assert!(matches!(twin.try_take(ticket), Some(Err(Failed::NoSuchJob(_)))));
    engine.wait(ticket, SECOND).unwrap();
    let next = engine.submit(world.buffer(&[2; 8]), CARD, Direction::ToDevice).unwrap();
    assert_eq!(next.slot(), ticket.slot());
    assert!(matches!(engine.wait(ticket, SECOND), Err(Failed::NoSuchJob(_))));
    assert_eq!(engine.wait(next, SECOND).unwrap().bytes(), [2; 8]);
}

// A job whose ticket was dropped runs on, and its buffer is freed with the engine.
#[test]
fn a_forgotten_ticket_loses_nothing() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let _ = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let second = engine.submit(world.buffer(&[2; 8]), CARD, Direction::ToDevice).unwrap();
    engine.wait(second, SECOND).unwrap();
    assert_eq!((engine.in_flight(), engine.held(), world.state().lent), (0, 1, 1));
    drop(engine);
    assert_eq!(world.state().lent, 0);
}

// A job that is longer than the card's memory goes round it.
#[test]
fn device_addresses_go_round_the_window() {
    let world = World::new();
    let mut engine: TestEngine<1> = world.engine();
    let at = DeviceAddress::new(4096 - 100);
    let ticket = engine.submit(world.buffer(&[9; 4096 + 200]), at, Direction::ToDevice).unwrap();
    engine.wait(ticket, SECOND).unwrap();
    let state = world.state();
    let pieces: Vec<_> = state.log.iter().map(|s| (s.device.get(), s.length, s.last)).collect();
    assert_eq!(pieces, [(3996, 100, false), (0, 4096, false), (0, 100, true)]);
}

// An engine is taken apart only when it holds nothing.
#[test]
fn an_empty_engine_comes_apart() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let refusal = engine.into_parts().unwrap_err();
    assert_eq!(refusal.error.kind(), ErrorKind::Busy);
    let mut engine = refusal.buffer;
    engine.wait(ticket, SECOND).unwrap();
    let (channel, signal) = engine.into_parts().unwrap();
    let mut engine: TestEngine<1> = dma_core::Engine::new(channel, signal).unwrap();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, SECOND).unwrap();
}

// Interrupts that never come cost time, not jobs: the engine looks at an interval if asked to.
#[test]
fn lost_interrupts_are_survived() {
    let world = World::new();
    world.state().interrupts_lost = true;
    let mut engine: TestEngine<1> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, SECOND).unwrap();
    assert!(world.state().now >= 1_000_000_000, "found by the last look at the deadline");

    engine.look_at_least_every(Timeout::micros(1));
    let before = world.state().now;
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, Timeout::NEVER).unwrap();
    assert!(world.state().now - before <= 2_000);
}

// What ends between the look at the device and the re-arming of its interrupt is found: nothing
// would ever fire for it again.
#[test]
fn what_ends_while_rearming_is_found() {
    let world = World::new();
    world.state().rearm_takes = 1_000;
    let mut engine: TestEngine<1> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    engine.wait(ticket, Timeout::NEVER).unwrap();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let (result, _) = crate::futures::block_on(engine.completion(ticket, Timeout::NEVER));
    result.unwrap();
}

// A look rings for what was queued before it asks the device.
#[test]
fn a_look_rings_first() {
    let world = World::new();
    world.state().latency = 0;
    let mut engine: TestEngine<1> = world.engine();
    let ticket = engine.queue(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    engine.try_take(ticket).unwrap().unwrap();
}
