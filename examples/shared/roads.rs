//! Which devices are opened, and the one flag for roads without protection.

use anydma::{Device, OpenError};

/// What every program takes that opens several devices.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Roads {
    /// Which devices: URIs, each with a task of its own [default: mock:xdma mock:xdma mock:edu].
    #[arg(long)]
    device: Vec<String>,
    /// Also take roads where no IOMMU stands between card and memory: a wrong address then writes
    /// to anybody's memory. Say it only for a host, cards and drivers that you answer for.
    #[arg(long)]
    unprotected: bool,
}

impl Roads {
    /// The URIs of all devices.
    pub(crate) fn devices(&self) -> Vec<String> {
        if self.device.is_empty() {
            return ["mock:xdma", "mock:xdma", "mock:edu"].map(str::to_owned).into();
        }
        self.device.clone()
    }

    /// Opens one of them.
    pub(crate) fn open(&self, uri: &str) -> Result<Device, OpenError> {
        if self.unprotected {
            // SAFETY: whoever gave the flag answers for cards, drivers and host, as its help says.
            unsafe { Device::open_unprotected(uri) }
        } else {
            Device::open(uri)
        }
    }
}
