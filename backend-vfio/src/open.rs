//! From an address to an open device, and every reason why not.
#![forbid(unsafe_code)]

use core::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use host_linux::pci::{DeviceClaim, IommuGroup, Member, PciAddress, PciDevice};
use host_linux::{
    Coherency, Evidence, HostError, KernelVersion, MemorySource, Remedy, Sysfs, bus_adds_offset,
};

use crate::error::{OpenError, OpenErrorKind};
use crate::options::{Manager, Options};
use crate::space::AddressSpace;
use crate::{iommufd, type1};

/// Whether a device must be kept from memory that is not its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Protection {
    /// It must.
    Demanded,
    /// The caller has taken the responsibility.
    Waived,
}

/// The right to be the only handle of a device in this process.
pub(crate) fn claim(address: PciAddress) -> Result<DeviceClaim, OpenError> {
    DeviceClaim::take(address).ok_or_else(|| {
        OpenError::new(OpenErrorKind::Busy, &address, "opening it")
            .answer("this process has it open already")
            .hint("use a clone of that handle, or drop all that was taken from it")
    })
}

/// What is known of a device before it is opened.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) device: PciDevice,
    pub(crate) group: IommuGroup,
    pub(crate) coherency: Coherency,
}

/// Looks whether the device is there and in the right hands.
pub(crate) fn find(
    sysfs: &Sysfs,
    place: &str,
    options: Options,
    protection: Protection,
) -> Result<Found, OpenError> {
    let address: PciAddress = place.parse().map_err(|error| {
        OpenError::new(OpenErrorKind::BadAddress, &place, "reading its address").answer(error)
    })?;
    let Some(device) = PciDevice::find(sysfs, address) else {
        return Err(OpenError::new(OpenErrorKind::Missing, &address, "looking for it")
            .answer("there is no such PCI device")
            .hint(Remedy::look_again().to_string()));
    };
    let host = |error: HostError| {
        OpenError::new(OpenErrorKind::Os, &address, "looking at it").answer(error)
    };
    let driver = device.driver().map_err(host)?;
    let group = device.group().map_err(host)?;
    if !driver.as_deref().is_some_and(is_vfio) {
        // VFIO would not take it: to say that it should be given to VFIO would be no help.
        let hopeless = group.is_none() && is_without_any_iommu(sysfs);
        return Err(if hopeless {
            no_iommu(address, protection)
        } else {
            wrong_driver(address, driver.as_deref())
        });
    }
    let Some(group) = group else {
        return Err(no_iommu(address, protection));
    };
    let without = group.is_without_iommu().map_err(host)?;
    if protection == Protection::Demanded && without {
        return Err(OpenError::new(OpenErrorKind::Unprotected, &address, "opening it")
            .answer("nothing translates its addresses, so it can reach all memory")
            .hint(Remedy::open_unprotected().to_string()));
    }
    if without && bus_adds_offset(&device) {
        return Err(OpenError::new(OpenErrorKind::Offset, &address, "opening it").answer(
            "its bus has memory at other addresses than the processor (`dma-ranges` in the device \
             tree), and without an IOMMU nobody tells them",
        ));
    }
    if !without && options.memory != MemorySource::HugePages {
        return Err(OpenError::new(OpenErrorKind::NoMemorySource, &address, "opening it")
            .answer("an IOMMU translates for it, so any memory will do")
            .hint("leave the option `memory` away"));
    }
    let coherency = match options.coherent {
        Some(coherent) => Coherency { coherent, evidence: Evidence::User },
        None => Coherency::of(&device),
    };
    if !coherency.coherent && host_linux::caches::line().is_none() {
        return Err(OpenError::new(OpenErrorKind::NotCoherent, &address, "opening it")
            .answer("it does not snoop caches, and user space cannot maintain them here"));
    }
    Ok(Found { device, group, coherency })
}

/// Whether this host certainly has no IOMMU at all. A device may be in no group only because no
/// driver has had it yet.
fn is_without_any_iommu(sysfs: &Sysfs) -> bool {
    // On older kernels Arm's IOMMUs do not show themselves there.
    let shown = KernelVersion::current().is_some_and(|it| it >= KernelVersion::new(4, 12));
    let none =
        std::fs::read_dir(sysfs.join("class/iommu")).map_or(true, |mut all| all.next().is_none());
    shown && none
}

/// Whether a driver hands its devices out through VFIO.
fn is_vfio(driver: &str) -> bool {
    driver.starts_with("vfio") || driver.ends_with("vfio-pci") || driver.ends_with("vfio_pci")
}

fn wrong_driver(address: PciAddress, driver: Option<&str>) -> OpenError {
    let answer = match driver {
        Some(driver) => format!("the driver {driver} has it"),
        None => "no driver has it".to_owned(),
    };
    let hint = Remedy::give_to(&address, "vfio-pci").to_string();
    OpenError::new(OpenErrorKind::WrongDriver, &address, "opening it").answer(answer).hint(hint)
}

fn no_iommu(address: PciAddress, protection: Protection) -> OpenError {
    if protection == Protection::Waived {
        return OpenError::new(OpenErrorKind::NoIommu, &address, "looking for its group")
            .answer("VFIO made none, and there is no IOMMU")
            .hint(Remedy::allow_no_iommu().to_string());
    }
    OpenError::new(OpenErrorKind::NoIommu, &address, "looking for its IOMMU group")
        .answer("it is in none: no IOMMU translates for it")
        .hint(Remedy::switch_iommu_on().to_string())
}

/// A node that cannot be opened.
pub(crate) fn refused(
    name: &dyn fmt::Display,
    tried: &str,
    path: &str,
    error: &io::Error,
) -> OpenError {
    let (kind, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            (OpenErrorKind::NoVfio, Remedy::load("the kernel's VFIO", "vfio-pci").to_string())
        }
        io::ErrorKind::PermissionDenied => {
            (OpenErrorKind::NoPermission, Remedy::allow(Path::new(path)).to_string())
        }
        io::ErrorKind::ResourceBusy => {
            (OpenErrorKind::Busy, Remedy::end_owner(Path::new(path)).to_string())
        }
        _ => (OpenErrorKind::Os, String::new()),
    };
    OpenError::new(kind, name, tried).answer(error).hint(hint)
}

/// Members of a group that keep it from being used.
#[derive(Debug)]
pub(crate) struct InTheWay(Vec<Member>);

/// The other devices of a group that belong to drivers other than VFIO. Bridges do not count, nor
/// devices without a driver.
pub(crate) fn members_in_the_way(device: &PciDevice, group: &IommuGroup) -> InTheWay {
    // A group that cannot be listed is one with unknown members.
    let members = group.members().unwrap_or_default();
    let others = members.into_iter().filter(|member| {
        let foreign = member.driver.as_deref().is_some_and(|driver| !is_vfio(driver));
        foreign && !member.bridge && member.device.address() != device.address()
    });
    InTheWay(others.collect())
}

impl InTheWay {
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// "0000:01:00.1 (driver nvme)", all of them.
    pub(crate) fn describe(&self) -> String {
        let each = self.0.iter().map(|member| {
            let driver = member.driver.as_deref().unwrap_or("none");
            format!("{} (driver {driver})", member.device.address())
        });
        let list = each.collect::<Vec<_>>().join(", ");
        if list.is_empty() { "devices that other drivers have".to_owned() } else { list }
    }

    /// What to type.
    pub(crate) fn mend(&self) -> String {
        let addresses: Vec<_> = self.0.iter().map(|member| member.device.address()).collect();
        Remedy::give_all(&addresses).to_string()
    }
}

/// Its group cannot be used as long as others have a part of it.
pub(crate) fn not_viable(device: &PciDevice, group: &IommuGroup) -> OpenError {
    let others = members_in_the_way(device, group);
    let tried = format!("using its group {}", group.number());
    OpenError::new(OpenErrorKind::NotViable, &device.address(), &tried)
        .answer(format!("the IOMMU cannot tell it from {}", others.describe()))
        .hint(others.mend())
}

/// The device's address space, and its file, by the road that was chosen, or the one there is.
pub(crate) fn open(
    found: &Found,
    choice: Option<Manager>,
) -> Result<(Arc<AddressSpace>, OwnedFd), OpenError> {
    let Found { device, group, .. } = found;
    let without_iommu = group.is_without_iommu().map_err(|error| {
        OpenError::new(OpenErrorKind::Os, &device.address(), "looking at its group").answer(error)
    })?;
    if choice == Some(Manager::Type1) || without_iommu {
        return type1::open(device, group);
    }
    match (iommufd::node(device)?, choice) {
        (Some(node), Some(_)) => iommufd::open(device, group, &node),
        (Some(node), None) => match iommufd::open(device, group, &node) {
            // One may be allowed to open the group and not the device.
            Err(error) if error.kind() == OpenErrorKind::NoPermission => type1::open(device, group),
            opened => opened,
        },
        (None, None) => type1::open(device, group),
        (None, Some(_)) => Err(OpenError::new(
            OpenErrorKind::NoVfio,
            &device.address(),
            "looking for its own VFIO node",
        )
        .answer("the kernel has none, or no /dev/iommu")
        .hint("open it with `iommu=type1`, or use a kernel with iommufd (6.6 and newer)")),
    }
}
