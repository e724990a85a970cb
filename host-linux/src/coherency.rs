//! Whether a device sees what the CPU wrote without cache maintenance.
//!
//! VFIO does not tell: before 5.19 it hands out devices that do not snoop caches, and its
//! extension `DMA_CC_IOMMU` means something else. x86 always snoops. With a device tree, the
//! property `dma-coherent` of the device or of a bus above it says so, and without it the device
//! does not snoop (Linux `Documentation/devicetree/bindings`, `of_dma_is_coherent`). With ACPI on
//! aarch64 `_CCA` says so, which sysfs does not show; the base system architecture demands of
//! servers that PCIe snoops, so yes is the answer there.
#![forbid(unsafe_code)]

use std::path::Path;

use crate::arch;
use crate::pci::PciDevice;

/// Whether a device snoops the CPU's caches, and how that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coherency {
    /// Whether it does.
    pub coherent: bool,
    /// Where that comes from.
    pub evidence: Evidence,
}

/// Where an answer comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The architecture: devices always snoop.
    Architecture,
    /// The device tree: a node at or above the device has the property, or none has.
    DeviceTree,
    /// There is no device tree; the platform's firmware is trusted to be coherent.
    Firmware,
    /// The user said so.
    User,
}

impl Coherency {
    /// What the host tells of a device.
    #[must_use]
    pub fn of(device: &PciDevice) -> Self {
        Self::on(device, arch::ALWAYS_COHERENT)
    }

    /// The same on another host, of which one knows whether all its devices snoop.
    #[must_use]
    pub fn on(device: &PciDevice, always: bool) -> Self {
        if always {
            return Self { coherent: true, evidence: Evidence::Architecture };
        }
        Self::by_device_tree(device)
    }

    /// What device tree or firmware say, whatever the architecture.
    fn by_device_tree(device: &PciDevice) -> Self {
        let Ok(real) = device.folder().canonicalize() else {
            return Self { coherent: false, evidence: Evidence::DeviceTree };
        };
        // A device behind a bridge has no node of its own; its host bridge has.
        let nodes = real.ancestors().map(|folder| folder.join("of_node"));
        match nodes.into_iter().find(|node| node.exists()) {
            Some(node) => Self { coherent: has_property(&node), evidence: Evidence::DeviceTree },
            None => Self { coherent: true, evidence: Evidence::Firmware },
        }
    }
}

/// Whether the node or one above it has the property; one that denies it ends the search.
fn has_property(node: &Path) -> bool {
    let Ok(node) = node.canonicalize() else { return false };
    for node in node.ancestors() {
        if node.join("dma-noncoherent").exists() {
            return false;
        }
        if node.join("dma-coherent").exists() {
            return true;
        }
        // The tree's root is the last that counts.
        if node.ends_with("devicetree/base") {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::Sysfs;

    /// A host bridge with a device-tree node and one device behind it; `property` is a file in
    /// the node of the bus.
    fn device(name: &str, property: Option<&str>, tree: bool) -> Coherency {
        let root = std::env::temp_dir()
            .join(format!("host-linux-coherency-{name}-{}", std::process::id()));
        let folder = root.join("devices/platform/4010000000.pcie/pci0000:00/0000:00:01.0");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.join("bus/pci/devices")).unwrap();
        symlink(&folder, root.join("bus/pci/devices/0000:00:01.0")).unwrap();
        let node = root.join("firmware/devicetree/base/pcie@10000000");
        fs::create_dir_all(&node).unwrap();
        if tree {
            symlink(&node, root.join("devices/platform/4010000000.pcie/of_node")).unwrap();
        }
        if let Some(property) = property {
            fs::write(node.join(property), "").unwrap();
        }
        let device = PciDevice::find(&Sysfs::at(&root), "0000:00:01.0".parse().unwrap()).unwrap();
        let coherency = Coherency::by_device_tree(&device);
        fs::remove_dir_all(root).unwrap();
        coherency
    }

    // The property of the host bridge's node counts for the devices behind it.
    #[test]
    fn property_of_the_host_bridge_counts() {
        let evidence = Evidence::DeviceTree;
        let coherent = device("yes", Some("dma-coherent"), true);
        assert_eq!(coherent, Coherency { coherent: true, evidence });
        let silent = device("silent", None, true);
        assert_eq!(silent, Coherency { coherent: false, evidence });
        let denied = device("no", Some("dma-noncoherent"), true);
        assert_eq!(denied, Coherency { coherent: false, evidence });
    }

    // Without a device tree the firmware is trusted.
    #[test]
    fn without_a_tree_firmware_is_trusted() {
        let told = device("acpi", None, false);
        assert_eq!(told, Coherency { coherent: true, evidence: Evidence::Firmware });
    }
}
