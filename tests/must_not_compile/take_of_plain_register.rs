//! A plain register is not taken: nothing happens to it.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &mut Window<Mmio, TestCard>) {
    let _ = registers.take(card::STATUS);
}

fn main() {
    let _: fn(&mut Window<Mmio, TestCard>) = attempt;
}
