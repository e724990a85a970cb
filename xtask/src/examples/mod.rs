//! The suite `examples`: what a new user runs first, run as a user does.
//!
//! Every example builds, succeeds without arguments on the simulated card, and explains itself.
//! Bad input must be answered with one clear message and exit code 1 or 2. Files come back as they
//! went, losses are counted exactly, and every command that the documents show is run.

mod claims;
mod commands;

use std::time::Duration;

use cargo_metadata::TargetKind;

use crate::command::Command;
use crate::error::{Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// Longest run of one example.
const LIMIT: Duration = Duration::from_mins(1);

/// What a user may get wrong: what it is, with which example, and how.
const BAD_INPUT: &[(&str, &str, &[&str])] = &[
    ("unknown device", "loopback", &["--device", "nonsense:0"]),
    ("no device at all", "loopback", &["--device", "edu"]),
    ("unknown card", "loopback", &["--device", "mock:nonsense"]),
    ("unknown option of the device", "loopback", &["--device", "mock:xdma?speed=9"]),
    ("card without a driver", "loopback", &["--device", "mock:probe"]),
    ("zero length", "loopback", &["--size", "0"]),
    ("absurd size", "loopback", &["--size", "18446744073709551615"]),
    ("no rounds", "loopback", &["--rounds", "0"]),
    ("no time", "loopback", &["--limit", "0"]),
    ("missing file", "loopback", &["--input", "no-such-file"]),
    ("empty file", "loopback", &["--input", "/dev/null"]),
    ("folder as file", "loopback", &["--input", "docs"]),
    ("output over the input", "loopback", &["--input", "README.md", "--output", "./README.md"]),
    ("full disk", "loopback", &["--output", "/dev/full"]),
    ("missing folder", "loopback", &["--output", "no-such-folder/file"]),
    ("unknown option", "loopback", &["--nonsense"]),
    ("unknown device", "wrong_address", &["--device", "nonsense:0"]),
    ("no IOMMU to begin with", "wrong_address", &["--device", "mock:xdma?iommu=off"]),
    ("not coherent to begin with", "non_coherent", &["--device", "mock:xdma?coherent=off"]),
    ("card without a stream", "acquisition", &["--device", "mock:edu"]),
    ("full disk", "acquisition", &["--output", "/dev/full"]),
    ("no time at all", "acquisition", &["--seconds", "0"]),
    ("faster than the link", "acquisition", &["--rate", "4294967295"]),
    ("unknown device among others", "async_transfer", &["--device", "mock:edu", "--device", "x"]),
    ("a card that is no disk", "block_io", &["--device", "mock:edu"]),
    ("a disk as a card", "loopback", &["--device", "mock:nvme"]),
    ("requests that are no blocks", "block_io", &["--request", "1000"]),
    ("more than the disk has", "block_io", &["--size", "1GiB"]),
    ("beyond the disk", "block_io", &["--block", "18446744073709551615"]),
    ("nothing at a time", "block_io", &["--depth", "0"]),
    ("no threads", "async_transfer", &["--threads", "0"]),
];

/// Builds and runs all examples.
///
/// # Errors
///
/// One does not build, fails, or takes bad input badly.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let facade = workspace.package("anydma")?;
    let is_example = |kinds: &[TargetKind]| kinds.contains(&TargetKind::Example);
    let targets = facade.targets.iter().filter(|it| is_example(&it.kind));
    let names: Vec<&str> = targets.map(|target| target.name.as_str()).collect();
    if !names.contains(&"loopback") {
        return Err(Error::new("the facade has no example `loopback`"));
    }
    Command::cargo(&workspace.root)
        .args(["build", "--release", "--package", "anydma", "--examples"])
        .run()?;
    for name in &names {
        run(workspace, name).run()?;
        explains(&run(workspace, name).arg("--help").capture()?.stdout, name)?;
    }
    for (what, name, arguments) in BAD_INPUT {
        refuses(run(workspace, name).args(*arguments), what)?;
    }
    claims::file_comes_back(workspace, "mock:xdma", 100_000_000)?;
    claims::file_comes_back(workspace, "mock:edu", 1_000_001)?;
    claims::the_bug_is_explained(workspace)?;
    let lost = claims::losses_are_counted(workspace)?;
    let ran = commands::run_all(&workspace.root)?;
    Ok(Verdict::passed(format!(
        "{} examples; {} kinds of bad input; {ran} commands of documents; {lost} samples lost in a \
         minute, all counted",
        names.len(),
        BAD_INPUT.len()
    )))
}

fn run(workspace: &Workspace, name: &str) -> Command {
    let program = workspace.target.join("release/examples").join(name);
    Command::new(program).folder(&workspace.root).limit(LIMIT)
}

/// The help says in a paragraph what the program shows, and what its exit code means.
fn explains(help: &str, name: &str) -> Result<()> {
    if help.contains("Exit code 0 says") {
        return Ok(());
    }
    Err(Error::new(format!("`{name} --help` does not say what exit code 0 means"))
        .hint("say in the doc comment of its arguments what it shows, and \"Exit code 0 says …\""))
}

/// The program says in few words what is wrong, and exits with 1 or 2.
fn refuses(command: Command, what: &str) -> Result<()> {
    let line = command.line();
    let output = command.capture()?;
    let message = output.stderr.trim();
    println!("  $ {line}\n    {}", message.replace('\n', "\n    "));
    let wrong = if !matches!(output.status.code(), Some(1 | 2)) {
        format!("ended with {}", output.status)
    } else if message.is_empty() {
        "said nothing".to_owned()
    } else if message.contains("panicked at") {
        "panicked".to_owned()
    } else {
        return Ok(());
    };
    Err(Error::new(format!("{what}: `{line}` {wrong}"))
        .hint("print one clear line to standard error and exit with 1 or 2"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Result<()> {
        refuses(Command::new("sh").args(["-c", script]), "test")
    }

    // One clear line and exit code 1 or 2 is right.
    #[test]
    fn clear_refusal_passes() {
        shell("echo 'no such device' >&2; exit 1").unwrap();
        shell("echo 'usage' >&2; exit 2").unwrap();
    }

    // Success, silence, a panic and a signal are not.
    #[test]
    fn bad_refusals_are_named() {
        for (script, word) in [
            ("echo fine >&2", "ended with exit status: 0"),
            ("exit 1", "said nothing"),
            ("echo \"thread 'main' panicked at x\" >&2; exit 101", "101"),
            ("echo \"panicked at x\" >&2; exit 1", "panicked"),
        ] {
            let error = shell(script).unwrap_err().to_string();
            assert!(error.contains(word), "{script}: {error}");
        }
    }
}
