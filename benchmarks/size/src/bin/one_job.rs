//! One job at a time: an engine that holds one, submit and poll with a limit.
#![no_std]
#![no_main]

use core::panic::PanicInfo;

use dma_core::{DeviceAddress, Direction, Failed, Timeout};
use size::{Memory, OneTransfer};

/// What is measured.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured(
    engine: &mut OneTransfer,
    buffer: Memory,
    device: DeviceAddress,
    direction: Direction,
) -> Result<Memory, Failed<Memory>> {
    match engine.submit(buffer, device, direction) {
        Ok(ticket) => engine.spin(ticket, Timeout::millis(100)),
        Err(refused) => Err(Failed::Returned(refused)),
    }
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    size::halt(info)
}
