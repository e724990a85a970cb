//! `ThreadSanitizer` over the simulated machine in real time.
//!
//! The cards work on a thread of their own and engines on several, so that every byte and every
//! word that changes hands without an order is a data race that the sanitizer reports. The
//! standard library is built with it: else its locks would be invisible. Barriers of DMA are
//! instructions that the sanitizer does not know; on the simulated machine the order comes from
//! its lock, which every register access and every hand-over takes.

use super::checks::HOST;
use super::{Options, Outcome};
use crate::command::Command;
use crate::error::{Error, Result};
use crate::runner;
use crate::targets::library_sources;
use crate::workspace::Workspace;

/// Programs of tests, each with which of its tests.
const PROGRAMS: [(&str, &str, &str); 4] = [
    ("channels", "real_time", ""),
    ("conformance", "simulated", "real_time"),
    ("backend-mock", "machine", "real_time"),
    ("backend-mock", "engine", "threads"),
];

pub(super) fn run(workspace: &Workspace, _: &Options) -> Result<Outcome> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).read()?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(HOST).join("lib");
    let entries = std::fs::read_dir(&library);
    let runtime = entries.is_ok_and(|entries| {
        let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        names.any(|name| name.to_string_lossy().ends_with("_rt.tsan.a"))
    });
    if !runtime {
        return Ok(Outcome::CannotRun(
            Error::new(format!("the toolchain has no runtime of ThreadSanitizer for {HOST}"))
                .hint("use the official toolchain on x86-64 Linux"),
        ));
    }
    let sources = library_sources(&workspace.root)?;
    let mut figures = Vec::new();
    for (package, program, tests) in PROGRAMS {
        let text = Command::cargo(&workspace.root)
            // Flags that the stable toolchain keeps behind this variable.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("__CARGO_TESTS_ONLY_SRC_ROOT", &sources)
            .env("RUSTFLAGS", "-Zsanitizer=thread")
            .env("CARGO_TARGET_DIR", workspace.target.join("thread-sanitizer"))
            .env("TSAN_OPTIONS", "halt_on_error=1")
            .args(["test", "--quiet", "-Zbuild-std", "--target", HOST])
            .args(["--package", package, "--test", program, "--", tests])
            .watch()?;
        figures.push(format!("{package}/{program}: {}", runner::parse_cargo(&text)?));
    }
    Ok(Outcome::Passed {
        command: "cargo xtask soak tsan".to_owned(),
        figures: format!("no report of the sanitizer; {}", figures.join(", ")),
    })
}
