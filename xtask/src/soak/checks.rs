//! The long checks that are tests run in another way.

use std::time::Duration;

use cargo_metadata::DependencyKind;

use super::Outcome;
use crate::command::Command;
use crate::error::{Error, Result};
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

/// Switches AddressSanitizer on for what is built below the folder `name` of the build folder.
pub(super) fn sanitized(command: Command, workspace: &Workspace, flags: &str) -> Command {
    command
        // A compiler flag that the stable toolchain keeps behind this variable.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", format!("-Zsanitizer=address{flags}"))
        .env("CARGO_TARGET_DIR", workspace.target.join("sanitizer"))
        // What a stuck device may still touch is leaked on purpose.
        .env("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=1")
}

/// Every test of the workspace under `AddressSanitizer`.
pub(super) fn address_sanitizer(workspace: &Workspace, _: Duration) -> Result<Outcome> {
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
pub(super) fn miri(workspace: &Workspace, _: Duration) -> Result<Outcome> {
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
pub(super) fn properties(workspace: &Workspace, time: Duration) -> Result<Outcome> {
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
    let cases = 2_000 * time.as_secs().div_ceil(60);
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
pub(super) fn repeat(workspace: &Workspace, time: Duration) -> Result<Outcome> {
    let start = std::time::Instant::now();
    let (mut rounds, mut count) = (0, 0);
    while rounds == 0 || start.elapsed() < time {
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

/// Our generator against svd2rust: the tests of the generator that are marked for it.
pub(super) fn generators(workspace: &Workspace, _: Duration) -> Result<Outcome> {
    let package = workspace.package("register-map-codegen")?;
    let dependencies = &package.dependencies;
    let compares = dependencies
        .iter()
        .any(|it| it.name == "svd2rust" && it.kind == DependencyKind::Development);
    if !compares {
        return Err(Error::new("register-map-codegen does not compare with svd2rust"));
    }
    let command = Command::cargo(&workspace.root)
        .args(["test", "--release", "--package", "register-map-codegen"])
        .args(["--test", "svd2rust", "--", "--include-ignored"]);
    let line = command.line();
    let text = command.watch()?;
    Ok(Outcome::Passed { command: line, figures: runner::parse_cargo(&text)?.to_string() })
}
