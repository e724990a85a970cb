//! Guests: real kernels on emulated machines, with devices that others wrote.
//!
//! Everything comes out of Debian's packages into one cache folder, without root. A guest's first
//! process is ours; it works off a job and reports over the serial line.
//!
//! ```text
//!   host (table) ──► machine (arguments) ─┐
//!   debian ──► qemu ──────────────────────┼─► boot ─► serial line ─► transcript ─► verdict
//!          └─► kernel: unpacked, or built ┤
//!   guest-init, programs ─► initramfs ────┘
//! ```

pub mod architecture;
pub mod bench;
pub mod boot;
pub mod cpio;
pub mod emulator;
pub mod host;
pub mod initramfs;
pub mod kernel;
pub mod machine;
pub mod phases;
pub mod program;
pub mod qemu;
pub mod quoted;
pub mod round;
pub mod suite;
pub mod sysroot;
pub mod table;
pub mod transcript;
pub mod trial;

use std::path::PathBuf;
use std::time::Duration;

use clap::Subcommand;
use guest_init::job::Step;
use guest_init::report::Event;

use self::boot::{Task, Testbed, run_step};
use self::kernel::Recipe;
use self::kernel::ours::Target;
use self::machine::Clock;
use self::suite::Rows;
use crate::debian::Debian;
use crate::error::{Error, Result};
use crate::workspace::Workspace;

/// What a boot may take besides the program that it is for.
const BOOTING: Duration = Duration::from_mins(1);

/// What to do with guests.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// The hosts that a guest can be
    List,
    /// Fetches and builds what guests need, so that later runs need no network
    Fetch {
        /// Hosts to fetch for; all if none is named
        hosts: Vec<String>,
    },
    /// Boots a host and runs a program in it; ends as the program does
    Run {
        /// The host: see `list`
        host: String,
        /// A static program for the host's processor
        #[arg(long, required_unless_present = "example", conflicts_with = "example")]
        program: Option<PathBuf>,
        /// An example of the workspace, built for the host's processor
        #[arg(long)]
        example: Option<String>,
        /// The package that the example is of
        #[arg(long, default_value = "anydma")]
        package: String,
        /// Gives all devices of these ids, or one at a place, to a driver first, as 1234:11e8=vfio-pci
        #[arg(long, value_name = "IDS=DRIVER")]
        bind: Vec<String>,
        /// Seconds until everything is killed
        #[arg(long, default_value_t = 300)]
        limit: u64,
        /// A further argument of the emulator
        #[arg(long, allow_hyphen_values = true)]
        qemu: Vec<String>,
        /// The guest's time leaps over what it waits for, as in tests; no times can be measured
        #[arg(long)]
        leaping: bool,
        /// An argument of the program
        #[arg(long = "arg", allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// A shell in a guest, on this terminal
    Shell {
        /// The host: see `list`
        host: String,
        /// A static program to have in the guest, in /tests
        #[arg(long)]
        program: Vec<PathBuf>,
        /// A further argument of the emulator
        #[arg(long, allow_hyphen_values = true)]
        qemu: Vec<String>,
        /// Seconds until everything is killed
        #[arg(long, default_value_t = 4 * 3600)]
        limit: u64,
    },
    /// Boots hosts and looks whether they are what they should be
    Smoke {
        /// Hosts to boot; all if none is named
        hosts: Vec<String>,
    },
    /// Boots hosts and runs all their tests
    Test {
        /// Hosts to boot; all if none is named
        hosts: Vec<String>,
        /// Writes the tables of real kernels instead of comparing them; needs all hosts
        #[arg(long, conflicts_with = "hosts")]
        write: bool,
    },
    /// Measures what transfers cost on a real kernel, and prints tables of ratios
    Bench {
        /// Keeps them in docs/benchmarks-in-guests.md
        #[arg(long)]
        write: bool,
    },
    /// Our own kernel
    #[command(subcommand)]
    Kernel(KernelVerb),
    /// Our kernel module
    #[command(subcommand)]
    Module(ModuleVerb),
}

/// What to do with our kernel module.
#[derive(Subcommand, Debug)]
pub enum ModuleVerb {
    /// Builds it for the kernel of a host, without a warning, and says where it is
    Build {
        /// The host: see `list`
        #[arg(default_value = "x86-vtd-own")]
        host: String,
    },
}

/// What to do with our own kernel.
#[derive(Subcommand, Debug)]
pub enum KernelVerb {
    /// Builds it if it is not in the cache, and says where it is
    Build {
        /// The one with the kernel's checks of memory and locks, for the long checks
        #[arg(long)]
        debug: bool,
    },
}

/// The command.
///
/// # Errors
///
/// As the verbs say: something cannot be had, or a guest did not pass.
pub fn run(workspace: &Workspace, verb: Verb) -> Result<()> {
    match verb {
        Verb::List => {
            for host in host::ALL.iter().chain(host::LONG) {
                println!("{:22} {}", host.name, host.about);
            }
            Ok(())
        }
        Verb::Fetch { hosts } => {
            let testbed = Testbed::open(workspace)?;
            for host in host::select(&hosts)? {
                testbed.prepare(host).map_err(|error| error.within(host.name))?;
                println!("{:22} ready", host.name);
            }
            Ok(())
        }
        Verb::Run { host, program, example, package, bind, limit, qemu, leaping, arguments } => {
            let host = host::find(&host)?;
            let testbed = Testbed::open(workspace)?;
            let program = match (program, example) {
                (Some(program), _) => program,
                (None, Some(example)) => {
                    let mut what = vec!["--package", &package, "--example", &example];
                    // Of the facade's roads, guests have these.
                    if package == "anydma" {
                        what.extend(["--features", "vfio,uio"]);
                    }
                    testbed.build("build", &what, host.architecture)?.remove(0)
                }
                (None, None) => return Err(Error::new("name a program or an example")),
            };
            let limit = Duration::from_secs(limit);
            let mut steps = bind.iter().map(|text| bind_step(text)).collect::<Result<Vec<_>>>()?;
            steps.push(run_step(&program, &arguments, limit)?);
            let limit = limit + BOOTING;
            let clock = if leaping { Clock::Leaping } else { Clock::Real };
            let programs = vec![program];
            // What a program says, and when, is its own affair.
            let silence = limit;
            let task = Task { title: "", steps, programs, extra: qemu, clock, silence, limit };
            let mut show = |event: &Event| match event {
                Event::Output { text } => println!("{text}"),
                other => print!("{}", round::line(other)),
            };
            testbed.run(host, &task, &mut show)?.verdict
        }
        Verb::Shell { host, program, qemu, limit } => {
            let host = host::find(&host)?;
            let steps = vec![Step::Shell];
            let limit = Duration::from_secs(limit);
            // A person's time is not to be leaped over.
            let clock = Clock::Real;
            let (programs, silence) = (program, limit);
            let task = Task { title: "", steps, programs, extra: qemu, clock, silence, limit };
            shell(workspace, host, &task)
        }
        Verb::Smoke { hosts } => {
            let tasks = host::select(&hosts)?.into_iter().map(|host| (host, trial::smoke(host)));
            round::run(&Testbed::open(workspace)?, tasks.collect())?.verdict().map(drop)
        }
        Verb::Test { hosts, write } => {
            let all = hosts.is_empty();
            let hosts = host::select(&hosts)?;
            let rows = match (all, write) {
                (true, false) => Rows::Check,
                (true, true) => Rows::Write,
                (false, _) => Rows::Leave,
            };
            suite::run(workspace, &hosts, rows).map(|said| println!("{said}"))
        }
        Verb::Bench { write } => bench::run(workspace, write),
        Verb::Module(ModuleVerb::Build { host }) => {
            let host = host::find(&host)?;
            let target = Target::of(host).ok_or_else(|| {
                Error::new(format!("the kernel of {} is too old for modules in Rust", host.name))
            })?;
            let debian = Debian::open(&workspace.root)?;
            println!("{}", kernel::ours::build(workspace, &debian, target)?.display());
            Ok(())
        }
        Verb::Kernel(KernelVerb::Build { debug }) => {
            let recipe = if debug { Recipe::DEBUG } else { Recipe::EVERYDAY };
            let folder = kernel::build::kernel(workspace, &Debian::open(&workspace.root)?, recipe)?;
            println!("{}", folder.display());
            Ok(())
        }
    }
}

/// "1234:11e8=vfio-pci" as a step.
fn bind_step(text: &str) -> Result<Step> {
    match text.split_once('=') {
        Some((ids, driver)) if ids.contains(':') && !driver.is_empty() => {
            Ok(Step::Bind { ids: ids.to_owned(), driver: driver.to_owned() })
        }
        _ => Err(Error::new(format!("{text:?} is not IDS=DRIVER"))
            .hint("write it as --bind 1234:11e8=vfio-pci")),
    }
}

/// A shell on this terminal until the person leaves it.
fn shell(workspace: &Workspace, host: &host::Host, task: &Task) -> Result<()> {
    let testbed = Testbed::open(workspace)?;
    let _lock = testbed.lock(host, task.title)?;
    let command = testbed.command(host, task)?;
    println!("{}: leave with `exit`, or with Ctrl-A X at any time", host.name);
    // The emulator's own keys come with `mon:`.
    let emulator = command.args(["-serial", "mon:stdio"]).limit(task.limit);
    let status = emulator.interact()?;
    // 0 is the emulator's own key; anything else that is not the guest's own end is a failure.
    match status.code() {
        Some(code) if code == 0 || code == host.architecture.good_status() => Ok(()),
        _ => Err(Error::new(format!("the guest did not end well: {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::debian::Pins;

    // Whatever a host needs from the archive is pinned.
    #[test]
    fn packages_of_every_host_are_pinned() {
        let pins = Path::new(env!("CARGO_MANIFEST_DIR")).join("pins.toml");
        let pins = Pins::read(&pins).unwrap();
        for name in
            ["qemu", "cross-arm64", "kernel-tools", "kernel-source", "kernel-compilers", "dkms"]
        {
            assert!(pins.bundle(name).is_ok(), "{name}");
        }
        for host in host::ALL {
            let processor = host.architecture.debian();
            assert!(pins.bundle(&format!("busybox-{processor}")).is_ok(), "{}", host.name);
            if let Some(bundle) = kernel::bundle(host) {
                assert!(pins.bundle(&bundle).is_ok(), "{}", host.name);
            }
            if let Some(Target::Debian(architecture)) = Target::of(host) {
                let headers = kernel::prepared::headers_bundle(architecture);
                assert!(pins.bundle(&headers).is_ok(), "{}", host.name);
            }
        }
    }

    // A binding names ids and a driver; anything else says how to write it.
    #[test]
    fn binding_is_read() {
        let step = bind_step("1234:11e8=vfio-pci").unwrap();
        let (ids, driver) = ("1234:11e8".to_owned(), "vfio-pci".to_owned());
        assert_eq!(step, Step::Bind { ids, driver });
        for text in ["vfio-pci", "1234=vfio-pci", "1234:11e8="] {
            assert!(bind_step(text).unwrap_err().to_string().contains("--bind 1234:11e8"));
        }
    }
}
