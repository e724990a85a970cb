//! What a program without any library does: the yardsticks of what ours costs.
//!
//! Written by hand and only for measuring: the shortest sequence of calls and accesses that moves
//! a block, without a check, an owner or an error that says what to do.

pub mod aio;
pub mod nvme;
pub mod vfio;
