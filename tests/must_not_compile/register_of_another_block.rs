//! A register of a channel is not in the card's window.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.reg(card::LENGTH);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
