//! UIO where it is wrong, and a process of it that dies.

use super::{Act, BEHIND_PORT, LONG, Part, Programs, SHORT};
use crate::guest::host::Host;
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

/// Where UIO is refused and then forced.
const TRANSLATING: &[&str] = &["x86-vtd"];
/// Where processes die: with a kernel that takes its time to free memory.
const DYING: &str = "x86-none-own";
const DRIVER: &str = "uio_pci_generic";

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    let mut acts = Vec::new();
    let bits = format!("--bits={}", host.architecture.device_bits());
    if TRANSLATING.contains(&host.name) {
        let act = Act::new(&programs.tests, SHORT).over(DRIVER);
        acts.push(act.with(&["forced", "--device", BEHIND_PORT, &bits]));
    }
    if host.name == DYING {
        let act = Act::new(&programs.tests, LONG).over(DRIVER);
        acts.push(act.with(&["dying", "--device", BEHIND_PORT, &bits]));
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::super::super::host;
    use super::*;

    // Every host of the lists is one.
    #[test]
    fn hosts_are_known() {
        for name in TRANSLATING.iter().chain([&DYING]) {
            assert!(host::find(name).is_ok(), "{name}");
        }
    }
}
