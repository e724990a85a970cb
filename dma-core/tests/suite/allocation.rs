//! The transfer path allocates nothing.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::task::{Context, Waker};

use dma_core::{DeviceAddress, Direction, Stream, Timeout};

use crate::world::{TestEngine, World};

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

struct Counting;

fn count() {
    ALLOCATIONS.with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call is forwarded; counting does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How often this thread allocated during `work`.
fn allocations(work: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

// The counter counts: else the tests below would prove nothing.
#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(5)))), 1);
}

// Queueing, ringing, looking, waiting, spinning, polling a future, time-outs and stopping.
#[test]
fn the_transfer_path_allocates_nothing() {
    let world = World::new();
    let mut engine: TestEngine<4> = world.engine();
    let card = DeviceAddress::new(0);
    let second = Timeout::secs(1);
    let mut one = Some(world.buffer(&[1; 200]));
    let mut two = Some(world.buffer(&[2; 200]));
    let mut context = Context::from_waker(Waker::noop());
    let during = allocations(|| {
        for round in 0..100 {
            let first = engine.queue(one.take().unwrap(), card, Direction::ToDevice).unwrap();
            let other = engine.queue(two.take().unwrap(), card, Direction::FromDevice).unwrap();
            engine.kick();
            assert!(engine.try_take(other).is_none());
            one = Some(if round % 2 == 0 {
                engine.wait(first, second).unwrap()
            } else {
                engine.spin(first, second).unwrap()
            });
            let mut completion = std::pin::pin!(engine.completion(other, second));
            two = loop {
                if let std::task::Poll::Ready(result) = completion.as_mut().poll(&mut context) {
                    break Some(result.unwrap());
                }
            };
        }
        world.state().latency = u64::MAX / 4;
        let ticket = engine.submit(one.take().unwrap(), card, Direction::ToDevice).unwrap();
        one = engine.wait(ticket, second).unwrap_err().into_buffer();
        let _ = engine.submit(one.take().unwrap(), card, Direction::ToDevice).unwrap();
        engine.stop(|_, result| one = result.err().map(|refused| refused.buffer)).unwrap();
    });
    assert_eq!(during, 0);
    assert!(one.is_some() && two.is_some());
}

// Laps of a stream.
#[test]
fn streams_allocate_nothing() {
    let world = World::new();
    let engine: TestEngine<2> = world.engine();
    let mut stream = Stream::new(engine, DeviceAddress::new(0), Direction::FromDevice).unwrap();
    stream.put(world.buffer(&[0; 64])).unwrap();
    stream.put(world.buffer(&[0; 64])).unwrap();
    let during = allocations(|| {
        for _ in 0..100 {
            let buffer = stream.next(Timeout::secs(1)).unwrap().unwrap();
            stream.put(buffer).unwrap();
        }
    });
    assert_eq!(during, 0);
}
