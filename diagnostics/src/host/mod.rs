//! Examines a host: what it is, and which roads it offers to a device.
//!
//! Everything is read from files below a root: this host's own, or a copy of another one's, so
//! that a report from afar can be looked at, and tested, here.
//!
//! ```text
//!   Tree ──► System, Iommu, Software, Memory, Security, User ──┐
//!        └─► Function: ids, driver, group, windows, nodes ─────┴─► Verdict of each road
//! ```
//!
//! # Examples
//!
//! ```
//! use diagnostics::host::{Host, Tree};
//! let host = Host::examine(&Tree::live(), &[])?;
//! for function in &host.functions {
//!     for verdict in &function.verdicts {
//!         println!("{} {}: {}", function.address, verdict.road, verdict.usable);
//!     }
//! }
//! # Ok::<(), diagnostics::host::HostFilesError>(())
//! ```

mod capture;
mod class;
mod error;
mod function;
mod iommu;
mod memory;
mod page;
mod secrets;
mod security;
mod software;
mod system;
mod text;
mod tree;
mod verdict;

use host_linux::pci::PciDevice;
use serde::Serialize;

use crate::KnownCard;

pub use capture::capture;
pub use error::HostFilesError;
pub use function::{Function, Group, Neighbour};
pub use host_linux::pci::PciAddress;
pub use iommu::Iommu;
pub use memory::{HugePool, Memory, User};
pub use page::HostFiles;
pub use security::Security;
pub use software::{NodeAccess, Presence, Software};
pub use system::System;
pub use tree::Tree;
pub use verdict::{Obstacle, Reason, Remedy, RoadName, Verdict};

/// A host, as far as DMA is concerned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Host {
    /// Where the files come from, if they are a copy.
    pub origin: Option<String>,
    /// The machine and what runs on it.
    pub system: System,
    /// What stands between devices and memory.
    pub iommu: Iommu,
    /// Which roads the kernel has.
    pub software: Software,
    /// Memory.
    pub memory: Memory,
    /// What keeps programs from devices.
    pub security: Security,
    /// Who asks.
    pub user: User,
    /// PCI functions, in the order of their addresses.
    pub functions: Vec<Function>,
    /// Files that are there and could not be read, and why.
    pub unread: Vec<(String, String)>,
}

impl Host {
    /// Reads all there is to know; `known` are the cards that there is a driver for.
    ///
    /// What a host does not tell is left open: that is no error.
    ///
    /// # Errors
    ///
    /// Its PCI devices cannot be listed.
    pub fn examine(tree: &Tree, known: &[KnownCard]) -> Result<Self, HostFilesError> {
        Self::of(tree, known, |_| true)
    }

    /// The same, of one function: the others are not looked at, except those of its group.
    ///
    /// # Errors
    ///
    /// As [`Host::examine`].
    pub fn examine_for(
        tree: &Tree,
        known: &[KnownCard],
        function: PciAddress,
    ) -> Result<Self, HostFilesError> {
        Self::of(tree, known, |address| address == function)
    }

    fn of(
        tree: &Tree,
        known: &[KnownCard],
        wanted: impl Fn(PciAddress) -> bool,
    ) -> Result<Self, HostFilesError> {
        let system = System::examine(tree);
        let iommu = Iommu::examine(tree);
        let software = Software::examine(tree, &system.kernel);
        let all = PciDevice::all(&tree.sysfs()).map_err(|error| {
            let folder = tree.place("/sys/bus/pci/devices");
            HostFilesError::io("list", &folder, std::io::Error::other(error))
        })?;
        let all = all.into_iter().filter(|device| wanted(device.address()));
        let functions = all.filter_map(|it| Function::examine(tree, &it, &iommu, known));
        let mut host = Self {
            origin: tree.origin().map(str::to_owned),
            functions: functions.collect(),
            system,
            iommu,
            software,
            memory: Memory::examine(tree),
            security: Security::examine(tree),
            user: User::examine(tree),
            unread: Vec::new(),
        };
        let verdicts: Vec<_> = host.functions.iter().map(|it| verdict::all(&host, it)).collect();
        for (function, verdicts) in host.functions.iter_mut().zip(verdicts) {
            function.verdicts = verdicts;
        }
        host.unread = tree.seen().refused.into_iter().collect();
        Ok(host)
    }

    /// The function at an address.
    #[must_use]
    pub fn function(&self, address: PciAddress) -> Option<&Function> {
        self.functions.iter().find(|function| function.address == address)
    }

    /// Functions that a driver of ours is likely to be meant for: known cards, and what nobody
    /// drives or a road has already.
    pub fn candidates(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().filter(|function| {
            let roads = ["vfio", "uio", software::MODULE];
            let free = function
                .driver
                .as_deref()
                .is_none_or(|driver| roads.iter().any(|road| driver.starts_with(road)));
            !function.bridge && (function.card.is_some() || free)
        })
    }
}
