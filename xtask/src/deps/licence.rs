//! Each licence of others' code is on the list.
//!
//! A small reader of SPDX expressions: `OR` needs one side on the list, `AND` both; `WITH` is
//! part of the name; the old `A/B` is `OR`. Besides, what only developers' tools are made of may
//! have a licence that asks for changed files to be published.

use std::collections::BTreeSet;

use cargo_metadata::{Metadata, PackageId};

/// Licences that go with ours.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences that go with a tool which we run and do not hand out.
const FOR_TOOLS: &[&str] = &["MPL-2.0"];

/// Our packages that are such tools.
const TOOLS: &[&str] = &["xtask"];

/// Checks all packages of others in one workspace; says how many there are.
pub(super) fn check(metadata: &Metadata, breaches: &mut Vec<String>) -> usize {
    let mut count = 0;
    let handed_out = handed_out(metadata);
    for package in &metadata.packages {
        if package.source.is_none() {
            continue;
        }
        count += 1;
        let named = package.license.as_deref();
        let for_tools = named.is_some_and(|name| FOR_TOOLS.contains(&name));
        if for_tools && !handed_out.contains(&package.id) {
            continue;
        }
        if !named.is_some_and(is_allowed) {
            breaches.push(format!(
                "{} {}: licence {} is not on the list in xtask/src/deps/licence.rs",
                package.name,
                package.version,
                named.unwrap_or("(none)")
            ));
        }
    }
    count
}

/// What our packages that are no tools depend on, all the way down.
fn handed_out(metadata: &Metadata) -> BTreeSet<PackageId> {
    let ours = metadata.workspace_packages();
    let ours = ours.into_iter().filter(|package| !TOOLS.contains(&package.name.as_str()));
    let mut open: Vec<&PackageId> = ours.map(|package| &package.id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id.clone()) {
            let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
            let node = nodes.into_iter().find(|node| node.id == *id);
            open.extend(node.into_iter().flat_map(|node| &node.dependencies));
        }
    }
    found
}

fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let allowed = any(&mut rest);
    allowed == Some(true) && rest.is_empty()
}

/// `A OR B …`; `None` if it is no expression.
fn any(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = all(words)?;
    while let [word, rest @ ..] = words
        && word.eq_ignore_ascii_case("or")
    {
        *words = rest;
        allowed |= all(words)?;
    }
    Some(allowed)
}

/// `A AND B …`.
fn all(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = one(words)?;
    while let [word, rest @ ..] = words
        && word.eq_ignore_ascii_case("and")
    {
        *words = rest;
        allowed &= one(words)?;
    }
    Some(allowed)
}

/// `( … )`, `NAME` or `NAME WITH EXCEPTION`.
fn one(words: &mut &[&str]) -> Option<bool> {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let allowed = any(words)?;
            let [")", rest @ ..] = *words else {
                return None;
            };
            *words = rest;
            Some(allowed)
        }
        [name, "WITH", exception, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(&format!("{name} WITH {exception}").as_str()))
        }
        [name, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(name))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // One side of OR is enough, both sides of AND are needed, brackets bind.
    #[test]
    fn expressions_are_read_as_meant() {
        assert!(is_allowed("MIT"));
        assert!(is_allowed("GPL-3.0-only OR MIT"));
        assert!(is_allowed("Unlicense/MIT"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND NCSA"));
        assert!(is_allowed("(MIT OR GPL-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
        assert!(!is_allowed("GPL-3.0-only"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("GPL-2.0 WITH LLVM-exception"));
    }

    // What is no expression is not allowed by accident.
    #[test]
    fn broken_expressions_are_refused() {
        for text in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0"] {
            assert!(!is_allowed(text), "{text:?}");
        }
    }
}
