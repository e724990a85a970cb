//! The engine when the device misbehaves: nothing lost, nothing given back early.
#![forbid(unsafe_code)]

use dma_core::{DeviceAddress, Direction, ErrorKind, Failed, Refused, Ticket, Timeout};

use crate::world::{TestBuffer, TestEngine, World};

const CARD: DeviceAddress = DeviceAddress::new(0);
const SECOND: Timeout = Timeout::secs(1);

fn submit<const N: usize>(engine: &mut TestEngine<N>, world: &World, seed: u8) -> Ticket {
    engine.submit(world.buffer(&[seed; 8]), CARD, Direction::ToDevice).unwrap()
}

/// The kind of a failure that gave the buffer back, and its first byte.
fn returned(result: Result<TestBuffer, Failed<TestBuffer>>) -> (ErrorKind, u8) {
    match result {
        Err(Failed::Returned(Refused { buffer, error })) => (error.kind(), buffer.bytes()[0]),
        other => panic!("expected a failed job with its buffer, got {other:?}"),
    }
}

// After the limit the device is made quiet: the job timed out, the others are aborted.
#[test]
fn a_time_out_ends_every_job() {
    let world = World::new();
    world.state().latency = 2_000_000_000;
    let mut engine: TestEngine<4> = world.engine();
    let first = submit(&mut engine, &world, 1);
    let second = submit(&mut engine, &world, 2);
    assert_eq!(returned(engine.wait(second, SECOND)), (ErrorKind::TimedOut, 2));
    assert_eq!(returned(engine.try_take(first).unwrap()), (ErrorKind::Aborted, 1));
    assert_eq!(engine.stuck(), None);
    // And it goes on.
    world.state().latency = 10;
    let third = submit(&mut engine, &world, 3);
    assert_eq!(engine.spin(third, SECOND).unwrap().bytes(), [3; 8]);
}

// A limit of zero looks once and does not wait.
#[test]
fn a_limit_of_zero_does_not_wait() {
    let world = World::new();
    let mut engine: TestEngine<1> = world.engine();
    let ticket = submit(&mut engine, &world, 1);
    let before = world.state().now;
    assert_eq!(returned(engine.wait(ticket, Timeout::nanos(0))).0, ErrorKind::TimedOut);
    assert!(world.state().now - before < 10);
}

// A fault is the oldest job's; jobs that had ended before stay well.
#[test]
fn a_fault_is_blamed_on_the_oldest_job() {
    let world = World::new();
    world.state().fault_at = Some(1);
    let mut engine: TestEngine<4> = world.engine();
    let tickets = [1, 2, 3].map(|seed| submit(&mut engine, &world, seed));
    engine.wait(tickets[0], SECOND).unwrap();
    assert_eq!(returned(engine.wait(tickets[1], SECOND)), (ErrorKind::DeviceFault, 2));
    assert_eq!(returned(engine.wait(tickets[2], SECOND)), (ErrorKind::Aborted, 3));
    assert_eq!(world.state().quiesced, 1);
}

// A device that counts more than it was given is not believed at all.
#[test]
fn an_impossible_count_is_a_fault() {
    let world = World::new();
    world.state().over_count = 2;
    let mut engine: TestEngine<4> = world.engine();
    let tickets = [1, 2].map(|seed| submit(&mut engine, &world, seed));
    assert_eq!(returned(engine.wait(tickets[0], SECOND)), (ErrorKind::DeviceFault, 1));
    assert_eq!(returned(engine.wait(tickets[1], SECOND)), (ErrorKind::Aborted, 2));
}

// A device that does not stop keeps its buffers, until a reset proves it quiet.
#[test]
fn a_stuck_engine_keeps_its_buffers_until_recovered() {
    let world = World::new();
    let mut engine: TestEngine<4> = world.engine();
    let done = submit(&mut engine, &world, 9);
    engine.wait(done, SECOND).unwrap();
    let ended = submit(&mut engine, &world, 8);
    let later = submit(&mut engine, &world, 7);
    engine.wait(later, SECOND).unwrap();
    {
        let mut state = world.state();
        state.latency = u64::MAX / 2;
        state.stuck = true;
    }
    let first = submit(&mut engine, &world, 1);
    let second = submit(&mut engine, &world, 2);
    for _ in 0..2 {
        let Err(Failed::Kept(error)) = engine.wait(first, SECOND) else { panic!("kept") };
        assert_eq!(error.kind(), ErrorKind::Stuck);
    }
    assert_eq!(engine.stuck().unwrap().kind(), ErrorKind::Stuck);
    // A job that had ended before is not held back.
    assert_eq!(engine.try_take(ended).unwrap().unwrap().bytes(), [8; 8]);
    let refusal = engine.queue(world.buffer(&[3; 8]), CARD, Direction::ToDevice).unwrap_err();
    assert_eq!(refusal.error.kind(), ErrorKind::Stuck);
    let stopped = engine.stop(|_, _| panic!("nothing may come back")).unwrap_err();
    assert_eq!(stopped.kind(), ErrorKind::Stuck);

    // The proof of another device's reset is not enough.
    let other = World::new().reset();
    assert_eq!(engine.recover(&other).unwrap_err().kind(), ErrorKind::WasReset);
    assert_eq!(engine.held(), 2);

    let quiet = world.reset();
    engine.recover(&quiet).unwrap();
    assert_eq!(returned(engine.wait(first, SECOND)), (ErrorKind::Stuck, 1));
    assert_eq!(returned(engine.wait(second, SECOND)), (ErrorKind::Aborted, 2));
    world.state().latency = 1;
    let again = submit(&mut engine, &world, 4);
    engine.wait(again, SECOND).unwrap();
}

// A reset behind the engine's back is noticed, also between queueing and the doorbell.
#[test]
fn a_reset_is_noticed_before_the_doorbell() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let ticket = engine.queue(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let quiet = world.reset();
    engine.kick();
    assert_eq!(world.state().doorbells, 0);
    let Some(Err(Failed::Kept(error))) = engine.try_take(ticket) else { panic!("kept") };
    assert_eq!(error.kind(), ErrorKind::WasReset);
    let refusal = engine.queue(world.buffer(&[3; 8]), CARD, Direction::ToDevice).unwrap_err();
    assert_eq!(refusal.error.kind(), ErrorKind::WasReset);
    engine.recover(&quiet).unwrap();
    assert_eq!(returned(engine.wait(ticket, SECOND)), (ErrorKind::WasReset, 1));
}

// An engine whose channel lost its configuration does not come apart before it was recovered.
#[test]
fn a_reset_engine_must_be_recovered_before_it_comes_apart() {
    let world = World::new();
    let engine: TestEngine<2> = world.engine();
    let quiet = world.reset();
    let refusal = engine.into_parts().unwrap_err();
    assert_eq!(refusal.error.kind(), ErrorKind::WasReset);
    let mut engine = refusal.buffer;
    engine.recover(&quiet).unwrap();
    engine.into_parts().unwrap();
}

// A device that vanished cannot be known to be quiet.
#[test]
fn a_vanished_device_keeps_the_buffers() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let ticket = submit(&mut engine, &world, 1);
    world.state().gone = true;
    let Err(Failed::Kept(error)) = engine.wait(ticket, SECOND) else { panic!("kept") };
    assert_eq!(error.kind(), ErrorKind::Gone);
    drop(engine);
    assert_eq!(world.state().lent, 1, "leaked, since the device may come back");
}

// Dropping an engine in mid-flight frees the buffers only once the device is quiet.
#[test]
fn dropping_an_engine_frees_or_leaks() {
    for (stuck, left) in [(false, 0), (true, 2)] {
        let world = World::new();
        let mut engine: TestEngine<4> = world.engine();
        let first = submit(&mut engine, &world, 1);
        let _ = submit(&mut engine, &world, 2);
        let _ = submit(&mut engine, &world, 3);
        engine.wait(first, SECOND).unwrap();
        world.state().stuck = stuck;
        drop(engine);
        assert_eq!(world.state().lent, left);
        // Memory goes back to its lender only after it was handed back to the CPU.
        assert_eq!(world.state().syncs_to_cpu, if stuck { 1 } else { 3 });
        // What the device does later, it does to memory that is still there.
        let left_behind = std::mem::take(&mut world.state().queue);
        for entry in left_behind {
            world.state().transfer(entry.segment);
        }
        assert_eq!(world.state().violations, 0);
    }
}

// Stopping gives back every buffer with its ticket, and says how each job ended.
#[test]
fn stop_returns_every_buffer() {
    let world = World::new();
    let mut engine: TestEngine<4> = world.engine();
    let tickets = [1, 2, 3].map(|seed| submit(&mut engine, &world, seed));
    while engine.in_flight() > 2 {
        assert!(engine.try_take(tickets[2]).is_none());
        world.state().now += 20;
    }
    let mut ended = Vec::new();
    engine
        .stop(|ticket, result| {
            ended.push((ticket, result.map(drop).map_err(|refused| refused.error.kind())));
        })
        .unwrap();
    let aborted = Err(ErrorKind::Aborted);
    assert_eq!(ended, [(tickets[0], Ok(())), (tickets[1], aborted), (tickets[2], aborted)]);
    assert_eq!((engine.held(), world.state().lent), (0, 0));
}

// Without a limit and without anything that could happen, waiting is an error and no hang.
#[test]
fn waiting_for_nothing_is_an_error() {
    let world = World::new();
    world.state().interrupts_lost = true;
    let mut engine: TestEngine<1> = world.engine();
    let ticket = submit(&mut engine, &world, 1);
    assert_eq!(returned(engine.wait(ticket, Timeout::NEVER)).0, ErrorKind::Idle);
}
