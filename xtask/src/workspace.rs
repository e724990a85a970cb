//! Where things are: the workspace, its packages, sources, build folder.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::error::{Context, Error, Result};

/// The workspace that this program belongs to.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// Where cargo builds; checks put what they build below it.
    pub target: PathBuf,
    /// What cargo says about it, dependencies included.
    pub metadata: Metadata,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    ///
    /// Run outside the workspace, or one of its `Cargo.toml` is not valid.
    pub fn find() -> Result<Self> {
        let mut command = MetadataCommand::new();
        if let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") {
            // `cargo run` says where this package is; the workspace is one above.
            command.current_dir(Path::new(&folder).join(".."));
        }
        let metadata = command.exec().context("cargo metadata").map_err(|error| {
            error.hint("run `cargo xtask` inside the project, and mend the Cargo.toml named above")
        })?;
        Ok(Self {
            root: metadata.workspace_root.clone().into_std_path_buf(),
            target: metadata.target_directory.clone().into_std_path_buf(),
            metadata,
        })
    }

    /// The packages of the workspace.
    #[must_use]
    pub fn packages(&self) -> Vec<&Package> {
        self.metadata.workspace_packages()
    }

    /// The package of this name.
    ///
    /// # Errors
    ///
    /// There is none in the workspace.
    pub fn package(&self, name: &str) -> Result<&Package> {
        let packages = self.packages();
        let found = packages.into_iter().find(|package| package.name == name);
        found.ok_or_else(|| {
            Error::new(format!("the workspace has no package {name}"))
                .hint("add its folder to the members in Cargo.toml")
        })
    }

    /// A path as one names it in the project: relative to the root, with `/`.
    #[must_use]
    pub fn relative(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    }

    /// Other workspaces inside the project: folders with a `Cargo.toml` that has a `[workspace]`.
    ///
    /// # Errors
    ///
    /// A folder cannot be listed.
    pub fn nested(&self) -> Result<Vec<PathBuf>> {
        let manifests = self.files(|path| path.file_name().is_some_and(|n| n == "Cargo.toml"))?;
        let mut found = Vec::new();
        for manifest in manifests {
            let text = crate::error::read(&manifest)?;
            let own = text.lines().any(|line| line.trim() == "[workspace]");
            if own && manifest.parent() != Some(&self.root) {
                found.extend(manifest.parent().map(Path::to_path_buf));
            }
        }
        Ok(found)
    }

    /// What cargo says about this and every nested workspace.
    ///
    /// # Errors
    ///
    /// A nested `Cargo.toml` is not valid.
    pub fn all_metadata(&self) -> Result<Vec<Metadata>> {
        let mut all = vec![self.metadata.clone()];
        for folder in self.nested()? {
            let mut command = MetadataCommand::new();
            let command = command.manifest_path(folder.join("Cargo.toml"));
            all.push(command.exec().context(folder.display())?);
        }
        Ok(all)
    }

    /// All Rust sources of the project, tests, benches and nested workspaces included.
    ///
    /// # Errors
    ///
    /// A folder cannot be listed.
    pub fn sources(&self) -> Result<Vec<PathBuf>> {
        self.files(|path| path.extension().is_some_and(|extension| extension == "rs"))
    }

    /// Files below the root that are kept, sorted; hidden and build folders are left out.
    ///
    /// # Errors
    ///
    /// A folder cannot be listed.
    pub fn files(&self, keep: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries =
                std::fs::read_dir(&folder).context(format_args!("list {}", folder.display()))?;
            for entry in entries {
                let entry = entry.context(folder.display())?;
                let path = entry.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                // A link to a folder is not followed: it may lead out, or round in a circle.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    let built = name == "target" || path == self.target;
                    if !built && !name.starts_with('.') {
                        folders.push(path);
                    }
                } else if keep(&path) {
                    found.push(path);
                }
            }
        }
        found.sort();
        Ok(found)
    }
}
