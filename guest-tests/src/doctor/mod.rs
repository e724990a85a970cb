//! What an examination says of each road, against what opening the device says.
//!
//! The card is given to each driver that this host has, and to none. Each time, every road that
//! is called usable must carry bytes and pass cases of the conformance suite, and each that
//! is refused must fail to open, for the reason that was given first. Then the same as a user
//! who is not root.
#![forbid(unsafe_code)]

mod binding;
mod trial;

use std::path::Path;

use guest_init::error::{Context, Error, Result};
use guest_init::pci::Device as PciDevice;

/// What to examine.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Arguments {
    /// PCI address of an `edu` that can be reset, bound to a driver that gets it back in the end
    #[arg(long, default_value = "0000:01:00.0")]
    device: String,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
    /// The command `anydma`, to hand the card over with
    #[arg(long, default_value = "/tests/anydma")]
    command: String,
    /// Leaves the drivers as they are, and opens nothing that is called usable
    #[arg(long, hide = true)]
    as_is: bool,
}

/// Drivers that roads are made of.
const DRIVERS: [&str; 3] = ["vfio-pci", "uio_pci_generic", "anydma"];

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.as_is {
        return trial::judge(arguments, false).map(|said| println!("{said}"));
    }
    let device = pci(&arguments.device)?;
    let before = device.driver();
    let result = every_driver(arguments, &device);
    match before {
        Some(before) => device.bind(&before).context("give the device back")?,
        None => device.release().context("give the device back")?,
    }
    result
}

fn every_driver(arguments: &Arguments, device: &PciDevice) -> Result<()> {
    let has_command = Path::new(&arguments.command).exists();
    let mut failures = Vec::new();
    let mut judge = |who: &str| {
        for (user, verdict) in
            [("root", trial::judge(arguments, true)), ("a user", trial::by_user(arguments))]
        {
            match verdict {
                Ok(said) => println!("{who}, {user}: {said}"),
                Err(error) => {
                    println!("FAILED  {who}, {user}: {error}");
                    failures.push(error.to_string());
                }
            }
        }
    };
    device.unbind()?;
    judge("no driver");
    for driver in DRIVERS {
        if !Path::new("/sys/bus/pci/drivers").join(driver).exists() {
            println!("{driver}: this host does not have it");
            continue;
        }
        let handed = if has_command {
            binding::there(arguments, device, driver)
        } else {
            device.bind(driver).map(|()| true)
        };
        match handed {
            Ok(true) => judge(driver),
            Ok(false) => judge(&format!("{driver} does not take it")),
            Err(error) => return Err(error).context(format_args!("give it to {driver}")),
        }
    }
    if has_command {
        binding::back(arguments, device)?;
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(Error::new(format!("{} verdicts were wrong: {}", failures.len(), failures.join("; "))))
}

/// The PCI device of this address.
fn pci(name: &str) -> Result<PciDevice> {
    let mut all = PciDevice::all()?.into_iter();
    let found = all.find(|device| device.name == name);
    found.ok_or_else(|| Error::new(format!("this guest has no device {name}")))
}
