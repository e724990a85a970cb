//! What is unsafe about UIO, and why it holds here.

mod bar;
mod memory;
mod proof;
mod unprotected;

pub(crate) use bar::registers;
pub(crate) use memory::lender;
pub(crate) use proof::quiet;
