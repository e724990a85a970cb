//! Neither does one of 32 bits.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    // SAFETY: never run.
    let _ = unsafe { registers.reg(card::SHORT_ADDRESS).steer(0x1000_u32) };
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
