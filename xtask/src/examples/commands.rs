//! The commands that documents show, taken from the documents and run.

use std::path::Path;
use std::time::Duration;

use crate::command::Command;
use crate::error::{Error, Result, read};

/// Documents whose commands a reader may type. The others tell of commands for one host only.
const DOCUMENTS: &[&str] = &["README.md", "docs/story.md", "docs/card-vendor-guide.md"];

/// Longest run of one, with what it builds.
const LIMIT: Duration = Duration::from_mins(10);

/// Runs every command of every document; how many there were.
///
/// # Errors
///
/// One fails, or a document shows none.
pub(super) fn run_all(root: &Path) -> Result<usize> {
    let mut ran = 0;
    for document in DOCUMENTS {
        let commands = commands(&read(&root.join(document))?);
        if commands.is_empty() {
            return Err(Error::new(format!("{document} shows no command"))
                .hint("a block of commands begins with a line ```sh"));
        }
        // That one runs already.
        for line in commands.iter().filter(|line| !line.starts_with("cargo xtask test")) {
            let shell = Command::new("sh").args(["-e", "-c", line]).folder(root).limit(LIMIT);
            shell.run().map_err(|error| {
                error.hint(format!("{document} shows it: mend the program or the document"))
            })?;
            ran += 1;
        }
    }
    Ok(ran)
}

/// The commands in blocks of shell, without comments, with continued lines joined.
fn commands(document: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut inside = false;
    let mut continued = String::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside && matches!(line.trim(), "```sh" | "```shell" | "```bash");
            continue;
        }
        if !inside {
            continue;
        }
        let line = line.split(" #").next().unwrap_or_default().trim();
        if let Some(part) = line.strip_suffix('\\') {
            continued.push_str(part);
        } else if !line.is_empty() && !line.starts_with('#') {
            commands.push(std::mem::take(&mut continued) + line);
        }
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    // Commands are what stands in blocks of shell: no comments, no other blocks, lines joined.
    #[test]
    fn commands_are_found() {
        let document = "text\n```sh\none --a   # why\n\n# not this\ntwo \\\n  --b\n```\n\
                        ```rust\nnot_this()\n```\n```text\nnor this\n```\n```sh\nthree\n```\n";
        assert_eq!(commands(document), ["one --a", "two --b", "three"]);
    }
}
