//! Refusals of devices: not there, not ours, not now, not so far.
//!
//! After each, the device works once what the message asks for was done.
#![forbid(unsafe_code)]

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use guest_init::error::{Context, Error, Result};

use super::{Arguments, pci, refused, round_trip, while_bound};

/// There is no device at the address.
pub(super) fn missing(_: &Arguments) -> Result<String> {
    refused(&round_trip("0000:1f:1f.7"), &["0000:1f:1f.7", "no such PCI device", "lspci"])
}

/// Another driver has it.
pub(super) fn wrong_driver(arguments: &Arguments) -> Result<String> {
    let device = &arguments.device;
    while_bound(device, "uio_pci_generic", || {
        let said = refused(
            &round_trip(device),
            &[device, "uio_pci_generic has it", "driverctl set-override", "vfio-pci"],
        )?;
        Ok(said)
    })
    .and_then(|said| {
        // What the message says to do was done by giving it back.
        round_trip(device).succeeds()?;
        Ok(said)
    })
}

/// Another process has it.
pub(super) fn busy(arguments: &Arguments) -> Result<String> {
    let device = &arguments.device;
    let mut command = round_trip(device).with("--stay=60000").command()?;
    let mut other = command.stdout(Stdio::piped()).spawn().context("start the other process")?;
    let mut said = String::new();
    if let Some(output) = other.stdout.take() {
        BufReader::new(output).read_line(&mut said).context("listen to the other process")?;
    }
    let refusal = if said.contains("there and back") {
        refused(&round_trip(device), &[device, "fuser"])
    } else {
        Err(Error::new(format!("the other process says {said:?}")))
    };
    other.kill().context("end the other process")?;
    other.wait().context("wait for the other process")?;
    round_trip(device).succeeds()?;
    refusal
}

/// There is no IOMMU: VFIO does not even take the device, and who has it does not matter.
pub(super) fn no_iommu(arguments: &Arguments) -> Result<String> {
    let device = &arguments.device;
    let words = [device, "no IOMMU translates", "VT-d", "intel_iommu=on"];
    let said = refused(&round_trip(device), &words)?;
    pci(device)?.release()?;
    // The same with nobody having it.
    refused(&round_trip(device), &words)?;
    Ok(said)
}

/// A device of 28 address bits in a host with more memory: it works, below its mask; more than it
/// can address is refused, and the mask named.
pub(super) fn narrow(arguments: &Arguments) -> Result<String> {
    let Some(device) = &arguments.narrow else {
        return Err(Error::new("name one with --narrow"));
    };
    let done = round_trip(device).with("--travel=4096").succeeds()?;
    let too_much = round_trip(device).with("--bytes=536870912");
    let said = refused(&too_much, &["536870912", "mask of 28 bits"])?;
    Ok(format!("{done}; {said}"))
}
