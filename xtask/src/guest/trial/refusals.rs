//! What hosts refuse, with the message; devices that reach less than memory.

use super::{Act, BEHIND_PORT, LONG, Part, Programs, SHORT};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part =
    Part { title: "refusals", extra: OTHER_DEVICES, clock: Clock::Leaping, acts };
pub(super) const WITHOUT_IOMMU: Part =
    Part { title: "", extra: &[], clock: Clock::Leaping, acts: without_iommu };
pub(super) const NARROW: Part =
    Part { title: "narrow", extra: LARGE, clock: Clock::Leaping, acts: narrow };

/// The host that refuses: it boots quickest.
const HOST: &str = "x86-vtd-own";
/// Further devices for it, and where they come to be: one of 28 address bits, and two behind a
/// conventional bridge, which makes them one group.
const OTHER_DEVICES: &[&str] = &[
    "-device",
    "pcie-root-port,id=port2,chassis=3,addr=0x7",
    "-device",
    "edu,bus=port2",
    "-device",
    "pcie-root-port,id=port3,chassis=4,addr=0x8",
    "-device",
    "pcie-pci-bridge,id=conventional,bus=port3",
    "-device",
    "edu,bus=conventional,addr=0x1,dma_mask=0xffffffff",
    "-device",
    "edu,bus=conventional,addr=0x2,dma_mask=0xffffffff",
];
/// A host with more memory than 32 bits reach, and the card of 28.
const LARGE: &[&str] = &[
    "-m",
    "5G",
    "-device",
    "pcie-root-port,id=port2,chassis=3,addr=0x7",
    "-device",
    "edu,bus=port2",
];
const OF_28_BITS: &str = "0000:03:00.0";
const GROUP: [&str; 2] = ["0000:05:01.0", "0000:05:02.0"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    if host.name != HOST {
        return Vec::new();
    }
    let [first, second] = GROUP;
    let act = Act::new(&programs.tests, LONG).with(&["refusals", "--device", BEHIND_PORT]);
    vec![act.with(&["--narrow", OF_28_BITS, "--group", first, second])]
}

/// Where there is no IOMMU, this is what one is told.
fn without_iommu(host: &Host, programs: &Programs) -> Vec<Act> {
    if host.name != "x86-none" {
        return Vec::new();
    }
    let act = Act::new(&programs.tests, SHORT).over("uio_pci_generic");
    vec![act.with(&["refusals", "--no-iommu", "--device", BEHIND_PORT])]
}

/// Cards of 32 and of 28 bits, with memory beyond what they reach. Not on our own kernel, which
/// fills all of its memory with a pattern.
fn narrow(host: &Host, programs: &Programs) -> Vec<Act> {
    if host.name != "x86-vtd" {
        return Vec::new();
    }
    let act = |device| {
        let device = format!("--device=vfio:{device}");
        Act::new(&programs.tests, SHORT).with(&["round-trip", &device, "--beyond=32"])
    };
    vec![act(BEHIND_PORT), act(OF_28_BITS)]
}
