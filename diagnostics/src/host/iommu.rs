//! The IOMMU: whether there is one, whose, and what the kernel was told about it.

use std::fmt;

use serde::Serialize;

use super::tree::Tree;
use crate::fault::Source;

/// The IOMMU as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Iommu {
    /// Which kind, as far as the units' names tell.
    pub kind: Option<Source>,
    /// Its units, as the kernel names them.
    pub units: Vec<String>,
    /// Tables of the firmware that describe one: DMAR, IVRS, IORT, VIOT.
    pub tables: Vec<String>,
    /// How many groups of devices there are.
    pub groups: usize,
    /// Parameters of the kernel that concern it.
    pub parameters: Vec<String>,
    /// How many address bits it translates, where the hardware tells.
    pub bits: Option<u32>,
    /// Whether it checks who interrupts: "IR-" among the interrupts of an x86 host.
    pub remaps_interrupts: Option<bool>,
}

/// Tables that describe an IOMMU.
const TABLES: [&str; 4] = ["DMAR", "IVRS", "IORT", "VIOT"];

/// The beginnings of parameters that concern an IOMMU.
const PARAMETERS: [&str; 8] = [
    "iommu",
    "intel_iommu",
    "amd_iommu",
    "arm-smmu",
    "arm_smmu",
    "arm-smmu-v3",
    "pcie_acs_override",
    "vfio",
];

impl Iommu {
    pub(super) fn examine(tree: &Tree) -> Self {
        let units = tree.names("/sys/class/iommu");
        let tables = tree.names("/sys/firmware/acpi/tables");
        let tables = tables.into_iter().filter(|it| TABLES.contains(&it.as_str())).collect();
        let line = tree.text("/proc/cmdline").unwrap_or_default();
        let parameters = line.split_whitespace().filter(|it| concerns(it)).map(str::to_owned);
        let x86 = tree.architecture() == "x86_64";
        let remaps = tree.text("/proc/interrupts").map(|text| remaps(&text));
        Self {
            kind: units.iter().find_map(|unit| kind(unit)),
            bits: units.iter().find_map(|unit| bits(tree, unit)),
            units,
            tables,
            groups: tree.names("/sys/kernel/iommu_groups").len(),
            parameters: parameters.collect(),
            remaps_interrupts: remaps.filter(|_| x86),
        }
    }

    /// Whether there is one at work.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.units.is_empty() || self.groups > 0
    }
}

/// Whether a parameter of the kernel concerns the IOMMU or VFIO.
pub(super) fn concerns(parameter: &str) -> bool {
    let name = parameter.split(['=', '.']).next().unwrap_or_default();
    PARAMETERS.contains(&name)
}

/// Whether a table of interrupts has some that are remapped: "IR-IO-APIC", "IR-PCI-MSI".
pub(super) fn remaps(interrupts: &str) -> bool {
    interrupts.split_whitespace().any(|word| word.starts_with("IR-"))
}

/// By the name of a unit.
fn kind(unit: &str) -> Option<Source> {
    [
        ("dmar", Source::VtD),
        ("ivhd", Source::AmdVi),
        ("smmu3", Source::SmmuV3),
        ("smmu", Source::SmmuV2),
        ("virtio", Source::Virtio),
    ]
    .into_iter()
    .find_map(|(name, kind)| unit.starts_with(name).then_some(kind))
}

/// How many bits an Intel unit translates: one more than bits 21 to 16 of its capabilities.
///
/// Source: Intel Virtualization Technology for Directed I/O, capability register, MGAW.
fn bits(tree: &Tree, unit: &str) -> Option<u32> {
    let text = tree.text(&format!("/sys/class/iommu/{unit}/intel-iommu/cap"))?;
    let capabilities = u64::from_str_radix(text.trim_start_matches("0x"), 16).ok()?;
    u32::try_from(capabilities >> 16 & 0x3f).ok().map(|bits| bits + 1)
}

impl fmt::Display for Iommu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.is_on()) {
            (Some(kind), _) => write!(f, "{kind}")?,
            (None, true) => f.write_str("there is one")?,
            (None, false) => f.write_str("none at work")?,
        }
        let (units, groups) = (self.units.len(), self.groups);
        if units > 0 {
            write!(f, ", {units} {}", if units == 1 { "unit" } else { "units" })?;
        }
        if let Some(bits) = self.bits {
            write!(f, " of {bits} bits")?;
        }
        if groups > 0 {
            write!(f, ", {groups} {} of devices", if groups == 1 { "group" } else { "groups" })?;
        }
        if !self.is_on() && !self.tables.is_empty() {
            write!(f, ", though the firmware describes one ({})", self.tables.join(", "))?;
        }
        if !self.parameters.is_empty() {
            write!(f, "; the kernel was told `{}`", self.parameters.join(" "))?;
        }
        Ok(())
    }
}
