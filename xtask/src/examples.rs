//! The suite `examples`: what a new user runs first, run as a user does.
//!
//! Every example builds and, without arguments, succeeds on the simulated card. The main job also
//! gets bad input, and must answer with one clear message and exit code 1 or 2.

use std::time::Duration;

use cargo_metadata::TargetKind;

use crate::command::Command;
use crate::error::{Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// Longest run of one example.
const LIMIT: Duration = Duration::from_mins(1);

/// What a user may get wrong with the main job.
const BAD_INPUT: &[(&str, &[&str])] = &[
    ("unknown device", &["--device", "nonsense:0"]),
    ("unknown card", &["--device", "mock:nonsense"]),
    ("zero length", &["--size", "0"]),
    ("absurd size", &["--size", "18446744073709551615"]),
    ("missing file", &["--input", "no-such-file"]),
    ("full disk", &["--output", "/dev/full"]),
    ("unknown option", &["--nonsense"]),
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
    }
    for (what, arguments) in BAD_INPUT {
        refuses(run(workspace, "loopback").args(*arguments), what)?;
    }
    Ok(Verdict::passed(format!("{} examples; {} kinds of bad input", names.len(), BAD_INPUT.len())))
}

fn run(workspace: &Workspace, name: &str) -> Command {
    let program = workspace.target.join("release/examples").join(name);
    Command::new(program).folder(&workspace.root).limit(LIMIT)
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
