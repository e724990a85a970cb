//! The long checks that are tests run in another way.

use std::path::PathBuf;

use super::{Options, Outcome};
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::runner;
use crate::workspace::Workspace;

/// The target that sanitizers are built for.
pub(super) const HOST: &str = "x86_64-unknown-linux-gnu";

/// Programs of tests that run a compiler over other programs: a sanitizer finds nothing in them.
const COMPILERS: [&str; 2] = ["must_not_compile", "generated"];

/// Those of [`COMPILERS`] that the workspace has.
fn compilers(workspace: &Workspace) -> Vec<&'static str> {
    let packages = workspace.packages();
    let has = |name: &str| {
        let mut targets = packages.iter().flat_map(|package| &package.targets);
        targets.any(|target| target.name == name)
    };
    COMPILERS.into_iter().filter(|name| has(name)).collect()
}

/// Gives the compiler flags that the stable toolchain keeps behind a variable.
pub(super) fn unstable(command: Command, flags: &str) -> Command {
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", flags)
}

/// Switches AddressSanitizer on for what is built below a folder of its own.
pub(super) fn sanitized(command: Command, workspace: &Workspace, flags: &str) -> Command {
    unstable(command, &format!("-Zsanitizer=address {flags}"))
        .env("CARGO_TARGET_DIR", workspace.target.join("sanitizer"))
        // What a stuck device may still touch is leaked on purpose.
        .env("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=1")
}

/// Every test of the workspace under `AddressSanitizer`.
pub(super) fn address_sanitizer(workspace: &Workspace, _: &Options) -> Result<Outcome> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).read()?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(HOST).join("lib");
    let entries = std::fs::read_dir(&library);
    let runtime = entries.is_ok_and(|entries| {
        let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        names.any(|name| name.to_string_lossy().ends_with("_rt.asan.a"))
    });
    if !runtime {
        return Ok(Outcome::CannotRun(
            Error::new(format!("the toolchain has no sanitizer runtime for {HOST}"))
                .hint("use the official toolchain on x86-64 Linux"),
        ));
    }
    let command = sanitized(Command::cargo(&workspace.root), workspace, "");
    let selection = ["--workspace", "--exclude", "xtask", "--target", HOST];
    let tests = runner::run(command, &selection, &compilers(workspace))?;
    Ok(Outcome::Passed {
        command: "cargo xtask soak asan".to_owned(),
        figures: format!("{tests}, no report of the sanitizer"),
    })
}

/// The core's tests in Miri.
pub(super) fn miri(workspace: &Workspace, _: &Options) -> Result<Outcome> {
    let miri = |arguments: &[&str]| {
        Command::new("cargo")
            .folder(&workspace.root)
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(["+nightly", "miri"])
            .args(arguments)
    };
    if let Err(error) = miri(&["--version"]).read() {
        let error = error.within("Miri is not usable");
        return Ok(Outcome::CannotRun(
            error.hint("rustup toolchain install nightly --component miri --component rust-src"),
        ));
    }
    let packages = ["--package", "dma-core", "--package", "backend-bare"];
    let command = miri(&["test", "--lib", "--tests"]).args(packages);
    let line = command.line();
    let text = command.watch()?;
    Ok(Outcome::Passed { command: line, figures: runner::parse_cargo(&text)?.to_string() })
}

/// Property tests with many more cases than on every change.
pub(super) fn properties(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let mut packages = Vec::new();
    for package in workspace.packages() {
        let dependencies = &package.dependencies;
        let uses = |name: &str| dependencies.iter().any(|it| it.name == name);
        if uses("proptest") {
            packages.extend(["--package", package.name.as_str()]);
        }
    }
    if packages.is_empty() {
        return Err(Error::new("no package has property tests"));
    }
    let cases = 2_000 * options.minutes;
    let command = Command::cargo(&workspace.root).env("PROPTEST_CASES", cases.to_string());
    let mut selection = vec!["--release"];
    selection.extend(&packages);
    let tests = runner::run(command, &selection, &compilers(workspace))?;
    let packages = packages.iter().filter(|word| **word != "--package").count();
    Ok(Outcome::Passed {
        command: format!("PROPTEST_CASES={cases} cargo nextest run --release …"),
        figures: format!("{cases} cases a property; {tests} of {packages} packages"),
    })
}

/// All tests again and again, in release, for the given time.
pub(super) fn repeat(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let start = std::time::Instant::now();
    let (mut rounds, mut count) = (0, 0);
    while rounds == 0 || start.elapsed() < options.time() {
        let cargo = Command::cargo(&workspace.root);
        let tests = runner::run(cargo, &["--workspace", "--release"], &compilers(workspace))?;
        rounds += 1;
        count += tests.passed;
    }
    Ok(Outcome::Passed {
        command: "cargo nextest run --workspace --release".to_owned(),
        figures: format!("{rounds} rounds, {count} tests"),
    })
}

/// Our generator against svd2rust, on descriptions of vendors.
pub(super) fn generators(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let Some(folder) = &options.svd else {
        return Ok(Outcome::CannotRun(
            Error::new("vendors' descriptions are not part of the project")
                .hint("name a folder that has some: --svd FOLDER"),
        ));
    };
    let folder = workspace.root.join(folder);
    let entries = std::fs::read_dir(&folder).context(format_args!("list {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "svd"));
    files.sort();
    if files.is_empty() {
        return Err(Error::new(format!("no *.svd in {}", folder.display())));
    }
    let mut figures = Vec::new();
    for file in &files {
        let text = Command::cargo(&workspace.root.join("register-map/codegen/compare"))
            .env("CARGO_TARGET_DIR", workspace.target.join("compare"))
            .args(["run", "--release", "--"])
            .arg(file)
            .watch()?;
        // Its last line: the file, what was compared, how many differences.
        let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        figures.push(last.trim().to_owned());
    }
    Ok(Outcome::Passed {
        command: "cargo xtask soak svd2rust --svd FOLDER".to_owned(),
        figures: figures.join("; "),
    })
}
