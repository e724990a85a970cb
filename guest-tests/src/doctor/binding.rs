//! The card handed over and back by the command, undone when it is interrupted.
#![forbid(unsafe_code)]

use std::process::{Command, Output, Stdio};

use guest_init::error::{Context, Error, Result};
use guest_init::pci::Device as PciDevice;

use super::Arguments;

fn anydma(arguments: &Arguments, words: &[&str]) -> Result<Output> {
    let mut command = Command::new(&arguments.command);
    command.args(words).stdin(Stdio::null());
    command.output().context(format_args!("start {}", arguments.command))
}

/// Hands the card to a driver; whether that took it. What it shows first must be what it does,
/// what it does must be seen in the list, and without a terminal it does nothing unasked.
pub(super) fn there(arguments: &Arguments, device: &PciDevice, driver: &str) -> Result<bool> {
    let name = device.name.as_str();
    let before = device.driver();
    let unasked = anydma(arguments, &["bind", name, driver])?;
    let dry = anydma(arguments, &["bind", name, driver, "--dry-run"])?;
    if before.as_deref() != Some(driver) && unasked.status.success() || device.driver() != before {
        return Err(Error::new(format!("{name} changed hands though nobody agreed")));
    }
    if before.as_deref() != Some(driver) && !text(&dry.stdout).contains(name) {
        return Err(Error::new(format!("--dry-run does not name {name}: {}", text(&dry.stdout))));
    }
    let output = anydma(arguments, &["bind", name, driver, "--yes"])?;
    if !output.status.success() {
        let said = text(&output.stderr);
        if device.driver() != before || !said.contains("as it was before") {
            return Err(Error::new(format!("a refusal that is not undone: {said}")));
        }
        println!("  anydma bind {name} {driver}: {}", said.trim());
        return Ok(false);
    }
    if device.driver().as_deref() != Some(driver) {
        return Err(Error::new(format!("it says that {driver} has {name}, and that is not so")));
    }
    println!("  anydma bind {name} {driver}: {}", text(&output.stdout).trim());
    let list = text(&anydma(arguments, &["list"])?.stdout);
    let line = list.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    if line.contains(driver) && line.contains("known card edu") {
        println!("  anydma list: {line}");
        return Ok(true);
    }
    Err(Error::new(format!("the list does not say so: {list}")))
}

/// Gives the card back to the kernel, which has no driver for it.
pub(super) fn back(arguments: &Arguments, device: &PciDevice) -> Result<()> {
    let name = device.name.as_str();
    let output = anydma(arguments, &["unbind", name, "--yes"])?;
    if !output.status.success() {
        return Err(Error::new(format!("anydma unbind {name}: {}", text(&output.stderr))));
    }
    println!("  anydma unbind {name}: {}", text(&output.stdout).trim());
    let preferred = guest_init::error::read(&device.file("driver_override"))?;
    match (device.driver(), preferred.trim()) {
        (None, "" | "(null)") => Ok(()),
        (driver, preferred) => {
            Err(Error::new(format!("after it {driver:?} has it, and {preferred:?} is preferred")))
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
