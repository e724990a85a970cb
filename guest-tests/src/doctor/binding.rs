//! The card handed over and back by the command; a refusal is undone.
#![forbid(unsafe_code)]

use guest_init::error::{Error, Result};
use guest_init::pci::Device as PciDevice;

use super::Arguments;
use crate::tool::Tool;

/// Hands the card to a driver; whether that took it. What it shows first must be what it does,
/// what it does must be seen in the list, and without a terminal it does nothing unasked.
pub(super) fn there(arguments: &Arguments, device: &PciDevice, driver: &str) -> Result<bool> {
    let (tool, name) = (Tool::new(&arguments.command), device.name.as_str());
    let before = device.driver();
    let unasked = tool.run(&["bind", name, driver])?;
    let dry = tool.run(&["bind", name, driver, "--dry-run"])?;
    if before.as_deref() != Some(driver) && unasked.code == Some(0) || device.driver() != before {
        return Err(Error::new(format!("{name} changed hands though nobody agreed")));
    }
    if before.as_deref() != Some(driver) && !dry.output.contains(name) {
        return Err(Error::new(format!("--dry-run does not name {name}: {}", dry.output)));
    }
    let bound = tool.run(&["bind", name, driver, "--yes"])?;
    if bound.code != Some(0) {
        let said = bound.complaint;
        if device.driver() != before || !said.contains("as it was before") {
            return Err(Error::new(format!("a refusal that is not undone: {said}")));
        }
        println!("  anydma bind {name} {driver}: {}", said.trim());
        return Ok(false);
    }
    if device.driver().as_deref() != Some(driver) {
        return Err(Error::new(format!("it says that {driver} has {name}, and that is not so")));
    }
    println!("  anydma bind {name} {driver}: {}", bound.output.trim());
    let list = tool.run(&["list"])?.output;
    let line = list.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    if line.contains(driver) && line.contains("known card edu") {
        println!("  anydma list: {line}");
        return Ok(true);
    }
    Err(Error::new(format!("the list does not say so: {list}")))
}

/// Gives the card back to the kernel, which has no driver for it.
pub(super) fn back(arguments: &Arguments, device: &PciDevice) -> Result<()> {
    let (tool, name) = (Tool::new(&arguments.command), device.name.as_str());
    let said = tool.run(&["unbind", name, "--yes"])?;
    if said.code != Some(0) {
        return Err(Error::new(format!("anydma unbind {name}: {}", said.complaint)));
    }
    println!("  anydma unbind {name}: {}", said.output.trim());
    let preferred = guest_init::error::read(&device.file("driver_override"))?;
    match (device.driver(), preferred.trim()) {
        (None, "" | "(null)") => Ok(()),
        (driver, preferred) => {
            Err(Error::new(format!("after it {driver:?} has it, and {preferred:?} is preferred")))
        }
    }
}
