//! Which device is opened, and the one flag for roads without protection.

use anydma::{DeviceVisitor, OpenError, with_device, with_unprotected_device};

/// What every program takes that opens one device.
#[derive(clap::Args, Debug)]
pub(crate) struct Road {
    /// Which device: a URI, such as mock:xdma, 'mock:xdma?iommu=off' or vfio:0000:01:00.0.
    #[arg(long, default_value = "mock:xdma")]
    pub(crate) device: String,
    /// Also take a road where no IOMMU stands between card and memory: a wrong address then writes
    /// to anybody's memory. Say it only for a host, a card and a driver that you answer for.
    #[arg(long)]
    unprotected: bool,
}

impl Road {
    /// Opens the device and visits it.
    pub(crate) fn visit<V: DeviceVisitor>(&self, visitor: V) -> Result<V::Output, OpenError> {
        if self.unprotected {
            // SAFETY: whoever gave the flag answers for card, driver and host, as its help says.
            unsafe { with_unprotected_device(&self.device, visitor) }
        } else {
            with_device(&self.device, visitor)
        }
    }
}
