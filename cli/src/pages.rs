//! Completions and manual pages, made of the arguments themselves.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::failure::Failure;

/// Completions for a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::Arguments::command(), "anydma", &mut script);
    print(&script)
}

/// The manual page of the command, or of one of its commands.
pub(crate) fn manual(name: Option<&str>) -> Result<ExitCode, Failure> {
    let mut all = crate::Arguments::command();
    all.build();
    let command = match name {
        None => all,
        Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| {
            let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
            Failure::because(
                format!("find the manual page of {name:?}"),
                format!("there are {}", names.join(", ")),
            )
        })?,
    };
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(command).render(&mut page);
    made.map_err(|error| Failure::of("make the manual page", &error))?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let written = io::stdout().write_all(bytes);
    written.map_err(|error| Failure::of("write to standard output", &error))?;
    Ok(ExitCode::SUCCESS)
}
