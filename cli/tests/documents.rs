//! What documents say that the command prints, it prints.
//!
//! A block of text that begins with `$ anydma …` is a run: the lines below are all of its output,
//! errors last. With `ANYDMA_WRITE_DOCUMENTS` set, the blocks are written instead. What a guest printed
//! stands below a mark that says which, and is compared where guests run.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What begins a run.
const RUN: &str = "$ anydma ";

/// What begins the line above a run in a guest.
const SEEN: &str = "<!-- seen: ";

/// The documents with runs.
const DOCUMENTS: &[&str] = &["docs/regs.md", "docs/new.md", "docs/test-and-bench.md"];

/// What lines say of the machine that the test runs on, by their first word, and what stands in the documents.
const OF_THIS_MACHINE: &[(&str, &str)] =
    &[("kernel", "Linux 6.12.0, x86_64"), ("system", "Debian GNU/Linux 13 (trixie)")];

/// What a command prints, in a folder in which nothing lies about.
fn run(line: &str, folder: &Path) -> String {
    let words = line.split_whitespace();
    let output = Command::new(env!("CARGO_BIN_EXE_anydma"))
        .args(words.map(|word| word.trim_matches('\'')))
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    let lines = text.lines().chain(complaint.lines()).map(|line| {
        let same = |(word, _): &&(&str, &str)| line.starts_with(&format!("{word:8} "));
        match OF_THIS_MACHINE.iter().find(same) {
            Some((word, value)) => format!("{word:8} {value}\n"),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

/// A folder in which commands may leave something, with the descriptions in it; gone when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(root: &Path) -> Self {
        let path = std::env::temp_dir().join(format!("anydma-documents-{}", std::process::id()));
        fs::create_dir(&path).unwrap();
        std::os::unix::fs::symlink(root.join("register-map"), path.join("register-map")).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The document with its runs as they are now.
fn renewed(text: &str, folder: &Path) -> (String, usize) {
    let (mut out, mut runs) = (String::new(), 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        if line.starts_with(SEEN) {
            // All of the block, from its first line of back-quotes to its last.
            let mut marks = 0;
            while marks < 2 {
                let line = lines.next().unwrap();
                marks += usize::from(line.starts_with("```"));
                writeln!(out, "{line}").unwrap();
            }
        } else if let Some(arguments) = line.strip_prefix(RUN) {
            runs += 1;
            out.push_str(&run(arguments, folder));
            // What stood there is compared as a whole.
            let end = lines.find(|line| *line == "```");
            writeln!(out, "{}", end.unwrap()).unwrap();
        }
    }
    (out, runs)
}

// Every run in the documents is what the command prints today.
#[test]
fn runs_in_documents_are_what_is_printed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap();
    let scratch = Scratch::new(&root);
    let write = std::env::var_os("ANYDMA_WRITE_DOCUMENTS").is_some();
    for name in DOCUMENTS {
        let path = root.join(name);
        let there = fs::read_to_string(&path).unwrap();
        let (now, runs) = renewed(&there, &scratch.0);
        assert!(runs > 0, "{name} has no run");
        if write {
            fs::write(&path, now).unwrap();
        } else {
            assert!(there == now, "{name} is stale; it would be\n{now}");
        }
    }
}
