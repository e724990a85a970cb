//! Programs that die while their card is writing.

use super::{Act, BEHIND_PORT, LONG, Part, Programs};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "deaths", extra: &[], clock: Clock::Leaping, acts };

/// Where they die: a hundred times on each.
pub(super) const HOSTS: &[&str] = &["x86-vtd-own", "arm-smmu"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let Some(road) = host.roads().first().filter(|_| HOSTS.contains(&host.name)) else {
        return Vec::new();
    };
    let device = format!("--device={}", road.uri(BEHIND_PORT));
    let bits = format!("--bits={}", host.architecture.device_bits());
    vec![Act::new(&programs.tests, LONG).with(&["killed", &device, &bits])]
}
