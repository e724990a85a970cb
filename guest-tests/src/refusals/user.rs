//! An ordinary user: without rights, with the rule, with too little memory.
//!
//! The rule is the one that we ship; a guest has no udev, so it is applied by hand.
#![forbid(unsafe_code)]

use std::fs::{Permissions, metadata, set_permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use guest_init::error::{Context, Error, Result};

use super::child::USER;
use super::{Arguments, pci, refused, round_trip};

/// The rule that users copy.
const RULE: &str = include_str!("../../../backend-vfio/udev/60-anydma-vfio.rules");

/// Without rights an ordinary user is refused; with the shipped rule it does what root does.
pub(super) fn rights(arguments: &Arguments) -> Result<String> {
    let child = round_trip(&arguments.device).by_user();
    let said = refused(&child, &["60-anydma-vfio.rules", "udev"])?;
    let rule = Rule::read(RULE)?;
    let nodes = nodes(&arguments.device)?;
    for node in &nodes {
        rule.apply(node)?;
    }
    let done = child.succeeds();
    for node in &nodes {
        Rule::take_back(node)?;
    }
    Ok(format!("{said}; then: {}", done?))
}

/// With 64 KiB of lockable memory, 4 MiB are refused.
pub(super) fn memlock(arguments: &Arguments) -> Result<String> {
    let rule = Rule::read(RULE)?;
    let nodes = nodes(&arguments.device)?;
    for node in &nodes {
        rule.apply(node)?;
    }
    let child = round_trip(&arguments.device).by_user();
    let child = child.with("--memlock=65536").with("--bytes=4194304");
    let said = refused(&child, &["64 KiB", "ulimit -l", "memlock"]);
    for node in &nodes {
        Rule::take_back(node)?;
    }
    said
}

/// The nodes through which a device is reached.
fn nodes(device: &str) -> Result<Vec<PathBuf>> {
    let device = pci(device)?;
    let mut nodes = Vec::new();
    if let Some(group) = device.group() {
        nodes.push(Path::new("/dev/vfio").join(group));
    }
    if let Ok(entries) = std::fs::read_dir(device.file("vfio-dev")) {
        for entry in entries {
            let name = entry.context("list the device's nodes")?.file_name();
            nodes.push(Path::new("/dev/vfio/devices").join(name));
        }
        nodes.push(PathBuf::from("/dev/iommu"));
    }
    nodes.retain(|node| node.exists());
    Ok(nodes)
}

/// What the rule gives to its group; in a guest, that group is the user's own.
#[derive(Debug, PartialEq, Eq)]
struct Rule {
    mode: u32,
}

impl Rule {
    /// Reads the mode, which must be the same for all nodes and give nothing to everybody.
    fn read(text: &str) -> Result<Self> {
        let lines = text.lines().filter(|line| line.contains("SUBSYSTEM=="));
        let mut modes = Vec::new();
        for line in lines {
            let value = |name: &str| Some(line.split_once(name)?.1.split('"').next()?.to_owned());
            match (value("GROUP=\""), value("MODE=\"")) {
                (Some(group), Some(mode)) if group == "vfio" => modes.push(mode),
                _ => return Err(Error::new(format!("the rule gives nothing to a group: {line}"))),
            }
        }
        modes.dedup();
        match modes.as_slice() {
            [mode] => {
                let mode = u32::from_str_radix(mode, 8).context("read the rule's mode")?;
                if mode & 0o7 != 0 {
                    return Err(Error::new(format!("the rule gives something to all: {mode:o}")));
                }
                Ok(Self { mode })
            }
            _ => Err(Error::new(format!("the rule has no mode or several: {modes:?}"))),
        }
    }

    fn apply(&self, node: &Path) -> Result<()> {
        change(node, USER, self.mode)
    }

    fn take_back(node: &Path) -> Result<()> {
        change(node, 0, 0o600)
    }
}

fn change(node: &Path, group: u32, mode: u32) -> Result<()> {
    let shown = node.display();
    chown(node, None, Some(group)).context(format_args!("give {shown} to group {group}"))?;
    set_permissions(node, Permissions::from_mode(mode)).context(format_args!("chmod {shown}"))?;
    metadata(node).map(drop).context(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The shipped rule gives its nodes to a group and to nobody else.
    #[test]
    fn shipped_rule_is_for_a_group_only() {
        assert_eq!(Rule::read(RULE).unwrap(), Rule { mode: 0o660 });
        let open = "SUBSYSTEM==\"vfio\", GROUP=\"vfio\", MODE=\"0666\"";
        assert!(Rule::read(open).unwrap_err().to_string().contains("to all"));
        assert!(Rule::read("# nothing").is_err());
    }
}
