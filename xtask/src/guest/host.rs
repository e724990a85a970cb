//! The hosts: every machine that a guest can be, as a table.

use guest_init::job::{Expectation, Translation};

use super::architecture::Architecture;
use super::kernel::ours;
use crate::error::{Error, Result};

/// What stands between devices and memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iommu {
    /// Nothing.
    None,
    /// Intel VT-d.
    VtD {
        /// Whether it translates by default; else it lets everything through.
        translating: bool,
    },
    /// The paravirtual one.
    Virtio,
    /// ARM SMMUv3, with the ITS for interrupts.
    Smmu {
        /// Whether it translates by default; else it lets everything through.
        translating: bool,
    },
}

/// Which kernel a host runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Debian's, for clouds.
    Debian73,
    /// Debian's of the age of `JetPack` 5: VFIO with groups and type 1 only.
    Debian510,
    /// Our own small one: iommufd, VFIO without IOMMU, debug options.
    Own,
    /// The same with all of the kernel's checks of memory and locks, several times as slow.
    Debug,
}

impl Release {
    /// Whether it is built by ourselves.
    #[must_use]
    pub fn is_own(self) -> bool {
        matches!(self, Self::Own | Self::Debug)
    }
}

/// A machine that a guest can be.
#[derive(Debug)]
pub struct Host {
    /// What one types.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Its processor.
    pub architecture: Architecture,
    /// Its IOMMU.
    pub iommu: Iommu,
    /// Its kernel.
    pub release: Release,
}

/// Every host.
pub const ALL: &[Host] = &[
    Host {
        name: "x86-vtd",
        about: "VT-d translating, Debian's kernel",
        architecture: Architecture::X86,
        iommu: Iommu::VtD { translating: true },
        release: Release::Debian73,
    },
    Host {
        name: "x86-vtd-passthrough",
        about: "VT-d letting everything through (iommu=pt)",
        architecture: Architecture::X86,
        iommu: Iommu::VtD { translating: false },
        release: Release::Debian73,
    },
    Host {
        name: "x86-virtio-iommu",
        about: "virtio-iommu translating",
        architecture: Architecture::X86,
        iommu: Iommu::Virtio,
        release: Release::Debian73,
    },
    Host {
        name: "x86-none",
        about: "no IOMMU",
        architecture: Architecture::X86,
        iommu: Iommu::None,
        release: Release::Debian73,
    },
    Host {
        name: "x86-vtd-5.10",
        about: "VT-d translating, a kernel of the age of JetPack 5",
        architecture: Architecture::X86,
        iommu: Iommu::VtD { translating: true },
        release: Release::Debian510,
    },
    Host {
        name: "x86-vtd-own",
        about: "VT-d translating, our own kernel: iommufd, debug options",
        architecture: Architecture::X86,
        iommu: Iommu::VtD { translating: true },
        release: Release::Own,
    },
    Host {
        name: "x86-virtio-iommu-own",
        about: "virtio-iommu translating, our own kernel",
        architecture: Architecture::X86,
        iommu: Iommu::Virtio,
        release: Release::Own,
    },
    Host {
        name: "x86-none-own",
        about: "no IOMMU, our own kernel: VFIO without one",
        architecture: Architecture::X86,
        iommu: Iommu::None,
        release: Release::Own,
    },
    Host {
        name: "arm-smmu",
        about: "SMMUv3 translating, interrupts through the ITS",
        architecture: Architecture::Arm,
        iommu: Iommu::Smmu { translating: true },
        release: Release::Debian73,
    },
    Host {
        name: "arm-smmu-passthrough",
        about: "SMMUv3 letting everything through",
        architecture: Architecture::Arm,
        iommu: Iommu::Smmu { translating: false },
        release: Release::Debian73,
    },
    Host {
        name: "arm-smmu-5.10",
        about: "SMMUv3 translating, a kernel of the age of JetPack 5",
        architecture: Architecture::Arm,
        iommu: Iommu::Smmu { translating: true },
        release: Release::Debian510,
    },
];

/// Hosts of the long checks alone: their kernel takes half an hour to build.
pub const LONG: &[Host] = &[Host {
    name: "x86-vtd-debug",
    about: "VT-d translating, our own kernel with checks of memory and locks",
    architecture: Architecture::X86,
    iommu: Iommu::VtD { translating: true },
    release: Release::Debug,
}];

/// The hosts of these names, in the order given; all that changes are tried on if none is named.
///
/// # Errors
///
/// A name is not that of a host; the message has those that are.
pub fn select(names: &[String]) -> Result<Vec<&'static Host>> {
    if names.is_empty() {
        return Ok(ALL.iter().collect());
    }
    names.iter().map(|name| find(name)).collect()
}

/// The host of this name.
///
/// # Errors
///
/// There is none; the message has those that are.
pub fn find(name: &str) -> Result<&'static Host> {
    let every = || ALL.iter().chain(LONG);
    every().find(|host| host.name == name).ok_or_else(|| {
        let all: Vec<&str> = every().map(|host| host.name).collect();
        Error::new(format!("there is no host {name:?}"))
            .hint(format!("name one of: {}", all.join(", ")))
    })
}

/// Memory that x86-64 hosts without translation set aside, where every card reaches it: as an option
/// of roads, and on the [command line](Host::command_line) of the kernel.
const REGION: &str = "?memory=0x0c000000+16M";

/// A road between a program and a device of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Road {
    /// What URIs, and names of rigs, begin with.
    pub scheme: &'static str,
    /// Which way on it, as tables call it.
    pub name: &'static str,
    options: &'static str,
    /// Who has the cards meanwhile.
    pub driver: &'static str,
    /// Whether an IOMMU stands between cards and memory.
    pub translated: bool,
}

impl Road {
    const TYPE1: Self = Self {
        scheme: "vfio",
        name: "type 1",
        options: "?iommu=type1",
        driver: "vfio-pci",
        translated: true,
    };
    const IOMMUFD: Self = Self { name: "iommufd", options: "?iommu=iommufd", ..Self::TYPE1 };
    /// As if the device did not see into the CPU's caches: they are maintained from user space.
    const MAINTAINED: Self = Self {
        name: "type 1 with cache maintenance",
        options: "?iommu=type1&coherent=off",
        ..Self::TYPE1
    };
    const NO_IOMMU: Self = Self { name: "no IOMMU", options: "", translated: false, ..Self::TYPE1 };
    const UIO: Self = Self {
        scheme: "uio",
        name: "huge pages",
        options: "",
        driver: "uio_pci_generic",
        translated: false,
    };
    /// See [`Host::command_line`].
    pub const UIO_REGION: Self = Self { name: "region set aside", options: REGION, ..Self::UIO };
    const MODULE: Self = Self {
        scheme: "kernel",
        name: "module",
        options: "",
        driver: ours::NAME,
        translated: true,
    };
    const MODULE_BARE: Self = Self { translated: false, ..Self::MODULE };

    /// The same with memory that was set aside, which x86-64 hosts without translation have: where
    /// huge pages lie is the kernel's choice, and a card of few address bits might not reach them.
    /// Our module asks the kernel for memory that the card reaches.
    #[must_use]
    pub fn in_region(self) -> Self {
        if self.scheme == Self::MODULE.scheme { self } else { Self { options: REGION, ..self } }
    }

    /// What names a device on this road.
    #[must_use]
    pub fn uri(self, device: &str) -> String {
        format!("{}:{device}{}", self.scheme, self.options)
    }

    /// What names a device for `auto:`, which finds this road by itself.
    #[must_use]
    pub fn auto(self, device: &str) -> String {
        let options = if self.translated { "" } else { self.in_region().options };
        format!("auto:{device}{options}")
    }
}

impl Host {
    /// Our roads on it, the best first.
    #[must_use]
    pub fn roads(&self) -> &'static [Road] {
        match (self.translation(), self.architecture, self.release) {
            (Translation::Absent, _, Release::Own) => {
                &[Road::NO_IOMMU, Road::UIO, Road::UIO_REGION, Road::MODULE_BARE]
            }
            (Translation::Passthrough | Translation::Absent, ..) => &[Road::UIO, Road::MODULE_BARE],
            (_, _, Release::Debian510) => &[Road::TYPE1],
            (_, Architecture::Arm, _) => &[Road::TYPE1, Road::MAINTAINED, Road::MODULE],
            (_, _, Release::Debian73) if self.has_module() => &[Road::TYPE1, Road::MODULE],
            (_, _, Release::Debian73) => &[Road::TYPE1],
            // Our module has a boot of its own there.
            (..) => &[Road::IOMMUFD, Road::TYPE1],
        }
    }

    /// Whether our kernel module is built for it: it knows the kernel's DMA API and no IOMMU, so not
    /// for every one.
    #[must_use]
    pub fn has_module(&self) -> bool {
        ours::Target::of(self).is_some() && self.iommu != Iommu::Virtio
    }

    /// What stands between its devices and memory.
    #[must_use]
    pub fn translation(&self) -> Translation {
        match self.iommu {
            Iommu::None => Translation::Absent,
            Iommu::VtD { translating: false } | Iommu::Smmu { translating: false } => {
                Translation::Passthrough
            }
            Iommu::VtD { .. } | Iommu::Virtio | Iommu::Smmu { .. } => Translation::Translating,
        }
    }

    /// What its guest should find.
    #[must_use]
    pub fn expectation(&self) -> Expectation {
        let own = self.release.is_own();
        let translation = self.translation();
        Expectation { translation, edu: 2, nvme: 1, iommufd: own, no_iommu: own }
    }

    /// The kernel's command line.
    #[must_use]
    pub fn command_line(&self) -> String {
        let console = self.architecture.console();
        let iommu = match self.iommu {
            Iommu::None if self.architecture == Architecture::X86 => "intel_iommu=off",
            Iommu::None | Iommu::Virtio => "",
            Iommu::VtD { translating: true } => "intel_iommu=on iommu=nopt",
            Iommu::VtD { translating: false } => "intel_iommu=on iommu=pt",
            Iommu::Smmu { translating: true } => "iommu.passthrough=0",
            Iommu::Smmu { translating: false } => "iommu.passthrough=1",
        };
        // Our own kernel fills what it frees, and looks at it again before it gives it out.
        let poison = if self.release.is_own() { "page_poison=1" } else { "" };
        // Memory whose physical address is known, for roads without translation.
        let known = match (self.translation(), self.architecture) {
            (Translation::Translating, _) => "",
            (_, Architecture::X86) => "hugepages=32 memmap=16M$0x0c000000",
            (_, Architecture::Arm) => "hugepages=32",
        };
        // Where these are built in, parameters of modules come on the command line.
        let built_in = match (self.release, self.iommu) {
            (Release::Own, Iommu::None) => "vfio.enable_unsafe_noiommu_mode=1",
            (Release::Own, Iommu::Virtio) => {
                "vfio_iommu_type1.allow_unsafe_interrupts=1 iommufd.allow_unsafe_interrupts=1"
            }
            _ => "",
        };
        // Kernels try out the timer's interrupt by counting for a moment. An emulator that has to
        // wait for its turn on a busy machine fails that, and the kernel panics.
        // What keeps programs from spying on one another is no matter here, and costs an eighth of the
        // time.
        let timer = match self.architecture {
            Architecture::X86 => "no_timer_check mitigations=off",
            Architecture::Arm => "",
        };
        // A panic ends the machine at once instead of waiting for a person.
        let console = format!("console={console}");
        let all = [&console, "panic=-1", "quiet", timer, poison, iommu, known, built_in];
        all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Modules to load, with their parameters; those they depend on are found by themselves.
    #[must_use]
    pub fn modules(&self) -> Vec<(&'static str, &'static str)> {
        // virtio-iommu does not remap interrupts, so VFIO must be told that this is known.
        let (first, unsafe_interrupts): (&[_], _) = match self.iommu {
            Iommu::Virtio => (&[("virtio_iommu", "")], "allow_unsafe_interrupts=1"),
            _ => (&[], ""),
        };
        let rest = [
            ("nvme", ""),
            ("vfio_iommu_type1", unsafe_interrupts),
            ("vfio_pci", ""),
            ("uio_pci_generic", ""),
        ];
        let ours: &[_] = if self.has_module() { &[(ours::NAME, "")] } else { &[] };
        first.iter().copied().chain(rest).chain(ours.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Names are unique and found again; an unknown one lists the known.
    #[test]
    fn hosts_are_found_by_name() {
        for host in ALL {
            assert_eq!(find(host.name).unwrap().about, host.about, "{}", host.name);
            assert_eq!(ALL.iter().filter(|other| other.name == host.name).count(), 1);
        }
        let error = select(&["x86".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("name one of: x86-vtd, "));
        assert_eq!(select(&[]).unwrap().len(), ALL.len());
    }

    // Processor and IOMMU go together, and so do the command line and what is expected.
    #[test]
    fn table_is_consistent() {
        for host in ALL {
            let arm = matches!(host.iommu, Iommu::Smmu { .. });
            assert_eq!(arm, host.architecture == Architecture::Arm, "{}", host.name);
            let line = host.command_line();
            let passes = line.contains("iommu=pt") || line.contains("passthrough=1");
            let expected = host.translation() == Translation::Passthrough;
            assert_eq!(passes, expected, "{}: {line}", host.name);
            assert!(!line.contains("  "), "{}: {line}", host.name);
        }
    }
}
