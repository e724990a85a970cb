//! The newer road: a device has its own node, and iommufd holds its mappings.
//!
//! Since 6.6, where the kernel is built with it. There is no group to open: a device whose group is
//! not all in VFIO's hands is refused as it is bound.
#![forbid(unsafe_code)]

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;

use host_linux::Remedy;
use host_linux::pci::{IommuGroup, PciDevice};
use rustix::io::Errno;

use crate::error::{OpenError, OpenErrorKind};
use crate::open::{not_viable, refused};
use crate::space::AddressSpace;
use crate::sys::{Road, iommufd};
use crate::windows::choose;

/// Where the kernel's iommufd is.
const IOMMUFD: &str = "/dev/iommu";

/// The node of a device, if the kernel has one for it; and iommufd, too.
pub(crate) fn node(device: &PciDevice) -> Result<Option<String>, OpenError> {
    let name = device.vfio_node().map_err(|error| {
        OpenError::new(OpenErrorKind::Os, &device.address(), "looking for its own VFIO node")
            .answer(error)
    })?;
    let there = std::path::Path::new(IOMMUFD).exists();
    Ok(name.filter(|_| there).map(|name| format!("/dev/vfio/devices/{name}")))
}

/// Opens a device by its own node, with an address space of its own.
pub(crate) fn open(
    device: &PciDevice,
    group: &IommuGroup,
    node: &str,
) -> Result<(Arc<AddressSpace>, OwnedFd), OpenError> {
    let name = device.address();
    let open = |path: &str, tried: &str| {
        let file = File::options().read(true).write(true).open(path).map(OwnedFd::from);
        file.map_err(|error| refused(&name, tried, path, &error))
    };
    let os = |tried: &'static str| {
        move |error: Errno| OpenError::new(OpenErrorKind::Os, &name, tried).answer(error)
    };
    let file = open(node, &format!("opening its node {node}"))?;
    let iommu = open(IOMMUFD, "opening /dev/iommu")?;
    iommufd::bind(&file, iommu.as_fd()).map_err(|error| match error {
        Errno::BUSY | Errno::PERM | Errno::INVAL => bound(device, group, error),
        error => os("giving it to iommufd")(error),
    })?;
    let ioas = iommufd::allocate(&iommu).map_err(os("making an address space"))?;
    iommufd::attach(&file, ioas).map_err(|error| match error {
        Errno::BUSY | Errno::PERM => bound(device, group, error),
        error => os("attaching it to an address space")(error),
    })?;
    let (told, unit) =
        iommufd::ranges(&iommu, ioas).map_err(os("asking for the IOMMU's addresses"))?;
    let (windows, evidence) = choose(Some(told), None);
    let unit = usize::try_from(unit).unwrap_or(1);
    let granule = unit.max(host_linux::page_size());
    let road = Road::Iommufd { iommufd: iommu, ioas };
    Ok((Arc::new(AddressSpace::new(road, windows, evidence, granule)), file))
}

/// Binding was refused: by its group, by the host's interrupts, or because it is taken.
fn bound(device: &PciDevice, group: &IommuGroup, error: Errno) -> OpenError {
    let tried = "giving it to iommufd";
    let others = crate::open::members_in_the_way(device, group);
    if !others.is_empty() {
        return not_viable(device, group);
    }
    if error == Errno::PERM {
        return OpenError::new(OpenErrorKind::UnsafeInterrupts, &device.address(), tried)
            .answer("the host does not remap interrupts, so a device could forge them")
            .hint(Remedy::accept_interrupts("iommufd").to_string());
    }
    // A device that is open already is an invalid argument to the kernel.
    OpenError::new(OpenErrorKind::Busy, &device.address(), tried)
        .answer(error)
        .hint("end the process that has it, or that has its group: `sudo fuser -v /dev/vfio/*`")
}
