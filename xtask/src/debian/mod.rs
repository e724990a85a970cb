//! Files out of Debian packages, without root and without naming a mirror.
//!
//! What a test needs beyond the toolchain (library sources for bare targets, emulators, kernels)
//! comes from the archive that this host already trusts: the address and the keyring are those
//! of its own apt sources, signatures are checked by apt itself, and nothing on the host changes
//! outside one cache folder.
//!
//! ```text
//!   /etc/apt ──sources──► private apt folders ──download──► .deb ──dpkg -x──► cache/debian/NAME_VERSION_ARCH/
//!                              pins.toml: version and checksum ──┘        several together ──► cache/bundles/NAME-FINGERPRINT/
//! ```

mod apt;
mod bundle;
mod cache;
mod choice;
mod fingerprint;
mod pins;
mod sources;

pub use bundle::Bundle;
pub use cache::{Cache, Lock};
pub use fingerprint::Fingerprint;
pub use pins::{Pin, Pins};
pub use sources::{Archive, Entry};

use std::path::{Path, PathBuf};

use crate::error::{Context, Result};

/// The packages of this host's Debian archive.
#[derive(Debug)]
pub struct Debian {
    cache: Cache,
    pins: Pins,
}

impl Debian {
    /// With the project's pins and the user's cache folder.
    ///
    /// # Errors
    ///
    /// The pins cannot be read, or there is no place for a cache.
    pub fn open(root: &Path) -> Result<Self> {
        Ok(Self { cache: Cache::open()?, pins: Pins::read(&root.join("xtask/pins.toml"))? })
    }

    /// The cache folder itself, for what is made from packages.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The folder of an unpacked package, fetched now if it is not there yet.
    ///
    /// The pinned version is taken if there is one; else, and saying so, the newest of the same
    /// package. With `upstream`, only versions of that upstream release are taken ("1.95.0"
    /// takes 1.95.0+dfsg1-1).
    ///
    /// # Errors
    ///
    /// No pin of this name, no such package in the archive, no network, or a wrong checksum.
    pub fn package(&self, name: &str, upstream: Option<&str>) -> Result<PathBuf> {
        let pin = self.pins.find(name)?;
        let suits = |version: &str| upstream.is_none_or(|wanted| pins::is_release(version, wanted));
        let pinned = self.cache.package(name, &pin.version, &pin.architecture);
        if suits(&pin.version) && pinned.is_dir() {
            return Ok(pinned);
        }
        let _lock = self.cache.lock()?;
        if suits(&pin.version) && pinned.is_dir() {
            return Ok(pinned);
        }
        self.fetch(pin, &suits).or_else(|error| {
            let unpacked = self.cache.unpacked(name, &pin.architecture)?;
            match unpacked.into_iter().find(|(version, _)| suits(version)) {
                Some((version, folder)) => {
                    println!("    {name}: taking {version}, which is in the cache, since: {error}");
                    Ok(folder)
                }
                None => Err(error.within(format_args!("Debian package {name}"))),
            }
        })
    }

    fn fetch(&self, pin: &Pin, suits: &dyn Fn(&str) -> bool) -> Result<PathBuf> {
        let apt = apt::Apt::prepare(&self.cache, &pin.suites, &pin.architecture)?;
        apt.update()?;
        let versions = apt.versions(&[&pin.name])?;
        let wanted = choice::choose(pin, &versions[&pin.name], suits)?;
        let target = self.cache.package(&pin.name, &wanted, &pin.architecture);
        if target.is_dir() {
            return Ok(target);
        }
        let work = self.cache.scratch(&pin.name)?;
        let files = apt.download(&[(pin.name.clone(), wanted.clone())], &work)?;
        let unpacked = work.join("unpacked");
        for deb in &files {
            if wanted == pin.version {
                pin.verify(deb)?;
            }
            apt::unpack(deb, &unpacked)?;
        }
        std::fs::rename(&unpacked, &target)
            .context(format_args!("move {} into place", target.display()))?;
        std::fs::remove_dir_all(&work).context(format_args!("remove {}", work.display()))?;
        Ok(target)
    }
}
