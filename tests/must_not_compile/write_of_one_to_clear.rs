//! Plain writes of such a register are not what they look like.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Window, Writeable};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::INTERRUPT).write(card::STATUS_FIELDS::BUSY::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
