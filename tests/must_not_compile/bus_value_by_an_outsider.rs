//! What an address register takes is decided in one crate.

use dma_core::BusValue;

#[derive(Clone, Copy)]
struct Physical(u64);

impl BusValue for Physical {
    fn bus_value(self) -> u64 {
        self.0
    }
}

fn attempt(physical: u64) {
    let _ = Physical(physical).bus_value();
}

fn main() {
    let _: fn(u64) = attempt;
}
