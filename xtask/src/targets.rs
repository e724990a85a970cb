//! Building for targets without an operating system, on the stable toolchain.
//!
//! The toolchain has no `core` for these targets. If its own library sources are installed they
//! are used, else those of Debian's `rust-src` of the very same release, from the cache. That
//! needs two variables which cargo reserves for such purposes; they are set for this one command.

use std::path::{Path, PathBuf};

use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// The targets that our `no_std` crates must build for.
pub const BARE_TARGETS: [&str; 4] = [
    "thumbv7em-none-eabihf",
    "thumbv8m.main-none-eabihf",
    "aarch64-unknown-none",
    "riscv32imac-unknown-none-elf",
];

/// The crates that run without an operating system.
const BARE_CRATES: [&str; 5] =
    ["dma-core", "register-map", "channels", "backend-bare", "conformance"];

/// A cargo command (`verb` is "build", "rustc", …) for a target, building `core` if it must.
///
/// What it builds lies in `build-std` below the workspace's build folder. The caller appends
/// packages, profile and whatever the verb takes.
///
/// # Errors
///
/// The toolchain has neither the target nor library sources, and Debian's cannot be fetched.
pub fn build_std_command(workspace: &Workspace, target: &str, verb: &str) -> Result<Command> {
    let command = Command::cargo(&workspace.root)
        .args([verb, "--target", target, "--target-dir"])
        .arg(workspace.target.join("build-std"));
    let sysroot = sysroot()?;
    let installed = sysroot.join("lib/rustlib").join(target).join("lib");
    if installed.is_dir() {
        return Ok(command);
    }
    let library = sysroot.join("lib/rustlib/src/rust/library");
    let command = command.arg("-Zbuild-std=core").env("RUSTC_BOOTSTRAP", "1");
    if library.is_dir() {
        return Ok(command);
    }
    let library = library_sources(&workspace.root)?;
    Ok(command.env("__CARGO_TESTS_ONLY_SRC_ROOT", library))
}

/// Sources of the standard library of the toolchain's release, from Debian.
///
/// # Errors
///
/// The archive has no `rust-src` of this release, or cannot be reached.
pub fn library_sources(root: &Path) -> Result<PathBuf> {
    let release = release()?;
    let package = Debian::open(root)?.package("rust-src", Some(&release))?;
    let sources = package.join("usr/src");
    let library = sources.join(format!("rustc-{release}/library"));
    if library.is_dir() {
        return Ok(library);
    }
    Err(Error::new(format!("no {} in rust-src", library.display()))
        .hint("the package changed its layout: see xtask/src/targets.rs"))
}

/// "1.95.0": what `rustc -vV` calls its release.
///
/// # Errors
///
/// `rustc` cannot be run or says nothing of the kind.
pub fn release() -> Result<String> {
    let text = Command::new("rustc").arg("-vV").read()?;
    let release = text.lines().find_map(|line| line.strip_prefix("release: "));
    release.map(str::to_owned).ok_or_else(|| Error::new("`rustc -vV` names no release"))
}

fn sysroot() -> Result<PathBuf> {
    let text = Command::new("rustc").args(["--print", "sysroot"]).read()?;
    Ok(PathBuf::from(text.trim()))
}

/// The suite `targets`: every crate that promises to run without an operating system builds so.
///
/// # Errors
///
/// Library sources cannot be had, or a build fails.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    for target in BARE_TARGETS {
        let mut command = build_std_command(workspace, target, "build")?;
        for name in BARE_CRATES {
            workspace.package(name)?;
            command = command.args(["--package", name]);
        }
        command.run()?;
    }
    let (crates, targets) = (BARE_CRATES.len(), BARE_TARGETS.len());
    Ok(Verdict::passed(format!("{crates} crates for {targets} targets")))
}
