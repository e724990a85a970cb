//! What an examination says of each road, tried; the command hands cards over.

use super::{Act, BEHIND_PORT, LONG, Part, Programs};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let bits = format!("--bits={}", host.architecture.device_bits());
    // Every host has this driver; the test gives the card to all that there are.
    let act = Act::new(&programs.tests, LONG).over("uio_pci_generic").beside(&programs.command);
    vec![act.with(&["doctor", "--device", BEHIND_PORT, &bits])]
}
