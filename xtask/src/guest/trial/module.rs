//! Our kernel module: its own tests, and on our own kernel everything else.
//!
//! The tests give it nonsense, take the card away and try to unload it. On the kernel that checks it
//! there follow the same suite, the same example, the bug and the deaths as on every other road; in the
//! end the card is pulled out and the module unloaded, and the kernel's checks of DMA say whether all of
//! that left anything. On other kernels the module is a road of the host as others are.

use super::{Act, BEHIND_PORT, LONG, ON_ROOT_BUS, Part, Programs, SHORT, calls};
use crate::guest::host::Host;
use crate::guest::kernel::ours;
use crate::guest::machine::Clock;

pub(super) const PART: Part =
    Part { title: "kernel module", extra: &[], clock: Clock::Leaping, acts };
pub(super) const UNPROTECTED: Part =
    Part { title: "", extra: &[], clock: Clock::Leaping, acts: unprotected };

/// Our own kernel, which checks it.
const WHOLE: &str = "x86-vtd-own";
/// The other processor, with its interrupts: the module's own tests.
const TESTS: &str = "arm-smmu";
/// Tests of cards that nothing translates for.
const OF_NOTHING: &str = "unprotected::";

/// All of the module's own tests.
pub const ALL: [&str; 2] = ["--ignored", "--test-threads=1"];
/// Of those, on hosts that translate, the ones after which card and module are there still.
pub const FIRST: [&str; 3] = ["--skip=surprise::", "--skip=unloaded::", "--skip=unprotected::"];
/// What does not come back, in this order.
pub const LAST: [&str; 3] = ["--nocapture", "surprise::", "unloaded::"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    if ![WHOLE, TESTS].contains(&host.name) {
        return Vec::new();
    }
    let device = format!("--device=kernel:{BEHIND_PORT}");
    let bits = format!("--bits={}", host.architecture.device_bits());
    let act = |program, limit, arguments: &[&str]| {
        Act::new(program, limit).over(ours::NAME).with(arguments)
    };
    let tests = act(&programs.module, LONG, &ALL).with(&FIRST);
    if host.name == TESTS {
        return vec![tests];
    }
    vec![
        tests,
        act(
            &programs.tests,
            LONG,
            &[
                "conformance",
                &device,
                &format!("--apart=kernel:{ON_ROOT_BUS}"),
                &format!("--name=kernel/edu, {}, module, root port", host.name),
                "--place=root-port",
                &bits,
            ],
        ),
        act(&programs.loopback, SHORT, &[&device]),
        act(&programs.tests, SHORT, &["wrong-address", &device, &bits]),
        act(&programs.tests, SHORT, &[calls::VERB, &device]),
        act(&programs.tests, LONG, &["killed", &device, &bits]),
        act(&programs.module, SHORT, &ALL).with(&LAST),
    ]
}

/// Where nothing translates: who may have a card then.
fn unprotected(host: &Host, programs: &Programs) -> Vec<Act> {
    let bare = |host: &Host| host.roads().iter().any(|road| !road.translated);
    if !host.has_module() || !bare(host) {
        return Vec::new();
    }
    let act = Act::new(&programs.module, SHORT).over(ours::NAME);
    vec![act.with(&ALL).with(&[OF_NOTHING])]
}

#[cfg(test)]
mod tests {
    use super::super::super::host;
    use super::*;

    // Every host of the lists is one, and has the module.
    #[test]
    fn hosts_have_the_module() {
        for name in [WHOLE, TESTS] {
            assert!(host::find(name).is_ok_and(Host::has_module), "{name}");
        }
    }
}
