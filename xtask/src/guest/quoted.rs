//! Lines of kernels that a document quotes are those that kernels print.
//!
//! Below `<!-- seen: HOST -->` a block of code shows what a host's guest printed. Each of its
//! lines must come out of that guest again, but for the numbers of addresses, which differ from
//! boot to boot.

use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// The documents.
const DOCUMENTS: [&str; 2] = ["docs/wrong-address-in-guests.md", "docs/kernel-module.md"];
/// What begins a line above a block.
const SEEN: &str = "<!-- seen: ";
/// The shortest number that may differ: an address's.
const ADDRESS: usize = 5;

/// Compares the documents' blocks of a host with what its guests wrote; gives the number of
/// lines that came again.
///
/// # Errors
///
/// A document cannot be read, or a line did not come.
pub fn check(workspace: &Workspace, host: &str, output: &[&str]) -> Result<usize> {
    let output: Vec<String> = output.iter().map(|line| without_addresses(line)).collect();
    let mut count = 0;
    for name in DOCUMENTS {
        let path = workspace.root.join(name);
        let document = std::fs::read_to_string(&path).context(path.display())?;
        for line in quoted(&document, host) {
            if !output.contains(&without_addresses(line)) {
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
        quoted.extend(block.take_while(|line| !line.starts_with("```")));
    }
    quoted
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
        let same = |one, other| without_addresses(one) == without_addresses(other);
        assert!(same(
            "fault addr 0x2216000 [fault reason 0x06]",
            "fault addr 0x8bd4000 [fault reason 0x06]"
        ));
        assert!(same("  PASID ffffffff fault addr 2e57000", "PASID ffffffff fault addr 1234567 "));
        assert!(same("3: \\x090x0000000043c8a000", "3: \t0x0000000044c8a000"));
        assert!(!same("fault reason 0x06", "fault reason 0x05"));
        assert!(!same("DMA Read", "DMA Write"));
    }
}
