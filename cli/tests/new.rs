//! `anydma new`: what is made, what is refused, and that nothing is left.
//!
//! That what is made builds and conforms is `cargo xtask test made-crates`.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("anydma-new-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn description(name: &str) -> String {
    root().join("register-map/descriptions").join(name).display().to_string()
}

fn new(folder: &Path, arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_anydma"));
    command.arg("new").args(arguments).current_dir(folder).output().unwrap()
}

// A crate is made out of a description alone where its names say enough; what was taken by name is
// said, nothing in it is left to be filled in, and its copy of the description is guarded.
#[test]
fn crate_is_made_of_a_description() {
    let scratch = Scratch::new("made");
    let output = new(&scratch.0, &["my-card", "--svd", &description("edu.svd")]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("source       DMA_SOURCE  (by its name: look it up)"), "{text}");
    assert_eq!(scratch.names(), ["my-card"]);
    let files = [
        ".github/workflows/ci.yml",
        ".gitignore",
        "Cargo.toml",
        "README.md",
        "examples/transfer.rs",
        "registers.md",
        "registers.svd",
        "src/bin/bench.rs",
        "src/bin/test.rs",
        "src/channel.rs",
        "src/lib.rs",
        "src/model.rs",
        "src/registers.rs",
        "src/rig.rs",
        "tests/driver.rs",
    ];
    for file in files {
        let text = fs::read_to_string(scratch.0.join("my-card").join(file)).unwrap();
        assert!(!text.contains("todo!") && !text.contains("TODO"), "{file}");
        // Every word of a template was filled in.
        let words = text.split('@').skip(1).step_by(2);
        let left = |word: &&str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        };
        assert_eq!(words.filter(left).collect::<Vec<_>>(), Vec::<&str>::new(), "{file}");
    }
}

// Roles that flags name are written into the crate's copy of the description, whatever it has of
// ours already, so that the generator guards those registers.
#[test]
fn roles_are_written_into_the_description() {
    let scratch = Scratch::new("roles");
    let svd = scratch.0.join("plain.svd");
    let text = fs::read_to_string(description("edu.svd")).unwrap();
    let begin = text.find("<vendorExtensions>").unwrap();
    fs::write(&svd, format!("{}</device>\n", &text[..begin])).unwrap();
    let svd = svd.to_str().unwrap();
    let arguments = [
        "my-card",
        "--svd",
        svd,
        "--pci=1234:11e8",
        "--bar=0=EDU",
        "--source=DMA_SOURCE",
        "--destination=DMA_DESTINATION",
        "--length=DMA_COUNT",
        "--start=DMA_COMMAND.START",
        "--direction=DMA_COMMAND.DIRECTION",
        "--busy=DMA_COMMAND.START",
    ];
    let output = new(&scratch.0, &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let copy = fs::read_to_string(scratch.0.join("my-card/registers.svd")).unwrap();
    for element in [
        "<pci vendor=\"0x1234\" device=\"0x11e8\"/>",
        "<bar number=\"0\" peripheral=\"EDU\"/>",
        "<steering register=\"EDU.DMA_SOURCE\"/>",
        "<steering register=\"EDU.DMA_DESTINATION\"/>",
        "<doorbell register=\"EDU.DMA_COMMAND\"/>",
    ] {
        assert!(copy.contains(element), "no {element} in {copy}");
    }
    let registers = fs::read_to_string(scratch.0.join("my-card/src/registers.rs")).unwrap();
    assert!(registers.contains("pub const DMA_SOURCE: Def<Edu, u64, Steering,"));
}

// What cannot be is refused with one line that says what to do, and nothing is left behind.
#[test]
fn mistakes_are_explained_and_leave_nothing() {
    let scratch = Scratch::new("mistakes");
    fs::create_dir(scratch.0.join("there")).unwrap();
    fs::write(scratch.0.join("broken.svd"), "<device>").unwrap();
    let (edu, xdma, pl081) =
        (&description("edu.svd")[..], &description("xdma.svd")[..], &description("pl081.svd")[..]);
    let given = ["my-card", "--svd", edu];
    for (arguments, code, part) in [
        (&["Card", "--svd", edu][..], 2, "small letters"),
        (&["fn", "--svd", edu], 2, "a word of Rust"),
        (&["dma-core", "--svd", edu], 2, "something that the crate uses"),
        (&["../card", "--svd", edu], 2, "small letters"),
        (&["there", "--svd", edu], 1, "it is there already"),
        (&["my-card", "--svd", "nowhere.svd"], 1, "nowhere.svd"),
        (&["my-card", "--svd", "broken.svd"], 1, "register-gen"),
        (&["my-card", "--svd", pl081], 1, "--pci VENDOR:DEVICE"),
        (&["my-card", "--svd", xdma], 1, "--other-way FROM=TO"),
        (&["my-card", "--svd", pl081, "--pci", "1:2"], 1, "--bar 0=PERIPHERAL"),
        (&[&given[..], &["--length", "NOTHING"]].concat(), 1, "find the register NOTHING"),
        (&[&given[..], &["--length", "ID"]].concat(), 1, "no plain register"),
        (&[&given[..], &["--source", "DMA_COMMAND"]].concat(), 1, "it is a doorbell"),
        (&[&given[..], &["--busy", "STATUS"]].concat(), 1, "it is no field"),
        (&[&given[..], &["--finish", "LIVENESS=many"]].concat(), 1, "no number"),
        (&[&given[..], &["--before", "DMA_SOURCE=1"]].concat(), 1, "takes an address"),
        (&[&given[..], &["--acknowledge", "STATUS"]].concat(), 1, "named with --finish"),
        (&[&given[..], &["--acknowledge", "INTERRUPT_RAISE"]].concat(), 1, "cannot be read"),
        (&[&given[..], &["--bar", "0=NOTHING"]].concat(), 1, "no peripheral NOTHING"),
        (&[&given[..], &["--bar", "9=EDU"]].concat(), 2, "0=DMA@0x1000"),
        (&[&given[..], &["--bits", "80"]].concat(), 2, "12..=64"),
        (&[&given[..], &["--longest", "0"]].concat(), 1, "--longest 0"),
        (&[&given[..], &["--into", "nowhere"]].concat(), 1, "nowhere is no folder"),
        (&[&given[..], &["--workspace", "there"]].concat(), 1, "anydma's sources"),
    ] {
        let output = new(&scratch.0, arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {complaint}");
        assert!(complaint.contains(part), "{arguments:?}: no {part:?} in {complaint}");
        let mut names = scratch.names();
        names.sort();
        assert_eq!(names, ["broken.svd", "there"], "{arguments:?}");
    }
}
