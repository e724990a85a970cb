//! A definition whose offset is not a multiple of its width cannot be used.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.reg(card::MISALIGNED);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
