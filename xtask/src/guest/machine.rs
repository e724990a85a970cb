//! A host as arguments of the emulator: board, processor, IOMMU, devices.
//!
//! The devices are the same everywhere: an `edu` behind a root port, where it can be reset; one
//! on the root bus, where it cannot; an NVMe controller with a disk.

use super::architecture::Architecture;
use super::host::{Host, Iommu};

/// How time passes for a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// By instructions, and where all of its processors wait, at once to the end of the waiting.
    ///
    /// What a guest sees is hardly a matter of how busy this machine is, and a card that takes a
    /// tenth of a second for a transfer costs nothing.
    Leaping,
    /// As everybody's.
    Real,
}

/// Arguments that make the machine of a host.
#[must_use]
pub fn arguments(host: &Host, clock: Clock) -> Vec<String> {
    let mut line = vec!["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"];
    line.extend(board(host));
    // One thread for both processors: with two, an access to a device can go to another one while
    // the map of devices changes, as it does whenever a card is opened (seen as a lost timer).
    line.extend(["-accel", "tcg,thread=single", "-smp", "2", "-m", "1G"]);
    if clock == Clock::Leaping {
        // 32 ns for an instruction: about what the emulator needs for one.
        line.extend(["-icount", "shift=5,sleep=off"]);
    }
    // An IOMMU comes before the devices that it serves.
    match host.iommu {
        Iommu::VtD { .. } => {
            line.extend(["-device", "intel-iommu,intremap=on,caching-mode=on,aw-bits=48"]);
        }
        Iommu::Virtio => line.extend(["-device", "virtio-iommu-pci,addr=0x3"]),
        Iommu::Smmu { .. } | Iommu::None => {}
    }
    line.extend(devices(host.architecture));
    line.into_iter().map(str::to_owned).collect()
}

/// All that the emulated processor has but quick instructions for strings: they are emulated byte
/// by byte, and a kernel that believes in them clears and copies its pages at an eighth of the
/// speed that plain stores have.
const MAX_WITHOUT_STRINGS: &str = "max,-erms,-fsrm,-fzrm,-fsrs,-fsrc";

fn board(host: &Host) -> Vec<&'static str> {
    match (host.architecture, host.iommu) {
        (Architecture::X86, _) => vec!["-M", "q35,smm=off", "-cpu", MAX_WITHOUT_STRINGS],
        // `-cpu max` authenticates pointers in software, which takes four times as long.
        (Architecture::Arm, Iommu::Smmu { .. }) => {
            vec!["-M", "virt,iommu=smmuv3,gic-version=3", "-cpu", "cortex-a72"]
        }
        (Architecture::Arm, _) => vec!["-M", "virt,gic-version=3", "-cpu", "cortex-a72"],
    }
}

fn devices(architecture: Architecture) -> Vec<&'static str> {
    let mut line = vec!["-device", "pcie-root-port,id=port0,chassis=1,addr=0x4"];
    // What the device can address: 32 bits where that reaches all memory, else everything.
    match architecture {
        Architecture::X86 => {
            line.extend(["-device", "edu,bus=port0,dma_mask=0xffffffff"]);
            line.extend(["-device", "edu,addr=0x6,dma_mask=0xffffffff"]);
            line.extend(["-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]);
        }
        Architecture::Arm => {
            line.extend(["-device", "edu,bus=port0,dma_mask=0xffffffffffffffff"]);
            line.extend(["-device", "edu,addr=0x6,dma_mask=0xffffffffffffffff"]);
        }
    }
    line.extend(["-device", "pcie-root-port,id=port1,chassis=2,addr=0x5"]);
    // A disk that keeps what is written until the guest ends, in a file without a name.
    line.extend([
        "-drive",
        "if=none,id=disk0,file.driver=null-co,file.size=64M,file.read-zeroes=on,format=raw,snapshot=on",
    ]);
    line.extend(["-device", "nvme,bus=port1,drive=disk0,serial=kept"]);
    line
}

#[cfg(test)]
mod tests {
    use super::super::host;
    use super::*;

    // Each host has its two `edu`, its controller, and its IOMMU before them.
    #[test]
    fn iommu_stands_before_the_devices() {
        for host in host::ALL {
            let line = arguments(host, Clock::Leaping);
            let places = |what: &str| -> Vec<usize> {
                let places = line.iter().enumerate().filter(|(_, word)| word.contains(what));
                places.map(|(place, _)| place).collect()
            };
            assert_eq!(places("edu,").len(), host.expectation().edu, "{}", host.name);
            assert_eq!(places("nvme,").len(), host.expectation().nvme, "{}", host.name);
            let iommu = places("iommu");
            assert_eq!(iommu.is_empty(), host.iommu == Iommu::None, "{}", host.name);
            assert!(iommu.iter().all(|place| *place < places("edu,")[0]), "{}", host.name);
        }
    }
}
