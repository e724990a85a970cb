//! A copy of the workspace in which each call can be left out by its number.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::sites::Site;
use crate::error::{Context, Error, Result, read};
use crate::workspace::Workspace;

/// Which call a run leaves out.
pub(super) const VARIABLE: &str = "ANYDMA_LEFT_OUT";

/// What the copy's core gets, for all crates of the copy.
const SWITCH: &str = r#"
/// Which call of the copy is left out.
pub mod left_out {
    extern crate std;

    static NUMBER: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();

    /// Whether this one is.
    pub fn is(number: u32) -> bool {
        let read = || std::env::var("ANYDMA_LEFT_OUT").ok().and_then(|text| text.parse().ok());
        *NUMBER.get_or_init(read) == Some(number)
    }
}
"#;

/// Writes the copy, below the build folder. Files that did not change keep their age, so that a
/// second run builds nothing.
pub(super) fn copy(workspace: &Workspace, sites: &[Site]) -> Result<PathBuf> {
    let tree = workspace.target.join("left-out/tree");
    let mut kept = Vec::new();
    // Links to folders are for the fuzzers, which the copy does not build.
    for path in workspace.files(|path| !path.is_dir())? {
        let to = tree.join(path.strip_prefix(&workspace.root).unwrap_or(&path));
        let fresh = if path.extension().is_some_and(|extension| extension == "rs") {
            switched(workspace, &path, sites)?.into_bytes()
        } else {
            std::fs::read(&path).context(format_args!("read {}", path.display()))?
        };
        if std::fs::read(&to).ok().as_ref() != Some(&fresh) {
            if let Some(folder) = to.parent() {
                std::fs::create_dir_all(folder)
                    .context(format_args!("create {}", folder.display()))?;
            }
            std::fs::write(&to, fresh).context(format_args!("write {}", to.display()))?;
        }
        kept.push(to);
    }
    // A source that is gone would be found by `cargo` as a test of its own.
    prune(&tree, &kept)?;
    Ok(tree)
}

fn prune(folder: &Path, kept: &[PathBuf]) -> Result<()> {
    for entry in std::fs::read_dir(folder).context(format_args!("list {}", folder.display()))? {
        let path = entry.context(folder.display())?.path();
        if path.is_dir() {
            prune(&path, kept)?;
        } else if !kept.contains(&path) {
            std::fs::remove_file(&path).context(format_args!("remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// A source with its calls behind the switch.
fn switched(workspace: &Workspace, path: &Path, sites: &[Site]) -> Result<String> {
    let mut text = read(path)?;
    let core = workspace.root.join("dma-core");
    let switch = if path.starts_with(&core) { "crate" } else { "dma_core" };
    let mut own: Vec<_> = sites.iter().enumerate().filter(|(_, site)| site.path == path).collect();
    own.sort_by_key(|(_, site)| site.bytes.start);
    let apart = |pair: &[(usize, &Site)]| pair[0].1.bytes.end <= pair[1].1.bytes.start;
    if !own.windows(2).all(apart) {
        return Err(Error::new(format!("{}: one hand-over within another", path.display())));
    }
    for (number, site) in own.into_iter().rev() {
        let call = text[site.bytes.clone()].to_owned();
        let call = format!("if !{switch}::left_out::is({number}) {{ {call} }}");
        text.replace_range(site.bytes.clone(), &call);
    }
    if path == core.join("src/lib.rs") {
        text.write_str(SWITCH).context("add the switch")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The name of the variable is the one that the copy reads.
    #[test]
    fn the_copy_reads_the_variable() {
        assert!(SWITCH.contains(&format!("var(\"{VARIABLE}\")")));
    }
}
