//! Fuzzers: one program over libFuzzer a check, for the given time.
//!
//! Those that coverage leads are built here with the flags that coverage needs, on the same
//! toolchain as everything else, so no further tool has to be installed; one more compiles what
//! the generator writes. What a fuzzer has learned (its corpus) stays in the build folder; what
//! broke the program is kept there too and named.

use std::path::Path;
use std::time::Duration;

use super::checks::{HOST, sanitized, unstable};
use super::{Options, Outcome};
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// Coverage for libFuzzer: counters in line, tables of places, traced comparisons.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Ccodegen-units=1";

/// A fuzzer that coverage leads.
#[derive(Debug)]
pub(super) struct Fuzzer {
    /// Its program, in the package `coverage`.
    name: &'static str,
    /// Inputs that it begins with: folders from the root.
    seeds: &'static [&'static str],
    /// What libFuzzer is told, from the fuzzers' folder.
    arguments: &'static [&'static str],
    /// Whether it runs under `AddressSanitizer`.
    sanitizer: bool,
}

/// Descriptions of registers, changed in ways that hurt.
pub(super) const DESCRIPTIONS: Fuzzer = Fuzzer {
    name: "descriptions",
    seeds: &[
        "register-map/codegen/tests/corpus",
        "register-map/codegen/tests/bad",
        "register-map/descriptions",
    ],
    arguments: &[],
    sanitizer: true,
};

/// Logs of kernels, changed byte by byte. What reads them forbids unsafe code, and without the
/// sanitizer there are four times as many.
pub(super) const FAULTS: Fuzzer = Fuzzer {
    name: "faults",
    seeds: &["diagnostics/tests/logs"],
    // A little more than the longest line that is kept.
    arguments: &["-max_len=6000", "-dict=coverage/faults.dict"],
    sanitizer: false,
};

/// A fuzzer without coverage that also compiles what the generator writes.
const COMPILING: &str = "fuzz-descriptions";

/// The workspace of the fuzzers, from the root.
const FOLDER: &str = "fuzz";

/// Builds a fuzzer with counters of coverage, and runs it.
pub(super) fn covered(
    workspace: &Workspace,
    options: &Options,
    fuzzer: &Fuzzer,
) -> Result<Outcome> {
    let Fuzzer { name, seeds, arguments, sanitizer } = fuzzer;
    let (folder, time) = (workspace.root.join(FOLDER), options.time());
    let cargo = Command::cargo(&folder)
        .args(["build", "--release", "--package", "coverage", "--bin", name])
        .args(["--target", HOST]);
    let built = if *sanitizer { "sanitizer" } else { "coverage" };
    let cargo = if *sanitizer {
        sanitized(cargo, workspace, COVERAGE)
    } else {
        unstable(cargo, COVERAGE).env("CARGO_TARGET_DIR", workspace.target.join(built))
    };
    cargo.run()?;
    let place = workspace.target.join("fuzz").join(name);
    let corpus = place.join("corpus");
    std::fs::create_dir_all(&corpus).context(format_args!("create {}", corpus.display()))?;
    let program = workspace.target.join(built).join(HOST);
    let mut command = Command::new(program.join("release").join(name))
        .folder(&folder)
        .limit(time + Duration::from_mins(5))
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .arg(format!("-max_total_time={}", time.as_secs()))
        .arg(format!("-artifact_prefix={}/", place.display()))
        // By the clock, and the machine may have other things to do.
        .args(["-print_final_stats=1", "-timeout=120", "-rss_limit_mb=4096", "-verbosity=0"])
        .args(*arguments)
        .arg(&corpus);
    for seeds in *seeds {
        let seeds = workspace.root.join(seeds);
        if !seeds.is_dir() {
            return Err(Error::new(format!("{} is no folder", seeds.display()))
                .hint(format!("name folders that have inputs in {}", file!())));
        }
        command = command.arg(seeds);
    }
    let text = command.watch().map_err(|error| {
        error.hint(format!("the input that broke it is in {}", place.display()))
    })?;
    let runs = executed(&text).ok_or_else(|| Error::new(format!("{name} printed no figures")))?;
    Ok(Outcome::Passed {
        command: format!("cargo xtask soak fuzz-{name} --minutes {}", options.minutes),
        figures: format!("{runs} inputs in {} minutes, no panic", options.minutes),
    })
}

/// Runs the fuzzer that compiles what comes out; its last line has the figures.
pub(super) fn compiling(workspace: &Workspace, options: &Options) -> Result<Outcome> {
    let (folder, time) = (workspace.root.join(FOLDER), options.time());
    let built = workspace.target.join("fuzz");
    let place = built.join(COMPILING);
    std::fs::create_dir_all(&place).context(format_args!("create {}", place.display()))?;
    let cargo = |folder: &Path| Command::cargo(folder).env("CARGO_TARGET_DIR", &built);
    cargo(&workspace.root).args(["build", "--package", "register-map"]).run()?;
    cargo(&folder).args(["build", "--release", "--bin", COMPILING]).run()?;
    let command = Command::new(built.join("release").join(COMPILING))
        .folder(&place)
        .limit(time + Duration::from_mins(5))
        .arg(workspace.root.join("register-map/codegen/tests/corpus"))
        .args([&time.as_secs().to_string(), "1"])
        .arg(built.join("debug/deps"));
    let text = command.watch().map_err(|error| {
        error.hint(format!("the input that broke it is {}/broken.svd", place.display()))
    })?;
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    Ok(Outcome::Passed {
        command: format!("cargo xtask soak fuzz-compiled --minutes {}", options.minutes),
        figures: last.trim().to_owned(),
    })
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
