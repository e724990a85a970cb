//! `anydma explain` as its users meet it.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const STORY: &str = include_str!("../../diagnostics/tests/logs/xavier.log");

fn anydma(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_anydma"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may end before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A file of its own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("anydma-{}-{name}", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

// The story's log from a file and from standard input: found, explained, exit code 3, no colours
// where there is no terminal.
#[test]
fn the_story_is_explained() {
    let file = Scratch::new("story", STORY);
    for output in [anydma(&["explain", file.path()], ""), anydma(&["explain"], STORY)] {
        assert_eq!(output.status.code(), Some(3));
        let text = said(&output);
        for part in ["buffer #1", "0x1000, 0x0, 0x2fc00", "physical address", "not duplicates"] {
            assert!(text.contains(part), "no {part} in {text}");
        }
        assert!(!text.contains('\u{1b}'), "colours without a terminal");
    }
}

// The documentation shows a run as it is really printed.
#[test]
fn the_documentation_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/explain.md");
    let page = fs::read_to_string(path).unwrap();
    for block in [STORY, &said(&anydma(&["explain"], STORY))] {
        assert!(page.contains(block), "docs/explain.md does not show\n{block}");
    }
}

// JSON has the same findings, for programs.
#[test]
fn json_is_for_programs() {
    let output = anydma(&["explain", "--json"], STORY);
    assert_eq!(output.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = value["groups"][0]["findings"].as_array().unwrap();
    let kinds: Vec<_> = findings.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["level", "twins", "buffer", "physical-address"]);
    assert_eq!(value["groups"][0]["addresses"][0], 0xc210_2000u64);
}

// A table of mappings names the buffer.
#[test]
fn a_table_names_the_buffer() {
    let table = r#"{"mappings":[{"iova":3255836672,"length":4194304,"direction":"from-device","label":"ring"}]}"#;
    let table = Scratch::new("table", table);
    let output = anydma(&["explain", "--mappings", table.path()], STORY);
    let text = said(&output);
    assert!(text.contains("wanted to read the buffer \"ring\""), "{text}");
}

// No fault is exit code 0, and proves nothing.
#[test]
fn a_quiet_log_is_success() {
    let output = anydma(&["explain"], "[ 1.0] usb 1-1: new device\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("proves nothing"));
}

// What cannot be done is one line on standard error and exit code 1, wrong arguments are 2.
#[test]
fn failures_say_what_was_tried() {
    let table = Scratch::new("broken", "{}");
    for (arguments, code, part) in [
        (&["explain", "/nowhere/log"][..], 1, "cannot open /nowhere/log"),
        (&["explain", "--mappings", table.path()], 1, "no table of mappings"),
        (&["man", "nothing"], 1, "completions, man"),
        (&["explain", "--colour"], 2, "--colour"),
        (&[], 2, "Usage"),
    ] {
        let output = anydma(arguments, "");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(part), "{arguments:?}: {text}");
        if code == 1 {
            assert_eq!(text.lines().count(), 1, "{text}");
        }
    }
}

// A log that grows is explained as it grows, with the buffers that were announced before.
#[test]
fn a_growing_log_is_followed() {
    let file = Scratch::new("growing", "");
    let mut child = Command::new(env!("CARGO_BIN_EXE_anydma"))
        .args(["explain", "--follow", file.path()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut log: File = OpenOptions::new().append(true).open(file.path()).unwrap();
    let mut story = STORY.split_inclusive('\n');
    for _ in 0..3 {
        log.write_all(story.next().unwrap().as_bytes()).unwrap();
    }
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("wanted to read 0xc2103000"), "{first}");
    let mut seen = |part: &str| lines.by_ref().map(Result::unwrap).any(|line| line.contains(part));
    assert!(seen("buffer #1"));
    log.write_all(story.next().unwrap().as_bytes()).unwrap();
    assert!(seen("wanted to read 0xc2102000"));
    assert!(seen("buffer #1"));
    child.kill().unwrap();
    child.wait().unwrap();
}

// Completions and manual pages are there for every command.
#[test]
fn completions_and_manual_pages_are_made() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = anydma(&["completions", shell], "");
        assert!(output.status.success() && said(&output).contains("explain"), "{shell}");
    }
    for (arguments, part) in [(&["man"][..], "Exit codes"), (&["man", "explain"], "mappings")] {
        let output = anydma(arguments, "");
        assert!(output.status.success() && said(&output).contains(part), "{arguments:?}");
    }
}
