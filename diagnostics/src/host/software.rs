//! Which roads the kernel has: drivers, modules, the nodes that are always there.

use std::fmt;

use host_linux::{KernelVersion, Node};
use serde::Serialize;

use super::tree::Tree;

/// What the kernel has of a driver.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It is at work.
    Loaded,
    /// It is there and can be loaded.
    Loadable,
    /// This kernel was built without it.
    Absent,
    /// Not loaded; there is no list of what could be.
    Unknown,
}

/// A node that one opens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NodeAccess {
    /// Its name.
    pub path: String,
    /// Its permission bits.
    pub mode: u32,
    /// Who owns it.
    pub user: u32,
    /// Its group.
    pub group: u32,
    /// Whether this process may open it.
    pub permitted: bool,
    /// The process that has it open, as far as one may see.
    pub holder: Option<u32>,
}

/// What the kernel has for programs that drive devices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Software {
    /// VFIO's driver for PCI devices.
    pub vfio_pci: Presence,
    /// VFIO's type 1, which holds mappings of groups.
    pub type1: Presence,
    /// iommufd, which holds mappings of devices.
    pub iommufd: Presence,
    /// UIO's driver for PCI devices.
    pub uio: Presence,
    /// Our module.
    pub module: Presence,
    /// `/dev/vfio/vfio`.
    pub container: Option<NodeAccess>,
    /// `/dev/iommu`.
    pub iommu_node: Option<NodeAccess>,
    /// Whether VFIO may hand out what nothing translates for; `None` if it cannot.
    pub no_iommu: Option<bool>,
    /// Whether type 1 accepts devices that can forge interrupts.
    pub unsafe_interrupts: Option<bool>,
    /// The same of iommufd.
    pub unsafe_interrupts_iommufd: Option<bool>,
    /// How many mappings a container may have.
    pub mapping_limit: Option<u64>,
}

/// What our module is called.
pub(super) const MODULE: &str = "anydma";
/// The oldest kernel that a Rust module of this shape builds for.
pub(super) const MODULE_NEEDS: KernelVersion = KernelVersion::new(6, 19);

impl Software {
    pub(super) fn examine(tree: &Tree, kernel: &str) -> Self {
        let listed = Listed::read(tree, kernel);
        let presence = |module: &str, driver: &str| {
            let driver = format!("/sys/bus/pci/drivers/{driver}");
            let module_folder = format!("/sys/module/{}", module.replace('-', "_"));
            if (driver.ends_with('/') || !tree.exists(&driver)) && !tree.exists(&module_folder) {
                listed.presence(module)
            } else {
                Presence::Loaded
            }
        };
        let switch = |path: &str| tree.text(path).map(|text| text == "Y" || text == "1");
        let parameter = |name: &str| format!("/sys/module/{name}");
        Self {
            vfio_pci: presence("vfio-pci", "vfio-pci"),
            type1: presence("vfio_iommu_type1", ""),
            iommufd: presence("iommufd", ""),
            uio: presence("uio_pci_generic", "uio_pci_generic"),
            module: presence(MODULE, MODULE),
            container: access(tree, "/dev/vfio/vfio"),
            iommu_node: access(tree, "/dev/iommu"),
            no_iommu: switch(&parameter("vfio/parameters/enable_unsafe_noiommu_mode")),
            unsafe_interrupts: switch(&parameter(
                "vfio_iommu_type1/parameters/allow_unsafe_interrupts",
            )),
            unsafe_interrupts_iommufd: switch(&parameter(
                "iommufd/parameters/allow_unsafe_interrupts",
            )),
            mapping_limit: tree
                .text("/sys/module/vfio_iommu_type1/parameters/dma_entry_limit")
                .and_then(|text| text.parse().ok()),
        }
    }
}

/// A node, and whether one may open it.
pub(super) fn access(tree: &Tree, path: &str) -> Option<NodeAccess> {
    let Node { mode, user, group, permitted, holder } = tree.node(path)?;
    Some(NodeAccess { path: path.to_owned(), mode, user, group, permitted, holder })
}

/// The kernel's own lists of modules: files among them, and those that are built in.
struct Listed {
    modules: Option<String>,
    built_in: Option<String>,
}

impl Listed {
    fn read(tree: &Tree, kernel: &str) -> Self {
        let file = |name: &str| {
            let places = ["/lib/modules", "/usr/lib/modules"];
            places.iter().find_map(|folder| tree.text(&format!("{folder}/{kernel}/{name}")))
        };
        Self { modules: file("modules.dep"), built_in: file("modules.builtin") }
    }

    fn presence(&self, module: &str) -> Presence {
        // Files of modules have hyphens or underscores; the kernel does not tell them apart.
        let name = module.replace('-', "_");
        let has = |list: &Option<String>| {
            let mut lines = list.as_deref().unwrap_or_default().lines();
            lines.any(|line| stem(line).replace('-', "_") == name)
        };
        match (&self.modules, has(&self.modules), has(&self.built_in)) {
            (_, true, _) => Presence::Loadable,
            (_, _, true) => Presence::Loaded,
            (Some(_), ..) => Presence::Absent,
            (None, ..) => Presence::Unknown,
        }
    }
}

/// "vfio-pci" of "kernel/drivers/vfio/pci/vfio-pci.ko.xz: …".
pub(super) fn stem(line: &str) -> &str {
    let path = line.split(':').next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(".ko").next().unwrap_or_default()
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Loaded => "at work",
            Self::Loadable => "can be loaded",
            Self::Absent => "not in this kernel",
            Self::Unknown => "not loaded",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Modules are found by their files, whatever suffix these have, and by either spelling.
    #[test]
    fn lists_of_modules_are_read() {
        let modules = "kernel/drivers/vfio/pci/vfio-pci.ko.xz: kernel/drivers/vfio/vfio.ko.xz\n";
        let built_in = "kernel/drivers/vfio/vfio_iommu_type1.ko\n";
        let listed =
            Listed { modules: Some(modules.to_owned()), built_in: Some(built_in.to_owned()) };
        assert_eq!(listed.presence("vfio_pci"), Presence::Loadable);
        assert_eq!(listed.presence("vfio_iommu_type1"), Presence::Loaded);
        assert_eq!(listed.presence("uio"), Presence::Absent);
        let none = Listed { modules: None, built_in: None };
        assert_eq!(none.presence("uio"), Presence::Unknown);
    }
}
