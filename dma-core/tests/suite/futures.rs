//! Waiting as a task.
#![forbid(unsafe_code)]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use dma_core::{DeviceAddress, Direction, ErrorKind, Failed, Timeout};

use crate::world::{TestEngine, World};

const CARD: DeviceAddress = DeviceAddress::new(0);

/// Polls a future to its end, and says how often that was.
pub fn block_on<F: Future>(future: F) -> (F::Output, u32) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let mut turns = 1;
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return (output, turns),
            Poll::Pending => turns += 1,
        }
        assert!(turns < 1000, "the future does not end");
    }
}

// A future of a job's end gives the buffer, after having been put off at least once.
#[test]
fn a_completion_ends_with_the_buffer() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let first = engine.queue(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let second = engine.queue(world.buffer(&[2; 8]), CARD, Direction::ToDevice).unwrap();
    let (result, turns) = block_on(engine.completion(second, Timeout::NEVER));
    assert_eq!(result.unwrap().bytes(), [2; 8]);
    assert!(turns > 1);
    assert_eq!(block_on(engine.completion(first, Timeout::NEVER)).1, 1, "it had ended");
    assert_eq!(world.state().doorbells, 1);
}

// A stuck card ends an asynchronous transfer too.
#[test]
fn a_completion_times_out() {
    let world = World::new();
    world.state().latency = u64::MAX / 2;
    let mut engine: TestEngine<1> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    let (result, _) = block_on(engine.completion(ticket, Timeout::millis(1)));
    assert!(matches!(result, Err(Failed::Returned(_))));
    assert_eq!(result.unwrap_err().error().kind(), ErrorKind::TimedOut);
}

// Dropping a future only stops the waiting.
#[test]
fn a_dropped_completion_leaves_the_job_running() {
    let world = World::new();
    let mut engine: TestEngine<1> = world.engine();
    let ticket = engine.submit(world.buffer(&[1; 8]), CARD, Direction::ToDevice).unwrap();
    {
        let mut context = Context::from_waker(Waker::noop());
        let mut future = pin!(engine.completion(ticket, Timeout::NEVER));
        assert!(future.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(engine.in_flight(), 1);
    assert_eq!(engine.wait(ticket, Timeout::NEVER).unwrap().bytes(), [1; 8]);
    assert_eq!(world.state().quiesced, 0);
}
