//! What firmware for different boards shares, and what a test on a PC runs too.
//!
//! Everything here is generic over the device, so that the same source runs on a board's
//! controller and on a simulated one: see `tests/simulated.rs` beside it, and `docs/firmware.md`.
//!
//! ```text
//!   mps2-an505 (Cortex-M33, PL081) ──┐
//!   virt (aarch64, PCIe, edu) ───────┼──► firmware: checks, channels that wait or guard ──► report ─► log
//!   tests/simulated.rs (mock PL081) ─┘
//! ```
#![no_std]

mod by_interrupt;
mod callers;
pub mod checks;
pub mod exceptions;
mod guarded;
#[cfg(feature = "defmt")]
pub mod report;

pub use by_interrupt::ByInterrupt;
pub use callers::Callers;
pub use guarded::{Guarded, Violations};

/// The code of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../docs/firmware.md")]
pub struct Guide;
