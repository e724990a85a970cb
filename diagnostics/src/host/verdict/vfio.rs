//! VFIO: by iommufd, by groups, and where nothing translates.

use host_linux::{KernelVersion, Remedy};

use super::super::software::Presence;
use super::super::{Function, Group, Host};
use super::{Obstacle, Reason, missing_node, node_obstacle, wrong_driver};

/// Whether a driver hands its devices out through VFIO.
pub(super) fn is_vfio(driver: &str) -> bool {
    driver.starts_with("vfio") || driver.ends_with("vfio-pci") || driver.ends_with("vfio_pci")
}

/// In the order in which opening meets them.
pub(super) fn type1(host: &Host, function: &Function) -> Vec<Obstacle> {
    let (mut found, group) = common(host, function);
    let Some(group) = group else { return found };
    if host.software.type1 == Presence::Absent {
        found.push(Obstacle::new(Reason::NoRoad, "this kernel is built without VFIO's type 1"));
    }
    if !is_bound(function) {
        // Its node comes with the driver.
        found.extend(not_viable(function, group));
        found.extend(interrupts(host, host.software.unsafe_interrupts, "vfio_iommu_type1"));
        return found;
    }
    let path = group.node();
    let missing = || missing_node(host, &path);
    found.extend(node_obstacle(&path, function.group_node.as_ref(), missing));
    found.extend(not_viable(function, group));
    let missing = || missing_node(host, "/dev/vfio/vfio");
    // Several may have the container's node open.
    let container = host.software.container.clone().map(|mut node| {
        node.holder = None;
        node
    });
    found.extend(node_obstacle("/dev/vfio/vfio", container.as_ref(), missing));
    found.extend(interrupts(host, host.software.unsafe_interrupts, "vfio_iommu_type1"));
    found
}

/// In the order in which opening meets them.
pub(super) fn iommufd(host: &Host, function: &Function) -> Vec<Obstacle> {
    let (mut found, group) = common(host, function);
    let Some(group) = group else { return found };
    let no_road = |what: &str| {
        Obstacle::new(Reason::NoRoad, what).mend(Remedy::new(
            "use type 1, which every kernel with VFIO has, or a kernel with iommufd (6.6 and newer)",
            &[],
        ))
    };
    if host.software.iommu_node.is_none() {
        found.push(no_road("the kernel has no iommufd: there is no /dev/iommu"));
        return found;
    }
    if is_bound(function) {
        let missing = || no_road("VFIO has made no node for the device itself");
        let path = function.device_node.as_ref().map_or("/dev/vfio/devices", |node| &node.path);
        found.extend(node_obstacle(path, function.device_node.as_ref(), missing));
        let busy = function.group_node.as_ref().filter(|node| node.holder.is_some());
        if let Some(node) = busy.filter(|_| found.is_empty()) {
            found.extend(node_obstacle(&node.path, Some(node), || no_road("")).filter(
                |obstacle| {
                    // Only who has it open matters: the node itself is not needed.
                    obstacle.reason == Reason::Busy
                },
            ));
        }
    }
    let node = host.software.iommu_node.clone().map(|mut node| {
        node.holder = None;
        node
    });
    found.extend(node_obstacle("/dev/iommu", node.as_ref(), || no_road("there is no /dev/iommu")));
    found.extend(not_viable(function, group));
    found.extend(interrupts(host, host.software.unsafe_interrupts_iommufd, "iommufd"));
    found
}

/// In the order in which opening meets them.
pub(super) fn no_iommu(host: &Host, function: &Function) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if let Some(group) = function.group.as_ref().filter(|group| !group.without_iommu) {
        let what = format!("an IOMMU translates for its group {}", group.number);
        let words = "use VFIO with it: it protects memory, and costs little";
        found.push(Obstacle::new(Reason::Translated, what).mend(Remedy::new(words, &[])));
        return found;
    }
    let bound = is_bound(function);
    if !bound && hopeless(host, function) {
        let what = "VFIO has made no group for it, and there is no IOMMU";
        let obstacle = Obstacle::new(Reason::NoIommu, what);
        found.push(match host.software.no_iommu {
            Some(true) => obstacle.mend(Remedy::give_to(&function.address, "vfio-pci")),
            _ => obstacle,
        });
    }
    if !bound {
        let what = wrong_driver(function.driver.as_deref());
        let obstacle = Obstacle::new(Reason::WrongDriver, what);
        // Where VFIO has no such mode, its driver does not take the function.
        let possible = host.software.no_iommu.is_some();
        found.push(if possible {
            obstacle.mend(Remedy::give_to(&function.address, "vfio-pci"))
        } else {
            obstacle
        });
    }
    match host.software.no_iommu {
        None if host.software.vfio_pci == Presence::Loaded => {
            let what = "this kernel's VFIO is built without its mode for devices without an IOMMU";
            let words = "use UIO, or a kernel with CONFIG_VFIO_NOIOMMU";
            found.push(Obstacle::new(Reason::NoRoad, what).mend(Remedy::new(words, &[])));
        }
        None => found.push(
            Obstacle::new(Reason::NoRoad, "VFIO is not loaded")
                .mend(Remedy::load("VFIO", "vfio-pci")),
        ),
        Some(false) => found.push(
            Obstacle::new(Reason::NoIommu, "VFIO does not hand out what nothing translates for")
                .mend(Remedy::allow_no_iommu()),
        ),
        Some(true) => {}
    }
    if !bound {
        return found;
    }
    if let Some(group) = &function.group {
        let path = group.node();
        let missing = || Obstacle::new(Reason::NoRoad, format!("there is no {path}"));
        found.extend(node_obstacle(&path, function.group_node.as_ref(), missing));
    }
    if found.is_empty() && !host.user.raw_io {
        let mend = Remedy::new("run it as root, or with CAP_SYS_RAWIO", &[]);
        let what = "the kernel wants CAP_SYS_RAWIO for a device that reaches all memory";
        found.push(Obstacle::new(Reason::NoPermission, what).mend(mend));
    }
    found
}

fn is_bound(function: &Function) -> bool {
    function.driver.as_deref().is_some_and(is_vfio)
}

/// What keeps VFIO from a device on either road; the group if there is one that translates.
fn common<'f>(host: &Host, function: &'f Function) -> (Vec<Obstacle>, Option<&'f Group>) {
    let mut found = Vec::new();
    if !is_bound(function) && hopeless(host, function) {
        found.push(no_group(host));
        let what = wrong_driver(function.driver.as_deref());
        found.push(Obstacle::new(Reason::WrongDriver, what));
        return (found, None);
    }
    if !is_bound(function) {
        let what = wrong_driver(function.driver.as_deref());
        let obstacle = Obstacle::new(Reason::WrongDriver, what);
        // Old kernels put a device into a group when its first driver takes it.
        let promising = function.group.is_some() || host.iommu.is_on();
        let absent = host.software.vfio_pci == Presence::Absent;
        found.push(if promising && !absent {
            obstacle.mend(Remedy::give_to(&function.address, "vfio-pci"))
        } else {
            obstacle
        });
        if absent {
            found.push(
                Obstacle::new(Reason::NoRoad, "this kernel is built without VFIO for PCI devices")
                    .mend(Remedy::new("use a kernel with CONFIG_VFIO_PCI", &[])),
            );
        }
    }
    let Some(group) = &function.group else {
        found.push(no_group(host));
        return (found, None);
    };
    if group.without_iommu {
        let what = "nothing translates its addresses, so it can reach all memory";
        found.push(Obstacle::new(Reason::Unprotected, what).mend(Remedy::open_unprotected()));
        return (found, None);
    }
    if !function.coherent && !matches!(host.system.architecture.as_str(), "x86_64" | "aarch64") {
        let what = "it does not snoop caches, and user space cannot maintain them here";
        found.push(Obstacle::new(Reason::NotCoherent, what));
    }
    (found, Some(group))
}

/// Whether there is certainly no IOMMU at all, so that VFIO would not take the function. Before
/// 4.12 Arm's did not show themselves.
fn hopeless(host: &Host, function: &Function) -> bool {
    let version = KernelVersion::parse(&host.system.kernel);
    let shown = version.is_some_and(|version| version >= KernelVersion::new(4, 12));
    function.group.is_none() && shown && host.iommu.units.is_empty()
}

/// Why there is no group, as far as the host tells.
fn no_group(host: &Host) -> Obstacle {
    let obstacle = |what: String| Obstacle::new(Reason::NoIommu, what);
    if host.iommu.is_on() {
        let what = "it is in no group: the host's IOMMU does not serve it";
        return obstacle(what.to_owned()).mend(Remedy::new(
            "put the card into another slot, or, in a virtual machine, behind its IOMMU",
            &[],
        ));
    }
    let what = "it is in no group: no IOMMU translates for it".to_owned();
    match host.iommu.tables.first().map(String::as_str) {
        // The firmware describes one, and the kernel does not use it.
        Some("DMAR") => obstacle(what).mend(Remedy::new(
            "the firmware describes an Intel IOMMU: add `intel_iommu=on` to the kernel's \
             parameters, and take away what switches it off",
            &[],
        )),
        Some(table) => obstacle(what).mend(Remedy::new(
            format!(
                "the firmware describes one (its table {table}): take away what switches it off \
                 from the kernel's parameters"
            ),
            &[],
        )),
        None => obstacle(what).mend(Remedy::switch_iommu_on()),
    }
}

/// Others of the group that other drivers have.
fn not_viable(function: &Function, group: &Group) -> Option<Obstacle> {
    let foreign = |driver: &Option<String>| driver.as_deref().is_some_and(|name| !is_vfio(name));
    let others: Vec<_> =
        group.others.iter().filter(|other| foreign(&other.driver) && !other.bridge).collect();
    if others.is_empty() {
        return None;
    }
    let names: Vec<String> = others
        .iter()
        .map(|it| format!("{} (driver {})", it.address, it.driver.as_deref().unwrap_or("none")))
        .collect();
    let what = format!("the IOMMU cannot tell {} from {}", function.address, names.join(", "));
    let addresses: Vec<_> = others.iter().map(|other| other.address).collect();
    Some(Obstacle::new(Reason::NotViable, what).mend(Remedy::give_all(&addresses)))
}

/// A host that lets devices forge interrupts, where it tells.
fn interrupts(host: &Host, accepted: Option<bool>, module: &str) -> Option<Obstacle> {
    if host.iommu.remaps_interrupts != Some(false) || accepted == Some(true) {
        return None;
    }
    let what = "the host does not remap interrupts, so a device could forge them";
    Some(Obstacle::new(Reason::UnsafeInterrupts, what).mend(Remedy::accept_interrupts(module)))
}
