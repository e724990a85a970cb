//! Programs that die while their card is writing.

use super::{Act, BEHIND_PORT, DISK, LONG, NVME, Part, Programs};
use crate::guest::host::Host;

pub(super) const PART: Part = Part { title: "deaths", extra: &[], acts };

/// Where they die: a hundred times on each.
const HOSTS: &[&str] = &["x86-vtd-own", "arm-smmu"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let Some(road) = host.roads().first().filter(|_| HOSTS.contains(&host.name)) else {
        return Vec::new();
    };
    let bits = format!("--bits={}", host.architecture.device_bits());
    let act = |device: &str| {
        let device = format!("--device={}", road.uri(device));
        Act::new(&programs.tests, LONG).with(&["killed", &device, &bits])
    };
    vec![act(BEHIND_PORT), act(DISK).of(NVME)]
}
