//! What the examples must bring about, besides ending well.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::run;
use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// A file goes through a card and comes back as it was.
///
/// # Errors
///
/// It does not.
pub(super) fn file_comes_back(workspace: &Workspace, device: &str, bytes: usize) -> Result<()> {
    let folder = workspace.target.join("examples-suite");
    fs::create_dir_all(&folder).context("make a folder for files")?;
    let (input, output) = (folder.join("input"), folder.join("output"));
    fs::write(&input, noise(bytes)).context("write the input")?;
    let command = run(workspace, "loopback").args(["--device", device, "--input"]).arg(&input);
    command.arg("--output").arg(&output).run()?;
    if !same(&input, &output)? {
        return Err(Error::new(format!(
            "{bytes} bytes through {device} came back as others, though `loopback` says all is well"
        )));
    }
    fs::remove_dir_all(&folder).context("remove the files")
}

fn same(one: &Path, other: &Path) -> Result<bool> {
    let one = fs::read(one).context("read the input")?;
    Ok(one == fs::read(other).context("read the output")?)
}

/// Bytes in which no part looks like another.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut noise: Vec<u8> = (0..bytes.div_ceil(8)).flat_map(|_| next()).collect();
    noise.truncate(bytes);
    noise
}

/// The bug faults where the SMMU is on, in a kernel's words and with the reason, and nowhere else.
///
/// # Errors
///
/// It does not, or says something else.
pub(super) fn the_bug_is_explained(workspace: &Workspace) -> Result<()> {
    let output = run(workspace, "wrong_address").arg("--json").capture()?;
    let report: Value =
        serde_json::from_str(&output.stdout).context("read wrong_address's JSON")?;
    let faults = |trial: usize| report.pointer(&format!("/trials/{trial}/faults"));
    let says = |fault: &str, words: &str| {
        let text = report.pointer(&format!("/trials/1/faults/{fault}")).and_then(Value::as_str);
        text.is_some_and(|text| text.contains(words))
    };
    let explained = says("0/log/0", "t19x-arm-smmu 12000000.iommu: Unhandled context fault")
        && says("0/explanation", "that is a physical address, not one of this device");
    let alone = [0, 2, 3]
        .iter()
        .all(|trial| faults(*trial).and_then(Value::as_array).is_some_and(Vec::is_empty));
    if explained && alone { Ok(()) } else { Err(Error::new(format!("not the bug: {report}"))) }
}

/// A minute of samples with seven stalls: what is missing is what the card lost, in seven gaps.
///
/// # Errors
///
/// The counts differ, or nothing was lost.
pub(super) fn losses_are_counted(workspace: &Workspace) -> Result<u64> {
    const STALLS: u64 = 7;
    // Longer than eight buffers and the FIFO hold, at a byte a microsecond.
    let arguments = ["--seconds", "60", "--rate", "1", "--stall", "1400", "--stalls", "7"];
    let output = run(workspace, "acquisition").args(arguments).arg("--json").capture()?;
    let report: Value = serde_json::from_str(&output.stdout).context("read acquisition's JSON")?;
    let count = |path: &str| report.pointer(path).and_then(Value::as_u64);
    let lost = count("/lost/by_the_card");
    let gaps = [count("/lost/gaps"), count("/overruns"), count("/stalls")];
    let counted = lost == count("/lost/by_the_data") && gaps == [Some(STALLS); 3];
    match lost {
        Some(lost) if counted && lost > 0 && output.status.success() => Ok(lost),
        _ => Err(Error::new(format!("the counts of what was lost differ: {report}"))),
    }
}
