//! One of several channels must be named.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let _ = registers.cluster(card::CHANNELS);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
