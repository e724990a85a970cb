//! `anydma doctor` and `anydma list` as their users meet them.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn anydma(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anydma")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A page of a synthetic host.
fn page(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../diagnostics/tests/hosts");
    folder.join(format!("{name}.host")).to_str().unwrap().to_owned()
}

/// A place of its own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("anydma-doctor-{}-{name}", std::process::id())))
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_dir_all(&self.0);
    }
}

// The exit code says whether a road can be used now; there are no colours without a terminal.
#[test]
fn exit_code_says_whether_a_road_can_be_used() {
    for (host, device, code) in [
        ("orin-jetpack-6", "0005:01:00.0", 0),
        ("xavier-jetpack-4", "0005:01:00.0", 3),
        ("server-vt-d", "0000:17:00.0", 0),
        ("server-vt-d", "0000:31:00.0", 3),
    ] {
        let output = anydma(&["doctor", "--root", &page(host), device]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(code), "{host}: {text}");
        assert!(text.contains(device) && !text.contains('\u{1b}'), "{text}");
    }
}

// Without a device it looks at those that are likely meant, and says how many others there are.
#[test]
fn likely_devices_are_looked_at() {
    let text = said(&anydma(&["doctor", "--root", &page("laptop-vt-d")]));
    assert!(text.contains("0000:2e:00.0") && !text.contains("0000:00:02.0"), "{text}");
    assert!(text.contains("2 other functions not looked at"), "{text}");
}

// JSON has the verdicts, with reasons and commands, for programs.
#[test]
fn json_is_for_programs() {
    let output = anydma(&["--json", "doctor", "--root", &page("workstation-group"), "04:00.0"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let verdicts = value["functions"][0]["verdicts"].as_array().unwrap();
    let type1 = verdicts.iter().find(|it| it["road"] == "vfio-type1").unwrap();
    assert_eq!(type1["usable"], false);
    assert_eq!(type1["obstacles"][0]["reason"], "not-viable");
    assert!(type1["obstacles"][0]["remedy"]["commands"][0].is_string());
}

// What was captured of this host, as a page and as a folder, is examined elsewhere.
#[test]
fn captured_hosts_are_examined_elsewhere() {
    let (file, folder) = (Scratch::new("page"), Scratch::new("folder"));
    fs::create_dir(&folder.0).unwrap();
    for place in [&file, &folder] {
        let output = anydma(&["doctor", "--capture", place.path()]);
        assert!(output.status.success(), "{output:?}");
        let text = said(&anydma(&["doctor", "--root", place.path()]));
        assert!(text.contains("a copy, captured on Linux"), "{text}");
    }
    let page = said(&anydma(&["doctor", "--capture", "-"]));
    assert_eq!(page.lines().next(), Some("anydma-host 1"));
    assert!(!page.contains("root="), "the kernel's parameters are not all harmless: {page}");
}

// The list has ids, groups and drivers, names known cards, and leaves bridges out unless asked.
#[test]
fn functions_are_listed() {
    let text = said(&anydma(&["list", "--root", &page("workstation-group")]));
    for part in ["0000:04:00.0  10ee:9038  21     vfio-pci", "known card xdma", "igb"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(!text.contains("PCI bridge"));
    let text = said(&anydma(&["list", "--bridges", "--root", &page("workstation-group")]));
    assert!(text.contains("PCI bridge"), "{text}");
}

// What is no device, or no host, is one line with what to do.
#[test]
fn failures_say_what_to_do() {
    for (arguments, part) in [
        (&["doctor", "--root", "/nowhere"][..], "--capture"),
        (&["doctor", "--root", &page("container"), "9:9.0"], "anydma list"),
        (&["doctor", "--root", &page("container"), "card"], "lspci -D"),
        (&["list", "--root", "/dev/null"], "anydma-host 1"),
    ] {
        let output = anydma(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
        assert!(text.contains(part) && text.lines().count() == 1, "{arguments:?}: {text}");
    }
}

// The documentation shows runs as they are really printed.
#[test]
fn the_documentation_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/doctor.md");
    let documented = fs::read_to_string(path).unwrap();
    for arguments in [
        &["doctor", "--root", &page("workstation-group"), "04:00.0"][..],
        &["list", "--root", &page("workstation-group")],
    ] {
        let text = said(&anydma(arguments));
        assert!(documented.contains(&text), "docs/doctor.md does not show\n{text}");
    }
}
