//! Fuzzers: every program over libFuzzer, for the given time each.
//!
//! They are built here with the flags that coverage needs, on the same toolchain as everything
//! else, so no further tool has to be installed. What a fuzzer has learned (its corpus) stays in
//! the build folder; what broke the program is kept there too and named.

use std::path::Path;
use std::time::Duration;

use cargo_metadata::{MetadataCommand, TargetKind};

use super::checks::{HOST, sanitized};
use super::{Options, Outcome};
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// Coverage for libFuzzer: counters in line, tables of places, traced comparisons.
const COVERAGE: &str = " -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1";

/// Builds and runs every fuzzer.
pub(super) fn run(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let mut figures = Vec::new();
    for folder in workspace.nested()? {
        let mut command = MetadataCommand::new();
        let command = command.manifest_path(folder.join("Cargo.toml"));
        let metadata = command.exec().context(folder.display())?;
        for package in metadata.workspace_packages() {
            let dependencies = &package.dependencies;
            if !dependencies.iter().any(|it| it.name == "libfuzzer-sys") {
                continue;
            }
            let build = Command::cargo(&folder).args(["build", "--release", "--bins"]);
            sanitized(build.args(["--target", HOST]), workspace, COVERAGE).run()?;
            let targets = package.targets.iter();
            for target in targets.filter(|target| target.kind.contains(&TargetKind::Bin)) {
                figures.push(fuzz(workspace, &folder, &target.name, options.time())?);
            }
        }
    }
    if figures.is_empty() {
        return Err(Error::new("no workspace has fuzzers"));
    }
    Ok(Outcome::Passed {
        command: format!("cargo xtask soak fuzz --minutes {}", options.minutes),
        figures: figures.join("; "),
    })
}

/// Runs one fuzzer; says how many inputs it tried.
fn fuzz(workspace: &Workspace, folder: &Path, name: &str, time: Duration) -> Result<String> {
    let place = workspace.target.join("fuzz").join(name);
    let corpus = place.join("corpus");
    std::fs::create_dir_all(&corpus).context(format_args!("create {}", corpus.display()))?;
    let program = workspace.target.join("sanitizer").join(HOST);
    let mut command = Command::new(program.join("release").join(name))
        .folder(folder)
        .limit(time + Duration::from_mins(5))
        .arg(format!("-max_total_time={}", time.as_secs()))
        .arg(format!("-artifact_prefix={}/", place.display()))
        .args(["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=4096", "-verbosity=0"])
        .arg(&corpus);
    // Inputs that the project gives it to begin with.
    let seeds = folder.join("seeds").join(name);
    if seeds.is_dir() {
        command = command.arg(&seeds);
    }
    let text = command.watch().map_err(|error| {
        error.hint(format!("the input that broke it is in {}", place.display()))
    })?;
    let runs = executed(&text).ok_or_else(|| Error::new(format!("{name} printed no figures")))?;
    let minutes = time.as_secs() / 60;
    Ok(format!("{name}: {runs} inputs in {minutes} minutes, no panic"))
}

/// The figure of libFuzzer's `stat::number_of_executed_units:` line.
fn executed(text: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // libFuzzer's own count of inputs is read; a run without it has no figures.
    #[test]
    fn executed_inputs_are_read() {
        let text = "Done 12 runs\nstat::number_of_executed_units: 12345\nstat::x: 1\n";
        assert_eq!(executed(text), Some(12345));
        assert_eq!(executed("Done\n"), None);
    }
}
