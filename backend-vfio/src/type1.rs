//! The road of every kernel with VFIO: a container, a group, its device.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::ffi::CString;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use host_linux::Remedy;
use host_linux::pci::{IommuGroup, PciDevice};
use rustix::io::Errno;
use vfio_bindings::bindings::vfio;

use crate::error::{OpenError, OpenErrorKind};
use crate::open::{not_viable, refused};
use crate::space::AddressSpace;
use crate::sys::{Road, kernel};
use crate::windows::{Evidence, IommuInfo, choose};

/// The address spaces of groups that this process has open. A group is opened once, so devices of
/// one group share an address space, as they do in the IOMMU.
static GROUPS: Mutex<BTreeMap<u32, Weak<AddressSpace>>> = Mutex::new(BTreeMap::new());

/// Opens a device through its group.
pub(crate) fn open(
    device: &PciDevice,
    group: &IommuGroup,
) -> Result<(Arc<AddressSpace>, OwnedFd), OpenError> {
    let space = address_space(device, group)?;
    match space.road().group() {
        Some(group) => {
            let file = open_device(device, group)?;
            Ok((space, file))
        }
        // Only spaces with a group are entered.
        None => Err(not_viable(device, group)),
    }
}

/// Opens a device's group, or joins whoever has it open in this process.
fn address_space(device: &PciDevice, group: &IommuGroup) -> Result<Arc<AddressSpace>, OpenError> {
    let mut groups = GROUPS.lock().unwrap_or_else(PoisonError::into_inner);
    groups.retain(|_, space| space.strong_count() > 0);
    if let Some(space) = groups.get(&group.number()).and_then(Weak::upgrade) {
        return Ok(space);
    }
    let space = Arc::new(open_group(device, group)?);
    groups.insert(group.number(), Arc::downgrade(&space));
    Ok(space)
}

/// Opens a node of `/dev/vfio`.
fn open_node(path: &str) -> io::Result<OwnedFd> {
    File::options().read(true).write(true).open(path).map(OwnedFd::from)
}

fn open_group(device: &PciDevice, group: &IommuGroup) -> Result<AddressSpace, OpenError> {
    let name = device.address();
    let unprotected = group.is_without_iommu().map_err(|error| {
        OpenError::new(OpenErrorKind::Os, &name, "looking at its group").answer(error)
    })?;
    let prefix = if unprotected { "noiommu-" } else { "" };
    let path = format!("/dev/vfio/{prefix}{}", group.number());
    let node = open_node(&path).map_err(|error| {
        let tried = format!("opening its group {path}");
        refused(&name, &tried, &path, &error)
    })?;
    let os = |tried: &'static str| {
        move |error: Errno| OpenError::new(OpenErrorKind::Os, &name, tried).answer(error)
    };
    let flags = kernel::group_flags(&node).map_err(os("asking for the state of its group"))?;
    if flags & vfio::VFIO_GROUP_FLAGS_VIABLE == 0 {
        return Err(not_viable(device, group));
    }
    let container = open_node("/dev/vfio/vfio").map_err(|error| {
        refused(&name, "opening the container /dev/vfio/vfio", "/dev/vfio/vfio", &error)
    })?;
    match kernel::api_version(&container).map_err(os("asking for the version of VFIO"))? {
        0 => {}
        version => {
            return Err(OpenError::new(
                OpenErrorKind::NoVfio,
                &name,
                "asking for the version of VFIO",
            )
            .answer(format!("{version}, and 0 is needed")));
        }
    }
    let has = |kind| kernel::extension(&container, kind).is_ok_and(|answer| answer > 0);
    let kind = if unprotected {
        vfio::VFIO_NOIOMMU_IOMMU
    } else if has(vfio::VFIO_TYPE1v2_IOMMU) {
        vfio::VFIO_TYPE1v2_IOMMU
    } else if has(vfio::VFIO_TYPE1_IOMMU) {
        vfio::VFIO_TYPE1_IOMMU
    } else {
        return Err(OpenError::new(OpenErrorKind::NoVfio, &name, "looking for a type 1 IOMMU")
            .answer("the kernel's VFIO has none")
            .hint(Remedy::load("it", "vfio_iommu_type1").to_string()));
    };
    kernel::set_container(&node, container.as_raw_fd())
        .map_err(os("putting its group into a container"))?;
    kernel::set_iommu(&container, kind).map_err(|error| no_iommu(&name, error))?;
    if unprotected {
        let road = Road::Unprotected { container, group: node };
        return Ok(AddressSpace::new(road, Vec::new(), Evidence::Untranslated, 1));
    }
    let answer = kernel::iommu_info(&container).map_err(os("asking for the IOMMU's addresses"))?;
    let info = IommuInfo::parse(&answer).ok_or_else(|| {
        OpenError::new(OpenErrorKind::Os, &name, "asking for the IOMMU's addresses")
            .answer("an answer that makes no sense")
    })?;
    let reserved = match &info.windows {
        Some(_) => None,
        None => group.reserved().map_err(|error| {
            OpenError::new(OpenErrorKind::Os, &name, "looking for reserved addresses").answer(error)
        })?,
    };
    let granule = info.granule(host_linux::page_size());
    let (windows, evidence) = choose(info.windows, reserved.as_deref());
    let road = Road::Type1 { container, group: node };
    Ok(AddressSpace::new(road, windows, evidence, granule))
}

fn no_iommu(name: &dyn core::fmt::Display, error: Errno) -> OpenError {
    let tried = "switching the IOMMU on for its container";
    if error == Errno::PERM {
        return OpenError::new(OpenErrorKind::UnsafeInterrupts, name, tried)
            .answer("the host does not remap interrupts, so a device could forge them")
            .hint(Remedy::accept_interrupts("vfio_iommu_type1").to_string());
    }
    OpenError::new(OpenErrorKind::Os, name, tried).answer(error)
}

/// Opens a device of a group.
fn open_device(device: &PciDevice, group: &OwnedFd) -> Result<OwnedFd, OpenError> {
    let name = device.address();
    let text = CString::new(name.to_string()).unwrap_or_default();
    kernel::open_device(group, &text).map_err(|error| {
        let tried = "opening the device of its group";
        let kind = match error {
            Errno::BUSY => OpenErrorKind::Busy,
            Errno::NODEV => OpenErrorKind::WrongDriver,
            _ => OpenErrorKind::Os,
        };
        OpenError::new(kind, &name, tried).answer(error)
    })
}
