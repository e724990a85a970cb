//! The suites that are cargo's own: formats, lints, documents, tests.

use std::path::PathBuf;

use crate::command::Command;
use crate::error::Result;
use crate::runner;
use crate::suite::Verdict;
use crate::targets::build_std_command;
use crate::workspace::Workspace;

/// The suite `fmt`: every source of every workspace is formatted.
///
/// # Errors
///
/// A file is not; `cargo fmt --all` mends it.
pub fn fmt(workspace: &Workspace) -> Result<Verdict> {
    let mut folders = vec![workspace.root.clone()];
    folders.extend(workspace.nested()?);
    for folder in &folders {
        let command = Command::cargo(folder).args(["fmt", "--all", "--check"]);
        let mend = "run `cargo fmt --all` in that workspace";
        command.run().map_err(|error| error.hint(mend))?;
    }
    Ok(Verdict::passed(format!("{} workspaces", folders.len())))
}

/// The suite `clippy`: no warning, with the default features and with all of them.
///
/// # Errors
///
/// There is a warning.
pub fn clippy(workspace: &Workspace) -> Result<Verdict> {
    let lint = |folder: &std::path::Path, arguments: &[&str]| {
        let command = Command::cargo(folder).arg("clippy").args(arguments);
        command.args(["--", "-D", "warnings"]).run()
    };
    let root = &workspace.root;
    lint(root, &["--workspace", "--all-targets"])?;
    lint(root, &["--workspace", "--all-targets", "--all-features"])?;
    let nested = workspace.nested()?;
    for folder in &nested {
        lint(folder, &[])?;
    }
    let images = images(workspace)?;
    for (folder, package, target) in &images {
        let command = build_std_command(workspace, target, "clippy")?.folder(folder);
        command.args(["--release", "--package", package, "--", "-D", "warnings"]).run()?;
    }
    Ok(Verdict::passed(format!(
        "default and all features; {} nested workspaces, {} images",
        nested.len(),
        images.len()
    )))
}

/// Packages that are built for another machine, as `[package.metadata.image]` says: the folder of
/// their workspace, their name, their target.
fn images(workspace: &Workspace) -> Result<Vec<(PathBuf, String, String)>> {
    let mut found = Vec::new();
    for metadata in workspace.all_metadata()? {
        let folder = metadata.workspace_root.clone().into_std_path_buf();
        for package in metadata.workspace_packages() {
            if let Some(target) = package.metadata["image"]["target"].as_str() {
                found.push((folder.clone(), package.name.to_string(), target.to_owned()));
            }
        }
    }
    Ok(found)
}

/// The suite `docs`: documents build without a warning, and the examples in them run.
///
/// # Errors
///
/// A link is broken, or an example fails.
pub fn docs(workspace: &Workspace) -> Result<Verdict> {
    Command::cargo(&workspace.root)
        .args(["doc", "--workspace", "--no-deps", "--all-features"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()?;
    Command::cargo(&workspace.root).args(["test", "--workspace", "--doc", "--quiet"]).run()?;
    Ok(Verdict::passed("documents and their examples"))
}

/// The suite `unit`: every test of the workspace.
///
/// # Errors
///
/// A test fails, or there is none.
pub fn unit(workspace: &Workspace) -> Result<Verdict> {
    let tests = runner::run(Command::cargo(&workspace.root), &["--workspace"], &[])?;
    Ok(Verdict::passed(tests.to_string()))
}
