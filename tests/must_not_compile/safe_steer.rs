//! Giving a device an address is unsafe: it will write there.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::{DeviceAddress, Mmio};
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::ADDRESS).steer(DeviceAddress::new(0x1000));
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
