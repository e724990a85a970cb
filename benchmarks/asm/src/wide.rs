//! Accesses of 64 bits, on processors that have them.

use dma_core::Iova;
use register_map::{Readable, Writeable};

use crate::card;
use crate::typed::Registers as Typed;

typed! {
    /// Reads 64 bits.
    fn typed_read_u64(registers: Typed) -> u64 {
        registers.reg(card::COUNTER).get()
    }

    /// Writes 64 bits.
    fn typed_write_u64(registers: Typed, value: u64) {
        registers.reg(card::COUNTER).set(value);
    }

    /// Gives an address to one register.
    fn typed_steer_u64(registers: Typed, iova: Iova) {
        // SAFETY: never run: the code is compared.
        unsafe { registers.reg(card::ADDRESS).steer(iova) };
    }
}

volatile! {
    /// Reads 64 bits.
    fn volatile_read_u64(registers) -> u64 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u64, 0x28>() }
    }

    /// Writes 64 bits.
    fn volatile_write_u64(registers, value: u64) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u64, 0x28>(value) };
    }

    /// Gives an address to one register.
    fn volatile_steer_u64(registers, iova: u64) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u64, 0x30>(iova) };
    }
}
