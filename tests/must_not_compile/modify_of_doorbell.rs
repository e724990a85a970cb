//! Nor is it modified: what was read would be a command.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{ReadWriteable, Window};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::COMMAND).modify(card::CONTROL_FIELDS::ENABLE::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
