//! One half of an address is an address register too.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::SOURCE_LOW).set(0x1000);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
