//! What to type where a host refuses a device: one set of words for all.
//!
//! A remedy is offered where the host stands in the way, and never takes protection away without
//! saying so: nothing here switches an IOMMU off.
#![forbid(unsafe_code)]

use core::fmt;
use std::path::Path;

/// Something to do, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remedy {
    what: String,
    commands: Vec<String>,
}

impl Remedy {
    /// Something to do, with commands for it: any of them does it.
    #[must_use]
    pub fn new(what: impl Into<String>, commands: &[&str]) -> Self {
        let commands = commands.iter().map(|command| (*command).to_owned()).collect();
        Self { what: what.into(), commands }
    }

    /// What to do, as "let your user have it".
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// How: any of these commands; none where it is done elsewhere, as in the firmware.
    #[must_use]
    pub fn commands(&self) -> &[String] {
        &self.commands
    }

    /// Hands a device to a driver.
    #[must_use]
    pub fn give_to(device: &dyn fmt::Display, driver: &str) -> Self {
        let whom = if driver == "vfio-pci" { "VFIO" } else { driver };
        Self {
            what: format!("give it to {whom}"),
            commands: vec![
                format!("sudo anydma bind {device} {driver}"),
                format!("driverctl set-override {device} {driver}"),
                format!(
                    "modprobe {driver}; \
                     echo {driver} > /sys/bus/pci/devices/{device}/driver_override; \
                     echo {device} > /sys/bus/pci/devices/{device}/driver/unbind; \
                     echo {device} > /sys/bus/pci/drivers_probe"
                ),
            ],
        }
    }

    /// Hands all the other devices of a group to VFIO.
    #[must_use]
    pub fn give_all<D: fmt::Display>(devices: &[D]) -> Self {
        if devices.is_empty() {
            return Self::new("give all devices of the group to vfio-pci", &[]);
        }
        let each = |command: &dyn Fn(&D) -> String| {
            devices.iter().map(command).collect::<Vec<_>>().join("; ")
        };
        Self {
            what: "give them to VFIO, too".to_owned(),
            commands: vec![each(&|device| format!("driverctl set-override {device} vfio-pci"))],
        }
    }

    /// Loads a module.
    #[must_use]
    pub fn load(what: &str, module: &str) -> Self {
        Self::new(format!("load {what}"), &[&format!("modprobe {module}")])
    }

    /// Looks for devices again.
    #[must_use]
    pub fn look_again() -> Self {
        let what = "`lspci -D` shows those that are; look again";
        Self::new(what, &["echo 1 > /sys/bus/pci/rescan"])
    }

    /// Lets a user open a node of VFIO.
    #[must_use]
    pub fn allow(node: &Path) -> Self {
        Self::new(
            "let your user have it",
            &[
                "sudo cp backend-vfio/udev/60-anydma-vfio.rules /etc/udev/rules.d && sudo udevadm \
                 control --reload && sudo udevadm trigger && sudo usermod -aG vfio $USER",
                &format!("sudo chown $USER {}", node.display()),
            ],
        )
    }

    /// Hands a node to a container.
    #[must_use]
    pub fn hand_to_container(node: &Path) -> Self {
        let option = format!("--device={}", node.display());
        Self::new(format!("start the container with the node in it: `{option}`"), &[])
    }

    /// Ends who has a node open.
    #[must_use]
    pub fn end_owner(node: &Path) -> Self {
        let command = format!("sudo fuser -v {}", node.display());
        Self::new("end the process that has it", &[&command])
    }

    /// Switches an IOMMU on.
    #[must_use]
    pub fn switch_iommu_on() -> Self {
        Self::new(
            "switch the IOMMU (VT-d, AMD-Vi, SMMU) on in the firmware, and on Intel boot with \
             `intel_iommu=on`",
            &[],
        )
    }

    /// Lets VFIO hand out devices that nothing translates for.
    #[must_use]
    pub fn allow_no_iommu() -> Self {
        Self::new(
            "allow it and bind the device to vfio-pci again; it can then write to all memory",
            &["echo 1 > /sys/module/vfio/parameters/enable_unsafe_noiommu_mode"],
        )
    }

    /// Opens a device that nothing translates for all the same.
    #[must_use]
    pub fn open_unprotected() -> Self {
        Self::new(
            "switch the IOMMU on in the firmware and the kernel, or open it as unprotected, which \
             is unsafe",
            &[],
        )
    }

    /// Accepts devices that can forge interrupts; `module` is who refuses.
    #[must_use]
    pub fn accept_interrupts(module: &str) -> Self {
        let command = format!("echo 1 > /sys/module/{module}/parameters/allow_unsafe_interrupts");
        let what = "switch interrupt remapping on in the firmware, or accept the risk";
        Self::new(what, &[&command])
    }

    /// Lets a process lock more memory.
    #[must_use]
    pub fn lock_more() -> Self {
        Self::new(
            "raise it for a user by `USER - memlock unlimited` in \
             /etc/security/limits.d/anydma.conf, for a service by `LimitMEMLOCK=infinity` in its \
             unit, for a shell of root",
            &["ulimit -l unlimited"],
        )
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        for (index, command) in self.commands.iter().enumerate() {
            write!(f, "{}`{command}`", if index == 0 { ": " } else { ", or " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Any of the commands does it, and none needs another tool than the last.
    #[test]
    fn commands_are_alternatives() {
        let text = Remedy::give_to(&"0000:01:00.0", "vfio-pci").to_string();
        assert!(text.starts_with("give it to VFIO: `sudo anydma bind 0000:01:00.0 vfio-pci`, or "));
        assert!(text.contains("`driverctl set-override 0000:01:00.0 vfio-pci`, or `modprobe"));
        let text = Remedy::give_all(&["0000:01:00.1", "0000:01:00.2"]).to_string();
        assert!(text.contains("vfio-pci; driverctl set-override 0000:01:00.2 vfio-pci`"), "{text}");
        assert_eq!(Remedy::give_all::<&str>(&[]).commands().len(), 0);
    }
}
