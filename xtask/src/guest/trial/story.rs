//! The main job as a user runs it, and the bug: a physical address to the card.

use super::{Act, BEHIND_PORT, Part, Programs, SHORT};
use crate::guest::architecture::Architecture;
use crate::guest::host::{Host, Road};
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let bits = format!("--bits={}", host.architecture.device_bits());
    let mut acts = Vec::new();
    // The same program on every road, the simulated one first.
    if let Some(road) = host.roads().first() {
        acts.push(Act::on(*road, &programs.loopback, SHORT).with(&["--device=mock:edu"]));
        if host.architecture == Architecture::X86 {
            let device = format!("--device={}", road.uri(BEHIND_PORT));
            acts.push(Act::on(*road, &programs.tests, SHORT).with(&["waits", &device, &bits]));
        }
    }
    // An `edu` has 28 address bits, as its driver takes it; memory of Arm's machine lies beyond. The suite
    // tells it of more.
    let reached = |road: &&Road| road.translated || host.architecture == Architecture::X86;
    for road in host.roads().iter().filter(reached) {
        // Not in huge pages, which may lie beyond what it reaches.
        let with = if road.translated { *road } else { road.in_region() };
        let device = format!("--device={}", with.uri(BEHIND_PORT));
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
    // `auto:` takes what suits the driver that has the card; UIO never.
    let mut drivers: Vec<&Road> = Vec::new();
    for road in host.roads().iter().filter(reached).filter(|road| road.scheme != "uio") {
        if drivers.iter().all(|other| other.driver != road.driver) {
            drivers.push(road);
        }
    }
    for road in drivers {
        let device = format!("--device={}", road.auto(BEHIND_PORT));
        let auto = Act::on(*road, &programs.loopback, SHORT).with(&[&device]);
        acts.push(if road.translated { auto } else { auto.with(&["--unprotected"]) });
    }
    acts
}
