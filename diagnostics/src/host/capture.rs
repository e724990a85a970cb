//! A copy of what tells about a host, for somebody else to look at.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::page::HostFiles;
use super::secrets::harmless;
use super::tree::{Entry, Header, Tree};
use super::{Host, HostFilesError};
use crate::KnownCard;

/// Files of a device that are read.
const DEVICE_FILES: [&str; 4] = ["vendor", "device", "class", "driver_override"];
/// Links of a device that are read.
const DEVICE_LINKS: [&str; 2] = ["driver", "iommu_group"];
/// Files of a group that are read.
const GROUP_FILES: [&str; 3] = ["name", "type", "reserved_regions"];
/// Marks in nodes of a device tree.
const MARKS: [&str; 2] = ["dma-coherent", "dma-noncoherent"];

/// Copies what [`Host::examine`] reads of a host, and nothing else: no serial numbers, no network
/// addresses, no names of hosts or users. An examination of the copy says the same.
///
/// # Errors
///
/// Its PCI devices cannot be listed.
pub fn capture(tree: &Tree, known: &[KnownCard]) -> Result<HostFiles, HostFilesError> {
    let host = Host::examine(tree, known)?;
    for function in &host.functions {
        device(tree, &function.address.to_string());
        if let Some(group) = &function.group {
            group_files(tree, group.number);
        }
    }
    let seen = tree.seen();
    let mut entries = BTreeMap::new();
    for (path, entry) in &seen.entries {
        let (path, entry) = (really(path, &seen.entries), entry.clone());
        let entry = match entry {
            Entry::File(text) => match harmless(&path, &text) {
                Some(text) => Entry::File(text),
                None => continue,
            },
            entry => entry,
        };
        entries.insert(path, entry);
    }
    // Processes have other numbers elsewhere; that one has it open is what matters.
    let header = Header {
        origin: format!("captured on Linux {}", host.system.kernel),
        architecture: tree.architecture().to_owned(),
        page_size: tree.page_size(),
        nodes: seen.nodes,
    };
    Ok(HostFiles { header, entries })
}

/// Where a file is, if links lead to it: a copy has it once, and the links.
fn really(path: &str, entries: &BTreeMap<String, Entry>) -> String {
    let mut path = path.to_owned();
    // As many links as a path can have parts.
    for _ in 0..16 {
        let mut above = Path::new(&path).ancestors().skip(1);
        let found = above.find_map(|above| match entries.get(above.to_str()?) {
            Some(Entry::Link(target)) => Some((above, target)),
            _ => None,
        });
        let Some((link, target)) = found else { break };
        let rest = Path::new(&path).strip_prefix(link).unwrap_or(Path::new(""));
        let folder = link.parent().unwrap_or(Path::new("/")).join(target);
        path = normal(&folder.join(rest)).to_string_lossy().into_owned();
    }
    path
}

/// What is read of a device, under the name that it really has.
fn device(tree: &Tree, address: &str) {
    let short = format!("/sys/bus/pci/devices/{address}");
    let real = match tree.target(&short) {
        Some(target) => normal(&Path::new("/sys/bus/pci/devices").join(target)),
        None => PathBuf::from(&short),
    };
    let folder = real.to_string_lossy().into_owned();
    for file in DEVICE_FILES {
        tree.text(&format!("{folder}/{file}"));
    }
    for link in DEVICE_LINKS {
        tree.target(&format!("{folder}/{link}"));
    }
    for nodes in ["vfio-dev", "uio"] {
        tree.names(&format!("{folder}/{nodes}"));
    }
    for above in real.ancestors() {
        let link = format!("{}/of_node", above.to_string_lossy());
        if let Some(target) = tree.target(&link) {
            marks(tree, &normal(&above.join(target)));
            break;
        }
    }
}

/// The marks of a node and of those above it.
fn marks(tree: &Tree, node: &Path) {
    for node in node.ancestors() {
        let name = node.to_string_lossy();
        tree.exists(&name);
        for mark in MARKS {
            tree.exists(&format!("{name}/{mark}"));
        }
        if node.ends_with("devicetree/base") {
            return;
        }
    }
}

fn group_files(tree: &Tree, number: u32) {
    let folder = format!("/sys/kernel/iommu_groups/{number}");
    for file in GROUP_FILES {
        tree.text(&format!("{folder}/{file}"));
    }
    for name in tree.names(&format!("{folder}/devices")) {
        tree.target(&format!("{folder}/devices/{name}"));
    }
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}
