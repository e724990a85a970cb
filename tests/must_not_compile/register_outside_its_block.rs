//! A definition whose offset lies outside its block cannot be used.

#[path = "support/card.rs"]
mod card;

use card::Card;
use dma_core::Mmio;
use register_map::Window;

fn attempt(registers: &Window<Mmio, Card>) {
    let _ = registers.reg(card::OUTSIDE);
}

fn main() {
    let _: fn(&Window<Mmio, Card>) = attempt;
}
