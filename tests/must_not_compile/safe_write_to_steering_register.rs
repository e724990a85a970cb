//! There is no way around `steer`: an address register is not plainly written.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::ADDRESS).set(0x1000);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
