//! The suite on QEMU's `virt`: 64-bit Arm, `edu` over PCI Express, nothing between.
//!
//! The very channel and register map that a driver over an operating system uses, on the card's
//! registers through the machine's configuration space. The processor's data caches are on, and
//! every buffer goes through the cache hooks.
//!
//! ```text
//!   main ─► rig (suite) ─► tests ─► end
//!             └── board: clock, interrupts, sleep ── pci: the card's place ── caches: counted
//! ```
#![no_std]
#![no_main]

mod board;
mod caches;
mod pci;
mod rig;
mod section;
mod tests;

use core::panic::PanicInfo;

use aarch64_rt::{InitialPagetable, entry, exception_handlers, initial_pagetable};
use defmt_semihosting as _;
use semihosting::process;

use crate::board::{Board, Handlers};
use crate::rig::EduRig;

/// The status of a run in which something failed, and of a panic.
const FAILED: i32 = 1;
const PANICKED: i32 = 2;

/// Of a block of 1 GiB: valid, accessed, never executed below; device memory.
const DEVICE: usize = 1 | 1 << 10 | 1 << 54;
/// Of a block of 1 GiB: valid, accessed, inner shareable; memory with write-back caches.
const MEMORY: usize = 1 | 1 << 2 | 0b11 << 8 | 1 << 10;

initial_pagetable!({
    let mut blocks = [0; 512];
    // Devices, then RAM, each where it is.
    blocks[0] = DEVICE;
    blocks[1] = MEMORY | 0x4000_0000;
    InitialPagetable(blocks)
});

exception_handlers!(Handlers);

entry!(main);

fn main(_: u64, _: u64, _: u64, _: u64) -> ! {
    let Some(board) = Board::start() else {
        defmt::error!("the machine cannot be started");
        process::exit(FAILED)
    };
    let mut good = EduRig::conforms(board);
    let (count, well) = tests::run(board);
    good &= well;
    firmware::report::end(count);
    process::exit(if good { 0 } else { FAILED })
}

/// Tells where, without the machinery that would format the rest.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    if let Some(place) = info.location() {
        defmt::error!("panic at {=str}:{=u32}", place.file(), place.line());
    }
    process::exit(PANICKED)
}
