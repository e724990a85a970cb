//! Debian's own compilers, on a host that has another C library than they.
//!
//! Symbols of Rust carry the version of the compiler, and the layout of a kernel follows what its C
//! compiler can do. So modules for Debian's kernel are built with the very compilers of its
//! release, which are linked against that release's C library. Each program is started through the
//! dynamic loader that came with it, by a line of shell; gcc finds its parts as such lines, too.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::debian::{Debian, Fingerprint};
use crate::error::{Context, Error, Result, write};
use crate::guest::architecture::Architecture;

/// The packages.
pub(super) const BUNDLE: &str = "kernel-compilers";
/// Counts up when the lines below change.
const RECIPE: &str = "2";
/// Where the packages have libraries, and the loader.
const LIBRARIES: [&str; 2] = ["usr/lib/x86_64-linux-gnu", "usr/lib/llvm-19/lib"];
const LOADER: &str = "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";
/// The version of gcc that the kernel was built with.
const GCC: &str = "14";
/// Programs for every processor, and those for one of them.
const PROGRAMS: [&str; 2] = ["rustc", "pahole"];
const BINUTILS: [&str; 9] =
    ["ar", "as", "ld", "ld.bfd", "nm", "objcopy", "objdump", "readelf", "strip"];
/// What gcc itself starts.
const PARTS: [&str; 2] = ["cc1", "collect2"];

/// The compilers, ready to run.
#[derive(Debug)]
pub(super) struct Compilers {
    packages: PathBuf,
    programs: PathBuf,
}

impl Compilers {
    /// Fetches what is not there yet.
    ///
    /// # Errors
    ///
    /// A package cannot be had, or lacks one of the programs.
    pub(super) fn open(debian: &Debian) -> Result<Self> {
        let packages = debian.bundle(BUNDLE)?;
        let place = packages.as_os_str().as_encoded_bytes();
        let fingerprint = Fingerprint::default().with(RECIPE).with(place);
        let programs = debian.cache().folder().join("compilers").join(fingerprint.to_string());
        let compilers = Self { packages, programs };
        if !compilers.programs.is_dir() {
            let _lock = debian.cache().lock_making("compilers")?;
            if !compilers.programs.is_dir() {
                compilers.place(&debian.cache().scratch("compilers")?)?;
            }
        }
        Ok(compilers)
    }

    /// Where their programs are, by the names that the kernel's build has for them.
    pub(super) fn programs(&self) -> &Path {
        &self.programs
    }

    /// The sources of the standard library of this rustc.
    ///
    /// # Errors
    ///
    /// They are not where they should be.
    pub(super) fn library(&self) -> Result<PathBuf> {
        let sources = self.packages.join("usr/src");
        let entries =
            std::fs::read_dir(&sources).context(format_args!("list {}", sources.display()))?;
        let mut folders = entries.filter_map(|entry| Some(entry.ok()?.path().join("library")));
        folders.find(|folder| folder.is_dir()).ok_or_else(|| {
            Error::new(format!("no sources of a standard library in {}", sources.display()))
                .hint("the package changed its layout: see xtask/src/guest/kernel/compilers.rs")
        })
    }

    /// What the kernel's build is told of them.
    pub(super) fn arguments(architecture: Architecture) -> [String; 4] {
        let (kernel, gnu) = (kernel_name(architecture), gnu_name(architecture));
        [
            format!("ARCH={kernel}"),
            format!("CROSS_COMPILE={gnu}-"),
            format!("CC={gnu}-gcc-{GCC}"),
            // What runs on this host while a kernel is built is built by this host's compiler.
            "HOSTCC=cc".to_owned(),
        ]
    }

    /// Writes a line for each program.
    fn place(&self, work: &Path) -> Result<()> {
        let usr = self.packages.join("usr");
        for name in PROGRAMS {
            self.line(&work.join(name), &usr.join("bin").join(name), "")?;
        }
        for architecture in [Architecture::X86, Architecture::Arm] {
            let gnu = gnu_name(architecture);
            for name in BINUTILS {
                let name = format!("{gnu}-{name}");
                self.line(&work.join(&name), &usr.join("bin").join(&name), "")?;
            }
            // What gcc starts, without prefixes, in a folder of its own.
            let parts = work.join(gnu);
            std::fs::create_dir(&parts).context(format_args!("create {}", parts.display()))?;
            for name in ["as", "ld", "objcopy"] {
                self.line(&parts.join(name), &usr.join(format!("bin/{gnu}-{name}")), "")?;
            }
            let native = architecture == Architecture::X86;
            let folder = if native { "libexec/gcc" } else { "libexec/gcc-cross" };
            for name in PARTS {
                let program = usr.join(folder).join(gnu).join(GCC).join(name);
                self.line(&parts.join(name), &program, "")?;
            }
            let found = format!("\"-B{}/\"", self.programs.join(gnu).display());
            let name = format!("{gnu}-gcc-{GCC}");
            self.line(&work.join(&name), &usr.join("bin").join(&name), &found)?;
        }
        if let Some(folder) = self.programs.parent() {
            std::fs::create_dir_all(folder).context(format_args!("create {}", folder.display()))?;
        }
        std::fs::rename(work, &self.programs)
            .context(format_args!("move {} into place", self.programs.display()))
    }

    /// A program that is started through the loader of its packages.
    fn line(&self, path: &Path, program: &Path, further: &str) -> Result<()> {
        if !program.is_file() {
            return Err(Error::new(format!("no program {}", program.display())).hint(
                "the packages changed their layout: see xtask/src/guest/kernel/compilers.rs",
            ));
        }
        let libraries = LIBRARIES.map(|folder| self.packages.join(folder).display().to_string());
        let (loader, program) = (self.packages.join(LOADER), program.display());
        let mut text = "#!/bin/sh\n".to_owned();
        let _ = writeln!(
            text,
            "exec \"{}\" --library-path \"{}\" --argv0 \"{program}\" \"{program}\" {further} \"$@\"",
            loader.display(),
            libraries.join(":"),
        );
        write(path, &text)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
            .context(format_args!("make {} a program", path.display()))
    }
}

/// As the kernel calls a processor.
pub(super) fn kernel_name(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86 => "x86",
        Architecture::Arm => "arm64",
    }
}

/// What names of compilers for it begin with.
fn gnu_name(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86 => "x86_64-linux-gnu",
        Architecture::Arm => "aarch64-linux-gnu",
    }
}
