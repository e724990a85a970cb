//! Our kernel module for a guest's kernel, built once for a state of its sources.

use std::path::{Path, PathBuf};

use super::build::{self, Builder, Recipe};
use super::modules::Module;
use super::prepared;
use crate::command::Command;
use crate::debian::{Debian, Fingerprint};
use crate::error::{Context, Error, Result};
use crate::guest::architecture::Architecture;
use crate::guest::host::{Host, Release};
use crate::workspace::Workspace;

/// Its name.
pub const NAME: &str = "anydma";
/// Where its sources are, and the interface that they share with programs.
const SOURCES: [&str; 2] = ["backend-kernel/module", "backend-kernel/abi/src"];

/// Which kernel it is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One of our own, with its compilers.
    Own(Recipe),
    /// Debian's for a processor, with Debian's compilers.
    Debian(Architecture),
}

impl Target {
    /// The kernel of a host; `None` if that is too old for modules in Rust.
    #[must_use]
    pub fn of(host: &Host) -> Option<Self> {
        match host.release {
            Release::Own => Some(Self::Own(Recipe::EVERYDAY)),
            Release::Debug => Some(Self::Own(Recipe::DEBUG)),
            Release::Debian73 => Some(Self::Debian(host.architecture)),
            Release::Debian510 => None,
        }
    }

    /// The folder with `source` and `build`, and what modules are made with there.
    fn tools(self, workspace: &Workspace, debian: &Debian) -> Result<(PathBuf, Builder)> {
        match self {
            Self::Own(recipe) => {
                let folder = build::development(workspace, debian, recipe)?;
                Ok((folder, Builder::open(workspace, debian)?))
            }
            Self::Debian(architecture) => {
                let folder = prepared::development(workspace, debian, architecture)?;
                Ok((folder, Builder::of_debian(debian, architecture)?))
            }
        }
    }
}

/// The module, built now if its sources have changed.
///
/// # Errors
///
/// As [`build`].
pub(super) fn module(workspace: &Workspace, debian: &Debian, target: Target) -> Result<Module> {
    let file = build(workspace, debian, target)?;
    let content = std::fs::read(&file).context(format_args!("read {}", file.display()))?;
    Ok(Module { name: NAME.to_owned(), content })
}

/// Builds it, with a look of clippy's at it where that is of the compiler's release; the file.
///
/// # Errors
///
/// The kernel's own files cannot be had, or it does not build without a warning.
pub fn build(workspace: &Workspace, debian: &Debian, target: Target) -> Result<PathBuf> {
    let (kernel, builder) = target.tools(workspace, debian)?;
    let folders = SOURCES.map(|folder| workspace.root.join(folder));
    let files = workspace.files(|path| folders.iter().any(|folder| path.starts_with(folder)))?;
    if files.is_empty() {
        return Err(Error::new(format!("no sources in {}", SOURCES.join(" and "))));
    }
    let mut fingerprint = Fingerprint::default().with(kernel.as_os_str().as_encoded_bytes());
    for file in &files {
        let content = std::fs::read(file).context(format_args!("read {}", file.display()))?;
        fingerprint = fingerprint.with(workspace.relative(file)).with(content);
    }
    let folder = workspace.target.join("guest/modules").join(fingerprint.to_string());
    let product = folder.join(NAME).with_extension("ko");
    let _lock = debian.cache().lock_making("own-module")?;
    if product.is_file() {
        return Ok(product);
    }
    // Not amid the sources: what is built would lie beside them.
    let work = folder.join("work");
    for file in &files {
        place(file, &work.join(workspace.relative(file)))?;
    }
    let (source, beside) = (kernel.join("source"), kernel.join("build"));
    let inside = work.join(SOURCES[0]);
    // As the kernel's own sources are formatted.
    let style = source.join(".rustfmt.toml");
    let rustfmt = Command::new("rustfmt").args(["--check", "--edition=2021", "--config-path"]);
    rustfmt.arg(style).arg(inside.join("anydma_main.rs")).run()?;
    let make = builder.make(&source, &beside).arg(format!("M={}", inside.display()));
    let make = match target {
        Target::Own(_) => make.arg("CLIPPY=1"),
        Target::Debian(_) => make,
    };
    println!("  building our kernel module {fingerprint}");
    let said = make.arg("modules").capture()?;
    let text = format!("{}{}", said.stdout, said.stderr);
    if !said.status.success() || text.contains("warning:") || text.contains("WARNING:") {
        return Err(Error::new(format!("the kernel module does not build cleanly:\n{text}")));
    }
    let built = inside.join(NAME).with_extension("ko");
    // What debuggers read is ten times as much as the rest.
    let strip = builder.with_tools(Command::new("llvm-strip")).arg("--strip-debug").arg(&built);
    strip.run()?;
    std::fs::rename(&built, &product).context(format_args!("move {}", built.display()))?;
    Ok(product)
}

fn place(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).context(format_args!("create {}", folder.display()))?;
    }
    std::fs::copy(from, to).context(format_args!("copy {}", from.display())).map(drop)
}
