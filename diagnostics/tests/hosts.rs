//! Hosts examined by their files: synthetic ones, as their pages say, and this one.
//!
//! What is said of each stands beside its page; `SNAPSHOTS=write` writes it anew, to be read in
//! the difference before it is kept.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use diagnostics::KnownCard;
use diagnostics::host::{Host, HostFiles, Reason, RoadName, Tree, capture};

/// As the facade knows them.
const CARDS: &[KnownCard] = &[
    KnownCard { vendor: 0x1234, device: 0x11e8, name: "edu", bits: 28 },
    KnownCard { vendor: 0x10ee, device: 0x9038, name: "xdma", bits: 64 },
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts")
}

/// All pages, by name.
fn pages() -> Vec<(String, HostFiles)> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "host") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            pages.push((name, HostFiles::parse(&fs::read_to_string(&path).unwrap()).unwrap()));
        }
    }
    pages.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(pages.len() >= 11);
    pages
}

fn host(name: &str) -> Host {
    let page = fs::read_to_string(folder().join(format!("{name}.host"))).unwrap();
    let tree = Tree::of(&HostFiles::parse(&page).unwrap()).unwrap();
    Host::examine(&tree, CARDS).unwrap()
}

fn text(host: &Host) -> String {
    let mut text = host.to_string();
    for function in host.candidates() {
        write!(text, "\n{function}").unwrap();
    }
    text
}

// Each synthetic host is examined as its snapshot says, and its page says that it is synthetic.
#[test]
fn hosts_are_examined_as_their_snapshots_say() {
    let mut stale = Vec::new();
    for (name, files) in pages() {
        assert!(files.origin().starts_with("synthetic: "), "{name} is not labelled");
        let said = text(&host(&name));
        let path = folder().join(format!("{name}.txt"));
        if std::env::var("SNAPSHOTS").is_ok_and(|it| it == "write") {
            fs::write(&path, &said).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != said {
            stale.push(format!("{name}:\n{said}"));
        }
    }
    assert!(stale.is_empty(), "not as the snapshots say:\n{}", stale.join("\n"));
}

// No advice on any host takes its protection away.
#[test]
fn no_advice_switches_an_iommu_off() {
    for (name, _) in pages() {
        let json = serde_json::to_string(&host(&name).functions).unwrap().to_lowercase();
        for bad in ["iommu=off", "disable", "switch the smmu off", "smmu off", "iommu=pt", "nopt"] {
            assert!(!json.contains(bad), "{name} says {bad}");
        }
    }
}

// Every obstacle that can be removed comes with what to do.
#[test]
fn refusals_say_what_to_do() {
    for (name, _) in pages() {
        for function in &host(&name).functions {
            for verdict in &function.verdicts {
                assert_eq!(verdict.usable, verdict.obstacles.is_empty());
                let silent = verdict.obstacles.iter().all(|it| it.remedy.is_none());
                let built_without =
                    verdict.obstacles.iter().any(|it| it.what.contains("built without"));
                assert!(verdict.usable || !silent || built_without, "{name}: {verdict:?}");
            }
        }
    }
}

// The first obstacle is the one that opening meets first.
#[test]
fn first_obstacle_is_what_opening_meets() {
    for (name, address, road, reason) in [
        ("tx2-jetpack-3", "0000:01:00.0", RoadName::VfioType1, Some(Reason::WrongDriver)),
        ("xavier-jetpack-4", "0005:01:00.0", RoadName::VfioType1, Some(Reason::NoPermission)),
        ("orin-jetpack-6", "0005:01:00.0", RoadName::VfioType1, None),
        ("orin-jetpack-6", "0005:01:00.0", RoadName::VfioIommufd, Some(Reason::NoRoad)),
        ("server-vt-d", "0000:17:00.0", RoadName::VfioIommufd, None),
        ("server-vt-d", "0000:17:00.0", RoadName::VfioType1, None),
        ("server-iommu-off", "0000:17:00.0", RoadName::Uio, None),
        ("server-iommu-off", "0000:17:00.0", RoadName::VfioType1, Some(Reason::NoIommu)),
        ("workstation-group", "0000:04:00.0", RoadName::VfioType1, Some(Reason::NotViable)),
        ("container", "0000:3b:00.0", RoadName::VfioType1, Some(Reason::NoRoad)),
        ("virtual-machine", "0000:01:00.0", RoadName::VfioType1, Some(Reason::Busy)),
        ("no-iommu", "0000:01:00.0", RoadName::VfioNoIommu, None),
        ("no-iommu", "0000:01:00.0", RoadName::VfioType1, Some(Reason::Unprotected)),
    ] {
        let host = host(name);
        let function = host.function(address.parse().unwrap()).unwrap();
        let verdict = function.verdicts.iter().find(|it| it.road == road).unwrap();
        let first = verdict.obstacles.first().map(|obstacle| obstacle.reason);
        assert_eq!(first, reason, "{name}, {road}: {verdict:#?}");
    }
}

/// What an examination says, without where it was made.
fn said(tree: &Tree) -> Host {
    Host { origin: None, unread: Vec::new(), ..Host::examine(tree, CARDS).unwrap() }
}

// A copy of a copy says the same, whatever road it went: a page, a folder, this very host.
#[test]
fn copies_say_the_same() {
    for (name, files) in pages() {
        let tree = Tree::of(&files).unwrap();
        let copy = capture(&tree, CARDS).unwrap();
        let again = HostFiles::parse(&copy.to_text()).unwrap();
        assert_eq!(said(&Tree::of(&again).unwrap()), said(&tree), "{name}");
    }
    let copy = capture(&Tree::live(), CARDS).unwrap();
    let again = Tree::of(&HostFiles::parse(&copy.to_text()).unwrap()).unwrap();
    let (mut there, mut here) = (said(&again), said(&Tree::live()));
    // Memory in use changes meanwhile.
    for host in [&mut there, &mut here] {
        host.memory.pools.iter_mut().for_each(|pool| pool.free = 0);
    }
    assert_eq!(there, here);
}
