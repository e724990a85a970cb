//! A whole engine for eight jobs on a linked list: make, queue, kick, wait, stop, recover, end.
#![no_std]
#![no_main]

use core::panic::PanicInfo;

use backend_bare::{BareRegion, Polling};
use channels::pl081::Pl081Channel;
use dma_core::{DeviceAddress, Direction, Error, Mmio, Quiet, Timeout};
use size::{Board, Memory, Transfers};

/// What is measured: every function of the engine that a firmware calls, once.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub fn measured(
    channel: Pl081Channel<Mmio, BareRegion>,
    signal: Polling<Board>,
    buffers: [Memory; 2],
    device: DeviceAddress,
    direction: Direction,
    quiet: Option<&Quiet>,
) -> Result<(), Error> {
    let mut engine = Transfers::new(channel, signal).map_err(|refused| refused.error)?;
    let [first, second] = buffers;
    let earlier = engine.queue(first, device, direction).map_err(|refused| refused.error)?;
    let later = engine.queue(second, device, direction).map_err(|refused| refused.error)?;
    engine.kick();
    if let Some(result) = engine.try_take(earlier) {
        result.map(drop).map_err(|failed| failed.error())?;
    }
    engine.wait(later, Timeout::millis(100)).map(drop).map_err(|failed| failed.error())?;
    engine.stop(|_, _| {})?;
    match quiet {
        Some(quiet) => engine.recover(quiet),
        None => Ok(()),
    }
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    size::halt(info)
}
