//! What a write-only register reads as has no meaning.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::{Readable, Window};

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.reg(card::RESET).get();
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
