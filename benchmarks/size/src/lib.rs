//! What a small firmware has: a clock, registers of a PL081, a static pool.
#![no_std]
#![forbid(unsafe_code)]

use core::panic::PanicInfo;
use core::sync::atomic::{AtomicU32, Ordering};

use backend_bare::{BareRegion, Platform, Polling};
use channels::pl081::Pl081Channel;
use dma_core::{Buffer, Engine, Mmio};

/// Ticks of a timer, counted by its interrupt handler.
pub static MILLISECONDS: AtomicU32 = AtomicU32::new(0);

/// The board: a clock.
#[derive(Debug, Clone, Copy)]
pub struct Board;

impl Platform for Board {
    fn now(&self) -> u64 {
        u64::from(MILLISECONDS.load(Ordering::Relaxed)) * 1_000_000
    }
}

/// Memory out of the static pool.
pub type Memory = Buffer<BareRegion>;

/// An engine for `N` jobs on a PL081, polled.
pub type Transfers<const N: usize> =
    Engine<Pl081Channel<Mmio, BareRegion>, Polling<Board>, Memory, N>;

/// A firmware of this size stops at once and says nothing.
pub fn halt(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
