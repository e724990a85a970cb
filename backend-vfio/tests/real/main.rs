//! On real kernels, with QEMU's `edu`: what only VFIO itself can show.
//!
//! Every test is ignored where there is no such guest; `cargo xtask test guests` boots guests
//! and runs all of them. The card is driven by its registers, without a driver: what is tested is
//! the road.

mod card;
mod interrupts;
mod memory;
mod refusals;
mod registers;
mod removal;
mod unprotected;
