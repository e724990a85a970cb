//! A register of 32 bits takes no 64.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::CONTROL).set(1_u64);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
