//! Hands PCI functions to drivers: planned first, undone if it does not go through.
//!
//! A driver is given a function by the kernel's `driver_override`, which touches no other function
//! of the same kind and is forgotten at the next boot. VFIO wants all of an IOMMU group, so
//! the others of the group are handed over with it.
#![forbid(unsafe_code)]

use core::fmt;
use std::fs;
use std::path::Path;

use super::{PciAddress, PciDevice};
use crate::{HostError, Sysfs, sysfs};

/// Who is to have which functions.
#[derive(Clone, Debug)]
pub struct Binding {
    sysfs: Sysfs,
    /// `None` leaves it to the kernel.
    driver: Option<String>,
    handovers: Vec<Handover>,
}

/// One function that changes hands.
#[derive(Clone, Debug)]
pub struct Handover {
    device: PciDevice,
    from: Option<String>,
    preferred: String,
    uses: Vec<String>,
}

/// Why functions did not change hands.
#[derive(Debug)]
pub struct BindingError {
    what: String,
    interrupted: bool,
    left: Vec<HostError>,
}

/// Drivers that hand functions out whole groups at a time.
fn wants_group(driver: &str) -> bool {
    driver.starts_with("vfio")
}

impl Binding {
    /// Plans to give a function to a driver; to VFIO, with the others of its group that drivers
    /// have. Bridges stay where they are.
    ///
    /// # Errors
    ///
    /// The function, or its group, cannot be looked at.
    pub fn to(sysfs: &Sysfs, device: &PciDevice, driver: &str) -> Result<Self, HostError> {
        let mut devices = vec![device.clone()];
        if wants_group(driver) {
            devices.extend(others(device, |theirs| theirs.is_some_and(|it| !wants_group(it)))?);
        }
        let mut handovers =
            devices.iter().map(|it| Handover::of(sysfs, it)).collect::<Result<Vec<_>, _>>()?;
        handovers.retain(|it| it.from.as_deref() != Some(driver));
        Ok(Self { sysfs: sysfs.clone(), driver: Some(driver.to_owned()), handovers })
    }

    /// Plans to give a function back to the kernel, which chooses by itself who drives it; one
    /// that VFIO has, with the others of its group that were handed to VFIO.
    ///
    /// # Errors
    ///
    /// As [`Binding::to`].
    pub fn back(sysfs: &Sysfs, device: &PciDevice) -> Result<Self, HostError> {
        let mut devices = vec![device.clone()];
        if device.driver()?.as_deref().is_some_and(wants_group) {
            devices.extend(others(device, |theirs| theirs.is_some_and(wants_group))?);
        }
        let mut handovers =
            devices.iter().map(|it| Handover::of(sysfs, it)).collect::<Result<Vec<_>, _>>()?;
        // What the kernel has chosen itself needs no change.
        handovers.retain(|it| !it.preferred.is_empty() || it.from.is_none());
        Ok(Self { sysfs: sysfs.clone(), driver: None, handovers })
    }

    /// The functions that change hands, in order; none if all is as it should be.
    #[must_use]
    pub fn handovers(&self) -> &[Handover] {
        &self.handovers
    }

    /// Who gets them; `None` is the kernel's choice.
    #[must_use]
    pub fn driver(&self) -> Option<&str> {
        self.driver.as_deref()
    }

    /// Whether the kernel has the driver already, and need not load it.
    #[must_use]
    pub fn has_driver(&self) -> bool {
        let folder = self.sysfs.join("bus/pci/drivers");
        self.driver.as_ref().is_none_or(|driver| folder.join(driver).exists())
    }

    /// Does it, one function after the other. `stop` is asked between steps, and ends it.
    ///
    /// # Errors
    ///
    /// A step failed, or it was stopped: everything is as it was before, as far as the error says.
    pub fn execute(&self, stop: impl Fn() -> bool) -> Result<(), BindingError> {
        for (index, handover) in self.handovers.iter().enumerate() {
            let done = if stop() { Err(None) } else { self.step(handover, &stop) };
            let Err(failure) = done else { continue };
            let touched = self.handovers.get(..=index).unwrap_or_default();
            let left = touched.iter().rev().flat_map(|it| self.undo(it)).collect();
            return Err(match failure {
                Some(what) => BindingError { what, interrupted: false, left },
                None => {
                    BindingError { what: "it was interrupted".to_owned(), interrupted: true, left }
                }
            });
        }
        Ok(())
    }

    /// Hands one function over; `Err(None)` if it was stopped.
    fn step(&self, handover: &Handover, stop: &impl Fn() -> bool) -> Result<(), Option<String>> {
        let device = &handover.device;
        let failed = |error: HostError| Some(error.to_string());
        prefer(device, self.driver.as_deref().unwrap_or_default()).map_err(failed)?;
        unbind(device).map_err(failed)?;
        if stop() {
            return Err(None);
        }
        // The driver's refusal is what the write answers; what counts is who has it then.
        let answer = probe(&self.sysfs, device);
        let now = device.driver().map_err(failed)?;
        match &self.driver {
            None => Ok(()),
            Some(driver) if now.as_ref() == Some(driver) => Ok(()),
            Some(driver) => {
                let why = answer.err().map(|error| format!(": {error}")).unwrap_or_default();
                Err(Some(format!("{driver} does not take {}{why}", device.address())))
            }
        }
    }

    /// Gives a function back to who had it; what could not be done.
    fn undo(&self, handover: &Handover) -> Vec<HostError> {
        let Handover { device, from, preferred, .. } = handover;
        let mut left = Vec::new();
        let mut note = |done: Result<(), HostError>| left.extend(done.err());
        if !matches!(device.driver(), Ok(now) if now == *from) {
            note(unbind(device));
            if let Some(from) = from {
                // By name, in case the kernel would choose another one.
                note(prefer(device, from));
                note(probe(&self.sysfs, device));
            }
        }
        note(prefer(device, preferred));
        left
    }
}

impl Handover {
    fn of(sysfs: &Sysfs, device: &PciDevice) -> Result<Self, HostError> {
        let path = device.folder().join("driver_override");
        let preferred = match sysfs::read(&path) {
            Ok(text) if text == "(null)" => String::new(),
            Ok(text) => text,
            // Older than 3.16; then the driver does not take it, and says so.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            from: device.driver()?,
            preferred,
            uses: uses(sysfs, device.folder()),
            device: device.clone(),
        })
    }

    /// Which function.
    #[must_use]
    pub const fn address(&self) -> PciAddress {
        self.device.address()
    }

    /// Who has it now.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// What goes away with its driver: "network interface eth0", "disk nvme0n1".
    #[must_use]
    pub fn uses(&self) -> &[String] {
        &self.uses
    }
}

/// The other functions of a device's group, without bridges, by who has them.
fn others(
    device: &PciDevice,
    wanted: impl Fn(Option<&str>) -> bool,
) -> Result<Vec<PciDevice>, HostError> {
    let Some(group) = device.group()? else { return Ok(Vec::new()) };
    let members = group.members()?.into_iter();
    let other = members.filter(|it| {
        !it.bridge && it.device.address() != device.address() && wanted(it.driver.as_deref())
    });
    Ok(other.map(|it| it.device).collect())
}

/// Interfaces and disks that a function is.
fn uses(sysfs: &Sysfs, folder: &Path) -> Vec<String> {
    let Ok(real) = folder.canonicalize() else { return Vec::new() };
    let mut uses = Vec::new();
    for (class, word) in [("class/net", "network interface"), ("block", "disk")] {
        let names = sysfs::names(&sysfs.join(class)).unwrap_or_default();
        let below = |name: &String| {
            fs::canonicalize(sysfs.join(class).join(name)).is_ok_and(|it| it.starts_with(&real))
        };
        uses.extend(names.iter().filter(|name| below(name)).map(|name| format!("{word} {name}")));
    }
    uses
}

/// Says which driver a function is for; none leaves it to the kernel.
fn prefer(device: &PciDevice, driver: &str) -> Result<(), HostError> {
    // An empty write would not reach the kernel.
    let text = if driver.is_empty() { "\n" } else { driver };
    sysfs::write(&device.folder().join("driver_override"), text)
}

/// Lets the kernel look for a driver.
fn probe(sysfs: &Sysfs, device: &PciDevice) -> Result<(), HostError> {
    sysfs::write(&sysfs.join("bus/pci/drivers_probe"), &device.address().to_string())
}

/// Takes a function from the driver that has it.
fn unbind(device: &PciDevice) -> Result<(), HostError> {
    match device.driver()? {
        Some(_) => {
            sysfs::write(&device.folder().join("driver/unbind"), &device.address().to_string())
        }
        None => Ok(()),
    }
}

impl BindingError {
    /// Whether it was asked to stop.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.interrupted
    }

    /// Whether everything is as it was before.
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.left.is_empty()
    }
}

impl fmt::Display for BindingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if self.left.is_empty() {
            return f.write_str("; everything is as it was before");
        }
        f.write_str("; undoing it did not go through")?;
        self.left.iter().try_for_each(|error| write!(f, ": {error}"))
    }
}

impl core::error::Error for BindingError {}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use super::*;

    /// A sysfs with a card and a network controller in one group, and the bridge above. Files are
    /// written and nothing comes of it, as on a kernel whose drivers refuse.
    struct Paper(PathBuf);

    impl Paper {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir()
                .join(format!("host-linux-binding-{name}-{}", std::process::id()));
            let paper = Self(root.clone());
            for (name, class, driver) in [
                ("0000:00:01.0", "0x060400", Some("pcieport")),
                ("0000:01:00.0", "0xff0000", None),
                ("0000:01:00.1", "0x020000", Some("igb")),
            ] {
                let folder = root.join("devices").join(name);
                fs::create_dir_all(&folder).unwrap();
                fs::create_dir_all(root.join("kernel/iommu_groups/5/devices").join(name)).unwrap();
                fs::create_dir_all(root.join("bus/pci/devices")).unwrap();
                symlink(&folder, root.join("bus/pci/devices").join(name)).unwrap();
                symlink(root.join("kernel/iommu_groups/5"), folder.join("iommu_group")).unwrap();
                fs::write(folder.join("class"), class).unwrap();
                fs::write(folder.join("driver_override"), "(null)\n").unwrap();
                if let Some(driver) = driver {
                    let driver = root.join("bus/pci/drivers").join(driver);
                    fs::create_dir_all(&driver).unwrap();
                    symlink(driver, folder.join("driver")).unwrap();
                }
            }
            let interface = root.join("devices/0000:01:00.1/net/eth0");
            fs::create_dir_all(&interface).unwrap();
            fs::create_dir_all(root.join("class/net")).unwrap();
            symlink(interface, root.join("class/net/eth0")).unwrap();
            paper
        }

        fn plan(&self) -> Binding {
            let sysfs = Sysfs::at(&self.0);
            let card = PciDevice::find(&sysfs, "0000:01:00.0".parse().unwrap()).unwrap();
            Binding::to(&sysfs, &card, "vfio-pci").unwrap()
        }

        fn preferred(&self, name: &str) -> String {
            fs::read_to_string(self.0.join("devices").join(name).join("driver_override")).unwrap()
        }
    }

    impl Drop for Paper {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    // VFIO gets the group without its bridge, and the plan says what goes away with it; a driver
    // that needs no group gets the one function.
    #[test]
    fn groups_are_handed_over_whole_to_vfio_alone() {
        let paper = Paper::new("group");
        let plan = paper.plan();
        let who: Vec<String> = plan.handovers().iter().map(|it| it.address().to_string()).collect();
        assert_eq!(who, ["0000:01:00.0", "0000:01:00.1"]);
        assert_eq!(plan.handovers()[1].from(), Some("igb"));
        assert_eq!(plan.handovers()[1].uses(), ["network interface eth0"]);
        assert!(!plan.has_driver());
        let sysfs = Sysfs::at(&paper.0);
        let card = PciDevice::find(&sysfs, "0000:01:00.0".parse().unwrap()).unwrap();
        assert_eq!(Binding::to(&sysfs, &card, "uio_pci_generic").unwrap().handovers().len(), 1);
    }

    // A driver that does not take a function leaves everything as it was.
    #[test]
    fn refusal_is_undone() {
        let paper = Paper::new("refusal");
        let error = paper.plan().execute(|| false).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("vfio-pci does not take 0000:01:00.0"), "{text}");
        assert!(error.is_undone() && !error.is_interrupted(), "{text}");
        assert_eq!(paper.preferred("0000:01:00.0"), "\n");
        assert_eq!(paper.preferred("0000:01:00.1"), "(null)\n", "was not touched");
    }

    // Whenever it is stopped, everything is as it was.
    #[test]
    fn interruption_is_undone() {
        for patience in 0..2 {
            let paper = Paper::new(&format!("stop-{patience}"));
            let asked = Cell::new(0);
            let stop = || asked.replace(asked.get() + 1) >= patience;
            let error = paper.plan().execute(stop).unwrap_err();
            assert!(error.is_interrupted() && error.is_undone(), "{error}");
            assert_eq!(paper.preferred("0000:01:00.0"), "\n");
        }
    }
}
