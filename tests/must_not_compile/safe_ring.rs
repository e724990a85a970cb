//! Ringing a doorbell is unsafe: the device starts.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, TestCard>) {
    registers.reg(card::COMMAND).ring(card::CONTROL_FIELDS::ENABLE::SET);
}

fn main() {
    let _: fn(&Window<Mmio, TestCard>) = attempt;
}
