//! Registers by name, of a real card.
#![forbid(unsafe_code)]

use guest_init::error::{Error, Result};

use crate::tool::Tool;

/// What `edu` is known by, as version 1.0.
const ID: u64 = 0x0100_00ed;
/// Written to the register that answers with the complement.
const WRITTEN: &str = "LIVENESS=0x12345678";
const ANSWER: u64 = 0xedcb_a987;

/// A dump, a value that is written first, and what is refused.
pub(super) fn run(tool: Tool<'_>, device: &str) -> Result<()> {
    let edu = ["regs", device, "--map", "edu"];
    let words = [&edu[..], &["dump", "ID", "STATUS"]].concat();
    let dump = tool.shown(&words)?;
    let lines = ["ID                     0x010000ed", "SIGNATURE [7:0]      0xed"];
    if let Some(missing) = lines.iter().find(|line| !dump.output.contains(**line)) {
        return Err(dump.wrong(&words, &format!("does not say {missing:?}")));
    }
    let value = |words: &[&str], name: &str| -> Result<u64> {
        let sheet = tool.report(&[&edu[..], words].concat())?;
        let register = &sheet["registers"][0];
        match (register["name"].as_str(), register["value"].as_u64()) {
            (Some(found), Some(value)) if found == name => Ok(value),
            _ => Err(Error::new(format!("instead of the value of {name} it reports {sheet}"))),
        }
    };
    for (words, name, expected) in [
        (&["read", "ID"][..], "ID", ID),
        (&["--set", WRITTEN, "read", "LIVENESS"], "LIVENESS", ANSWER),
    ] {
        let value = value(words, name)?;
        if value != expected {
            return Err(Error::new(format!("{name} is {value:#x}, and not {expected:#x}")));
        }
    }
    tool.shown(&[&edu[..], &["--set", WRITTEN, "read", "LIVENESS"]].concat())?;
    // What takes an address is guarded; the description of another card is none of this one.
    tool.refused(
        &[&edu[..], &["write", "DMA_SOURCE", "0x1000"]].concat(),
        "--unsafe-let-the-card",
    )?;
    tool.refused(&["regs", device, "--map", "xdma", "read", "LISTS"], "1234:11e8")
}
