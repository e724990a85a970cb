//! UIO: where nothing translates, for who may see physical addresses.

use host_linux::Remedy;

use super::super::software::Presence;
use super::super::{Function, Host};
use super::{Obstacle, Reason, node_obstacle, wrong_driver};

/// In the order in which opening meets them.
pub(super) fn obstacles(host: &Host, function: &Function) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let translating = function.group.as_ref().filter(|group| group.translates());
    if let Some(group) = translating {
        let what = format!(
            "the IOMMU translates for its group {} ({}), and UIO gives out physical addresses",
            group.number,
            group.kind.as_deref().unwrap_or("of a kind that the kernel does not tell"),
        );
        let words = "use VFIO, which is made for that";
        found.push(Obstacle::new(Reason::Translated, what).mend(Remedy::new(words, &[])));
    }
    if function.uio_node.is_none() {
        let what = wrong_driver(function.driver.as_deref());
        let obstacle = Obstacle::new(Reason::WrongDriver, what);
        let absent = host.software.uio == Presence::Absent;
        // It would be of no use where VFIO is the answer.
        found.push(if absent || translating.is_some() {
            obstacle
        } else {
            obstacle.mend(Remedy::give_to(&function.address, "uio_pci_generic"))
        });
        if absent {
            let what = "this kernel is built without UIO for PCI devices";
            found.push(Obstacle::new(Reason::NoRoad, what));
        }
    }
    if let Some(node) = &function.uio_node {
        let missing = || Obstacle::new(Reason::NoRoad, "there is no node");
        found.extend(node_obstacle(&node.path, Some(node), missing));
    }
    if host.security.is_locked_down() {
        let what = "the kernel is locked down: programs may not map registers through sysfs";
        let words = "use VFIO, whose mappings lockdown permits";
        found.push(Obstacle::new(Reason::LockedDown, what).mend(Remedy::new(words, &[])));
    }
    if !host.user.admin {
        let what = "only root sees physical addresses, which UIO gives to the card";
        let words = "run it as root, or with CAP_SYS_ADMIN";
        found.push(Obstacle::new(Reason::NoPermission, what).mend(Remedy::new(words, &[])));
    }
    found
}
