//! A whole engine for eight jobs on a linked list: all that a firmware calls.
#![no_std]
#![no_main]

use core::mem::MaybeUninit;
use core::panic::PanicInfo;

use backend_bare::{BareRegion, Polling};
use channels::pl081::Pl081Channel;
use dma_core::{DeviceAddress, Direction, Error, Failed, Mmio, Quiet, Refused, Ticket, Timeout};
use size::{Board, Memory, Transfers};

type Channel = Pl081Channel<Mmio, BareRegion>;

/// Makes the engine.
///
/// # Errors
///
/// As the engine.
#[expect(clippy::result_large_err, reason = "a channel that is refused comes back, whole")]
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured(
    place: &mut MaybeUninit<Transfers>,
    channel: Channel,
    signal: Polling<Board>,
) -> Result<(), Refused<(Channel, Polling<Board>)>> {
    place.write(Transfers::new(channel, signal)?);
    Ok(())
}

/// Takes a job.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_queue(
    engine: &mut Transfers,
    buffer: Memory,
    device: DeviceAddress,
    direction: Direction,
) -> Result<Ticket, Refused<Memory>> {
    engine.queue(buffer, device, direction)
}

/// Rings the doorbell.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_kick(engine: &mut Transfers) {
    engine.kick();
}

/// Looks once.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_try_take(
    engine: &mut Transfers,
    ticket: Ticket,
) -> Option<Result<Memory, Failed<Memory>>> {
    engine.try_take(ticket)
}

/// Waits.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_wait(
    engine: &mut Transfers,
    ticket: Ticket,
    limit: Timeout,
) -> Result<Memory, Failed<Memory>> {
    engine.wait(ticket, limit)
}

/// Ends what runs.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_stop(
    engine: &mut Transfers,
    each: fn(Ticket, Result<Memory, Refused<Memory>>),
) -> Result<(), Error> {
    engine.stop(each)
}

/// Goes on after a reset.
///
/// # Errors
///
/// As the engine.
// SAFETY: no other function of the program has this name.
#[unsafe(no_mangle)]
pub extern "Rust" fn measured_recover(engine: &mut Transfers, quiet: &Quiet) -> Result<(), Error> {
    engine.recover(quiet)
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    size::halt(info)
}
