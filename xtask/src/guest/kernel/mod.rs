//! Kernels for guests: Debian's, unpacked for a quick start, and our own.

pub mod build;
mod compilers;
pub mod dkms;
mod image;
mod modules;
pub mod ours;
pub mod prepared;

pub use build::Recipe;
pub use modules::{Module, Modules};

use std::path::{Path, PathBuf};

use super::architecture::Architecture;
use super::host::{Host, Release};
use crate::debian::Debian;
use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// A kernel that is ready to be started.
#[derive(Debug)]
pub struct Kernel {
    /// What the emulator starts.
    pub image: PathBuf,
    /// Where its modules are; `None` if it has all it needs built in.
    modules: Option<PathBuf>,
    /// Our own module, where the host shall have it.
    ours: Option<Module>,
}

impl Kernel {
    /// The kernel of a host, fetched, unpacked or built now if it is not there yet.
    ///
    /// # Errors
    ///
    /// A package cannot be had or is not of the form that we know; our own kernel does not build.
    pub fn of(host: &Host, workspace: &Workspace, debian: &Debian) -> Result<Self> {
        let wanted = host.modules().iter().any(|(name, _)| *name == ours::NAME);
        let target = ours::Target::of(host).filter(|_| wanted);
        let ours = target.map(|target| ours::module(workspace, debian, target)).transpose()?;
        if let Some(bundle) = bundle(host) {
            return Ok(Self { ours, ..Self::packaged(&bundle, host.architecture, debian)? });
        }
        let recipe = match host.release {
            Release::Debug => Recipe::DEBUG,
            _ => Recipe::EVERYDAY,
        };
        let image = build::kernel(workspace, debian, recipe)?.join("vmlinux");
        Ok(Self { image, modules: None, ours })
    }

    fn packaged(bundle: &str, architecture: Architecture, debian: &Debian) -> Result<Self> {
        let packages = debian.bundle(bundle)?;
        let modules = modules_folder(&packages)?;
        let image = image_file(&packages, &modules)?;
        if architecture == Architecture::Arm {
            return Ok(Self { image, modules: Some(modules), ours: None });
        }
        let name = packages.file_name().unwrap_or_default();
        let unpacked = debian.cache().folder().join("kernels").join(name).join("vmlinux");
        if !unpacked.is_file() {
            let _lock = debian.cache().lock_making("unpacked-kernels")?;
            let packed = std::fs::read(&image).context(image.display())?;
            let kernel = image::unpack(packed).map_err(|error| error.within(image.display()))?;
            place(&unpacked, &kernel)?;
        }
        Ok(Self { image: unpacked, modules: Some(modules), ours: None })
    }

    /// The modules of these names, with those they depend on, in the order to load them.
    ///
    /// # Errors
    ///
    /// The kernel has no such module, or it cannot be unpacked.
    pub fn modules(&self, wanted: &[&str]) -> Result<Vec<Module>> {
        let (own, wanted): (Vec<&str>, Vec<&str>) =
            wanted.iter().partition(|name| **name == ours::NAME);
        let mut modules = match &self.modules {
            Some(folder) => Modules::find(folder)?.load_order(&wanted)?,
            None => Vec::new(),
        };
        // It needs nothing that is a module.
        modules.extend(self.ours.iter().filter(|_| !own.is_empty()).cloned());
        Ok(modules)
    }
}

/// The bundle of packages that a host's kernel comes in; `None` if it is our own.
pub(super) fn bundle(host: &Host) -> Option<String> {
    match host.release {
        Release::Debian73 => Some(debian_bundle(host.architecture)),
        Release::Debian510 => Some(format!("kernel-5.10-{}", host.architecture.debian())),
        Release::Own | Release::Debug => None,
    }
}

/// The bundle of Debian's newest kernel, which takes modules in Rust.
fn debian_bundle(architecture: Architecture) -> String {
    format!("kernel-7.3-{}", architecture.debian())
}

/// The only folder in `lib/modules`, which newer packages have below `usr`.
fn modules_folder(packages: &Path) -> Result<PathBuf> {
    let places = ["usr/lib/modules", "lib/modules"].map(|place| packages.join(place));
    for place in places.iter().filter(|place| place.is_dir()) {
        let mut entries = std::fs::read_dir(place).context(place.display())?;
        if let Some(entry) = entries.next() {
            return Ok(entry.context(place.display())?.path());
        }
    }
    Err(Error::new(format!("no kernel modules in {}", packages.display()))
        .hint("the packages changed their layout: see xtask/src/guest/kernel/mod.rs"))
}

/// The image: beside the modules in newer packages, in `boot` in older ones.
fn image_file(packages: &Path, modules: &Path) -> Result<PathBuf> {
    let release = modules.file_name().unwrap_or_default().to_string_lossy();
    let places = [modules.join("vmlinuz"), packages.join(format!("boot/vmlinuz-{release}"))];
    let found = places.into_iter().find(|place| place.is_file());
    found.ok_or_else(|| {
        Error::new(format!("no image of the kernel {release} in {}", packages.display()))
            .hint("the packages changed their layout: see xtask/src/guest/kernel/mod.rs")
    })
}

/// Writes a file that appears whole or not at all.
fn place(path: &Path, content: &[u8]) -> Result<()> {
    let part = path.with_extension("part");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).context(format_args!("create {}", folder.display()))?;
    }
    std::fs::write(&part, content).context(format_args!("write {}", part.display()))?;
    std::fs::rename(&part, path).context(format_args!("move {} into place", path.display()))
}
