//! Our kernel module: for kernels that are new enough.

use host_linux::{KernelVersion, Remedy};

use super::super::software::{MODULE, MODULE_NEEDS, Presence};
use super::super::{Function, Group, Host};
use super::{Obstacle, Reason, node_obstacle, wrong_driver};

/// In the order in which opening meets them.
pub(super) fn obstacles(host: &Host, function: &Function) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if host.software.module != Presence::Loaded {
        found.push(no_module(host));
    }
    if function.driver.as_deref() != Some(MODULE) {
        let what = wrong_driver(function.driver.as_deref());
        let obstacle = Obstacle::new(Reason::WrongDriver, what);
        found.push(if found.is_empty() {
            obstacle.mend(Remedy::give_to(&function.address, MODULE))
        } else {
            obstacle
        });
        return found;
    }
    let missing = || Obstacle::new(Reason::NoRoad, "the module has made no node for it");
    let node = function.module_node.as_ref();
    let path = node.map_or("/dev/anydma", |node| node.path.as_str());
    found.extend(node_obstacle(path, node, missing));
    if found.is_empty() && !host.user.raw_io && !keeps_to_itself(host, function) {
        let what = "the card is not kept from all memory that is not its own, and the module wants \
                    CAP_SYS_RAWIO for such a one";
        let words = "run it as root; or have the IOMMU translate strictly (`echo DMA > \
                     iommu_group/type` while no driver has the card), with interrupts remapped and \
                     the card alone in its group";
        found.push(Obstacle::new(Reason::NoPermission, what).mend(Remedy::new(words, &[])));
    }
    found
}

/// Whether the device is opened as unprotected only: nothing translates for the kernel's drivers.
pub(super) fn is_unprotected(function: &Function) -> bool {
    !function.group.as_ref().is_some_and(Group::translates)
}

/// As the module decides it: strict translation, interrupts that cannot be forged, alone.
fn keeps_to_itself(host: &Host, function: &Function) -> bool {
    let alone = |group: &Group| group.others.iter().all(|other| other.bridge);
    let strict = |group: &Group| group.kind.as_deref() == Some("DMA");
    let group = function.group.as_ref();
    group.is_some_and(|group| strict(group) && alone(group))
        && host.iommu.remaps_interrupts != Some(false)
}

fn no_module(host: &Host) -> Obstacle {
    let kernel = &host.system.kernel;
    if KernelVersion::parse(kernel).is_some_and(|version| version < MODULE_NEEDS) {
        let what = format!("the module needs Linux {MODULE_NEEDS}, and this is {kernel}");
        let words = "use VFIO, which this kernel's age does not matter to";
        return Obstacle::new(Reason::NoRoad, what).mend(Remedy::new(words, &[]));
    }
    let words = match (host.software.module, host.security.wants_signatures()) {
        (Presence::Loadable, _) => "load it",
        (_, true) => "build it, sign it with a key that this machine trusts, and load it",
        (_, false) => "build it and load it",
    };
    let remedy = Remedy::new(words, &[&format!("modprobe {MODULE}")]);
    Obstacle::new(Reason::NoRoad, "the module is not loaded").mend(remedy)
}
