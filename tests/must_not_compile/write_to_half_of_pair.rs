//! One half of an address is an address register too.

#[path = "support/card.rs"]
mod card;

use card::Card;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, Card>) {
    registers.reg(card::SOURCE_LOW).set(0x1000);
}

fn main() {
    let _: fn(&Window<Mmio, Card>) = attempt;
}
