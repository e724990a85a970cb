//! Pairs of functions whose machine code is compared by `cargo xtask asm`.
//!
//! [`typed`] uses the register map over [`Mmio`](dma_core::Mmio), as a driver does; [`volatile`]
//! does the same with volatile accesses through a pointer, as one writes it by hand. A function
//! `typed_read_u32` of the first belongs to `volatile_read_u32` of the second.
#![no_std]

pub mod card;
#[macro_use]
pub mod typed;
#[macro_use]
pub mod volatile;

pub mod arch;
