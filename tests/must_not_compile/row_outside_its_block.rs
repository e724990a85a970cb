//! A row that reaches beyond its block cannot be used, whatever the index.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.at(card::ROW_OUTSIDE, 0);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
