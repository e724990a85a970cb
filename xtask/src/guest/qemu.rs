//! The emulator, unpacked from Debian's packages and not installed.

use std::path::PathBuf;

use super::architecture::Architecture;
use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Error, Result};

/// The unpacked emulator.
#[derive(Debug)]
pub struct Qemu {
    packages: PathBuf,
}

impl Qemu {
    /// Fetched now if it is not there yet.
    ///
    /// # Errors
    ///
    /// A package cannot be had.
    pub fn fetch(debian: &Debian) -> Result<Self> {
        Ok(Self { packages: debian.bundle("qemu")? })
    }

    /// The emulator for a processor, without arguments but for where its data lie.
    #[must_use]
    pub fn command(&self, architecture: Architecture) -> Command {
        self.program(architecture.emulator())
    }

    /// One of its programs, without arguments but for where its data lie.
    #[must_use]
    pub fn program(&self, name: &str) -> Command {
        let usr = self.packages.join("usr");
        let libraries =
            [usr.join("lib/x86_64-linux-gnu"), self.packages.join("lib/x86_64-linux-gnu")];
        let libraries = libraries.map(|folder| folder.display().to_string()).join(":");
        Command::new(usr.join("bin").join(name))
            .env("LD_LIBRARY_PATH", libraries)
            .arg("-L")
            .arg(usr.join("share/qemu"))
            .arg("-L")
            .arg(usr.join("share/seabios"))
    }

    /// "QEMU emulator version 10.0.2 …"
    ///
    /// # Errors
    ///
    /// It does not run here: a library is missing, or this host has another processor.
    pub fn version(&self) -> Result<String> {
        let text = self.command(Architecture::X86).arg("--version").read().map_err(|error| {
            error.hint("the packages are for x86-64 with the C library of Debian 12 or newer")
        })?;
        let line = text.lines().next().map(str::to_owned);
        line.ok_or_else(|| Error::new("the emulator does not say its version"))
    }
}
