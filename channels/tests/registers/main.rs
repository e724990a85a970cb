//! The channels register by register, without a device.
//!
//! What they store, when, and what they make of the answers.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod edu;
mod memory;
mod pl081;
mod space;
mod xdma;
