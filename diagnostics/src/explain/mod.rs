//! What faults mean: what a device tried, the likely mistake, what to change.
//!
//! A finding stands on its evidence, which is listed with it. Where the lines leave something
//! open, the text says so; what could be a mistake of several kinds is called likely, or possible.

mod findings;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::announced::Announced;
use crate::fault::{Access, Fault, Requester, Source};
use crate::log::Log;
use crate::mappings::Mappings;

/// How sure a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The lines say so.
    Certain,
    /// The evidence fits this, and hardly anything else.
    Likely,
    /// It fits, and other things would too.
    Possible,
}

/// One thing that was found out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// What kind of finding, stable for programs: `physical-address`, `past-end`, …
    pub kind: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// In a sentence or two.
    pub what: String,
    /// What it stands on.
    pub evidence: Vec<String>,
    /// What to change, first things first.
    pub change: Vec<String>,
}

/// The faults of one device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Group {
    /// Which kind of IOMMU saw them.
    pub source: Source,
    /// The device.
    pub requester: Requester,
    /// How many lines there are, repeats counted.
    pub lines: u64,
    /// What it tried, where that is known: `read`, `write`.
    pub accesses: Vec<Access>,
    /// The addresses, each once, in order; the first hundred.
    pub addresses: Vec<u64>,
    /// How many addresses there are.
    pub different: u64,
    /// The faults' own lines, the first three.
    pub quoted: Vec<(u64, String)>,
    /// What was found out.
    pub findings: Vec<Finding>,
}

/// What a log means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Explanation {
    /// Device by device, in the order of their first lines.
    pub groups: Vec<Group>,
    /// Buffers that were announced, and are spoken of.
    pub announced: Vec<Announced>,
    /// Lines that speak of a fault and could not be read.
    pub unread: Vec<(u64, String)>,
    /// How many more of these there are.
    pub unread_more: u64,
    /// Lines that the kernel left out.
    pub suppressed: u64,
    /// Faults that were too many to keep.
    pub faults_more: u64,
}

/// At most so many addresses are listed.
const MOST_ADDRESSES: usize = 100;

/// Explains a log, with the table of what is mapped if there is one.
#[must_use]
pub fn explain(log: &Log, mappings: Option<&Mappings>) -> Explanation {
    let mut order: Vec<(Source, Requester)> = Vec::new();
    let mut by_device: BTreeMap<(Source, Requester), Vec<&Fault>> = BTreeMap::new();
    for fault in &log.faults {
        let key = (fault.source, fault.requester.clone());
        let faults = by_device.entry(key.clone()).or_default();
        if faults.is_empty() {
            order.push(key);
        }
        faults.push(fault);
    }
    let mut groups = Vec::new();
    for key in order {
        let Some(faults) = by_device.remove(&key) else { continue };
        groups.push(group(key, &faults, log, mappings));
    }
    let spoken_of =
        |it: &&Announced| log.faults.iter().any(|fault| it.offset_of(fault.iova).is_some());
    Explanation {
        groups,
        announced: log.announced.iter().filter(spoken_of).cloned().collect(),
        unread: log.unread.clone(),
        unread_more: log.unread_more,
        suppressed: log.suppressed,
        faults_more: log.faults_more,
    }
}

fn group(
    (source, requester): (Source, Requester),
    faults: &[&Fault],
    log: &Log,
    mappings: Option<&Mappings>,
) -> Group {
    let mut accesses: Vec<Access> = faults.iter().map(|fault| fault.access).collect();
    accesses.sort_unstable();
    accesses.dedup();
    let mut addresses: Vec<u64> = faults.iter().map(|fault| fault.iova).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let different = addresses.len() as u64;
    // A table of another device says nothing of this one.
    let mappings = mappings.filter(|table| match (&table.device, &requester) {
        (Some(device), Requester::Pci(name)) => device == name,
        _ => true,
    });
    let findings = findings::all(faults, &addresses, log, mappings);
    addresses.truncate(MOST_ADDRESSES);
    Group {
        source,
        requester,
        lines: faults.iter().map(|fault| fault.repeats).sum(),
        accesses,
        addresses,
        different,
        quoted: faults.iter().take(3).map(|fault| (fault.line, fault.text.clone())).collect(),
        findings,
    }
}
