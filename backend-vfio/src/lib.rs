//! Linux VFIO: a device in user space, behind the IOMMU.
//!
//! The kernel gives a device to one process, lets it reach only what that process has mapped for it,
//! and stops it when the process ends, however it ends. No kernel module of ours is needed.
//!
//! ```text
//!   VfioDevice ──► Mmio (BARs, mapped)          VfioSignal ◄── eventfd ◄── MSI-X, MSI, INTx
//!        │
//!        └──► VfioMemory ──► AddressSpace: which IOVAs are free, what is mapped
//!                                 │
//!                                 └──► container and group (type 1)  or  iommufd
//! ```
//!
//! # What the host needs
//!
//! 1. An IOMMU that is switched on, and the kernel's `vfio-pci`.
//! 2. The device bound to it: `driverctl set-override 0000:01:00.0 vfio-pci`.
//! 3. The right to open the group's node: see `udev/60-anydma-vfio.rules`.
//!
//! Whatever of this is missing, [`VfioDevice::open`] says which, and what to type.
//!
//! Sources: Linux `Documentation/driver-api/vfio.rst`, `include/uapi/linux/vfio.h`,
//! `Documentation/userspace-api/iommufd.rst`.

mod bar;
mod capabilities;
mod counters;
mod device;
mod error;
mod events;
mod interrupts;
mod iommufd;
mod limits;
mod open;
mod options;
mod space;
mod sys;
mod type1;
mod windows;

pub use bar::BarInfo;
pub use counters::Counters;
pub use device::{VfioDevice, VfioSignal};
pub use error::{OpenError, OpenErrorKind};
pub use options::{Manager, Options};
pub use sys::{VfioMemory, VfioRegion};
pub use windows::Evidence;

pub use host_linux::{
    BarMapping, InterruptKind, Mapping, MappingState, Mappings, MemoryError, Registers,
};
