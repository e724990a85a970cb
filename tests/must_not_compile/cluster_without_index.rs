//! One of several channels must be named.

#[path = "support/card.rs"]
mod card;

use card::Card;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, Card>) {
    let _ = registers.cluster(card::CHANNELS);
}

fn main() {
    let _: fn(&Window<Mmio, Card>) = attempt;
}
