//! Memory with the addresses that it has.

use std::sync::Arc;

use host_linux::{PhysicalSource, PlacedMemory};

use crate::open::Found;

/// Who lends memory for a device that was found untranslated, or forced.
pub(crate) fn lender(found: &Found, source: Arc<dyn PhysicalSource>) -> PlacedMemory {
    // SAFETY: the device was found to be one that nothing translates for, or whoever answers for it
    // wants to see what comes of it: an IOMMU that translates then lets nothing through at all.
    unsafe { PlacedMemory::new(source, found.coherency.coherent) }
}
