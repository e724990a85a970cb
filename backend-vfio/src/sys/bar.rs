//! BARs through the device's file: mapped, or written by the kernel.

use std::sync::Arc;

use dma_core::Error;
use host_linux::{BarArea, BarMapping, Registers};
use rustix::io::{Errno, Result};

use crate::bar::BarInfo;
use crate::device::{Opened, VfioDevice};

/// Maps what can be mapped of a BAR.
pub(crate) fn registers(opened: &Arc<Opened>, bar: &BarInfo) -> Result<Registers> {
    let size = usize::try_from(bar.size()).map_err(|_| Errno::NOMEM)?;
    let area = |place: core::ops::Range<usize>| {
        let offset = bar.offset() + place.start as u64;
        BarArea { place, offset }
    };
    let areas: Vec<BarArea> = bar.mappable(host_linux::page_size()).into_iter().map(area).collect();
    let (file, writable, domain) = (opened.file(), bar.is_writable(), opened.space().id());
    let keep = Arc::clone(opened);
    // SAFETY: the kernel says that the device's file has these areas of the BAR, until it is
    // closed, which the mapping keeps it from. The device masters the bus in the address space
    // that it was opened in.
    unsafe { BarMapping::map(file, &areas, writable, (0, size), domain, keep) }
}

impl VfioDevice {
    /// Writes to BAR `index` through the kernel, in accesses of at most 8 bytes: slow, and possible
    /// where a BAR cannot be mapped.
    ///
    /// # Errors
    ///
    /// As [`VfioDevice::read`].
    ///
    /// # Safety
    ///
    /// As [`Access::store`](dma_core::Access::store): if it makes the device master the bus, every
    /// address that it will use is a live mapping of its domain that nobody else owns.
    pub unsafe fn write(
        &self,
        index: usize,
        offset: u64,
        bytes: &[u8],
    ) -> core::result::Result<(), Error> {
        self.store(index, offset, bytes)
    }
}
