//! From an address to an open device, and every reason why not.
#![forbid(unsafe_code)]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use host_linux::pci::{IommuGroup, PciAddress, PciDevice};
use host_linux::{Coherency, Evidence, HostError, Remedy, Sysfs, bus_adds_offset};
use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

use crate::error::{OpenError, OpenErrorKind};
use crate::options::Options;

/// Whether a device must be kept from memory that is not its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Protection {
    /// It must, so it is refused.
    Demanded,
    /// The caller has taken the responsibility.
    Waived,
}

/// What is known of a device before it is opened.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) device: PciDevice,
    pub(crate) coherency: Coherency,
    /// Its node, as `/dev/uio0`.
    node: PathBuf,
}

/// Looks whether the device is there, in the right hands, and nothing translates for it.
pub(crate) fn find(
    sysfs: &Sysfs,
    place: &str,
    options: Options,
    protection: Protection,
) -> Result<Found, OpenError> {
    let address: PciAddress = place.parse().map_err(|error| {
        OpenError::new(OpenErrorKind::BadAddress, &place, "reading its address").answer(error)
    })?;
    if protection == Protection::Demanded {
        return Err(OpenError::new(OpenErrorKind::Unprotected, &address, "opening it")
            .answer("UIO keeps the card from no memory, and frees memory before it stops the card")
            .hint(
                "use `vfio:`, which has an IOMMU do both, or open it as unprotected, which is \
                 unsafe",
            ));
    }
    let Some(device) = PciDevice::find(sysfs, address) else {
        return Err(OpenError::new(OpenErrorKind::Missing, &address, "looking for it")
            .answer("there is no such PCI device")
            .hint(Remedy::look_again().to_string()));
    };
    let host = |error: HostError| {
        OpenError::new(OpenErrorKind::Os, &address, "looking at it").answer(error)
    };
    if let Some(group) = device.group().map_err(host)?
        && !options.ignore_iommu
    {
        untranslated(address, &group)?;
    }
    if bus_adds_offset(&device) {
        return Err(OpenError::new(OpenErrorKind::Offset, &address, "opening it")
            .answer(
                "its bus has memory at other addresses than the processor (`dma-ranges` in the \
                 device tree), so a physical address is the wrong one",
            )
            .hint("use a road on which the kernel tells the card's addresses: `vfio:`"));
    }
    let driver = device.driver().map_err(host)?;
    let node = device.uio_node().map_err(host)?;
    let (Some(_), Some(node)) = (&driver, node) else {
        return Err(wrong_driver(address, driver.as_deref()));
    };
    let coherency = match options.coherent {
        Some(coherent) => Coherency { coherent, evidence: Evidence::User },
        None => Coherency::of(&device),
    };
    if !coherency.coherent && host_linux::caches::line().is_none() {
        return Err(OpenError::new(OpenErrorKind::NotCoherent, &address, "opening it")
            .answer("it does not snoop caches, and user space cannot maintain them here"));
    }
    Ok(Found { device, coherency, node: Path::new("/dev").join(node) })
}

/// Whether addresses of the group go through as they are.
fn untranslated(address: PciAddress, group: &IommuGroup) -> Result<(), OpenError> {
    let host = |error: HostError| {
        OpenError::new(OpenErrorKind::Os, &address, "looking at its IOMMU group").answer(error)
    };
    // Made by VFIO where there is no IOMMU.
    if group.is_without_iommu().map_err(host)? {
        return Ok(());
    }
    let kind = group.translation().map_err(host)?;
    let number = group.number();
    let file = format!("/sys/kernel/iommu_groups/{number}/type");
    let told = match kind.as_deref() {
        Some("identity") => return Ok(()),
        Some(kind) => format!("{file} says {kind}"),
        None => format!("the kernel does not tell how ({file} is missing)"),
    };
    Err(OpenError::new(OpenErrorKind::Translated, &address, "opening it")
        .answer(format!(
            "an IOMMU translates its addresses ({told}): the physical addresses that UIO has to \
             give it would fault, or hit what is somebody else's"
        ))
        .hint(format!(
            "use `vfio:{address}`, which is what an IOMMU is for. Where it must be UIO, let this one \
             group through: take its devices from their drivers and `echo identity > {file}`, or \
             boot with `iommu=pt`, on Arm `iommu.passthrough=1`. Do not switch the IOMMU off"
        )))
}

fn wrong_driver(address: PciAddress, driver: Option<&str>) -> OpenError {
    let answer = match driver {
        Some(driver) => format!("the driver {driver} has it, which is none of UIO"),
        None => "no driver has it".to_owned(),
    };
    OpenError::new(OpenErrorKind::WrongDriver, &address, "opening it").answer(answer).hint(format!(
        "{}; a card without an interrupt line that can be masked it does not take",
        Remedy::give_to(&address, "uio_pci_generic")
    ))
}

/// The files of a device: its node, locked for us, and its configuration space.
pub(crate) fn open(found: &Found) -> Result<(OwnedFd, File), OpenError> {
    let address = found.device.address();
    let (node, shown) = (&found.node, found.node.display());
    let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    let opened = OpenOptions::new().read(true).write(true).custom_flags(nonblocking).open(node);
    let file = opened.map_err(|error| refused(address, node, &error))?;
    // UIO lets everybody open it as often as they like; programs of ours keep one another out.
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {}
        Err(Errno::WOULDBLOCK) => {
            return Err(OpenError::new(OpenErrorKind::Busy, &address, "locking its node")
                .answer(format!("another process has {shown}"))
                .hint(Remedy::end_owner(node).to_string()));
        }
        Err(error) => {
            return Err(OpenError::new(OpenErrorKind::Os, &address, "locking its node")
                .answer(format!("{shown}: {error}")));
        }
    }
    let config = found.device.folder().join("config");
    let opened = OpenOptions::new().read(true).write(true).open(&config);
    let config = opened.map_err(|error| refused(address, &config, &error))?;
    Ok((file.into(), config))
}

/// A file that cannot be opened.
pub(crate) fn refused(address: PciAddress, path: &Path, error: &io::Error) -> OpenError {
    let shown = path.display();
    let (kind, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            (OpenErrorKind::NoUio, Remedy::load("the kernel's UIO", "uio_pci_generic").to_string())
        }
        io::ErrorKind::PermissionDenied => (
            OpenErrorKind::NoPermission,
            format!(
                "run it as root, or once: `sudo chown $USER {shown}` and `sudo setcap \
                 cap_sys_admin,cap_sys_rawio,cap_ipc_lock+ep PROGRAM`; a kernel that is locked down \
                 (`cat /sys/kernel/security/lockdown`) lets nobody"
            ),
        ),
        io::ErrorKind::ResourceBusy => (OpenErrorKind::Busy, Remedy::end_owner(path).to_string()),
        _ => (OpenErrorKind::Os, String::new()),
    };
    OpenError::new(kind, &address, &format!("opening {shown}")).answer(error).hint(hint)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    const PLACE: &str = "0000:01:00.0";

    /// A copy of sysfs with one card; `group` is what its IOMMU group says.
    struct Host(PathBuf);

    impl Host {
        fn new(name: &str, driver: Option<&str>, group: Option<&str>) -> Self {
            let root =
                std::env::temp_dir().join(format!("backend-uio-{name}-{}", std::process::id()));
            let device = root.join("bus/pci/devices").join(PLACE);
            fs::create_dir_all(&device).unwrap();
            if let Some(driver) = driver {
                let folder = root.join("bus/pci/drivers").join(driver);
                fs::create_dir_all(&folder).unwrap();
                symlink(folder, device.join("driver")).unwrap();
                if driver.starts_with("uio") {
                    fs::create_dir_all(device.join("uio/uio3")).unwrap();
                }
            }
            if let Some(kind) = group {
                let folder = root.join("kernel/iommu_groups/7");
                fs::create_dir_all(&folder).unwrap();
                if !kind.is_empty() {
                    fs::write(folder.join("type"), kind).unwrap();
                }
                symlink(folder, device.join("iommu_group")).unwrap();
            }
            Self(root)
        }

        fn find(&self, options: &str) -> Result<Found, OpenError> {
            let options = Options::parse(options).unwrap();
            find(&Sysfs::at(&self.0), PLACE, options, Protection::Waived)
        }
    }

    impl Drop for Host {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    // Without a group, or in one that lets everything through, the device is found with its node.
    #[test]
    fn untranslated_device_is_found() {
        for (name, group) in [("none", None), ("identity", Some("identity\n"))] {
            let host = Host::new(name, Some("uio_pci_generic"), group);
            assert_eq!(host.find("").unwrap().node, Path::new("/dev/uio3"));
        }
    }

    // An IOMMU that translates, or does not say whether it does, is a refusal that names VFIO and
    // the one group's switch; whoever wants to see what comes of it can.
    #[test]
    fn translating_iommu_is_refused() {
        for (name, kind) in [("dma", "DMA\n"), ("fq", "DMA-FQ\n"), ("untold", "")] {
            let host = Host::new(name, Some("uio_pci_generic"), Some(kind));
            let error = host.find("").unwrap_err();
            assert_eq!(error.kind(), OpenErrorKind::Translated);
            let text = error.to_string();
            for words in ["vfio:0000:01:00.0", "iommu_groups/7/type", "Do not switch the IOMMU off"]
            {
                assert!(text.contains(words), "{text}");
            }
            assert!(host.find("iommu=ignore").is_ok());
        }
    }

    // A device of another driver, or of none, says how to give it to UIO.
    #[test]
    fn other_drivers_are_named() {
        for (name, driver, words) in
            [("nvme", Some("nvme"), "the driver nvme has it"), ("bare", None, "no driver has it")]
        {
            let error = Host::new(name, driver, None).find("").unwrap_err();
            assert_eq!(error.kind(), OpenErrorKind::WrongDriver);
            let text = error.to_string();
            assert!(text.contains(words) && text.contains("driver_override"), "{text}");
        }
    }

    // Opened as protected, it is refused before anything is looked at, and says what to do.
    #[test]
    fn protected_opening_is_refused() {
        let (sysfs, options) = (Sysfs::at("/nowhere"), Options::default());
        let error = find(&sysfs, PLACE, options, Protection::Demanded).unwrap_err();
        assert_eq!(error.kind(), OpenErrorKind::Unprotected);
        assert!(error.to_string().contains("as unprotected"), "{error}");
        let error = find(&sysfs, PLACE, options, Protection::Waived).unwrap_err();
        assert_eq!(error.kind(), OpenErrorKind::Missing);
        let error = find(&sysfs, "uio0", options, Protection::Waived).unwrap_err();
        assert_eq!(error.kind(), OpenErrorKind::BadAddress);
    }

    // Files that cannot be opened say who may, or what to load.
    #[test]
    fn files_that_cannot_be_opened_say_why() {
        let address = PLACE.parse().unwrap();
        for (kind, expected, words) in [
            (io::ErrorKind::NotFound, OpenErrorKind::NoUio, "modprobe uio_pci_generic"),
            (io::ErrorKind::PermissionDenied, OpenErrorKind::NoPermission, "sudo chown"),
            (io::ErrorKind::ResourceBusy, OpenErrorKind::Busy, "fuser"),
        ] {
            let error = refused(address, Path::new("/dev/uio3"), &kind.into());
            assert_eq!(error.kind(), expected);
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
