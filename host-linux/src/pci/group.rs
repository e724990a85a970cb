//! An IOMMU group: the devices that cannot be told apart by the IOMMU.
#![forbid(unsafe_code)]

use std::path::PathBuf;

use super::PciDevice;
use crate::{HostError, Sysfs, sysfs};

/// A group, by its number.
#[derive(Clone, Debug)]
pub struct IommuGroup {
    number: u32,
    sysfs: Sysfs,
    folder: PathBuf,
}

/// A device of a group.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which.
    pub device: PciDevice,
    /// The driver that has it.
    pub driver: Option<String>,
    /// Whether it is a bridge.
    pub bridge: bool,
}

impl IommuGroup {
    pub(crate) fn new(sysfs: &Sysfs, number: u32) -> Self {
        let folder = sysfs.join("kernel/iommu_groups").join(number.to_string());
        Self { number, sysfs: sysfs.clone(), folder }
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Its name, if it has one: "vfio-noiommu" where VFIO made it without an IOMMU.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn name(&self) -> Result<Option<String>, HostError> {
        match sysfs::read(&self.folder.join("name")) {
            Ok(name) => Ok(Some(name)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether VFIO made it for a device without an IOMMU.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn is_without_iommu(&self) -> Result<bool, HostError> {
        Ok(self.name()?.as_deref() == Some("vfio-noiommu"))
    }

    /// What the IOMMU does for drivers of the kernel: "DMA", "DMA-FQ", "identity"; `None` where
    /// the kernel does not tell.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn translation(&self) -> Result<Option<String>, HostError> {
        match sysfs::read(&self.folder.join("type")) {
            Ok(kind) => Ok(Some(kind)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The addresses that devices of the group must not be given, first to last; `None` where the
    /// kernel does not tell (before 4.11).
    ///
    /// # Errors
    ///
    /// The file cannot be read or makes no sense.
    pub fn reserved(&self) -> Result<Option<Vec<(u64, u64)>>, HostError> {
        let path = self.folder.join("reserved_regions");
        let text = match sysfs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let line = |line: &str| {
            let mut words = line.split_whitespace();
            let mut number = || u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok();
            Some((number()?, number()?))
        };
        let ranges = text
            .lines()
            .map(|text| line(text).ok_or_else(|| HostError::nonsense("reading", &path, text)));
        ranges.collect::<Result<_, _>>().map(Some)
    }

    /// The PCI devices in it.
    ///
    /// # Errors
    ///
    /// The folder cannot be listed, or a device in it not read.
    pub fn members(&self) -> Result<Vec<Member>, HostError> {
        let mut members = Vec::new();
        for name in sysfs::names(&self.folder.join("devices"))? {
            let Some(device) =
                name.parse().ok().and_then(|address| PciDevice::find(&self.sysfs, address))
            else {
                continue;
            };
            members.push(Member { driver: device.driver()?, bridge: device.is_bridge()?, device });
        }
        Ok(members)
    }
}
