//! Devices that nothing keeps from reaching all memory.

use crate::device::KernelDevice;
use crate::error::OpenError;
use crate::open::Protection;
use crate::options::Options;

impl KernelDevice {
    /// As [`KernelDevice::open`], also where no IOMMU translates.
    ///
    /// Handles are physical addresses then, still those that the kernel's DMA API gives out: of
    /// memory that does not move and stays until it is given back. `CAP_SYS_RAWIO` is needed.
    ///
    /// # Errors
    ///
    /// As [`KernelDevice::open`].
    ///
    /// # Safety
    ///
    /// Where nothing translates, the device can write to all memory: its hardware, and the driver
    /// for it, do only what they are told.
    pub unsafe fn open_unprotected(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Waived)
    }
}
