//! A disk: transfers on each road of a host; programs that die while reading it.

use super::{Act, DISK, NVME, Part, Programs, SHORT};
use crate::guest::host::Host;

pub(super) const PART: Part = Part { title: "", extra: &[], acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let act = |device: String| Act::new(&programs.tests, SHORT).of(NVME).with(&["disk", &device]);
    host.roads().iter().map(|road| act(format!("--device={}", road.uri(DISK)))).collect()
}
