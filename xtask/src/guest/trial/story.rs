//! The main job as a user runs it, and the bug: a physical address to the card.

use super::{Act, BEHIND_PORT, Part, Programs, SHORT};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let bits = format!("--bits={}", host.architecture.device_bits());
    let mut acts = Vec::new();
    // The same program on every road, the simulated one first.
    if let Some(road) = host.roads().first() {
        acts.push(Act::on(*road, &programs.loopback, SHORT).with(&["--device=mock:edu"]));
    }
    for road in host.roads() {
        let device = format!("--device={}", road.uri(BEHIND_PORT));
        let loopback = Act::on(*road, &programs.loopback, SHORT).with(&[&device]);
        if road.translated {
            acts.push(loopback);
            let bug = Act::on(*road, &programs.tests, SHORT);
            acts.push(bug.with(&["wrong-address", &device, &bits]));
        } else {
            // What a physical address does where nothing translates, one sees on another host.
            acts.push(loopback.with(&["--unprotected"]));
        }
    }
    acts
}
