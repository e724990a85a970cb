//! Programs for guests: static, so that a guest needs no libraries.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::architecture::Architecture;
use super::sysroot::{flags_variable, rustc_flags};
use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Error, Result};
use crate::workspace::Workspace;

/// The part of cargo's messages that says where a program is.
#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    executable: Option<PathBuf>,
}

/// Builds what cargo is told to (`["--package", "x", "--example", "y"]`) for a processor; gives
/// the programs. `verb` is "build", or "test" for test programs that are not to be run here.
///
/// # Errors
///
/// It does not build, no standard library for the processor can be had, or there is no program
/// in it.
pub fn build(
    verb: &str,
    what: &[&str],
    architecture: Architecture,
    workspace: &Workspace,
    debian: &Debian,
) -> Result<Vec<PathBuf>> {
    let target = architecture.target();
    let flags = rustc_flags(architecture, workspace, debian)?;
    let mut command = Command::cargo(&workspace.root)
        .args([verb, "--quiet", "--release", "--target", target, "--target-dir"])
        .arg(workspace.target.join("guest/build"))
        .arg("--message-format=json-render-diagnostics")
        .args(what)
        .env(&flags_variable(target), flags.join(" "))
        // A guest's memory is small, and its serial line slow.
        .env("CARGO_PROFILE_RELEASE_STRIP", "debuginfo")
        // Flags for all would take the place of those for one.
        .env_remove("RUSTFLAGS");
    if verb == "test" {
        command = command.arg("--no-run");
    }
    println!("  $ {} for {target}", what.join(" "));
    let programs = programs(&command.read()?);
    if programs.is_empty() {
        let what = what.join(" ");
        return Err(Error::new(format!("`cargo {verb} {what}` builds no program")));
    }
    Ok(programs)
}

/// Programs that cargo's messages name.
fn programs(messages: &str) -> Vec<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    let built = messages.filter(|message: &Message| message.reason == "compiler-artifact");
    built.filter_map(|message| message.executable).collect()
}

/// Name of a program as a guest has it.
///
/// # Errors
///
/// The path ends in no name.
pub fn name(program: &Path) -> Result<String> {
    let name = program.file_name().map(|name| name.to_string_lossy().into_owned());
    name.ok_or_else(|| Error::new(format!("{} is not a program", program.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of all messages, those with a program count; libraries and warnings do not.
    #[test]
    fn programs_are_read_from_messages() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
                        {\"reason\":\"compiler-artifact\",\"executable\":\"/t/release/a\",\"fresh\":true}\n\
                        {\"reason\":\"build-finished\",\"success\":true}\nnot json\n";
        assert_eq!(programs(messages), [PathBuf::from("/t/release/a")]);
    }
}
