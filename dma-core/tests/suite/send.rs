//! Which types may go to another thread.
#![forbid(unsafe_code)]

use dma_core::{Completion, Engine, InFlight, Mapped, Next, Pool, Shared, SharedView, Stream};

use crate::world::{TestBuffer, TestChannel, TestEngine, TestRegion, TestSignal, World};

const fn is_send<T: Send>() {}
const fn is_sync<T: Sync>() {}

// Checked by the compiler: everything is `Send` if its parts are.
const _: () = {
    is_send::<Engine<TestChannel, TestSignal, TestBuffer, 4>>();
    is_send::<Stream<TestChannel, TestSignal, TestBuffer, 4>>();
    is_send::<Completion<'static, TestChannel, TestSignal, TestBuffer, 4>>();
    is_send::<Next<'static, TestChannel, TestSignal, TestBuffer, 4>>();
    is_send::<InFlight<TestBuffer, 4>>();
    is_send::<Pool<TestBuffer, 4>>();
    is_send::<TestBuffer>();
    is_sync::<TestBuffer>();
    is_send::<Mapped<Vec<u8>, TestRegion>>();
    is_sync::<Mapped<Vec<u8>, TestRegion>>();
    is_send::<Shared<TestRegion>>();
    is_sync::<Shared<TestRegion>>();
    is_send::<SharedView<'static>>();
};

// An engine with jobs in flight moves to the thread that waits for them.
#[test]
fn an_engine_moves_to_the_thread_that_waits() {
    let world = World::new();
    let mut engine: TestEngine<2> = world.engine();
    let at = dma_core::DeviceAddress::new(0);
    let buffer = world.buffer(&[6; 8]);
    let ticket = engine.submit(buffer, at, dma_core::Direction::ToDevice).unwrap();
    let waiting = std::thread::spawn(move || {
        engine.wait(ticket, dma_core::Timeout::secs(1)).unwrap().bytes().to_vec()
    });
    assert_eq!(waiting.join().unwrap(), [6; 8]);
}
