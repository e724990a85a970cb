//! A group of two functions: to be had as a whole or not at all.
//!
//! They are behind a conventional bridge, so that the IOMMU cannot tell one from the other.
#![forbid(unsafe_code)]

use guest_init::error::{Error, Result};

use super::{Arguments, pci, refused, round_trip, while_bound};

/// With the second device in the hands of another driver the first is refused, and the message
/// names the second; with both in VFIO's, either works.
pub(super) fn not_viable(arguments: &Arguments) -> Result<String> {
    let [first, second] = arguments.group.as_slice() else {
        return Err(Error::new("name two with --group"));
    };
    let groups = [pci(first)?.group(), pci(second)?.group()];
    if groups[0].is_none() || groups[0] != groups[1] {
        return Err(Error::new(format!("{first} and {second} are not in one group: {groups:?}")));
    }
    let said = while_bound(second, "uio_pci_generic", || {
        refused(&round_trip(first), &[first, second, "uio_pci_generic", "driverctl set-override"])
    })?;
    for device in [first, second] {
        round_trip(device).succeeds()?;
    }
    Ok(said)
}
