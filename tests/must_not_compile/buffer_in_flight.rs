//! A buffer given to an engine is the engine's until the job has ended.

use dma_core::{Channel, DeviceAddress, Direction, DmaBuffer, Engine, Signal};

pub fn attempt<C: Channel, S: Signal, B: DmaBuffer>(engine: &mut Engine<C, S, B, 4>, buffer: B) {
    let ticket = engine.submit(buffer, DeviceAddress::new(0), Direction::ToDevice);
    let _ = buffer.length();
    drop(ticket);
}

fn main() {}
