//! The command `anydma` on a card: hands it over, reads it, tests it, measures it.
//!
//! What it prints is compared with what it must say, and stands in the documents as it is printed
//! here: a run begins with `$ anydma`.
#![forbid(unsafe_code)]

mod binding;
mod measuring;
mod registers;
mod testing;

use guest_init::error::{Error, Result};
use guest_init::pci::Device as PciDevice;

use crate::tool::Tool;

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The `edu`: a URI, or a PCI address, which is meant on VFIO
    #[arg(long)]
    device: String,
    /// Another one, in an address space of its own
    #[arg(long, required_unless_present = "unprotected")]
    apart: Option<String>,
    /// Nothing keeps the card from memory: the command is told that it may go on, and refuses before
    #[arg(long)]
    unprotected: bool,
    /// The command
    #[arg(long, default_value = "/tests/anydma")]
    command: String,
    /// Tests only these cases of the suite, which has run on this road already
    #[arg(long)]
    only: Option<String>,
}

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { device, apart, unprotected, command, only } = arguments;
    let mut tool = Tool::new(command);
    if *unprotected {
        for verb in [&["regs", device, "--map", "edu"][..], &["test", device], &["bench", device]] {
            tool.refused(verb, "--unprotected")?;
        }
        tool = tool.always(&["--unprotected"]);
    } else {
        let mut all = PciDevice::all()?.into_iter();
        let function = all.find(|it| device.ends_with(&it.name));
        let function =
            function.ok_or_else(|| Error::new(format!("there is no device {device}")))?;
        binding::run(tool, &function, device)?;
    }
    registers::run(tool, device)?;
    testing::run(tool, device, apart.as_deref(), only.as_deref())?;
    measuring::run(tool, device, !unprotected)
}
