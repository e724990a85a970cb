//! PCI devices as the kernel shows them.
#![forbid(unsafe_code)]

mod address;
mod binding;
mod claim;
mod config;
mod device;
mod group;
mod space;

pub use address::{BadPciAddress, PciAddress};
pub use binding::{Binding, BindingError, Handover};
pub use claim::DeviceClaim;
pub use config::{Command, capability, register};
pub use device::{PciDevice, Resource};
pub use group::{IommuGroup, Member};
pub use space::ConfigSpace;
