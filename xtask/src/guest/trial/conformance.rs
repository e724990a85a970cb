//! The conformance suite, on each road of a host.

use super::{Act, BEHIND_PORT, LONG, ON_ROOT_BUS, Part, Programs};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

/// Hosts on which the suite also runs on the device that cannot be reset.
const BOTH_PLACES: &[&str] = &["x86-vtd", "x86-vtd-own", "arm-smmu"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let mut acts = Vec::new();
    for (number, road) in host.roads().iter().enumerate() {
        // A device that cannot be reset is a matter of the machine, not of kernel and IOMMU.
        let both = number == 0 && BOTH_PLACES.contains(&host.name);
        let places =
            [("root-port", BEHIND_PORT, ON_ROOT_BUS), ("root-bus", ON_ROOT_BUS, BEHIND_PORT)];
        for (place, device, other) in &places[..if both { 2 } else { 1 }] {
            let rig = [road.scheme, "/edu, ", host.name, ", ", road.name, ", "].concat();
            let act = Act::on(*road, &programs.tests, LONG).with(&[
                "conformance",
                &format!("--device={}", road.uri(device)),
                &format!("--name={rig}{}", place.replace('-', " ")),
                &format!("--place={place}"),
                &format!("--bits={}", host.architecture.device_bits()),
            ]);
            // Where nothing translates, all are in the one physical address space.
            let how = if road.translated { "apart" } else { "beside" };
            acts.push(act.with(&[&format!("--{how}={}", road.uri(other))]));
        }
    }
    acts
}
