//! A read-only register is not written.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::STATUS).set(1);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
