//! Our kernel module, on the kernel that it is built for.
//!
//! Its own tests give it nonsense, take the card away and try to unload it; then the same suite, the
//! same example, the bug and the deaths as on every other road. In the end the card is pulled out and
//! the module unloaded, and the kernel's checks of DMA say whether all of that left anything.

use super::{Act, BEHIND_PORT, LONG, ON_ROOT_BUS, Part, Programs, SHORT, calls};
use crate::guest::host::Host;
use crate::guest::kernel::ours;
use crate::guest::machine::Clock;

pub(super) const PART: Part =
    Part { title: "kernel module", extra: &[], clock: Clock::Leaping, acts };

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    if !host.has_module() {
        return Vec::new();
    }
    let device = format!("--device=kernel:{BEHIND_PORT}");
    let bits = format!("--bits={}", host.architecture.device_bits());
    let act = |program, limit, arguments: &[&str]| {
        Act::new(program, limit).over(ours::NAME).with(arguments)
    };
    vec![
        act(
            &programs.module,
            LONG,
            &["--ignored", "--test-threads=1", "--skip=surprise::", "--skip=unloaded::"],
        ),
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
        // What does not come back, in this order.
        act(
            &programs.module,
            SHORT,
            &["--ignored", "--test-threads=1", "--nocapture", "surprise::", "unloaded::"],
        ),
    ]
}
