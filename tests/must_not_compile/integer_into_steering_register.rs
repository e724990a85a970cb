//! An address register takes no integer: it might be a physical address.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    // SAFETY: never run.
    unsafe { registers.reg(card::ADDRESS).steer(0x1000_u64) };
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
