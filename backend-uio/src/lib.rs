//! Linux UIO: a card in user space, with nothing between it and memory.
//!
//! The kernel hands out registers and interrupts, and that is all: it maps no memory for the card
//! and keeps it from none. So this is the road for hosts that have no other: no IOMMU, or one that
//! lets everything through. Where an IOMMU translates, a physical address is the wrong number, and
//! the device is refused with the reason.
//!
//! ```text
//!   UioDevice ──► Mmio (BARs, through sysfs)          UioSignal ◄── /dev/uioN ◄── interrupt line
//!        │
//!        └──► PlacedMemory ──► MemorySource: huge pages, a region that was set aside
//!                                   │
//!                                   └──► the physical address is what the card is told
//! ```
//!
//! # What the host needs
//!
//! 1. The kernel's `uio_pci_generic`, or the card's own UIO driver.
//! 2. The device bound to it: `driverctl set-override 0000:01:00.0 uio_pci_generic`.
//! 3. No IOMMU that translates for it: no `iommu_group`, or `identity` in `iommu_group/type`.
//! 4. Memory with a known address: `echo 16 > /proc/sys/vm/nr_hugepages`, or a region set aside.
//! 5. Root, or `CAP_SYS_ADMIN`, `CAP_SYS_RAWIO`, `CAP_IPC_LOCK` and the right to the files.
//!
//! Whatever of this is missing, [`UioDevice::open_unprotected`] says which, and what to type.
//!
//! # What it cannot do
//!
//! * Interrupts by message: the kernel's driver has the line only, or the device is polled.
//! * Map the caller's own memory: nobody can say where it will lie. It is bounced.
//! * Keep a card from memory when the process dies: see
//!   [`UioDevice::open_unprotected`].
//!
//! Sources: Linux `Documentation/driver-api/uio-howto.rst`, `drivers/uio/uio.c`,
//! `drivers/uio/uio_pci_generic.c`, `Documentation/ABI/testing/sysfs-bus-pci`,
//! `Documentation/ABI/testing/sysfs-kernel-iommu_groups`.

mod device;
mod error;
mod interrupts;
mod open;
mod options;
mod sys;

pub use device::{UioDevice, UioSignal};
pub use error::{OpenError, OpenErrorKind};
pub use interrupts::InterruptKind;
pub use options::Options;

pub use host_linux::{
    BarMapping, Mapping, MappingState, Mappings, MemoryError, MemorySource,
    PlacedMemory as UioMemory, PlacedRegion as UioRegion, Registers,
};
