//! `anydma bind` and `unbind`: hands PCI functions to drivers, and back.
#![forbid(unsafe_code)]

use std::io::{self, IsTerminal, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anstyle::{AnsiColor, Style};
use host_linux::Sysfs;
use host_linux::pci::{Binding, PciAddress, PciDevice};
use serde::Serialize;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::{Output, Report};

/// Gives a PCI function to a driver; VFIO gets all of its IOMMU group.
///
/// It shows first what it will do and asks. What fails or is interrupted is undone. The next boot
/// has forgotten it: `driverctl` makes it last.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The PCI function, as `lspci` prints it: 0000:01:00.0
    #[arg(value_name = "BDF")]
    device: PciAddress,
    /// `vfio-pci`, `uio_pci_generic`, `anydma`, or any other
    driver: String,
    #[command(flatten)]
    how: How,
}

/// Gives a PCI function back to the kernel, which chooses by itself who drives it; one that VFIO
/// has, with its IOMMU group.
///
/// It shows first what it will do and asks. What fails or is interrupted is undone.
#[derive(clap::Args, Debug)]
pub(crate) struct BackArguments {
    /// The PCI function, as `lspci` prints it: 0000:01:00.0
    #[arg(value_name = "BDF")]
    device: PciAddress,
    #[command(flatten)]
    how: How,
}

#[derive(clap::Args, Clone, Copy, Debug)]
struct How {
    /// Does not ask
    #[arg(long, short)]
    yes: bool,
    /// Shows what it would do, and does nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
}

/// What is to be done, or was.
#[derive(Serialize)]
struct Plan {
    /// Who gets the functions; none is the kernel's choice.
    driver: Option<String>,
    /// Whether the driver must be loaded first.
    loads: bool,
    functions: Vec<Function>,
    /// Whether it was done.
    done: bool,
}

#[derive(Serialize)]
struct Function {
    address: String,
    from: Option<String>,
    /// What goes away with its driver.
    uses: Vec<String>,
    /// Who has it in the end.
    to: Option<String>,
}

/// `bind`.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let Arguments { device, driver, how } = arguments;
    let sysfs = Sysfs::default();
    let tried = || format!("give {device} to {driver}");
    if driver.is_empty() || driver.contains(['/', '\n', ' ']) {
        return Err(Failure::because(tried(), "this is not the name of a driver"));
    }
    let binding = Binding::to(&sysfs, &find(&sysfs, *device)?, driver);
    let binding = binding.map_err(|error| Failure::because(tried(), error))?;
    carry_out(&binding, &tried(), *how, output)
}

/// `unbind`.
pub(crate) fn back(arguments: &BackArguments, output: Output) -> Result<Answer, Failure> {
    let BackArguments { device, how } = arguments;
    let sysfs = Sysfs::default();
    let tried = format!("give {device} back to the kernel");
    let binding = Binding::back(&sysfs, &find(&sysfs, *device)?);
    let binding = binding.map_err(|error| Failure::because(tried.as_str(), error))?;
    carry_out(&binding, &tried, *how, output)
}

fn find(sysfs: &Sysfs, address: PciAddress) -> Result<PciDevice, Failure> {
    PciDevice::find(sysfs, address).ok_or_else(|| {
        Failure::because(
            format!("find the PCI function {address}"),
            "there is none at this address",
        )
        .hint("`anydma list` shows those that are")
    })
}

/// Shows, asks, does, and shows what came of it.
fn carry_out(binding: &Binding, tried: &str, how: How, output: Output) -> Result<Answer, Failure> {
    let plan = Plan::of(binding, false);
    if how.dry_run || binding.handovers().is_empty() {
        output.report(&plan)?;
        return Ok(Answer::Good);
    }
    if !how.yes {
        if !io::stdin().is_terminal() {
            return Err(Failure::because(tried, "nobody can be asked here")
                .hint("say `--yes`, after a look at what `--dry-run` shows"));
        }
        plan.print(&mut anstream::stderr())
            .map_err(|error| Failure::of("show the plan", &error))?;
        if !agreed().map_err(|error| Failure::of("ask", &error))? {
            return Err(Failure::because(tried, "it was not wanted"));
        }
    }
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .map_err(|error| Failure::of("listen for interruptions", &error))?;
    }
    load(binding, tried)?;
    binding.execute(|| stop.load(Ordering::Relaxed)).map_err(|error| {
        let failure = Failure::because(tried, &error);
        if error.is_interrupted() { failure } else { failure.hint(hint(binding)) }
    })?;
    output.report(&Plan::of(binding, true))?;
    Ok(Answer::Good)
}

/// What to do about a driver that does not take a function.
fn hint(binding: &Binding) -> String {
    let privileged = "it needs root: try `sudo`; the kernel's log (`dmesg`) may say more";
    match binding.handovers().first() {
        Some(first) => {
            format!("`anydma doctor {}` says what stands in the way; {privileged}", first.address())
        }
        None => privileged.to_owned(),
    }
}

/// Asks on the terminal.
fn agreed() -> io::Result<bool> {
    let mut out = anstream::stderr();
    write!(out, "Go on? [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Loads the driver, if the kernel does not have it.
fn load(binding: &Binding, tried: &str) -> Result<(), Failure> {
    let Some(driver) = binding.driver().filter(|_| !binding.has_driver()) else { return Ok(()) };
    let said = process::Command::new("modprobe").arg("--").arg(driver).output();
    let answer = match said {
        Ok(said) if said.status.success() => return Ok(()),
        Ok(said) => String::from_utf8_lossy(&said.stderr).trim().to_owned(),
        Err(error) => format!("cannot run modprobe: {error}"),
    };
    Err(Failure::because(format!("load the driver {driver}, to {tried}"), answer)
        .hint("it needs root, and a kernel that has it; nothing was changed"))
}

impl Plan {
    fn of(binding: &Binding, done: bool) -> Self {
        let sysfs = Sysfs::default();
        let function = |it: &host_linux::pci::Handover| Function {
            address: it.address().to_string(),
            from: it.from().map(str::to_owned),
            uses: it.uses().to_vec(),
            to: if done {
                let device = PciDevice::find(&sysfs, it.address());
                device.and_then(|device| device.driver().ok().flatten())
            } else {
                binding.driver().map(str::to_owned)
            },
        };
        Self {
            driver: binding.driver().map(str::to_owned),
            loads: !binding.has_driver(),
            functions: binding.handovers().iter().map(function).collect(),
            done,
        }
    }
}

impl Report for Plan {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.functions.is_empty() {
            return writeln!(out, "nothing to do: it is so already");
        }
        if self.loads {
            writeln!(out, "the driver {} is loaded first", self.driver.as_deref().unwrap_or(""))?;
        }
        let (bold, warning) = (Style::new().bold(), AnsiColor::Yellow.on_default());
        for Function { address, from, uses, to } in &self.functions {
            let from = from.as_deref().unwrap_or("no driver");
            let to = match (to, self.done) {
                (Some(to), _) => to.as_str(),
                (None, false) => "whom the kernel chooses",
                (None, true) => "no driver",
            };
            let word = if self.done { "went" } else { "goes" };
            writeln!(out, "{bold}{address}{bold:#} {word} from {from} to {to}")?;
            let tense = if self.done { "went" } else { "goes" };
            for what in uses {
                writeln!(out, "  {warning}the {what} {tense} away{warning:#}")?;
            }
        }
        Ok(())
    }
}
