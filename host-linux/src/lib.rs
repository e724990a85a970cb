//! What the Linux roads share: PCI in sysfs, memory for DMA, limits, caches.
//!
//! No road is opened here: this crate looks at the host and prepares memory, so that VFIO, UIO and
//! the kernel module's client need not do it each for itself.
//!
//! ```text
//!   sysfs ──► PciDevice: ids, driver, group, coherent?       HostMemory: huge pages, not for children
//!   /proc ──► LockedMemory: limit, in use                    caches: clean, clean and forget
//!   uname ──► KernelVersion                                  BarMapping: registers, or all ones
//!   files ──► Vector ──► FileSignal: sleeps, wakes tasks     MappingBook: what a device reaches
//! ```
//!
//! Everything that reads files takes the folder to read below, so that tests bring their own.

mod arch;
mod bar;
mod bus_offset;
pub mod caches;
mod clock;
mod coherency;
mod error;
pub mod eventfd;
mod interrupt_kind;
mod kernel;
mod kernel_log;
mod locked;
mod mappings;
mod memory;
mod memory_error;
mod nap;
mod node;
pub mod pci;
mod physical;
mod placed;
mod reactor;
mod refusal;
mod remedy;
mod resets;
mod signal;
mod sys;
mod sysfs;
mod vector;
pub mod windows;

pub use bar::{BarArea, BarMapping, Registers};
pub use bus_offset::bus_adds_offset;
pub use clock::now;
pub use coherency::{Coherency, Evidence};
pub use error::{HostError, os};
pub use interrupt_kind::InterruptKind;
pub use kernel::KernelVersion;
pub use kernel_log::KernelLog;
pub use locked::LockedMemory;
pub use mappings::{Mapping, MappingBook, MappingState, Mappings};
pub use memory::{Backing, HostMemory, HugePages, page_size, shared_with_children};
pub use memory_error::MemoryError;
pub use node::Node;
pub use physical::{
    BadMemorySource, MemorySource, PhysicalMemory, PhysicalRun, PhysicalSource, physical_runs,
};
pub use placed::{PlacedMemory, PlacedRegion};
pub use refusal::Refusal;
pub use remedy::Remedy;
pub use resets::Resets;
pub use signal::{FileSignal, Interrupting};
pub use sysfs::Sysfs;
pub use vector::{Telling, Vector};
