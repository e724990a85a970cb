//! BARs through their files in sysfs.

use std::os::fd::AsFd;
use std::sync::Arc;

use dma_core::DomainId;
use host_linux::pci::Resource;
use host_linux::{BarArea, BarMapping, Registers, page_size};
use rustix::io::{Errno, Result};

use crate::device::Opened;

/// Maps a BAR, whose file this is.
pub(crate) fn registers(
    opened: &Arc<Opened>,
    bar: &Resource,
    file: impl AsFd,
) -> Result<Registers> {
    let page = page_size();
    let lead = usize::try_from(bar.first % page as u64).unwrap_or(0);
    let size = usize::try_from(bar.length).map_err(|_| Errno::NOMEM)?;
    let end = lead.checked_add(size).ok_or(Errno::NOMEM)?;
    let last = end.checked_next_multiple_of(page).ok_or(Errno::NOMEM)?;
    let areas = [BarArea { place: 0..last, offset: 0 }];
    let keep = Arc::clone(opened);
    // SAFETY: the kernel says that this file is the device's BAR, and a mapping of it lasts. The
    // device is opened as one that nothing translates for.
    unsafe { BarMapping::map(file.as_fd(), &areas, true, (lead, size), DomainId::PHYSICAL, keep) }
}
