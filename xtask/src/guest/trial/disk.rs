//! A disk: transfers on each road of a host; deaths of programs that read it.
//!
//! Its commands are carried out by threads of the emulator, in real time: a clock that leaps over
//! what a guest waits for would be at the end of its patience at once.

use super::{Act, DISK, LONG, NVME, Part, Programs, SHORT, deaths};
use crate::guest::host::{Host, Road};
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "disk", extra: &[], clock: Clock::Real, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let over = |verb, road: &Road, limit| {
        let device = format!("--device={}", road.uri(DISK));
        Act::on(*road, &programs.tests, limit).of(NVME).with(&[verb, &device])
    };
    // Where nothing translates, a disk is nobody's to try out.
    let roads = host.roads().iter().filter(|road| road.translated);
    let mut acts: Vec<Act> = roads.map(|road| over("disk", road, SHORT)).collect();
    if deaths::HOSTS.contains(&host.name) {
        acts.extend(host.roads().first().map(|road| over("killed", road, LONG)));
    }
    acts
}
