//! A constant index is checked when it is compiled.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.element::<8, _>(card::VECTORS);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
