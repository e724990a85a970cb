//! What is unsafe about VFIO, and why it holds here.

mod bar;
pub(crate) mod iommufd;
pub(crate) mod kernel;
mod memory;
mod proof;
mod road;
mod unprotected;

pub(crate) use bar::registers;
pub use memory::{VfioMemory, VfioRegion};
pub(crate) use proof::quiet;
pub(crate) use road::Road;
