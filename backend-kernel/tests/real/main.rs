//! The kernel module's own tests, on a real kernel with an `edu` at 0000:01:00.0.
//!
//! They take the device away, unload the module and give it nonsense, so they run in guests only:
//! `cargo xtask guest test x86-vtd-own`; those of `unprotected` where nothing translates. What does not
//! come back after a test, a card that is pulled out and a module that is unloaded, is done after all
//! else, each by itself.
#![expect(clippy::unwrap_used, reason = "what fails in a helper of a test fails the test")]
#![expect(clippy::cast_possible_truncation, reason = "numbers by chance may lose their upper half")]

mod debug;
mod device;
mod hostile;
mod interrupts;
mod lives;
mod processes;
mod random;
mod raw;
mod removed;
mod surprise;
mod unloaded;
mod unprotected;

/// The card that the tests drive.
const PLACE: &str = "0000:01:00.0";
