//! A segment's host side takes no address of the card's memory.

use dma_core::{DeviceAddress, Direction, Segment};

fn attempt(address: DeviceAddress) {
    let _ = Segment {
        host: address,
        device: address,
        length: 1,
        direction: Direction::ToDevice,
        last: true,
    };
}

fn main() {
    let _: fn(DeviceAddress) = attempt;
}
