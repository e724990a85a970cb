//! Completions and manual pages, made of the arguments themselves.
#![forbid(unsafe_code)]

use clap::CommandFactory as _;

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output;

/// Whose completions.
#[derive(clap::Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Whose page.
#[derive(clap::Args, Debug)]
pub(crate) struct Manual {
    /// The name of a command; none is `anydma` itself
    command: Option<String>,
}

/// Completions for a shell.
pub(crate) fn completions(arguments: &Completions) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    let mut all = crate::Arguments::command();
    clap_complete::generate(arguments.shell, &mut all, "anydma", &mut script);
    output::write(&script)?;
    Ok(Answer::Good)
}

/// The manual page of the command, or of one of its commands.
pub(crate) fn manual(arguments: &Manual) -> Result<Answer, Failure> {
    let mut all = crate::Arguments::command();
    all.build();
    let command = match arguments.command.as_deref() {
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
    output::write(&page)?;
    Ok(Answer::Good)
}
