//! What the Linux roads share: PCI in sysfs, memory for DMA, limits, caches.
//!
//! No road is opened here: this crate looks at the host and prepares memory, so that VFIO, UIO and
//! the kernel module's client need not do it each for itself.
//!
//! ```text
//!   sysfs ──► PciDevice: ids, driver, group, coherent?       HostMemory: huge pages, not for children
//!   /proc ──► LockedMemory: limit, in use                    caches: clean, clean and forget
//!   uname ──► KernelVersion
//! ```
//!
//! Everything that reads files takes the folder to read below, so that tests bring their own.

mod arch;
pub mod caches;
mod coherency;
mod error;
mod kernel;
mod locked;
mod memory;
mod node;
pub mod pci;
mod physical;
mod remedy;
mod sys;
mod sysfs;
pub mod windows;

pub use coherency::{Coherency, Evidence};
pub use error::HostError;
pub use kernel::KernelVersion;
pub use locked::LockedMemory;
pub use memory::{Backing, HostMemory, HugePages, page_size, shared_with_children};
pub use node::Node;
pub use physical::{PhysicalRun, physical_runs};
pub use remedy::Remedy;
pub use sysfs::Sysfs;
