//! What documents say that guests print, guests print.
//!
//! Below `<!-- seen: HOST -->` a block of code shows what a host's guest printed. Each of its
//! lines must come out of that guest again, but for what differs from boot to boot: the numbers of
//! addresses, times, and the release of a kernel.

use std::collections::BTreeSet;

use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// The documents.
const DOCUMENTS: &[&str] = &[
    "docs/doctor.md",
    "docs/kernel-module.md",
    "docs/regs.md",
    "docs/test-and-bench.md",
    "docs/wrong-address-in-guests.md",
];
/// What begins a line above a block.
const SEEN: &str = "<!-- seen: ";
/// Units of times.
const UNITS: &[&str] = &["ns", "µs", "ms", "s"];
/// What stands before the release of a kernel.
const RELEASE: &str = "Linux";
/// The shortest number that may differ: an address's.
const ADDRESS: usize = 5;

/// Compares the documents' blocks of a host with what its guests wrote; gives the number of
/// lines that came again.
///
/// # Errors
///
/// A document cannot be read, or a line did not come.
pub fn check(workspace: &Workspace, host: &str, output: &[&str]) -> Result<usize> {
    let output: BTreeSet<String> = output.iter().map(|line| lasting(line)).collect();
    let mut count = 0;
    for name in DOCUMENTS {
        let path = workspace.root.join(name);
        let document = std::fs::read_to_string(&path).context(path.display())?;
        for line in quoted(&document, host) {
            if !output.contains(&lasting(line)) {
                return Err(Error::new(format!("{name}: {host} does not print {line:?} any more"))
                    .hint(
                        "look at what it prints (`cargo xtask guest test HOST`) and quote that",
                    ));
            }
            count += 1;
        }
    }
    Ok(count)
}

/// The lines of a host's blocks.
fn quoted<'d>(document: &'d str, host: &str) -> Vec<&'d str> {
    let mark = format!("{SEEN}{host} -->");
    let mut lines = document.lines();
    let mut quoted = Vec::new();
    while lines.any(|line| line == mark) {
        let block = lines.by_ref().skip_while(|line| !line.starts_with("```")).skip(1);
        let block = block.take_while(|line| !line.starts_with("```"));
        quoted.extend(block.filter(|line| !line.is_empty()));
    }
    quoted
}

/// A line with `#` for everything that may differ from boot to boot.
fn lasting(line: &str) -> String {
    let plain = without_addresses(line);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut lasting = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let number = word.parse::<f64>().is_ok();
        let is_figure = number && (word.contains('.') || UNITS.contains(&next));
        lasting.push(match *word {
            _ if is_figure => "#",
            unit if UNITS.contains(&unit) => "time",
            release if before == RELEASE && !number && release.ends_with(',') => "#",
            word => word,
        });
    }
    lasting.join(" ")
}

/// A line with `#` for every number that may be an address.
fn without_addresses(line: &str) -> String {
    let mut plain = String::new();
    let mut word = String::new();
    // The kernel's log spells tabs so.
    for letter in line.trim().replace("\\x09", "\t").chars().chain(['\n']) {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
            continue;
        }
        let digits = word.strip_prefix("0x").unwrap_or(&word);
        let is_address = digits.len() >= ADDRESS && digits.chars().all(|it| it.is_ascii_hexdigit());
        plain.push_str(if is_address { "#" } else { &word });
        plain.push(letter);
        word.clear();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "text\n\n<!-- seen: here -->\n```text\n  at 0x2216000, 5 words\nend\n```\n\
                            <!-- seen: there -->\n```text\nother\n```\n<!-- seen: here -->\n\
                            ```text\nmore\n```\n";

    // All blocks of a host are its own, and no others.
    #[test]
    fn blocks_are_found_by_their_host() {
        assert_eq!(quoted(DOCUMENT, "here"), ["  at 0x2216000, 5 words", "end", "more"]);
        assert_eq!(quoted(DOCUMENT, "there"), ["other"]);
        assert_eq!(quoted(DOCUMENT, "nowhere"), [""; 0]);
    }

    // Addresses may differ, with and without their prefix; words and short numbers may not.
    #[test]
    fn only_addresses_may_differ() {
        let same = |one, other| lasting(one) == lasting(other);
        assert!(same(
            "fault addr 0x2216000 [fault reason 0x06]",
            "fault addr 0x8bd4000 [fault reason 0x06]"
        ));
        assert!(same("  PASID ffffffff fault addr 2e57000", "PASID ffffffff fault addr 1234567 "));
        assert!(same("3: \\x090x0000000043c8a000", "3: \t0x0000000044c8a000"));
        assert!(!same("fault reason 0x06", "fault reason 0x05"));
        assert!(!same("DMA Read", "DMA Write"));
    }

    // Times may differ, with their units and the columns they stand in, and so may a kernel's
    // release; counts, names and versions of our own may not.
    #[test]
    fn times_and_releases_may_differ() {
        let same = |one, other| lasting(one) == lasting(other);
        assert!(same(
            "  64 B  to card  polling   100.3 ms   9999 ns   0.0",
            "  64 B  to card  polling  98.3 µs  100.0 ms  12.5"
        ));
        assert!(!same("  64 B  to card  100.3 ms", "  63 B  to card  100.3 ms"));
        assert!(same("kernel   Linux 7.3.4-cloud, x86_64", "kernel   Linux 7.4.1, x86_64"));
        assert!(!same("kernel   Linux 7.3.4, x86_64", "kernel   Linux 7.3.4, aarch64"));
        assert!(!same("4 passed, 3 not applicable", "5 passed, 3 not applicable"));
        assert!(!same("anydma   0.1.0", "anydma   0.2.0"));
    }
}
