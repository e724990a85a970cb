//! What the programs next door get wrong, done right.

#[path = "card.rs"]
mod card;

use card::{TestCard, Channel};
use dma_core::{DeviceAddress, Mmio};
use register_map::{ReadWriteable, Readable, Window, Writeable};

fn use_card(registers: &mut Window<Mmio, TestCard>, channel: &Window<Mmio, Channel>) {
    let address = DeviceAddress::new(0x1000);
    // SAFETY: never run.
    unsafe { registers.reg(card::ADDRESS).steer(address) };
    // SAFETY: never run.
    let _ = unsafe { registers.reg(card::SHORT_ADDRESS).steer(address) };
    // SAFETY: never run.
    unsafe { registers.pair(card::SOURCE).steer(address) };
    // SAFETY: never run.
    unsafe { registers.reg(card::COMMAND).ring(card::CONTROL_FIELDS::ENABLE::SET) };
    let _ = registers.reg(card::STATUS).is_set(card::STATUS_FIELDS::BUSY);
    registers.reg(card::CONTROL).modify(card::CONTROL_FIELDS::ENABLE::SET);
    registers.reg(card::INTERRUPT).clear(card::STATUS_FIELDS::BUSY::SET);
    let _ = registers.take(card::TAKEN).get();
    registers.reg(card::RESET).set(1);
    registers.element::<7, _>(card::VECTORS).set(1);
    let _ = registers.cluster_at(card::CHANNELS, 3);
    channel.reg(card::LENGTH).set(1);
}

fn main() {
    let _: fn(&mut Window<Mmio, TestCard>, &Window<Mmio, Channel>) = use_card;
}
