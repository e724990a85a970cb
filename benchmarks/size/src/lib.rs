//! What a small firmware has: a clock, registers of a PL081, a static pool.
#![no_std]

use core::panic::PanicInfo;
use core::sync::atomic::{AtomicU32, Ordering};

use backend_bare::{BareRegion, Platform, Polling};
use channels::pl081::{Pl081Channel, Pl081Single};
use dma_core::{Buffer, Engine, Mmio};

/// Ticks of 32,768 ns, counted by a timer's interrupt handler: by a name that a linker finds, so
/// that the compiler does not conclude that time stands still.
#[unsafe(no_mangle)]
pub static TICKS: AtomicU32 = AtomicU32::new(0);

/// The board: a clock.
#[derive(Debug, Clone, Copy)]
pub struct Board;

impl Platform for Board {
    fn now(&self) -> u64 {
        u64::from(TICKS.load(Ordering::Relaxed)) << 15
    }
}

/// Memory out of the static pool.
pub type Memory = Buffer<BareRegion>;

/// An engine for one job at a time on a PL081 without a list, polled.
pub type OneTransfer = Engine<Pl081Single<Mmio, BareRegion>, Polling<Board>, Memory, 1>;

/// An engine for eight jobs on a PL081 with its linked list, polled.
pub type Transfers = Engine<Pl081Channel<Mmio, BareRegion>, Polling<Board>, Memory, 8>;

/// A firmware of this size stops at once and says nothing.
pub fn halt(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
