//! Faults in the words of real kernels, for tools that read kernel logs.
#![forbid(unsafe_code)]

use std::fmt;

use super::{Fault, PAGE, Reason};

/// The PCI address of a device on the simulated bus.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Requester {
    /// Bus number, device number (5 bits) and function number (3 bits), as in a request.
    pub id: u16,
}

impl Requester {
    /// The device number `slot` of the first buses, function 0. Device 0 of each is a bridge.
    pub(crate) fn of_slot(slot: usize) -> Self {
        let (bus, device) = (slot / 31, slot % 31 + 1);
        Self { id: u16::try_from((bus << 8) | (device << 3)).unwrap_or(u16::MAX) }
    }
}

impl fmt::Display for Requester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0000:{:02x}:{:02x}.{}", self.id >> 8, self.id >> 3 & 0x1f, self.id & 7)
    }
}

/// Whose words a fault is told in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Wording {
    /// Intel VT-d, Linux 6 and later.
    #[default]
    VtD,
    /// ARM SMMUv3, Linux 6.15 and later.
    SmmuV3,
    /// ARM SMMUv2, mainline Linux.
    SmmuV2,
    /// NVIDIA Xavier: its SMMUv2 twins under the vendor's kernel 4.9.
    Xavier,
}

impl Wording {
    pub(super) fn lines(self, fault: &Fault) -> Vec<String> {
        match self {
            Self::VtD => vec![vt_d(fault)],
            Self::SmmuV3 => smmu_v3(fault),
            Self::SmmuV2 => vec![smmu_v2(fault)],
            Self::Xavier => vec![xavier(fault)],
        }
    }
}

fn vt_d(fault: &Fault) -> String {
    let (verb, denied) = if fault.write {
        ("Write", (5, "PTE Write access is not set"))
    } else {
        ("Read", (6, "PTE Read access is not set"))
    };
    let (code, text) = match fault.reason {
        Reason::AddressSize => (4, "Access beyond MGAW"),
        _ => denied,
    };
    format!(
        "DMAR: [DMA {verb} NO_PASID] Request device [{}] fault addr {:#x} \
         [fault reason {code:#04x}] {text}",
        fault.requester,
        fault.iova & !(PAGE - 1),
    )
}

fn smmu_v3(fault: &Fault) -> Vec<String> {
    let event = match fault.reason {
        Reason::NotMapped => "F_TRANSLATION",
        Reason::Permission => "F_PERMISSION",
        Reason::AddressSize => "F_ADDR_SIZE",
        Reason::NoMemory => "F_WALK_EABT",
    };
    let smmu = "arm-smmu-v3 9050000.smmuv3:";
    let verb = if fault.write { "write" } else { "read" };
    vec![
        format!(
            "{smmu} event: {event} client: {} sid: {:#x} ssid: 0x0 iova: {:#x} ipa: 0x0",
            fault.requester, fault.requester.id, fault.iova,
        ),
        format!("{smmu} unpriv data {verb} s1 \"Input address caused fault\" stag: 0x0"),
    ]
}

fn smmu_v2(fault: &Fault) -> String {
    format!(
        "arm-smmu 12000000.iommu: Unhandled context fault: fsr={:#x}, iova={:#010x}, \
         fsynr={:#x}, cbfrsynra={:#x}, cb={}",
        status(fault.reason),
        fault.iova,
        syndrome(fault),
        fault.requester.id,
        fault.domain,
    )
}

fn xavier(fault: &Fault) -> String {
    // The twins share the traffic page by page.
    let twin = u64::from(fault.iova & PAGE == 0);
    // Tables of a 39-bit world: two entries above the 2 MiB one, which then leads to the page.
    let table = 0x4_5827_4003_u64 + ((fault.domain as u64) << 12);
    let entry = |present: bool, low: u64| if present { table + low } else { 0 };
    let sid = 0x56 + (fault.requester.id >> 3);
    format!(
        "t19x-arm-smmu 12000000.iommu: Unhandled context fault: smmu{twin}, iova={:#x}, \
         fsynr={:#x}, cb={}, sid={sid}({sid:#x} - PCIE{}), pgd={:x}, pud={:x}, pmd={:x}, pte={:x}",
        fault.iova,
        syndrome(fault),
        fault.domain,
        sid - 0x56,
        entry(fault.missing < 3, 0),
        entry(fault.missing < 2, 0),
        entry(fault.missing < 1, 0x1000),
        if fault.reason == Reason::Permission { table + 0x2000 } else { 0 },
    )
}

/// Fault status register of SMMUv2: which kind, in the `AArch64` format.
fn status(reason: Reason) -> u32 {
    const FORMAT: u32 = 2 << 9;
    FORMAT
        | match reason {
            Reason::NotMapped => 1 << 1,
            Reason::Permission => 1 << 3,
            Reason::AddressSize => 1 << 2,
            Reason::NoMemory => 1 << 4,
        }
}

/// Fault syndrome register of SMMUv2: the level where the walk ended, and bit 4 for a write.
fn syndrome(fault: &Fault) -> u32 {
    let level = 3 - fault.missing.min(3);
    level | u32::from(fault.write) << 4
}
