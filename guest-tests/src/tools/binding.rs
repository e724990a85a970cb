//! A card handed over and back, and a handover that is interrupted in its middle.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use guest_init::error::{Context, Error, Result, read};
use guest_init::pci::Device as PciDevice;
use rustix::process::{Pid, Signal, kill_process};

use crate::road;
use crate::tool::{Said, Tool};

/// Another driver that every host has.
const OTHER: &str = "uio_pci_generic";
/// How long the command may take to come to its middle.
const LONG: Duration = Duration::from_secs(30);
/// How often one looks.
const LOOK: Duration = Duration::from_millis(1);

/// Away and back again, with what it shows; then interrupted by each signal that ends programs.
pub(super) fn run(tool: Tool<'_>, function: &PciDevice, uri: &str) -> Result<()> {
    let name = function.name.as_str();
    let driver = function.driver();
    let driver = driver.ok_or_else(|| Error::new(format!("{name} has no driver")))?;
    let away = ["unbind", name, "--yes"];
    let gone = tool.shown(&away)?;
    if function.driver().is_some() || !gone.output.contains("to no driver") {
        return Err(gone.wrong(&away, "left the driver there"));
    }
    let plan = ["bind", name, &driver, "--dry-run"];
    let planned = tool.shown(&plan)?;
    if function.driver().is_some() || !planned.output.contains(&format!("to {driver}")) {
        return Err(planned.wrong(&plan, "did something, or does not say what it would do"));
    }
    let bind = ["bind", name, &driver, "--yes"];
    let bound = tool.shown(&bind)?;
    if function.driver().as_ref() != Some(&driver) {
        return Err(bound.wrong(&bind, "did not do it"));
    }
    for (at, signal) in [Signal::TERM, Signal::INT, Signal::HUP].into_iter().enumerate() {
        let words = ["bind", name, OTHER, "--yes"];
        let said = interrupted(tool, function, uri, &words, signal)?;
        // All say the same.
        if at == 0 {
            said.show(&words);
        }
    }
    println!("  interrupted in its middle by TERM, INT, HUP: {driver} has {name} again each time");
    Ok(())
}

/// The kernel takes a card away from its driver only when nobody has it open any more: the command
/// waits in its middle as long as we have, and is interrupted there.
fn interrupted(
    tool: Tool<'_>,
    function: &PciDevice,
    uri: &str,
    words: &[&str],
    signal: Signal,
) -> Result<Said> {
    let state =
        || -> Result<_> { Ok((function.driver(), read(&function.file("driver_override"))?)) };
    let before = state()?;
    let uri = if uri == function.name { format!("vfio:{uri}") } else { uri.to_owned() };
    let held = road::open(&uri).context(format_args!("open {uri}"))?;
    let mut child = tool.command(words).spawn().context("start the command")?;
    let start = Instant::now();
    while function.driver().is_some() {
        if child.try_wait().context("wait for the command")?.is_some() || start.elapsed() > LONG {
            let _ended = child.kill();
            let said = Said::of(&child.wait_with_output().context("hear the command")?);
            return Err(said.wrong(words, "did not come to its middle"));
        }
        std::thread::sleep(LOOK);
    }
    let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let process = process.ok_or_else(|| Error::new("a process without a number"))?;
    kill_process(process, signal).context("interrupt the command")?;
    let waits = child.try_wait().context("wait for the command")?.is_none();
    drop(held);
    let said = Said::of(&child.wait_with_output().context("hear the command")?);
    if !waits {
        return Err(said.wrong(words, "ended though its card was in use"));
    }
    let undone = said.complaint.contains("it was interrupted; everything is as it was before");
    if said.code != Some(1) || !undone {
        return Err(said.wrong(words, &format!("was interrupted ({signal:?}) and does not say so")));
    }
    let after = state()?;
    if after == before {
        return Ok(said);
    }
    Err(said.wrong(words, &format!("left driver and preference {after:?}, and not {before:?}")))
}
