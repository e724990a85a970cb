//! Our kernel module: for kernels that are new enough.

use host_linux::{KernelVersion, Remedy};

use super::super::software::{MODULE, MODULE_NEEDS, Presence};
use super::super::{Function, Host};
use super::{Obstacle, Reason, node_obstacle, wrong_driver};

/// In the order in which opening meets them.
pub(super) fn obstacles(host: &Host, function: &Function) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if function.driver.as_deref() != Some(MODULE) {
        let what = wrong_driver(function.driver.as_deref());
        let obstacle = Obstacle::new(Reason::WrongDriver, what);
        let present = matches!(host.software.module, Presence::Loaded | Presence::Loadable);
        found.push(if present {
            obstacle.mend(Remedy::give_to(&function.address, MODULE))
        } else {
            obstacle
        });
        if !present {
            found.push(no_module(host));
        }
        return found;
    }
    let missing = || Obstacle::new(Reason::NoRoad, "the module has made no node for it");
    let node = function.module_node.as_ref();
    let path = node.map_or("/dev", |node| node.path.as_str());
    found.extend(node_obstacle(path, node, missing));
    if found.is_empty() && function.group.is_none() && !host.user.raw_io {
        let what = "the module wants CAP_SYS_RAWIO where nothing translates";
        let words = "run it as root, or with CAP_SYS_RAWIO";
        found.push(Obstacle::new(Reason::NoPermission, what).mend(Remedy::new(words, &[])));
    }
    found
}

fn no_module(host: &Host) -> Obstacle {
    let kernel = &host.system.kernel;
    if KernelVersion::parse(kernel).is_some_and(|version| version < MODULE_NEEDS) {
        let what = format!("the module needs Linux {MODULE_NEEDS}, and this is {kernel}");
        let words = "use VFIO, which this kernel's age does not matter to";
        return Obstacle::new(Reason::NoRoad, what).mend(Remedy::new(words, &[]));
    }
    let what = "the module is not loaded";
    let words = if host.security.wants_signatures() {
        "build it, sign it with a key that this machine trusts, and load it"
    } else {
        "build it and load it"
    };
    Obstacle::new(Reason::NoRoad, what).mend(Remedy::new(words, &[&format!("modprobe {MODULE}")]))
}
