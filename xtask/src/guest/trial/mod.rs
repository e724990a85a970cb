//! What each host has to show, besides being what it should be.
//!
//! A table of parts: each says what it has for a host, as programs to run over some driver. Parts
//! that need no devices of their own share the host's boot; the others have one each.

mod backend;
mod calls;
mod conformance;
mod deaths;
mod disk;
mod doctor;
pub mod module;
mod refusals;
mod story;
mod tools;
mod unprotected;

use std::path::{Path, PathBuf};
use std::time::Duration;

use guest_init::job::Step;

use super::architecture::Architecture;
use super::boot::{Task, Testbed, run_step};
use super::host::{Host, Road};
use super::machine::Clock;
use super::phases::SILENCE;
use crate::error::{Error, Result};

pub use self::backend::passed_tests;

/// Ids of the card that the tests drive.
const EDU: &str = "1234:11e8";
/// Behind a root port, which can reset it.
const BEHIND_PORT: &str = "0000:01:00.0";
/// Ids of the disk's controller, and where it is.
const NVME: &str = "1b36:0010";
const DISK: &str = "0000:02:00.0";
/// On the root bus, where nothing can.
const ON_ROOT_BUS: &str = "0000:00:06.0";

/// What a boot may take that only looks around; it takes seconds.
const SMOKE: Duration = Duration::from_mins(3);
/// What any other may take; it takes a minute or two.
const WHOLE: Duration = Duration::from_mins(15);

/// What a long program may take, of the guest's own time.
const LONG: Duration = Duration::from_mins(8);
/// What a program of a few seconds may take, likewise.
const SHORT: Duration = Duration::from_mins(2);

/// Something that hosts show.
struct Part {
    /// Which boot it is in; empty: the host's own.
    title: &'static str,
    /// Further arguments of the emulator for that boot.
    extra: &'static [&'static str],
    /// How time passes in it.
    clock: Clock,
    /// The programs that a host runs; none where it does not show this.
    acts: fn(&Host, &Programs) -> Vec<Act>,
}

/// Everything that hosts show, in this order.
const PARTS: &[Part] = &[
    backend::PART,
    conformance::PART,
    story::PART,
    calls::PART,
    doctor::PART,
    tools::PART,
    disk::PART,
    deaths::PART,
    module::PART,
    module::UNPROTECTED,
    refusals::PART,
    refusals::WITHOUT_IOMMU,
    refusals::NARROW,
    unprotected::PART,
];

/// Static programs for one processor.
#[derive(Debug)]
pub struct Programs {
    /// Our tests, a verb for each.
    tests: PathBuf,
    /// The example.
    loopback: PathBuf,
    /// VFIO's own tests.
    vfio: PathBuf,
    /// The command.
    command: PathBuf,
    /// Our kernel module's.
    module: PathBuf,
}

impl Programs {
    /// Builds them.
    ///
    /// # Errors
    ///
    /// As [`Testbed::build`].
    pub fn build(testbed: &Testbed<'_>, architecture: Architecture) -> Result<Self> {
        let one = |verb: &str, what: &[&str]| -> Result<PathBuf> {
            let mut built = testbed.build(verb, what, architecture)?;
            built.pop().ok_or_else(|| Error::new(format!("{what:?} builds no program")))
        };
        Ok(Self {
            tests: one("build", &["--package", "guest-tests"])?,
            loopback: one(
                "build",
                &["--package", "anydma", "--example", "loopback", "--all-features"],
            )?,
            vfio: one("test", &["--package", "backend-vfio", "--test", "real"])?,
            command: one("build", &["--package", "cli"])?,
            module: one("test", &["--package", "backend-kernel", "--test", "real"])?,
        })
    }
}

/// One program to run in a guest.
#[derive(Debug)]
struct Act {
    /// Ids of the cards that it drives, and who has them meanwhile.
    cards: &'static str,
    driver: &'static str,
    program: PathBuf,
    /// Another one that it starts.
    beside: Option<PathBuf>,
    arguments: Vec<String>,
    limit: Duration,
}

impl Act {
    /// With the cards in the hands of a road's driver.
    fn on(road: Road, program: &Path, limit: Duration) -> Self {
        Self::new(program, limit).over(road.driver)
    }

    /// With the `edu`s in the hands of VFIO.
    fn new(program: &Path, limit: Duration) -> Self {
        let program = program.to_owned();
        let (cards, driver, arguments) = (EDU, "vfio-pci", Vec::new());
        Self { cards, driver, program, beside: None, arguments, limit }
    }

    /// With another program, which it starts.
    fn beside(self, program: &Path) -> Self {
        Self { beside: Some(program.to_owned()), ..self }
    }

    /// With other cards.
    fn of(self, cards: &'static str) -> Self {
        Self { cards, ..self }
    }

    /// With the cards in the hands of this driver.
    fn over(self, driver: &'static str) -> Self {
        Self { driver, ..self }
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
        clock: Clock::Leaping,
        silence: SILENCE,
        limit: SMOKE,
    }
}

/// The tasks of a host that shows all it can: each is one boot.
///
/// # Errors
///
/// A program has no name.
pub fn whole(host: &Host, programs: &Programs) -> Result<Vec<Task>> {
    let mut tasks = vec![smoke(host)];
    for part in PARTS {
        let acts = (part.acts)(host, programs);
        if acts.is_empty() {
            continue;
        }
        let own = tasks.iter().position(|task| task.title == part.title);
        let place = own.unwrap_or_else(|| {
            tasks.push(Task { title: part.title, steps: Vec::new(), ..smoke(host) });
            tasks.len() - 1
        });
        tasks[place].add(part, acts)?;
    }
    // After everything, a look at the kernel's log.
    for task in tasks.iter_mut().filter(|task| !task.programs.is_empty()) {
        task.steps.push(Step::Quiet);
    }
    Ok(tasks)
}

impl Task {
    /// With these programs to run, and the cards in the hands of each one's driver.
    fn add(&mut self, part: &Part, acts: Vec<Act>) -> Result<()> {
        self.limit = WHOLE;
        self.clock = part.clock;
        self.extra.extend(part.extra.iter().map(|word| (*word).to_owned()));
        for act in acts {
            let bind = Step::Bind { ids: act.cards.to_owned(), driver: act.driver.to_owned() };
            let same = |step: &&Step| matches!(step, Step::Bind { ids, .. } if ids == act.cards);
            if self.steps.iter().rfind(same) != Some(&bind) {
                self.steps.push(bind);
            }
            self.steps.push(run_step(&act.program, &act.arguments, act.limit)?);
            for program in [Some(act.program), act.beside].into_iter().flatten() {
                if !self.programs.contains(&program) {
                    self.programs.push(program);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::host;
    use super::*;

    fn programs() -> Programs {
        let names = ["tests", "loopback", "vfio", "command", "module"];
        let [tests, loopback, vfio, command, module] = names.map(PathBuf::from);
        Programs { tests, loopback, vfio, command, module }
    }

    // Every host with a road shows something on it, with its cards bound before the first program.
    #[test]
    fn every_road_is_shown() {
        for host in host::ALL {
            let tasks = whole(host, &programs()).unwrap();
            let steps: Vec<&Step> = tasks.iter().flat_map(|task| &task.steps).collect();
            for road in host.roads() {
                let uri = road.uri(ON_ROOT_BUS);
                let uris = [uri, road.uri(BEHIND_PORT)].map(|uri| format!("--device={uri}"));
                let over = |step: &&&Step| {
                    matches!(step, Step::Run(program) if
                    program.arguments.iter().any(|argument| uris.contains(argument)))
                };
                assert!(steps.iter().any(|step| over(&step)), "{} {}", host.name, road.name);
            }
            for task in &tasks {
                let place = |wanted: fn(&Step) -> bool| task.steps.iter().position(wanted);
                let bind = place(|step| matches!(step, Step::Bind { .. }));
                let run = place(|step| matches!(step, Step::Run(_)));
                assert!(run.is_none() || bind < run, "{} {:?}", host.name, task.title);
                assert_eq!(run.is_some(), task.steps.contains(&Step::Quiet), "{}", host.name);
            }
        }
    }

    // Parts of one boot have the same clock, or one of them would not have its own.
    #[test]
    fn parts_of_a_boot_share_its_clock() {
        for part in PARTS {
            let same = PARTS.iter().filter(|other| other.title == part.title);
            assert!(same.clone().all(|other| other.clock == part.clock), "{:?}", part.title);
        }
    }

    // Boots of one host have different titles: their files lie under them.
    #[test]
    fn titles_of_a_host_differ() {
        for host in host::ALL {
            let tasks = whole(host, &programs()).unwrap();
            for task in &tasks {
                let same = tasks.iter().filter(|other| other.title == task.title);
                assert_eq!(same.count(), 1, "{} {:?}", host.name, task.title);
            }
        }
    }
}
