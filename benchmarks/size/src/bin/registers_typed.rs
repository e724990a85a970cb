//! Registers of a PL081 as a driver writes them: typed, by the register map.
#![no_std]
#![no_main]

use core::panic::PanicInfo;

use dma_core::Mmio;
use register_map::pl081::{self as map, Pl081};
use register_map::{ReadWriteable, Readable, Window, Writeable};

/// What is measured: reads, writes, fields, a change of some.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn measured(registers: &Window<Mmio, Pl081>, sync: u32) -> u32 {
    registers.reg(map::CONFIGURATION).write(map::CONFIGURATION::E::SET);
    registers.reg(map::INT_TC_CLEAR).set(0b11);
    registers.reg(map::INT_ERR_CLR).set(0b11);
    registers.reg(map::SYNC).set(sync);
    registers.reg(map::CONFIGURATION).modify(map::CONFIGURATION::M::BigEndian);
    let ended = registers.reg(map::RAW_INT_TC_STATUS).get();
    let enabled = registers.reg(map::ENBLD_CHNS).read(map::ENBLD_CHNS::CHANNEL1);
    if registers.reg(map::INT_ERROR_STATUS).is_set(map::INT_ERROR_STATUS::CHANNEL0) {
        registers.reg(map::CONFIGURATION).set(0);
    }
    ended | enabled << 8
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    size::halt(info)
}
