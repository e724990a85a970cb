//! A fault, as far as its lines say.
//!
//! What a line leaves open stays open: an access whose kind is not printed is `Unknown`, and an
//! entry that is missing is told apart from one that forbids only where the hardware does.

use std::fmt;

use dma_core::Direction;
use serde::{Deserialize, Serialize};

/// One access that an IOMMU refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Which kind of IOMMU says so.
    pub source: Source,
    /// The unit that says so, as its line names it: `arm-smmu 12000000.iommu`; may be empty.
    pub unit: String,
    /// Which of several instances of the unit, where the line tells.
    pub instance: Option<u32>,
    /// Who wanted to access memory.
    pub requester: Requester,
    /// Where: an address of the device's own domain.
    pub iova: u64,
    /// How exactly that is known.
    pub precision: Precision,
    /// What it wanted to do.
    pub access: Access,
    /// Why it was refused.
    pub reason: Reason,
    /// The level of the page tables at which the walk ended, as the hardware counts.
    pub level: Option<u8>,
    /// What the tables held, if the kernel looked.
    pub tables: Option<Tables>,
    /// Since the start of the kernel, in microseconds.
    pub time_us: Option<u64>,
    /// The line of the log, from 1.
    pub line: u64,
    /// How many lines said the same; 1 if only this one.
    pub repeats: u64,
    /// The line itself, without what stands before the kernel's message.
    pub text: String,
}

/// Which kind of IOMMU.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Intel VT-d.
    VtD,
    /// AMD-Vi.
    AmdVi,
    /// ARM SMMU, versions 1 and 2.
    SmmuV2,
    /// ARM SMMU, version 3.
    SmmuV3,
    /// virtio-iommu, of a virtual machine.
    Virtio,
}

/// Who wanted to access memory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requester {
    /// A PCI device, as `0000:01:00.0`.
    Pci(String),
    /// A stream of an SMMU, with the name that the kernel gives it; that may be empty.
    Stream(u32, String),
    /// An endpoint of a virtio-iommu.
    Endpoint(u32),
    /// The line does not tell.
    Unknown,
}

/// How exactly an address is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// As the device put it on the bus.
    Byte,
    /// The page that it is in: this hardware does not keep the lower bits.
    Page,
}

/// What a device wanted to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Read host memory.
    Read,
    /// Write host memory.
    Write,
    /// Fetch instructions.
    Execute,
    /// The line does not tell.
    Unknown,
}

impl Access {
    /// Which way the bytes would have gone.
    #[must_use]
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Read => Some(Direction::ToDevice),
            Self::Write => Some(Direction::FromDevice),
            Self::Execute | Self::Unknown => None,
        }
    }
}

/// Why an access was refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing is mapped at this address.
    NotMapped,
    /// Something is mapped, but not for this access.
    Permission,
    /// One of the two: this hardware does not tell them apart.
    NotMappedOrPermission,
    /// More address bits than the IOMMU translates.
    AddressSize,
    /// The IOMMU could not read its own tables.
    Tables,
    /// The IOMMU has no usable entry for this device at all.
    Configuration,
    /// Something else, in the line's words; may be empty.
    Other(String),
}

/// Entries of the page tables, from the top down, as an L4T kernel prints them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tables {
    /// The topmost.
    pub pgd: u64,
    /// The next, of 1 GiB.
    pub pud: u64,
    /// The next, of 2 MiB.
    pub pmd: u64,
    /// The last, of one page.
    pub pte: u64,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::VtD => "Intel VT-d",
            Self::AmdVi => "AMD-Vi",
            Self::SmmuV2 => "ARM SMMUv2",
            Self::SmmuV3 => "ARM SMMUv3",
            Self::Virtio => "virtio-iommu",
        })
    }
}

impl fmt::Display for Requester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pci(name) => f.write_str(name),
            Self::Stream(id, name) if name.is_empty() => write!(f, "stream {id:#x}"),
            Self::Stream(id, name) => write!(f, "stream {id:#x} ({name})"),
            Self::Endpoint(id) => write!(f, "endpoint {id}"),
            Self::Unknown => f.write_str("a device that the line does not name"),
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Execute => "fetch instructions from",
            Self::Unknown => "access",
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotMapped => "nothing is mapped there",
            Self::Permission => "what is mapped there does not permit it",
            Self::NotMappedOrPermission => {
                "nothing is mapped there, or not for this access (this IOMMU does not say which)"
            }
            Self::AddressSize => "the address has more bits than this IOMMU translates",
            Self::Tables => "the IOMMU could not read its own tables",
            Self::Configuration => "the IOMMU has no usable entry for this device",
            Self::Other(text) if text.is_empty() => "the line does not say why",
            Self::Other(text) => text,
        })
    }
}
