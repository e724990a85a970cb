//! `cargo xtask regen`: writes the code generated from descriptions.
//!
//! With `--check` it only compares; the suite `regen` does that.

use std::path::PathBuf;

use register_map_codegen::Report;

use crate::error::{Context, Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// The suite `regen`: what is checked in is what would be generated.
///
/// # Errors
///
/// As [`run`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let report = run(workspace, true)?;
    Ok(Verdict::passed(format!("{} files are fresh", report.fresh.len())))
}

/// Writes everything that is generated; with `check` only compares it, and prints what it did.
///
/// # Errors
///
/// A description has errors, a file cannot be read or written, or (with `check`) is stale.
pub fn run(workspace: &Workspace, check: bool) -> Result<Report> {
    let report = register_map_codegen::regen(&workspace.root, check).context("generate")?;
    for (description, diagnostic) in &report.diagnostics {
        println!("  {}: {diagnostic}", workspace.relative(description));
    }
    let names = |files: &[PathBuf]| {
        let names: Vec<String> = files.iter().map(|file| workspace.relative(file)).collect();
        names.join("\n    ")
    };
    if !report.written.is_empty() {
        println!("  written:\n    {}", names(&report.written));
    }
    println!("  {} files were fresh", report.fresh.len());
    if report.fresh.is_empty() && report.written.is_empty() && report.stale.is_empty() {
        return Err(Error::new("there is nothing to generate")
            .hint("descriptions are expected in register-map/descriptions"));
    }
    if report.stale.is_empty() {
        return Ok(report);
    }
    Err(Error::new(format!("stale:\n    {}", names(&report.stale)))
        .hint("run `cargo xtask regen` and look at what changed"))
}
