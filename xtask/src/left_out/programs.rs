//! The programs of tests that must notice, built from the copy.

use std::path::{Path, PathBuf};
use std::time::Duration;

use cargo_metadata::Message;

use super::plant::VARIABLE;
use crate::command::Command;
use crate::error::{Context, Error, Result};
use crate::workspace::Workspace;

/// Whose tests. The conformance suite runs on the machines whose caches are apart.
const PACKAGES: [(&str, &[&str]); 4] =
    [("register-map", &[]), ("dma-core", &[]), ("channels", &[]), ("conformance", &["incoherent"])];
/// Of those, the one whose machine has caches.
const MACHINE: &str = "conformance";
/// Programs that take long, or whose runs differ.
const WITHOUT: [&str; 2] = ["real_time", "schedules"];
/// Longer, and it hangs.
const LIMIT: Duration = Duration::from_mins(3);

/// One program of tests.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: String,
    path: PathBuf,
    folder: PathBuf,
    arguments: &'static [&'static str],
}

/// How a run of it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ended {
    Passed,
    /// So many tests failed.
    Failed(usize),
    Hung,
}

/// Builds them all.
pub(super) fn build(workspace: &Workspace, tree: &Path) -> Result<Vec<Program>> {
    let packages = PACKAGES.iter().flat_map(|(package, _)| ["--package", package]);
    let text = Command::cargo(tree)
        .env("CARGO_TARGET_DIR", workspace.target.join("left-out/build"))
        // The copy has no manners.
        .env("RUSTFLAGS", "--cap-lints=allow")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // What an interrupted build leaves behind must not be built upon.
        .env("CARGO_INCREMENTAL", "0")
        .args(["test", "--no-run", "--tests", "--message-format", "json"])
        .args(packages)
        .read()?;
    let mut programs = Vec::new();
    for message in Message::parse_stream(text.as_bytes()) {
        let Message::CompilerArtifact(artifact) = message.context("read what cargo built")? else {
            continue;
        };
        let name = artifact.target.name;
        let Some(path) = artifact.executable.filter(|_| !WITHOUT.contains(&name.as_str())) else {
            continue;
        };
        let folder = artifact.manifest_path.parent().map(|folder| folder.as_std_path().to_owned());
        let folder = folder.ok_or_else(|| Error::new(format!("{name} has no folder")))?;
        let package = folder.strip_prefix(tree).unwrap_or(&folder).to_string_lossy().into_owned();
        let of = PACKAGES.iter().find(|(of, _)| *of == package);
        let arguments = of.map_or(&[][..], |(_, arguments)| *arguments);
        let name =
            if name.replace('_', "-") == package { package } else { format!("{package}/{name}") };
        programs.push(Program { name, path: path.into_std_path_buf(), folder, arguments });
    }
    if programs.is_empty() {
        return Err(Error::new("cargo built no program of tests"));
    }
    programs.sort_by_key(|program| (program.is_machine(), program.name.clone()));
    Ok(programs)
}

impl Program {
    /// Whether what it shows is bytes on a machine with caches, and nothing of orders.
    pub(super) fn is_machine(&self) -> bool {
        self.folder.ends_with(MACHINE)
    }

    /// Runs its tests, with this call left out.
    pub(super) fn run(&self, left_out: Option<usize>) -> Result<Ended> {
        let mut command = Command::new(&self.path).folder(&self.folder).limit(LIMIT);
        if let Some(number) = left_out {
            command = command.env(VARIABLE, number.to_string());
        }
        let output = command.args(["--quiet"]).args(self.arguments).capture()?;
        Ok(match output.status.code() {
            Some(0) => Ended::Passed,
            Some(124 | 137) => Ended::Hung,
            _ => Ended::Failed(failed(&output.stdout)),
        })
    }
}

/// How many tests the program says that failed; 0 if it died before it could say so.
fn failed(text: &str) -> usize {
    let result = text.lines().rfind(|line| line.starts_with("test result:")).unwrap_or_default();
    let words: Vec<&str> = result.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair[1] == "failed");
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The count of the result's line; none, if the program died.
    #[test]
    fn failures_are_counted() {
        assert_eq!(failed("x\ntest result: FAILED. 60 passed; 2 failed; 0 ignored;\n"), 2);
        assert_eq!(failed("thread panicked\n"), 0);
    }
}
