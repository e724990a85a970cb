//! One folder for everything fetched, shared by runs at the same time.
//!
//! `$ANYDMA_CACHE`, else `$XDG_CACHE_HOME/anydma`, else `~/.cache/anydma`. A package appears in
//! it whole or not at all: it is unpacked aside and renamed, under a lock.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::{Context, Error, Result};

/// The cache folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// Held by the one run that fetches; ends when dropped, or when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Cache {
    /// The user's cache folder, made if needed.
    ///
    /// # Errors
    ///
    /// There is no home folder, or it cannot be made.
    pub fn open() -> Result<Self> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let folder = if let Some(folder) = variable("ANYDMA_CACHE") {
            PathBuf::from(folder)
        } else if let Some(folder) = variable("XDG_CACHE_HOME") {
            Path::new(&folder).join("anydma")
        } else if let Some(home) = variable("HOME") {
            Path::new(&home).join(".cache/anydma")
        } else {
            return Err(Error::new("no place for the cache of packages")
                .hint("set ANYDMA_CACHE to a folder"));
        };
        Self::at(&folder)
    }

    /// A cache in this folder, made if needed.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn at(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder.join("debian"))
            .context(format_args!("create {}", folder.display()))?;
        let folder = folder.canonicalize().context(format_args!("find {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits until no other run fetches, then keeps others waiting.
    ///
    /// # Errors
    ///
    /// The lock file cannot be made or locked.
    pub fn lock(&self) -> Result<Lock> {
        self.lock_file("lock")
    }

    /// The same for one thing that takes long to make, while others may still fetch.
    ///
    /// # Errors
    ///
    /// The lock file cannot be made or locked.
    pub fn lock_making(&self, name: &str) -> Result<Lock> {
        self.lock_file(&format!("lock-{name}"))
    }

    fn lock_file(&self, name: &str) -> Result<Lock> {
        let path = self.folder.join(name);
        let file = File::create(&path).context(format_args!("create {}", path.display()))?;
        file.lock().context(format_args!("lock {}", path.display()))?;
        Ok(Lock { _file: file })
    }

    /// Where a package is when it is unpacked.
    #[must_use]
    pub fn package(&self, name: &str, version: &str, architecture: &str) -> PathBuf {
        let folder = format!("{name}_{version}_{architecture}");
        self.folder.join("debian").join(folder)
    }

    /// Versions of a package that are here, unpacked.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn unpacked(&self, name: &str, architecture: &str) -> Result<Vec<(String, PathBuf)>> {
        let folder = self.folder.join("debian");
        let entries =
            std::fs::read_dir(&folder).context(format_args!("list {}", folder.display()))?;
        let mut found = Vec::new();
        for entry in entries.filter_map(std::result::Result::ok) {
            let file_name = entry.file_name().to_string_lossy().into_owned();
            let parts: Vec<&str> = file_name.split('_').collect();
            if let [package, version, kind] = parts[..]
                && package == name
                && kind == architecture
            {
                found.push((version.to_owned(), entry.path()));
            }
        }
        found.sort();
        Ok(found)
    }

    /// An empty folder to work in; call under the lock.
    ///
    /// # Errors
    ///
    /// It cannot be emptied or made.
    pub fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join("scratch").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).context(format_args!("empty {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).context(format_args!("create {}", folder.display()))?;
        Ok(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Unpacked packages are found again by name and architecture; scratch folders are empty.
    #[test]
    fn unpacked_packages_are_found_again() {
        let place = std::env::temp_dir().join(format!("anydma-cache-{}", std::process::id()));
        let cache = Cache::at(&place).unwrap();
        std::fs::create_dir_all(cache.package("a", "1-1", "all")).unwrap();
        std::fs::create_dir_all(cache.package("a-b", "2-1", "all")).unwrap();
        std::fs::create_dir_all(cache.package("a", "3-1", "arm64")).unwrap();
        let found = cache.unpacked("a", "all").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "1-1");

        let scratch = cache.scratch("a").unwrap();
        std::fs::write(scratch.join("left-over"), "x").unwrap();
        assert!(!cache.scratch("a").unwrap().join("left-over").exists());
        std::fs::remove_dir_all(place).unwrap();
    }

    // Only one holder of the lock at a time; dropping it lets the next one in.
    #[test]
    fn lock_keeps_others_out_until_dropped() {
        let place = std::env::temp_dir().join(format!("anydma-lock-{}", std::process::id()));
        let cache = Cache::at(&place).unwrap();
        let held = cache.lock().unwrap();
        let other = File::open(cache.folder().join("lock")).unwrap();
        assert!(other.try_lock().is_err());
        drop(held);
        assert!(other.try_lock().is_ok());
        std::fs::remove_dir_all(place).unwrap();
    }
}
