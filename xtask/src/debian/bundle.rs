//! A bundle: packages that are of use only together, unpacked into one folder.
//!
//! An emulator with its libraries, a kernel with its modules, a compiler with its headers. Each
//! package is pinned like any other. The folder is named after the pins, so it stays what it is
//! until a pin moves, and `VERSIONS` in it says what was really taken.
//!
//! A kernel's package has the kernel's version in its *name*. Such names are written with
//! `{release}`; when the pinned release has gone, the newest one that has all packages is taken.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::apt::{self, Apt};
use super::{Debian, Fingerprint, Pin, choice};
use crate::command::Command;
use crate::error::{Context, Error, Result, write};

/// Packages to be unpacked together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// What it is called here.
    pub name: String,
    /// "amd64", "arm64" or "all".
    pub architecture: String,
    /// Suites of the archive to look in.
    pub suites: Vec<String>,
    /// What stands for `{release}` in names of packages.
    #[serde(default)]
    pub release: String,
    /// Name of each package, its whole Debian version, checksum of its .deb.
    packages: Vec<(String, String, String)>,
}

impl Bundle {
    /// The pins of its packages at this release.
    pub(super) fn pins(&self, release: &str) -> Vec<Pin> {
        let pin = |(name, version, sha256): &(String, String, String)| Pin {
            name: name.replace("{release}", release),
            version: version.clone(),
            architecture: self.architecture.clone(),
            suites: self.suites.clone(),
            sha256: sha256.clone(),
        };
        self.packages.iter().map(pin).collect()
    }

    /// "qemu-0123456789abcdef": changes with every pin.
    fn folder_name(&self) -> String {
        let mut fingerprint = Fingerprint::default().with(&self.architecture);
        for pin in self.pins(&self.release) {
            fingerprint = fingerprint.with(pin.name).with(pin.version).with(pin.sha256);
        }
        format!("{}-{fingerprint}", self.name)
    }

    /// Releases that a list of package names has for the first package with `{release}`.
    fn releases(&self, names: &[String]) -> Vec<String> {
        let pattern = self.packages.iter().find_map(|(name, ..)| name.split_once("{release}"));
        let Some((before, after)) = pattern else {
            return Vec::new();
        };
        let release = |name: &String| {
            let rest = name.strip_prefix(before)?.strip_suffix(after)?;
            // "7.3.4+deb13" is a release; "7.3.4+deb13-rt" is another flavour.
            let plain = rest.starts_with(|first: char| first.is_ascii_digit());
            (plain && rest.split('-').skip(1).all(is_number)).then(|| rest.to_owned())
        };
        names.iter().filter_map(release).collect()
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit())
}

impl Debian {
    /// The folder with all packages of a bundle, fetched now if it is not there yet.
    ///
    /// # Errors
    ///
    /// No bundle of this name, a package is not in the archive, no network, a wrong checksum.
    pub fn bundle(&self, name: &str) -> Result<PathBuf> {
        let bundle = self.pins.bundle(name)?;
        let target = self.bundle_folder(name)?;
        if target.is_dir() {
            return Ok(target);
        }
        let _lock = self.cache.lock()?;
        if !target.is_dir() {
            let fetched = self.fetch_bundle(bundle, &target);
            fetched.map_err(|error| error.within(format_args!("packages of {name}")))?;
        }
        Ok(target)
    }

    /// Where the packages of a bundle are once they are fetched; changes with every pin.
    ///
    /// # Errors
    ///
    /// No bundle of this name.
    pub fn bundle_folder(&self, name: &str) -> Result<PathBuf> {
        let name = self.pins.bundle(name)?.folder_name();
        Ok(self.cache.folder().join("bundles").join(name))
    }

    fn fetch_bundle(&self, bundle: &Bundle, target: &Path) -> Result<()> {
        println!("  fetching the packages of {}", bundle.name);
        let apt = Apt::prepare(&self.cache, &bundle.suites, &bundle.architecture)?;
        apt.update()?;
        let (pins, there) = resolve(bundle, &apt)?;
        let work = self.cache.scratch(&bundle.name)?;
        let unpacked = work.join("unpacked");
        let mut wanted = Vec::new();
        for pin in &pins {
            let version = choice::choose(pin, &there[&pin.name], &|_| true)?;
            wanted.push((pin.name.clone(), version));
        }
        let files = apt.download(&wanted, &work)?;
        let mut versions = String::new();
        for ((pin, deb), (name, version)) in pins.iter().zip(&files).zip(&wanted) {
            if *version == pin.version {
                pin.verify(deb)?;
            }
            apt::unpack(deb, &unpacked)?;
            let _ = writeln!(versions, "{name} {version}");
        }
        write(&unpacked.join("VERSIONS"), &versions)?;
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).context(parent.display())?;
        }
        std::fs::rename(&unpacked, target)
            .context(format_args!("move {} into place", target.display()))?;
        std::fs::remove_dir_all(&work).context(format_args!("remove {}", work.display()))
    }
}

/// Versions of each package in the archive, newest first.
type There = BTreeMap<String, Vec<String>>;

/// The pins at the release to take, and what the archive has of them.
fn resolve(bundle: &Bundle, apt: &Apt) -> Result<(Vec<Pin>, There)> {
    let look = |release: &str| -> Result<(Vec<Pin>, There)> {
        let pins = bundle.pins(release);
        let names: Vec<&str> = pins.iter().map(|pin| pin.name.as_str()).collect();
        let there = apt.versions(&names)?;
        Ok((pins, there))
    };
    let complete = |there: &There| there.values().all(|versions| !versions.is_empty());
    let (pins, there) = look(&bundle.release)?;
    if complete(&there) || bundle.release.is_empty() {
        return Ok((pins, there));
    }
    let beginnings = bundle.packages.iter().map(|(name, ..)| name.split_once("{release}"));
    let beginning = beginnings.flatten().map(|(before, _)| before).next().unwrap_or_default();
    let mut releases = bundle.releases(&apt.names(beginning)?);
    sort_newest_first(&mut releases)?;
    for release in &releases {
        let (pins, there) = look(release)?;
        if complete(&there) {
            println!("    {}: pinned {} has gone; taking {release}", bundle.name, bundle.release);
            return Ok((pins, there));
        }
    }
    Err(Error::new(format!(
        "neither release {} nor another one is in {}",
        bundle.release,
        bundle.suites.join(", ")
    ))
    .hint("name a suite that has it, release, versions and sha256, in xtask/pins.toml"))
}

/// As Debian compares versions.
fn sort_newest_first(versions: &mut Vec<String>) -> Result<()> {
    let mut sorted: Vec<String> = Vec::new();
    for version in versions.drain(..) {
        let mut at = 0;
        while at < sorted.len() {
            let compare = Command::new("dpkg").arg("--compare-versions");
            let compare = compare.args([version.as_str(), "gt", sorted[at].as_str()]);
            if compare.capture()?.status.success() {
                break;
            }
            at += 1;
        }
        sorted.insert(at, version);
    }
    *versions = sorted;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        let package = |name: &str| (name.to_owned(), "7.3.4-1".to_owned(), "0".repeat(64));
        Bundle {
            name: "kernel".to_owned(),
            architecture: "amd64".to_owned(),
            suites: vec!["trixie-backports".to_owned()],
            release: "7.3.4+deb13".to_owned(),
            packages: vec![package("linux-modules-{release}-cloud-amd64"), package("kmod")],
        }
    }

    // The release stands in names of packages, and the folder is named after the pins.
    #[test]
    fn release_is_part_of_names() {
        let mut bundle = bundle();
        let pins = bundle.pins(&bundle.release);
        assert_eq!(pins[0].name, "linux-modules-7.3.4+deb13-cloud-amd64");
        assert_eq!(pins[1].name, "kmod");
        let before = bundle.folder_name();
        bundle.packages[1].1 = "2-1".to_owned();
        assert_ne!(bundle.folder_name(), before);
        assert!(before.starts_with("kernel-"));
    }

    // Other releases of the same flavour are found, other flavours are not.
    #[test]
    fn releases_of_the_same_flavour_are_found() {
        let names = [
            "linux-modules-7.3.5+deb13-cloud-amd64",
            "linux-modules-5.10.0-32-cloud-amd64",
            "linux-modules-7.3.5+deb13-rt-cloud-amd64",
            "linux-modules-cloud-amd64",
            "linux-modules-7.3.5+deb13-amd64",
        ];
        let found = bundle().releases(&names.map(str::to_owned));
        assert_eq!(found, ["7.3.5+deb13", "5.10.0-32"]);
    }

    // Versions are compared as Debian does, not as text.
    #[test]
    fn newest_release_comes_first() {
        let mut versions =
            ["7.3.9+deb13", "7.3.10+deb13", "7.3.10~rc1"].map(str::to_owned).to_vec();
        sort_newest_first(&mut versions).unwrap();
        assert_eq!(versions, ["7.3.10+deb13", "7.3.10~rc1", "7.3.9+deb13"]);
    }
}
