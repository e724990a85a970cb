//! Our own small kernels, built once from Debian's sources and kept.
//!
//! No Debian kernel has iommufd, one VFIO node per device, or VFIO without an IOMMU. These have,
//! carry the kernel's own checks of DMA and modules written in Rust, and start in a third of
//! the time. They need neither root nor a changed host: compiler, linker and generators come out
//! of Debian's packages, rustc is that of the project, `bindgen` comes from the registry.
//!
//! There are two of them: the everyday one, and one with all of the kernel's checks that tests of
//! its memory and locks can use, which is several times as slow.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::compilers::Compilers;
use crate::command::Command;
use crate::debian::{Cache, Debian, Fingerprint};
use crate::error::{Context, Error, Result, read, write};
use crate::guest::architecture::Architecture;
use crate::targets::library_sources;
use crate::workspace::Workspace;

/// Which of our kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// What its folder in the cache begins with.
    name: &'static str,
    /// The options that differ from the smallest kernel there is: files, the later one counts.
    fragments: &'static [&'static str],
}

impl Recipe {
    /// What tests on every change run on.
    pub const EVERYDAY: Self = Self { name: "own", fragments: &["xtask/kernel/x86_64.config"] };
    /// With the kernel's checks of memory, locks, lists and objects, for the long checks.
    pub const DEBUG: Self = Self {
        name: "own-debug",
        fragments: &["xtask/kernel/x86_64.config", "xtask/kernel/x86_64-debug.config"],
    };

    /// Its options.
    fn options(self, workspace: &Workspace) -> Result<String> {
        let files = self.fragments.iter().map(|file| read(&workspace.root.join(file)));
        files.collect::<Result<Vec<_>>>().map(|texts| texts.join("\n"))
    }
}

/// The version of bindgen that this kernel release is made for.
pub(super) const BINDGEN: &str = "0.71.1";
/// Counts up when the recipe below changes what comes out.
const RECIPE: &str = "1";
/// A build takes a quarter of an hour on two quiet cores; this is for busy ones. One that is broken
/// off goes on from there the next time.
const LIMIT: Duration = Duration::from_mins(50);

/// What modules are built with, in the kernel's folder.
const DEVELOPMENT: &str = "development";
/// What of the sources that is.
const SOURCES: &[&str] = &[
    "Makefile",
    "Kbuild",
    ".clippy.toml",
    ".rustfmt.toml",
    "arch/x86/Makefile",
    "arch/x86/Makefile_32.cpu",
    "arch/x86/include",
    "include",
    "rust/Makefile",
    "scripts",
];
/// What of what was built.
const BUILT: &[&str] = &[
    ".config",
    "Makefile",
    "Module.symvers",
    "arch/x86/include",
    "include",
    "rust",
    "scripts",
    "tools/objtool/objtool",
];

/// The folder with a kernel of ours: `vmlinux`, `config`; built now if it is not there yet.
///
/// # Errors
///
/// A package or bindgen cannot be had, an option of the fragment is not possible, or the build
/// fails.
pub fn kernel(workspace: &Workspace, debian: &Debian, recipe: Recipe) -> Result<PathBuf> {
    made(workspace, debian, recipe, "vmlinux")
}

/// A kernel's folder with what modules are built with: `development/source` and `build`; the
/// kernel is built now, again if need be, where that is not there yet.
///
/// # Errors
///
/// As [`kernel`].
pub fn development(workspace: &Workspace, debian: &Debian, recipe: Recipe) -> Result<PathBuf> {
    made(workspace, debian, recipe, DEVELOPMENT).map(|folder| folder.join(DEVELOPMENT))
}

/// The kernel's folder, with this in it.
fn made(workspace: &Workspace, debian: &Debian, recipe: Recipe, part: &str) -> Result<PathBuf> {
    let Recipe { name, .. } = recipe;
    let fragment = recipe.options(workspace)?;
    let made_with = made_with(debian)?;
    let fingerprint = made_with.with(&fragment);
    let kernels = debian.cache().folder().join("kernels");
    let target = kernels.join(format!("{name}-{fingerprint}"));
    if target.join(part).exists() {
        return Ok(target);
    }
    let _lock = debian.cache().lock_making(&format!("{name}-kernel"))?;
    if target.join(part).exists() {
        return Ok(target);
    }
    let start = Instant::now();
    println!("  building our own kernel {name}-{fingerprint}: a quarter of an hour or more, once");
    let builder = Builder::open(workspace, debian)?;
    let work = kernels.join(format!("{name}-in-the-making"));
    builder.bindgen(&workspace.root)?;
    let tree = builder.unpack(&work, made_with)?;
    let build = work.join("build");
    builder.configure(&tree, &build, &fragment)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // There are no modules in it; what is made of them is the list of the kernel's own symbols.
    let make = builder.make(&tree, &build).arg(format!("-j{cores}"));
    make.args(["vmlinux", "modules"]).run()?;
    let product = work.join("product");
    if product.exists() {
        std::fs::remove_dir_all(&product).context(format_args!("empty {}", product.display()))?;
    }
    let development = product.join(DEVELOPMENT);
    keep(&tree, SOURCES, &development.join("source"))?;
    keep(&build, BUILT, &development.join("build"))?;
    for (from, to) in [("vmlinux", "vmlinux"), (".config", "config")] {
        let from = build.join(from);
        std::fs::copy(&from, product.join(to)).context(format_args!("copy {}", from.display()))?;
    }
    // Where the kernel itself is there already, others are using it.
    let (from, to) = if target.exists() {
        (development, target.join(DEVELOPMENT))
    } else {
        (product, target.clone())
    };
    std::fs::rename(&from, &to).context(format_args!("move {} into place", to.display()))?;
    std::fs::remove_dir_all(&work).context(format_args!("remove {}", work.display()))?;
    println!("  our own kernel is built, in {:.0} s", start.elapsed().as_secs_f64());
    Ok(target)
}

/// Copies parts of a folder, but not what only the kernel itself is linked of.
pub(super) fn keep(from: &Path, parts: &[&str], to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).context(format_args!("create {}", to.display()))?;
    let copy = Command::new("cp").args(["--archive", "--parents"]).args(parts).arg(to);
    copy.folder(from).run()?;
    let left_out = ["*.o", "*.a", ".*.cmd"];
    let find = Command::new("find").arg(to).args(["-type", "f", "("]);
    let find = find.args(["-name", left_out[0], "-o", "-name", left_out[1], "-o", "-name"]);
    find.args([left_out[2], ")", "-delete"]).run()
}

/// Of everything but the options that makes a difference to what comes out.
fn made_with(debian: &Debian) -> Result<Fingerprint> {
    // The library's sources are of the compiler's release.
    let compiler = Command::new("rustc").arg("-vV").read()?;
    let fingerprint = Fingerprint::default().with(RECIPE).with(BINDGEN).with(compiler);
    ["kernel-tools", "kernel-source"].iter().try_fold(fingerprint, |fingerprint, bundle| {
        let folder = debian.bundle_folder(bundle)?;
        Ok(fingerprint.with(folder.file_name().unwrap_or_default().as_encoded_bytes()))
    })
}

/// What the kernel, and modules for it, are built with.
#[derive(Debug)]
pub(super) struct Builder {
    /// Unpacked packages: clang, lld, llvm, flex, bison, bc, xz, libelf.
    tools: PathBuf,
    /// Unpacked package with the packed sources.
    source: PathBuf,
    /// The standard library's sources, for `core` in the kernel.
    library: PathBuf,
    /// Where bindgen is installed, and what keeps others from installing it meanwhile.
    bindgen: PathBuf,
    cache: Cache,
    /// Folders whose programs come before those of `tools` and of the project.
    first: Vec<PathBuf>,
    /// What the kernel's build is told of compilers and processor.
    told: Vec<String>,
}

impl Builder {
    /// Fetches what is not there yet.
    ///
    /// # Errors
    ///
    /// A package cannot be had.
    pub(super) fn open(workspace: &Workspace, debian: &Debian) -> Result<Self> {
        Ok(Self {
            tools: debian.bundle("kernel-tools")?,
            source: debian.bundle("kernel-source")?,
            library: library_sources(&workspace.root)?,
            bindgen: debian.cache().folder().join(format!("bindgen-{BINDGEN}")),
            cache: debian.cache().clone(),
            first: Vec::new(),
            told: ["ARCH=x86_64", "LLVM=1"].map(str::to_owned).to_vec(),
        })
    }

    /// The same with the compilers that Debian's own kernel was built with.
    ///
    /// # Errors
    ///
    /// A package cannot be had.
    pub(super) fn of_debian(debian: &Debian, architecture: Architecture) -> Result<Self> {
        let compilers = Compilers::open(debian)?;
        Ok(Self {
            tools: debian.bundle("kernel-tools")?,
            source: debian.bundle("kernel-source")?,
            library: compilers.library()?,
            bindgen: debian.cache().folder().join(format!("bindgen-{BINDGEN}")),
            cache: debian.cache().clone(),
            first: vec![compilers.programs().to_owned()],
            told: Compilers::arguments(architecture).to_vec(),
        })
    }

    /// With the programs of a folder before all others.
    pub(super) fn with_first(mut self, folder: &Path) -> Self {
        self.first.insert(0, folder.to_owned());
        self
    }

    /// Installs bindgen beside the packages.
    pub(super) fn bindgen(&self, root: &Path) -> Result<()> {
        let _lock = self.cache.lock_making("bindgen")?;
        if self.bindgen.join("bin/bindgen").is_file() {
            return Ok(());
        }
        let install = Command::cargo(root).args(["install", "--quiet", "--locked", "--root"]);
        let install = install.arg(&self.bindgen).args(["--version", BINDGEN, "bindgen-cli"]);
        // Not into the build folder of the project, and not with its options.
        install.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS").run()
    }

    /// Unpacks the sources; gives their folder.
    ///
    /// Where a build with the same tools was broken off, or has other options, it goes on from
    /// there: the kernel's own build knows what is left to do.
    pub(super) fn unpack(&self, work: &Path, made_with: Fingerprint) -> Result<PathBuf> {
        let tree = work.join("source");
        let mark = work.join("made-with");
        let made_with = made_with.to_string();
        if mark.is_file() && read(&mark)? == made_with {
            return Ok(tree);
        }
        if work.exists() {
            std::fs::remove_dir_all(work).context(format_args!("empty {}", work.display()))?;
        }
        let packed = self.source.join("usr/src");
        let entries =
            std::fs::read_dir(&packed).context(format_args!("list {}", packed.display()))?;
        let archives = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let archive = archives.into_iter().find(|path| path.to_string_lossy().ends_with(".tar.xz"));
        let archive = archive.ok_or_else(|| {
            Error::new(format!("no packed sources in {}", packed.display()))
                .hint("the package changed its layout: see xtask/src/guest/kernel/build.rs")
        })?;
        std::fs::create_dir_all(&tree).context(format_args!("create {}", tree.display()))?;
        let tar = self.with_tools(Command::new("tar")).arg("--extract").arg("--file").arg(&archive);
        tar.arg("--directory").arg(&tree).arg("--strip-components=1").run()?;
        write(&mark, &made_with)?;
        Ok(tree)
    }

    /// The smallest configuration with our options, each of which must be in what comes out.
    fn configure(&self, tree: &Path, build: &Path, fragment: &str) -> Result<()> {
        std::fs::create_dir_all(build).context(format_args!("create {}", build.display()))?;
        self.make(tree, build).arg("tinyconfig").run()?;
        let file = build.join(".config");
        let smallest = read(&file)?;
        // Of options that are set twice the later one counts.
        write(&file, &format!("{smallest}\n{fragment}"))?;
        self.make(tree, build).arg("olddefconfig").run()?;
        let missing = missing(fragment, &read(&file)?);
        if missing.is_empty() {
            return Ok(());
        }
        Err(Error::new(format!("the kernel does not take {}", missing.join(", ")))
            .hint("an option's dependency is missing in xtask/kernel, or it was renamed"))
    }

    /// `make` in the sources, for a build folder beside them.
    pub(super) fn make(&self, tree: &Path, build: &Path) -> Command {
        let include = self.tools.join("usr/include");
        let libraries = self.tools.join("usr/lib/x86_64-linux-gnu");
        let (include, libraries) = (include.display(), libraries.display());
        // At the lowest priority: this is never what a person waits for first.
        let make = Command::new("nice").args(["-n", "19", "make", "--silent", "-C"]).arg(tree);
        let make = make.arg(format!("O={}", build.display()));
        let make = make
            .args(&self.told)
            .arg(format!("HOSTCFLAGS=-I{include}"))
            .arg(format!("HOSTLDFLAGS=-L{libraries}"))
            .arg(format!("LIBELF_FLAGS=-I{include}"))
            .arg(format!("LIBELF_LIBS=-L{libraries} -lelf"))
            // Nothing of this machine and this moment goes into the kernel.
            .args(["KBUILD_BUILD_USER=anydma", "KBUILD_BUILD_HOST=anydma"])
            .arg("KBUILD_BUILD_TIMESTAMP=2000-01-01");
        self.with_tools(make).limit(LIMIT)
    }

    /// A program that finds the tools of the packages before those of this machine.
    pub(super) fn with_tools(&self, command: Command) -> Command {
        let usr = self.tools.join("usr");
        let llvm = usr.join("lib/llvm-19");
        let bindgen = self.bindgen.join("bin");
        let own = std::env::var_os("PATH").unwrap_or_default();
        let path = self.first.iter().cloned();
        let path = path.chain([llvm.join("bin"), usr.join("bin"), bindgen]);
        let path: Vec<String> = path.map(|it| it.display().to_string()).collect();
        let libraries = [
            llvm.join("lib"),
            usr.join("lib/x86_64-linux-gnu"),
            self.tools.join("lib/x86_64-linux-gnu"),
        ]
        .map(|it| it.display().to_string());
        command
            .env("PATH", format!("{}:{}", path.join(":"), own.to_string_lossy()))
            .env("LD_LIBRARY_PATH", libraries.join(":"))
            .env("BISON_PKGDATADIR", usr.join("share/bison"))
            .env("M4", usr.join("bin/m4"))
            .env("LIBCLANG_PATH", llvm.join("lib"))
            .env("RUST_LIB_SRC", &self.library)
            // What cargo sets for its own children would reach the kernel's build.
            .env_remove("RUSTFLAGS")
            .env_remove("MAKEFLAGS")
            // Clippy would take our oldest compiler for the kernel's.
            .env_remove("CARGO_PKG_RUST_VERSION")
    }
}

/// Options of the fragment that a configuration has not.
fn missing(fragment: &str, configuration: &str) -> Vec<String> {
    let has = |wanted: &str| match wanted.strip_suffix("=n") {
        Some(name) => !configuration
            .lines()
            .any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))),
        None => configuration.lines().any(|line| line == wanted),
    };
    let wanted = fragment.lines().map(str::trim).filter(|line| line.starts_with("CONFIG_"));
    wanted.filter(|line| !has(line)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Options that did not make it into the configuration are found, switched off ones too.
    #[test]
    fn missing_options_are_found() {
        let fragment = "# why\nCONFIG_A=y\nCONFIG_B=y\nCONFIG_C=n\nCONFIG_D=n\n";
        let configuration = "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_D=y\nCONFIG_CC=y\n";
        assert_eq!(missing(fragment, configuration), ["CONFIG_B=y", "CONFIG_D=n"]);
    }
}
