//! Pins: at which version a package was tried, and its checksum.
//!
//! All of them stand in one file, `xtask/pins.toml`, so that moving to a newer one is one line.

use std::path::Path;

use serde::Deserialize;

use super::Bundle;
use crate::command::Command;
use crate::error::{Context, Error, Result, read};

/// One package at one version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Name of the binary package.
    pub name: String,
    /// Its whole Debian version.
    pub version: String,
    /// "amd64", "arm64" or "all".
    pub architecture: String,
    /// Suites of the archive to look in.
    pub suites: Vec<String>,
    /// Checksum of the .deb in hexadecimal.
    pub sha256: String,
}

/// All pins of the project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pins {
    package: Vec<Pin>,
    #[serde(default)]
    bundle: Vec<Bundle>,
}

impl Pins {
    /// Reads the file of pins.
    ///
    /// # Errors
    ///
    /// The file is missing or not of its form; the message has the line.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&read(path)?).map_err(|error| error.within(path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let pins: Self = toml::from_str(text).context("pins")?;
        let bundled = pins.bundle.iter().flat_map(|bundle| bundle.pins(&bundle.release));
        for pin in pins.package.iter().cloned().chain(bundled) {
            let hexadecimal = pin.sha256.chars().all(|digit| digit.is_ascii_hexdigit());
            if pin.sha256.len() != 64 || !hexadecimal {
                let message = format!("pin of {}: sha256 is not 64 hexadecimal digits", pin.name);
                return Err(Error::new(message).hint("take it from `sha256sum FILE.deb`"));
            }
        }
        Ok(pins)
    }

    /// The bundle of this name.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn bundle(&self, name: &str) -> Result<&Bundle> {
        let found = self.bundle.iter().find(|bundle| bundle.name == name);
        found.ok_or_else(|| {
            Error::new(format!("no bundle of packages is called {name}"))
                .hint("add name, architecture, suites and packages to xtask/pins.toml")
        })
    }

    /// The pin of a package.
    ///
    /// # Errors
    ///
    /// There is none of this name.
    pub fn find(&self, name: &str) -> Result<&Pin> {
        let found = self.package.iter().find(|pin| pin.name == name);
        found.ok_or_else(|| {
            Error::new(format!("no pin for the package {name}"))
                .hint("add name, version, architecture, suites and sha256 to xtask/pins.toml")
        })
    }
}

impl Pin {
    /// Compares a downloaded file with the pinned checksum.
    ///
    /// # Errors
    ///
    /// It differs: the file is not what the project was tried with.
    pub fn verify(&self, deb: &Path) -> Result<()> {
        let line = Command::new("sha256sum").arg(deb).read()?;
        let found = line.split_whitespace().next().unwrap_or_default();
        // A file name with unusual characters gets a backslash in front of the checksum.
        if found.trim_start_matches('\\').eq_ignore_ascii_case(&self.sha256) {
            return Ok(());
        }
        Err(Error::new(format!(
            "{} {}: sha256 is {found}, pinned is {}",
            self.name, self.version, self.sha256
        ))
        .hint("the archive changed a published file: find out why before you change the pin"))
    }
}

/// Whether a Debian version is of this upstream release: "1:1.95.0+dfsg1-1~bpo13+1" of "1.95.0".
pub(super) fn is_release(version: &str, release: &str) -> bool {
    let upstream = version.split_once(':').map_or(version, |(_, rest)| rest);
    match upstream.strip_prefix(release) {
        Some(rest) => !rest.starts_with(|next: char| next.is_ascii_digit() || next == '.'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    fn pins(sha256: &str) -> Result<Pins> {
        Pins::parse(&format!(
            "[[package]]\nname = \"a\"\nversion = \"1-1\"\narchitecture = \"all\"\n\
             suites = [\"trixie\"]\nsha256 = \"{sha256}\"\n"
        ))
    }

    // A pin is found by its name, and a missing one says where to add it.
    #[test]
    fn pin_is_found_by_name() {
        let pins = pins(DIGITS).unwrap();
        assert_eq!(pins.find("a").unwrap().version, "1-1");
        assert!(pins.find("b").unwrap_err().to_string().contains("pins.toml"));
    }

    // A checksum that is no checksum is refused when the file is read.
    #[test]
    fn short_checksum_is_refused() {
        assert!(pins("abc").unwrap_err().to_string().contains("64"));
    }

    // Unknown keys are typing errors, not comments.
    #[test]
    fn unknown_key_is_refused() {
        assert!(Pins::parse("[[package]]\nnaem = \"a\"\n").is_err());
    }

    // 1.95.0 is not 1.95.01 nor 1.9, and an epoch does not matter.
    #[test]
    fn release_is_compared_as_a_whole() {
        assert!(is_release("1.95.0+dfsg1-1~bpo13+1", "1.95.0"));
        assert!(is_release("1:1.95.0-1", "1.95.0"));
        assert!(!is_release("1.95.01-1", "1.95.0"));
        assert!(!is_release("1.95.0.1-1", "1.95.0"));
        assert!(!is_release("1.85.0-1", "1.95.0"));
    }

    // A file whose checksum differs from the pin is refused.
    #[test]
    fn wrong_checksum_is_refused() {
        let file = std::env::temp_dir().join(format!("anydma-pin-{}", std::process::id()));
        std::fs::write(&file, "x").unwrap();
        let pin = pins(DIGITS).unwrap().package.remove(0);
        let refused = pin.verify(&file);
        std::fs::remove_file(&file).unwrap();
        assert!(refused.unwrap_err().to_string().contains("pinned is aaaa"));
    }
}
