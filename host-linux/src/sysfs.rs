//! The kernel's view of devices, as files below one folder.
#![forbid(unsafe_code)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::HostError;

/// Where sysfs is: `/sys`, or a copy of it in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysfs {
    root: PathBuf,
}

impl Default for Sysfs {
    fn default() -> Self {
        Self { root: PathBuf::from("/sys") }
    }
}

impl Sysfs {
    /// sysfs below another folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A place below it, as "bus/pci/devices".
    #[must_use]
    pub fn join(&self, below: impl AsRef<Path>) -> PathBuf {
        self.root.join(below)
    }
}

/// The content of a file, without the newline at its end.
pub(crate) fn read(path: &Path) -> Result<String, HostError> {
    let text = fs::read_to_string(path).map_err(|error| HostError::new("reading", path, error))?;
    Ok(text.trim_end().to_owned())
}

/// Writes to a file of sysfs.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), HostError> {
    fs::write(path, text).map_err(|error| HostError::new("writing to", path, error))
}

/// A file with one number in it, as "0x1234".
pub(crate) fn number(path: &Path) -> Result<u64, HostError> {
    let text = read(path)?;
    let digits = text.trim_start_matches("0x");
    u64::from_str_radix(digits, 16).map_err(|_| HostError::nonsense("reading", path, &text))
}

/// The last part of what a link points to; `None` if there is no such link.
pub(crate) fn link_name(path: &Path) -> Result<Option<String>, HostError> {
    match fs::read_link(path) {
        Ok(target) => Ok(target.file_name().map(|name| name.to_string_lossy().into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(HostError::new("reading the link", path, error)),
    }
}

/// The names in a folder, sorted; none if there is no such folder.
pub(crate) fn names(path: &Path) -> Result<Vec<String>, HostError> {
    let refused = |error| HostError::new("listing", path, error);
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(refused)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
