//! The same registers by hand: a base pointer, offsets, volatile accesses.
#![no_std]
#![no_main]

use core::panic::PanicInfo;

/// Registers at a pointer, beside what else a mapping has.
#[derive(Debug)]
pub struct Registers {
    base: *mut u32,
    _size: usize,
}

/// What is measured: what `registers_typed` does, in its order.
///
/// # Safety
///
/// A PL081 is at the pointer.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn measured(registers: &Registers, sync: u32) -> u32 {
    // SAFETY: all of these are registers of a PL081, which the caller says is there.
    let read = |word| unsafe { at(registers, word).read_volatile() };
    // SAFETY: as above; none of them starts a channel.
    let write = |word, value| unsafe { at(registers, word).write_volatile(value) };
    write(0x30 / 4, 1);
    write(0x08 / 4, 0b11);
    write(0x10 / 4, 0b11);
    write(0x34 / 4, sync);
    let configuration = read(0x30 / 4);
    write(0x30 / 4, configuration & !0b10 | 0b10);
    let ended = read(0x14 / 4);
    let enabled = read(0x1c / 4) >> 1 & 1;
    if read(0x0c / 4) & 1 != 0 {
        write(0x30 / 4, 0);
    }
    ended | enabled << 8
}

/// A register by the number of its word.
fn at(registers: &Registers, word: usize) -> *mut u32 {
    registers.base.wrapping_add(word)
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    size::halt(info)
}
