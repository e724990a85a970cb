//! Debian's kernel, prepared for modules in Rust.
//!
//! Its headers package has no metadata of Rust. They are made again: the kernel's own options and
//! compilers, `modules_prepare` in the sources, and the list of symbols out of the headers package.
//! Anybody does the same for the kernel of a distribution; see `docs/kernel-module.md`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::build::{BINDGEN, Builder, keep};
use super::compilers::{self, kernel_name};
use super::modules_folder;
use crate::debian::{Debian, Fingerprint};
use crate::error::{Context, Error, Result, read, write};
use crate::guest::architecture::Architecture;
use crate::workspace::Workspace;

/// Counts up when the recipe below changes what comes out.
const RECIPE: &str = "1";
/// What of the sources modules are built with, besides that of their processor.
const SOURCES: &[&str] =
    &["Makefile", "Kbuild", ".clippy.toml", ".rustfmt.toml", "include", "rust/Makefile", "scripts"];
/// What of what was made, likewise.
const BUILT: &[&str] =
    &[".config", ".kernelvariables", "Module.symvers", "include", "rust", "scripts"];
/// Options that hang on what else there is on the host that builds: what can sign modules, what
/// links programs for that processor, and for its predecessor. They are about keys, and about the page
/// that the kernel lends to programs of 32 bits; nothing that a module sees differs by them.
const OF_THE_HOST: [&str; 5] = [
    "CONFIG_MODULE_SIG_KEY_TYPE_",
    "CONFIG_OPENSSL_SUPPORTS_",
    "CONFIG_CC_CAN_LINK=",
    "CONFIG_COMPAT_VDSO=",
    "CONFIG_THUMB2_COMPAT_VDSO=",
];

/// What is not built: what signs modules, which needs headers that a host may lack; what describes the
/// kernel's types to programs in it; what the kernel lends to programs of 32 bits, which needs a compiler
/// of its own. The kernel's own options stay.
const NOT_NEEDED: [&str; 3] =
    ["CONFIG_MODULE_SIG_FORMAT=", "CONFIG_DEBUG_INFO_BTF=", "CONFIG_COMPAT_VDSO="];

/// The folder with `source` and `build` for modules of Debian's kernel; made now if need be.
///
/// # Errors
///
/// A package cannot be had, packages are of different releases, this compiler makes another kernel
/// of its options, or the build fails.
pub fn development(
    workspace: &Workspace,
    debian: &Debian,
    architecture: Architecture,
) -> Result<PathBuf> {
    let processor = architecture.debian();
    let headers = headers_bundle(architecture);
    let mut made_with = Fingerprint::default().with(RECIPE).with(BINDGEN);
    for bundle in ["kernel-tools", "kernel-source", compilers::BUNDLE, &headers] {
        let folder = debian.bundle_folder(bundle)?;
        made_with = made_with.with(folder.file_name().unwrap_or_default().as_encoded_bytes());
    }
    let kernels = debian.cache().folder().join("kernels");
    let target = kernels.join(format!("debian-{processor}-{made_with}"));
    if target.is_dir() {
        return Ok(target);
    }
    let _lock = debian.cache().lock_making(&format!("debian-{processor}-kernel"))?;
    if target.is_dir() {
        return Ok(target);
    }
    let start = Instant::now();
    println!("  preparing Debian's {processor} kernel for modules: some minutes, once");
    let headers = headers_folder(&debian.bundle(&headers)?)?;
    let release = release(&headers, debian, architecture)?;
    let builder = Builder::of_debian(debian, architecture)?;
    builder.bindgen(&workspace.root)?;
    let work = kernels.join(format!("debian-{processor}-in-the-making"));
    let tree = builder.unpack(&work, made_with)?;
    let build = work.join("build");
    std::fs::create_dir_all(&build).context(format_args!("create {}", build.display()))?;
    // The second has the compilers by name, for `make` in that folder.
    for file in [".config", ".kernelvariables", "Module.symvers"] {
        let from = headers.join(file);
        std::fs::copy(&from, build.join(file)).context(format_args!("copy {}", from.display()))?;
    }
    let named = format!("KERNELRELEASE={release}");
    builder.make(&tree, &build).arg(&named).arg("olddefconfig").run()?;
    let file = ".config";
    same(&read(&headers.join(file))?, &read(&build.join(file))?)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let make = builder.make(&tree, &build).arg(format!("-j{cores}")).arg(&named);
    make.args(NOT_NEEDED).arg("modules_prepare").run()?;

    let product = work.join("product");
    if product.exists() {
        std::fs::remove_dir_all(&product).context(format_args!("empty {}", product.display()))?;
    }
    let mut parts = [SOURCES, BUILT].map(<[&str]>::to_vec);
    let kernel = kernel_name(architecture);
    let folder = ["Makefile", "include"].map(|part| format!("arch/{kernel}/{part}"));
    parts[0].extend(folder.iter().map(String::as_str));
    parts[1].push(&folder[1]);
    if architecture == Architecture::X86 {
        parts[0].push("arch/x86/Makefile_32.cpu");
        parts[1].push("tools/objtool/objtool");
    }
    keep(&tree, &parts[0], &product.join("source"))?;
    keep(&build, &parts[1], &product.join("build"))?;
    // For `make -C …/build M=…`, as for an installed kernel.
    let (source, beside) = (target.join("source"), target.join("build"));
    let (source, beside) = (source.display(), beside.display());
    let text = format!("export KBUILD_OUTPUT = {beside}\ninclude {source}/Makefile\n");
    write(&product.join("build/Makefile"), &text)?;
    std::fs::rename(&product, &target)
        .context(format_args!("move {} into place", target.display()))?;
    std::fs::remove_dir_all(&work).context(format_args!("remove {}", work.display()))?;
    let seconds = start.elapsed().as_secs_f64();
    println!("  Debian's {processor} kernel {release} is prepared, in {seconds:.0} s");
    Ok(target)
}

/// The bundle with the headers of the kernel that guests boot.
pub(in crate::guest) fn headers_bundle(architecture: Architecture) -> String {
    format!("kernel-headers-7.3-{}", architecture.debian())
}

/// The folder with the kernel's options and symbols.
fn headers_folder(packages: &Path) -> Result<PathBuf> {
    let sources = packages.join("usr/src");
    let entries =
        std::fs::read_dir(&sources).context(format_args!("list {}", sources.display()))?;
    let mut folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    folders.find(|folder| folder.join("Module.symvers").is_file()).ok_or_else(|| {
        Error::new(format!("no list of symbols in {}", sources.display()))
            .hint("the package changed its layout: see xtask/src/guest/kernel/prepared.rs")
    })
}

/// The release that the headers are of, which is that of the kernel which guests boot.
fn release(headers: &Path, debian: &Debian, architecture: Architecture) -> Result<String> {
    let name = headers.file_name().unwrap_or_default().to_string_lossy();
    let release = name.strip_prefix("linux-headers-").unwrap_or(&name).to_owned();
    let kernel = modules_folder(&debian.bundle(&super::debian_bundle(architecture))?)?;
    let booted = kernel.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if release == booted {
        return Ok(release);
    }
    Err(Error::new(format!("the headers are of {release}, and guests boot {booted}"))
        .hint("pin both at one release in xtask/pins.toml"))
}

/// Whether the compilers make the same of the options as those that the kernel was built with.
fn same(wanted: &str, made: &str) -> Result<()> {
    let counts = |line: &&str| {
        let name = line.trim_start_matches("# ");
        name.starts_with("CONFIG_") && !OF_THE_HOST.iter().any(|other| name.starts_with(other))
    };
    let lacks = |these: &str, those: &str| -> Vec<String> {
        let other: std::collections::BTreeSet<&str> = those.lines().collect();
        let all = these.lines().filter(counts).filter(|line| !other.contains(line));
        all.map(str::to_owned).collect()
    };
    let differing = [lacks(wanted, made), lacks(made, wanted)].concat();
    if differing.is_empty() {
        return Ok(());
    }
    Err(Error::new(format!("these compilers make another kernel of it: {}", differing.join(", ")))
        .hint("pin the compilers that it was built with in xtask/pins.toml: its config names them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Options that come out otherwise are named, from both sides; those of the host's keys are not.
    #[test]
    fn other_options_are_named() {
        let wanted =
            "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_OPENSSL_SUPPORTS_ML_DSA=y\n# words\n";
        assert!(same(wanted, "CONFIG_A=y\n# CONFIG_B is not set\n").is_ok());
        let error = same(wanted, "CONFIG_A=y\nCONFIG_B=y\n").unwrap_err().to_string();
        assert!(error.contains("CONFIG_B is not set, CONFIG_B=y"), "{error}");
        assert!(!error.contains("OPENSSL") && !error.contains("words"), "{error}");
    }
}
