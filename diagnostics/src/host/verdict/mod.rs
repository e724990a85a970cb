//! What each road says of a function: usable, or refused, why, and what to type.
//!
//! A verdict is about now, for this user: what stands in the way is listed in the order in which
//! opening the device would meet it, so the first is the reason that opening gives.

mod module;
mod uio;
mod vfio;

use std::fmt;

use serde::Serialize;

use super::{Function, Host};
use host_linux::Remedy as Words;

/// A road between a program and a device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoadName {
    /// VFIO with a node for each device.
    VfioIommufd,
    /// VFIO with a node for each group.
    VfioType1,
    /// Our kernel module.
    Kernel,
    /// VFIO where nothing translates.
    VfioNoIommu,
    /// UIO.
    Uio,
}

impl RoadName {
    /// All of them, in the order of preference: those that keep the device from memory that is
    /// not its own first, among them the newest first.
    pub const ALL: [Self; 5] =
        [Self::VfioIommufd, Self::VfioType1, Self::Kernel, Self::VfioNoIommu, Self::Uio];

    /// The name of a device on it, for [`Device::open`](https://docs.rs/anydma).
    #[must_use]
    pub fn uri(self, place: &str) -> String {
        match self {
            Self::VfioIommufd => format!("vfio:{place}?iommu=iommufd"),
            Self::VfioType1 => format!("vfio:{place}?iommu=type1"),
            Self::VfioNoIommu => format!("vfio:{place}"),
            Self::Kernel => format!("kernel:{place}"),
            Self::Uio => format!("uio:{place}"),
        }
    }

    /// Whether a device on it can reach memory that is not its own, and so is opened as
    /// unprotected only.
    #[must_use]
    pub const fn is_unprotected(self) -> bool {
        matches!(self, Self::VfioNoIommu | Self::Uio)
    }
}

impl fmt::Display for RoadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::VfioIommufd => "vfio iommufd",
            Self::VfioType1 => "vfio type 1",
            Self::Kernel => "kernel",
            Self::VfioNoIommu => "vfio no-IOMMU",
            Self::Uio => "uio",
        })
    }
}

/// What kind of thing stands in the way: the kinds of the backends' own errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Another driver has it, or none.
    WrongDriver,
    /// The kernel does not have this road.
    NoRoad,
    /// Nothing translates its addresses.
    NoIommu,
    /// Something translates its addresses, and this road would not know how.
    Translated,
    /// Nothing translates, and the road is for devices that are kept from memory.
    Unprotected,
    /// Others of its group are in the hands of other drivers.
    NotViable,
    /// This user may not open the node.
    NoPermission,
    /// A process has it.
    Busy,
    /// The host cannot keep devices from forging interrupts.
    UnsafeInterrupts,
    /// Caches would have to be maintained, which user space cannot do here.
    NotCoherent,
    /// The kernel is locked down.
    LockedDown,
}

/// One thing that stands in the way, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Obstacle {
    /// Which kind.
    pub reason: Reason,
    /// In words.
    pub what: String,
    /// What to do; none where nothing can be done.
    pub remedy: Option<Remedy>,
}

/// What to do, and commands for it, of which any does it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Remedy {
    /// In words.
    pub what: String,
    /// As commands.
    pub commands: Vec<String>,
}

impl From<Words> for Remedy {
    fn from(words: Words) -> Self {
        Self { what: words.what().to_owned(), commands: words.commands().to_vec() }
    }
}

impl Obstacle {
    fn new(reason: Reason, what: impl Into<String>) -> Self {
        Self { reason, what: what.into(), remedy: None }
    }

    fn mend(mut self, words: Words) -> Self {
        self.remedy = Some(words.into());
        self
    }
}

/// What one road says of a function.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Verdict {
    /// Which road.
    pub road: RoadName,
    /// The name of the device on it.
    pub uri: String,
    /// Whether it can be opened now.
    pub usable: bool,
    /// Whether it is opened as unprotected only.
    pub unprotected: bool,
    /// What stands in the way, in the order in which one meets it.
    pub obstacles: Vec<Obstacle>,
    /// What one should know before using it.
    pub remarks: Vec<String>,
}

/// The verdicts of all roads, in the order of preference.
pub(super) fn all(host: &Host, function: &Function) -> Vec<Verdict> {
    RoadName::ALL.iter().map(|road| verdict(host, function, *road)).collect()
}

fn verdict(host: &Host, function: &Function, road: RoadName) -> Verdict {
    let obstacles = match road {
        RoadName::VfioIommufd => vfio::iommufd(host, function),
        RoadName::VfioType1 => vfio::type1(host, function),
        RoadName::VfioNoIommu => vfio::no_iommu(host, function),
        RoadName::Kernel => module::obstacles(host, function),
        RoadName::Uio => uio::obstacles(host, function),
    };
    let usable = obstacles.is_empty();
    Verdict {
        road,
        uri: road.uri(&function.address.to_string()),
        usable,
        unprotected: match road {
            RoadName::Kernel => module::is_unprotected(function),
            road => road.is_unprotected(),
        },
        remarks: if usable { remarks(host, function, road) } else { Vec::new() },
        obstacles,
    }
}

/// Two buffers of 4 MiB, and what goes with them.
const COMFORTABLE_BYTES: u64 = 16 << 20;

/// What one should know of a road that can be used.
fn remarks(host: &Host, function: &Function, road: RoadName) -> Vec<String> {
    let mut remarks = Vec::new();
    if matches!(road, RoadName::VfioIommufd | RoadName::VfioType1)
        && !host.memory.can_lock(COMFORTABLE_BYTES)
    {
        let limit = super::memory::bytes(host.memory.lock_limit.unwrap_or(0));
        remarks.push(format!(
            "memory for the card counts against the {limit} that may be locked; {}",
            Words::lock_more()
        ));
    }
    if !function.coherent && road != RoadName::Kernel {
        remarks.push(
            "the card does not see into the processor's caches: memory is handed over by \
             `sync`, `publish` and `observe`, which cost time"
                .to_owned(),
        );
    }
    remarks
}

/// A node that stands in the way: not there, not for this user, or taken.
fn node_obstacle(
    path: &str,
    node: Option<&super::NodeAccess>,
    missing: impl FnOnce() -> Obstacle,
) -> Option<Obstacle> {
    let path = std::path::Path::new(path);
    let Some(node) = node else { return Some(missing()) };
    if !node.permitted {
        let what = format!(
            "{} has the permissions {:04o} of user {} and group {}",
            node.path, node.mode, node.user, node.group
        );
        return Some(Obstacle::new(Reason::NoPermission, what).mend(Words::allow(path)));
    }
    let holder = node.holder?;
    let what = format!("process {holder} has {} open", node.path);
    Some(Obstacle::new(Reason::Busy, what).mend(Words::end_owner(path)))
}

/// There is no such node: VFIO has not made it, or it is outside of the container.
fn missing_node(host: &Host, path: &str) -> Obstacle {
    let obstacle = Obstacle::new(Reason::NoRoad, format!("there is no {path}"));
    match &host.system.container {
        Some(_) => obstacle.mend(Words::hand_to_container(std::path::Path::new(path))),
        None => obstacle.mend(Words::load("VFIO", "vfio-pci")),
    }
}

/// "the driver nvme has it".
fn wrong_driver(driver: Option<&str>) -> String {
    driver.map_or_else(|| "no driver has it".to_owned(), |name| format!("the driver {name} has it"))
}
