//! A field belongs to its register.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::CONTROL).write(card::STATUS_FIELDS::BUSY::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
