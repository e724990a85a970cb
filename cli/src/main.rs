//! `anydma`: what to reach for when a card does not work on some host.
//!
//! Each command is a module; this file has the arguments and the exit codes.
#![forbid(unsafe_code)]

mod explain;
mod failure;
mod pages;
mod paint;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tools for DMA cards behind an IOMMU.
#[derive(Parser, Debug)]
#[command(name = "anydma", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, and for `explain` no fault in the log; 1 something could not be done, and the \
reason is printed; 2 wrong arguments; 3 `explain` found faults.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Finds IOMMU faults in a kernel log and says what they mean
    Explain(explain::Arguments),
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, of a command if one is named
    Man {
        /// `explain`, `completions`, `man`; none is `anydma` itself
        command: Option<String>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man { command } => pages::manual(command.as_deref()),
    };
    match done {
        Ok(code) => code,
        // Whoever read has seen enough.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing can be done if nobody listens.
            let _ = writeln!(anstream::stderr(), "anydma: {failure}");
            ExitCode::FAILURE
        }
    }
}
