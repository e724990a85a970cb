//! Who depends on whom, why, and under which licence.
//!
//! Three rules, read from what cargo says and from the text of each `Cargo.toml`: rooms know only
//! whom the plan of the house lets them know; each dependency on others' code has one line of
//! reason; each licence is on the list.

mod licence;
mod reason;
mod rooms;

use std::path::PathBuf;

use cargo_metadata::Metadata;

use crate::error::{Error, Result, read};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// The suite `deps`, and the command: checks all three rules in all workspaces.
///
/// # Errors
///
/// Lists every breach, and where the rules stand.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let all = workspace.all_metadata()?;
    let ours = rooms::ours(&all);
    let mut breaches = Vec::new();
    let (mut edges, mut reasons, mut others) = (0, 0, 0);
    for metadata in &all {
        edges += rooms::check(metadata, &ours, &mut breaches);
        for manifest in manifests(metadata) {
            let name = workspace.relative(&manifest);
            reasons += reason::check(&name, &read(&manifest)?, &ours, &mut breaches);
        }
        others += licence::check(metadata, &mut breaches);
    }
    breaches.sort();
    breaches.dedup();
    if breaches.is_empty() {
        return Ok(Verdict::passed(format!(
            "{edges} edges between our crates, {reasons} reasons, {others} licences"
        )));
    }
    Err(Error::new(format!("{} breaches:\n    {}", breaches.len(), breaches.join("\n    ")))
        .hint("change the dependency; or, if the plan itself changes, xtask/src/deps"))
}

/// Prints who knows whom.
#[must_use]
pub fn table(workspace: &Workspace) -> String {
    let ours = rooms::ours(std::slice::from_ref(&workspace.metadata));
    rooms::table(&workspace.metadata, &ours)
}

/// The manifests of a workspace: that of its root and of its packages.
fn manifests(metadata: &Metadata) -> Vec<PathBuf> {
    let mut found = vec![metadata.workspace_root.join("Cargo.toml").into_std_path_buf()];
    for package in metadata.workspace_packages() {
        let manifest = package.manifest_path.clone().into_std_path_buf();
        if !found.contains(&manifest) {
            found.push(manifest);
        }
    }
    found
}
