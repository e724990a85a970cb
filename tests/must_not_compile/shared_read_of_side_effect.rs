//! A read that changes the device needs the window to itself.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.take(card::TAKEN);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
