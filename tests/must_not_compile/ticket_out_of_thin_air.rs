//! A ticket comes from an engine.

use dma_core::{Channel, DeviceAddress, Direction, DmaBuffer, Engine, Signal, Ticket};

pub fn attempt<C: Channel, S: Signal, B: DmaBuffer>(engine: &mut Engine<C, S, B, 4>, buffer: B) {
    let _ = engine.submit(buffer, DeviceAddress::new(0), Direction::ToDevice);
    let ticket = Ticket { slot: 0, generation: 0 };
    let _ = engine.try_take(ticket);
}

fn main() {}
