//! The suite on QEMU's `mps2-an505`: Cortex-M33, PL081, no operating system.
//!
//! The program runs the suite over the board's DMA controller three times (with a linked list,
//! without, and serviced by interrupts alone), then its own tests, then two tasks in an executor.
//! It tells what it does through `defmt`, and ends the emulator with a status.
//!
//! ```text
//!   main ─► rig (suite) ─► tests ─► tasks ─► end
//!             └── board: clock, interrupts ── protection: accesses that the bus refused
//! ```
#![no_std]
#![no_main]

mod board;
mod memory;
mod protection;
mod rig;
mod structures;
mod tasks;
mod tests;

use core::panic::PanicInfo;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use defmt_semihosting as _;
use semihosting::process;

use crate::board::Mps2;
use crate::rig::{ByInterrupts, Linked, Mps2Rig, Single};

/// The status of a run in which something failed, and of a panic.
const FAILED: i32 = 1;
const PANICKED: i32 = 2;

#[cortex_m_rt::entry]
fn main() -> ! {
    let Some(board) = Mps2::start() else { process::exit(FAILED) };
    let (checks, mut good) = tests::checks(board);
    good &= Mps2Rig::<Linked>::conforms(board);
    good &= Mps2Rig::<Single>::conforms(board);
    good &= Mps2Rig::<ByInterrupts>::conforms(board);
    let (own, well) = tests::own(board);
    good &= well;
    TESTS.store(checks + own, Ordering::Relaxed);
    GOOD.store(good, Ordering::Relaxed);
    tasks::run(board, end)
}

/// What went before the tasks.
static TESTS: AtomicU32 = AtomicU32::new(0);
static GOOD: AtomicBool = AtomicBool::new(false);

/// Ends the emulator.
fn end(tests: u32, good: bool) -> ! {
    firmware::report::end(TESTS.load(Ordering::Relaxed) + tests);
    process::exit(if good && GOOD.load(Ordering::Relaxed) { 0 } else { FAILED })
}

/// Tells where, without the machinery that would format the rest.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    if let Some(place) = info.location() {
        defmt::error!("panic at {=str}:{=u32}", place.file(), place.line());
    }
    process::exit(PANICKED)
}
