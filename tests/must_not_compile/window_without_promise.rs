//! What device a space belongs to is a promise, not a guess.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(space: Mmio) {
    let _ = Window::<_, TestCard>::new(space);
}

fn main() {
    let _: fn(Mmio) = attempt;
}
