//! The standard library for 64-bit ARM, with its test harness, built once and kept.
//!
//! Sources are those of the toolchain's own release. A private sysroot with the built libraries
//! then serves every further build without unstable options. Nothing of C is compiled; linking
//! takes the C library's static parts from Debian's packages and the toolchain's own linker.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::architecture::Architecture;
use crate::command::Command;
use crate::debian::{Debian, Fingerprint};
use crate::error::{Context, Error, Result, write};
use crate::targets::library_sources;
use crate::workspace::Workspace;

/// Counts up when the recipe below changes what comes out.
const RECIPE: &str = "2";
/// Links the C library into the program.
const STATIC: &str = "-Ctarget-feature=+crt-static";

/// How to build static programs for a processor: flags for rustc.
///
/// # Errors
///
/// Sources of the library or packages cannot be had, or the library does not build.
pub fn rustc_flags(
    architecture: Architecture,
    workspace: &Workspace,
    debian: &Debian,
) -> Result<Vec<String>> {
    match architecture {
        Architecture::X86 => Ok(vec![STATIC.to_owned()]),
        Architecture::Arm => {
            let mut flags = linking(debian)?;
            let installed = toolchain()?.join("lib/rustlib").join(architecture.target());
            if !installed.join("lib").is_dir() {
                let sysroot = sysroot(architecture, workspace, debian)?;
                flags.push(format!("--sysroot={}", sysroot.display()));
            }
            Ok(flags)
        }
    }
}

/// Folder of the toolchain.
fn toolchain() -> Result<PathBuf> {
    let text = Command::new("rustc").args(["--print", "sysroot"]).read()?;
    Ok(PathBuf::from(text.trim()))
}

/// Flags that link a static program for 64-bit ARM without a C compiler.
fn linking(debian: &Debian) -> Result<Vec<String>> {
    let packages = debian.bundle("cross-arm64")?;
    let host = Command::new("rustc").args(["--print", "host-tuple"]).read()?;
    let linker = toolchain()?.join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
    let script = script(&linker, &packages)?;
    let fingerprint = Fingerprint::default().with(&script);
    let path = debian.cache().folder().join("sysroots").join(format!("link-{fingerprint}"));
    if !path.is_file() {
        let _lock = debian.cache().lock_making("sysroot")?;
        write(&path, &script)?;
        std::fs::set_permissions(&path, Permissions::from_mode(0o755)).context(path.display())?;
    }
    Ok(vec![
        STATIC.to_owned(),
        "-Crelocation-model=static".to_owned(),
        format!("-Clinker={}", path.display()),
        "-Clinker-flavor=ld.lld".to_owned(),
    ])
}

/// A program that links as a C compiler would: start files around the objects, in its order.
fn script(linker: &Path, packages: &Path) -> Result<String> {
    let c = packages.join("usr/aarch64-linux-gnu/lib");
    let gcc = newest(&packages.join("usr/lib/gcc-cross/aarch64-linux-gnu"))?;
    let before = [c.join("crt1.o"), c.join("crti.o"), gcc.join("crtbeginT.o")];
    let after = [gcc.join("crtend.o"), c.join("crtn.o")];
    for file in before.iter().chain(&after).chain([&linker.to_path_buf()]) {
        if !file.is_file() {
            return Err(Error::new(format!("no {}", file.display()))
                .hint("the packages changed their layout: see xtask/src/guest/sysroot.rs"));
        }
    }
    let quoted = |path: &PathBuf| format!("'{}'", path.display());
    let line = |paths: &[PathBuf]| paths.iter().map(quoted).collect::<Vec<_>>().join(" ");
    let (linker, before, after) = (linker.display(), line(&before), line(&after));
    let (c, gcc) = (c.display(), gcc.display());
    // rustc's first two arguments choose the kind of linker and must stay first.
    Ok(format!(
        "#!/bin/sh\n\
         flavor=$2\n\
         shift 2\n\
         exec '{linker}' -flavor \"$flavor\" {before} \"$@\" \\\n    \
         -L'{c}' -L'{gcc}' --start-group -lgcc -lgcc_eh -lc --end-group \\\n    \
         {after}\n"
    ))
}

/// The last folder in a folder: the newest release of the compiler.
fn newest(folder: &Path) -> Result<PathBuf> {
    let entries = std::fs::read_dir(folder).context(format_args!("list {}", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    folders.pop().ok_or_else(|| Error::new(format!("{} is empty", folder.display())))
}

fn sysroot(architecture: Architecture, workspace: &Workspace, debian: &Debian) -> Result<PathBuf> {
    let target = architecture.target();
    let library = library_sources(&workspace.root)?;
    let compiler = Command::new("rustc").arg("-vV").read()?;
    let fingerprint = Fingerprint::default().with(RECIPE).with(&compiler).with(target);
    let fingerprint = fingerprint.with(library.as_os_str().as_encoded_bytes());
    let folder = debian.cache().folder().join("sysroots");
    let kept = folder.join(format!("{target}-{fingerprint}"));
    if kept.is_dir() {
        return Ok(kept);
    }
    let _lock = debian.cache().lock_making("sysroot")?;
    if kept.is_dir() {
        return Ok(kept);
    }
    println!("  building the standard library for {target}: a minute or two, once");
    let work = folder.join("in-the-making");
    if work.exists() {
        std::fs::remove_dir_all(&work).context(format_args!("empty {}", work.display()))?;
    }
    // An empty crate; all that is wanted is what it depends on.
    let manifest = "[package]\nname = \"nothing\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [profile.release]\ndebug = false\n";
    write(&work.join("Cargo.toml"), manifest)?;
    write(&work.join("src/lib.rs"), "#![no_std]\n")?;
    // These two variables are the toolchain's own; they are set for this one command.
    Command::cargo(&work)
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", target])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_TESTS_ONLY_SRC_ROOT", &library)
        .env(&flags_variable(target), STATIC)
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env_remove("RUSTFLAGS")
        .run()?;
    let product = work.join("product");
    let libraries = product.join("lib/rustlib").join(target).join("lib");
    std::fs::create_dir_all(&libraries).context(format_args!("create {}", libraries.display()))?;
    let built = work.join("target").join(target).join("release/deps");
    for entry in std::fs::read_dir(&built).context(format_args!("list {}", built.display()))? {
        let path = entry.context(built.display())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libnothing") {
            let to = libraries.join(name.as_ref());
            std::fs::copy(&path, &to).context(format_args!("copy {}", path.display()))?;
        }
    }
    std::fs::rename(&product, &kept).context(format_args!("move {} into place", kept.display()))?;
    std::fs::remove_dir_all(&work).context(format_args!("remove {}", work.display()))?;
    Ok(kept)
}

/// The variable through which cargo takes flags for one target, and for that one only.
#[must_use]
pub fn flags_variable(target: &str) -> String {
    format!("CARGO_TARGET_{}_RUSTFLAGS", target.replace('-', "_").to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    // The variable is named as cargo wants it.
    #[test]
    fn variable_is_named_as_cargo_wants_it() {
        let name = flags_variable("aarch64-unknown-linux-gnu");
        assert_eq!(name, "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS");
    }
}
