//! A command register is not plainly written: it decides what an address means.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::COMMAND).write(card::CONTROL_FIELDS::ENABLE::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
