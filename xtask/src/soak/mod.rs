//! `cargo xtask soak`: checks that take too long for every change.
//!
//! Each looks for what a test that passes may hide: memory errors under a sanitizer, inputs nobody
//! thought of, schedules that come once in a thousand runs. The last report is kept in the
//! project; each of its rows says of which commit it is.

mod checks;
mod fuzz;
mod hostile;
mod report;
mod threads;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::error::{Error, Result, write};
use crate::host;
use crate::workspace::Workspace;

/// What a check found.
#[derive(Debug)]
pub enum Outcome {
    /// It passed.
    Passed {
        /// The command that repeats it by hand.
        command: String,
        /// What was run, in figures.
        figures: String,
    },
    /// Why it cannot run on this machine.
    CannotRun(Error),
}

/// One long check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What one types.
    pub name: &'static str,
    /// What it looks for, in one line.
    pub about: &'static str,
    /// Runs it.
    run: fn(&Workspace, &Options) -> Result<Outcome>,
}

/// Every long check.
pub const ALL: &[Check] = &[
    Check {
        name: "asan",
        about: "memory errors: every test under AddressSanitizer",
        run: checks::address_sanitizer,
    },
    Check {
        name: "tsan",
        about: "data races: cards and engines on threads of their own under ThreadSanitizer",
        run: threads::run,
    },
    Check {
        name: "miri",
        about: "undefined behaviour: the core's tests in the interpreter",
        run: checks::miri,
    },
    Check {
        name: "proptest",
        about: "inputs nobody thought of: property tests with many cases",
        run: checks::properties,
    },
    Check {
        name: "repeat",
        about: "results that depend on luck: all tests again and again",
        run: checks::repeat,
    },
    Check {
        name: "left-out",
        about: "forgotten hand-overs of memory: each is left out once, and a test must fail",
        run: crate::left_out::check,
    },
    Check {
        name: "schedules",
        about: "faults at bad moments: runs by chance, other ones than on every change",
        run: crate::schedules::long,
    },
    Check {
        name: "hostile",
        about: "faults of our kernel module: nonsense and deaths on a kernel with all its checks",
        run: hostile::run,
    },
    Check {
        name: "svd2rust",
        about: "wrong offsets: our generator against svd2rust on vendors' files",
        run: checks::generators,
    },
    Check {
        name: "fuzz-descriptions",
        about: "panics, and inputs too slow, of the generator: changes led by coverage",
        run: |workspace, options| fuzz::covered(workspace, options, &fuzz::DESCRIPTIONS),
    },
    Check {
        name: "fuzz-faults",
        about: "panics of the reader of kernel logs: changes led by coverage",
        run: |workspace, options| fuzz::covered(workspace, options, &fuzz::FAULTS),
    },
    Check {
        name: "fuzz-compiled",
        about: "changed descriptions whose output does not compile",
        run: fuzz::compiling,
    },
];

/// What the command was given.
#[derive(Debug)]
pub struct Options {
    /// Checks to run; all if empty.
    pub checks: Vec<String>,
    /// How long the checks that have no end of their own go on, each.
    pub minutes: u64,
    /// Where the report goes, from the root.
    pub report: PathBuf,
    /// Folder with vendors' descriptions (`*.svd`), which are not ours to publish.
    pub svd: Option<PathBuf>,
}

impl Options {
    /// How long a check goes on that has no end of its own.
    pub(crate) fn time(&self) -> Duration {
        Duration::from_mins(self.minutes)
    }
}

/// Runs checks and writes the report.
///
/// # Errors
///
/// There is no check of a name, the report cannot be written, or a check failed.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let selected = select(&options.checks)?;
    let path = workspace.root.join(&options.report);
    let mut report = report::Report::new(host::stamp(workspace)?);
    for check in selected {
        println!("\n== {}: {}", check.name, check.about);
        let start = Instant::now();
        let result = (check.run)(workspace, options);
        // Read now: other checks may have run meanwhile, beside this one.
        report.keep(report::read(&path)?);
        report.add(check, start.elapsed(), result);
        // What is done is kept, whatever becomes of the rest.
        write(&path, &report.markdown())?;
    }
    println!("\n{}", report.summary());
    println!("report: {}", workspace.relative(&path));
    match report.failed() {
        0 => Ok(()),
        failed => Err(Error::new(format!("{failed} long checks failed"))),
    }
}

fn select(names: &[String]) -> Result<Vec<&'static Check>> {
    if names.is_empty() {
        return Ok(ALL.iter().collect());
    }
    let find = |name: &String| {
        ALL.iter().find(|check| check.name == name).ok_or_else(|| {
            let all: Vec<&str> = ALL.iter().map(|check| check.name).collect();
            Error::new(format!("there is no long check {name:?}"))
                .hint(format!("name some of: {}", all.join(", ")))
        })
    };
    names.iter().map(find).collect()
}
