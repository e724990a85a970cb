//! PCI devices as the kernel shows them, and giving them to drivers.
#![forbid(unsafe_code)]

use std::path::Path;

use crate::error::{Context, Error, Result, read, write};

const DEVICES: &str = "/sys/bus/pci/devices";

/// One PCI device.
#[derive(Debug, Clone)]
pub struct Device {
    /// "0000:01:00.0".
    pub name: String,
    /// "1234:11e8".
    pub ids: String,
    /// "ff0000" for `edu`, "010802" for NVMe.
    pub class: String,
}

impl Device {
    /// All devices, in the order of their names.
    ///
    /// # Errors
    ///
    /// The kernel does not show them.
    pub fn all() -> Result<Vec<Self>> {
        let mut devices = Vec::new();
        for entry in std::fs::read_dir(DEVICES).context(format_args!("list {DEVICES}"))? {
            let name = entry.context(DEVICES)?.file_name().to_string_lossy().into_owned();
            let number = |file: &str| -> Result<String> {
                let text = read(&format!("{DEVICES}/{name}/{file}"))?;
                Ok(text.trim_start_matches("0x").to_owned())
            };
            let ids = format!("{}:{}", number("vendor")?, number("device")?);
            let class = number("class")?;
            devices.push(Self { name, ids, class });
        }
        devices.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(devices)
    }

    /// The devices with these ids, or the one of this name.
    ///
    /// # Errors
    ///
    /// As [`Device::all`].
    pub fn of(ids: &str) -> Result<Vec<Self>> {
        Ok(Self::all()?
            .into_iter()
            .filter(|device| device.ids == ids || device.name == ids)
            .collect())
    }

    /// A file of the device in sysfs.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{DEVICES}/{}/{name}", self.name)
    }

    /// The driver that has it.
    #[must_use]
    pub fn driver(&self) -> Option<String> {
        link_name(&self.file("driver"))
    }

    /// The number of its IOMMU group.
    #[must_use]
    pub fn group(&self) -> Option<String> {
        link_name(&self.file("iommu_group"))
    }

    /// What its IOMMU group does: "DMA", "DMA-FQ", "identity", …
    ///
    /// # Errors
    ///
    /// It is in none.
    pub fn group_type(&self) -> Result<String> {
        read(&self.file("iommu_group/type"))
    }

    /// Takes it from the driver that has it and gives it to another one.
    ///
    /// # Errors
    ///
    /// That driver does not take it; then nobody has it.
    pub fn bind(&self, driver: &str) -> Result<()> {
        self.unbind()?;
        write(&self.file("driver_override"), driver)?;
        // The probing driver's refusal is what the write answers; what counts is who has it then.
        let answer = write("/sys/bus/pci/drivers_probe", &self.name);
        if self.driver().as_deref() == Some(driver) {
            return Ok(());
        }
        let why = answer.err().map(|error| format!(": {error}")).unwrap_or_default();
        Err(Error::new(format!("{driver} does not take {}{why}", self.name)))
    }

    /// Takes it from the driver that has it.
    ///
    /// # Errors
    ///
    /// The driver does not let go.
    pub fn unbind(&self) -> Result<()> {
        match self.driver() {
            Some(_) => write(&self.file("driver/unbind"), &self.name),
            None => Ok(()),
        }
    }

    /// Gives it back to whom the kernel sees fit.
    ///
    /// # Errors
    ///
    /// As [`Device::unbind`].
    pub fn release(&self) -> Result<()> {
        self.unbind()?;
        write(&self.file("driver_override"), "\n")
    }
}

/// Last part of what a symbolic link points to.
fn link_name(path: &str) -> Option<String> {
    let target = std::fs::read_link(Path::new(path)).ok()?;
    Some(target.file_name()?.to_string_lossy().into_owned())
}
