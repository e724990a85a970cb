//! The one way to open what nothing protects memory from.

use crate::device::UioDevice;
use crate::error::OpenError;
use crate::open::Protection;
use crate::options::Options;

impl UioDevice {
    /// Opens the device at a PCI address, as "0000:01:00.0", which a driver of UIO has.
    ///
    /// Memory has its physical addresses, and comes from a
    /// [`MemorySource`](host_linux::MemorySource): huge pages (`/proc/sys/vm/nr_hugepages`) if
    /// nothing else is said. The caller's own memory cannot be mapped, but bounced.
    ///
    /// # When the process ends
    ///
    /// A process that ends in order stops its card first: dropping the device switches bus
    /// mastering off. One that dies, by a signal or a panic that aborts, does not get there, and
    /// the kernel cleans up in this order (`do_exit`: `exit_mm`, then `exit_files`; seen on a real
    /// kernel by `guest-tests dying`):
    ///
    /// 1. The process's memory is freed. Huge pages go back to their pool, and whoever takes them
    ///    next gets them.
    /// 2. The node is closed, unless a child that was forked has it, too: then this waits for that
    ///    one.
    /// 3. Only then `uio_pci_generic` clears bus mastering.
    ///
    /// Between 1 and 3 the card can write to memory that is somebody else's by then, and a
    /// transfer that ends in that moment corrupts it. How long it is depends on how much memory the
    /// process had; with a child that has the node it is as long as the child lives. What helps: a
    /// region that was set aside (`memory=BASE+SIZE`), which the kernel gives to nobody; no
    /// children; and the roads that stop the card first, `vfio:` with an IOMMU and our kernel
    /// module.
    ///
    /// # Errors
    ///
    /// By their [`OpenErrorKind`](crate::OpenErrorKind), each with what to do.
    ///
    /// # Safety
    ///
    /// 1. The device can write to all memory: its hardware, and the driver for it, do only what
    ///    they are told.
    /// 2. Bus addresses are physical addresses. It is looked at whether an IOMMU translates, and
    ///    whether the device tree says that the bus adds an offset; other firmware does not tell.
    /// 3. The kernel does not move the memory meanwhile. Regions that were set aside it cannot;
    ///    huge pages it may: no memory is taken out of the host, and nobody makes room for
    ///    contiguous memory.
    /// 4. If the process dies while the device is at work, what is said above is acceptable.
    /// 5. No other program drives the device: UIO keeps nobody from its registers.
    pub unsafe fn open_unprotected(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Waived)
    }
}
