//! The plan of the house: which of our crates may know which.
//!
//! The core knows nobody; channels know no backend; backends know no channel and not one another;
//! only the facade knows all. Tests may look sideways at the simulated machine and the suite of
//! conformance, and at nothing else.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cargo_metadata::{DependencyKind, Metadata};

/// A crate and those it may know.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
    /// Besides, in its tests.
    tests: &'static [&'static str],
}

const fn room(name: &'static str, knows: &'static [&'static str]) -> Room {
    let tests = &["backend-mock", "conformance"];
    Room { name, knows, tests }
}

/// Every crate of the project has a line here.
const ROOMS: &[Room] = &[
    room("dma-core", &[]),
    room("register-map", &["dma-core"]),
    Room {
        name: "register-map-codegen",
        knows: &[],
        // Its tests compile what it generates, which is code over these two.
        tests: &["register-map", "dma-core"],
    },
    room("channels", &["register-map", "dma-core"]),
    room("iova-allocator", &["dma-core"]),
    room("backend-mock", &["iova-allocator", "dma-core", "register-map"]),
    room("host-linux", &["iova-allocator", "dma-core"]),
    room("backend-vfio", &["host-linux", "iova-allocator", "dma-core"]),
    room("backend-uio", &["host-linux", "dma-core"]),
    room("backend-kernel", &["backend-kernel-abi", "host-linux", "dma-core"]),
    // Shared with the kernel module, which knows nobody else.
    room("backend-kernel-abi", &[]),
    room("backend-bare", &["dma-core"]),
    Room {
        name: "conformance",
        knows: &["dma-core", "channels"],
        // Its own tests run the suite on both memories that need no hardware.
        tests: &["backend-mock", "backend-bare"],
    },
    // Of the Linux roads it knows what they share: a host is examined with it.
    room("diagnostics", &["dma-core", "host-linux"]),
    room(
        "anydma",
        &[
            "dma-core",
            "register-map",
            "channels",
            "backend-mock",
            "backend-vfio",
            "backend-uio",
            "backend-kernel",
            "backend-bare",
            "diagnostics",
            "host-linux",
        ],
    ),
    // The card of the vendor's guide: what a vendor's own crate may know.
    room("courier", &["dma-core", "register-map"]),
    room("cli", &["anydma", "conformance", "diagnostics", "host-linux", "register-map-codegen"]),
    room("firmware", &["backend-bare", "channels", "conformance", "dma-core", "register-map"]),
    room(
        "virt",
        &["firmware", "backend-bare", "channels", "conformance", "dma-core", "register-map"],
    ),
    room(
        "mps2-an505",
        &["firmware", "backend-bare", "channels", "conformance", "dma-core", "register-map"],
    ),
    // Tools for developers; nobody may know them.
    room("xtask", &["register-map-codegen", "guest-init"]),
    room("guest-init", &[]),
    room(
        "guest-tests",
        &["anydma", "channels", "conformance", "diagnostics", "dma-core", "guest-init"],
    ),
    // Fuzzers, in a workspace of their own.
    room("mutations", &["register-map-codegen"]),
    room("coverage", &["mutations", "diagnostics"]),
    room("plain", &["mutations"]),
    room(
        "benchmarks",
        &[
            "anydma",
            "dma-core",
            "register-map",
            "channels",
            "backend-mock",
            "backend-vfio",
            "backend-kernel",
            "host-linux",
            "backend-bare",
            "diagnostics",
        ],
    ),
    room("register-asm", &["dma-core", "register-map"]),
    room("compare-svd2rust", &["register-map-codegen"]),
    room("size", &["dma-core", "register-map", "channels", "backend-bare"]),
];

/// The names of all our crates: those of any of these workspaces.
pub(super) fn ours(all: &[Metadata]) -> BTreeSet<String> {
    let packages = all.iter().flat_map(Metadata::workspace_packages);
    packages.map(|package| package.name.to_string()).collect()
}

/// One edge between two of our crates.
struct Edge {
    from: String,
    to: String,
    test: bool,
}

fn edges(metadata: &Metadata, ours: &BTreeSet<String>) -> Vec<Edge> {
    let mut found = Vec::new();
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            if ours.contains(&dependency.name) && dependency.name != *package.name {
                found.push(Edge {
                    from: package.name.to_string(),
                    to: dependency.name.clone(),
                    test: dependency.kind == DependencyKind::Development,
                });
            }
        }
    }
    found
}

/// Checks the edges of one workspace; says how many there are.
pub(super) fn check(
    metadata: &Metadata,
    ours: &BTreeSet<String>,
    breaches: &mut Vec<String>,
) -> usize {
    for package in metadata.workspace_packages() {
        if !ROOMS.iter().any(|room| room.name == package.name.as_str()) {
            breaches.push(format!(
                "{}: no room in the plan: say in xtask/src/deps/rooms.rs whom it may know",
                package.name
            ));
        }
    }
    let edges = edges(metadata, ours);
    breaches.extend(edges.iter().filter_map(breach));
    edges.len()
}

fn breach(edge: &Edge) -> Option<String> {
    let room = ROOMS.iter().find(|room| room.name == edge.from)?;
    let to = edge.to.as_str();
    if room.knows.contains(&to) || (edge.test && room.tests.contains(&to)) {
        return None;
    }
    let how = if edge.test { "in its tests, " } else { "" };
    let may = match room.knows {
        [] => "nobody".to_owned(),
        knows => knows.join(", "),
    };
    Some(format!(
        "{} knows {to}: {how}it may know {may}{}",
        edge.from,
        match (edge.test, room.tests) {
            (true, tests) => format!(", and besides {}", tests.join(", ")),
            _ => String::new(),
        }
    ))
}

/// Who knows whom, one line a crate; tests in brackets.
pub(super) fn table(metadata: &Metadata, ours: &BTreeSet<String>) -> String {
    let edges = edges(metadata, ours);
    let mut text = String::new();
    for package in metadata.workspace_packages() {
        let of = |test: bool| -> Vec<&str> {
            let from = edges.iter().filter(|edge| edge.from == *package.name);
            let names: BTreeSet<&str> =
                from.filter(|edge| edge.test == test).map(|edge| edge.to.as_str()).collect();
            names.into_iter().collect()
        };
        let (knows, tests) = (of(false).join(", "), of(true).join(", "));
        let _ = write!(text, "{:22} → {knows}", package.name);
        if !tests.is_empty() {
            let _ = write!(text, " [tests: {tests}]");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: &str, to: &str, test: bool) -> Option<String> {
        breach(&Edge { from: from.to_owned(), to: to.to_owned(), test })
    }

    // What the plan says is let through.
    #[test]
    fn planned_edges_pass() {
        assert_eq!(edge("channels", "register-map", false), None);
        assert_eq!(edge("anydma", "backend-mock", false), None);
        assert_eq!(edge("conformance", "channels", false), None);
    }

    // A backend that imports another, a channel that knows a backend, a core that knows anyone.
    #[test]
    fn forbidden_edges_are_named() {
        let text = edge("backend-vfio", "backend-uio", false).unwrap();
        assert!(text.contains("it may know host-linux, iova-allocator, dma-core"), "{text}");
        assert!(edge("channels", "backend-mock", false).is_some());
        let text = edge("dma-core", "register-map", false).unwrap();
        assert!(text.contains("it may know nobody"), "{text}");
    }

    // Tests may look at the simulated machine and at conformance, and at nothing else.
    #[test]
    fn tests_look_sideways_at_two_only() {
        assert_eq!(edge("dma-core", "backend-mock", true), None);
        assert_eq!(edge("channels", "conformance", true), None);
        let text = edge("dma-core", "channels", true).unwrap();
        assert!(text.contains("besides backend-mock, conformance"), "{text}");
    }

    // Nobody may know the tools, and each room appears once.
    #[test]
    fn plan_is_consistent() {
        for room in ROOMS {
            let same = ROOMS.iter().filter(|other| other.name == room.name);
            assert_eq!(same.count(), 1, "{}", room.name);
            for tool in ["xtask", "benchmarks", "cli", "mps2-an505"] {
                assert!(!room.knows.contains(&tool), "{} knows {tool}", room.name);
            }
        }
    }
}
