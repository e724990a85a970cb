//! What is unsafe about the kernel module's road, and why it holds here.

mod bar;
pub(crate) mod kernel;
mod memory;
mod proof;
mod unprotected;

pub(crate) use bar::registers;
pub use memory::{KernelMemory, KernelRegion};
pub(crate) use proof::quiet;
