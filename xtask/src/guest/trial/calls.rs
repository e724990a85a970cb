//! System calls of a transfer, counted.

use super::{Act, BEHIND_PORT, Part, Programs, SHORT};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

/// Where VFIO's are counted; our module's are where it is.
pub(super) const HOST: &str = "x86-vtd-own";
/// The verb that counts.
pub(super) const VERB: &str = "system-calls";

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let roads = host.roads().iter().filter(|_| host.name == HOST);
    let act = |road| Act::on(road, &programs.tests, SHORT);
    roads.map(|road| act(*road).with(&[VERB, "--device", &road.uri(BEHIND_PORT)])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::host;
    use super::*;

    // The host is one, and has VFIO's roads.
    #[test]
    fn host_is_known() {
        assert!(host::find(HOST).unwrap().roads().iter().all(|road| road.scheme == "vfio"));
    }
}
