//! What each host has to show, besides being what it should be.

use std::path::{Path, PathBuf};
use std::time::Duration;

use guest_init::job::Step;

use super::architecture::Architecture;
use super::boot::{Task, Testbed, run_step};
use super::host::Host;
use crate::error::{Error, Result};

/// Ids of the card that the suite drives.
const EDU: &str = "1234:11e8";
/// Behind a root port, which can reset it.
const BEHIND_PORT: &str = "0000:01:00.0";
/// Ids of the disk's controller, and where it is.
const NVME: &str = "1b36:0010";
const DISK: &str = "0000:02:00.0";
/// On the root bus, where nothing can.
const ON_ROOT_BUS: &str = "0000:00:06.0";

/// The host that refuses: it boots quickest.
const REFUSING: &str = "x86-vtd-own";
/// Further devices for it, and where they come to be: one of 28 address bits, and two behind a
/// conventional bridge, which makes them one group.
const OTHER_DEVICES: &[&str] = &[
    "-device",
    "pcie-root-port,id=port2,chassis=3,addr=0x7",
    "-device",
    "edu,bus=port2",
    "-device",
    "pcie-root-port,id=port3,chassis=4,addr=0x8",
    "-device",
    "pcie-pci-bridge,id=conventional,bus=port3",
    "-device",
    "edu,bus=conventional,addr=0x1,dma_mask=0xffffffff",
    "-device",
    "edu,bus=conventional,addr=0x2,dma_mask=0xffffffff",
];
const NARROW: &str = "0000:03:00.0";
const GROUP: [&str; 2] = ["0000:05:01.0", "0000:05:02.0"];

/// Hosts on which the suite also runs on the device that cannot be reset.
const BOTH_PLACES: &[&str] = &["x86-vtd", "x86-vtd-own", "arm-smmu"];

/// Here a reset takes two seconds, and a device is reset when it is opened and when it is closed.
const SLOW_RESET: &str = "arm-smmu-5.10";

/// Hosts on which programs die while their card is writing.
const DYING: &[&str] = &["x86-vtd-own", "arm-smmu"];

/// A boot takes a few seconds; this is for machines that do much else.
const BOOTING: Duration = Duration::from_mins(3);

/// The conformance suite takes about a minute; this is for machines that do much else.
const CONFORMING: Duration = Duration::from_mins(8);
/// A program of a few seconds.
const SHORT: Duration = Duration::from_mins(2);

/// Static programs for one processor.
#[derive(Debug)]
pub struct Programs {
    tests: PathBuf,
    loopback: PathBuf,
}

impl Programs {
    /// Builds them.
    ///
    /// # Errors
    ///
    /// As [`Testbed::build`].
    pub fn build(testbed: &Testbed<'_>, architecture: Architecture) -> Result<Self> {
        let one = |what: &[&str]| -> Result<PathBuf> {
            let mut built = testbed.build("build", what, architecture)?;
            built.pop().ok_or_else(|| Error::new(format!("{what:?} builds no program")))
        };
        Ok(Self {
            tests: one(&["--package", "guest-tests"])?,
            loopback: one(&["--package", "anydma", "--example", "loopback", "--all-features"])?,
        })
    }
}

/// One program to run in a guest.
#[derive(Debug)]
struct Act {
    program: PathBuf,
    arguments: Vec<String>,
    limit: Duration,
}

impl Act {
    fn new(program: &Path, limit: Duration) -> Self {
        Self { program: program.to_owned(), arguments: Vec::new(), limit }
    }

    fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|text| (*text).to_owned()));
        self
    }
}

/// The task of a host that only has to be what it should be.
#[must_use]
pub fn smoke(host: &Host) -> Task {
    Task {
        title: "",
        steps: vec![Step::Check(host.expectation())],
        programs: Vec::new(),
        extra: Vec::new(),
        limit: BOOTING,
    }
}

/// The tasks of a host that shows all it can: each is one boot.
///
/// # Errors
///
/// A program has no name.
pub fn whole(host: &Host, programs: &Programs) -> Result<Vec<Task>> {
    let mut tasks = vec![smoke(host).with(programs, conforming(host, programs))?];
    if host.name == REFUSING {
        let mut task = Task { title: "refusals", steps: Vec::new(), ..smoke(host) };
        task.extra = OTHER_DEVICES.iter().map(|word| (*word).to_owned()).collect();
        tasks.push(task.with(programs, vec![refusals(programs)])?);
    }
    Ok(tasks)
}

impl Task {
    /// With these programs to run, their devices in VFIO's hands, and a look at the kernel's log.
    fn with(mut self, programs: &Programs, acts: Vec<Act>) -> Result<Self> {
        if acts.is_empty() {
            return Ok(self);
        }
        self.programs = vec![programs.tests.clone(), programs.loopback.clone()];
        for ids in [EDU, NVME] {
            self.steps.push(Step::Bind { ids: ids.to_owned(), driver: "vfio-pci".to_owned() });
        }
        for act in acts {
            self.steps.push(run_step(&act.program, &act.arguments, act.limit)?);
            self.limit += act.limit;
        }
        self.steps.push(Step::Quiet);
        Ok(self)
    }
}

/// What a host shows on each of our roads; nothing if none of them runs on it.
fn conforming(host: &Host, programs: &Programs) -> Vec<Act> {
    let bits = format!("--bits={}", host.architecture.device_bits());
    let mut acts = Vec::new();
    for (number, road) in host.roads().iter().enumerate() {
        let device = format!("--device={}", road.uri(BEHIND_PORT));
        let places =
            [("root-port", BEHIND_PORT, ON_ROOT_BUS), ("root-bus", ON_ROOT_BUS, BEHIND_PORT)];
        // A device that cannot be reset is a matter of the machine, not of kernel and IOMMU.
        let both = number == 0 && BOTH_PLACES.contains(&host.name);
        let places = match (both, host.name == SLOW_RESET) {
            (true, _) => &places[..],
            (false, true) => &places[1..],
            (false, false) => &places[..1],
        };
        for (place, device, other) in places {
            acts.push(Act::new(&programs.tests, CONFORMING).with(&[
                "conformance",
                &format!("--device={}", road.uri(device)),
                &format!("--apart={}", road.uri(other)),
                &format!(
                    "--name={}/edu, {}, {}, {}",
                    road.scheme,
                    host.name,
                    road.name,
                    place.replace('-', " ")
                ),
                &format!("--place={place}"),
                &bits,
            ]));
        }
        acts.push(Act::new(&programs.loopback, SHORT).with(&[&device]));
        acts.push(Act::new(&programs.tests, SHORT).with(&["wrong-address", &device, &bits]));
        let disk = format!("--device={}", road.uri(DISK));
        acts.push(Act::new(&programs.tests, SHORT).with(&["disk", &disk]));
        if number == 0 && DYING.contains(&host.name) {
            acts.push(Act::new(&programs.tests, CONFORMING).with(&["killed", &device]));
            acts.push(Act::new(&programs.tests, CONFORMING).with(&["killed", &disk]));
        }
    }
    acts
}

/// What a host refuses, with its message.
fn refusals(programs: &Programs) -> Act {
    let [first, second] = GROUP;
    Act::new(&programs.tests, CONFORMING).with(&[
        "refusals",
        "--device",
        BEHIND_PORT,
        "--narrow",
        NARROW,
        "--group",
        first,
        second,
    ])
}
