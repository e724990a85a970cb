//! The main job as a user runs it, and the bug: a physical address to the card.

use super::{Act, BEHIND_PORT, Part, Programs, SHORT};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let bits = format!("--bits={}", host.architecture.device_bits());
    let acts = host.roads().iter().flat_map(|road| {
        let device = format!("--device={}", road.uri(BEHIND_PORT));
        [
            Act::new(&programs.loopback, SHORT).with(&[&device]),
            Act::new(&programs.tests, SHORT).with(&["wrong-address", &device, &bits]),
        ]
    });
    acts.collect()
}
