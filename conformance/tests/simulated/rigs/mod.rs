//! Rigs: what the suite must know of each card and machine.

pub(crate) mod bare;
pub(crate) mod broken;
pub(crate) mod chip;
pub(crate) mod edu;
pub(crate) mod mock;
pub(crate) mod owned;
pub(crate) mod pl081;
pub(crate) mod xdma;
