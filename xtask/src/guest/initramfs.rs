//! The initial file system of a guest: one archive after another.
//!
//! Writing all of it takes a few milliseconds, less than it would take to find out whether an
//! older one could be kept.

use std::path::{Path, PathBuf};

use guest_init::job::{self, Job};

use super::architecture::Architecture;
use super::cpio::Archive;
use super::kernel::Module;
use super::program;
use crate::debian::Debian;
use crate::error::{Context, Result};

/// Where a guest has its modules and its programs.
const MODULES: &str = "/modules";
const PROGRAMS: &str = "/tests";

/// What goes into an initial file system.
#[derive(Debug)]
pub struct Content<'a> {
    /// The first process.
    pub init: &'a Path,
    /// Modules in the order to load them.
    pub modules: &'a [Module],
    /// Programs of this host.
    pub programs: &'a [PathBuf],
    /// What to do.
    pub job: &'a Job,
}

impl Content<'_> {
    /// Writes the archive.
    ///
    /// # Errors
    ///
    /// A file cannot be read, the archive cannot be written, or the package of the shell cannot
    /// be had.
    pub fn write(&self, path: &Path, architecture: Architecture, debian: &Debian) -> Result<()> {
        let mut bytes = base(self.init, architecture, debian)?;
        bytes.extend(modules(self.modules)?);
        bytes.extend(programs(self.programs)?);
        let job = serde_json::to_string(self.job).context("write the job")?;
        bytes.extend(Archive::default().file(job::PATH, false, job.as_bytes())?.finish()?);
        std::fs::write(path, bytes).context(format_args!("write {}", path.display()))
    }
}

/// The first process, a shell, and the folders that the kernel fills.
fn base(init: &Path, architecture: Architecture, debian: &Debian) -> Result<Vec<u8>> {
    let shell = debian.bundle(&format!("busybox-{}", architecture.debian()))?;
    let mut archive = Archive::default();
    for folder in ["bin", "dev", "proc", "sys", "tmp", "etc"] {
        archive = archive.folder(folder)?;
    }
    archive
        .device("dev/console", 5, 1)?
        .copy("bin/busybox", true, &shell.join("bin/busybox"))?
        .link("bin/sh", "busybox")?
        .file(
            "etc/passwd",
            false,
            b"root:x:0:0:root:/:/bin/sh\nuser:x:1000:1000:user:/tmp:/bin/sh\n",
        )?
        .file("etc/group", false, b"root:x:0:\nuser:x:1000:\n")?
        .copy("init", true, init)?
        .finish()
}

fn modules(modules: &[Module]) -> Result<Vec<u8>> {
    let mut archive = Archive::default().folder(MODULES)?;
    for module in modules {
        archive = archive.file(&module_file(&module.name), false, &module.content)?;
    }
    archive.finish()
}

fn programs(programs: &[PathBuf]) -> Result<Vec<u8>> {
    let mut archive = Archive::default().folder(PROGRAMS)?;
    for program in programs {
        archive = archive.copy(&program_file(program)?, true, program)?;
    }
    archive.finish()
}

/// The file of a module in a guest.
#[must_use]
pub fn module_file(name: &str) -> String {
    format!("{MODULES}/{name}.ko")
}

/// The file of a program in a guest.
///
/// # Errors
///
/// The path ends in no name.
pub fn program_file(program: &Path) -> Result<String> {
    Ok(format!("{PROGRAMS}/{}", program::name(program)?))
}
