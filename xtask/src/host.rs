//! What a report says about where and when its figures were taken.

use crate::command::Command;
use crate::error::Result;
use crate::workspace::Workspace;

/// "2026-11-22, commit 1a2b3c4, 2 cores, rustc 1.95.0."
///
/// # Errors
///
/// git, rustc or date cannot be run.
pub fn stamp(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let date = Command::new("date").args(["-u", "+%Y-%m-%d"]).read()?;
    let git = |arguments: &[&str]| Command::new("git").folder(root).args(arguments).read();
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let with = match changed.trim() {
        "" => "",
        _ => " with changes",
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let release = crate::targets::release()?;
    Ok(format!("{}, commit {}{with}, {cores} cores, rustc {release}.", date.trim(), commit.trim()))
}
