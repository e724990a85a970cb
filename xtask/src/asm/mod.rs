//! Register accesses compared with hand-written ones, by their instructions.
//!
//! The package `register-asm` has pairs of functions: `typed_NAME` through the register map,
//! `volatile_NAME` with volatile accesses through a pointer. They are compiled for three
//! processors, and each pair must be the same instructions. Where it is not, the difference is
//! stated in [`judge`], and the listing of both is kept in `benchmarks/asm/expected`.
//!
//! ```text
//!   register-asm ── rustc --emit asm ──► Listing ── pair by pair ──► identical | stated | wrong
//!                                          └──────── text ──────── = expected/TARGET.txt
//! ```

mod judge;
mod listing;

use std::fmt::Write as _;

pub use judge::{Finding, Judged, judge};
pub use listing::{Function, Listing};

use crate::error::{Context, Error, Result, read, write};
use crate::suite::Verdict;
use crate::targets::{build_std_command, release};
use crate::workspace::Workspace;

/// A processor whose code is compared.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What the compiler calls it.
    pub triple: &'static str,
    /// What begins a comment in its assembly.
    pub comment: &'static str,
}

/// All of them.
pub const TARGETS: [Target; 3] = [
    Target { triple: "x86_64-unknown-linux-gnu", comment: "#" },
    Target { triple: "aarch64-unknown-none", comment: "//" },
    Target { triple: "thumbv7em-none-eabihf", comment: "@" },
];

/// The suite `asm`.
///
/// # Errors
///
/// As [`run`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    run(workspace, false).map(Verdict::passed)
}

/// Compares every pair on every target, prints a line for each, and says what was found in a few
/// words. With `keep` the listings are written to `benchmarks/asm/expected`; without, they must
/// be the same as there, if they were written by this release of the compiler.
///
/// # Errors
///
/// A build fails, a pair differs in a way that is not stated, or a listing has changed.
pub fn run(workspace: &Workspace, keep: bool) -> Result<String> {
    let release = release()?;
    let (mut identical, mut stated, mut wrong) = (0, 0, Vec::new());
    for target in TARGETS {
        println!("  {}", target.triple);
        let listing = compile(workspace, target)?;
        let pairs = listing.pairs()?;
        let judged: Vec<Judged> =
            pairs.iter().map(|&(typed, volatile)| judge(target.triple, typed, volatile)).collect();
        for each in &judged {
            println!("    {}", each.line());
            match each.finding {
                Finding::Identical => identical += 1,
                Finding::Stated(_) => stated += 1,
                Finding::Wrong(_) => wrong.push(format!("{}: {}", target.triple, each.text())),
            }
        }
        if wrong.is_empty() {
            compare(workspace, target, &release, &judged, keep)?;
        }
    }
    if wrong.is_empty() {
        let count = TARGETS.len();
        return Ok(format!(
            "{identical} pairs identical, {stated} as stated, on {count} processors"
        ));
    }
    Err(Error::new(format!("typed and hand-written code differ\n{}", wrong.join("\n"))).hint(
        "make the typed access as cheap again, or state the difference in xtask/src/asm/judge.rs",
    ))
}

/// The assembly of `register-asm` for a target.
fn compile(workspace: &Workspace, target: Target) -> Result<Listing> {
    let folder = workspace.target.join("asm");
    std::fs::create_dir_all(&folder).context(format_args!("create {}", folder.display()))?;
    let path = folder.join(target.triple).with_extension("s");
    let mut command = build_std_command(workspace, target.triple, "rustc")?
        .args(["--quiet", "--package", "register-asm", "--lib", "--release", "--"])
        .arg(format!("--emit=asm={}", path.display()))
        .args(["-Ccodegen-units=1", "-Cdebuginfo=0"]);
    if target.triple.starts_with("x86") {
        command = command.arg("-Cllvm-args=-x86-asm-syntax=intel");
    }
    command.run()?;
    let text = read(&path).map_err(|error| {
        error.hint("cargo thinks that it is there: run `cargo clean --package register-asm`")
    })?;
    Ok(Listing::parse(&text, target.comment))
}

/// Compares a target's listing with the one that is kept, or keeps it.
fn compare(
    workspace: &Workspace,
    target: Target,
    release: &str,
    judged: &[Judged],
    keep: bool,
) -> Result<()> {
    let path =
        workspace.root.join("benchmarks/asm/expected").join(target.triple).with_extension("txt");
    let head =
        format!("# {} by rustc {release}; `cargo xtask asm --write` writes it\n", target.triple);
    let mut text = head.clone();
    for each in judged {
        let _ = write!(text, "\n{}", each.text());
    }
    if keep {
        return write(&path, &text);
    }
    let kept = read(&path).map_err(|error| error.hint("run `cargo xtask asm --write`"))?;
    if !kept.starts_with(&head) {
        println!("    listing of another compiler, not compared: {}", workspace.relative(&path));
        return Ok(());
    }
    if kept == text {
        return Ok(());
    }
    let line = kept.lines().zip(text.lines()).take_while(|(kept, now)| kept == now).count() + 1;
    Err(Error::new(format!("{}:{line}: the code has changed", workspace.relative(&path)))
        .hint("run `cargo xtask asm --write` and look at the difference"))
}
