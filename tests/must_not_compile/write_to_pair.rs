//! A pair of address registers is not plainly written.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.pair(card::SOURCE).set(0x1000);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
