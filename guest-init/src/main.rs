//! `/init` of a test guest: works off its job, reports, and ends the machine.
//!
//! Whatever happens, the last line and the exit status tell the truth: a step that fails, a
//! program that fails, and a panic of this process are failures; nothing else is a success.

mod arch;
mod bar;
mod module;
mod program;
mod serial;
mod smoke;

use std::time::Duration;

use guest_init::job::{self, Exit, Job, Step};
use guest_init::log;
use guest_init::report::Event;
use rustix::mount::{MountFlags, mount};
use rustix::system::{RebootCommand, reboot, uname};

use crate::serial::Serial;
use guest_init::error::{Context, Error, Result, read, write};
use guest_init::pci::Device;

fn main() {
    if std::process::id() != 1 {
        eprintln!("this is the first process of a test guest; start one with `cargo xtask guest`");
        std::process::exit(2);
    }
    let (exit, good) = match live() {
        Ok(end) => end,
        Err(error) => {
            println!("guest-init: {error}");
            (Exit::PowerOff, false)
        }
    };
    if let Err(error) = leave(exit, good) {
        println!("guest-init: {error}");
    }
    // The first process must not return; the kernel's panic ends the machine, as a failure.
}

/// From mounted file systems to the last line.
fn live() -> Result<(Exit, bool)> {
    mount_all()?;
    let mut serial = Serial::take_over()?;
    let uptime = read("/proc/uptime")?;
    let uptime = uptime.split(' ').next().unwrap_or_default().parse().context("uptime")?;
    let kernel = uname().release().to_string_lossy().into_owned();
    serial.report(Event::Ready { kernel, uptime })?;
    let text = read(job::PATH)?;
    let job: Job = serde_json::from_str(&text).context(job::PATH)?;
    for step in &job.steps {
        if let Err(error) = work(step, &mut serial) {
            serial.report(Event::Failed { reason: error.to_string() })?;
            break;
        }
    }
    if !serial.is_good() {
        complaints(&mut serial)?;
    }
    serial.end()?;
    Ok((job.exit, serial.is_good()))
}

fn mount_all() -> Result<()> {
    let none = MountFlags::empty();
    for (kind, place) in
        [("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("tmpfs", "/tmp")]
    {
        std::fs::create_dir_all(place).context(format_args!("create {place}"))?;
        mount(kind, place, kind, none, None).context(format_args!("mount {kind} on {place}"))?;
    }
    // Not in every kernel, and not everybody's need.
    let _absent = mount("debugfs", "/sys/kernel/debug", "debugfs", none, None);
    Ok(())
}

fn work(step: &Step, serial: &mut Serial) -> Result<()> {
    match step {
        Step::Load { file, parameters } => module::load(file, parameters),
        Step::Write { file, text } => write(file, text),
        Step::Bind { ids, driver } => bind(ids, driver),
        Step::Check(expected) => smoke::check(expected, serial),
        Step::Quiet => serial.check("kernel log", smoke::kernel_log()),
        Step::Run(program) => program::run(program, serial),
        Step::Shell => program::shell(),
    }
}

fn bind(ids: &str, driver: &str) -> Result<()> {
    let devices = Device::of(ids)?;
    if devices.is_empty() {
        return Err(Error::new(format!("no device {ids} to bind to {driver}")));
    }
    devices.iter().try_for_each(|device| device.bind(driver))
}

/// After a failure, what the kernel had to say.
fn complaints(serial: &mut Serial) -> Result<()> {
    let messages = log::messages().context("read the kernel's log")?;
    let bad: Vec<_> = messages.iter().filter(|it| it.level <= 4 || it.is_broken()).collect();
    for message in bad.iter().rev().take(40).rev() {
        serial.report(Event::Kernel { text: message.text.clone() })?;
    }
    Ok(())
}

/// Ends the machine; returns only if that fails.
fn leave(exit: Exit, good: bool) -> Result<()> {
    match exit {
        Exit::Port(port) => {
            arch::write_port(port, if good { job::GOOD } else { job::BAD })?;
            // The emulator ends when it comes to it; the machine runs on until then.
            std::thread::sleep(Duration::from_secs(10));
            Err(Error::new(format!("port {port:#x} does not end the machine")))
        }
        Exit::PowerOff => reboot(RebootCommand::PowerOff).context("switch off"),
    }
}
