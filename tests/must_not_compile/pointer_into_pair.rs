//! A pair of address registers takes no CPU pointer either.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    let buffer = [0_u8; 64];
    // SAFETY: never run.
    unsafe { registers.pair(card::SOURCE).steer(buffer.as_ptr()) };
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
