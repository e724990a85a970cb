//! The command on a card: handed over, read, tested and measured.

use guest_init::job::Translation;

use super::{Act, BEHIND_PORT, LONG, ON_ROOT_BUS, Part, Programs};
use crate::guest::host::{Host, Road};
use crate::guest::kernel::ours;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

/// The host whose runs stand in the documents: a user's kernel.
const SHOWN: &str = "x86-vtd";
/// Where nothing translates, and the command has to be told that it may go on, by UIO too.
const UNPROTECTED: &str = "x86-none";

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let act = |device: &str, apart: &str| {
        Act::new(&programs.tests, LONG).beside(&programs.command).with(&[
            "tools",
            &format!("--device={device}"),
            &format!("--apart={apart}"),
        ])
    };
    let mut acts = Vec::new();
    if host.name == SHOWN {
        acts.push(act(BEHIND_PORT, ON_ROOT_BUS));
    }
    let unprotected = |road: Road, device: &str| {
        let device = format!("--device={device}");
        let act = Act::on(road, &programs.tests, LONG).beside(&programs.command);
        act.with(&["tools", &device, "--unprotected", "--only=every_"])
    };
    if host.name == UNPROTECTED {
        // The one memory that a card of 28 bits surely reaches there.
        let road = Road::UIO_REGION;
        acts.push(unprotected(road, &road.uri(BEHIND_PORT)));
    }
    if host.translation() == Translation::Absent {
        // What `auto:` would find, if it may: VFIO without an IOMMU, or our module. UIO never.
        let found = host.roads().iter().find(|road| road.scheme != Road::UIO_REGION.scheme);
        acts.extend(found.map(|road| unprotected(*road, &road.auto(BEHIND_PORT))));
    }
    if host.has_module() && host.translation() == Translation::Translating {
        let [device, apart] = [BEHIND_PORT, ON_ROOT_BUS].map(|place| format!("kernel:{place}"));
        // The whole suite runs there by itself.
        acts.push(act(&device, &apart).over(ours::NAME).with(&["--only=every_"]));
    }
    acts
}
