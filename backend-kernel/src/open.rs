//! From an address to an open device, and every reason why not.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt as _;

use backend_kernel_abi::{self as abi, DRIVER, Info, NODES, VERSION};
use host_linux::pci::{DeviceClaim, PciAddress, PciDevice};
use host_linux::{HostError, Sysfs};
use rustix::fs::OFlags;
use rustix::io::Errno;

use crate::error::{OpenError, OpenErrorKind};
use crate::sys::kernel;

/// Whether a device must be kept from memory that is not its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Protection {
    /// It must.
    Demanded,
    /// The caller has taken the responsibility.
    Waived,
}

/// A device that is open.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) address: PciAddress,
    pub(crate) claim: DeviceClaim,
    pub(crate) file: OwnedFd,
    pub(crate) info: Info,
}

/// Looks whether the device is there and in the right hands, and opens it.
pub(crate) fn open(sysfs: &Sysfs, place: &str, protection: Protection) -> Result<Found, OpenError> {
    let address: PciAddress = place.parse().map_err(|error| {
        OpenError::new(OpenErrorKind::BadAddress, &place, "reading its address").answer(error)
    })?;
    let Some(device) = PciDevice::find(sysfs, address) else {
        return Err(OpenError::new(OpenErrorKind::Missing, &address, "looking for it")
            .answer("there is no such PCI device")
            .hint("`lspci -D` shows those that are; `echo 1 > /sys/bus/pci/rescan` looks again"));
    };
    if !sysfs.join("bus/pci/drivers").join(DRIVER).exists() {
        return Err(OpenError::new(OpenErrorKind::NoModule, &address, "opening it")
            .answer(format!("the kernel module {DRIVER} is not loaded"))
            .hint(format!(
                "`modprobe {DRIVER}`; if there is none for this kernel, build it: see the README, \
                 \"The kernel module\""
            )));
    }
    let host = |error: HostError| {
        OpenError::new(OpenErrorKind::Os, &address, "looking at it").answer(error)
    };
    let driver = device.driver().map_err(host)?;
    if driver.as_deref() != Some(DRIVER) {
        return Err(wrong_driver(address, driver.as_deref()));
    }
    let Some(claim) = DeviceClaim::take(address) else {
        return Err(OpenError::new(OpenErrorKind::Busy, &address, "opening it")
            .answer("this process has it open already")
            .hint("use a clone of that handle, or drop all that was taken from it"));
    };
    let node = format!("{NODES}/{address}");
    let flags = OFlags::CLOEXEC | OFlags::NONBLOCK;
    let file = File::options()
        .read(true)
        .write(true)
        .custom_flags(flags.bits().cast_signed())
        .open(&node)
        .map_err(|error| refused(address, &node, &error))?;
    let file = OwnedFd::from(file);
    let asked = |error: Errno| {
        OpenError::new(OpenErrorKind::Os, &address, "asking what it is").answer(error)
    };
    let version = kernel::version(&file).map_err(asked)?;
    if version != VERSION {
        return Err(OpenError::new(OpenErrorKind::WrongVersion, &address, "opening it")
            .answer(format!("the module speaks version {version}, and this program {VERSION}"))
            .hint("build and load the module of the same release as the program"));
    }
    let info = kernel::info(&file).map_err(asked)?;
    if protection == Protection::Demanded && info.flags & abi::info::TRANSLATED == 0 {
        return Err(OpenError::new(OpenErrorKind::Unprotected, &address, "opening it")
            .answer("nothing translates its addresses, so it can reach all memory")
            .hint(
                "switch the IOMMU on in the firmware and the kernel, or open it as unprotected, \
                 which is unsafe",
            ));
    }
    Ok(Found { address, claim, file, info })
}

fn wrong_driver(address: PciAddress, driver: Option<&str>) -> OpenError {
    let answer = match driver {
        Some(driver) => format!("the driver {driver} has it"),
        None => "no driver has it".to_owned(),
    };
    let device = format!("/sys/bus/pci/devices/{address}");
    OpenError::new(OpenErrorKind::WrongDriver, &address, "opening it").answer(answer).hint(format!(
        "give it to the module: `driverctl set-override {address} {DRIVER}`, or `echo {DRIVER} > \
         {device}/driver_override; echo {address} > {device}/driver/unbind; echo {address} > \
         /sys/bus/pci/drivers_probe`"
    ))
}

/// What a refusal of `open(2)` means.
fn refused(address: PciAddress, node: &str, error: &io::Error) -> OpenError {
    let new = |kind| OpenError::new(kind, &address, &format!("opening {node}")).answer(error);
    match error.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::ACCESS) => new(OpenErrorKind::NoPermission).hint(format!(
            "let your group have it: `chgrp GROUP {node}; chmod 660 {node}`, and for good with the \
             rules in udev/60-anydma-kernel.rules"
        )),
        Some(Errno::PERM) => new(OpenErrorKind::NoPrivilege).hint(format!(
            "the card is not kept from all memory that is not its own, so CAP_SYS_RAWIO is needed \
             (root has it). Without it: an IOMMU that translates strictly (`iommu.strict=1`, or \
             `echo DMA > /sys/bus/pci/devices/{address}/iommu_group/type` while no driver has the \
             card), remaps interrupts, and has the card in a group of its own"
        )),
        Some(Errno::BUSY) => new(OpenErrorKind::Busy)
            .hint(format!("end the program that has it: `fuser -v {node}` shows which")),
        Some(Errno::NOENT | Errno::NODEV | Errno::NXIO) => new(OpenErrorKind::Os).hint(
            "the driver is just letting go of it, or nobody makes nodes (devtmpfs is not mounted)",
        ),
        _ => new(OpenErrorKind::Os),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use super::*;

    /// A host with one device, whose driver is this, and with the module or without.
    fn host(name: &str, module: bool, driver: Option<&str>) -> (PathBuf, Sysfs) {
        let root =
            std::env::temp_dir().join(format!("backend-kernel-{name}-{}", std::process::id()));
        let device = root.join("bus/pci/devices/0000:01:00.0");
        fs::create_dir_all(&device).unwrap();
        if module {
            fs::create_dir_all(root.join("bus/pci/drivers").join(DRIVER)).unwrap();
        }
        if let Some(driver) = driver {
            symlink(format!("../../drivers/{driver}"), device.join("driver")).unwrap();
        }
        (root.clone(), Sysfs::at(root))
    }

    fn refusal(name: &str, module: bool, driver: Option<&str>, place: &str) -> OpenError {
        let (root, sysfs) = host(name, module, driver);
        let refusal = open(&sysfs, place, Protection::Demanded).unwrap_err();
        fs::remove_dir_all(root).unwrap();
        refusal
    }

    // What stands in the way before the node is opened is told apart, each with what to type.
    #[test]
    fn refusals_say_what_to_type() {
        let place = "0000:01:00.0";
        let bad = refusal("bad", true, None, "edu");
        assert_eq!(bad.kind(), OpenErrorKind::BadAddress);
        let missing = refusal("missing", true, None, "0000:02:00.0");
        assert_eq!(missing.kind(), OpenErrorKind::Missing);
        let unloaded = refusal("unloaded", false, None, place);
        assert_eq!(unloaded.kind(), OpenErrorKind::NoModule);
        assert!(unloaded.what_to_do().contains("modprobe anydma"), "{unloaded}");
        for (driver, answer) in [(Some("nvme"), "the driver nvme has it"), (None, "no driver")] {
            let wrong = refusal("wrong", true, driver, place);
            assert_eq!(wrong.kind(), OpenErrorKind::WrongDriver);
            assert!(wrong.to_string().contains(answer), "{wrong}");
            assert!(wrong.what_to_do().contains("set-override 0000:01:00.0 anydma"), "{wrong}");
        }
    }

    // What the kernel answers to who opens the node is told apart, each with what to do.
    #[test]
    fn refusals_of_the_node_are_explained() {
        for (errno, kind, hint) in [
            (Errno::ACCESS, OpenErrorKind::NoPermission, "chmod 660"),
            (Errno::PERM, OpenErrorKind::NoPrivilege, "CAP_SYS_RAWIO"),
            (Errno::BUSY, OpenErrorKind::Busy, "fuser"),
            (Errno::NOENT, OpenErrorKind::Os, "devtmpfs"),
        ] {
            let error = io::Error::from_raw_os_error(errno.raw_os_error());
            let refusal = refused("0000:01:00.0".parse().unwrap(), "/dev/anydma/x", &error);
            assert_eq!(refusal.kind(), kind);
            assert!(refusal.to_string().contains(hint), "{refusal}");
        }
    }
}
