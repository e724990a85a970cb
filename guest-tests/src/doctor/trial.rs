//! One examination, and each of its verdicts tried.
#![forbid(unsafe_code)]

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use anydma::CARDS;
use anydma::diagnostics::host::{Host, PciAddress, Reason, RoadName, Tree, Verdict};
use guest_init::error::{Context, Error, Result};

use super::Arguments;
use crate::{conformance, road};

/// The user of a guest that is not root; see its `/etc/passwd`.
const USER: u32 = 1000;
/// Cases that a road which is called usable must pass, besides carrying bytes; the whole suite
/// runs on each road by itself.
const CASES: [&str; 3] =
    ["device_names_itself", "every_length_goes_both_ways", "neighbours_on_the_card_are_untouched"];

/// Examines the host, and tries every verdict about the device; usable ones only if `open`.
pub(super) fn judge(arguments: &Arguments, open: bool) -> Result<String> {
    let address: PciAddress = arguments.device.parse().context("the device's address")?;
    let tree = Tree::live();
    let host = Host::examine_for(&tree, CARDS, address).context("examine the host")?;
    let function =
        host.function(address).ok_or_else(|| Error::new(format!("no verdict about {address}")))?;
    let mut said = Vec::new();
    let mut wrong = Vec::new();
    for verdict in &function.verdicts {
        let tried = match (verdict.usable, open) {
            (true, true) => usable(arguments, verdict),
            (true, false) => Ok("usable, not tried".to_owned()),
            (false, _) => refused(verdict),
        };
        match tried {
            Ok(words) => said.push(format!("{} {words}", verdict.road)),
            Err(error) => wrong.push(format!("{}: {error}", verdict.road)),
        }
    }
    if wrong.is_empty() { Ok(said.join("; ")) } else { Err(Error::new(wrong.join("; "))) }
}

/// Bytes go there and back, and cases pass, in processes of their own.
fn usable(arguments: &Arguments, verdict: &Verdict) -> Result<String> {
    let device = format!("--device={}", verdict.uri);
    match road::open(&verdict.uri) {
        Err(error) => return Err(Error::new(format!("called usable, and refused: {error}"))),
        // The suite runs there by itself, by the road's own name.
        Ok(_) if verdict.unprotected => return Ok("usable, and opens".to_owned()),
        Ok(_) => {}
    }
    again(&["round-trip", &device])?;
    for case in CASES {
        conformance::passes(&verdict.uri, arguments.bits, case)?;
    }
    Ok("usable, and passes".to_owned())
}

/// Opening it fails for the reason that comes first.
fn refused(verdict: &Verdict) -> Result<String> {
    let first = verdict.obstacles.first().ok_or_else(|| Error::new("refused for no reason"))?;
    if verdict.road == RoadName::VfioNoIommu && first.reason == Reason::Translated {
        // The name then leads to the road that protects, which has a verdict of its own.
        return Ok("refused (translated), and cannot be asked for".to_owned());
    }
    // What is named without a word about protection must not open as a protected device either.
    let opened = if verdict.unprotected {
        road::open(&verdict.uri)
    } else {
        anydma::Device::open(&verdict.uri)
    };
    match opened {
        Ok(_) => Err(Error::new(format!("refused ({}), and opens", first.what))),
        Err(error) if error.reason() == Some(first.reason) => {
            Ok(format!("refused ({})", word(first.reason)))
        }
        Err(error) => Err(Error::new(format!(
            "refused because {} ({}), and opening says {:?}: {error}",
            first.what,
            word(first.reason),
            error.reason()
        ))),
    }
}

fn word(reason: Reason) -> String {
    let text = serde_json::to_string(&reason).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

/// This program once more; it must succeed.
fn again(arguments: &[&str]) -> Result<()> {
    let program = std::env::current_exe().context("find this program")?;
    let mut command = Command::new(program);
    let output = command.args(arguments).stdin(Stdio::null()).output().context("start it again")?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = if said.trim().is_empty() { String::from_utf8_lossy(&output.stdout) } else { said };
    Err(Error::new(format!("{}: {}", arguments.join(" "), said.trim())))
}

/// The same by a user who is not root; what is usable is not opened once more.
pub(super) fn by_user(arguments: &Arguments) -> Result<String> {
    let program = std::env::current_exe().context("find this program")?;
    let mut command = Command::new(program);
    command.args(["doctor", "--as-is", "--device", &arguments.device]).stdin(Stdio::null());
    let output = command.uid(USER).gid(USER).output().context("start it by a user")?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(Error::new(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}
