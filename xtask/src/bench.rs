//! `cargo xtask bench`: runs the benchmarks and collects their tables.
//!
//! A benchmark is a program of the package `benchmarks` that prints a Markdown table of ratios:
//! two things interleaved in one process, since times on shared machines swing. Nothing here is a
//! gate; counted instructions are (see [`counts`](crate::counts)).

use std::fmt::Write as _;

use cargo_metadata::TargetKind;

use crate::command::Command;
use crate::error::{Error, Result, write};
use crate::host;
use crate::workspace::Workspace;

/// Program whose functions are counted and not timed.
const COUNTED: &str = "counts";

/// The profile of the workspace's `Cargo.toml` by which benchmarks are built.
const PROFILE: &str = "measured";

/// Runs benchmarks: those named, or all. With `keep`, writes `docs/benchmarks.md`.
///
/// # Errors
///
/// There is no benchmark of a name, or one fails.
pub fn run(workspace: &Workspace, names: &[String], keep: bool) -> Result<()> {
    let package = workspace.package("benchmarks")?;
    let programs = package
        .targets
        .iter()
        .filter(|target| target.kind.contains(&TargetKind::Bin) && target.name != COUNTED);
    let all: Vec<&str> = programs.map(|target| target.name.as_str()).collect();
    if all.is_empty() {
        return Err(Error::new("the package benchmarks has no program")
            .hint("add one: benchmarks/src/bin/NAME.rs that prints a Markdown table"));
    }
    if let Some(name) = names.iter().find(|name| !all.contains(&name.as_str())) {
        let message = format!("there is no benchmark {name:?}");
        return Err(Error::new(message).hint(format!("name some of: {}", all.join(", "))));
    }
    Command::cargo(&workspace.root)
        .args(["build", "--profile", PROFILE, "--package", "benchmarks", "--bins"])
        .run()?;
    let mut report = format!(
        "# Benchmarks\n\nRatios of two things measured in turns in one process. {} {}\n\
         Written by `cargo xtask bench --write`. Built by the profile `{PROFILE}`: one program, optimised \
         as a whole (`lto = \"fat\"`, `codegen-units = 1`).\n",
        host::stamp(workspace)?,
        shared()
    );
    for name in all {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("\n== {name}");
        let program = workspace.target.join(PROFILE).join(name);
        let table = Command::new(program).folder(&workspace.root).read()?;
        print!("{table}");
        let _ = write!(report, "\n## {name}\n\n{}\n", table.trim_end());
    }
    if keep {
        let path = workspace.root.join("docs/benchmarks.md");
        write(&path, &report)?;
        println!("\nwritten to {}", workspace.relative(&path));
    }
    Ok(())
}

/// How busy the machine was, where the system says so: who shares it slows what is measured, and
/// the two of a ratio not always alike.
pub(crate) fn shared() -> String {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    match text.split_whitespace().next() {
        Some(load) => format!("{load} programs wanted its {processors} processors meanwhile."),
        None => String::new(),
    }
}
