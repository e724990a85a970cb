//! Devices that nothing keeps from reaching all memory.

use crate::device::VfioDevice;
use crate::error::OpenError;
use crate::open::Protection;
use crate::options::Options;

impl VfioDevice {
    /// As [`VfioDevice::open`], also where no IOMMU translates (VFIO's no-IOMMU mode).
    ///
    /// Memory then has its physical addresses, and comes from a
    /// [`MemorySource`](host_linux::MemorySource): huge pages (`/proc/sys/vm/nr_hugepages`) if
    /// nothing else is said. The caller's own memory cannot be mapped, but bounced. The program
    /// needs `CAP_SYS_RAWIO` and, to see where huge pages lie, `CAP_SYS_ADMIN`.
    ///
    /// # Errors
    ///
    /// As [`VfioDevice::open`].
    ///
    /// # Safety
    ///
    /// Where nothing translates:
    ///
    /// 1. The device can write to all memory: its hardware, and the driver for it, do only what
    ///    they are told.
    /// 2. The kernel does not move the huge pages meanwhile: no memory is taken out of the host, and
    ///    nobody makes room for contiguous memory.
    /// 3. If the process ends while the device is at work, what it still writes goes to memory that
    ///    is somebody else's then; the kernel stops bus mastering, which a device may outlast.
    pub unsafe fn open_unprotected(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Waived)
    }
}
