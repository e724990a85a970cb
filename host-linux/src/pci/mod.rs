//! PCI devices as the kernel shows them.
#![forbid(unsafe_code)]

mod address;
mod config;
mod device;
mod group;

pub use address::{BadPciAddress, PciAddress};
pub use config::{Command, capability, register};
pub use device::{PciDevice, Resource};
pub use group::{IommuGroup, Member};
