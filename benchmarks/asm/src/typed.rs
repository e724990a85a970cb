//! As a driver writes it.

use dma_core::{Iova, Mmio};
use register_map::{ReadWriteable, Readable, Window, Writeable};

use crate::card::{self, Card, Channel};

/// The card's registers.
pub type Registers = Window<Mmio, Card>;
/// A channel's registers.
pub type ChannelRegisters = Window<Mmio, Channel>;

macro_rules! typed {
    ($(
        #[doc = $doc:literal]
        fn $name:ident($registers:ident: $window:ty $(, $argument:ident: $type:ty)*) $(-> $answer:ty)?
        $body:block
    )*) => { $(
        #[doc = $doc]
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($registers: &$window $(, $argument: $type)*) $(-> $answer)? $body
    )* };
}

typed! {
    /// Reads 8 bits.
    fn typed_read_u8(registers: Registers) -> u8 {
        registers.reg(card::REVISION).get()
    }

    /// Writes 8 bits.
    fn typed_write_u8(registers: Registers, value: u8) {
        registers.reg(card::REVISION).set(value);
    }

    /// Reads 16 bits.
    fn typed_read_u16(registers: Registers) -> u16 {
        registers.reg(card::STEPPING).get()
    }

    /// Writes 16 bits.
    fn typed_write_u16(registers: Registers, value: u16) {
        registers.reg(card::STEPPING).set(value);
    }

    /// Reads 32 bits.
    fn typed_read_u32(registers: Registers) -> u32 {
        registers.reg(card::STATUS).get()
    }

    /// Writes 32 bits.
    fn typed_write_u32(registers: Registers, value: u32) {
        registers.reg(card::CONTROL).set(value);
    }

    /// Reads a field.
    fn typed_read_field(registers: Registers) -> u32 {
        registers.reg(card::CONTROL).read(card::MODE)
    }

    /// Clears what is pending.
    fn typed_clear(registers: Registers, bits: u32) {
        registers.reg(card::INTERRUPT).clear_bits(bits);
    }

    /// Reads, and writes what it read with one field changed.
    fn typed_modify(registers: Registers) {
        registers.reg(card::CONTROL).modify(card::MODE.val(5));
    }

    /// Reads a register at an index that is known to be right.
    fn typed_read_element(registers: Registers, index: usize) -> u32 {
        // SAFETY: never run: the code is compared.
        unsafe { registers.at(card::VECTORS, index).unwrap_unchecked() }.get()
    }

    /// Writes a register at an index that is known to be right.
    fn typed_write_element(registers: Registers, index: usize, value: u32) {
        // SAFETY: never run: the code is compared.
        unsafe { registers.at(card::VECTORS, index).unwrap_unchecked() }.set(value);
    }

    /// Writes a constant.
    fn typed_write_constant(registers: Registers) {
        registers.reg(card::CONTROL).set(7);
    }

    /// Reads a register of a channel.
    fn typed_read_cluster(registers: ChannelRegisters) -> u32 {
        registers.reg(card::LENGTH).get()
    }

    /// Writes a register of a channel.
    fn typed_write_cluster(registers: ChannelRegisters, value: u32) {
        registers.reg(card::LENGTH).set(value);
    }

    /// Reads beyond the reach of some processors' instructions.
    fn typed_read_far(registers: Registers) -> u32 {
        registers.reg(card::FAR).get()
    }

    /// Reads an address back, low half first.
    fn typed_read_pair(registers: Registers) -> u64 {
        registers.pair(card::SOURCE).get()
    }

    /// Gives an address to two registers, low half first.
    fn typed_steer_pair(registers: Registers, iova: Iova) {
        // SAFETY: never run: the code is compared.
        unsafe { registers.pair(card::SOURCE).steer(iova) };
    }

    /// Gives an address to two registers, high half first.
    fn typed_steer_pair_high_first(registers: Registers, iova: Iova) {
        // SAFETY: never run: the code is compared.
        unsafe { registers.pair(card::TARGET).steer(iova) };
    }

    /// Gives an address that may be too long to a 32-bit register.
    fn typed_steer_u32(registers: Registers, iova: Iova) -> bool {
        // SAFETY: never run: the code is compared.
        unsafe { registers.reg(card::SHORT_ADDRESS).steer(iova) }.is_ok()
    }

    /// Rings the doorbell, with everything before it in memory.
    fn typed_ring(registers: Registers, value: u32) {
        registers.release();
        // SAFETY: never run: the code is compared.
        unsafe { registers.reg(card::COMMAND).ring_raw(value) };
    }
}
