//! One PCI function: what it is, who has it, what stands between it and memory.

use std::fmt;

use dma_core::IovaWindow;
use host_linux::pci::{IommuGroup, PciAddress, PciDevice};
use host_linux::{Coherency, Evidence, windows};
use serde::{Serialize, Serializer};

use super::class;
use super::iommu::Iommu;
use super::software::{NodeAccess, access};
use super::tree::Tree;
use super::verdict::Verdict;
use crate::KnownCard;

/// A PCI function.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Function {
    /// Where it is, as "0000:01:00.0".
    #[serde(serialize_with = "as_text")]
    pub address: PciAddress,
    /// Who made it.
    pub vendor: u16,
    /// Which it is.
    pub device: u16,
    /// Class, subclass and interface.
    pub class: u32,
    /// The class in words.
    pub class_name: &'static str,
    /// The card, if there is a driver for it here.
    pub card: Option<KnownCard>,
    /// Whether it is a bridge.
    pub bridge: bool,
    /// The driver that has it.
    pub driver: Option<String>,
    /// The driver that is to have it, whatever the kernel thinks.
    pub driver_override: Option<String>,
    /// Its IOMMU group.
    pub group: Option<Group>,
    /// Whether it sees what the processor has in its caches.
    pub coherent: bool,
    /// Where that is known from.
    pub coherent_by: &'static str,
    /// Addresses that mappings can have, first to last, as far as sysfs tells.
    pub windows: Vec<(u64, u64)>,
    /// How many bits of them the card has; `None` if that is not known.
    pub mask_bits: Option<u32>,
    /// The node of its group.
    pub group_node: Option<NodeAccess>,
    /// Its own node of VFIO.
    pub device_node: Option<NodeAccess>,
    /// Its node of UIO.
    pub uio_node: Option<NodeAccess>,
    /// Its node of our module.
    pub module_node: Option<NodeAccess>,
    /// What each road says.
    pub verdicts: Vec<Verdict>,
}

/// An IOMMU group, seen from one of its functions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Group {
    /// Its number.
    pub number: u32,
    /// What the IOMMU does for the kernel's drivers: "DMA", "DMA-FQ", "identity".
    pub kind: Option<String>,
    /// Whether VFIO made it where nothing translates.
    pub without_iommu: bool,
    /// The other functions in it.
    pub others: Vec<Neighbour>,
    /// Addresses that mappings must not have, first to last; `None` where the kernel is silent.
    pub reserved: Option<Vec<(u64, u64)>>,
}

/// Another function of a group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Neighbour {
    /// Where it is.
    #[serde(serialize_with = "as_text")]
    pub address: PciAddress,
    /// Who has it.
    pub driver: Option<String>,
    /// Whether it is a bridge, which may stay where it is.
    pub bridge: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn as_text<S: Serializer>(address: &PciAddress, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(address)
}

impl Function {
    /// Everything but the verdicts; `None` if it cannot even be identified.
    pub(super) fn examine(
        tree: &Tree,
        device: &PciDevice,
        iommu: &Iommu,
        known: &[KnownCard],
    ) -> Option<Self> {
        let address = device.address();
        let folder = format!("/sys/bus/pci/devices/{address}");
        let (vendor, id) =
            (tree.told(&folder, device.vendor())?, tree.told(&folder, device.device())?);
        let class = tree.told(&folder, device.class())?;
        let card = known.iter().find(|card| (card.vendor, card.device) == (vendor, id)).copied();
        let group = tree.told(&folder, device.group()).flatten();
        let group = group.map(|group| Group::examine(tree, &group, device));
        let coherency = Coherency::on(device, tree.architecture() == "x86_64");
        let mask_bits = card.map(|card| card.bits);
        let node = |path: Option<String>| path.and_then(|path| access(tree, &path));
        let first = |folder: &str, prefix: &str| {
            let names = tree.names(folder);
            names.into_iter().find(|name| name.starts_with(prefix))
        };
        let group_node = group.as_ref().map(Group::node);
        let own = tree.told(&folder, device.vfio_node()).flatten();
        Some(Self {
            address,
            vendor,
            device: id,
            class,
            class_name: class::name(class),
            card,
            bridge: class >> 16 == 0x06,
            driver: tree.told(&folder, device.driver()).flatten(),
            driver_override: tree
                .text(&format!("{folder}/driver_override"))
                .filter(|driver| !driver.is_empty() && driver != "(null)"),
            coherent: coherency.coherent,
            coherent_by: match coherency.evidence {
                Evidence::Architecture => "the architecture",
                Evidence::DeviceTree => "the device tree",
                Evidence::Firmware => "the firmware, which is trusted with it",
                Evidence::User => "the user",
            },
            windows: group.as_ref().map_or_else(Vec::new, |group| group.windows(iommu, mask_bits)),
            mask_bits,
            group_node: node(group_node),
            device_node: node(own.map(|name| format!("/dev/vfio/devices/{name}"))),
            uio_node: node(first(&format!("{folder}/uio"), "uio").map(|it| format!("/dev/{it}"))),
            module_node: node(Some(format!("/dev/anydma/{address}"))),
            group,
            verdicts: Vec::new(),
        })
    }
}

impl Group {
    fn examine(tree: &Tree, group: &IommuGroup, device: &PciDevice) -> Self {
        let folder = format!("/sys/kernel/iommu_groups/{}", group.number());
        let members = tree.told(&folder, group.members()).unwrap_or_default();
        let others = members.into_iter().filter(|it| it.device.address() != device.address());
        Self {
            number: group.number(),
            kind: tree.told(&folder, group.translation()).flatten(),
            without_iommu: tree.told(&folder, group.is_without_iommu()).unwrap_or(false),
            others: others
                .map(|it| Neighbour {
                    address: it.device.address(),
                    driver: it.driver,
                    bridge: it.bridge,
                })
                .collect(),
            reserved: tree.told(&folder, group.reserved()).flatten(),
        }
    }

    /// Its node of VFIO.
    pub(super) fn node(&self) -> String {
        let prefix = if self.without_iommu { "noiommu-" } else { "" };
        format!("/dev/vfio/{prefix}{}", self.number)
    }

    /// Whether the IOMMU translates for drivers of the kernel, as far as it tells: old kernels do
    /// not, and translate if there is a group.
    pub(super) fn translates(&self) -> bool {
        !self.without_iommu && self.kind.as_deref() != Some("identity")
    }

    /// Addresses for mappings, within what the card has.
    fn windows(&self, iommu: &Iommu, mask_bits: Option<u32>) -> Vec<(u64, u64)> {
        if self.without_iommu {
            return Vec::new();
        }
        let bits = iommu.bits.unwrap_or(windows::SURE_BITS);
        let all = windows::untold(self.reserved.as_deref(), bits);
        let beyond = mask_bits.and_then(|bits| 1_u64.checked_shl(bits));
        let cut = beyond.map(|first| (first, u64::MAX));
        let left: Vec<IovaWindow> = windows::without(&all, cut.as_slice());
        left.iter().map(|window| (window.first, window.last)).collect()
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        match (&self.kind, self.without_iommu) {
            (_, true) => f.write_str(", made by VFIO: nothing translates")?,
            (Some(kind), _) => write!(f, " ({kind})")?,
            (None, _) => {}
        }
        if self.others.is_empty() {
            return f.write_str(", alone in it");
        }
        let others = self.others.iter().map(|other| {
            let driver = other.driver.as_deref().unwrap_or("none");
            let bridge = if other.bridge { "bridge, " } else { "" };
            format!("{} ({bridge}driver {driver})", other.address)
        });
        write!(f, ", with {}", others.collect::<Vec<_>>().join(", "))
    }
}
