//! Modify would write back what it read, and clear what nobody has seen.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{ReadWriteable, Window};

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::INTERRUPT).modify(card::STATUS_FIELDS::BUSY::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
