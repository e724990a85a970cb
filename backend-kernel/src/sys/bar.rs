//! BARs through the device's node.

use std::sync::Arc;

use backend_kernel_abi::Bar;
use dma_core::DomainId;
use host_linux::{BarArea, BarMapping, Registers};
use rustix::io::{Errno, Result};

use crate::device::Opened;

/// Maps a BAR that can be mapped.
pub(crate) fn registers(opened: &Arc<Opened>, bar: &Bar, domain: DomainId) -> Result<Registers> {
    let size = usize::try_from(bar.size).map_err(|_| Errno::NOMEM)?;
    let areas = [BarArea { place: 0..size, offset: bar.offset }];
    let (file, keep) = (opened.file(), Arc::clone(opened));
    // SAFETY: the module says that the device's node has the BAR there, until it is closed, which
    // the mapping keeps it from. The device masters the bus in the address space that it was
    // opened in.
    unsafe { BarMapping::map(file, &areas, true, (0, size), domain, keep) }
}
