//! One PCI device in sysfs: ids, BARs, driver, group, configuration space.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

use super::{IommuGroup, PciAddress};
use crate::{HostError, Sysfs, sysfs};

/// A PCI device, by its folder in sysfs.
#[derive(Clone, Debug)]
pub struct PciDevice {
    address: PciAddress,
    sysfs: Sysfs,
    folder: PathBuf,
}

/// What a BAR occupies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resource {
    /// First address of the CPU's physical address space.
    pub first: u64,
    /// Length in bytes.
    pub length: u64,
    /// Whether it is memory and not I/O ports.
    pub memory: bool,
    /// Whether it may be prefetched.
    pub prefetchable: bool,
    /// Whether it has an address of 64 bits, and so takes the next BAR's place too.
    pub wide: bool,
}

impl PciDevice {
    /// The device at an address; `None` if there is none.
    #[must_use]
    pub fn find(sysfs: &Sysfs, address: PciAddress) -> Option<Self> {
        let folder = sysfs.join("bus/pci/devices").join(address.to_string());
        folder.exists().then(|| Self { address, sysfs: sysfs.clone(), folder })
    }

    /// All devices, in the order of their addresses.
    ///
    /// # Errors
    ///
    /// The folder of devices cannot be listed.
    pub fn all(sysfs: &Sysfs) -> Result<Vec<Self>, HostError> {
        let names = sysfs::names(&sysfs.join("bus/pci/devices"))?;
        let mut all: Vec<Self> =
            names.iter().filter_map(|name| Self::find(sysfs, name.parse().ok()?)).collect();
        all.sort_by_key(|device| device.address);
        Ok(all)
    }

    /// Where it is.
    #[must_use]
    pub const fn address(&self) -> PciAddress {
        self.address
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn id(&self, file: &str) -> Result<u16, HostError> {
        let path = self.folder.join(file);
        let number = sysfs::number(&path)?;
        u16::try_from(number)
            .map_err(|_| HostError::nonsense("reading", &path, &number.to_string()))
    }

    /// Who made it.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn vendor(&self) -> Result<u16, HostError> {
        self.id("vendor")
    }

    /// Which it is.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn device(&self) -> Result<u16, HostError> {
        self.id("device")
    }

    /// Class, subclass and interface, as 0x010802 for NVMe.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn class(&self) -> Result<u32, HostError> {
        let path = self.folder.join("class");
        let number = sysfs::number(&path)?;
        u32::try_from(number)
            .map_err(|_| HostError::nonsense("reading", &path, &number.to_string()))
    }

    /// Whether it is a bridge, which belongs to the kernel in any group.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn is_bridge(&self) -> Result<bool, HostError> {
        Ok(self.class()? >> 16 == 0x06)
    }

    /// The driver that has it.
    ///
    /// # Errors
    ///
    /// The link cannot be read.
    pub fn driver(&self) -> Result<Option<String>, HostError> {
        sysfs::link_name(&self.folder.join("driver"))
    }

    /// Its IOMMU group; `None` if nothing translates for it.
    ///
    /// # Errors
    ///
    /// The link cannot be read.
    pub fn group(&self) -> Result<Option<IommuGroup>, HostError> {
        let path = self.folder.join("iommu_group");
        let Some(name) = sysfs::link_name(&path)? else { return Ok(None) };
        let number =
            name.parse().map_err(|_| HostError::nonsense("reading the link", &path, &name))?;
        Ok(Some(IommuGroup::new(&self.sysfs, number)))
    }

    /// The name of its own VFIO node, as "vfio0"; `None` if there is none.
    ///
    /// # Errors
    ///
    /// The folder cannot be listed.
    pub fn vfio_node(&self) -> Result<Option<String>, HostError> {
        let names = sysfs::names(&self.folder.join("vfio-dev"))?;
        Ok(names.into_iter().find(|name| name.starts_with("vfio")))
    }

    /// The name of its node of UIO, as "uio0"; `None` if no driver of UIO has it.
    ///
    /// # Errors
    ///
    /// The folder cannot be listed.
    pub fn uio_node(&self) -> Result<Option<String>, HostError> {
        let names = sysfs::names(&self.folder.join("uio"))?;
        Ok(names.into_iter().find(|name| name.starts_with("uio")))
    }

    /// Whether the kernel knows a way to reset it.
    #[must_use]
    pub fn can_reset(&self) -> bool {
        self.folder.join("reset").exists()
    }

    /// Resets it. The kernel puts its configuration space back as it was before.
    ///
    /// # Errors
    ///
    /// One may not, or the device does not come back.
    pub fn reset(&self) -> Result<(), HostError> {
        sysfs::write(&self.folder.join("reset"), "1")
    }

    /// Its BARs, six of them; `None` where there is none.
    ///
    /// # Errors
    ///
    /// The file cannot be read or makes no sense.
    pub fn resources(&self) -> Result<Vec<Option<Resource>>, HostError> {
        let path = self.folder.join("resource");
        let text = sysfs::read(&path)?;
        let lines = text.lines().take(6);
        lines
            .map(|line| resource(line).ok_or_else(|| HostError::nonsense("reading", &path, line)))
            .collect()
    }

    /// Its configuration space; 64 bytes if one is not privileged.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn config(&self) -> Result<Vec<u8>, HostError> {
        let path = self.folder.join("config");
        fs::read(&path).map_err(|error| HostError::new("reading", &path, error))
    }
}

/// A line of the file: first, last, flags; the outer `None` if it is none of these.
#[expect(clippy::option_option, reason = "a line may be wrong, or name no BAR")]
fn resource(line: &str) -> Option<Option<Resource>> {
    let mut numbers =
        line.split_whitespace().map(|word| u64::from_str_radix(word.strip_prefix("0x")?, 16).ok());
    let (first, last, flags) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if flags == 0 || last < first {
        return Some(None);
    }
    // Flags of the kernel's `ioport.h`.
    Some(Some(Resource {
        first,
        length: last - first + 1,
        memory: flags & 0x200 != 0,
        prefetchable: flags & 0x2000 != 0,
        wide: flags & 0x0010_0000 != 0,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Flags and lengths of real lines; a BAR that is not there is none.
    #[test]
    fn lines_of_resources_are_read() {
        let memory = resource("0x00000000fe800000 0x00000000fe8fffff 0x0000000000040200");
        let expected = Resource {
            first: 0xfe80_0000,
            length: 1 << 20,
            memory: true,
            prefetchable: false,
            wide: false,
        };
        assert_eq!(memory, Some(Some(expected)));
        let wide = resource("0x0000380000000000 0x0000380000003fff 0x000000000014220c");
        assert!(wide.unwrap().is_some_and(|bar| bar.wide && bar.prefetchable));
        let absent = "0x0000000000000000 0x0000000000000000 0x0000000000000000";
        assert_eq!(resource(absent), Some(None));
        assert_eq!(resource("fe800000"), None);
    }
}
