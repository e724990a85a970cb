//! Counted instructions: exact figures that a change must not make worse.
//!
//! Times swing on shared machines; the number of instructions that a function takes does not. The
//! programs of the package `benchmarks` hold the functions, `benchmarks/gates.toml` what they may
//! cost, callgrind counts.
//!
//! ```text
//!   gates.toml: name, program, function ─► callgrind --toggle-collect='*::counted::FUNCTION' PROGRAM FUNCTION
//!                                             collected ÷ iterations that the program printed ─► gate
//! ```

mod callgrind;
mod gates;

pub use callgrind::Valgrind;
pub use gates::{Gates, Measured};

use crate::command::Command;
use crate::error::{Context, Error, Result, read};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// The suite `counts`.
///
/// # Errors
///
/// A program cannot be built or run, a counted function is not found, or a gate is passed.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let path = workspace.root.join("benchmarks/gates.toml");
    let gates = Gates::parse(&read(&path)?).context(workspace.relative(&path))?;
    let valgrind = match Valgrind::find(&workspace.root) {
        Ok(valgrind) => valgrind,
        Err(error) => return Ok(Verdict::CannotRun(error)),
    };
    Command::cargo(&workspace.root)
        .args(["build", "--release", "--package", "benchmarks", "--bins"])
        .run()?;
    let mut measured = Vec::new();
    for (program, function) in gates.functions() {
        let path = workspace.target.join("release").join(program);
        if !path.is_file() {
            let message = format!("gates.toml names {program:?}, no program of benchmarks");
            return Err(Error::new(message).hint("programs are benchmarks/src/bin/NAME.rs"));
        }
        let count = valgrind.count(&path, function, &workspace.target)?;
        measured.push(Measured { function: function.to_owned(), instructions: count });
    }
    let (table, breaches) = gates.judge(&measured);
    print!("{table}");
    if breaches.is_empty() {
        return Ok(Verdict::passed(format!("{} figures", gates.len())));
    }
    Err(Error::new(breaches.join("\n    ")).hint(
        "make it as cheap as it was; or, if more is really needed, say why in benchmarks/gates.toml",
    ))
}
