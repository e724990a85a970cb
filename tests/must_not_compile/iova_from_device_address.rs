//! An address of the card's own memory is no address of host memory.

use dma_core::{DeviceAddress, Iova};

fn attempt(address: DeviceAddress) {
    let _: Iova = address.into();
}

fn main() {
    let _: fn(DeviceAddress) = attempt;
}
